"""The planner that comes along, as the core's port."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from deliveries.errors import UnavailableError
from deliveries.insertion import GreatCircleTravel, PacedTravel, TabledTravel, Travel, schedule
from deliveries.insertion.problem import Problem, Solution
from deliveries.insertion.travel import as_driven
from deliveries.model.preference import RejectionReason, VerdictKind
from deliveries.model.route import Plan, Route, RouteState, Stop, Unassigned
from deliveries.model.window import TimeWindow
from deliveries.ports import (
    Improvement,
    PlanImprover,
    PlannerCapabilities,
    RoutePlanner,
    Verdict,
    Visit,
    WantedWindow,
    WindowQuote,
)
from integrations.planners.embedded import improving
from integrations.planners.embedded.days import plan_whole_day
from integrations.planners.embedded.mapping import (
    Numbering,
    fill,
    in_order,
    join,
    leave,
    new_stop,
    stops_ahead,
)
from integrations.planners.embedded.ordering import Ordered, is_dear, ordered
from integrations.planners.embedded.ordering import Solver as Asked
from integrations.planners.embedded.rearranging import Room
from integrations.planners.embedded.searching import Found, Search, Standing
from integrations.planners.embedded.ticks import Ticks

HOLD_S = 3600
# One van is a small problem; a recipient waits for the answer.
ORDER_BUDGET_S = 2.0

type Solver = Callable[[Problem, float], Solution]


def solve_apart(problem: Problem, budget_s: float) -> Solution:
    """Solve a problem in a process that ends with the answer.

    Raises:
        UnavailableError: If the process died or did not answer in time.
    """
    # PyVRP is loaded where days are planned, not wherever windows are quoted.
    from integrations.planners.embedded.worker import SolverProcess

    with SolverProcess() as process:
        return process.solve(_portable(problem), budget_s)


def _portable(problem: Problem) -> Problem:
    """Return the problem with all its travel looked up: the other process asks no map server."""
    paced = problem.travel if isinstance(problem.travel, PacedTravel) else None
    travel = problem.travel if paced is None else paced.travel
    if isinstance(travel, GreatCircleTravel):
        return problem
    places = [place for each in problem.vehicles for place in (each.start, each.end)]
    places += [stop.position for stop in problem.stops]
    tabled = TabledTravel.of(travel, places)
    return replace(problem, travel=tabled if paced is None else replace(paced, travel=tabled))


@dataclass(frozen=True)
class EmbeddedPlanner:
    """Plans days with PyVRP, and takes single changes in by cheapest insertion.

    Attributes:
        travel: How long it is between places.
        budget_s: How long the routes of a whole day may be searched for.
        hold_s: How much later one change may make a stop that has no window of its own, once its
            day is planned.
        improving_s: How long better routes of a running plan may be searched for.
        room_s: How long room for one window may be searched for that insertion refuses.
        solver: Solves a problem within so many seconds.
        order: Asked with every change for a better order of the one van that it touches, and for a
            way where insertion finds none.
        second_try: Without the former, asked about a loaded van where insertion finds no place or
            only a dear one; none: insertion has the last word.
    """

    travel: Travel = field(default_factory=GreatCircleTravel)
    budget_s: float = 10.0
    hold_s: int = HOLD_S
    improving_s: float = 10.0
    room_s: float = 3.0
    solver: Solver = solve_apart
    order: Solver | None = None
    second_try: Solver | None = solve_apart

    @property
    def capabilities(self) -> PlannerCapabilities:
        """Answers at once; the plan is ours."""
        return PlannerCapabilities()

    def plan_day(self, plan: Plan, visits: Sequence[Visit]) -> tuple[Unassigned, ...]:
        """Fill the routes that have not departed with the visits, all their stops free to move.

        Raises:
            UnavailableError: If the solver died or found nothing in time.
            UnreadableError: If it names a visit we did not send.
        """
        routes = [route for route in plan.routes if route.state is RouteState.PLANNED]
        unassigned = plan_whole_day(routes, visits, self.travel, self._solve)
        for route in routes:
            self.retime(route, now=route.shift_start)
        return unassigned

    def quote(
        self, plan: Plan, wanted: Sequence[WantedWindow], *, now: datetime
    ) -> Sequence[WindowQuote]:
        """Return what the running plan can serve of the wanted windows, cheapest first.

        For each delivery, those that keep what others were told; only if there are none, those
        that do not.
        """
        by_delivery: dict[str, list[WantedWindow]] = {}
        for each in wanted:
            by_delivery.setdefault(each.visit.delivery_id, []).append(each)
        quotes: list[WindowQuote] = []
        for delivery_id, windows in by_delivery.items():
            standing = Standing.of(plan, delivery_id, aboard=windows[0].visit.aboard)
            if not standing.is_passed:
                quotes += self._quotes(plan, standing, windows, now=now)
        return sorted(quotes, key=lambda quote: (quote.added_s, quote.service_at, quote.key))

    def apply(
        self, plan: Plan, visit: Visit | None, delivery_id: str, *, now: datetime, key: str
    ) -> Verdict:
        """Put a changed visit into the plan where it adds least, or take the delivery out.

        Windows that others chose hold. What others were told gives way only if the recipient would
        be refused otherwise: then those it breaks for are told anew.

        The key is not needed: a delivery that is on the plan as wanted is left where it is.
        """
        del key
        aboard = None if visit is None else visit.aboard
        standing = Standing.of(plan, delivery_id, aboard=aboard)
        if standing.is_passed:
            return Verdict(VerdictKind.REJECTED, reason=RejectionReason.ALREADY_PASSED)
        if visit is None:
            removed = self._take_out(standing, delivery_id, None, now=now)
            return Verdict(VerdictKind.ACCEPTED, removed_stops=removed)
        if standing.stop is not None and _serves(standing.stop, visit):
            return Verdict(VerdictKind.ACCEPTED, eta_at=standing.stop.service_at)
        # Asked before anything changes: if the solver cannot be reached, nothing has.
        found, better = self._place(plan, standing, visit, now=now)
        if found is None:
            reason = self._why_not(plan, standing, visit, now=now)
            return Verdict(VerdictKind.REJECTED, reason=reason)
        removed = self._take_out(standing, delivery_id, visit.load, now=now)
        stop = self._put_in(found, visit, removed, now=now)
        if better is not None:
            in_order(better.route, better.stops(stop))
            self.retime(better.route, now=now)
        gone = tuple(each for each in removed if each is not stop)
        return Verdict(VerdictKind.ACCEPTED, eta_at=stop.service_at, removed_stops=gone)

    def improve(
        self, plan: Plan, promises: Mapping[str, TimeWindow], *, now: datetime
    ) -> Improvement | None:
        """Look for better routes of the vans that have not left, beginning with the plan as it is.

        Raises:
            UnavailableError: If the solver died or did not answer in time.
            UnreadableError: If it names a stop we did not ask about.
        """
        search = improving.Search.of(plan, promises, self.travel, now=now)
        if search is None:
            return None
        return improving.improved(
            search,
            lambda problem: self.solver(problem, self.improving_s),
            lambda route: self.retime(route, now=now),
        )

    def search_windows(
        self, plan: Plan, wanted: Sequence[WantedWindow], *, now: datetime
    ) -> Sequence[WindowQuote]:
        """Return which windows can be served if the vans that have not left change their orders.

        Raises:
            UnavailableError: If the solver died or did not answer in time.
            UnreadableError: If it names a stop we did not ask about.
        """
        quotes: list[WindowQuote] = []
        for each in wanted:
            visit = replace(each.visit, window=each.window)
            standing = Standing.of(plan, visit.delivery_id, aboard=visit.aboard)
            room = self._room(plan, standing, visit, now=now)
            if room is not None:
                quotes.append(room.quote(each.key))
        return sorted(quotes, key=lambda quote: (quote.added_s, quote.service_at, quote.key))

    def make_room(self, plan: Plan, visit: Visit, delivery_id: str, *, now: datetime) -> Verdict:
        """Put a changed visit into the plan by changing the orders of vans that have not left.

        Raises:
            UnavailableError: If the solver died or did not answer in time.
            UnreadableError: If it names a stop we did not ask about.
        """
        standing = Standing.of(plan, delivery_id, aboard=visit.aboard)
        room = self._room(plan, standing, visit, now=now)
        if room is None:
            return Verdict(VerdictKind.REJECTED, reason=RejectionReason.WINDOW_FULL)
        self._take_out(standing, delivery_id, visit.load, now=now)
        stop = standing.stop or new_stop(visit)
        fill(stop, visit)
        room.take(stop, lambda route: self.retime(route, now=now))
        return Verdict(VerdictKind.ACCEPTED, eta_at=stop.service_at)

    def retime(self, route: Route, *, now: datetime) -> None:
        """Compute the ETAs of a route's stops ahead again from where the van is."""
        if route.state is not RouteState.FINISHED:
            numbering = Numbering(Ticks(route.shift_start), self.travel).paced_as(route)
            # The van goes there: of a stop without a road the others are not to come a day late.
            travel = as_driven(numbering.travel)
            times = schedule(numbering.route(route, now=now), travel)
            numbering.write_times(route, times)

    def follow(self, plan: Plan, *, now: datetime) -> None:
        """The plan is ours: nobody else changes it."""

    def _room(self, plan: Plan, standing: Standing, visit: Visit, *, now: datetime) -> Room | None:
        """Look for room for a visit; what is out, or shares its stop with others, stays there.

        Raises:
            UnavailableError: If the solver died or did not answer in time.
            UnreadableError: If it names a stop we did not ask about.
        """
        is_alone = standing.stop is None or len(standing.stop.delivery_ids) == 1
        if standing.is_loaded or standing.is_passed or not is_alone:
            return None
        told = plan.told or {}
        search = improving.Search.of(plan, told, self.travel, now=now, without=standing.stop)
        if search is None:
            return None
        piece = search.with_room(visit, lambda problem: self.solver(problem, self.room_s))
        return None if piece is None else Room(search, piece)

    def _solve(self, problem: Problem) -> Solution:
        return self.solver(problem, self.budget_s)

    def _ordered(
        self, search: Search, standing: Standing, visit: Visit, found: Found | None
    ) -> Ordered | None:
        """Look for a better order of one van: of a loaded one always, else if a solver may."""
        if not search.routes or (self.order is None and not standing.is_loaded):
            return None
        solve, is_external = self.order, self.order is not None
        if solve is None and is_dear(search, visit, found):
            solve = self.second_try
        if solve is None:
            return ordered(search, visit, found, None)
        solver = Asked(lambda problem: solve(problem, ORDER_BUDGET_S), keeps_next=is_external)
        try:
            return ordered(search, visit, found, solver)
        except UnavailableError:
            if found is None or is_external:
                raise
            # The second try was for a better place than there is.
            return ordered(search, visit, found, None)

    def _quotes(
        self, plan: Plan, standing: Standing, wanted: Sequence[WantedWindow], *, now: datetime
    ) -> list[WindowQuote]:
        """Return quotes for one delivery."""
        visits = [replace(each.visit, window=each.window) for each in wanted]
        for told in _to_keep(plan, standing, visits[0].delivery_id):
            search = self._search(plan, standing, visits, told, now=now)
            quotes = self._quoted(search, visits, wanted)
            if quotes:
                return quotes
        return []

    @staticmethod
    def _quoted(
        search: Search, visits: Sequence[Visit], wanted: Sequence[WantedWindow]
    ) -> list[WindowQuote]:
        return [
            WindowQuote(
                key=wanted[quote.candidate].key,
                added_s=quote.added_travel_s - search.saved_s,
                added_m=quote.added_distance_m - search.saved_m,
                route_id=search.routes[quote.route].id,
                service_at=search.numbering.ticks.instant(quote.start_s),
            )
            for quote in search.quotes(visits)
        ]

    def _place(
        self, plan: Plan, standing: Standing, visit: Visit, *, now: datetime
    ) -> tuple[Found | None, Ordered | None]:
        """Return the place for a visit, and the whole order of its van if that is a better one.

        Raises:
            UnavailableError: If the solver died or did not answer in time.
        """
        for told in _to_keep(plan, standing, visit.delivery_id):
            search = self._search(plan, standing, [visit], told, now=now)
            found = search.best(visit)
            better = self._ordered(search, standing, visit, found)
            if better is not None:
                return Found(better.route, 0, joins=False), better
            if found is not None:
                return found, None
        return None, None

    def _search(
        self,
        plan: Plan,
        standing: Standing,
        visits: Sequence[Visit],
        told: Mapping[str, TimeWindow],
        *,
        now: datetime,
    ) -> Search:
        zero = min((route.shift_start for route in plan.routes), default=now)
        hold_s = self.hold_s if plan.planned_at is not None else None
        numbering = Numbering(Ticks(zero), self.travel, hold_s=hold_s, told=told)
        return Search.of(plan, standing, visits, numbering, now=now)

    def _why_not(
        self, plan: Plan, standing: Standing, visit: Visit, *, now: datetime
    ) -> RejectionReason:
        """Return why there is no place; that another van would have one is the load's fault."""
        if standing.is_loaded:
            elsewhere = self._search(plan, Standing(), [visit], {}, now=now)
            if elsewhere.best(visit) is not None:
                return RejectionReason.ALREADY_LOADED
        return self._search(plan, standing, [visit], {}, now=now).why_not(visit)

    def _take_out(
        self, standing: Standing, delivery_id: str, load: int | None, *, now: datetime
    ) -> tuple[Stop, ...]:
        """Take a delivery out of its stop, and the stop out of its route if nothing is left."""
        route, stop = standing.route, standing.stop
        if route is None or stop is None:
            return ()
        removed: tuple[Stop, ...] = ()
        if len(stop.delivery_ids) > 1:
            leave(stop, delivery_id, load)
        else:
            in_order(route, [each for each in stops_ahead(route) if each is not stop])
            removed = (stop,)
        self._changed(route, now=now)
        return removed

    def _put_in(
        self, found: Found, visit: Visit, removed: Sequence[Stop], *, now: datetime
    ) -> Stop:
        """Put a visit where a place was found, and return the stop that serves it.

        On its own route a stop keeps its id: the driver's list shows it.
        """
        route, ahead = found.route, stops_ahead(found.route)
        if found.joins:
            stop = ahead[found.position]
            join(stop, visit)
        else:
            own = [each for each in removed if each.route_id == route.id]
            stop = own[0] if own else new_stop(visit)
            fill(stop, visit)
            ahead.insert(found.position, stop)
            in_order(route, ahead)
        self._changed(route, now=now)
        return stop

    def _changed(self, route: Route, *, now: datetime) -> None:
        route.revision += 1
        self.retime(route, now=now)


def _to_keep(
    plan: Plan, standing: Standing, delivery_id: str
) -> Iterator[Mapping[str, TimeWindow]]:
    """Yield what others were told, to be kept if possible, and then nothing of it."""
    told = plan.told or {}
    is_shared = standing.stop is not None and len(standing.stop.delivery_ids) > 1
    if is_shared and delivery_id in told:
        told = {id_: window for id_, window in told.items() if id_ != delivery_id}
    if told:
        yield told
    yield {}


def _serves(stop: Stop, visit: Visit) -> bool:
    """Say whether a stop does already what a visit wants; of a shared one, where and when."""
    is_shared = len(stop.delivery_ids) > 1
    same_place = (stop.pickup_point_id, stop.lat, stop.lon) == (
        visit.pickup_point_id,
        visit.lat,
        visit.lon,
    )
    same_work = (stop.service_duration_s, stop.load) == (
        visit.setup_s + visit.service_duration_s,
        visit.load,
    )
    return same_place and stop.window == visit.window and (is_shared or same_work)


_: type[RoutePlanner] = EmbeddedPlanner
__: type[PlanImprover] = EmbeddedPlanner
