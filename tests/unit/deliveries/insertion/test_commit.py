from dataclasses import replace

import pytest

from deliveries.insertion import (
    Fleet,
    Position,
    Route,
    Stop,
    Vehicle,
    accept,
    insert,
    merge,
    remove,
    replace_stop,
)
from tests.unit.deliveries.insertion.random_plans import GRID, HOUR

DEPOT = Position(0, 0)
LOCKER = Position(0.1, 0.1)


def a_stop(stop_id: str, position: Position = LOCKER, place_id: str | None = None) -> Stop:
    return Stop(stop_id, position, 9 * HOUR, 12 * HOUR, 60, setup_s=240, load=1, place_id=place_id)


def a_fleet(*ids: str, locked: int = 0) -> Fleet:
    vehicles = [Vehicle(name, DEPOT, DEPOT, 8 * HOUR, 17 * HOUR, 5) for name in ("one", "two")]
    first = Route(vehicles[0], tuple(a_stop(name) for name in ids), locked)
    return Fleet.of([first, Route(vehicles[1])], GRID)


def order(fleet: Fleet) -> list[list[str]]:
    return [[stop.stop_id for stop in route.stops] for route in fleet.routes]


def test_a_stop_is_put_in_where_it_is_said_to_be_and_the_old_plan_stays() -> None:
    before = a_fleet("a", "b")
    after = insert(before, 0, 1, a_stop("new"))
    assert order(after) == [["a", "new", "b"], []]
    assert order(before) == [["a", "b"], []]
    assert after.schedules == Fleet.of(after.routes, GRID).schedules


def test_a_removal_says_what_it_saved() -> None:
    removal = remove(a_fleet("a"), "a")
    assert order(removal.fleet) == [[], []]
    assert (removal.route, removal.position, removal.stop) == (0, 0, a_stop("a"))
    assert (removal.saved_travel_s, removal.saved_distance_m) == (800 + 600, 40 * 200)


def test_a_stop_can_be_moved_to_another_vehicle() -> None:
    fleet = a_fleet("a", "b")
    removal = remove(fleet, "b")
    assert order(insert(removal.fleet, 1, 0, removal.stop)) == [["a"], ["b"]]


def test_a_stop_can_be_changed_where_it_is_even_when_locked() -> None:
    fleet = a_fleet("a", locked=1)
    needs_time = replace(a_stop("a"), service_s=360)
    changed = replace_stop(fleet, "a", needs_time)
    assert changed.schedules[0].leave_s == (9 * HOUR + 600,)
    with pytest.raises(ValueError, match="locked"):
        remove(fleet, "a")
    with pytest.raises(ValueError, match="locked"):
        insert(fleet, 0, 0, a_stop("new"))


def test_parcels_for_one_place_share_a_stop_and_its_setup() -> None:
    fleet = insert(a_fleet(), 1, 0, a_stop("a", place_id="locker"))
    both = merge(fleet, "a", a_stop("b", place_id="locker"))
    assert order(both) == [[], ["a"]]
    assert both.schedules[1].leave_s == (9 * HOUR + 240 + 120,)
    assert both.timed_routes[1].room == 3
    with pytest.raises(ValueError, match="not at the same place"):
        merge(fleet, "a", a_stop("b", place_id="another locker"))
    with pytest.raises(ValueError, match="closes before it opens"):
        merge(fleet, "a", a_stop("b", place_id="locker").within(13 * HOUR, 14 * HOUR))


def test_a_stop_is_on_a_plan_once() -> None:
    fleet = a_fleet("a", "b")
    with pytest.raises(ValueError, match="already"):
        insert(fleet, 1, 0, a_stop("a"))
    with pytest.raises(ValueError, match="already"):
        replace_stop(fleet, "a", a_stop("b"))
    with pytest.raises(ValueError, match="already"):
        accept(fleet, a_stop("a"))
    with pytest.raises(ValueError, match="every stop once"):
        a_fleet("a", "a")
    with pytest.raises(ValueError, match="every vehicle"):
        Fleet.of([a_fleet().routes[0]] * 2, GRID)


def test_what_is_not_there_is_said_so() -> None:
    fleet = a_fleet("a")
    assert (fleet.find("a"), fleet.find("b")) == ((0, 0), None)
    assert fleet.route_index("two") == 1
    for change in (
        lambda: remove(fleet, "b"),
        lambda: replace_stop(fleet, "b", a_stop("b")),
        lambda: accept(fleet, a_stop("b"), moving="b"),
        lambda: fleet.route_index("three"),
    ):
        with pytest.raises(KeyError):
            change()
    with pytest.raises(ValueError, match="not there"):
        insert(fleet, 0, 2, a_stop("b"))
