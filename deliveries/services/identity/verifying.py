"""Which contacts are known to be in the right hands, for which parcel."""

from deliveries.model.delivery import Delivery
from deliveries.model.recipient import Channel, Contact
from deliveries.ports import UnitOfWork


def original_contact(work: UnitOfWork, delivery: Delivery) -> Contact | None:
    """Return the contact that the delivery was booked with."""
    if delivery.contact_id is not None:
        return work.contacts.find(delivery.contact_id)
    contacts = work.contacts.of_person(delivery.person_id)
    return next((each for each in contacts if each.channel is Channel.SMS), None) or next(
        iter(contacts), None
    )


def can_prove(work: UnitOfWork, delivery: Delivery, contact: Contact | None) -> bool:
    """Say whether a code sent to the original contact would reach the recipient."""
    if contact is None or contact.person_id != delivery.person_id or not contact.is_reachable:
        return False
    # Who opts out does so with every contact.
    return not any(each.opted_out_at for each in work.contacts.of_person(contact.person_id))


def is_verified_for(work: UnitOfWork, contact: Contact, delivery: Delivery) -> bool:
    """Say whether the contact was shown to be the recipient's since this parcel was booked.

    Numbers and chats change hands: what was proved for an earlier parcel does not count. The
    original contact is the shipper's word for this very parcel; it only has to have written.
    """
    if contact.verified_at is None or contact.unlinked_at is not None:
        return False
    original = original_contact(work, delivery)
    if original is not None and original.id == contact.id:
        return True
    return delivery.booked_at is None or contact.verified_at >= delivery.booked_at
