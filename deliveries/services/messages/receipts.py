"""Networks' reports on what became of a message, and on whether a contact can be reached."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from deliveries.model.message import OutboxMessage, OutboxState
from deliveries.ports import UnitOfWork
from deliveries.services.messages import consent
from deliveries.services.messages.sending import advance, give_up


class Reach(StrEnum):
    """What a refusal says about the contact, beyond the one message."""

    UNCHANGED = "unchanged"
    OPTED_OUT = "opted_out"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Receipt:
    """A network's report on one message.

    Attributes:
        message_id: Ours, if the network sent it back; a report can overtake its own send.
        provider_id: The network's.
        state: ``sent``, ``delivered`` or ``failed``.
        reason: Stable code of a failure.
        dead_for: For so long nothing else is expected to arrive there.
    """

    provider_id: str
    state: OutboxState
    message_id: str | None = None
    reason: str | None = None
    reach: Reach = Reach.UNCHANGED
    dead_for: timedelta | None = None


def take_receipt(work: UnitOfWork, receipt: Receipt, *, now: datetime) -> OutboxMessage | None:
    """Follow a message to its end; late, repeated and reordered reports change nothing."""
    message = _find(work, receipt)
    if message is None:
        return None
    message.provider_id = message.provider_id or receipt.provider_id
    if receipt.state is OutboxState.FAILED:
        if message.state is not OutboxState.DELIVERED:
            note_reach(work, message.contact_id, receipt.reach, now=now)
            note_dead(work, message, receipt.dead_for, receipt.reason, now=now)
        give_up(work, message, receipt.reason or "unknown", now=now)
    else:
        message.sent_at = message.sent_at or now
        advance(message, receipt.state)
        if receipt.state is OutboxState.DELIVERED:
            # Even if it was reported lost before: something arrives there.
            work.contacts.get(message.contact_id).note_alive()
    return message


def note_dead(
    work: UnitOfWork,
    message: OutboxMessage,
    dead_for: timedelta | None,
    reason: str | None,
    *,
    now: datetime,
) -> None:
    """Remember that nothing arrives at a contact, for as long as that is worth believing.

    Each new failure begins the time anew; a message from there, or one that arrives, ends it.
    """
    if dead_for is None:
        return
    contact = work.contacts.get(message.contact_id)
    contact.unreachable_until = max(contact.unreachable_until or now, now + dead_for)
    contact.unreachable_reason = reason


def note_reach(work: UnitOfWork, contact_id: str, reach: Reach, *, now: datetime) -> None:
    """Mirror what a network told about a contact.

    Who has said stop there and start elsewhere since is written to elsewhere.
    """
    has_left = reach is Reach.OPTED_OUT
    if has_left and not consent.wants_messages_elsewhere(work, contact_id):
        consent.opt_out(work, contact_id, now=now, actor="network", is_told=True)
    elif has_left or reach is Reach.BLOCKED:
        contact = work.contacts.get(contact_id)
        contact.blocked_at = contact.blocked_at or now


def _find(work: UnitOfWork, receipt: Receipt) -> OutboxMessage | None:
    if receipt.message_id is not None:
        message = work.outbox.lock(receipt.message_id)
        if message is not None and message.provider_id in (None, receipt.provider_id):
            return message
    known = work.outbox.by_provider_id(receipt.provider_id)
    return work.outbox.lock(known.id) if known else None
