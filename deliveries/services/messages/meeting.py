"""People of whom only a number is known: neighbours to ask, staff on call."""

from deliveries.model.ids import new_id
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact, Person
from deliveries.ports import UnitOfWork
from deliveries.services.messages.consent import conversation_of


def meet(work: UnitOfWork, address: ContactAddress, language: str) -> Contact:
    """Return whose number that is; begin to know them if nobody is known by it.

    Args:
        work: The caller's unit of work.
        address: A number in E.164.
        language: That of somebody new.
    """
    known = work.contacts.by_address(Channel.SMS, address.reveal())
    if known is not None:
        return known
    person = Person(new_id("u"), language=language)
    work.people.add(person)
    work.flush()
    contact = Contact(new_id("a"), person.id, Channel.SMS, address)
    work.contacts.add(contact)
    conversation_of(work, person.id).last_contact_id = contact.id
    return contact
