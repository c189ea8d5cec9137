"""Telling a person something that somebody else's answer, or the day, has brought about."""

from collections.abc import Sequence
from datetime import datetime

from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.messages.consent import conversation_of
from deliveries.services.notices.posting import contact_for


def tell(
    work: UnitOfWork,
    person_id: str,
    sayings: Sequence[Saying],
    key: str,
    *,
    now: datetime,
    delivery_id: str | None = None,
    purpose: Purpose = Purpose.CONFIRMATION,
    expires_at: datetime | None = None,
) -> OutboxMessage | None:
    """Write a message to the person's best contact, once; none if they may not be written to.

    Args:
        work: The caller's unit of work.
        person_id: Who is told.
        sayings: What.
        key: Dedupe key.
        now: The day's time.
        delivery_id: What it is about; it is the recipient's, or one they take in.
        purpose: Notices keep quiet hours, confirmations answer at any hour.
        expires_at: It does not leave later.
    """
    contact, barred = contact_for(work, person_id, now=now)
    if contact is None or barred is not None:
        return None
    message = OutboxMessage(
        id=new_id("m"),
        conversation_id=conversation_of(work, person_id).id,
        contact_id=contact.id,
        purpose=purpose,
        sayings=tuple(sayings),
        created_at=now,
        not_before=now,
        expires_at=expires_at,
        delivery_id=delivery_id,
        dedupe_key=key,
    )
    return message if work.outbox.add_once(message) else None
