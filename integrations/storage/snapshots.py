"""Plans as they were last read, kept while nothing in them has been written.

A plan to be changed is a copy of one; what came of it is written as far as it differs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Column, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.instrumentation import manager_of_class

from deliveries.errors import ConflictError
from deliveries.model.route import Plan, Route, Stop
from integrations.storage.tables import plans, routes, stops

_KEPT = 64

_LISTS: dict[type, tuple[str, ...]] = {Plan: ("routes",), Route: ("stops",)}
_NOT_VALUES = frozenset({"_sa_instance_state", "routes", "stops"})

type _Day = tuple[str, date]

_MARKS = (
    select(plans.c.id, plans.c.row_version, plans.c.revision, routes.c.id, routes.c.row_version)
    .select_from(plans.outerjoin(routes))
    .order_by(routes.c.id)
)
PLAN: list[Column[Any]] = [column for column in plans.c if column.key != "row_version"]
ROUTE: list[Column[Any]] = [
    column for column in routes.c if column.key not in ("plan_id", "row_version")
]


@dataclass(frozen=True)
class Mark:
    """The versions of a plan's rows.

    A route's version is raised with every change of it or its stops (see ``sessions``), so equal
    marks mean an equal plan, whichever process wrote last.
    """

    plan_id: str
    version: int
    revision: int
    routes: Mapping[str, int]


@dataclass(frozen=True)
class Snapshot:
    """A plan, and the versions of its rows from before it was read."""

    mark: Mark
    plan: Plan

    def route(self, route_id: str) -> Route | None:
        """Return a route, if it was there."""
        return next((route for route in self.plan.routes if route.id == route_id), None)


class PlanSnapshots:
    """The plans one process has read."""

    def __init__(self) -> None:
        self._kept: dict[_Day, Snapshot] = {}
        self._changing = Lock()
        self._copied: WeakKeyDictionary[Plan, Snapshot] = WeakKeyDictionary()

    def of_day(self, session: Session, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day; it is shared, so nobody may change it.

        Args:
            session: Has written nothing: what it may yet take back must not be kept.
            depot_id: Whose plan.
            day: The service day.
        """
        latest = self._latest(session, depot_id, day)
        return latest.plan if latest is not None else None

    def copy_of_day(self, session: Session, depot_id: str, day: date) -> Plan | None:
        """Return a depot's plan of a day for the caller alone; arguments as above."""
        latest = self._latest(session, depot_id, day)
        if latest is None:
            return None
        plan = _copied(latest.plan)
        # Its own row may have been read later than its routes were.
        plan.revision = latest.mark.revision
        with self._changing:
            self._copied[plan] = latest
        return plan

    def origin(self, plan: Plan) -> Snapshot:
        """Return what a copy was made of.

        Raises:
            ConflictError: If it is no copy, or was kept already.
        """
        with self._changing:
            snapshot = self._copied.pop(plan, None)
        if snapshot is None:
            raise ConflictError("the plan was not read to be changed")
        return snapshot

    def _latest(self, session: Session, depot_id: str, day: date) -> Snapshot | None:
        mark = _mark(session, depot_id, day)
        if mark is None:
            return None
        kept = self._kept.get((depot_id, day))
        if kept is None or kept.mark != mark:
            kept = Snapshot(mark, _read(session, mark, kept))
            self._keep((depot_id, day), kept)
        return kept

    def _keep(self, day: _Day, snapshot: Snapshot) -> None:
        with self._changing:
            self._kept.pop(day, None)
            self._kept[day] = snapshot
            while len(self._kept) > _KEPT:
                del self._kept[next(iter(self._kept))]


def _mark(session: Session, depot_id: str, day: date) -> Mark | None:
    found = session.execute(_MARKS.where(plans.c.depot_id == depot_id, plans.c.date == day)).all()
    if not found:
        return None
    plan_id, version, revision, *_ = found[0]
    return Mark(plan_id, version, revision, {row[3]: row[4] for row in found if row[3] is not None})


def _read(session: Session, mark: Mark, former: Snapshot | None) -> Plan:
    """Read a plan by plain rows: entities of a session would belong to it, and take far longer.

    Routes that are as they were are shared with the former one.
    """
    known = former.mark.routes if former is not None else {}
    same = {id_ for id_, version in mark.routes.items() if known.get(id_) == version}
    whole = session.execute(select(*PLAN).where(plans.c.id == mark.plan_id)).mappings().one()
    shared = [route for route in former.plan.routes if route.id in same] if former else []
    fresh = _read_routes(session, [id_ for id_ in mark.routes if id_ not in same])
    return Plan(**whole, routes=sorted((*shared, *fresh), key=lambda route: route.vehicle_id))


def _read_routes(session: Session, ids: list[str]) -> list[Route]:
    if not ids:
        return []
    halts: dict[str, list[Stop]] = {}
    for row in session.execute(
        select(stops).where(stops.c.route_id.in_(ids)).order_by(stops.c.position)
    ).mappings():
        halts.setdefault(row["route_id"], []).append(Stop(**row))
    return [
        Route(**row, stops=halts.get(row["id"], []))
        for row in session.execute(select(*ROUTE).where(routes.c.id.in_(ids))).mappings()
    ]


def _copied[T: object](entity: T) -> T:
    """Return an entity with the same values, which no session knows of.

    Making one by its values would tell listeners of each; a day has twenty thousand.
    Its routes and stops are copied with it.
    """
    copy: T = manager_of_class(type(entity)).new_instance()
    values = {key: value for key, value in entity.__dict__.items() if key not in _NOT_VALUES}
    copy.__dict__.update(values)
    for name in _LISTS.get(type(entity), ()):
        parts = [_copied(part) for part in getattr(entity, name)]
        set_committed_value(copy, name, parts)
    return copy
