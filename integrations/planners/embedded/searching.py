"""Where a delivery stands on a plan, and where else it could go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from deliveries.insertion import Fleet, Quote, gentlest, quote_places, remove, replace_stop
from deliveries.insertion import Stop as Numbered
from deliveries.model.preference import RejectionReason
from deliveries.model.route import Plan, Route, RouteState, Stop, StopState
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit
from integrations.planners.embedded.mapping import Numbering, share

_ASKED_ABOUT = "asked about"


@dataclass(frozen=True)
class Standing:
    """Where a delivery stands on a plan.

    Attributes:
        route: The route that has it ahead, or whose van has it on board.
        stop: The stop ahead that serves it.
        is_loaded: It is on a van that has left: only that van can hand it over.
        is_passed: The van is there, or has handed it over.
    """

    route: Route | None = None
    stop: Stop | None = None
    is_loaded: bool = False
    is_passed: bool = False

    @classmethod
    def of(cls, plan: Plan, delivery_id: str, *, aboard: str | None = None) -> "Standing":
        """Look a delivery up.

        Args:
            plan: The plan.
            delivery_id: Which.
            aboard: As a visit of it says (see ``Visit``).
        """
        places = [
            (route, stop)
            for route in plan.routes
            for stop in route.stops
            if delivery_id in stop.delivery_ids
        ]
        if any(stop.state in (StopState.ARRIVED, StopState.DONE) for _, stop in places):
            return cls(is_passed=True)
        ahead = [place for place in places if place[1].state is StopState.PLANNED]
        for route, stop in ahead or places:
            is_ahead = stop.state is StopState.PLANNED
            if route.state is RouteState.DEPARTED:
                return cls(route, stop if is_ahead else None, is_loaded=True)
            if route.state is RouteState.PLANNED and is_ahead:
                return cls(route, stop)
        for route in plan.routes:
            if route.id == aboard and route.state is RouteState.DEPARTED:
                return cls(route, is_loaded=True)
        return cls()


@dataclass(frozen=True)
class Found:
    """The best place for a visit.

    Attributes:
        position: Among the stops ahead, once the old stop is out.
        joins: It joins the stop that is there already.
    """

    route: Route
    position: int
    joins: bool


@dataclass(frozen=True)
class Search:
    """The routes that a delivery may be on, as they are without it.

    Attributes:
        saved_s: What taking it out saves of travel time.
        saved_m: Likewise of distance.
        expected_s: When people are to be served as things are, by stop; empty while nobody was
            told.
    """

    routes: tuple[Route, ...]
    fleet: Fleet
    numbering: Numbering
    now: datetime
    saved_s: int = 0
    saved_m: int = 0
    expected_s: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        plan: Plan,
        standing: Standing,
        visits: Sequence[Visit],
        numbering: Numbering,
        *,
        now: datetime,
    ) -> "Search":
        """Number the routes in question, with the delivery's old stop out or lighter.

        Args:
            plan: The plan.
            standing: Where the delivery stands on it.
            visits: What is asked about: one delivery in several ways.
            numbering: How a route becomes numbers.
            now: The day's time.
        """
        if standing.is_loaded and standing.route is not None:
            routes: tuple[Route, ...] = (standing.route,)
        else:
            routes = tuple(r for r in plan.routes if r.state is RouteState.PLANNED)
        setups = {v.pickup_point_id: v.setup_s for v in visits if v.pickup_point_id is not None}
        numbering = replace(numbering, setups_s=setups)
        # Routes that have not left are paced alike; of the others there is one.
        numbering = numbering.paced_as(routes[0]) if routes else numbering
        numbered = [numbering.route(route, now=now) for route in routes]
        fleet = Fleet.of(numbered, numbering.travel)
        expected_s = _expected_s(routes, numbering, now=now) if plan.planned_at is not None else {}
        search = cls(routes, fleet, numbering, now, expected_s=expected_s)
        return search if standing.stop is None else search._without(standing.stop, visits[0].load)

    def quotes(self, visits: Sequence[Visit]) -> list[Quote]:
        """Return the cheapest place of each visit that has one, cheapest first."""
        if not self.routes:
            return []
        stops = [self.stop(visit, _ASKED_ABOUT) for visit in visits]
        return quote_places(self.fleet, [(stop, [(stop.open_s, stop.close_s)]) for stop in stops])

    def best(self, visit: Visit) -> Found | None:
        """Return where a visit costs least, people moved included, if it can be served at all."""
        if not self.routes:
            return None
        place = gentlest(self.fleet, self.stop(visit, _ASKED_ABOUT), self.expected_s)
        if place is None:
            return None
        return Found(self.routes[place.route], place.position, place.merges)

    def stop(self, visit: Visit, stop_id: str) -> Numbered:
        """Return a visit as a stop of any of the routes."""
        shift = TimeWindow(
            min(route.shift_start for route in self.routes),
            max(route.shift_end for route in self.routes),
        )
        return self.numbering.visit(visit, stop_id=stop_id, shift=shift)

    def why_not(self, visit: Visit) -> RejectionReason:
        """Return why no place was found."""
        ends = [route.shift_end for route in self.routes]
        earliest = max(self.now, visit.window.start) if visit.window else self.now
        if not ends or earliest >= max(ends):
            return RejectionReason.SHIFT_OVER
        if all(entry.room < visit.load for entry in self.fleet.timed_routes):
            return RejectionReason.NO_ROOM
        return RejectionReason.WINDOW_FULL

    def _without(self, stop: Stop, load: int) -> "Search":
        if len(stop.delivery_ids) == 1:
            removal = remove(self.fleet, stop.id)
            return replace(
                self,
                fleet=removal.fleet,
                saved_s=removal.saved_travel_s,
                saved_m=removal.saved_distance_m,
            )
        route, position = self.fleet.find(stop.id) or (0, 0)
        numbered = self.fleet.timed_routes[route].route.stops[position]
        service_s, load = share(stop, load)
        left_s = self.numbering.takes_s(stop.kind, stop.service_duration_s - service_s)
        lighter = replace(
            numbered,
            service_s=max(0, left_s - numbered.setup_s),
            load=numbered.load - load,
        )
        return replace(self, fleet=replace_stop(self.fleet, stop.id, lighter))


def _expected_s(routes: Sequence[Route], numbering: Numbering, *, now: datetime) -> dict[str, int]:
    expected_s: dict[str, int] = {}
    for route in routes:
        expected_s.update(numbering.expected_s(route, now=now))
    return expected_s
