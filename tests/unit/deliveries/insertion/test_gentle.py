"""Places that move few people, and better orders of one van, by the independent forward pass."""

from dataclasses import replace
from itertools import permutations

import pytest

from deliveries.insertion import (
    Fleet,
    Position,
    Route,
    Stop,
    Travel,
    Vehicle,
    cost_s,
    gentlest,
    moved,
    reordered,
    schedule,
    with_place_taken,
)
from deliveries.insertion.gentle import A_MOVE_COSTS_S
from deliveries.insertion.timing import RouteTimes, can_be_driven, legs
from tests.unit.deliveries.insertion.random_plans import (
    AT_ANY_HOUR,
    GRID,
    HOUR,
    a_route,
    a_stop,
    seeded,
    travel_seconds,
    ways,
)
from tests.unit.deliveries.insertion.test_quotes import a_plan

DEPOT = Position(0.0, 0.0)


def a_street(stops: int) -> Route:
    """A van under way along a street, eight minutes from one start to the next."""
    van = Vehicle("van", DEPOT, DEPOT, 9 * HOUR, 20 * HOUR, 99, is_under_way=True)
    houses = (
        Stop(f"s-{n}", Position(0.0, 0.03 * (n + 1)), 0, 19 * HOUR, 360) for n in range(stops)
    )
    return Route(van, tuple(houses))


def expected(route: Route, travel: Travel = GRID) -> dict[str, int]:
    starts = schedule(route, travel).start_s
    return {stop.stop_id: at for stop, at in zip(route.stops, starts, strict=True)}


def test_somebody_who_wants_noon_makes_nobody_behind_them_wait_for_it() -> None:
    route = a_street(12)
    # At the beginning of the street, where the van would stand until noon.
    new = Stop("new", Position(0.0, 0.03), 12 * HOUR, 14 * HOUR, 60)
    before = expected(route)
    fleet = Fleet.of([route], GRID)
    place = gentlest(fleet, new, before)
    assert place is not None
    after = with_place_taken(route, place, new)
    assert moved(after, schedule(after, GRID), before) == 0
    careless = gentlest(fleet, new, {})
    assert careless is not None
    assert careless.added_travel_s <= place.added_travel_s


@pytest.mark.parametrize("seed", range(100))
def test_a_place_costs_least_of_all_places_and_can_be_driven(seed: int) -> None:
    rng = seeded(seed)
    fleet, new = a_plan(rng), replace(a_stop(rng, "new"), place_id=None)
    known = {id_: at for route in fleet.routes for id_, at in expected(route).items()}
    costs = []
    for route in fleet.routes:
        was_s = travel_seconds(route.vehicle, route.stops)
        for at in range(route.locked, len(route.stops) + 1):
            other = route.with_stops((*route.stops[:at], new, *route.stops[at:]))
            if ways(other) and other.load <= other.vehicle.capacity:
                costs.append(cost_s(other, schedule(other, GRID), known) - was_s)
    place = gentlest(fleet, new, known)
    assert (place is None) == (not costs)
    if place is not None:
        taken = with_place_taken(fleet.routes[place.route], place, new)
        was_s = travel_seconds(taken.vehicle, fleet.routes[place.route].stops)
        assert ways(taken)
        # Only the few cheapest places are looked at; on routes this small that is most of them.
        assert cost_s(taken, schedule(taken, GRID), known) - was_s >= min(costs)
        if len(costs) <= 8:
            assert cost_s(taken, schedule(taken, GRID), known) - was_s == min(costs)


@AT_ANY_HOUR
@pytest.mark.parametrize("seed", range(300))
def test_whether_a_route_can_be_driven_is_what_trying_every_break_finds(
    seed: int, travel: Travel
) -> None:
    route = a_route(seeded(seed), "van", 5)
    seconds, _ = legs(route, travel)
    assert can_be_driven(RouteTimes.of(route, seconds, travel)) == bool(ways(route, travel=travel))


@AT_ANY_HOUR
@pytest.mark.parametrize("seed", range(60))
def test_another_order_costs_no_more_keeps_everything_and_leaves_what_is_locked(
    seed: int, travel: Travel
) -> None:
    rng = seeded(seed)
    route = a_route(rng, "van", 6)
    while not ways(route, travel=travel):
        route = a_route(rng, "van", 6)
    route = replace(route, locked=rng.randrange(min(2, len(route.stops) + 1)))
    known = expected(route, travel)
    result = reordered(route, travel, known)
    assert ways(result, travel=travel)
    assert result.stops[: route.locked] == route.stops[: route.locked]
    assert sorted(stop.stop_id for stop in result.stops) == sorted(known)
    times = schedule(result, travel)
    assert times.travel_s == travel_seconds(result.vehicle, result.stops)
    assert cost_s(result, times, known) <= cost_s(route, schedule(route, travel), known)


@AT_ANY_HOUR
@pytest.mark.parametrize("seed", range(40))
def test_with_up_to_four_stops_the_order_is_the_best_there_is(seed: int, travel: Travel) -> None:
    rng = seeded(seed)
    route = a_route(rng, "van", 4)
    while not ways(route, travel=travel):
        route = a_route(rng, "van", 4)
    orders = [route.with_stops(order) for order in permutations(route.stops)]
    best = min(
        travel_seconds(each.vehicle, each.stops) for each in orders if ways(each, travel=travel)
    )
    found = travel_seconds(route.vehicle, reordered(route, travel, {}).stops)
    assert best <= found <= travel_seconds(route.vehicle, route.stops)


def test_a_detour_is_worth_it_only_if_it_keeps_enough_people_where_they_are() -> None:
    route = a_street(12)
    known = expected(route)
    turned = route.with_stops(route.stops[::-1])
    people = moved(turned, schedule(turned, GRID), known)
    assert people > 0
    result = cost_s(turned, schedule(turned, GRID), known)
    assert result == schedule(turned, GRID).travel_s + people * A_MOVE_COSTS_S
