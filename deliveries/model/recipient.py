"""People and the ways to reach them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deliveries.model.personal import ContactAddress


class Channel(StrEnum):
    """The networks on which people reach us."""

    SMS = "sms"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"


@dataclass(eq=False)
class Person:
    """Somebody who gets parcels; several contacts, one conversation.

    Attributes:
        language: ISO 639 code in which we write.
        zone: IANA zone for quiet hours, when known; else the delivery address's.
        erased_at: When everything about them was taken away, on their wish or for its age.
    """

    id: str
    language: str = "en"
    zone: str | None = None
    erased_at: datetime | None = None


@dataclass(eq=False)
class Contact:
    """One address on one channel by which we reach a person.

    Attributes:
        verified_at: When it was shown that the person holds it (a message from it, or a link used).
        opted_out_at: Since when nothing may be sent; the whole person is silent then.
        blocked_at: Since when the provider refuses it.
        unlinked_at: When somebody there told us that they are not this person.
        unreachable_until: A network said that nothing arrives there; until then it is believed.
        unreachable_reason: What it said, as a stable code.
    """

    id: str
    person_id: str
    channel: Channel
    address: ContactAddress
    verified_at: datetime | None = None
    opted_out_at: datetime | None = None
    blocked_at: datetime | None = None
    unlinked_at: datetime | None = None
    last_inbound_at: datetime | None = None
    unreachable_until: datetime | None = None
    unreachable_reason: str | None = None

    @property
    def is_reachable(self) -> bool:
        """Something may be sent to it at all."""
        return not (self.opted_out_at or self.blocked_at or self.unlinked_at)

    def can_be_reached(self, now: datetime) -> bool:
        """Say whether something may be sent to it, and could arrive as far as networks told."""
        return self.is_reachable and not self.is_dead(now)

    def is_dead(self, now: datetime) -> bool:
        """Say whether a network has told that nothing arrives there, and it is still believed."""
        return self.unreachable_until is not None and now < self.unreachable_until

    def note_alive(self) -> None:
        """Forget what networks told: something has come from there, or has arrived."""
        self.unreachable_until = self.unreachable_reason = None


@dataclass(eq=False)
class CoRecipient:
    """Somebody else whom the shipper named on a delivery, with their contact."""

    delivery_id: str
    person_id: str
    contact_id: str


@dataclass(eq=False)
class LinkToken:
    """A one-time invitation to continue on Telegram; only its hash is kept."""

    token_hash: str
    person_id: str
    expires_at: datetime
    used_at: datetime | None = None
