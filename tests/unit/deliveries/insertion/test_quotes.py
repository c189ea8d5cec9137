import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from deliveries.insertion import (
    Fleet,
    Position,
    Quote,
    Route,
    Stop,
    Travel,
    Vehicle,
    accept,
    quote,
    quote_places,
    remove,
)
from tests.unit.deliveries.insertion.random_plans import (
    AT_ANY_HOUR,
    GRID,
    HOUR,
    a_position,
    a_route,
    a_stop,
    a_window,
    seeded,
    travel_seconds,
    ways,
)


def a_plan(rng: random.Random, *, in_time: bool = True, travel: Travel = GRID) -> Fleet:
    """Three routes of up to five stops; by default each is the first that can be driven in time."""
    routes = []
    for name in ("one", "two", "three"):
        route = a_route(rng, name, 5)
        while in_time and (not ways(route, travel=travel) or route.load > route.vehicle.capacity):
            route = a_route(rng, name, 5)
        routes.append(replace(route, locked=rng.randrange(min(2, len(route.stops) + 1))))
    return Fleet.of(routes, travel)


def with_stop(route: Route, stop: Stop) -> Iterator[tuple[Stop, ...]]:
    """Every way to take a stop into a route: between two others, or joined with one."""
    stops = route.stops
    if route.load + stop.load > route.vehicle.capacity:
        return
    for at in range(route.locked, len(stops) + 1):
        yield (*stops[:at], stop, *stops[at:])
        host = stops[at] if at < len(stops) else None
        if host is not None and host.place_id is not None and host.place_id == stop.place_id:
            opens, closes = max(host.open_s, stop.open_s), min(host.close_s, stop.close_s)
            if opens <= closes:
                both = replace(
                    host,
                    open_s=opens,
                    close_s=closes,
                    setup_s=max(host.setup_s, stop.setup_s),
                    service_s=host.service_s + stop.service_s,
                )
                yield (*stops[:at], both, *stops[at + 1 :])


def cheapest(fleet: Fleet, stop: Stop) -> int | None:
    """What the cheapest place for a stop adds, by trying all of them; None if it fits nowhere."""
    added = [
        travel_seconds(route.vehicle, stops) - travel_seconds(route.vehicle, route.stops)
        for route in fleet.routes
        for stops in with_stop(route, stop)
        if ways(route, stops, fleet.travel)
    ]
    return min(added, default=None)


@AT_ANY_HOUR
@pytest.mark.parametrize("seed", range(300))
def test_offers_are_exactly_what_trying_every_place_finds(seed: int, travel: Travel) -> None:
    rng = seeded(seed)
    fleet = a_plan(rng, travel=travel)
    windows = [a_window(rng) for _ in range(4)]
    places = {"locker 1": Position(0.1, 0.1), "locker 2": Position(0.2, 0.1)}
    stop = a_stop(rng, "new")
    stop = replace(stop, position=places.get(stop.place_id or "", stop.position))
    routes = [
        route.with_stops(
            tuple(
                replace(s, position=places.get(s.place_id or "", s.position)) for s in route.stops
            )
        )
        for route in fleet.routes
    ]
    fleet = Fleet.of([r for r in routes if ways(r, travel=travel)], travel)
    quoted = {entry.window: entry.added_travel_s for entry in quote(fleet, stop, windows)}
    expected = {i: cheapest(fleet, stop.within(*window)) for i, window in enumerate(windows)}
    assert quoted == {i: added for i, added in expected.items() if added is not None}


@AT_ANY_HOUR
@pytest.mark.parametrize("seed", range(300))
def test_every_offer_can_be_kept(seed: int, travel: Travel) -> None:
    rng = seeded(seed)
    fleet = a_plan(rng, travel=travel)
    stop = a_stop(rng, "new")
    before = sum(times.travel_s for times in fleet.schedules)
    metres = sum(times.distance_m for times in fleet.schedules)
    for window in (a_window(rng) for _ in range(5)):
        taken = accept(fleet, stop.within(*window))
        if taken is None:
            continue
        changed, offer = taken.fleet, taken.quote
        assert changed.gaps.rows.tolist() == Fleet.of(changed.routes, travel).gaps.rows.tolist()
        assert changed.schedules == Fleet.of(changed.routes, travel).schedules
        assert all(times.is_feasible for times in changed.schedules)
        assert sum(t.travel_s for t in changed.schedules) - before == offer.added_travel_s
        assert sum(t.distance_m for t in changed.schedules) - metres == offer.added_distance_m
        start = changed.schedules[offer.route].start_s[offer.position]
        served = changed.routes[offer.route].stops[offer.position]
        assert (served.stop_id, offer.merges) in {("new", False), (taken.stop_id, True)}
        assert window[0] <= start <= window[1]
        if not changed.routes[offer.route].vehicle.breaks:
            assert start == offer.start_s


@AT_ANY_HOUR
@pytest.mark.parametrize("seed", range(200))
def test_a_plan_that_is_late_already_is_never_made_later(seed: int, travel: Travel) -> None:
    rng = seeded(seed)
    fleet = a_plan(rng, in_time=False, travel=travel)
    for i in range(5):
        stop = a_stop(rng, f"new {i}")
        taken = accept(fleet, stop)
        if taken is None:
            continue
        for old, new in zip(fleet.schedules, taken.fleet.schedules, strict=True):
            assert new.overtime_s <= old.overtime_s
            assert new.overload <= old.overload
            assert sum(new.late_s) <= sum(old.late_s)
        fleet = taken.fleet


