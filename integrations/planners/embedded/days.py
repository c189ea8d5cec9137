"""A whole day: visits become stops, the solver orders them, routes are filled."""

from collections.abc import Callable, Sequence

from deliveries.errors import UnreadableError
from deliveries.insertion import Travel, schedule
from deliveries.insertion.problem import Problem, Solution
from deliveries.insertion.problem import Unassigned as LeftOut
from deliveries.insertion.problem import UnassignedReason as Reason
from deliveries.model.route import Route, Stop, Unassigned
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit
from integrations.planners.embedded.mapping import Numbering, in_order, join, new_stop
from integrations.planners.embedded.repair import repaired
from integrations.planners.embedded.ticks import Ticks

NO_VEHICLE = "no_vehicle"


def plan_whole_day(
    routes: Sequence[Route],
    visits: Sequence[Visit],
    travel: Travel,
    solve: Callable[[Problem], Solution],
) -> tuple[Unassigned, ...]:
    """Fill empty routes with visits and return the visits that are on none.

    Raises:
        UnavailableError: If the solver found nothing in time.
        UnreadableError: If the solution does not name every stop once.
    """
    if not routes:
        return tuple(Unassigned(visit.delivery_id, NO_VEHICLE) for visit in visits)
    shift = TimeWindow(
        min(route.shift_start for route in routes), max(route.shift_end for route in routes)
    )
    stops = {stop.id: stop for stop in _halts(visits, max(route.capacity for route in routes))}
    if not stops:
        return ()
    numbering = Numbering(Ticks(shift.start), travel).paced_as(routes[0])
    solution = solve(
        Problem(
            vehicles=tuple(numbering.vehicle(route, now=shift.start) for route in routes),
            stops=tuple(numbering.stop(stop, shift) for stop in stops.values()),
            travel=numbering.travel,
        )
    )
    _check(solution, stops, len(routes))
    solution = _held(solution, numbering.travel)
    for route, solved in zip(routes, solution.routes, strict=True):
        in_order(route, [stops[stop.stop_id] for stop in solved.stops])
    return tuple(
        Unassigned(delivery_id, left.reason.value)
        for left in solution.unassigned
        for delivery_id in stops[left.stop_id].delivery_ids
    )


def _halts(visits: Sequence[Visit], capacity: int) -> list[Stop]:
    """Return a stop per visit; those for one pickup point share one while a van can take them."""
    halts: list[Stop] = []
    shared: dict[tuple[str, TimeWindow | None], Stop] = {}
    for visit in visits:
        key = (visit.pickup_point_id or "", visit.window)
        host = shared.get(key) if visit.pickup_point_id is not None else None
        if host is not None and host.load + visit.load <= capacity:
            join(host, visit)
            continue
        stop = new_stop(visit)
        halts.append(stop)
        shared[key] = stop
    return halts


def _held(solution: Solution, travel: Travel) -> Solution:
    """Return a solution that keeps everything by our own times, whoever made it."""
    if all(schedule(route, travel).is_feasible for route in solution.routes):
        return solution
    fleet, left = repaired(solution.routes, (), travel)
    more = (LeftOut(stop.stop_id, Reason.NO_ROOM) for stop in left)
    return Solution(fleet.routes, (*solution.unassigned, *more))


def _check(solution: Solution, stops: dict[str, Stop], vehicles: int) -> None:
    named = [stop.stop_id for route in solution.routes for stop in route.stops]
    named += [left.stop_id for left in solution.unassigned]
    if sorted(named) != sorted(stops) or len(solution.routes) != vehicles:
        raise UnreadableError("the solution does not name every stop once")
