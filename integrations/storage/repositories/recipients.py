"""People, contacts and invitations."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select, update

from deliveries.errors import NotAllowedError
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact, CoRecipient, LinkToken, Person
from deliveries.model.standing import StandingKind, StandingWish
from integrations.storage.message_tables import conversations, inbound, outbox, turns
from integrations.storage.repositories.entities import SqlRepository, touch
from integrations.storage.tables import co_recipients, contacts, link_tokens, standing_wishes

# Statements that every message needs are built once: building them costs more than running them.


@cache
def _at_address() -> Select[Contact]:
    channel = bindparam("the_channel", type_=contacts.c.channel.type)
    address = bindparam("the_address", type_=contacts.c.address.type)
    return select(Contact).where(contacts.c.channel == channel, contacts.c.address == address)


@cache
def _contacts_of_person() -> Select[Contact]:
    person = bindparam("the_person", type_=contacts.c.person_id.type)
    return select(Contact).where(contacts.c.person_id == person).order_by(contacts.c.id)


@cache
def _contacts_of_people() -> Select[Contact]:
    are_theirs = contacts.c.person_id.in_(bindparam("the_people", expanding=True))
    return select(Contact).where(are_theirs).order_by(contacts.c.id)


class SqlPersonRepository(SqlRepository[Person]):
    """People in a database."""

    kind = Person


class SqlContactRepository(SqlRepository[Contact]):
    """Contacts in a database."""

    kind = Contact

    def by_address(self, channel: Channel, address: str) -> Contact | None:
        """Return the contact at an address (E.164 or chat id)."""
        return self._session.scalars(
            _at_address(), {"the_channel": channel, "the_address": ContactAddress(address)}
        ).one_or_none()

    def of_person(self, person_id: str) -> Sequence[Contact]:
        """Return a person's contacts, by id."""
        return self._session.scalars(_contacts_of_person(), {"the_person": person_id}).all()

    def of_people(self, person_ids: Sequence[str]) -> Mapping[str, Sequence[Contact]]:
        """Return people's contacts by person, by id."""
        found = self._session.scalars(_contacts_of_people(), {"the_people": list(person_ids)})
        people: dict[str, list[Contact]] = {id_: [] for id_ in person_ids}
        for contact in found:
            people[contact.person_id].append(contact)
        return people

    def erase(self, contact_id: str, *, now: datetime) -> None:
        """Take away a contact's address, and the words that went to and from it, for good."""
        contact = self.get(contact_id)
        # Unique, and no network's: whoever has the address next is a contact of their own.
        contact.address = ContactAddress(f"erased:{contact.id}")
        contact.unlinked_at = contact.unlinked_at or now
        thread = select(conversations.c.id).where(conversations.c.person_id == contact.person_id)
        said = update(inbound).where(inbound.c.contact_id == contact_id)
        told = update(outbox).where(outbox.c.contact_id == contact_id)
        answered = update(turns).where(turns.c.conversation_id.in_(thread))
        touch(self._session, said.values(text="", pictures=(), lat=None, lon=None))
        touch(self._session, told.values(text=None, sayings=()))
        touch(self._session, answered.values(sayings=()))


class SqlStandingWishRepository(SqlRepository[StandingWish]):
    """Standing wishes in a database."""

    kind = StandingWish

    def of_person(self, person_id: str, kind: StandingKind) -> StandingWish | None:
        """Return a person's wish of a kind that stands now."""
        return self._session.scalars(
            select(StandingWish).where(
                standing_wishes.c.person_id == person_id,
                standing_wishes.c.kind == kind,
                standing_wishes.c.ended_at.is_(None),
            )
        ).one_or_none()

    def all_of(self, kind: StandingKind) -> Sequence[StandingWish]:
        """Return everybody's wishes of a kind that stand now, by id."""
        return self._session.scalars(
            select(StandingWish)
            .where(standing_wishes.c.kind == kind, standing_wishes.c.ended_at.is_(None))
            .order_by(standing_wishes.c.id)
        ).all()


class SqlCoRecipientRepository(SqlRepository[CoRecipient]):
    """Further people on deliveries, in a database."""

    kind = CoRecipient

    def add_once(self, co_recipient: CoRecipient) -> bool:
        """Put a person on a delivery; false if they are on it."""
        known = self._session.get(CoRecipient, (co_recipient.delivery_id, co_recipient.person_id))
        if known is None:
            self._session.add(co_recipient)
        return known is None

    def of_delivery(self, delivery_id: str) -> Sequence[CoRecipient]:
        """Return a delivery's further people, by person."""
        return self._session.scalars(
            select(CoRecipient)
            .where(co_recipients.c.delivery_id == delivery_id)
            .order_by(co_recipients.c.person_id)
        ).all()


class SqlLinkTokenRepository(SqlRepository[LinkToken]):
    """One-time invitations in a database, by the hash of the token."""

    kind = LinkToken

    def use(self, token_hash: str, *, now: datetime) -> LinkToken:
        """Mark a token used, atomically, and return it.

        Raises:
            NotAllowedError: If it is unknown, used or expired.
        """
        used = touch(
            self._session,
            update(link_tokens)
            .where(
                link_tokens.c.token_hash == token_hash,
                link_tokens.c.used_at.is_(None),
                link_tokens.c.expires_at > now,
            )
            .values(used_at=now),
        )
        if not used:
            raise NotAllowedError("the invitation is unknown, used or expired")
        self._reread(token_hash)
        return self.get(token_hash)
