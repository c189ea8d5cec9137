"""Offers: exactly right, and kept by the full solve; and what a search for better routes moves.

``python -m benchmarks.offers``. Right means as trying every place with every way to take the breaks
finds, by the tests' own forward pass.
"""

import random
import statistics
import time
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime

from benchmarks.planning import a_day
from deliveries.insertion import Fleet, Route, Stop, accept, quote, remove
from deliveries.insertion.problem import Problem
from deliveries.model.preference import VerdictKind
from deliveries.model.route import Plan
from deliveries.model.window import TimeWindow
from deliveries.ports import MOVED_BY, Visit, WantedWindow
from deliveries.services.notices.promises import broad_window
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.solver import solve
from tests.builders import A_DAY, a_plan, a_route, at
from tests.planned_days import some_visits, two_hours
from tests.unit.deliveries.insertion import random_plans, test_quotes

_QUOTES = 1000
_HELD = 40
_SOUGHT = 20
_HOUR = 3600


def check_quotes(count: int = _QUOTES) -> None:
    """Print how many quotes differ from what trying everything finds."""
    wrong = offered = breaks = 0
    for seed in range(count):
        rng = random_plans.seeded(100_000 + seed)
        fleet, stop = test_quotes.a_plan(rng), random_plans.a_stop(rng, "new")
        breaks += any(route.vehicle.breaks for route in fleet.routes)
        # Tight days close their windows sooner.
        if seed % 2:
            stop = replace(stop, close_s=stop.open_s + (stop.close_s - stop.open_s) // 2)
        quotes = quote(fleet, stop)
        found = quotes[0].added_travel_s if quotes else None
        offered += found is not None
        wrong += found != test_quotes.cheapest(fleet, stop)
    print(
        f"\n{count} random quotes, {breaks} on plans with breaks: {offered} offered, {wrong} wrong"
    )


def refused_by_the_full_solve(days: int, seconds: float, *, vans: int) -> None:
    """Print how many of the offers that were held a solve of the whole day would refuse."""
    outcomes = [_held_and_solved(seed, seconds, vans) for seed in range(1, days + 1)]
    held, cold, warm = (sum(column) for column in zip(*outcomes, strict=True))
    print(
        f"200 stops on {vans} vans, {days} days, {held} offers held and chosen: full solves of "
        f"{seconds:g} s refuse {cold} from nothing, {warm} from the plan",
        flush=True,
    )


def _held_and_solved(seed: int, seconds: float, vans: int) -> tuple[int, int, int]:
    """Return how many offers were held on a day, and how many a solve refuses, cold and warm."""
    fleet = a_day(200, vans, seed=seed)
    stops = {stop.stop_id: stop for route in fleet.routes for stop in route.stops}
    first = solve(
        Problem(tuple(r.vehicle for r in fleet.routes), tuple(stops.values()), fleet.travel),
        budget_s=seconds,
        clock=time.process_time,
    )
    fleet = Fleet.of(first.routes, fleet.travel)
    dice = random.Random(6)  # noqa: S311 made-up choices
    taken = 0
    for stop_id in dice.sample([s.stop_id for r in fleet.routes for s in r.stops], _HELD):
        fleet, is_taken = _choose(fleet, stop_id, dice)
        taken += is_taken
    problem = Problem(
        tuple(route.vehicle for route in fleet.routes),
        tuple(stop for route in fleet.routes for stop in route.stops),
        fleet.travel,
    )
    cold = solve(problem, budget_s=seconds, clock=time.process_time)
    warm = replace(problem, initial=tuple(_ids(route) for route in fleet.routes))
    from_plan = solve(warm, budget_s=seconds, clock=time.process_time)
    return taken, len(cold.unassigned), len(from_plan.unassigned)


def _choose(fleet: Fleet, stop_id: str, dice: random.Random) -> tuple[Fleet, bool]:
    """Let somebody choose one of the windows they are offered."""
    route, position = fleet.find(stop_id) or (0, 0)
    stop = fleet.timed_routes[route].route.stops[position]
    windows = [(hour * _HOUR, (hour + 2) * _HOUR - 1) for hour in range(9, 18)]
    quotes = quote(fleet, stop, windows, moving=stop_id)
    if not quotes:
        return fleet, False
    opens, closes = windows[dice.choice(quotes).window]
    chosen: Stop = replace(stop, open_s=opens, close_s=closes)
    taken = accept(remove(fleet, stop_id).fleet, chosen)
    return (taken.fleet, True) if taken else (fleet, False)


def _ids(route: Route) -> tuple[str, ...]:
    return tuple(stop.stop_id for stop in route.stops)


def found_beside(stops: int, vans: int, seconds: float, *, are_told: bool) -> None:
    """Print how many windows that a single change has no room for a search over all vans finds."""
    planner = _planner(seconds)
    visits = some_visits(stops)
    plan = _a_plan(planner, visits, vans)
    plan.told = _promises(plan) if are_told else {}
    asked = [replace(each, window=two_hours(hour)) for each in visits for hour in (9, 12, 15)]
    refused = [each for each in asked if not planner.quote(plan, [_wanted(each)], now=at(5))]
    dice = random.Random(8)  # noqa: S311 made-up wishes
    tried = dice.sample(refused, min(_SOUGHT, len(refused)))
    found, kept, took_s = 0, 0, []
    for visit in tried:
        began = time.perf_counter()
        is_found = bool(planner.search_windows(plan, [_wanted(visit)], now=at(5)))
        took_s.append(time.perf_counter() - began)
        found += is_found
        if is_found:
            verdict = planner.make_room(deepcopy(plan), visit, visit.delivery_id, now=at(5))
            kept += verdict.kind is VerdictKind.ACCEPTED
    told = "everybody told" if are_told else "nobody told"
    print(
        f"{stops} stops on {vans} vans, {told}: insertion refuses {len(refused)} of {len(asked)} "
        f"windows; of {len(tried)} of them a search of {planner.room_s:g} s finds {found} (median "
        f"{statistics.median(took_s or [0]):.1f} s), {kept} of these are accepted when chosen",
        flush=True,
    )


def _wanted(visit: Visit) -> WantedWindow:
    if visit.window is None:
        msg = "nothing is wanted"
        raise ValueError(msg)
    return WantedWindow(visit.delivery_id, visit, visit.window)


def _planner(seconds: float) -> EmbeddedPlanner:
    return EmbeddedPlanner(
        budget_s=seconds,
        improving_s=seconds,
        solver=lambda problem, s: solve(problem, budget_s=s, clock=time.process_time),
    )


def _a_plan(planner: EmbeddedPlanner, visits: Sequence[Visit], vans: int) -> Plan:
    names = range(vans)
    routes = [a_route(id=f"r-{n}", vehicle_id=f"v-{n}", capacity=60) for n in names]
    plan = a_plan(routes=routes, date=A_DAY)
    planner.plan_day(plan, visits)
    plan.planned_at = at(5)
    return plan


def moves(stops: int, vans: int, changes: int, seconds: float) -> None:
    """Print what one search for better routes after many changes saves and moves."""
    planner, visits = _planner(seconds), some_visits(stops)
    plan = _a_plan(planner, visits, vans)
    promises = _promises(plan)
    dice = random.Random(7)  # noqa: S311 made-up choices
    accepted = 0
    noticed = []
    for visit in dice.sample(visits, changes):
        wanted = replace(visit, window=two_hours(dice.randrange(9, 16)))
        before = _served(plan)
        verdict = planner.apply(plan, wanted, visit.delivery_id, now=at(5), key="")
        after = _served(plan)
        others = promises.keys() - {visit.delivery_id}
        noticed.append(sum(abs(after[id_] - before[id_]) > MOVED_BY for id_ in others))
        if verdict.kind.value == "accepted" and wanted.window:
            accepted += 1
            promises[visit.delivery_id] = wanted.window
    print(
        f"{stops} stops on {vans} vans: each change moves {statistics.mean(noticed):.2f} promised "
        f"stops by more than 15 min (mean), p95 {statistics.quantiles(noticed, n=20)[-1]:.0f}"
    )
    found = planner.improve(plan, promises, now=at(5))
    what = "nothing that keeps every promise is better"
    if found:
        what = (
            f"{found.saved_s / 60:.0f} min saved, {found.changed_van} stops to other vans, "
            f"{found.moved / changes:.2f} promised stops a change moved by more than 15 min"
        )
    print(f"{stops} stops on {vans} vans, {accepted} of {changes} changes taken in: {what}")


def _served(plan: Plan) -> dict[str, datetime]:
    return {
        id_: stop.service_at
        for route in plan.routes
        for stop in route.stops
        for id_ in stop.delivery_ids
        if stop.service_at is not None
    }


def _promises(plan: Plan) -> dict[str, TimeWindow]:
    return {
        id_: broad_window(stop.service_at, leaves_at=route.start_at)
        for route in plan.routes
        for stop in route.stops
        for id_ in stop.delivery_ids
        if stop.service_at is not None
    }


def run(*, is_whole: bool = False) -> None:
    """Measure and print."""
    check_quotes()
    seconds = 10.0 if is_whole else 3.0
    for vans in (8, 6):
        refused_by_the_full_solve(8 if is_whole else 1, seconds, vans=vans)
    moves(200, 8, 60 if is_whole else 20, seconds)
    for are_told in (True, False):
        found_beside(120, 2, seconds, are_told=are_told)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    del arguments
    run(is_whole=True)


if __name__ == "__main__":
    main()
