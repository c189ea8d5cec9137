"""Days to plan, and an independent look at whether a route can really be driven."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil
from zoneinfo import ZoneInfo

from deliveries.model.route import Plan, Route, RouteState, Stop, StopState
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.mapping import in_order, new_stop
from tests.builders import A_DAY, a_plan, a_route, at
from tests.forward_pass import Drive, Times, as_planned, by_the_hour, drive_seconds, every_way


def a_visit(**different: object) -> Visit:
    usual = Visit("d-1", lat=51.51, lon=-0.07, service_duration_s=180, load=1)
    return replace(usual, **different)  # type: ignore[arg-type]  # a keyword to differ


def some_visits(count: int, *, seed: int = 1, windows: bool = True) -> list[Visit]:
    """Return visits around the depot; every third has a two-hour window."""
    dice = random.Random(seed)  # noqa: S311 made-up places
    return [
        a_visit(
            delivery_id=f"x-{number}",
            lat=51.5 + dice.uniform(-0.04, 0.04),
            lon=-0.05 + dice.uniform(-0.06, 0.06),
            service_duration_s=dice.randrange(120, 360),
            window=two_hours(dice.randrange(9, 16)) if windows and number % 3 == 0 else None,
        )
        for number in range(count)
    ]


def two_hours(hour: int) -> TimeWindow:
    return TimeWindow(at(hour), at(hour + 2))


def an_empty_day(*, vans: int = 2, **different: object) -> Plan:
    routes = [a_route(id=f"r-{n}", vehicle_id=f"v-{n}", **different) for n in range(1, vans + 1)]
    return a_plan(routes=routes, date=A_DAY)


def a_full_plan(*, takes_s: int = 180) -> tuple[Plan, Visit]:
    """Two vans that have four and three places left, and a parcel that takes five.

    Were the small one on the first van, the second would have five.
    """
    plan = an_empty_day(vans=2, capacity=10)
    loads = {"r-1": {"large": 6}, "r-2": {"small": 2, "middle": 5}}
    for route in plan.routes:
        visits = [
            a_visit(delivery_id=id_, load=load, lat=51.5 + n / 100, service_duration_s=takes_s)
            for n, (id_, load) in enumerate(loads[route.id].items())
        ]
        in_order(route, [new_stop(visit) for visit in visits])
        EmbeddedPlanner().retime(route, now=at(5))
    plan.planned_at = at(5)
    return plan, a_visit(delivery_id="wanted", load=5, window=two_hours(10))


def depart(route: Route, *, done: int = 0, late: timedelta = timedelta()) -> datetime:
    """Let a van leave, serve its first stops, and return when the last of them was done."""
    route.state = RouteState.DEPARTED
    assert route.start_at is not None
    left = route.start_at + late
    for stop in route.stops[:done]:
        assert stop.leave_at is not None
        left = stop.leave_at + late
        stop.state = StopState.DONE
        route.van_lat, route.van_lon, route.van_at = stop.lat, stop.lon, left
    return left


def stops_of(plan: Plan, delivery_id: str) -> list[Stop]:
    stops = [stop for route in plan.routes for stop in route.stops]
    return [stop for stop in stops if delivery_id in stop.delivery_ids]


def route_of(plan: Plan, delivery_id: str) -> Route:
    return next(
        route
        for route in plan.routes
        if any(delivery_id in stop.delivery_ids for stop in route.stops)
    )


def ways_to_drive(route: Route, *, since: datetime | None = None) -> list[Times]:
    """Return the times of every way to drive what is left of a route and keep everything.

    Seconds count from the start of the shift. Breaks are given in UTC by the builders' zone.
    """
    ahead = [stop for stop in route.stops if stop.state is StopState.PLANNED]
    here = (route.depot_lat, route.depot_lon)
    start = route.shift_start if since is None else max(since, route.shift_start)
    if route.van_lat is not None and route.van_lon is not None:
        here = (route.van_lat, route.van_lon)
    places = [here, *((stop.lat, stop.lon) for stop in ahead), (route.depot_lat, route.depot_lon)]
    assert sum(stop.load for stop in ahead) <= route.capacity
    return list(
        every_way(
            _second(route, start),
            [drive_seconds(a, b) for a, b in pairwise(places)],
            [_window(route, stop) for stop in ahead],
            [_takes(route, stop) for stop in ahead],
            _second(route, route.shift_end),
            _breaks(route, start),
            _drive(route),
        )
    )


def served_at(route: Route) -> list[int]:
    """Return when the route says its stops ahead are served, in seconds of the shift."""
    ahead = [stop for stop in route.stops if stop.state is StopState.PLANNED]
    return [_second(route, stop.service_at) for stop in ahead if stop.service_at]


def is_as_planned(route: Route, *, since: datetime | None = None) -> bool:
    """Say whether the route's times are those of some way to drive it, leaving as late as it says.

    A van at the depot may leave later than it could; only its first stop's wait is shorter then.
    """
    return served_at(route) in [times.starts for times in ways_to_drive(route, since=since)]


def _second(route: Route, instant: datetime) -> int:
    return int((instant - route.shift_start).total_seconds())


def _takes(route: Route, stop: Stop) -> int:
    paces = route.stop_paces or {}
    return ceil(stop.service_duration_s * paces.get(stop.kind.value, 1))


def _drive(route: Route) -> Drive:
    """Return how legs are driven at the hours of a shift that begins with one."""
    if route.paces is None:
        return as_planned
    hours = {n: route.shift_start + timedelta(hours=n) for n in range(-12, 24)}
    zone = ZoneInfo(route.zone)
    return by_the_hour(
        {n: round(1000 / route.paces[at.astimezone(zone).hour]) for n, at in hours.items()}
    )


def _window(route: Route, stop: Stop) -> tuple[int, int]:
    if stop.window is None:
        return 0, _second(route, route.shift_end)
    return _second(route, stop.window.start), _second(route, stop.window.end) - 1


def _breaks(route: Route, since: datetime) -> Sequence[tuple[int, int, int]]:
    pauses = [(p.duration_s, at(p.earliest.hour), at(p.latest.hour)) for p in route.breaks]
    return [
        (duration, _second(route, earliest), _second(route, latest))
        for duration, earliest, latest in pauses
        if latest >= since
    ]
