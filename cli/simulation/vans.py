"""Vans that drive the plan through made-up traffic, and report what their drivers would."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cli.simulation.world import World, away
from deliveries.insertion import Position, Travel
from deliveries.insertion.travel import points
from deliveries.model.delivery import Delivery, PlaceKind
from deliveries.model.history import DriverEvent
from deliveries.model.route import Route, Stop, StopState
from deliveries.model.saying import Fact
from deliveries.model.window import TimeWindow

HANDED_TO = {
    PlaceKind.ADDRESS: "recipient",
    PlaceKind.NEIGHBOUR: "neighbour",
    PlaceKind.SAFE_PLACE: "safe_place",
    PlaceKind.PICKUP_POINT: "pickup_point",
}
PHOTO = "https://example.org/proof.jpg"


@dataclass
class Visited:
    """One stop as it was driven, in seconds of the day, for who wants to count again."""

    delivery_ids: tuple[str, ...]
    leg_s: float
    paused_s: float
    arrived_at: datetime
    opens_at: datetime | None
    service_s: float
    left_at: datetime


@dataclass
class Van:
    """One van's day.

    Attributes:
        place: Where it is, or was last.
        free_at: When it drives on.
        driven_s: Seconds on the road so far.
        heading_for: The stop it is on the way to, with when it is there and how long it takes.
    """

    world: World
    seed: int
    travel: Travel
    name: str
    place: tuple[float, float]
    free_at: datetime | None = None
    driven_s: float = 0.0
    is_back: bool = False
    has_paused: bool = False
    paused_s: float = 0.0
    left_at: datetime | None = None
    back_at: datetime | None = None
    heading_for: str | None = None
    there_at: datetime | None = None
    leg_s: float = 0.0
    visited: list[Visited] = field(default_factory=list)

    @property
    def minutes_out(self) -> float:
        """Return how long it was away from the depot; without a return, until it drove last."""
        until = self.back_at or self.free_at
        if self.left_at is None or until is None:
            return 0.0
        return (until - self.left_at).total_seconds() / 60

    def live(
        self, route: Route, deliveries: Callable[[Stop], list[Delivery]], until: datetime
    ) -> Iterator[DriverEvent]:
        """Yield what happens until then, along the plan as it stands now."""
        if self.is_back or not route.stops or route.start_at is None:
            return
        if self.left_at is None:
            planned = route.start_at
            leaves = planned + self.world.leaves_late(self.seed, route.date, self.name)
            if leaves > until:
                return
            self.left_at = self.free_at = leaves
            yield DriverEvent(f"{route.id}:departed", "departed", leaves, route.id)
        served = {id_ for each in self.visited for id_ in each.delivery_ids}
        ahead = [
            stop
            for stop in route.stops
            if stop.state is StopState.PLANNED and not served & set(stop.delivery_ids)
        ]
        while self._head(route, ahead, deliveries, until):
            stop = next((each for each in ahead if each.id == self.heading_for), None)
            if self.there_at is None or self.there_at > until:
                return
            if stop is None:
                yield from self._return(route)
                return
            ahead.remove(stop)
            yield from self._serve(route, stop, deliveries(stop))

    def _head(
        self,
        route: Route,
        ahead: list[Stop],
        deliveries: Callable[[Stop], list[Delivery]],
        until: datetime,
    ) -> bool:
        """Set off for what comes next, if the van is free by then; say whether it is on the way."""
        on_the_way = self.heading_for is not None
        is_gone = on_the_way and self.heading_for not in ("depot", *(stop.id for stop in ahead))
        if on_the_way and not is_gone:
            return True
        if self.free_at is None or self.free_at > until:
            return False
        self._pause(route)
        goal = ahead[0] if ahead else None
        where = (goal.lat, goal.lon) if goal else (route.depot_lat, route.depot_lon)
        planned, _ = self.travel.between(
            points([Position(*self.place)]), points([Position(*where)])
        )
        key = deliveries(goal)[0].reference if goal else self.name
        local = self.free_at.astimezone(ZoneInfo(route.zone))
        self.leg_s = self.world.leg_s(self.seed, route.date, key, float(planned[0]), local)
        self.there_at = self.free_at + timedelta(seconds=self.leg_s)
        self.heading_for = goal.id if goal else "depot"
        return True

    def _pause(self, route: Route) -> None:
        """Take the break before driving on, once its time has come."""
        if self.has_paused or not route.breaks or self.free_at is None:
            return
        zone, pause = ZoneInfo(route.zone), route.breaks[0]
        span = TimeWindow(
            datetime.combine(route.date, pause.earliest, tzinfo=zone),
            datetime.combine(route.date, pause.latest, tzinfo=zone),
        )
        if self.free_at >= self.world.break_at(self.seed, route.date, self.name, span):
            self.has_paused = True
            self.paused_s = float(pause.duration_s)
            self.free_at += timedelta(seconds=pause.duration_s)

    def _serve(self, route: Route, stop: Stop, deliveries: list[Delivery]) -> Iterator[DriverEvent]:
        there = self.there_at or route.shift_start
        begins = max(there, stop.window_start) if stop.window_start else there
        key = deliveries[0].reference
        spent_s = self.world.service_s(self.seed, route.date, key, stop.service_duration_s)
        left = begins + timedelta(seconds=spent_s)
        self.visited.append(
            Visited(
                stop.delivery_ids,
                self.leg_s,
                self.paused_s,
                there,
                stop.window_start,
                spent_s,
                left,
            )
        )
        self.driven_s += self.leg_s
        self.place, self.free_at = (stop.lat, stop.lon), left
        self.heading_for, self.there_at, self.paused_s = None, None, 0.0
        name = f"{route.id}:{stop.id}"
        yield DriverEvent(f"{name}:arrived", "arrived", there, route.id, stop.id)
        for each in deliveries:
            kind, details = self._outcome(route, each, begins)
            yield DriverEvent(f"{name}:{each.id}", kind, left, route.id, stop.id, each.id, details)

    def _outcome(
        self, route: Route, delivery: Delivery, at: datetime
    ) -> tuple[str, dict[str, Fact]]:
        kind = delivery.place.kind
        out = away(self.seed, route.date, delivery.reference, delivery.zone)
        if kind is PlaceKind.ADDRESS and out is not None and out.start <= at < out.end:
            return "failed", {"reason": "nobody_home"}
        return "delivered", {"handed_to": HANDED_TO[kind], "photo_url": PHOTO}

    def _return(self, route: Route) -> Iterator[DriverEvent]:
        self.driven_s += self.leg_s
        self.is_back, self.back_at = True, self.there_at
        if self.there_at is not None:
            yield DriverEvent(f"{route.id}:returned", "returned", self.there_at, route.id)
