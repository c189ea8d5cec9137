"""What the numbers are about: stops, breaks, vehicles, and one vehicle's ordered stops.

Every instant is a whole number of seconds after a reference the caller chooses (say, midnight UTC
of the plan's day) and uses throughout; every duration is in whole seconds.
"""

from dataclasses import dataclass, replace
from typing import Self

_POLE, _DATE_LINE = 90, 180


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the map, in degrees (WGS 84)."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Refuse what cannot be on the map, NaN included."""
        if not (abs(self.latitude) <= _POLE and abs(self.longitude) <= _DATE_LINE):
            msg = "a position needs a latitude in [-90, 90] and a longitude in [-180, 180]"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Stop:
    """A halt and what it needs.

    Attributes:
        stop_id: Unique within a fleet or problem.
        position: Where.
        open_s: Earliest start of service.
        close_s: Latest start of service, itself allowed. A promised half-open window
            ``[start, end)`` closes at ``end - 1``.
        service_s: Time at the door for what is handed over here.
        setup_s: Time spent once per halt (to park, to open the locker), however many parcels are
            left.
        load: What the parcels take of the vehicle's capacity.
        place_id: Stops with the same place can become one halt (a locker); None never merges.
    """

    stop_id: str
    position: Position
    open_s: int
    close_s: int
    service_s: int
    setup_s: int = 0
    load: int = 0
    place_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse a window that ends before it starts, and negative amounts."""
        if self.open_s > self.close_s:
            msg = f"stop {self.stop_id}: its window closes before it opens"
            raise ValueError(msg)
        if self.service_s < 0 or self.setup_s < 0 or self.load < 0:
            msg = f"stop {self.stop_id}: service, setup and load cannot be negative"
            raise ValueError(msg)

    @property
    def duration_s(self) -> int:
        """How long the vehicle stands here."""
        return self.setup_s + self.service_s

    def within(self, open_s: int, close_s: int) -> Self:
        """Return this stop with another window."""
        return replace(self, open_s=open_s, close_s=close_s)

    def merged_with(self, other: "Stop") -> Self:
        """Return one halt that serves both: one setup, both services, the window they share.

        Raises:
            ValueError: If the places differ or the windows do not meet.
        """
        if self.place_id is None or self.place_id != other.place_id:
            msg = f"stops {self.stop_id} and {other.stop_id} are not at the same place"
            raise ValueError(msg)
        return replace(
            self,
            open_s=max(self.open_s, other.open_s),
            close_s=min(self.close_s, other.close_s),
            service_s=self.service_s + other.service_s,
            setup_s=max(self.setup_s, other.setup_s),
            load=self.load + other.load,
        )


@dataclass(frozen=True, slots=True)
class Break:
    """A driver's break: taken where the vehicle stands, after one service and before the next.

    It starts in ``[earliest_s, latest_s]``. A vehicle back at its end by ``latest_s`` needs no
    break on the road.
    """

    duration_s: int
    earliest_s: int
    latest_s: int

    def __post_init__(self) -> None:
        """Refuse a break that can never start."""
        if self.earliest_s > self.latest_s or self.duration_s < 0:
            msg = "a break needs earliest_s <= latest_s and a duration that is not negative"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One vehicle for one shift, or for what is left of it.

    Attributes:
        vehicle_id: Unique within a fleet or problem; names the route too.
        start: The depot, or where a vehicle under way is (or will be free).
        end: Where it must be by ``end_s``.
        start_s: The start of the shift, or the instant a vehicle under way is free.
        end_s: The end of the shift.
        capacity: In the unit of ``Stop.load``.
        breaks: Still to take, in the order they are taken.
        is_under_way: It drives on at once; otherwise it leaves as late as reaches its first stop in
            time.
    """

    vehicle_id: str
    start: Position
    end: Position
    start_s: int
    end_s: int
    capacity: int
    breaks: tuple[Break, ...] = ()
    is_under_way: bool = False

    def __post_init__(self) -> None:
        """Refuse a negative capacity; a shift already over is a fact, and shows as lateness."""
        if self.capacity < 0:
            msg = f"vehicle {self.vehicle_id}: its capacity cannot be negative"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Route:
    """A vehicle's stops in order.

    Attributes:
        vehicle: Whose route it is.
        stops: In the order they are served.
        locked: So many first stops stay as they are: nothing is put before or between them, none is
            taken out.
    """

    vehicle: Vehicle
    stops: tuple[Stop, ...] = ()
    locked: int = 0

    def __post_init__(self) -> None:
        """Refuse a lock on stops that are not there."""
        if not 0 <= self.locked <= len(self.stops):
            msg = f"route {self.vehicle.vehicle_id}: cannot lock {self.locked} of its stops"
            raise ValueError(msg)

    def __hash__(self) -> int:
        """Tell routes apart by little: a plan's are looked up with every change of it."""
        return hash((self.vehicle.vehicle_id, self.vehicle.start_s, len(self.stops)))

    @property
    def load(self) -> int:
        """What is on board at the start."""
        return sum(stop.load for stop in self.stops)

    def with_stops(self, stops: tuple[Stop, ...]) -> Self:
        """Return the same vehicle's route over other stops, the same number of them locked."""
        return replace(self, stops=stops)

    def under_way(
        self,
        *,
        done: int,
        position: Position,
        free_s: int,
        breaks_taken: int = 0,
        heading_to_next: bool = False,
    ) -> Self:
        """Return what is left of this route once a vehicle is on its way.

        Args:
            done: So many first stops are done or being served; they leave the route.
            position: Where the vehicle is, or where it is being unloaded.
            free_s: When it can drive on: now, or the end of the service under way.
            breaks_taken: So many breaks are behind it.
            heading_to_next: Lock the next stop: the driver is on the way to it.

        Raises:
            ValueError: If more is done than the route holds.
        """
        if not (0 <= done <= len(self.stops) and 0 <= breaks_taken <= len(self.vehicle.breaks)):
            msg = f"route {self.vehicle.vehicle_id}: more is done than it holds"
            raise ValueError(msg)
        stops = self.stops[done:]
        vehicle = replace(
            self.vehicle,
            start=position,
            start_s=free_s,
            breaks=self.vehicle.breaks[breaks_taken:],
            is_under_way=True,
        )
        locked = max(self.locked - done, 1 if heading_to_next else 0)
        return replace(self, vehicle=vehicle, stops=stops, locked=min(locked, len(stops)))
