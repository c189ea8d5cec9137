"""The one gate before anything leaves, and what follows when it cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from deliveries.model.conversation import Conversation, ConversationState
from deliveries.model.delivery import Delivery
from deliveries.model.history import StaffTask
from deliveries.model.ids import new_id
from deliveries.model.message import Form, OutboxMessage, OutboxState, Purpose
from deliveries.model.recipient import Contact, Person
from deliveries.ports import UnitOfWork
from deliveries.services.messages import consent

QUIET_FROM = time(21)
QUIET_UNTIL = time(8)
# Same-day notices may come earlier, if their stop does; see product.md E4.
SAME_DAY_FROM = time(7)
SAME_DAY_LEAD = timedelta(minutes=45)
_SAME_DAY_TAIL = timedelta(minutes=60)
# An agent is at such a chat, or about to be: it is theirs alone. What was put off or resolved holds
# no notice back: nobody talks there, and the van still comes.
_HANDED_OFF = (ConversationState.QUEUED, ConversationState.ASSIGNED, ConversationState.HUMAN)
# Nobody has such a chat yet.
_NOBODYS = (ConversationState.QUEUED, ConversationState.ASSIGNED, ConversationState.RESOLVED)
_HELD_FOR = timedelta(minutes=1)
# It waits until the agent who has the chat is done, or has it sent.
HELD_BY_LEASE = "lease"
# A network has said that nothing arrives there.
UNREACHABLE = "unreachable"
BLOCKED = "blocked"
OVER_BUDGET = "over_budget"
# The ground on which it would be sent covers short words only.
TOO_LONG = "too_long_for_basis"
# The recipient wants no notices about that parcel; about others they do.
PARCEL_OPTED_OUT = "parcel_opted_out"

# Who misses one of these has missed something to do: what cannot reach them goes to staff.
NEEDED = frozenset({"A7", "A9", "A10"})
_NOT_REACHED = frozenset({UNREACHABLE, BLOCKED, OVER_BUDGET, TOO_LONG})
_RATING = "A11"
_LOOKED_BACK = 50

_ELSEWHERE = "elsewhere:"
_CONSENT = frozenset(
    {consent.OPT_OUT_DONE, consent.OPT_IN_DONE, consent.HELP_INFO, consent.WRONG_PERSON_DONE}
)
# Who says "not me" is answered at once too, whoever has the chat.
_AT_ONCE = frozenset({"not_me_reverting", "not_me_too_late", "not_me_code", "handoff_not_me"})
_RANK = {
    OutboxState.QUEUED: 0,
    OutboxState.SENDING: 1,
    OutboxState.SENT: 2,
    OutboxState.DELIVERED: 3,
    OutboxState.FAILED: 3,
    OutboxState.SUPPRESSED: 3,
}


@dataclass(frozen=True)
class Send:
    """It may leave now."""


@dataclass(frozen=True)
class Defer:
    """It is asked about again at that instant; until then it waits for that reason."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class Suppress:
    """It never leaves, for that reason."""

    reason: str


type Decision = Send | Defer | Suppress


def decide(
    message: OutboxMessage,
    conversation: Conversation,
    contact: Contact,
    contacts_of_person: Sequence[Contact],
    delivery: Delivery | None,
    *,
    now: datetime,
    zone: str,
    is_over_budget: bool = False,
) -> Decision:
    """Say whether a message may leave now.

    Args:
        message: What wants to leave.
        conversation: Its thread, as it is now.
        contact: Where it would go.
        contacts_of_person: Everybody's who shares the opt-out with that contact.
        delivery: What a notice is about.
        now: The day's time.
        zone: The contact's zone, or the address's; quiet hours are kept in it.
        is_over_budget: It is one notice too many about its parcel.
    """
    refused = _refused(message, conversation, contact, contacts_of_person, delivery, now=now)
    if refused is None and is_over_budget:
        refused = OVER_BUDGET
    if refused is not None:
        return Suppress(refused)
    held = _under_lease(message, conversation, now=now)
    if held is None and message.purpose is Purpose.NOTICE:
        held = _in_quiet_hours(message, delivery, now=now, zone=zone)
    return held or Send()


def may_still_leave(
    message: OutboxMessage,
    conversation: Conversation,
    contact: Contact,
    contacts_of_person: Sequence[Contact],
    delivery: Delivery | None,
    *,
    now: datetime,
) -> bool:
    """Say whether what passed the gate may leave at the very moment of the call.

    Looked at again is what somebody may have changed meanwhile: who wants nothing, and who has the
    chat. Hours and budgets were counted at the gate.

    Args:
        message: What is about to leave.
        conversation: Its thread, as it is now.
        contact: Where it goes.
        contacts_of_person: Everybody's who shares the opt-out with that contact.
        delivery: What a notice is about.
        now: The day's time.
    """
    refused = _refused(message, conversation, contact, contacts_of_person, delivery, now=now)
    return refused is None and _under_lease(message, conversation, now=now) is None


