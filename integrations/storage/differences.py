"""Writes a plan that was changed outside any session, as far as it differs from what was read."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Column, CursorResult, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from deliveries.errors import ConflictError
from deliveries.model.route import Plan, Route, Stop
from integrations.storage.snapshots import PLAN, ROUTE, Snapshot
from integrations.storage.tables import plans, routes, stops

type _Values = dict[str, Any]

_OF_PLAN = [column for column in PLAN if column.key not in ("id", "revision")]
_OF_ROUTE = [column for column in ROUTE if column.key != "id"]
_OF_STOP = [column for column in stops.c if column.key != "id"]
# What is set is told by the rows it is run with.
_SET = update(stops).where(stops.c.id == bindparam("of"))


def write_differences(
    session: Session, before: Snapshot, plan: Plan, changed: Sequence[Route]
) -> None:
    """Write a plan's own values and those of its changed routes; all versions are raised.

    Args:
        session: The transaction; it must not hold the plan's entities.
        before: What the plan was before it was changed.
        plan: As it is now.
        changed: Routes of it; the others are taken to be as they were.

    Raises:
        ConflictError: If the plan, or one of these routes, was changed by somebody else meanwhile.
    """
    session.flush()
    raised = session.execute(
        update(plans)
        .where(plans.c.id == plan.id, plans.c.revision == plan.revision)
        .values(
            revision=plans.c.revision + 1,
            row_version=plans.c.row_version + 1,
            **_differing(_OF_PLAN, before.plan, plan),
        )
    )
    _expect(raised, 1)
    # Always in the same order, so that two writers cannot lock each other up.
    for route in sorted(changed, key=lambda route: route.id):
        _write_route(session, before, route)
    _write_stops(session, before, changed)


def _write_route(session: Session, before: Snapshot, route: Route) -> None:
    former = before.route(route.id)
    if former is None:
        raise ConflictError("the plan had no such route")
    expected = before.mark.routes[route.id]
    written = session.execute(
        update(routes)
        .where(routes.c.id == route.id, routes.c.row_version == expected)
        .values(row_version=expected + 1, **_differing(_OF_ROUTE, former, route))
    )
    _expect(written, 1)


def _write_stops(session: Session, before: Snapshot, changed: Sequence[Route]) -> None:
    former = {stop.id: stop for stop in _stops(before.route(route.id) for route in changed)}
    now = {stop.id: stop for stop in _stops(changed)}
    gone = sorted(former.keys() - now.keys())
    if gone:
        session.execute(delete(stops).where(stops.c.id.in_(gone)))
    alike: dict[tuple[str, ...], list[_Values]] = {}
    for id_ in sorted(former.keys() & now.keys()):
        values = _differing(_OF_STOP, former[id_], now[id_])
        if values:
            alike.setdefault(tuple(values), []).append({"of": id_, **values})
    for rows in alike.values():
        # The connection's own: a session would look up the entities behind the rows.
        _expect(session.connection().execute(_SET, rows), len(rows))
    new = [now[id_] for id_ in sorted(now.keys() - former.keys())]
    if new:
        rows = [{column.key: getattr(stop, column.key) for column in stops.c} for stop in new]
        session.execute(insert(stops), rows)


def _stops(found: Iterable[Route | None]) -> Iterable[Stop]:
    return (stop for route in found if route is not None for stop in route.stops)


def _differing(columns: Sequence[Column[Any]], former: object, now: object) -> _Values:
    return {
        column.key: value
        for column in columns
        if (value := getattr(now, column.key)) != getattr(former, column.key)
    }


def _expect(result: object, count: int) -> None:
    if cast("CursorResult[Any]", result).rowcount != count:
        raise ConflictError("changed by somebody else meanwhile")
