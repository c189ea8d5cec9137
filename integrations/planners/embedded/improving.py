"""Better routes for a running plan, from a search that begins with the plan as it is.

Vans that have left are no part of it: what is on board stays there, and insertion disturbs least.
What the solver finds is taken piece by piece: vans that exchange no stops are judged apart, by our
own times, and a piece is left as it was if it breaks a promise or moves more people than it is
worth. Where a van would come before what was promised it waits, as it does for windows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from deliveries import insertion
from deliveries.errors import UnreadableError
from deliveries.insertion import RouteSchedule, Travel, schedule
from deliveries.insertion.problem import Problem, Solution
from deliveries.model.route import Plan, Route, RouteState, Stop
from deliveries.model.window import TimeWindow
from deliveries.ports import MOVED_BY, Improvement, Visit
from deliveries.services.notices.promises import HYSTERESIS
from integrations.planners.embedded.mapping import Numbering, in_order
from integrations.planners.embedded.ticks import Ticks

# Less is not worth that anything changes.
WORTH_S = 60
# So many seconds on the road a piece must save for each recipient whom it moves noticeably.
A_MOVE_COSTS_S = 120

# How the solver knows a visit that has no stop yet.
ASKED_ABOUT = "asked about"

type Solve = Callable[[Problem], Solution]
type Orders = dict[int, tuple[insertion.Stop, ...]]


@dataclass(frozen=True)
class Piece:
    """Vans that exchange stops among themselves only, with better orders.

    Attributes:
        orders: The stops of each van, by its index.
        waits_s: Until when the van waits at some of them, by the stop's id.
        moved: So many recipients who were promised a time notice it.
    """

    orders: Orders
    waits_s: Mapping[str, int]
    saved_s: int
    moved: int


@dataclass(frozen=True)
class Search:
    """The vans that have not left, their stops, and what was promised.

    Attributes:
        numbered: Each van with its stops as they are.
        told: What was promised at a stop, in seconds, by the stop's id.
        numbering: How a visit becomes numbers, and what these seconds count from.
        shift: From when to when vans are out.
    """

    routes: tuple[Route, ...]
    numbered: tuple[insertion.Route, ...]
    told: Mapping[str, Sequence[tuple[int, int]]]
    numbering: Numbering
    shift: TimeWindow

    @classmethod
    def of(
        cls,
        plan: Plan,
        promises: Mapping[str, TimeWindow],
        travel: Travel,
        *,
        now: datetime,
        without: Stop | None = None,
    ) -> "Search | None":
        """Number a plan; nothing if there is nothing to search.

        Args:
            plan: The plan.
            promises: What recipients were told, by delivery.
            travel: How long it is between places.
            now: The day's time.
            without: A stop that is looked at as gone.
        """
        routes = tuple(route for route in plan.routes if route.state is RouteState.PLANNED)
        if not any(route.stops for route in routes):
            return None
        shift = TimeWindow(
            min(route.shift_start for route in routes), max(route.shift_end for route in routes)
        )
        numbering = Numbering(Ticks(shift.start), travel).paced_as(routes[0])
        stops = [[stop for stop in route.stops if stop is not without] for route in routes]
        vans = tuple(
            insertion.Route(
                numbering.vehicle(route, now=now),
                tuple(replace(numbering.stop(stop, shift), place_id=None) for stop in ahead),
            )
            for route, ahead in zip(routes, stops, strict=True)
        )
        told = {
            stop.id: [numbering.ticks.span(promises[i]) for i in stop.delivery_ids if i in promises]
            for ahead in stops
            for stop in ahead
        }
        return cls(routes, vans, told, numbering, shift)

    @property
    def travel(self) -> Travel:
        """How long it is between places, at the hour."""
        return self.numbering.travel

    def better(self, solve: Solve) -> list[Piece]:
        """Return the pieces of what a solver finds that are better and let nobody down.

        Raises:
            UnavailableError: If the solver died or did not answer in time.
            UnreadableError: If it names other stops than it was asked about.
        """
        before = [schedule(route, self.travel) for route in self.numbered]
        orders = self._orders(solve(self._problem(before)))
        pieces = (self._piece(group, before, orders) for group in self._groups(orders))
        return [piece for piece in pieces if piece is not None and self._is_worth(piece, before)]

    def with_room(self, visit: Visit, solve: Solve) -> Piece | None:
        """Return orders in which one visit more is served in its window and nobody is let down.

        Its stop among them is called ``ASKED_ABOUT``.

        Raises:
            UnavailableError: If the solver died or did not answer in time.
            UnreadableError: If it names other stops than it was asked about.
        """
        asked = self.numbering.visit(visit, stop_id=ASKED_ABOUT, shift=self.shift)
        asked = replace(asked, place_id=None)
        before = [schedule(route, self.travel) for route in self.numbered]
        orders = self._orders(solve(self._problem(before, asked)), asked)
        for group in self._groups(orders):
            if any(asked in orders[i] for i in group):
                return self._piece(group, before, orders)
        return None

    def _orders(
        self, solution: Solution, *more: insertion.Stop
    ) -> Sequence[tuple[insertion.Stop, ...]]:
        """Return each van's stops by a solution; as they are, if it leaves any out.

        Raises:
            UnreadableError: If it does not name every stop once.
        """
        ours = [stop for route in self.numbered for stop in route.stops]
        stops = {stop.stop_id: stop for stop in (*ours, *more)}
        named = [stop.stop_id for route in solution.routes for stop in route.stops]
        if sorted(named + [left.stop_id for left in solution.unassigned]) != sorted(stops):
            raise UnreadableError("the solution does not name every stop once")
        if solution.unassigned:
            return [route.stops for route in self.numbered]
        return [tuple(stops[stop.stop_id] for stop in route.stops) for route in solution.routes]

    def _problem(self, before: Sequence[RouteSchedule], *more: insertion.Stop) -> Problem:
        """Return the problem in which who was promised a time is served about then."""
        stops = tuple(
            self._narrowed(stop, start_s)
            for route, times in zip(self.numbered, before, strict=True)
            for stop, start_s in zip(route.stops, times.start_s, strict=True)
        )
        vehicles = tuple(route.vehicle for route in self.numbered)
        initial = tuple(tuple(stop.stop_id for stop in route.stops) for route in self.numbered)
        return Problem(vehicles, (*stops, *more), self.travel, initial=initial)

    def _narrowed(self, stop: insertion.Stop, now_s: int) -> insertion.Stop:
        spans = self.told[stop.stop_id]
        if not spans:
            return stop
        about_s = int(MOVED_BY / timedelta(seconds=1))
        first, last = max(span[0] for span in spans), min(span[1] for span in spans)
        open_s = max(stop.open_s, min(now_s, max(first, now_s - about_s)))
        close_s = min(stop.close_s, max(now_s, min(last, now_s + about_s)))
        return replace(stop, open_s=open_s, close_s=max(open_s, close_s))

    def _groups(self, orders: Sequence[Sequence[insertion.Stop]]) -> list[list[int]]:
        """Return the vans whose orders change, those together that exchange stops."""
        home = {s.stop_id: i for i, route in enumerate(self.numbered) for s in route.stops}
        group = {i: {i} for i in range(len(orders))}
        for i, order in enumerate(orders):
            for stop in order:
                # What has been on no van yet belongs where it is put.
                former = home.get(stop.stop_id, i)
                if former not in group[i]:
                    group[i] |= group[former]
                    for member in group[i]:
                        group[member] = group[i]
        distinct = {id(members): sorted(members) for members in group.values()}
        return [
            members
            for members in distinct.values()
            if any(orders[i] != self.numbered[i].stops for i in members)
        ]

    def _piece(
        self,
        group: Sequence[int],
        before: Sequence[RouteSchedule],
        orders: Sequence[tuple[insertion.Stop, ...]],
    ) -> Piece | None:
        """Return a group's new orders, if they let nobody down."""
        then = self._starts({i: self.numbered[i].stops for i in group}, dict(enumerate(before)))
        new = {i: orders[i] for i in group}
        after, now = self._timed(new)
        told = [id_ for id_ in now if self.told.get(id_)]
        waits_s = {
            id_: first_s
            for id_ in told
            if (first_s := self._first_s(id_)) > now[id_] and self._breaks(id_, now, then)
        }
        if waits_s:
            after, now = self._timed(
                {i: tuple(_opened(stop, waits_s) for stop in order) for i, order in new.items()}
            )
        if not all(times.is_feasible for times in after.values()):
            return None
        if any(self._breaks(id_, now, then) for id_ in told):
            return None
        saved_s = sum(before[i].travel_s - after[i].travel_s for i in group)
        moved = sum(abs(now[id_] - then[id_]) > MOVED_BY.total_seconds() for id_ in told)
        return Piece(new, waits_s, saved_s, moved)

    @staticmethod
    def _is_worth(piece: Piece, before: Sequence[RouteSchedule]) -> bool:
        """Say whether a piece saves enough for what it moves, or cures what is late."""
        is_cure = not all(before[i].is_feasible for i in piece.orders)
        return is_cure or piece.saved_s >= WORTH_S + A_MOVE_COSTS_S * piece.moved

    def _timed(self, orders: Orders) -> tuple[dict[int, RouteSchedule], dict[str, int]]:
        """Return the vans' times in these orders, and when each stop is served."""
        times = {
            i: schedule(self.numbered[i].with_stops(order), self.travel)
            for i, order in orders.items()
        }
        return times, self._starts(orders, times)

    def _breaks(self, stop_id: str, now: Mapping[str, int], then: Mapping[str, int]) -> bool:
        """Say whether what was promised at a stop breaks, and did not as badly before."""
        kept_s = max(HYSTERESIS.total_seconds(), self._off(stop_id, then[stop_id]))
        return self._off(stop_id, now[stop_id]) > kept_s

    def _first_s(self, stop_id: str) -> int:
        """Return when all who were promised a time at a stop can be served at the earliest."""
        return max(first for first, _ in self.told[stop_id])

    def _off(self, stop_id: str, start_s: int) -> int:
        """Return how far from what was promised a stop would be served."""
        return max(max(0, first - start_s, start_s - last) for first, last in self.told[stop_id])

    @staticmethod
    def _starts(orders: Orders, times: Mapping[int, RouteSchedule]) -> dict[str, int]:
        return {
            stop.stop_id: start_s
            for i, order in orders.items()
            for stop, start_s in zip(order, times[i].start_s, strict=True)
        }