def quiet_until(now: datetime, zone: str) -> datetime | None:
    """Return when a zone's quiet hours are over, in the zone of ``now``; none: it is day there."""
    local = now.astimezone(ZoneInfo(zone))
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    is_evening = local.time() >= QUIET_FROM
    day = local.date() + timedelta(days=1 if is_evening else 0)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=local.tzinfo).astimezone(now.tzinfo)


def zone_of(person: Person, delivery: Delivery | None) -> str:
    """Return the zone in which a person's quiet hours are kept."""
    return person.zone or (delivery.zone if delivery else "UTC")


def advance(message: OutboxMessage, state: OutboxState, *, reason: str | None = None) -> bool:
    """Move a message's state forward; say whether it moved. It never goes back."""
    if _RANK[state] <= _RANK[message.state]:
        return False
    message.state = state
    message.reason = reason or message.reason
    return True


def give_up(
    work: UnitOfWork, message: OutboxMessage, reason: str, *, now: datetime, elsewhere: bool = True
) -> None:
    """Note that a message did not arrive: it goes to the person's other contact once, or to staff.

    Args:
        work: The caller's unit of work.
        message: What did not arrive; ``failed`` from now on.
        reason: Stable code of the reason.
        now: The day's time.
        elsewhere: The same words may go to another contact: it is sure that they did not arrive.
    """
    if not advance(message, OutboxState.FAILED, reason=reason) or message.form is not Form.WORDS:
        return
    if _is_word_of_consent(message) or (reason == "opted_out" and _is_silent(work, message)):
        return
    if not elsewhere or not send_elsewhere(work, message, now=now):
        raise_undelivered(work, message, now=now)


def follow_up(work: UnitOfWork, message: OutboxMessage, *, now: datetime) -> None:
    """See to what was held back at the gate: where nothing arrives, another contact gets it.

    What the person needs, and nobody else can be given, goes to staff.
    """
    if message.form is not Form.WORDS:
        return
    may_go_elsewhere = message.reason in (UNREACHABLE, BLOCKED)
    if may_go_elsewhere and send_elsewhere(work, message, now=now):
        return
    if message.notice in NEEDED and message.reason in _NOT_REACHED:
        raise_undelivered(work, message, now=now)


def send_elsewhere(work: UnitOfWork, message: OutboxMessage, *, now: datetime) -> bool:
    """Send the same words to the person's other contact, once; say whether there is one.

    What a later notice has overtaken is seen to: its words are true no more.
    """
    if _is_overtaken(work, message):
        return True
    other = _other_contact(work, message, now=now)
    return other is not None and _repeat(work, message, other, now=now)


def is_repeat(message: OutboxMessage) -> bool:
    """Say whether the same words went to the person's other contact before, in vain."""
    return (message.dedupe_key or "").startswith(_ELSEWHERE)


def raise_undelivered(work: UnitOfWork, message: OutboxMessage, *, now: datetime) -> None:
    """Leave it to staff to reach the person."""
    work.tasks.add_once(
        StaffTask(
            id=new_id("t"),
            kind="message_undelivered",
            dedupe_key=f"undelivered:{message.id}",
            created_at=now,
            delivery_id=message.delivery_id,
            conversation_id=message.conversation_id,
            facts={"message_id": message.id, "reason": message.reason},
        )
    )


def _refused(
    message: OutboxMessage,
    conversation: Conversation,
    contact: Contact,
    contacts_of_person: Sequence[Contact],
    delivery: Delivery | None,
    *,
    now: datetime,
) -> str | None:
    """Return why a message never leaves, whoever has the chat and whatever the hour."""
    barred = _barred(message, contact, contacts_of_person, now=now)
    barred = barred or _unwanted(message, conversation, delivery)
    if barred is None and message.expires_at is not None and now >= message.expires_at:
        return "expired"
    return barred


def _barred(
    message: OutboxMessage,
    contact: Contact,
    contacts_of_person: Sequence[Contact],
    *,
    now: datetime,
) -> str | None:
    if contact.blocked_at is not None:
        return "blocked"
    if contact.unlinked_at is not None and not _says_only(message, consent.WRONG_PERSON_DONE):
        return "unlinked"
    is_opted_out = contact.opted_out_at or any(each.opted_out_at for each in contacts_of_person)
    if is_opted_out and not _says_only(message, consent.OPT_OUT_DONE):
        return "opted_out"
    if message.purpose is Purpose.NOTICE and contact.is_dead(now):
        return UNREACHABLE
    return None


def _unwanted(
    message: OutboxMessage, conversation: Conversation, delivery: Delivery | None
) -> str | None:
    """Hold back a notice about a parcel whose recipient wants none; a neighbour may get theirs.

    What shows where the van is may still be taken away.
    """
    if delivery is None or delivery.notices_stopped_at is None:
        return None
    is_notice = message.purpose is Purpose.NOTICE and message.form is not Form.HALT
    is_theirs = delivery.person_id == conversation.person_id
    return PARCEL_OPTED_OUT if is_notice and is_theirs else None


