from dataclasses import replace

import pytest

from deliveries.insertion import Break, BreakTaken, Position, Route, Stop, Travel, Vehicle, schedule
from tests.forward_pass import Times
from tests.unit.deliveries.insertion.random_plans import (
    AT_ANY_HOUR,
    GRID,
    HOUR,
    a_route,
    drive,
    seeded,
    ways,
)

DEPOT = Position(0, 0)
# One step on the grid, there and back: 40 s up or right, 30 s down or left.
NEAR = Position(0.15, 0)  # 600 s there, 450 s back
FAR = Position(0.30, 0)  # 1200 s there, 900 s back


def a_vehicle(**changes: object) -> Vehicle:
    return replace(Vehicle("van", DEPOT, DEPOT, 8 * HOUR, 17 * HOUR, 10), **changes)


def a_stop(stop_id: str, position: Position, opens: int, closes: int, load: int = 0) -> Stop:
    return Stop(stop_id, position, opens, closes, service_s=300, load=load)


def test_a_van_leaves_as_late_as_reaches_its_first_stop_when_it_opens() -> None:
    stops = (
        a_stop("a", NEAR, 10 * HOUR, 12 * HOUR),
        a_stop("b", FAR, 9 * HOUR, 12 * HOUR),
    )
    times = schedule(Route(a_vehicle(), stops), GRID)
    assert times.depart_s == 10 * HOUR - 600
    assert times.arrival_s == (10 * HOUR, 10 * HOUR + 900)
    assert times.start_s == (10 * HOUR, 10 * HOUR + 900)
    assert times.leave_s == (10 * HOUR + 300, 10 * HOUR + 1200)
    assert times.end_s == 10 * HOUR + 2100
    assert times.travel_s == 600 + 600 + 900
    assert times.distance_m == 60 * 200
    assert times.latest_start_s == (12 * HOUR - 900, 12 * HOUR)
    assert times.is_feasible


def test_a_van_under_way_drives_on_at_once_and_waits_at_the_door() -> None:
    route = Route(a_vehicle(is_under_way=True), (a_stop("a", NEAR, 10 * HOUR, 12 * HOUR),))
    times = schedule(route, GRID)
    assert (times.depart_s, times.arrival_s, times.start_s) == (
        8 * HOUR,
        (8 * HOUR + 600,),
        (10 * HOUR,),
    )


def test_an_empty_route_goes_nowhere() -> None:
    times = schedule(Route(a_vehicle()), GRID)
    assert (times.end_s, times.travel_s, times.is_feasible) == (8 * HOUR, 0, True)


def test_a_break_is_taken_where_the_van_would_wait_anyway() -> None:
    pause = Break(1800, 11 * HOUR, 13 * HOUR)
    stops = (
        a_stop("a", NEAR, 8 * HOUR, 9 * HOUR),
        a_stop("b", NEAR, 10 * HOUR, 11 * HOUR),
        a_stop("c", FAR, 13 * HOUR, 13 * HOUR),
    )
    times = schedule(Route(a_vehicle(breaks=(pause,)), stops), GRID)
    assert times.start_s == (8 * HOUR + 600, 10 * HOUR, 13 * HOUR)
    assert times.breaks == (BreakTaken(11 * HOUR, 11 * HOUR + 1800, 2, on_arrival=True),)


def test_a_van_back_before_the_latest_start_of_its_break_needs_none() -> None:
    pause = Break(1800, 11 * HOUR, 13 * HOUR)
    route = Route(a_vehicle(breaks=(pause,)), (a_stop("a", NEAR, 8 * HOUR, 9 * HOUR),))
    assert schedule(route, GRID).breaks == ()


def test_says_what_a_route_misses_and_times_it_all_the_same() -> None:
    stops = (
        a_stop("a", FAR, 8 * HOUR, 8 * HOUR, load=6),
        a_stop("b", NEAR, 12 * HOUR, 17 * HOUR, load=6),
        a_stop("c", NEAR, 17 * HOUR, 17 * HOUR),
    )
    pause = Break(1800, 8 * HOUR, 8 * HOUR + 60)
    vehicle = a_vehicle(breaks=(pause,), is_under_way=True)
    times = schedule(Route(vehicle, stops), GRID)
    assert times.late_s == (1200, 0, 0)
    assert times.start_s == (8 * HOUR + 1200, 12 * HOUR, 17 * HOUR)
    assert times.overtime_s == 300 + 450
    assert times.overload == 2
    assert times.break_late_s == 1440
    assert times.breaks == (BreakTaken(8 * HOUR + 1500, 8 * HOUR + 3300, 1, on_arrival=False),)
    assert not times.is_feasible


def test_a_late_stop_may_stay_as_late_but_no_later() -> None:
    stops = (a_stop("a", FAR, 7 * HOUR, 8 * HOUR), a_stop("b", FAR, 8 * HOUR, 9 * HOUR))
    times = schedule(Route(a_vehicle(), stops), GRID)
    assert times.late_s == (1200, 0)
    assert times.latest_start_s == (8 * HOUR + 1200, 9 * HOUR)


def test_what_is_left_of_a_route_is_timed_from_where_the_van_is() -> None:
    pause = Break(1800, 11 * HOUR, 13 * HOUR)
    stops = tuple(a_stop(name, NEAR, 8 * HOUR, 16 * HOUR) for name in "abcd")
    left = Route(a_vehicle(breaks=(pause,)), stops).under_way(
        done=2, position=FAR, free_s=12 * HOUR, breaks_taken=1, heading_to_next=True
    )
    assert [stop.stop_id for stop in left.stops] == ["c", "d"]
    assert (left.locked, left.vehicle.breaks) == (1, ())
    assert schedule(left, GRID).start_s == (12 * HOUR + 450, 12 * HOUR + 750)
    with pytest.raises(ValueError, match="more is done than it holds"):
        left.under_way(done=3, position=FAR, free_s=12 * HOUR)


@AT_ANY_HOUR
@pytest.mark.parametrize("seed", range(200))
def test_times_are_the_best_of_all_ways_to_place_the_breaks(seed: int, travel: Travel) -> None:
    route = a_route(seeded(seed), "van", 5)
    possible = ways(route, travel=travel)
    times = schedule(route, travel)
    assert (times.lateness_s == 0) == bool(possible)
    if possible:
        assert times.end_s == min(way.end for way in possible)
        slots = [2 * taken.before_stop + taken.on_arrival for taken in times.breaks]
        begun = [taken.start_s for taken in times.breaks]
        driven = drive(route, slots, times.depart_s, travel)
        assert driven == Times(list(times.arrival_s), list(times.start_s), begun, times.end_s)


@AT_ANY_HOUR
@pytest.mark.parametrize("seed", range(200))
def test_a_stop_can_wait_until_its_latest_start_and_no_longer(seed: int, travel: Travel) -> None:
    route = a_route(seeded(seed), "van", 5)
    if not ways(route, travel=travel):
        return
    for i, bound in enumerate(schedule(route, travel).latest_start_s):
        held = list(route.stops)
        held[i] = held[i].within(bound, held[i].close_s)
        assert ways(route, held, travel) != []
        if not route.vehicle.breaks and bound < held[i].close_s:
            held[i] = held[i].within(bound + 1, held[i].close_s)
            assert ways(route, held, travel) == []
