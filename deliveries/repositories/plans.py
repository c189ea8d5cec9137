"""Plans of a depot and day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from deliveries.model.route import Plan, Route, Stop
from deliveries.model.window import TimeWindow
from deliveries.repositories.base import Repository


class PlanRepository(Repository[Plan], Protocol):
    """Plans, with their routes and stops."""

    def of_day(self, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day."""
        ...

    def to_look_at(self, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day as last committed; its routes are shared with others.

        Nobody may change them. With it comes what recipients were told. Only in a unit of work for
        reading.
        """
        ...

    def to_change(self, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day as last committed, for the caller alone.

        With it comes what recipients were told. It is no part of the unit of work; what is changed
        in it is kept by ``keep`` in a later one. Only in a unit of work for reading.
        """
        ...

    def keep(self, plan: Plan, routes: Sequence[Route]) -> None:
        """Keep what became of a plan that was read ``to_change``; raises its revision.

        The unit of work must not have read the plan otherwise.

        Args:
            plan: The plan; it cannot be kept a second time, but is read again.
            routes: Those of its routes that were changed.

        Raises:
            ConflictError: If the plan, or one of the routes, was changed by somebody else.
        """
        ...

    def told(
        self, depot_id: str, day: date, delivery_ids: Sequence[str]
    ) -> Mapping[str, TimeWindow]:
        """Return what recipients were told for a depot's day, of some of its deliveries."""
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

    def to_improve(self, *, since: date) -> Sequence[tuple[str, date]]:
        """Return depot and day of the planned days on which something changed.

        That is since better routes were last looked for.
        """
        ...

    def claim_improvement(self, depot_id: str, day: date) -> bool:
        """Claim the plan of a day, as it is now, to look for better routes; one worker gets it."""
        ...

    def remove_stop(self, stop: Stop) -> None:
        """Forget a stop that is no longer on any route."""
        ...
