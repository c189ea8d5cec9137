"""What the core needs of its store: one repository per aggregate."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from deliveries.model.challenge import Challenge
from deliveries.model.conversation import Agent, AgentSession, Conversation, Handoff, Note
from deliveries.model.delivery import Delivery
from deliveries.model.handover import Collection, HandoverCode, NeighbourRequest
from deliveries.model.network import Depot, PickupPoint, Shipper, Vehicle
from deliveries.model.offer import Hold, Offer
from deliveries.model.preference import PlannerChange, Preference
from deliveries.model.recipient import Channel, Contact, CoRecipient, LinkToken, Person
from deliveries.model.route import Plan, Route, Stop
from deliveries.model.standing import StandingKind, StandingWish


class Repository[T](Protocol):
    """Keeps one kind of entity; changes to what it returns are saved by the unit of work."""

    def get(self, id_: str) -> T:
        """Return the entity.

        Raises:
            NotFoundError: If there is none with that id.
        """
        ...

    def find(self, id_: str) -> T | None:
        """Return the entity, or none."""
        ...

    def add(self, entity: T) -> None:
        """Keep a new entity."""
        ...


class ShipperRepository(Repository[Shipper], Protocol):
    """Shippers."""


class DepotRepository(Repository[Depot], Protocol):
    """Depots."""

    def all(self) -> Sequence[Depot]:
        """Return every depot, by id."""
        ...


class VehicleRepository(Repository[Vehicle], Protocol):
    """Vehicles."""

    def of_depot(self, depot_id: str) -> Sequence[Vehicle]:
        """Return a depot's vehicles, by id."""
        ...


class PickupPointRepository(Repository[PickupPoint], Protocol):
    """Pickup points."""

    def all(self) -> Sequence[PickupPoint]:
        """Return every pickup point, by id."""
        ...


class DeliveryRepository(Repository[Delivery], Protocol):
    """Deliveries."""

    def by_reference(self, shipper_id: str, reference: str) -> Delivery | None:
        """Return the delivery a shipper knows by that reference."""
        ...

    def open_of_person(self, person_id: str) -> Sequence[Delivery]:
        """Return deliveries not final that a person is on, by date, then id."""
        ...

    def latest_of_person(self, person_id: str, *, limit: int = 3) -> Sequence[Delivery]:
        """Return the newest deliveries a person is on, final ones too, newest date first."""
        ...

    def of_day(self, depot_id: str, day: date) -> Sequence[Delivery]:
        """Return a depot's deliveries of one service day, by id."""
        ...

    def many(self, ids: Sequence[str]) -> Sequence[Delivery]:
        """Return those that exist, in the order asked for."""
        ...

    def near_postcode(self, postcode: str) -> Sequence[Delivery]:
        """Return some deliveries at a postcode, whatever its blanks and case."""
        ...

    def on_street(self, words: str) -> Sequence[Delivery]:
        """Return some deliveries whose address line holds the words, whatever their case."""
        ...

    def page(self, *, after: str | None, limit: int, day: date | None = None) -> Sequence[Delivery]:
        """Return deliveries by id, those after one, for operators."""
        ...

    def on_days(self, first: date, last: date) -> Sequence[Delivery]:
        """Return deliveries not final whose day lies in ``[first, last]``, by id."""
        ...


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


class ConversationRepository(Repository[Conversation], Protocol):
    """Conversations."""

    def of_person(self, person_id: str) -> Conversation | None:
        """Return a person's one conversation."""
        ...

    def claim_turn(self, id_: str, *, by: str, now: datetime, until: datetime) -> bool:
        """Claim the conversation's next turn by a conditional update; say whether it worked."""
        ...

    def release_turn(self, id_: str, *, by: str) -> None:
        """Give the claim back, if it is still ours."""
        ...

    def waiting(self, *, now: datetime, limit: int) -> Sequence[str]:
        """Return ids of unclaimed conversations that have unworked messages, oldest first."""
        ...

    def in_hands(self) -> Sequence[Conversation]:
        """Return the conversations that are not with the bot, by id."""
        ...

    def take(self, id_: str, *, agent_id: str, version: int) -> None:
        """Give a conversation to an agent by a conditional update on version and state.

        Raises:
            ConflictError: If it has moved on, or somebody else has it.
        """
        ...


class HandoffRepository(Repository[Handoff], Protocol):
    """Handoffs."""

    def open_of(self, conversation_id: str) -> Handoff | None:
        """Return the conversation's handoff that is not closed."""
        ...

    def queue(self) -> Sequence[Handoff]:
        """Return those not closed: by priority, then age."""
        ...


class AgentRepository(Repository[Agent], Protocol):
    """Agents."""

    def by_name(self, name: str) -> Agent | None:
        """Return the agent who signs in by that name."""
        ...


class NoteRepository(Protocol):
    """Notes of agents."""

    def add(self, note: Note) -> None:
        """Keep a note."""
        ...

    def of(self, conversation_id: str) -> Sequence[Note]:
        """Return a conversation's notes, oldest first."""
        ...


