"""Whether a neighbour can be asked at a number, and the request that waits for the choice."""

from collections.abc import Sequence
from datetime import datetime

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType

from deliveries.errors import InvalidInputError
from deliveries.model.delivery import Delivery
from deliveries.model.handover import NeighbourRequest
from deliveries.model.ids import new_id
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Contact, Person
from deliveries.ports import UnitOfWork
from deliveries.services.messages.meeting import meet

ASKED_AT_MOST = 3
ASKED = "neighbour_asked"
# Numbers reserved for fiction are possible but never assigned: of no known type.
TEXTED = frozenset(
    {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.UNKNOWN}
)


def holds_number(text: str, country: str) -> bool:
    """Say whether a text has something like a phone number in it."""
    return _first_in(text, country) is not None


def number_in(text: str, country: str) -> ContactAddress:
    """Return the number in a text, in E.164.

    Numbers abroad are refused: whoever may have any number of the world texted can be paid for it.

    Raises:
        InvalidInputError: If there is none that we can text; its text is the name of what to say.
    """
    number = _first_in(text, country)
    if number is None:
        raise InvalidInputError("neighbour_phone_unreadable")
    if number.country_code != phonenumbers.country_code_for_region(country):
        raise InvalidInputError("neighbour_phone_foreign")
    if phonenumbers.number_type(number) not in TEXTED:
        raise InvalidInputError("neighbour_phone_landline")
    return ContactAddress(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def want_neighbour(
    work: UnitOfWork,
    recipient: Person,
    deliveries: Sequence[Delivery],
    address: ContactAddress,
    name: str,
    *,
    now: datetime,
) -> NeighbourRequest:
    """Keep the number until the recipient has decided; nobody is asked yet.

    A neighbour who is known to us is asked in the thread they have; another gets the least there
    is: a number, and the recipient's language until they show their own.

    Raises:
        InvalidInputError: If this number may not be asked; its text is the name of what to say.
    """
    if any(_times_asked(work, each) >= ASKED_AT_MOST for each in deliveries):
        raise InvalidInputError("neighbour_asked_enough")
    contact = meet(work, address, recipient.language)
    if contact.person_id == recipient.id:
        raise InvalidInputError("neighbour_phone_own")
    if not all(each.is_reachable for each in (contact, *_others(work, contact))):
        raise InvalidInputError("neighbour_phone_barred")
    ids = tuple(each.id for each in deliveries)
    request = NeighbourRequest(new_id("nr"), ids, contact.id, name, now)
    work.neighbour_requests.add(request)
    return request


def _first_in(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    matcher = PhoneNumberMatcher(text, country, leniency=Leniency.POSSIBLE)
    return next((match.number for match in matcher), None)


def _times_asked(work: UnitOfWork, delivery: Delivery) -> int:
    return sum(each.kind == ASKED for each in work.history.of_delivery(delivery.id))


def _others(work: UnitOfWork, contact: Contact) -> Sequence[Contact]:
    """Return the person's other contacts: who has opted out has done so with all of them."""
    return [each for each in work.contacts.of_person(contact.person_id) if each.opted_out_at]
