"""Notices on their way to people: one message each, once, to the contact that suits best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.ids import new_id
from deliveries.model.message import Form, OutboxMessage, OutboxState, Purpose
from deliveries.model.recipient import Channel, Contact
from deliveries.model.saying import Fact, Saying
from deliveries.model.window import TimeWindow
from deliveries.ports import UnitOfWork
from deliveries.services.committing.offering import Choice
from deliveries.services.conversing.closing import with_menu
from deliveries.services.conversing.subject import group_facts
from deliveries.services.etas.intervals import note_promise
from deliveries.services.messages.consent import conversation_of
from deliveries.services.messages.sending import (
    BLOCKED,
    NEEDED,
    OVER_BUDGET,
    PARCEL_OPTED_OUT,
    UNREACHABLE,
    follow_up,
)
from deliveries.services.notices.beside import show_beside
from deliveries.services.notices.budget import affords, is_exempt
from deliveries.services.notices.sharing import OVERTAKEN, TOLD_TOGETHER, leave_out, told_along

LOOKED_BACK = 50
RICHEST_FIRST = (Channel.TELEGRAM, Channel.WHATSAPP, Channel.SMS)
# What can be said while a van is near, and what when it may not be any more.
_LATER = {"notice_failed_choices_near": "notice_failed_choices"}
# What tells the day's narrow window first.
NARROW_KINDS = frozenset({"A2", "A3"})


@dataclass(frozen=True)
class Notice:
    """Something to tell about deliveries that one person gets at one stop.

    Attributes:
        kind: Which notice it is, as in the product's table.
        name: The saying; it gets the facts that name shipper and parcel besides its own.
        menu: The saying that the menu of choices stands beneath; the same as ``name`` for a
            message of one sentence. Without anything to choose it is left out, or ``without``
            said instead.
        choices: What stands at the top of that menu.
        without: What is said in place of ``name`` if there is nothing to choose.
        promise: What the recipient may rely on once told.
        mark: Tells several of a kind about one attempt apart.
    """

    kind: str
    name: str
    expires_at: datetime
    facts: Mapping[str, Fact] = field(default_factory=dict)
    menu: str | None = None
    choices: Sequence[Choice] = ()
    without: str | None = None
    promise: TimeWindow | None = None
    mark: str = ""

    def key(self, delivery: Delivery) -> str:
        """Return what makes it the same notice about the same attempt."""
        return key_of(self.kind, delivery) + (f":{self.mark}" if self.mark else "")


def key_of(kind: str, delivery: Delivery) -> str:
    """Return the dedupe key of a notice, sorted by day so that a day's can be listed."""
    return f"{prefix_of(delivery.date.isoformat())}{kind}:{delivery.id}:{delivery.attempts}"


def prefix_of(day: str) -> str:
    """Return how the keys of all notices about a day's deliveries begin."""
    return f"notice:{day}:"


def contact_for(
    work: UnitOfWork, person_id: str, *, now: datetime
) -> tuple[Contact | None, str | None]:
    """Return the contact to write to, and why it may not be used, if so."""
    contacts = sorted(
        work.contacts.of_person(person_id), key=lambda each: RICHEST_FIRST.index(each.channel)
    )
    if not contacts:
        return None, None
    if any(each.opted_out_at for each in contacts):
        return contacts[0], "opted_out"
    reachable = [each for each in contacts if each.can_be_reached(now)]
    if reachable:
        return reachable[0], None
    is_dead = any(each.is_reachable for each in contacts)
    return contacts[0], UNREACHABLE if is_dead else BLOCKED


def post(
    work: UnitOfWork, deliveries: Sequence[Delivery], notice: Notice, *, now: datetime
) -> bool:
    """Write a notice once for all the deliveries it is about; say whether it is to leave.

    What still waits to leave about them has been overtaken by it. To someone who may not be
    written to it is kept as held back, so that the timeline tells why nothing came.
    """
    told = [each for each in deliveries if not work.outbox.has_key(notice.key(each))]
    unwanted = [each for each in told if each.notices_stopped_at is not None]
    if unwanted and len(unwanted) < len(told):
        post(work, unwanted, notice, now=now)
        told = [each for each in told if each not in unwanted]
    if not told:
        return False
    contact, barred = contact_for(work, told[0].person_id, now=now)
    if contact is None:
        return False
    barred = barred or _held(work, told, notice)
    if is_exempt(work, told[0]):
        notice = replace(notice, name=notice.without or notice.name, menu=None)
    waits_until = _reachable_from(contact, barred, notice)
    if waits_until is not None:
        barred, notice = None, replace(notice, menu=_LATER.get(notice.menu or "", notice.menu))
    _write(work, told, notice, contact, barred, not_before=waits_until or now, now=now)
    return barred is None


