from dataclasses import replace
from itertools import permutations

import pytest

from deliveries.insertion import Break, GreatCircleTravel, Position, Route
from deliveries.insertion.problem import Problem, Unassigned, UnassignedReason
from integrations.planners.embedded.solver import solve
from tests.integration.planners.solver_days import (
    DEPOT,
    HOUR,
    LUNCH,
    a_day,
    a_stop,
    a_vehicle,
    can_be_driven,
    faults,
    legs,
    rio,
    travel_seconds,
)

TEA = Break(900, 15 * HOUR, 16 * HOUR)


@pytest.mark.parametrize("seed", range(4))
def test_every_route_of_a_day_can_be_driven_with_its_breaks(seed: int) -> None:
    problem = a_day(seed)
    solution = solve(problem, budget_s=1)
    assert faults(problem, solution) == []
    assert solution.unassigned == ()


@pytest.mark.parametrize("breaks", [((),), ((LUNCH, TEA),), ((LUNCH,), (), (TEA,))])
@pytest.mark.parametrize("seed", range(2))
def test_what_a_tight_day_cannot_hold_is_left_out_not_late(
    seed: int, breaks: tuple[tuple[Break, ...], ...]
) -> None:
    problem = a_day(seed, stops=130, vehicles=2, width_h=1, breaks=breaks)
    solution = solve(problem, budget_s=1)
    assert faults(problem, solution) == []
    assert {left.reason for left in solution.unassigned} == {UnassignedReason.NO_ROOM}
    assert 10 <= len(solution.unassigned) < 65


def test_a_small_problem_is_solved_to_the_optimum_long_before_the_budget() -> None:
    problem = a_day(3, stops=6, vehicles=1)
    solution = solve(problem, budget_s=60)
    routes = (Route(problem.vehicles[0], order) for order in permutations(problem.stops))
    assert travel_seconds(solution) == min(sum(legs(r)) for r in routes if can_be_driven(r))
    assert faults(problem, solution) == []


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = a_day(5, stops=10, vehicles=2)
    assert solve(problem, budget_s=60, seed=3) == solve(problem, budget_s=60, seed=3)


def test_says_why_a_stop_is_on_no_route() -> None:
    stops = (
        a_stop("fits"),
        a_stop("too large", load=61),
        a_stop("too early", 7 * HOUR, 8 * HOUR),
        a_stop("too far", east=80),
        a_stop("first", 9 * HOUR, 9 * HOUR),
        a_stop("at the same time", 9 * HOUR, 9 * HOUR, east=0.1),
    )
    solution = solve(Problem((a_vehicle(),), stops, GreatCircleTravel()), budget_s=0.5)
    reasons = {left.stop_id: left.reason for left in solution.unassigned}
    clash = {"first", "at the same time"}.intersection(reasons).pop()
    assert reasons == {
        "too large": UnassignedReason.TOO_LARGE,
        "too early": UnassignedReason.OUT_OF_REACH,
        "too far": UnassignedReason.OUT_OF_REACH,
        clash: UnassignedReason.NO_ROOM,
    }


def test_a_day_without_stops_is_a_plan_too() -> None:
    problem = Problem((a_vehicle(),), (), GreatCircleTravel())
    solution = solve(problem, budget_s=1)
    assert (solution.routes, solution.unassigned) == ((Route(a_vehicle()),), ())


def test_stops_at_one_place_stay_apart_here() -> None:
    stops = tuple(replace(a_stop(name), place_id="locker") for name in "abc")
    problem = Problem((a_vehicle(),), stops, GreatCircleTravel())
    assert faults(problem, solve(problem, budget_s=1)) == []


