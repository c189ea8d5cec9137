"""What the core keeps about planners that are other people's systems."""

from collections.abc import Sequence
from typing import Protocol

from deliveries.model.outside import OutsideTask, PlannerEvent
from deliveries.repositories.base import Repository


class OutsideTaskRepository(Repository[OutsideTask], Protocol):
    """Deliveries as other systems know them."""

    def of(self, planner: str, delivery_ids: Sequence[str]) -> Sequence[OutsideTask]:
        """Return the tasks of deliveries in one system, in no order."""
        ...

    def by_external_id(self, planner: str, external_id: str) -> OutsideTask | None:
        """Return the task that a system knows by that id."""
        ...

    def remove(self, task: OutsideTask) -> None:
        """Forget a task that is gone."""
        ...


class PlannerEventRepository(Repository[PlannerEvent], Protocol):
    """What other systems reported."""

    def add_once(self, event: PlannerEvent) -> bool:
        """Keep an event; false if it was reported before."""
        ...

    def unworked(self, *, limit: int) -> Sequence[PlannerEvent]:
        """Return what waits, by the instant it happened."""
        ...


class SpendingRepository(Protocol):
    """What planners cost."""

    def spend(self, id_: str, cents: int, *, limit: int) -> bool:
        """Count an amount if it stays within the limit; say whether it did.

        Asked by several at once, no more than the limit is spent.
        """
        ...
