"""Deliveries, and the codes and people at their doors."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from deliveries.model.delivery import Delivery
from deliveries.model.handover import Collection, HandoverCode, NeighbourRequest
from deliveries.model.route import Stop
from deliveries.repositories.base import Repository


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

    def load_of_day(self, depot_id: str, day: date) -> int:
        """Return the load of all of a depot's deliveries that are still to come on a day."""
        ...

    def show(self, stops: Mapping[str, Stop]) -> None:
        """Show on deliveries which stop serves them now, and when it is expected to.

        Args:
            stops: By delivery.
        """
        ...

    def lock(self, ids: Sequence[str]) -> None:
        """Let nobody else choose for these deliveries until this unit of work ends."""
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
