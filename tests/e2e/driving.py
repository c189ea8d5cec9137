"""Whether the routes in the database can be driven as they say, by a forward pass of our own."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from deliveries.model.route import Plan, Route, Stop
from tests.e2e.town import DAY, Town
from tests.forward_pass import Pause, drive_seconds, every_way

type Halt = tuple[str, float, float]


def plan_of(town: Town, day: date = DAY) -> Plan:
    """Return the plan of the town's one depot."""
    with town.store.unit_of_work(read_only=True) as work:
        [plan] = work.plans.on_day(day)
        return plan


def stop_of(plan: Plan, delivery_id: str) -> Stop | None:
    """Return the one stop at which a delivery is handed over."""
    stops = [stop for route in plan.routes for stop in route.stops]
    found = [stop for stop in stops if delivery_id in stop.delivery_ids]
    assert len(found) < 2
    return found[0] if found else None


def orders(plan: Plan) -> dict[str, list[Halt]]:
    """Return where each van goes, in its order."""
    return {
        route.vehicle_id: [(stop.id, stop.lat, stop.lon) for stop in route.stops]
        for route in plan.routes
    }


def etas(plan: Plan) -> dict[str, datetime | None]:
    """Return when each stop is served."""
    return {stop.id: stop.service_at for route in plan.routes for stop in route.stops}


def undrivable(plan: Plan) -> list[str]:
    """Return the vans whose route cannot be driven at the times it tells, keeping everything."""
    return [route.vehicle_id for route in plan.routes if not _is_as_planned(route)]


def _is_as_planned(route: Route) -> bool:
    depot = (route.depot_lat, route.depot_lon)
    places = [depot, *((stop.lat, stop.lon) for stop in route.stops), depot]
    told = [_second(route, stop.service_at) for stop in route.stops if stop.service_at]
    ways = every_way(
        0,
        [drive_seconds(here, there) for here, there in pairwise(places)],
        [_window(route, stop) for stop in route.stops],
        [stop.service_duration_s for stop in route.stops],
        _second(route, route.shift_end),
        _pauses(route),
    )
    fits = sum(stop.load for stop in route.stops) <= route.capacity
    return fits and any(times.starts == told for times in ways)


def _second(route: Route, instant: datetime) -> int:
    """Return an instant in seconds of the shift."""
    return int((instant - route.shift_start).total_seconds())


def _window(route: Route, stop: Stop) -> tuple[int, int]:
    if stop.window is None:
        return 0, _second(route, route.shift_end)
    return _second(route, stop.window.start), _second(route, stop.window.end) - 1


def _pauses(route: Route) -> Sequence[Pause]:
    zone = ZoneInfo(route.zone)

    def second(hour: object) -> int:
        local = datetime.combine(route.date, hour, zone)  # type: ignore[arg-type]  # a time
        return _second(route, local.astimezone(UTC))

    return [(each.duration_s, second(each.earliest), second(each.latest)) for each in route.breaks]