def _is_silent(work: UnitOfWork, message: OutboxMessage) -> bool:
    person_id = work.contacts.get(message.contact_id).person_id
    return any(each.opted_out_at for each in work.contacts.of_person(person_id))


def _is_word_of_consent(message: OutboxMessage) -> bool:
    """Answers to stop, start, help and "wrong number" are due in every state."""
    return message.purpose is Purpose.CONFIRMATION and all(
        saying.name in _CONSENT for saying in message.sayings
    )


def _is_answer_to_not_me(message: OutboxMessage) -> bool:
    return message.purpose is Purpose.CONFIRMATION and all(
        saying.name in _AT_ONCE for saying in message.sayings
    )


def _is_of_agent(message: OutboxMessage) -> bool:
    """Say whether an agent wrote it or had it sent."""
    return message.purpose is Purpose.AGENT or message.author_id is not None


def _says_only(message: OutboxMessage, name: str) -> bool:
    return message.purpose is Purpose.CONFIRMATION and all(
        saying.name == name for saying in message.sayings
    )


def _under_lease(
    message: OutboxMessage, conversation: Conversation, *, now: datetime
) -> Decision | None:
    """Keep the bot silent while a person has the conversation, or is about to have it.

    The bot's last words on passing a conversation on carry the new epoch: they may still leave
    while nobody has taken it. So may what answers words of consent, agents' own words, and what
    they had sent.
    """
    if _is_word_of_consent(message) or _is_answer_to_not_me(message) or _is_of_agent(message):
        return None
    if message.epoch is not None and message.epoch != conversation.epoch:
        return Suppress("superseded")
    if conversation.is_with_bot:
        return None
    if message.purpose is not Purpose.REPLY:
        is_handed_off = conversation.state in _HANDED_OFF
        return Defer(now + _HELD_FOR, HELD_BY_LEASE) if is_handed_off else None
    if conversation.state in _NOBODYS and message.epoch is not None:
        return None
    return Suppress(HELD_BY_LEASE)


def _in_quiet_hours(
    message: OutboxMessage, delivery: Delivery | None, *, now: datetime, zone: str
) -> Decision | None:
    if message.notice == _RATING:
        # How it went is asked when people are up, however late the van came.
        delivery = None
    opens_at = quiet_until(now, zone)
    if opens_at is None:
        return None
    local = now.astimezone(ZoneInfo(zone))
    earliest = _same_day_start(delivery, local)
    if earliest is not None and delivery is not None and delivery.eta_at is not None:
        if earliest <= local <= delivery.eta_at + _SAME_DAY_TAIL:
            return None
        if local < earliest < opens_at:
            opens_at = earliest
    return Defer(opens_at.astimezone(now.tzinfo), "quiet_hours")


def _same_day_start(delivery: Delivery | None, local: datetime) -> datetime | None:
    """Return from when notices about a stop of today may come in spite of quiet hours."""
    if delivery is None or delivery.eta_at is None:
        return None
    eta = delivery.eta_at.astimezone(local.tzinfo)
    if eta.date() != local.date():
        return None
    first = datetime.combine(local.date(), SAME_DAY_FROM, tzinfo=local.tzinfo)
    return max(first, eta - SAME_DAY_LEAD)


def _is_overtaken(work: UnitOfWork, message: OutboxMessage) -> bool:
    """Say whether something newer was told about the same parcel; what asks how it was is not."""
    if message.purpose is not Purpose.NOTICE or message.delivery_id is None:
        return False
    return any(
        each.notice not in (None, _RATING)
        and each.form is Form.WORDS
        and each.delivery_id == message.delivery_id
        and each.created_at > message.created_at
        and each.state is not OutboxState.SUPPRESSED
        for each in work.outbox.of(message.conversation_id, limit=_LOOKED_BACK)
    )


def _other_contact(work: UnitOfWork, message: OutboxMessage, *, now: datetime) -> Contact | None:
    """Return another way to the person; a code goes to the contact it was made for, or nowhere."""
    if message.purpose is Purpose.CODE or is_repeat(message):
        return None
    conversation = work.conversations.get(message.conversation_id)
    contacts = work.contacts.of_person(conversation.person_id)
    return next(
        (each for each in contacts if each.can_be_reached(now) and each.id != message.contact_id),
        None,
    )


def _repeat(work: UnitOfWork, message: OutboxMessage, contact: Contact, *, now: datetime) -> bool:
    repeat = OutboxMessage(
        id=new_id("m"),
        conversation_id=message.conversation_id,
        contact_id=contact.id,
        purpose=message.purpose,
        sayings=message.sayings,
        created_at=now,
        not_before=now,
        expires_at=message.expires_at,
        delivery_id=message.delivery_id,
        dedupe_key=f"{_ELSEWHERE}{message.id}",
        epoch=message.epoch,
        notice=message.notice,
        author_id=message.author_id,
    )
    if not work.outbox.add_once(repeat):
        return False
    for row in work.outbox.told_along([message.id]):
        row.told_in = repeat.id
    return True
