"""What a claimed choice asks of the planner, read from the store and free of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from deliveries.model.network import PickupPoint
from deliveries.model.preference import (
    OPEN_CHANGES,
    PlannerChange,
    PreferenceState,
    RejectionReason,
)
from deliveries.model.route import Plan
from deliveries.ports import UnitOfWork, Visit
from deliveries.services.committing.aboard import route_aboard
from deliveries.services.committing.visits import wanted_visit


@dataclass(frozen=True)
class Errand:
    """What a change asks of the planner.

    Attributes:
        change: As it was read.
        plan: The plan of the day the delivery should be on.
        former: The plan of the day it leaves, if that is another.
        visit: What is wanted of it; none: it is not to be visited.
    """

    change: PlannerChange
    plan: Plan
    former: Plan | None
    visit: Visit | None

    @property
    def plans(self) -> list[Plan]:
        """The plans it changes."""
        return [each for each in (self.plan, self.former) if each]

    @property
    def eta_at(self) -> datetime | None:
        """When the delivery is expected on the plan as it is now."""
        if self.visit is None:
            return None
        for route in self.plan.routes:
            for stop in route.open_stops:
                if self.visit.delivery_id in stop.delivery_ids:
                    return stop.service_at
        return None


@dataclass(frozen=True)
class Unplanned:
    """A day that has no plan yet."""

    depot_id: str
    day: date


class ErrandReader:
    """Reads what changes ask; those of one day share its plan."""

    def __init__(self, work: UnitOfWork) -> None:
        """Read nothing yet.

        Args:
            work: For reading.
        """
        self._work = work
        self._plans: dict[tuple[str, date], Plan | None] = {}
        self._points: dict[str, PickupPoint] | None = None

    def errand(self, change_id: str, *, by: str) -> Errand | RejectionReason | Unplanned | None:
        """Return what to ask, why there is no need to ask, or nothing if the change is not theirs.

        Args:
            change_id: Which.
            by: Who claimed it.

        Raises:
            NotFoundError: If what it is about is gone.
        """
        work = self._work
        change = work.changes.get(change_id)
        if not is_ours(change, by):
            return None
        preference = work.preferences.get(change.preference_id)
        delivery = work.deliveries.get(change.delivery_id)
        if delivery.is_final:
            return RejectionReason.ALREADY_PASSED
        if preference.state is not PreferenceState.PENDING:
            return RejectionReason.UNKNOWN
        wanted = wanted_visit(delivery, preference, self._pickup_points())
        plan = self._plan(change.depot_id, wanted.day)
        if plan is None:
            return Unplanned(change.depot_id, wanted.day)
        visit = wanted.visit
        if visit is not None:
            visit = replace(visit, aboard=route_aboard(work, delivery, plan))
        moves = wanted.day != delivery.date
        former = self._plan(change.depot_id, delivery.date) if moves else None
        return Errand(change, plan, former, visit)

    def _plan(self, depot_id: str, day: date) -> Plan | None:
        if (depot_id, day) not in self._plans:
            self._plans[depot_id, day] = self._work.plans.to_change(depot_id, day)
        return self._plans[depot_id, day]

    def _pickup_points(self) -> dict[str, PickupPoint]:
        if self._points is None:
            self._points = {point.id: point for point in self._work.pickup_points.all()}
        return self._points


def read_along(work: UnitOfWork, change_ids: Sequence[str]) -> list[PlannerChange]:
    """Return changes, their choices and deliveries read in one go: each is asked for next."""
    changes = list(work.changes.many(change_ids))
    work.preferences.many([change.preference_id for change in changes])
    work.deliveries.many([change.delivery_id for change in changes])
    return changes


def is_ours(change: PlannerChange, by: str) -> bool:
    """Say whether a change still waits and is claimed by somebody."""
    return change.state in OPEN_CHANGES and change.claimed_by == by
