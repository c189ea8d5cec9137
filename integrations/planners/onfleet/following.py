"""What Onfleet changed, on our copy of the plan: orders, vans and ETAs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from deliveries.model.ids import new_id
from deliveries.model.outside import OutsideTask
from deliveries.model.route import Plan, Route, Stop, StopState

# An ETA this old says less than the distance does.
FRESH = timedelta(minutes=30)


def followed(plan: Plan, orders: Mapping[str, Sequence[str]]) -> Sequence[Stop] | None:
    """Put the plan's stops ahead in the orders given; return those that went, none if all is same.

    A stop that is in no order stays where it is, behind the others. One that is on another van by
    now is another stop there.

    Args:
        plan: Ours.
        orders: Deliveries in order, by route.
    """
    homes = {stop.id: route.id for route in plan.routes for stop in _ahead(route)}
    stops = {id_: s for route in plan.routes for s in _ahead(route) for id_ in s.delivery_ids}
    wanted: dict[str, list[Stop]] = {}
    placed: set[str] = set()
    for route_id, delivery_ids in orders.items():
        for stop in (stops[id_] for id_ in delivery_ids if id_ in stops):
            if stop.id not in placed:
                placed.add(stop.id)
                wanted.setdefault(route_id, []).append(stop)
    removed: list[Stop] = []
    is_changed = False
    for route in plan.routes:
        rest = [stop for stop in _ahead(route) if stop.id not in placed]
        ahead = [*wanted.get(route.id, []), *rest]
        if [stop.id for stop in ahead] == [stop.id for stop in _ahead(route)]:
            continue
        is_changed = True
        removed += [stop for stop in ahead if homes[stop.id] != route.id]
        ours = [_on(route, stop) if homes[stop.id] != route.id else stop for stop in ahead]
        route.stops[:] = [*(s for s in route.stops if s.state is not StopState.PLANNED), *ours]
        for position, stop in enumerate(route.stops):
            stop.position = position
        route.revision += 1
    return removed if is_changed else None


def with_told_etas(route: Route, tasks: Mapping[str, OutsideTask], *, now: datetime) -> None:
    """Move a timed route to the ETAs that were told: each moves the stops behind it, too."""
    late = timedelta()
    for stop in _ahead(route):
        if stop.arrival_at is None or stop.service_at is None or stop.leave_at is None:
            return
        told = [
            task.eta_at
            for task in (tasks.get(id_) for id_ in stop.delivery_ids)
            if task and task.eta_at and task.eta_noted_at and now - task.eta_noted_at <= FRESH
        ]
        if told:
            late = max(*told, now) - stop.arrival_at
        arrival_at = stop.arrival_at + late
        opens_at = stop.window_start
        service_at = max(arrival_at, opens_at) if opens_at is not None else arrival_at
        leave_at = service_at + timedelta(seconds=stop.service_duration_s)
        # A wait for a window takes up a delay; a break on the way stays where it was.
        late = leave_at - stop.leave_at
        stop.arrival_at, stop.service_at, stop.leave_at = arrival_at, service_at, leave_at


def _ahead(route: Route) -> list[Stop]:
    return [stop for stop in route.stops if stop.state is StopState.PLANNED]


def _on(route: Route, stop: Stop) -> Stop:
    return replace(stop, id=new_id("s"), route_id=route.id)
