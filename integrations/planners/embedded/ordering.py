"""A better order for the one van that a change touches, from a solver; what it says is checked.

Vans are asked about one at a time, loaded ones always alone: a parcel on board stays there, and
nobody on another van hears of the change. Only the order is taken. Times are ours, so an order that
does not hold by them is not taken.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from deliveries.errors import UnreadableError
from deliveries.insertion import Route, schedule
from deliveries.insertion import Stop as Halt
from deliveries.insertion.problem import Problem, Solution
from deliveries.model import route as model
from deliveries.model.route import Stop
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit
from integrations.planners.embedded.searching import Found, Search

VANS_TRIED = 3
_NEW = "new"

type Ask = Callable[[Problem], Solution]


@dataclass(frozen=True)
class Ordered:
    """An order that holds.

    Attributes:
        route: Whose.
        stop_ids: What is ahead in that order; none: the new stop.
    """

    route: model.Route
    stop_ids: tuple[str | None, ...]

    def stops(self, new: Stop) -> list[Stop]:
        """Return the route's stops ahead in this order."""
        by_id = {stop.id: stop for stop in self.route.stops}
        return [new if id_ is None else by_id[id_] for id_ in self.stop_ids]


def ordered(search: Search, visit: Visit, found: Found | None, ask: Ask) -> Ordered | None:
    """Return a shorter order than the place that was found, or any if none was found.

    Raises:
        UnavailableError: If the solver cannot be reached.
        UnreadableError: If it names other stops than it was asked about.
    """
    if found is not None and found.joins:
        return None
    shift = TimeWindow(
        min(route.shift_start for route in search.routes),
        max(route.shift_end for route in search.routes),
    )
    new = search.numbering.visit(visit, stop_id=_NEW, shift=shift)
    for index in _vans(search, visit, found):
        order = _order(search, index, new, found, ask)
        if order is not None:
            return Ordered(search.routes[index], order)
    return None


def _vans(search: Search, visit: Visit, found: Found | None) -> list[int]:
    """Return the vans to ask about, by index: the one found, else the nearest that have room."""
    if found is not None:
        return [search.routes.index(found.route)]
    roomy = [i for i, entry in enumerate(search.fleet.timed_routes) if entry.room >= visit.load]
    return sorted(roomy, key=lambda index: _away(search, index, visit))[:VANS_TRIED]


def _away(search: Search, index: int, visit: Visit) -> float:
    """Return how far the nearest stop of a van is from a visit, in squared degrees."""
    route = search.fleet.timed_routes[index].route
    places = [route.vehicle.start, *(stop.position for stop in route.stops)]
    return min((p.latitude - visit.lat) ** 2 + (p.longitude - visit.lon) ** 2 for p in places)


def _order(
    search: Search, index: int, new: Halt, found: Found | None, ask: Ask
) -> tuple[str | None, ...] | None:
    """Return one van's order with the new stop, if it holds and is the shorter one."""
    travel = search.fleet.travel
    before = search.fleet.timed_routes[index].route
    stops = tuple(replace(stop, place_id=None) for stop in (*before.stops, new))
    as_is = tuple(stop.stop_id for stop in before.stops)
    solution = ask(Problem((before.vehicle,), stops, travel, initial=(as_is,)))
    if len(solution.routes) != 1:
        raise UnreadableError("the solution is not about the one vehicle")
    if solution.unassigned:
        return None
    route = Route(before.vehicle, solution.routes[0].stops)
    if sorted(stop.stop_id for stop in route.stops) != sorted(stop.stop_id for stop in stops):
        raise UnreadableError("the solution does not name every stop once")
    times = schedule(route, travel)
    if not times.is_feasible:
        return None
    if found is not None:
        inserted = (*before.stops[: found.position], new, *before.stops[found.position :])
        simple = schedule(Route(before.vehicle, inserted), travel)
        # Of two that are as long the one that is over sooner: a solver sees no harm in waiting.
        if (simple.travel_s, simple.end_s) <= (times.travel_s, times.end_s):
            return None
    return tuple(None if stop.stop_id == _NEW else stop.stop_id for stop in route.stops)
