"""Plans as they were last read, kept while nothing in them has been written."""

from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliveries.model.route import Plan, Route, Stop
from integrations.storage.tables import plans, routes, stops

_KEPT = 64

type _Day = tuple[str, date]
type _Mark = list[tuple[str, int, str | None, int | None]]

_MARKS = (
    select(plans.c.id, plans.c.row_version, routes.c.id, routes.c.row_version)
    .select_from(plans.outerjoin(routes))
    .order_by(routes.c.id)
)
_PLAN = [column for column in plans.c if column.key != "row_version"]
_ROUTE = [column for column in routes.c if column.key not in ("plan_id", "row_version")]


@dataclass(frozen=True)
class _Snapshot:
    """A plan, and the versions of its rows from before it was read.

    A route's version is raised with every change of it or its stops (see ``sessions``), so equal
    marks mean an equal plan, whichever process wrote last.
    """

    mark: _Mark
    plan: Plan


class PlanSnapshots:
    """The plans one process has read to look at."""

    def __init__(self) -> None:
        self._kept: dict[_Day, _Snapshot] = {}
        self._changing = Lock()

    def of_day(self, session: Session, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day; it is shared, so nobody may change it.

        Args:
            session: Has written nothing: what it may yet take back must not be kept.
            depot_id: Whose plan.
            day: The service day.
        """
        found = session.execute(_MARKS.where(plans.c.depot_id == depot_id, plans.c.date == day))
        mark: _Mark = [tuple(row) for row in found]
        if not mark:
            return None
        kept = self._kept.get((depot_id, day))
        if kept is None or kept.mark != mark:
            kept = _Snapshot(mark, _read(session, mark[0][0]))
            self._keep((depot_id, day), kept)
        return kept.plan

    def _keep(self, day: _Day, snapshot: _Snapshot) -> None:
        with self._changing:
            self._kept.pop(day, None)
            self._kept[day] = snapshot
            while len(self._kept) > _KEPT:
                del self._kept[next(iter(self._kept))]


def _read(session: Session, plan_id: str) -> Plan:
    """Read a plan by plain rows: entities of a session would belong to it, and take far longer."""
    halts: dict[str, list[Stop]] = {}
    of_plan = routes.c.plan_id == plan_id
    for row in session.execute(
        select(stops).join(routes).where(of_plan).order_by(stops.c.position)
    ).mappings():
        halts.setdefault(row["route_id"], []).append(Stop(**row))
    whole = session.execute(select(*_PLAN).where(plans.c.id == plan_id)).mappings().one()
    return Plan(
        **whole,
        routes=[
            Route(**row, stops=halts.get(row["id"], []))
            for row in session.execute(
                select(*_ROUTE).where(of_plan).order_by(routes.c.vehicle_id)
            ).mappings()
        ],
    )
