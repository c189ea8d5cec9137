"""Personal data that the console masks, shown to an agent who asks, and noted."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from deliveries.errors import InvalidInputError, NotFoundError
from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.ports import UnitOfWork, Vault
from deliveries.services.identity.co_recipients import people_on
from deliveries.services.staff.auditing import record
from deliveries.services.staff.scope import may_see_delivery


class Hidden(StrEnum):
    """What may be asked for: of a contact its address, of a delivery the rest."""

    CONTACT = "contact"
    ADDRESS = "address"
    NEIGHBOUR = "neighbour"
    CODE = "code"


def reveal(
    work: UnitOfWork,
    vault: Vault,
    conversation_id: str,
    what: str,
    of: str,
    *,
    agent_id: str,
    now: datetime,
) -> str:
    """Return one masked value in full and note who saw which, not what it is.

    Args:
        work: The caller's unit of work, to be committed before anything is shown.
        vault: Opens what is sealed.
        conversation_id: The chat in which it is asked; only its own person's data is shown.
        what: One of ``Hidden``.
        of: The contact's or the delivery's id.
        agent_id: Who asks; their permission has been checked.
        now: The day's time.

    Raises:
        InvalidInputError: If there is no such field.
        NotFoundError: If it is not this person's, or there is none.
    """
    if what not in list(Hidden):
        raise InvalidInputError("what")
    conversation = work.conversations.get(conversation_id)
    shown = (
        _contact(work, conversation, of)
        if what == Hidden.CONTACT
        else _OF_DELIVERY[Hidden(what)](work, vault, delivery_of(work, conversation, of, agent_id))
    )
    if not shown:
        raise NotFoundError(of)
    kind = "contact" if what == Hidden.CONTACT else "delivery"
    after = {"what": what, "conversation_id": conversation_id}
    record(work, agent_id, "personal_data.revealed", kind, of, after=after, now=now)
    return shown


def _contact(work: UnitOfWork, conversation: Conversation, id_: str) -> str:
    contact = work.contacts.get(id_)
    if contact.person_id != conversation.person_id:
        raise NotFoundError(id_)
    return contact.address.reveal()


def delivery_of(work: UnitOfWork, conversation: Conversation, id_: str, agent_id: str) -> Delivery:
    """Return a delivery of a chat's person that an agent may see.

    Raises:
        NotFoundError: If it is not the person's, or beyond the agent's limit.
    """
    delivery, agent = work.deliveries.get(id_), work.agents.find(agent_id)
    is_theirs = conversation.person_id in people_on(work, delivery)
    if not is_theirs or (agent is not None and not may_see_delivery(agent, delivery)):
        raise NotFoundError(id_)
    return delivery


def is_web_address(url: str | None) -> bool:
    """Say whether something may be followed: what a device reports may be anything."""
    return url is not None and url.startswith(("https://", "http://"))


def open_proof(
    work: UnitOfWork, conversation_id: str, delivery_id: str, *, agent_id: str, now: datetime
) -> str:
    """Return where the driver's photo of a hand-over is, and note who looks at it.

    Args:
        work: The caller's unit of work, to be committed before anybody is led there.
        conversation_id: The chat in which it is asked.
        delivery_id: Whose photo.
        agent_id: Who asks; their permission has been checked.
        now: The day's time.

    Raises:
        NotFoundError: If there is none, or it is not this person's.
    """
    conversation = work.conversations.get(conversation_id)
    delivery = delivery_of(work, conversation, delivery_id, agent_id)
    if delivery.proof_url is None or not is_web_address(delivery.proof_url):
        raise NotFoundError(delivery_id)
    after = {"conversation_id": conversation_id}
    record(work, agent_id, "proof.opened", "delivery", delivery_id, after=after, now=now)
    return delivery.proof_url


def _address(_: UnitOfWork, __: Vault, delivery: Delivery) -> str:
    return f"{delivery.address_line}, {delivery.postcode} {delivery.city}"


def _neighbour(work: UnitOfWork, _: Vault, delivery: Delivery) -> str:
    asked = [each for each in work.neighbour_requests.kept() if delivery.id in each.delivery_ids]
    request = asked[-1] if asked else None
    contact = work.contacts.find(request.contact_id) if request and request.contact_id else None
    name = (request.name if request else None) or delivery.place.name or ""
    house = delivery.place.house_number or ""
    number = contact.address.reveal() if contact else ""
    return ", ".join(filter(None, (name, house, number)))


def _code(work: UnitOfWork, vault: Vault, delivery: Delivery) -> str:
    codes = work.handover_codes.live_of([delivery.id])
    return ", ".join(vault.open(each.ciphertext).reveal() for each in codes)


_OF_DELIVERY: Mapping[Hidden, Callable[[UnitOfWork, Vault, Delivery], str]] = {
    Hidden.ADDRESS: _address,
    Hidden.NEIGHBOUR: _neighbour,
    Hidden.CODE: _code,
}