def _write(
    work: UnitOfWork,
    told: Sequence[Delivery],
    notice: Notice,
    contact: Contact,
    barred: str | None,
    *,
    not_before: datetime,
    now: datetime,
) -> None:
    """Write a notice that is to leave, or that is held back for that reason."""
    conversation = conversation_of(work, told[0].person_id)
    if barred is None:
        notice = _as_heard(notice, drop_overtaken(work, conversation, told, now=now))
        _note_told(work, conversation, told, notice, now=now)
    message = _row(conversation, contact, told[0], notice, now=now)
    message.not_before = not_before
    if barred is None:
        message.sayings = _sayings(work, conversation, told, notice, now=now)
    else:
        message.state, message.reason = OutboxState.SUPPRESSED, barred
        follow_up(work, message, now=now)
    work.outbox.add(message)
    for sibling in told[1:]:
        work.outbox.add(_told_together(message, notice, sibling))
    if barred is None and contact.channel is Channel.TELEGRAM:
        show_beside(work, message, told[0], now=now)


def _reachable_from(contact: Contact, barred: str | None, notice: Notice) -> datetime | None:
    """Return when to try a contact at which nothing arrives: what is needed waits until then."""
    until = contact.unreachable_until
    if barred != UNREACHABLE or notice.kind not in NEEDED or until is None:
        return None
    return until if until < notice.expires_at else None


def _held(work: UnitOfWork, deliveries: Sequence[Delivery], notice: Notice) -> str | None:
    """Return why a notice about parcels is held back, whoever gets it."""
    if all(each.notices_stopped_at is not None for each in deliveries):
        return PARCEL_OPTED_OUT
    return None if affords(work, deliveries, notice.kind) else OVER_BUDGET


def _row(
    conversation: Conversation,
    contact: Contact,
    delivery: Delivery,
    notice: Notice,
    *,
    now: datetime,
) -> OutboxMessage:
    return OutboxMessage(
        id=new_id("m"),
        conversation_id=conversation.id,
        contact_id=contact.id,
        purpose=Purpose.NOTICE,
        sayings=(Saying(notice.name),),
        created_at=now,
        not_before=now,
        expires_at=notice.expires_at,
        delivery_id=delivery.id,
        dedupe_key=notice.key(delivery),
        notice=notice.kind,
    )


def _note_told(
    work: UnitOfWork,
    conversation: Conversation,
    deliveries: Sequence[Delivery],
    notice: Notice,
    *,
    now: datetime,
) -> None:
    """Note what a reply will be about, and what the recipient may rely on."""
    conversation.focus = tuple(each.id for each in deliveries)
    if notice.promise is not None:
        for delivery in deliveries:
            delivery.promise(notice.promise)
            if notice.kind in NARROW_KINDS:
                note_promise(work, delivery, notice.promise, now=now)


def drop_overtaken(
    work: UnitOfWork, conversation: Conversation, deliveries: Sequence[Delivery], *, now: datetime
) -> list[OutboxMessage]:
    """Void notices about the deliveries that have not left: what they say is true no more.

    What they say of others still leaves. Returns those in words.
    """
    overtaken = {each.id: OVERTAKEN for each in deliveries}
    waiting = [
        message
        for message in work.outbox.of(conversation.id, limit=LOOKED_BACK)
        if message.purpose is Purpose.NOTICE and message.state is OutboxState.QUEUED
    ]
    others = told_along(work, waiting)
    dropped: list[OutboxMessage] = []
    for message in waiting:
        along = others.get(message.id, ())
        if not any(row.delivery_id in overtaken for row in (message, *along)):
            continue
        locked = work.outbox.lock(message.id)
        if locked is not None and locked.state is OutboxState.QUEUED:
            leave_out(work, locked, along, overtaken, now=now)
            dropped.append(locked)
    return [message for message in dropped if message.form is Form.WORDS]


def _as_heard(notice: Notice, dropped: Sequence[OutboxMessage]) -> Notice:
    """Return the notice as it reads to somebody who never got what was dropped.

    A window that was not told cannot be called the old one.
    """
    unheard = next((each for each in dropped if "window" in each.sayings[0].facts), None)
    if unheard is None or "old" not in notice.facts:
        return notice
    facts = dict(notice.facts)
    if "old" in unheard.sayings[0].facts:
        facts["old"] = unheard.sayings[0].facts["old"]
        return replace(notice, facts=facts)
    del facts["old"]
    return replace(notice, name="notice_morning_window", facts=facts)


def _sayings(
    work: UnitOfWork,
    conversation: Conversation,
    deliveries: Sequence[Delivery],
    notice: Notice,
    *,
    now: datetime,
) -> tuple[Saying, ...]:
    saying = Saying(notice.name, {**group_facts(work, deliveries), **notice.facts})
    if notice.menu is None:
        return (saying,)
    menu = replace(saying, name=notice.menu)
    shown = with_menu(work, conversation, deliveries, menu, now=now, first=notice.choices)
    if shown.offer_id is None:
        return (replace(saying, name=notice.without or notice.name),)
    return (shown,) if notice.menu == notice.name else (saying, shown)


def _told_together(message: OutboxMessage, notice: Notice, sibling: Delivery) -> OutboxMessage:
    """Return the mark that a delivery was told of in another one's message; it never leaves."""
    return replace(
        message,
        id=new_id("m"),
        delivery_id=sibling.id,
        dedupe_key=notice.key(sibling),
        state=OutboxState.SUPPRESSED,
        reason=message.reason or TOLD_TOGETHER,
        told_in=message.id,
        seq=None,
    )
