"""A route's times: when the vehicle comes to each stop, how long that can wait, what goes wrong."""

from dataclasses import dataclass

from deliveries.insertion.drive import BreakTaken, Drive, drive, excused, least_late_slots
from deliveries.insertion.routes import Route
from deliveries.insertion.timing import (
    Earliest,
    Latest,
    RouteTimes,
    break_slots,
    earliest,
    latest,
    legs,
)
from deliveries.insertion.travel import Travel


@dataclass(frozen=True, slots=True)
class RouteSchedule:
    """What happens when along one route; tuples have one entry per stop, in order.

    Attributes:
        depart_s: When the vehicle leaves its start: at once if it is under way, else as late as
            reaches the first stop (or the break before it) in time.
        arrival_s: At the stop.
        start_s: Service starts: the arrival, or later if the window opens later or a break is
            taken on arrival.
        leave_s: Service is over; a break taken here afterwards is not counted in.
        latest_start_s: The latest service start that makes nothing in the rest of the route late
            (nor later, where it is late already). Minus ``start_s``, it is the stop's slack.
        late_s: By how much service starts after the window closes; 0 when in time.
        breaks: The breaks taken on the road. One left for after the route is not listed.
        end_s: Back at the end.
        travel_s: Seconds on the road as planned, whatever the hour: what routes are compared by.
        distance_m: Metres on the road.
        overtime_s: By how much the vehicle is back after its shift.
        break_late_s: By how much breaks start too late, all together.
        overload: Load above the vehicle's capacity.
    """

    depart_s: int
    arrival_s: tuple[int, ...]
    start_s: tuple[int, ...]
    leave_s: tuple[int, ...]
    latest_start_s: tuple[int, ...]
    late_s: tuple[int, ...]
    breaks: tuple[BreakTaken, ...]
    end_s: int
    travel_s: int
    distance_m: int
    overtime_s: int
    break_late_s: int
    overload: int

    @property
    def lateness_s(self) -> int:
        """All seconds by which windows, shift and breaks are missed."""
        return sum(self.late_s) + self.overtime_s + self.break_late_s

    @property
    def is_feasible(self) -> bool:
        """Whether every window, the shift, the breaks and the capacity are kept."""
        return self.lateness_s == 0 and self.overload == 0


@dataclass(frozen=True, slots=True)
class TimedRoute:
    """A route with everything a quote needs to know about it.

    Attributes:
        route: The route.
        legs_s: Travel seconds of its ``len(stops) + 1`` legs, as planned.
        legs_m: Metres likewise.
        schedule: Its times.
        first: Earliest times, forward.
        last: Latest times, backward. In a route that is late already both allow the lateness as
            it is, so that a change can be taken in but cannot add to it.
    """

    route: Route
    legs_s: tuple[int, ...]
    legs_m: tuple[int, ...]
    schedule: RouteSchedule
    first: Earliest
    last: Latest

    @property
    def room(self) -> int:
        """What the vehicle can still take; negative when it is overloaded."""
        return self.route.vehicle.capacity - self.route.load


def schedule(route: Route, travel: Travel) -> RouteSchedule:
    """Return a route's times in the order given, its breaks put where they cost least.

    A route that cannot keep everything is timed all the same, and says what it misses.
    """
    return timed(route, travel).schedule


def timed(route: Route, travel: Travel) -> TimedRoute:
    """Return a route with its times and bounds; see ``schedule``."""
    legs_s, legs_m = legs(route, travel)
    times = RouteTimes.of(route, legs_s, travel)
    first = earliest(times)
    slots = break_slots(times, first) if first.is_possible else least_late_slots(times)
    driven = drive(times, slots, leaves_late=not route.vehicle.is_under_way)
    if first.is_possible:
        last = latest(times)
    else:
        allowed = excused(times, driven, slots)
        first, last = earliest(allowed), latest(allowed)
    result = RouteSchedule(
        depart_s=driven.depart_s,
        arrival_s=tuple(driven.arrival_s),
        start_s=tuple(driven.start_s),
        leave_s=tuple(driven.leave_s),
        latest_start_s=_latest_starts(driven, last),
        late_s=tuple(driven.late_s),
        breaks=tuple(driven.breaks),
        end_s=driven.end_s,
        travel_s=sum(legs_s),
        distance_m=sum(legs_m),
        overtime_s=max(0, driven.end_s - times.end_s),
        break_late_s=sum(driven.breaks_late_s),
        overload=max(0, route.load - route.vehicle.capacity),
    )
    return TimedRoute(route, tuple(legs_s), tuple(legs_m), result, first, last)


def _latest_starts(driven: Drive, last: Latest) -> tuple[int, ...]:
    return tuple(bounds[taken] for bounds, taken in zip(last.starts, driven.taken, strict=True))
