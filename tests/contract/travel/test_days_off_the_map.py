"""Vans and stops where a map server knows no road, over real HTTP: nobody's day ends there."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from deliveries.model.route import Plan, Route, StopState
from deliveries.model.window import TimeWindow
from deliveries.ports import WantedWindow
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.mapping import in_order, new_stop
from integrations.planners.embedded.solver import solve
from integrations.travel import MappedTravel, Osrm, Valhalla
from tests.builders import at
from tests.outside.maps import OsrmServer, ValhallaServer, driven
from tests.planned_days import a_visit, an_empty_day, depart, some_visits

KINDS = {"osrm": (OsrmServer, Osrm), "valhalla": (ValhallaServer, Valhalla)}
# Beyond the channel: no road leads there from anywhere else.
ISLAND = (51.5, 0.6)
LATE = timedelta(hours=12)


@pytest.fixture(params=list(KINDS))
def planner(request: pytest.FixtureRequest) -> Iterator[EmbeddedPlanner]:
    played, ours = KINDS[request.param]
    with played() as outsider, closing(ours(outsider.url)) as server:
        yield EmbeddedPlanner(
            travel=MappedTravel(server),
            budget_s=0.3,
            solver=lambda problem, s: solve(problem, budget_s=s),
            second_try=None,
        )


def a_day(planner: EmbeddedPlanner, visits: int = 8) -> Plan:
    plan = an_empty_day(vans=1)
    for visit in some_visits(visits, windows=False):
        planner.apply(plan, visit, visit.delivery_id, now=at(5), key="")
    plan.planned_at = at(5)
    return plan


def arrivals(route: Route) -> list[datetime]:
    return [stop.arrival_at for stop in route.stops if stop.is_open and stop.arrival_at]


def seconds(start: tuple[float, float], end: tuple[float, float]) -> float:
    drive = driven(start, end)
    assert drive is not None
    return drive[0]


def test_a_van_off_the_map_is_timed_from_the_stop_it_left_last(planner: EmbeddedPlanner) -> None:
    (route,) = a_day(planner).routes
    left = depart(route, done=3)
    came_from, ahead = route.stops[2], route.stops[3]
    on_land = arrivals(route)
    route.van_lat, route.van_lon = ISLAND
    route.van_at = left + timedelta(minutes=1)
    planner.retime(route, now=left + timedelta(minutes=1))
    leg_s = seconds((came_from.lat, came_from.lon), (ahead.lat, ahead.lon))
    off = arrivals(route)[0] - (left + timedelta(seconds=leg_s))
    assert abs(off) <= timedelta(seconds=2)
    assert arrivals(route) == on_land
    # Heard of again where roads are, it is timed from there.
    route.van_lat, route.van_lon, route.van_at = ahead.lat, ahead.lon, left + timedelta(minutes=2)
    planner.retime(route, now=left + timedelta(minutes=2))
    assert arrivals(route)[0] == left + timedelta(minutes=2)


def test_a_van_off_the_map_since_it_left_is_timed_from_its_depot(planner: EmbeddedPlanner) -> None:
    (route,) = a_day(planner).routes
    now = depart(route)
    on_land = arrivals(route)
    route.van_lat, route.van_lon, route.van_at = *ISLAND, now
    planner.retime(route, now=now)
    assert arrivals(route) == on_land


def test_what_a_van_off_the_map_can_do_is_offered_as_before(planner: EmbeddedPlanner) -> None:
    plan = a_day(planner)
    (route,) = plan.routes
    now = depart(route, done=3)
    (id_,) = route.stops[-1].delivery_ids
    last = next(visit for visit in some_visits(8, windows=False) if visit.delivery_id == id_)
    windows = [TimeWindow(now, now + timedelta(hours=h)) for h in (1, 2, 4)]
    wanted = [WantedWindow(str(n), last, window) for n, window in enumerate(windows)]
    on_land = planner.quote(plan, wanted, now=now)
    route.van_lat, route.van_lon = ISLAND
    assert planner.quote(plan, wanted, now=now) == on_land != []


def test_a_stop_without_a_road_makes_nobody_behind_it_a_day_late(planner: EmbeddedPlanner) -> None:
    # It came onto the route while times were estimated.
    plan = an_empty_day(vans=1)
    (route,) = plan.routes
    visits = some_visits(4, windows=False)
    visits.insert(2, a_visit(delivery_id="island", lat=ISLAND[0], lon=ISLAND[1]))
    in_order(route, [new_stop(visit) for visit in visits])
    planner.retime(route, now=route.shift_start)
    assert max(arrivals(route)) < route.shift_start + LATE
    assert arrivals(route) == sorted(arrivals(route))
    depart(route, done=2)
    route.stops[2].state = StopState.ARRIVED
    route.stops[2].service_at = now = arrivals(route)[0]
    planner.retime(route, now=now)
    assert now < max(arrivals(route)) < now + LATE


def test_one_place_without_a_road_is_left_out_of_the_day_and_nobody_else(
    planner: EmbeddedPlanner,
) -> None:
    visits = some_visits(9, windows=False)
    visits[4] = replace(visits[4], lat=ISLAND[0], lon=ISLAND[1])
    plan = an_empty_day(vans=2)
    left = planner.plan_day(plan, visits)
    assert [(each.delivery_id, each.reason) for each in left] == [("x-4", "out_of_reach")]
    served = {id_ for route in plan.routes for stop in route.stops for id_ in stop.delivery_ids}
    assert served == {visit.delivery_id for visit in visits} - {"x-4"}
    assert all(arrival < at(18) for route in plan.routes for arrival in arrivals(route))
