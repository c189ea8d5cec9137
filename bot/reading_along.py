"""What the gate looks at beside the messages that are to leave, read all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deliveries.model.message import OutboxMessage
from deliveries.model.recipient import Contact
from deliveries.ports import UnitOfWork
from deliveries.services.notices.sharing import told_along


@dataclass(frozen=True)
class Along:
    """What some messages need at the gate.

    Attributes:
        contacts: By person: who opts out by one contact is written to by none.
        told_along: By notice, what stands for the other deliveries that it tells of.
    """

    contacts: Mapping[str, Sequence[Contact]]
    told_along: Mapping[str, Sequence[OutboxMessage]]


def read_along(work: UnitOfWork, messages: Sequence[OutboxMessage]) -> Along:
    """Read what the gate looks at; what it asks for one by one is at hand then."""
    others = told_along(work, messages)
    rows = [*messages, *(row for rows in others.values() for row in rows)]
    work.conversations.many([each.conversation_id for each in messages])
    work.deliveries.many([each.delivery_id for each in rows if each.delivery_id])
    contacts = work.contacts.many([each.contact_id for each in messages])
    people = work.people.many([each.person_id for each in contacts])
    return Along(work.contacts.of_people([each.id for each in people]), others)
