"""A notice that tells of several parcels at one address, and of fewer once some are out of it.

It is addressed by one of them; each of the others has a row of its own that never leaves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from deliveries.model.delivery import Delivery
from deliveries.model.message import Form, OutboxMessage, OutboxState, Purpose
from deliveries.model.recipient import Channel
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.subject import group_facts
from deliveries.services.days.journeys import WAITING
from deliveries.services.messages.sending import PARCEL_OPTED_OUT, advance, is_repeat
from deliveries.services.notices.beside import show_beside

TOLD_TOGETHER = "told_together"
OVERTAKEN = "overtaken"
# What these say is of no use once the parcel is handed over, has failed or is not coming.
_ON_THE_WAY = frozenset({"A1", "A2", "A3", "A4", "A5", "A6"})


def told_along(
    work: UnitOfWork, messages: Sequence[OutboxMessage]
) -> Mapping[str, Sequence[OutboxMessage]]:
    """Return, by message, what stands for the other deliveries that it tells of."""
    rows: dict[str, list[OutboxMessage]] = {
        each.id: []
        for each in messages
        if each.purpose is Purpose.NOTICE and each.form is Form.WORDS
    }
    for row in work.outbox.told_along(list(rows)) if rows else ():
        if row.told_in is not None and row.reason == TOLD_TOGETHER:
            rows[row.told_in].append(row)
    return rows


def leave_out_unconcerned(
    work: UnitOfWork, message: OutboxMessage, others: Sequence[OutboxMessage], *, now: datetime
) -> None:
    """Let a notice, just before it leaves, tell of no parcel that it should not.

    Args:
        work: The caller's unit of work.
        message: The notice.
        others: What stands for the other deliveries that it tells of.
        now: The day's time.
    """
    person_id = work.conversations.get(message.conversation_id).person_id
    reasons: dict[str, str] = {}
    for row in (message, *others):
        delivery = work.deliveries.find(row.delivery_id) if row.delivery_id else None
        reason = _why_not(message, delivery) if delivery else None
        if delivery is not None and reason is not None and delivery.person_id == person_id:
            reasons[delivery.id] = reason
    if reasons:
        leave_out(work, message, others, reasons, now=now)


def leave_out(
    work: UnitOfWork,
    message: OutboxMessage,
    others: Sequence[OutboxMessage],
    reasons: Mapping[str, str],
    *,
    now: datetime,
) -> None:
    """Let a notice that has not left tell only of the deliveries without a reason against them.

    Where it was addressed by one with a reason, the next takes its place: nobody loses what they
    were to be told because of a neighbouring parcel. Without any left, it never leaves.
    """
    staying = [row for row in others if row.delivery_id not in reasons]
    ids = [row.delivery_id for row in (message, *staying) if row.delivery_id]
    for row in others:
        row.reason = reasons.get(row.delivery_id or "", row.reason)
    reason = reasons.get(message.delivery_id or "")
    if reason is None:
        if len(staying) < len(others):
            _name_only(work, message, ids)
        return
    if not staying:
        advance(message, OutboxState.SUPPRESSED, reason=reason)
        return
    _readdress(work, message, staying[0], reason)
    _name_only(work, message, ids[1:])
    if work.contacts.get(message.contact_id).channel is Channel.TELEGRAM:
        show_beside(work, message, work.deliveries.get(ids[1]), now=now)


def _why_not(message: OutboxMessage, delivery: Delivery) -> str | None:
    if delivery.notices_stopped_at is not None:
        return PARCEL_OPTED_OUT
    has_ended = message.notice in _ON_THE_WAY and delivery.status not in WAITING
    return OVERTAKEN if has_ended else None


def _readdress(work: UnitOfWork, message: OutboxMessage, row: OutboxMessage, reason: str) -> None:
    """Let a message and the row of another delivery change places."""
    if is_repeat(message):
        # What was sent in vain keeps telling why the first one has nothing.
        message.delivery_id, row.told_in = row.delivery_id, None
        return
    keys = message.dedupe_key, row.dedupe_key
    # A key is one row's at any moment.
    message.dedupe_key = row.dedupe_key = None
    work.flush()
    message.delivery_id, row.delivery_id = row.delivery_id, message.delivery_id
    row.dedupe_key, message.dedupe_key = keys
    row.reason = reason


def _name_only(work: UnitOfWork, message: OutboxMessage, ids: Sequence[str]) -> None:
    """Let the words, and the menu beneath, be about these deliveries."""
    named = group_facts(work, work.deliveries.many(ids))
    message.sayings = tuple(
        replace(saying, facts={**saying.facts, **named}) for saying in message.sayings
    )
    for saying in message.sayings:
        offer = work.offers.find(saying.offer_id) if saying.offer_id else None
        if offer is not None:
            offer.delivery_ids = tuple(ids)
