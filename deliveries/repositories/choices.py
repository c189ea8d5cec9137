"""Offers, holds, preferences and the changes that the planner is asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deliveries.model.offer import Hold, Offer
from deliveries.model.preference import PlannerChange, Preference
from deliveries.model.window import TimeWindow
from deliveries.repositories.base import Repository


class OfferRepository(Repository[Offer], Protocol):
    """Offers."""

    def of_conversation(self, conversation_id: str, *, limit: int) -> Sequence[Offer]:
        """Return the newest of a conversation, oldest first."""
        ...

    def take_sought(self, *, since: datetime, limit: int) -> Mapping[str, Sequence[TimeWindow]]:
        """Return what is still to be looked for, by offer, the oldest first; each only once.

        Args:
            since: Older offers are left alone.
            limit: How many offers at most.
        """
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

        At most one change of a delivery is claimed at a time, the oldest open one; a depot's are
        claimed by one worker at a time.
        """
        ...

    def of_preference(self, preference_id: str) -> PlannerChange | None:
        """Return the change that carries a choice."""
        ...

    def open_count(self) -> int:
        """Return how many wait for a verdict."""
        ...
