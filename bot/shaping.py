"""How a message is shown on a network that has more than words."""

from bot.departure import Shape
from deliveries.model.delivery import Delivery
from deliveries.model.message import Form, OutboxMessage
from deliveries.model.network import Coordinates
from deliveries.model.recipient import Channel, Contact
from deliveries.ports import UnitOfWork
from deliveries.services.notices.beside import coordinates_of

_WITH_PHOTO = frozenset({Channel.TELEGRAM, Channel.WHATSAPP})
_SECONDS = 60


def shape_of(
    work: UnitOfWork, message: OutboxMessage, contact: Contact, delivery: Delivery | None
) -> Shape | None:
    """Return how a message is shown; none: what it would change never arrived."""
    if message.form is Form.WORDS:
        return Shape(photo_url=_photo(message, contact, delivery))
    changes = None
    if message.changes is not None:
        changed = work.outbox.find(message.changes)
        changes = changed.provider_id if changed else None
        if changes is None:
            return None
    facts = message.sayings[0].facts
    place, minutes = coordinates_of(facts), facts.get("minutes")
    return Shape(
        form=message.form,
        place=Coordinates(*place) if place else None,
        title=str(facts.get("title", "")),
        address=str(facts.get("address", "")),
        live_s=_SECONDS * minutes if isinstance(minutes, int) else 0,
        changes=changes,
    )


def _photo(message: OutboxMessage, contact: Contact, delivery: Delivery | None) -> str | None:
    """Return the proof of delivery, for whoever has shown that the contact is theirs."""
    if message.notice != "A8" or delivery is None or contact.verified_at is None:
        return None
    return delivery.proof_url if contact.channel in _WITH_PHOTO else None
