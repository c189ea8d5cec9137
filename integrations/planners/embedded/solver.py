"""Plans whole days: PyVRP finds the routes, breaks are put in, what does not hold is repaired."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from deliveries.insertion import Fleet, Route, Stop, schedule
from deliveries.insertion.problem import (
    Problem,
    Solution,
    Unassigned,
    UnassignedReason,
    hopeless,
    with_breaks_due,
)
from integrations.planners.embedded.model import Model, Visits, search
from integrations.planners.embedded.repair import made_room, repaired

# Shares of the budget after which the search pauses to put the breaks in and look. By the first
# one it has found routes that serve every stop, or may leave some out from then on. What remains
# after the last one is for repair.
_ROUNDS = (0.4, 0.6, 0.75, 0.9)


def solve(
    problem: Problem,
    *,
    budget_s: float,
    seed: int = 0,
    clock: Callable[[], float] = time.monotonic,
) -> Solution:
    """Return the routes with the least time on the road found in the budget.

    As few stops as possible are left out, none unless it must be. A break that is overdue when the
    vehicle starts is taken as soon as possible.

    Args:
        problem: Vehicles and stops.
        budget_s: When to end, in seconds of ``clock``; small problems end much earlier.
        seed: The same seed and number of rounds give the same routes.
        clock: Tells time; ``time.process_time`` where others compete for the processor.

    Raises:
        ValueError: If the budget is not positive.
    """
    if not budget_s > 0:
        msg = "the solver needs a budget above 0 seconds"
        raise ValueError(msg)
    began = clock()
    left_out = hopeless(problem)
    core = _core(problem, left_out)
    ends = [began + share * budget_s for share in _ROUNDS]
    found = _search(core, ends, seed, clock) if core.stops else [[[] for _ in core.vehicles]]
    outcomes = [
        repaired(_routes(core, visits), _left_out(core, visits), core.travel) for visits in found
    ]
    fleet, left = min(outcomes, key=lambda outcome: (len(outcome[1]), _travel_s(outcome[0])))
    fleet, left = made_room(fleet, left, lambda: clock() - began > budget_s)
    reasons = left_out | {stop.stop_id: UnassignedReason.NO_ROOM for stop in left}
    return _solution(problem, fleet, reasons)


def _solution(problem: Problem, fleet: Fleet, reasons: dict[str, UnassignedReason]) -> Solution:
    """Return the fleet's routes in the problem's own terms."""
    stops = {stop.stop_id: stop for stop in problem.stops}
    routes = tuple(
        Route(vehicle, tuple(stops[stop.stop_id] for stop in route.stops))
        for vehicle, route in zip(problem.vehicles, fleet.routes, strict=True)
    )
    unassigned = tuple(Unassigned(id_, reasons[id_]) for id_ in stops if id_ in reasons)
    return Solution(routes, unassigned)


def _core(problem: Problem, left_out: dict[str, UnassignedReason]) -> Problem:
    """Return the problem without what is hopeless; no stop of it may be joined with another."""
    return replace(
        problem,
        vehicles=tuple(with_breaks_due(vehicle) for vehicle in problem.vehicles),
        stops=tuple(
            replace(stop, place_id=None) for stop in problem.stops if stop.stop_id not in left_out
        ),
        initial=tuple(
            tuple(id_ for id_ in visit if id_ not in left_out) for visit in problem.initial
        ),
    )


def _search(
    core: Problem, ends: Sequence[float], seed: int, clock: Callable[[], float]
) -> list[Visits]:
    """Return what was found in each round; the breaks may make some of it late.

    Where they do, the stops of that route have to be served earlier from then on, by the duration
    of its breaks. That is enough to hold, and routes with slack to spare pay nothing for it.
    """
    numbers = {stop.stop_id: i for i, stop in enumerate(core.stops)}
    visits = [[numbers[id_] for id_ in visit] for visit in core.initial]
    model = Model.of(core)
    found = []
    required = True
    for number, end in enumerate(ends):
        patience = _Patience(clock, end, len(core.stops))
        best = search(model, visits, patience, required=required, seed=seed + number)
        visits = model.visits(best, before=visits)
        if not best.is_feasible():
            required = False
            continue
        found.append(visits)
        earlier_s = _earlier_s(core, visits)
        if patience.is_lost and not earlier_s:
            break
        model = replace(model, narrowed_s={**model.narrowed_s, **earlier_s})
    return found or [visits]


def _earlier_s(core: Problem, visits: Visits) -> dict[int, int]:
    """Return by how much stops, by index, should be served before their windows close."""
    earlier: dict[int, int] = {}
    for route, visit in zip(_routes(core, visits), visits, strict=True):
        if not schedule(route, core.travel).is_feasible:
            breaks = route.vehicle.breaks
            for i, stop in zip(visit, route.stops, strict=True):
                # Where the window is over before any break can be, the stop comes first anyway.
                if any(stop.close_s >= b.earliest_s + b.duration_s for b in breaks):
                    earlier[i] = sum(b.duration_s for b in breaks)
    return earlier


def _routes(core: Problem, visits: Visits) -> list[Route]:
    return [
        Route(vehicle, tuple(core.stops[i] for i in visit))
        for vehicle, visit in zip(core.vehicles, visits, strict=True)
    ]


def _left_out(core: Problem, visits: Visits) -> list[Stop]:
    visited = {i for visit in visits for i in visit}
    return [stop for i, stop in enumerate(core.stops) if i not in visited]


def _travel_s(fleet: Fleet) -> int:
    return sum(times.travel_s for times in fleet.schedules)


class _Patience:
    """Tells PyVRP to stop: the time is up, or it has not found anything better for long."""

    def __init__(self, clock: Callable[[], float], end: float, stops: int) -> None:
        self._clock = clock
        self._end = end
        self._rounds_allowed = max(2000, 200 * stops)
        self._rounds = 0
        self._best_cost = float("inf")

    @property
    def is_lost(self) -> bool:
        """Whether going on is pointless."""
        return self._rounds > self._rounds_allowed

    def __call__(self, best_cost: float) -> bool:
        self._rounds = 0 if best_cost < self._best_cost else self._rounds + 1
        self._best_cost = min(self._best_cost, best_cost)
        return self.is_lost or self._clock() >= self._end
