"""Whole days with breaks, and vans that are loaded: nobody late, few disturbed, little driven more.

Every result is checked by the tests' own forward pass, which shares nothing with the planner. Times
to search are processor time of one thread.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from benchmarks.planning import a_day
from deliveries.insertion import (
    Fleet,
    Position,
    Route,
    Stop,
    cost_s,
    gentlest,
    insert,
    moved,
    remove,
    reordered,
    schedule,
    with_place_taken,
)
from deliveries.insertion.problem import Problem
from deliveries.insertion.travel import points
from integrations.planners.embedded.ordering import DEAR_S, WORTH_S
from integrations.planners.embedded.solver import solve
from tests.forward_pass import every_way

_NOW_S = 10 * 3600 + 1800
_CHANGES = 60
_SECOND_TRY_S = 0.2
# Vans that hold no more are nearly all needed.
_SMALL_VAN = 36
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
        took_ms: To find a place by insertion and to take it, for each change.
        looked_ms: To look at other orders, where that was worth it.
        refused: What insertion found no place for.
        rescued: What the solver found a way for, of those.
        asked: How often the solver was asked.
        moved: Others who were moved by more than a quarter hour, for each change.
        gaps: Travel of the van, to the best of all methods.
    """

    took_ms: list[float] = field(default_factory=list)
    looked_ms: list[float] = field(default_factory=list)
    refused: int = 0
    rescued: int = 0
    asked: int = 0
    moved: list[int] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)


def loaded_vans(day: Fleet, changes: int, seconds: float) -> None:
    """Print what becomes of changes in mid-morning; every parcel stays on its van."""
    fleet = _under_way(day)
    dice = random.Random(5)  # noqa: S311 made-up changes
    outcome = Outcome()
    stops = [stop for route in fleet.routes for stop in route.stops]
    for number, stop in enumerate(dice.sample(stops, changes)):
        wanted = _changed(stop, dice, is_window=number % 2 == 0)
        _take_in(fleet, stop, wanted, seconds, outcome)
    done = changes - outcome.refused
    print(
        f"\nLoaded vans at 10:30, {len(stops)} stops left on {len(fleet.routes)} vans, "
        f"{changes} changes, one at a time; load average {os.getloadavg()[0]:.1f}"
    )
    print(f"taken in by insertion: {done} of {changes}, with the solver {done + outcome.rescued}")
    _print_ms("insertion", outcome.took_ms)
    _print_ms(f"other orders looked at, {len(outcome.looked_ms)} times", outcome.looked_ms)
    print(f"the solver asked about one van {outcome.asked} times")
    print(f"others moved by more than 15 min, mean: {statistics.mean(outcome.moved):.2f}")
    print(f"travel of the van to the best method, mean: {100 * statistics.mean(outcome.gaps):.2f}%")


def _print_ms(what: str, taken: Sequence[float]) -> None:
    late_ms = statistics.quantiles(taken, n=20)[-1]
    median_ms = statistics.median(taken)
    print(f"{what}, ms: median {median_ms:.2f}, p95 {late_ms:.2f}, longest {max(taken):.2f}")


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
    """Do what the planner does with a change on a loaded van, and note what it came to."""
    index, _ = fleet.find(stop.stop_id) or (0, 0)
    before = fleet.timed_routes[index]
    pairs = zip(before.route.stops, before.schedule.start_s, strict=True)
    expected_s = {each.stop_id: at for each, at in pairs if each.stop_id != stop.stop_id}
    began = time.process_time()
    lighter = remove(fleet, stop.stop_id).fleet
    place = gentlest(lighter, wanted, expected_s, routes=(index,))
    if place is not None:
        insert(lighter, index, place.position, wanted)
    outcome.took_ms.append(1000 * (time.process_time() - began))
    entry = lighter.timed_routes[index]
    travel = fleet.travel

    def cost(route: Route) -> int:
        return cost_s(route, schedule(route, travel), expected_s)

    began = time.process_time()
    ways = [] if place is None else [with_place_taken(entry.route, place, wanted)]
    added_s = cost(ways[0]) - entry.schedule.travel_s if ways else None
    if added_s is None or added_s > DEAR_S:
        outcome.asked += 1
        found = _solved_alone(entry.route, wanted, fleet, _SECOND_TRY_S)
        ways += [found] if found else []
    if added_s is None or added_s > WORTH_S:
        ways += [reordered(each, travel, expected_s) for each in ways]
        outcome.looked_ms.append(1000 * (time.process_time() - began))
    outcome.refused += place is None
    outcome.rescued += place is None and bool(ways)
    if not ways:
        return
    best = min(ways, key=cost)
    times = schedule(best, travel)
    other = _solved_alone(entry.route, wanted, fleet, seconds, is_cold=True)
    others_s = schedule(other, travel).travel_s if other else times.travel_s
    outcome.moved.append(moved(best, times, expected_s))
    outcome.gaps.append(times.travel_s / min(times.travel_s, others_s) - 1)


def _solved_alone(
    route: Route, wanted: Stop, fleet: Fleet, seconds: float, *, is_cold: bool = False
) -> Route | None:
    """Return one van's route with a stop more in the solver's order, if it serves them all."""
    initial = () if is_cold else (tuple(stop.stop_id for stop in route.stops),)
    problem = Problem((route.vehicle,), (*route.stops, wanted), fleet.travel, initial=initial)
    solution = solve(problem, budget_s=seconds, clock=time.process_time)
    is_kept = not solution.unassigned and schedule(solution.routes[0], fleet.travel).is_feasible
    return solution.routes[0] if is_kept else None


def out(day: Fleet, capacity: int) -> Fleet:
    """Return a day on which vans hold less, so that most of them are out."""
    vans = [replace(route.vehicle, capacity=capacity) for route in day.routes]
    stops = tuple(stop for route in day.routes for stop in route.stops)
    rest = [stops] + [()] * (len(vans) - 1)
    return Fleet.of([Route(*each) for each in zip(vans, rest, strict=True)], day.travel)


def run(*, is_whole: bool = False) -> None:
    """Plan the days, then change what is loaded."""
    print("\nDays with a break on every van, checked by a forward pass of the tests' own")
    print("| stops / vans | s searched | h on the road | left out | vans that break a rule |")
    print("| --- | --- | --- | --- | --- |")
    solved(a_day(200, 8), 10 if is_whole else 4)
    day = solved(a_day(1000, 30), 30 if is_whole else 10)
    busy = solved(out(day, _SMALL_VAN), 30 if is_whole else 10)
    for each in (busy, day):
        loaded_vans(each, _CHANGES, 1.0 if is_whole else 0.5)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routes", description=__doc__)
    parser.add_argument("--whole", action="store_true", help="search as long as the targets say")
    run(is_whole=parser.parse_args(arguments).whole)


if __name__ == "__main__":
    main()
