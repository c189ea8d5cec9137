"""Vans' ordered stops, and the plan of a depot's day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from deliveries.model.network import Break, Coordinates
from deliveries.model.window import TimeWindow


class RouteState(StrEnum):
    """Where a route stands."""

    PLANNED = "planned"
    DEPARTED = "departed"
    FINISHED = "finished"


class StopState(StrEnum):
    """Where a stop stands."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    DONE = "done"
    FAILED = "failed"


class StopKind(StrEnum):
    """What is at the stop."""

    ADDRESS = "address"
    PICKUP_POINT = "pickup_point"


@dataclass(eq=False)
class Stop:
    """A halt that serves one or more deliveries.

    Attributes:
        position: Order on the route, from 0.
        window_start: Earliest service start to be kept, with ``window_end``; none: the shift.
        arrival_at: Planned or expected arrival; once there, the real one.
        service_at: When service starts (arrival, or when it may begin).
        leave_at: When the van leaves.
        load: Units of the vehicle's capacity.
        not_before: The van waits until then: who is served there was promised no earlier time.
    """

    id: str
    route_id: str
    position: int
    kind: StopKind
    lat: float
    lon: float
    service_duration_s: int
    load: int
    delivery_ids: tuple[str, ...]
    window_start: datetime | None = None
    window_end: datetime | None = None
    arrival_at: datetime | None = None
    service_at: datetime | None = None
    leave_at: datetime | None = None
    state: StopState = StopState.PLANNED
    pickup_point_id: str | None = None
    not_before: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Something is still to be done there."""
        return self.state in (StopState.PLANNED, StopState.ARRIVED)

    @property
    def eta_at(self) -> datetime | None:
        """When its recipients are served."""
        return self.service_at or self.arrival_at

    @property
    def opens_at(self) -> datetime | None:
        """When service may begin; none: at any time."""
        return max(filter(None, (self.window_start, self.not_before)), default=None)

    @property
    def at(self) -> Coordinates:
        """Where it is."""
        return Coordinates(self.lat, self.lon)

    @property
    def window(self) -> TimeWindow | None:
        """What the plan must keep."""
        if self.window_start is None or self.window_end is None:
            return None
        return TimeWindow(self.window_start, self.window_end)


@dataclass(eq=False)
class Route:
    """A vehicle's stops in one shift, in order.

    Attributes:
        paces: By hour of the day, how much longer legs take than planned; none: as planned at
            every hour. Routes of one plan that have not left have the same.
        stop_paces: Likewise by kind of stop, how much longer stops take.
        van_lat: Last known position, with ``van_lon`` and ``van_at``.
        revision: Raised whenever stops or their order change.
    """

    id: str
    depot_id: str
    vehicle_id: str
    driver_name: str
    date: date
    zone: str
    capacity: int
    shift_start: datetime
    shift_end: datetime
    depot_lat: float
    depot_lon: float
    breaks: tuple[Break, ...] = ()
    paces: tuple[float, ...] | None = None
    stop_paces: Mapping[str, float] | None = None
    start_at: datetime | None = None
    end_at: datetime | None = None
    state: RouteState = RouteState.PLANNED
    revision: int = 1
    van_lat: float | None = None
    van_lon: float | None = None
    van_at: datetime | None = None
    stops: list[Stop] = field(default_factory=list)

    @property
    def open_stops(self) -> list[Stop]:
        """The stops that are still to be done, in order."""
        return [stop for stop in self.stops if stop.is_open]


@dataclass(frozen=True)
class Unassigned:
    """A delivery that no van can take, and why."""

    delivery_id: str
    reason: str


@dataclass(eq=False)
class Plan:
    """A depot's day.

    Attributes:
        revision: Raised with every change of any route; changes to an old one are refused.
        planned_at: When the day was last planned as a whole; none: it only collects diversions.
        improved_revision: The newest one for which better routes were looked for.
        told: When recipients were told to expect the van that day, by delivery. Not part of what is
            kept: known of a plan that was read to be looked at, or to be changed outside.
    """

    id: str
    depot_id: str
    date: date
    revision: int = 1
    planned_at: datetime | None = None
    unassigned: tuple[Unassigned, ...] = ()
    improved_revision: int = 0
    told: Mapping[str, TimeWindow] | None = field(default=None, repr=False)
    routes: list[Route] = field(default_factory=list)
