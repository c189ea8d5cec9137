"""Plans, with their routes and stops."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, and_, inspect, select, update

from deliveries.errors import ConflictError, NotFoundError
from deliveries.model.route import Plan, Route, Stop
from deliveries.model.saying import local_day
from deliveries.model.window import TimeWindow
from integrations.storage.differences import write_differences
from integrations.storage.repositories.entities import SqlRepository, touch
from integrations.storage.sessions import WorkSession
from integrations.storage.snapshots import PlanSnapshots
from integrations.storage.tables import deliveries, plans

_IS_TO_IMPROVE = and_(plans.c.planned_at.is_not(None), plans.c.improved_revision < plans.c.revision)


class SqlPlanRepository(SqlRepository[Plan]):
    """Plans in a database.

    A plan that was read in one unit of work, changed outside and added in a later one is saved
    with its changes, and refused if it was changed by somebody else meanwhile.
    """

    kind = Plan
    _session: WorkSession

    def __init__(self, session: WorkSession, snapshots: PlanSnapshots) -> None:
        super().__init__(session)
        self._snapshots = snapshots

    def of_day(self, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day."""
        return self._session.scalars(
            select(Plan).where(plans.c.depot_id == depot_id, plans.c.date == day)
        ).one_or_none()

    def to_look_at(self, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day, shared with others who look at it."""
        if not self._session.is_read_only:
            raise RuntimeError("who may write reads the plan for themselves")
        plan = self._snapshots.of_day(self._session, depot_id, day)
        # The routes are shared, what was told is this reader's.
        return plan and replace(plan, told=self._told(_is_of(depot_id, day)))

    def to_change(self, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day, to be changed outside and kept later."""
        if not self._session.is_read_only:
            raise RuntimeError("who may write reads the plan for themselves")
        plan = self._snapshots.copy_of_day(self._session, depot_id, day)
        if plan is not None:
            plan.told = self._told(_is_of(depot_id, day))
        return plan

    def keep(self, plan: Plan, routes: Sequence[Route]) -> None:
        """Keep what became of a plan that was read to be changed.

        Raises:
            ConflictError: If the plan, or one of the routes, was changed by somebody else.
        """
        write_differences(self._session, self._snapshots.origin(plan), plan, routes)

    def told(self, depot_id: str, day: date, delivery_ids: Sequence[str]) -> dict[str, TimeWindow]:
        """Return what recipients were told for a depot's day, of some of its deliveries."""
        return self._told(and_(_is_of(depot_id, day), deliveries.c.id.in_(delivery_ids)))

    def on_day(self, day: date) -> Sequence[Plan]:
        """Return all depots' plans of a day, by depot."""
        return self._session.scalars(
            select(Plan).where(plans.c.date == day).order_by(plans.c.depot_id)
        ).all()

    def route(self, route_id: str) -> Route:
        """Return a route with its stops.

        Raises:
            NotFoundError: If there is none with that id.
        """
        route = self._session.get(Route, route_id)
        if route is None:
            raise NotFoundError("no route has that id")
        return route

    def raise_revision(self, plan_id: str, *, expected: int) -> int:
        """Raise a plan's revision by a conditional update and return the new one.

        Raises:
            ConflictError: If the plan has another revision than expected.
        """
        raised = touch(
            self._session,
            update(plans)
            .where(plans.c.id == plan_id, plans.c.revision == expected)
            .values(revision=plans.c.revision + 1, row_version=plans.c.row_version + 1),
        )
        if not raised:
            raise ConflictError("the plan has another revision")
        self._reread(plan_id, "revision", "row_version")
        return expected + 1

    def to_improve(self, *, since: date) -> Sequence[tuple[str, date]]:
        """Return depot and day of the planned days on which something changed."""
        found = self._session.execute(
            select(plans.c.depot_id, plans.c.date)
            .where(plans.c.date >= since, _IS_TO_IMPROVE)
            .order_by(plans.c.date, plans.c.depot_id)
        )
        return [(depot_id, day) for depot_id, day in found]

    def claim_improvement(self, depot_id: str, day: date) -> bool:
        """Claim the plan of a day, as it is now, by a conditional update."""
        claimed = touch(
            self._session,
            update(plans)
            .where(plans.c.depot_id == depot_id, plans.c.date == day, _IS_TO_IMPROVE)
            .values(improved_revision=plans.c.revision),
        )
        return claimed == 1

    def _told(self, which: ColumnElement[bool]) -> dict[str, TimeWindow]:
        """Return what recipients were told for the day of their delivery, by delivery."""
        of = deliveries.c
        found = self._session.execute(
            select(of.id, of.promised_start, of.promised_end, of.zone, of.date).where(
                which, of.promised_start.is_not(None)
            )
        )
        return {
            id_: TimeWindow(start, end)
            for id_, start, end, zone, day in found
            if local_day(start, zone) == day
        }

    def remove_stop(self, stop: Stop) -> None:
        """Forget a stop that is no longer on any route."""
        if inspect(stop).persistent:
            self._session.delete(stop)


def _is_of(depot_id: str, day: date) -> ColumnElement[bool]:
    return and_(deliveries.c.depot_id == depot_id, deliveries.c.date == day)