class AgentSessionRepository(Repository[AgentSession], Protocol):
    """Signed-in browsers, by the hash of their token."""

    def remove(self, token_hash: str) -> None:
        """Sign out."""
        ...


class StandingWishRepository(Repository[StandingWish], Protocol):
    """Standing wishes."""

    def of_person(self, person_id: str, kind: StandingKind) -> StandingWish | None:
        """Return a person's wish of a kind that stands now."""
        ...

    def all_of(self, kind: StandingKind) -> Sequence[StandingWish]:
        """Return everybody's wishes of a kind that stand now, by id."""
        ...


class OfferRepository(Repository[Offer], Protocol):
    """Offers."""

    def of_conversation(self, conversation_id: str, *, limit: int) -> Sequence[Offer]:
        """Return the newest of a conversation, oldest first."""
        ...


class HoldRepository(Repository[Hold], Protocol):
    """Holds, and the capacities they take from; both change together."""

    def set_capacity(self, resource: str, total: int) -> None:
        """Say how much there is of a resource; what is taken stays."""
        ...

    def room(self, resource: str) -> int | None:
        """Return how much is left, or none for a resource without a limit."""
        ...

    def rooms(self, resources: Sequence[str]) -> Mapping[str, int]:
        """Return how much is left of each resource that has a limit."""
        ...

    def take(self, hold: Hold) -> bool:
        """Take capacity by a conditional update and keep the hold; false if there is no room.

        A resource whose capacity was never set has no limit.
        """
        ...

    def commit(self, hold_id: str, *, now: datetime) -> bool:
        """Turn a hold that has not ended into a use; false if it had ended."""
        ...

    def release(self, hold_id: str) -> None:
        """Give the capacity back, once, whether held or committed."""
        ...

    def of_offer(self, offer_id: str) -> Sequence[Hold]:
        """Return an offer's holds."""
        ...

    def ended(self, *, now: datetime, limit: int) -> Sequence[Hold]:
        """Return holds that are past their time and still held."""
        ...


class PreferenceRepository(Repository[Preference], Protocol):
    """Preferences."""

    def live_of(self, delivery_id: str) -> Preference | None:
        """Return the pending or confirmed choice of a delivery."""
        ...

    def latest_of(self, delivery_id: str) -> Preference | None:
        """Return the newest choice of a delivery, whatever became of it."""
        ...

    def before(self, preference: Preference) -> Preference | None:
        """Return the choice of the same delivery with the next lower version."""
        ...

    def of(self, delivery_id: str) -> Sequence[Preference]:
        """Return all choices of a delivery, by version."""
        ...


class PlannerChangeRepository(Repository[PlannerChange], Protocol):
    """Planner changes."""

    def claim_due(
        self, *, by: str, now: datetime, until: datetime, limit: int
    ) -> Sequence[PlannerChange]:
        """Claim open changes that are due, oldest first, by conditional updates.

        At most one change of a delivery is claimed at a time, the oldest open one.
        """
        ...

    def of_preference(self, preference_id: str) -> PlannerChange | None:
        """Return the change that carries a choice."""
        ...

    def open_count(self) -> int:
        """Return how many wait for a verdict."""
        ...


class PlanRepository(Repository[Plan], Protocol):
    """Plans, with their routes and stops."""

    def of_day(self, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day."""
        ...

    def to_look_at(self, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day as last committed, shared with others who look at it.

        Nobody may change it. Only in a unit of work for reading.
        """
        ...

    def on_day(self, day: date) -> Sequence[Plan]:
        """Return all depots' plans of a day, by depot."""
        ...

    def route(self, route_id: str) -> Route:
        """Return a route with its stops.

        Raises:
            NotFoundError: If there is none with that id.
        """
        ...

    def raise_revision(self, plan_id: str, *, expected: int) -> int:
        """Raise a plan's revision by a conditional update and return the new one.

        Raises:
            ConflictError: If the plan has another revision than expected.
        """
        ...

    def remove_stop(self, stop: Stop) -> None:
        """Forget a stop that is no longer on any route."""
        ...


class NeighbourRequestRepository(Repository[NeighbourRequest], Protocol):
    """Questions to neighbours."""

    def live(self) -> Sequence[NeighbourRequest]:
        """Return those asked or accepted, oldest first."""
        ...

    def kept(self) -> Sequence[NeighbourRequest]:
        """Return those with personal data, oldest first."""
        ...

    def of_contact(self, contact_id: str) -> Sequence[NeighbourRequest]:
        """Return what a contact was or is to be asked, oldest first."""
        ...


class HandoverCodeRepository(Repository[HandoverCode], Protocol):
    """Codes for handing over."""

    def live_of(self, delivery_ids: Sequence[str]) -> Sequence[HandoverCode]:
        """Return the codes that still open something, by delivery, oldest first."""
        ...


class CollectionRepository(Repository[Collection], Protocol):
    """What waits at pickup points."""

    def waiting(self) -> Sequence[Collection]:
        """Return what waits anywhere, by last day, then id."""
        ...

    def waiting_of(self, delivery_id: str) -> Collection | None:
        """Return where and until when a delivery waits, if it does."""
        ...
