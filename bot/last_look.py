"""The last look before a message is handed to a network: nobody has said stop or taken the chat."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.departure import Departure
from deliveries.model.message import OutboxMessage
from deliveries.model.recipient import Contact
from deliveries.ports import UnitOfWork
from deliveries.services.messages.sending import may_still_leave


def may_leave(work: UnitOfWork, departures: Sequence[Departure], *, now: datetime) -> list[bool]:
    """Say of each departure whether it may still leave.

    The gate let them pass when they were claimed, which may be seconds ago where others are sent
    before them. What is committed after this look comes too late for the call that follows it.

    Args:
        work: A unit of work for reading.
        departures: Claimed and about to be sent.
        now: The day's time.
    """
    rows = {each.id: each for each in work.outbox.many([to.message_id for to in departures])}
    # What is asked for one by one below is at hand then.
    work.conversations.many([each.conversation_id for each in rows.values()])
    work.deliveries.many([each.delivery_id for each in rows.values() if each.delivery_id])
    contacts = work.contacts.many([each.contact_id for each in rows.values()])
    theirs = work.contacts.of_people([each.person_id for each in contacts])
    return [_may_leave(work, to, rows.get(to.message_id), theirs, now=now) for to in departures]


def _may_leave(
    work: UnitOfWork,
    departure: Departure,
    message: OutboxMessage | None,
    contacts: Mapping[str, Sequence[Contact]],
    *,
    now: datetime,
) -> bool:
    if message is None or message.attempt_id != departure.attempt_id:
        # Erased, or somebody else sends it by now.
        return False
    contact = work.contacts.get(message.contact_id)
    return may_still_leave(
        message,
        work.conversations.get(message.conversation_id),
        contact,
        contacts[contact.person_id],
        work.deliveries.find(message.delivery_id) if message.delivery_id else None,
        now=now,
    )
