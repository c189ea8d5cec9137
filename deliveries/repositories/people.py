"""Who receives, by which contact, and what showed that it is theirs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deliveries.model.challenge import Challenge
from deliveries.model.recipient import Channel, Contact, CoRecipient, LinkToken, Person
from deliveries.model.standing import StandingKind, StandingWish
from deliveries.repositories.base import Repository


class PersonRepository(Repository[Person], Protocol):
    """People."""


class ContactRepository(Repository[Contact], Protocol):
    """Contacts."""

    def by_address(self, channel: Channel, address: str) -> Contact | None:
        """Return the contact at an address (E.164 or chat id)."""
        ...

    def of_person(self, person_id: str) -> Sequence[Contact]:
        """Return a person's contacts, by id."""
        ...

    def of_people(self, person_ids: Sequence[str]) -> Mapping[str, Sequence[Contact]]:
        """Return people's contacts by person, by id."""
        ...

    def erase(self, contact_id: str, *, now: datetime) -> None:
        """Take away a contact's address, and the words that went to and from it, for good."""
        ...


class CoRecipientRepository(Protocol):
    """Further people on deliveries."""

    def add_once(self, co_recipient: CoRecipient) -> bool:
        """Put a person on a delivery; false if they are on it."""
        ...

    def of_delivery(self, delivery_id: str) -> Sequence[CoRecipient]:
        """Return a delivery's further people, by person."""
        ...


class ChallengeRepository(Repository[Challenge], Protocol):
    """Codes that were sent; a change of one that somebody else changed meanwhile is refused."""

    def latest_of(self, conversation_id: str) -> Challenge | None:
        """Return the newest that is to be answered in a conversation."""
        ...

    def latest_sent_to(self, contact_id: str) -> Challenge | None:
        """Return the newest whose code went to a contact."""
        ...

    def door_pin(self, delivery_id: str) -> Challenge | None:
        """Return the newest PIN of a delivery."""
        ...

    def of_delivery_since(self, delivery_id: str, since: datetime) -> Sequence[Challenge]:
        """Return a delivery's, made at or after an instant."""
        ...

    def asked_by_since(self, contact_id: str, since: datetime) -> Sequence[Challenge]:
        """Return those that a contact caused at or after an instant."""
        ...


class LinkTokenRepository(Repository[LinkToken], Protocol):
    """One-time invitations, by the hash of the token."""

    def use(self, token_hash: str, *, now: datetime) -> LinkToken:
        """Mark a token used, atomically, and return it.

        Raises:
            NotAllowedError: If it is unknown, used or expired.
        """
        ...


class StandingWishRepository(Repository[StandingWish], Protocol):
    """Standing wishes."""

    def of_person(self, person_id: str, kind: StandingKind) -> StandingWish | None:
        """Return a person's wish of a kind that stands now."""
        ...

    def all_of(self, kind: StandingKind) -> Sequence[StandingWish]:
        """Return everybody's wishes of a kind that stand now, by id."""
        ...