def test_a_vehicle_whose_shift_is_over_gets_nothing() -> None:
    late = replace(a_vehicle("late"), start=Position(52.9, 13.4), start_s=18 * HOUR)
    problem = Problem((late, a_vehicle("fresh")), (a_stop("a"), a_stop("b")), GreatCircleTravel())
    solution = solve(problem, budget_s=0.5)
    assert [len(route.stops) for route in solution.routes] == [0, 2]
    alone = solve(replace(problem, vehicles=(late,)), budget_s=0.5)
    assert alone.unassigned == (
        Unassigned("a", UnassignedReason.OUT_OF_REACH),
        Unassigned("b", UnassignedReason.OUT_OF_REACH),
    )


def test_a_loaded_van_is_planned_on_from_where_it_is_even_with_its_break_overdue() -> None:
    van = replace(
        a_vehicle(breaks=(LUNCH,)),
        start=Position(52.6, 13.5),
        start_s=14 * HOUR + 600,
        is_under_way=True,
    )
    problem = Problem((van,), (a_stop("a"), a_stop("b", east=0.01)), GreatCircleTravel())
    solution = solve(problem, budget_s=0.5)
    assert {stop.stop_id for stop in solution.routes[0].stops} == {"a", "b"}
    assert solution.routes[0].vehicle == van


def test_a_plan_to_start_from_is_improved_and_keeps_its_vehicles() -> None:
    problem = a_day(1)
    first = solve(problem, budget_s=1)
    initial = tuple(tuple(stop.stop_id for stop in route.stops) for route in first.routes)
    turned = (*initial[1:], initial[0])
    again = solve(replace(problem, initial=turned), budget_s=0.5, seed=9)
    assert faults(problem, again) == []
    assert travel_seconds(again) <= travel_seconds(first)
    kept = [
        len({stop.stop_id for stop in route.stops}.intersection(before))
        for route, before in zip(again.routes, turned, strict=True)
    ]
    assert sum(kept) >= len(problem.stops) // 2


def test_a_plan_to_start_from_may_be_late_and_leave_stops_out() -> None:
    problem = a_day(2, stops=20, vehicles=2)
    backwards = tuple(stop.stop_id for stop in problem.stops[:15][::-1])
    solution = solve(replace(problem, initial=(backwards, ())), budget_s=0.5)
    assert faults(problem, solution) == []
    assert solution.unassigned == ()


def test_refuses_what_is_not_a_problem() -> None:
    travel = GreatCircleTravel()
    van, stop = a_vehicle(), a_stop("a")
    with pytest.raises(ValueError, match="needs a vehicle"):
        Problem((), (stop,), travel)
    with pytest.raises(ValueError, match="every stop once"):
        Problem((van,), (stop, stop), travel)
    with pytest.raises(ValueError, match="every vehicle once"):
        Problem((van, van), (stop,), travel)
    with pytest.raises(ValueError, match="one entry per vehicle"):
        Problem((van,), (stop,), travel, (("a",), ()))
    with pytest.raises(ValueError, match="every initial stop once"):
        Problem((van,), (stop,), travel, (("a", "a"),))
    with pytest.raises(ValueError, match="not in the problem"):
        Problem((van,), (stop,), travel, (("b",),))
    with pytest.raises(ValueError, match="budget above 0"):
        solve(Problem((van,), (stop,), travel), budget_s=0)


def test_vehicles_may_start_and_end_anywhere() -> None:
    home = Position(52.45, 13.3)
    vans = (replace(a_vehicle("one"), end=home), replace(a_vehicle("two"), start=home))
    problem = replace(a_day(4, stops=20), vehicles=vans)
    solution = solve(problem, budget_s=0.5)
    assert faults(problem, solution) == []
    assert {vehicle.start for vehicle in vans} == {DEPOT, home}


@pytest.mark.services
@pytest.mark.parametrize(("name", "vehicles"), [("cvrp-0-rj-0", 8), ("cvrp-0-rj-3", 6)])
def test_a_real_day_is_planned_in_two_seconds(name: str, vehicles: int) -> None:
    problem = rio(name, vehicles=vehicles)
    solution = solve(problem, budget_s=2)
    assert faults(problem, solution) == []
    assert solution.unassigned == ()
