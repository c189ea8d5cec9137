"""Whole days with breaks, and vans that are loaded: nobody late, few disturbed, little driven more.

Every result is checked by the tests' own forward pass, which shares nothing with the planner. Times
to search are processor time of one thread.
"""

import argparse
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from benchmarks.planning import a_day
from deliveries.insertion import Fleet, Position, Route, RouteSchedule, Stop, accept, schedule
from deliveries.insertion.problem import Problem
from deliveries.insertion.travel import points
from integrations.planners.embedded.solver import solve
from tests.forward_pass import every_way

_NOW_S = 10 * 3600 + 1800
_CHANGES = 60
_MOVED_S = 900
_HELD_S = (1800, 3600)


def solved(fleet: Fleet, seconds: float) -> Fleet:
    """Return a day planned afresh; says what it came to."""
    stops = tuple(stop for route in fleet.routes for stop in route.stops)
    vehicles = tuple(route.vehicle for route in fleet.routes)
    problem = Problem(vehicles, stops, fleet.travel)
    solution = solve(problem, budget_s=seconds, clock=time.process_time)
    result = Fleet.of(solution.routes, fleet.travel)
    kept = sum(_can_be_driven(route, result) for route in result.routes)
    hours = sum(times.travel_s for times in result.schedules) / 3600
    print(
        f"| {len(stops)} / {len(vehicles)} | {seconds:g} | {hours:.1f} "
        f"| {len(solution.unassigned)} | {len(vehicles) - kept} |",
        flush=True,
    )
    return result


def _can_be_driven(route: Route, fleet: Fleet) -> bool:
    """Say whether some way to drive a route keeps every window, the shift and every break."""
    vehicle = route.vehicle
    places = [vehicle.start, *(stop.position for stop in route.stops), vehicle.end]
    legs = [
        int(fleet.travel.between(points([here]), points([there]))[0][0])
        for here, there in pairwise(places)
    ]
    ways = every_way(
        vehicle.start_s,
        legs,
        [(stop.open_s, stop.close_s) for stop in route.stops],
        [stop.duration_s for stop in route.stops],
        vehicle.end_s,
        [(pause.duration_s, pause.earliest_s, pause.latest_s) for pause in vehicle.breaks],
    )
    is_light = sum(stop.load for stop in route.stops) <= vehicle.capacity
    return is_light and next(iter(ways), None) is not None


@dataclass
class Outcome:
    """What changes on loaded vans came to.

    Attributes:
        took_ms: For those taken in by insertion.
        refused: What insertion found no place for.
        rescued: What the solver found a way for, of those.
        moved: Others who were moved by more than a quarter hour, for each change.
        gaps: Travel of the van, to the best of both methods.
    """

    took_ms: list[float]
    refused: int
    rescued: int
    moved: list[int]
    gaps: list[float]


def loaded_vans(day: Fleet, changes: int, seconds: float) -> None:
    """Print what becomes of changes in mid-morning; every parcel stays on its van."""
    fleet = _under_way(day)
    dice = random.Random(5)  # noqa: S311 made-up changes
    outcome = Outcome([], 0, 0, [], [])
    stops = [stop for route in fleet.routes for stop in route.stops]
    for number, stop in enumerate(dice.sample(stops, changes)):
        wanted = _changed(stop, dice, is_window=number % 2 == 0)
        _take_in(fleet, stop, wanted, seconds, outcome)
    done = len(outcome.took_ms)
    print(f"\nLoaded vans at 10:30, {len(stops)} stops left, {changes} changes, one at a time")
    print(f"taken in by insertion: {done} of {changes}, with the solver {done + outcome.rescued}")
    late_ms = statistics.quantiles(outcome.took_ms, n=20)[-1]
    print(
        f"ms each: median {statistics.median(outcome.took_ms):.2f}, p95 {late_ms:.2f}, "
        f"longest {max(outcome.took_ms):.2f}"
    )
    print(f"others moved by more than 15 min, mean: {statistics.mean(outcome.moved):.2f}")
    print(f"travel of the van to the best method, mean: {100 * statistics.mean(outcome.gaps):.2f}%")


