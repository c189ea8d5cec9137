"""A better order for the one van that a change touches; what a solver says of it is checked.

Vans are looked at one at a time, loaded ones always alone: a parcel on board stays there, and
nobody on another van hears of the change. Only the order is taken. Times are ours, so an order that
does not hold by them is not taken, nor one that moves more people than it is worth. The stop that a
van is driving to stays its next one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from deliveries.errors import UnreadableError
from deliveries.insertion import Route, RouteSchedule, cost_s, reordered, schedule
from deliveries.insertion import Stop as Halt
from deliveries.insertion.problem import Problem, Solution
from deliveries.model import route as model
from deliveries.model.route import RouteState, Stop
from deliveries.ports import Visit
from integrations.planners.embedded.searching import Found, Search

VANS_TRIED = 3
# A place that costs less than this is good enough without a solver.
DEAR_S = 300
# Less is not worth a look at other orders.
WORTH_S = 60
_NEW = "new"

type Ask = Callable[[Problem], Solution]


@dataclass(frozen=True)
class Solver:
    """Who is asked for an order.

    Attributes:
        ask: Solves a problem of one van.
        keeps_next: It keeps to itself the stop that a van under way is driving to; otherwise it is
            asked about what comes after.
    """

    ask: Ask
    keeps_next: bool


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


def ordered(
    search: Search, visit: Visit, found: Found | None, ask: Solver | None
) -> Ordered | None:
    """Return a better order than the place that was found, or any if none was found.

    Args:
        search: The routes in question, without the visit.
        visit: What is to be served.
        found: Where it was put.
        ask: A solver, if one is to be asked.

    Raises:
        UnavailableError: If the solver cannot be reached.
        UnreadableError: If it names other stops than it was asked about.
    """
    if found is not None and found.joins:
        return None
    new = search.stop(visit, _NEW)
    for index in _vans(search, visit, found):
        order = _order(search, index, new, found, ask)
        if order is not None:
            return Ordered(search.routes[index], order)
    return None


def is_dear(search: Search, visit: Visit, found: Found | None) -> bool:
    """Say whether a place costs so much that a solver is worth being asked, if there is one."""
    if found is None:
        return True
    if found.joins:
        return False
    van = _Van.of(search, search.routes.index(found.route))
    return van.cost_s(van.inserted(found, search.stop(visit, _NEW))) - van.now_s > DEAR_S


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


@dataclass(frozen=True)
class _Van:
    """One van without the new stop.

    Attributes:
        before: Its route.
        now_s: What that costs.
        is_loaded: It has left, so that its driver is on the way to the next stop.
    """

    search: Search
    before: Route
    now_s: int
    is_loaded: bool

    @classmethod
    def of(cls, search: Search, index: int) -> "_Van":
        entry = search.fleet.timed_routes[index]
        now_s = cost_s(entry.route, entry.schedule, {})
        is_loaded = search.routes[index].state is RouteState.DEPARTED
        return cls(search, entry.route, now_s, is_loaded)

    def schedule(self, route: Route) -> RouteSchedule:
        return schedule(route, self.search.fleet.travel)

    def cost_s(self, route: Route) -> int:
        return cost_s(route, self.schedule(route), self.search.expected_s)

    def inserted(self, found: Found, new: Halt) -> Route:
        stops = self.before.stops
        return self.before.with_stops((*stops[: found.position], new, *stops[found.position :]))

    def settled(self, route: Route) -> Route:
        """Return a route in the best order near the one it has."""
        locked = 1 if self.is_loaded and route.stops else 0
        better = reordered(
            replace(route, locked=locked), self.search.fleet.travel, self.search.expected_s
        )
        return replace(better, locked=0)

    def asked(self, solver: Solver, new: Halt) -> Route | None:
        """Return the solver's order, if it serves everybody in time."""
        travel = self.search.fleet.travel
        route = self.before
        is_cut = self.is_loaded and not solver.keeps_next and bool(route.stops)
        rest = _after_next(route, self.schedule(route)) if is_cut else route
        head = route.stops[:1] if is_cut else ()
        stops = tuple(replace(stop, place_id=None) for stop in (*rest.stops, new))
        as_is = tuple(stop.stop_id for stop in rest.stops)
        solution = solver.ask(Problem((rest.vehicle,), stops, travel, initial=(as_is,)))
        if len(solution.routes) != 1:
            raise UnreadableError("the solution is not about the one vehicle")
        if solution.unassigned:
            return None
        ids = [stop.stop_id for stop in solution.routes[0].stops]
        by_id = {stop.stop_id: stop for stop in (*rest.stops, new)}
        if sorted(ids) != sorted(by_id):
            raise UnreadableError("the solution does not name every stop once")
        found = route.with_stops((*head, *(by_id[id_] for id_ in ids)))
        return found if self.schedule(found).is_feasible else None


def _after_next(route: Route, times: RouteSchedule) -> Route:
    """Return what is left of a van's route once it has been at its next stop."""
    taken = sum(pause.before_stop == 0 for pause in times.breaks)
    return route.under_way(
        done=1, position=route.stops[0].position, free_s=times.leave_s[0], breaks_taken=taken
    )


def _order(
    search: Search, index: int, new: Halt, found: Found | None, ask: Solver | None
) -> tuple[str | None, ...] | None:
    """Return one van's order with the new stop, if it holds and is the better one."""
    van = _Van.of(search, index)
    simple = None if found is None else van.inserted(found, new)
    routes: list[Route] = []
    if simple is not None and van.cost_s(simple) - van.now_s > WORTH_S:
        routes.append(van.settled(simple))
    by_solver = None if ask is None else van.asked(ask, new)
    if by_solver is not None:
        routes += [by_solver, van.settled(by_solver)]
    if not routes:
        return None
    best = min(routes, key=lambda route: _rank(van, route))
    if simple is not None and _rank(van, best) >= _rank(van, simple):
        return None
    return tuple(None if stop.stop_id == _NEW else stop.stop_id for stop in best.stops)


def _rank(van: _Van, route: Route) -> tuple[int, int]:
    """Rank by cost; of two that cost the same the one over sooner: a solver minds no waiting."""
    return van.cost_s(route), van.schedule(route).end_s