@pytest.mark.parametrize("seed", range(200))
def test_a_stop_on_the_plan_is_taken_out_before_it_is_quoted(seed: int) -> None:
    rng = seeded(seed)
    fleet = a_plan(rng)
    free = [s for route in fleet.routes for s in route.stops[route.locked :]]
    if not free:
        return
    old = rng.choice(free)
    windows = [a_window(rng) for _ in range(3)]
    new = replace(old, position=a_position(rng), place_id=None)
    gone = remove(fleet, old.stop_id)
    for keep in (False, True):
        routes = [gone.route] if keep else None
        expected = [
            replace(
                entry,
                added_travel_s=entry.added_travel_s - gone.saved_travel_s,
                added_distance_m=entry.added_distance_m - gone.saved_distance_m,
            )
            for entry in quote(gone.fleet, new, windows, routes=routes)
        ]
        found = quote(fleet, new, windows, moving=old.stop_id, keep_vehicle=keep)
        assert found == expected
        if keep:
            assert {entry.route for entry in found} <= {gone.route}
    chosen = new.within(*windows[0])
    taken = accept(fleet, chosen, moving=old.stop_id, keep_vehicle=True)
    if taken is not None:
        assert taken.fleet.find(old.stop_id) == (taken.quote.route, taken.quote.position)


def test_the_stop_as_planned_costs_nothing_to_keep() -> None:
    fleet = a_plan(seeded(7))
    stop = next(s for route in fleet.routes for s in route.stops[route.locked :])
    assert quote(fleet, replace(stop, place_id=None), moving=stop.stop_id)[0].added_travel_s <= 0


def a_small_fleet(*stops: Stop, locked: int = 0, capacity: int = 10) -> Fleet:
    depot = Position(0, 0)
    vehicle = Vehicle("van", depot, depot, 8 * HOUR, 17 * HOUR, capacity)
    return Fleet.of([Route(vehicle, stops, locked)], GRID)


def a_locker(stop_id: str, opens: int, closes: int, load: int = 1) -> Stop:
    place = Position(0.1, 0.1)
    return Stop(stop_id, place, opens, closes, 60, setup_s=240, load=load, place_id="locker")


def test_a_second_parcel_for_a_locker_joins_the_stop_there() -> None:
    fleet = a_small_fleet(a_locker("first", 9 * HOUR, 12 * HOUR))
    new = a_locker("second", 10 * HOUR, 14 * HOUR)
    offers = quote(fleet, new)
    assert offers == [Quote(0, 0, 0, 0, True, 10 * HOUR, 2 * HOUR, 7200 - 800, 0, 0)]
    taken = accept(fleet, new)
    assert taken is not None
    assert taken.stop_id == "first"
    assert taken.fleet.routes[0].stops == (
        replace(a_locker("first", 10 * HOUR, 12 * HOUR), service_s=120, load=2),
    )
    assert taken.fleet.schedules[0].leave_s == (10 * HOUR + 360,)


def test_a_locker_stop_whose_window_does_not_meet_is_visited_twice() -> None:
    fleet = a_small_fleet(a_locker("first", 9 * HOUR, 10 * HOUR))
    offers = quote(fleet, a_locker("second", 12 * HOUR, 14 * HOUR))
    assert [(offer.merges, offer.position, offer.added_travel_s) for offer in offers] == [
        (False, 1, 0)
    ]


def test_nothing_is_put_before_or_into_locked_stops() -> None:
    fleet = a_small_fleet(a_locker("first", 9 * HOUR, 12 * HOUR), locked=1)
    assert [
        (q.merges, q.position) for q in quote(fleet, a_locker("second", 9 * HOUR, 12 * HOUR))
    ] == [(False, 1)]
    with pytest.raises(ValueError, match="locked"):
        quote(fleet, a_locker("first", 9 * HOUR, 12 * HOUR), moving="first")


def test_nothing_is_offered_above_the_capacity() -> None:
    fleet = a_small_fleet(a_locker("first", 9 * HOUR, 12 * HOUR, load=9), capacity=10)
    assert quote(fleet, a_locker("second", 9 * HOUR, 12 * HOUR, load=2)) == []


def test_of_several_places_the_cheapest_comes_first() -> None:
    fleet = a_small_fleet(a_locker("first", 9 * HOUR, 12 * HOUR))
    far = Stop("far", Position(0.3, 0.3), 8 * HOUR, 17 * HOUR, 60)
    near = Stop("near", Position(0.1, 0.11), 8 * HOUR, 17 * HOUR, 60)
    day = (8 * HOUR, 16 * HOUR)
    night = (20 * HOUR, 21 * HOUR)
    offers = quote_places(fleet, [(far, [day]), (near, [night, day])])
    assert [(offer.candidate, offer.window) for offer in offers] == [(1, 1), (0, 0)]


def test_no_windows_or_no_routes_mean_no_offers() -> None:
    stop = a_locker("new", 9 * HOUR, 12 * HOUR)
    assert quote(a_small_fleet(), stop, []) == []
    assert quote(a_small_fleet(), stop, routes=[]) == []
    assert quote(Fleet.of([], GRID), stop) == []
    assert accept(Fleet.of([], GRID), stop) is None


def test_a_window_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="closes before it opens"):
        quote(a_small_fleet(), a_locker("new", 9, 12), [(2, 1)])