def _under_way(day: Fleet) -> Fleet:
    """Return what is left of a day, each van where it is, everybody held to their promise."""
    routes = []
    for route, times in zip(day.routes, day.schedules, strict=True):
        gone = sum(leave_s <= _NOW_S for leave_s in times.leave_s)
        last = route.stops[gone - 1].position if gone else route.vehicle.start
        van = replace(
            route.vehicle,
            start=last,
            start_s=max(_NOW_S, times.leave_s[gone - 1] if gone else times.depart_s),
            is_under_way=True,
        )
        ahead = route.stops[gone:]
        held = [
            replace(
                stop,
                open_s=max(stop.open_s, start_s - _HELD_S[0]),
                close_s=min(stop.close_s, start_s + _HELD_S[1]),
            )
            for stop, start_s in zip(ahead, times.start_s[gone:], strict=True)
        ]
        rest = Route(van, tuple(held))
        if held and schedule(rest, day.travel).is_feasible:
            routes.append(rest)
    return Fleet.of(routes, day.travel)


def _changed(stop: Stop, dice: random.Random, *, is_window: bool) -> Stop:
    """Return a stop with another window, or at the locker near it."""
    if is_window:
        begin = dice.randrange(12, 18) * 3600
        return replace(stop, open_s=begin, close_s=begin + 7200 - 1)
    near = Position(
        stop.position.latitude + dice.gauss(0, 0.004),
        stop.position.longitude + dice.gauss(0, 0.006),
    )
    return replace(stop, position=near, open_s=_NOW_S, close_s=20 * 3600)


def _take_in(fleet: Fleet, stop: Stop, wanted: Stop, seconds: float, outcome: Outcome) -> None:
    index, _ = fleet.find(stop.stop_id) or (0, 0)
    before = fleet.timed_routes[index]
    began = time.perf_counter()
    taken = accept(fleet, wanted, moving=stop.stop_id, keep_vehicle=True)
    took_ms = 1000 * (time.perf_counter() - began)
    others = tuple(each for each in before.route.stops if each.stop_id != stop.stop_id)
    by_solver = _solved_alone(before.route, (*others, wanted), fleet, seconds)
    if taken is None:
        outcome.refused += 1
        outcome.rescued += by_solver is not None
        return
    after = taken.fleet.timed_routes[index]
    outcome.took_ms.append(took_ms)
    outcome.moved.append(_moved(before.route, before.schedule, after.route, after.schedule))
    best_s = min(after.schedule.travel_s, by_solver or after.schedule.travel_s)
    outcome.gaps.append(after.schedule.travel_s / best_s - 1)


def _solved_alone(
    route: Route, stops: tuple[Stop, ...], fleet: Fleet, seconds: float
) -> int | None:
    """Return the travel of one van with its stops in the solver's order, if it serves them all."""
    problem = Problem((route.vehicle,), stops, fleet.travel)
    solution = solve(problem, budget_s=seconds, clock=time.process_time)
    times = schedule(solution.routes[0], fleet.travel)
    return None if solution.unassigned or not times.is_feasible else times.travel_s


def _moved(before: Route, then: RouteSchedule, after: Route, now: RouteSchedule) -> int:
    """Count the other stops that are served noticeably earlier or later."""
    at = {stop.stop_id: s for stop, s in zip(before.stops, then.start_s, strict=True)}
    return sum(
        abs(start_s - at[stop.stop_id]) > _MOVED_S
        for stop, start_s in zip(after.stops, now.start_s, strict=True)
        if stop == next((each for each in before.stops if each.stop_id == stop.stop_id), None)
    )


def run(*, is_whole: bool = False) -> None:
    """Plan the days, then change what is loaded."""
    print("\nDays with a break on every van, checked by a forward pass of the tests' own")
    print("| stops / vans | s searched | h on the road | left out | vans that break a rule |")
    print("| --- | --- | --- | --- | --- |")
    solved(a_day(200, 8), 10 if is_whole else 4)
    day = solved(a_day(1000, 30), 30 if is_whole else 10)
    loaded_vans(day, _CHANGES, 1.0 if is_whole else 0.2)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routes", description=__doc__)
    parser.add_argument("--whole", action="store_true", help="search as long as the targets say")
    run(is_whole=parser.parse_args(arguments).whole)


if __name__ == "__main__":
    main()