def _opened(stop: insertion.Stop, opens_s: Mapping[str, int]) -> insertion.Stop:
    """Return a stop at which the van waits, if it is to."""
    opens_at_s = min(stop.close_s, opens_s.get(stop.stop_id, stop.open_s))
    return replace(stop, open_s=max(stop.open_s, opens_at_s))


def improved(search: Search, solve: Solve, retime: Callable[[Route], None]) -> Improvement | None:
    """Change a plan's routes in place for better ones, if there are any."""
    pieces = search.better(solve)
    stops = {stop.id: stop for route in search.routes for stop in route.stops}
    homes = {id_: stop.route_id for id_, stop in stops.items()}
    for piece in pieces:
        put_in_order(search, piece, stops, retime)
    if not pieces:
        return None
    return Improvement(
        saved_s=sum(piece.saved_s for piece in pieces),
        moved=sum(piece.moved for piece in pieces),
        changed_van=sum(homes[id_] != stop.route_id for id_, stop in stops.items()),
    )


def put_in_order(
    search: Search, piece: Piece, stops: Mapping[str, Stop], retime: Callable[[Route], None]
) -> None:
    """Give the vans of a piece their new stops, times included.

    Args:
        search: What found it.
        piece: The new orders.
        stops: Every stop that they name, by the id they know it by.
        retime: Computes a route's times.
    """
    for i, order in piece.orders.items():
        route = search.routes[i]
        in_order(route, [stops[stop.stop_id] for stop in order])
        for id_ in piece.waits_s.keys() & {stop.stop_id for stop in order}:
            stops[id_].not_before = search.numbering.ticks.instant(piece.waits_s[id_])
        route.revision += 1
        retime(route)
