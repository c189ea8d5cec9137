"""What would have been expected along a route that is finished, against what happened.

Nothing has to be written down during the day: from when and where the van really was, the planner
says again what it said then about every stop that was still ahead.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from deliveries.model.eta import EtaError
from deliveries.model.route import Route, RouteState, Stop, StopState
from deliveries.ports import RoutePlanner
from deliveries.services.etas.conformal import BEFORE_LEAVING
from deliveries.services.etas.intervals import came_at

# Every distance would be said over and over: these are enough to know how errors grow.
AHEAD = frozenset({0, 1, 2, 3, 4, 6, 8, 11, 14, 18, 24, 32})
# Shorter legs are parking, and one so much longer than planned had a break in it.
SHORTEST_LEG_S, LONGEST_DELAY_S = 60, 900


type Sums = defaultdict[str, list[int]]


@dataclass
class Learned:
    """What a day's routes say.

    Attributes:
        paces: By hour, planned and driven seconds of the legs begun in it, and how many.
        stop_paces: By kind of stop, planned and real seconds at them, and how many.
    """

    errors: list[EtaError] = field(default_factory=list)
    paces: Sums = field(default_factory=lambda: defaultdict(lambda: [0] * 3))
    stop_paces: Sums = field(default_factory=lambda: defaultdict(lambda: [0] * 3))


def replayed(planner: RoutePlanner, route: Route) -> Learned:
    """Return the errors along a finished route, and how long its legs took.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    learned = Learned()
    stops = visited(route)
    if not stops or route.start_at is None:
        return learned
    _compare(learned, route, stops, _at_depot(planner, route, stops), BEFORE_LEAVING)
    left: datetime = route.start_at
    # A leg is compared with what it takes on the map: no pace, and no break that might be now.
    as_planned = replace(route, paces=None, breaks=())
    for first, stop in enumerate(stops):
        expected = _under_way(planner, route, stops, first, left)
        _compare(learned, route, stops[first:], expected, 0)
        (planned,) = _under_way(planner, as_planned, stops[: first + 1], first, left)
        _note_leg(learned, route, left, planned, stop)
        if stop.leave_at is None:
            break
        left = stop.leave_at
        _note_stop(learned, stop, left)
    return learned


def add(sums: Sums, more: Sums) -> None:
    """Add up planned and real seconds, and how often."""
    for key, counted in more.items():
        sums[key] = [a + b for a, b in zip(sums[key], counted, strict=True)]


def visited(route: Route) -> list[Stop]:
    """Return the stops that the van came to, as it came to them."""
    came = [
        (at, number, stop)
        for number, stop in enumerate(route.stops)
        if stop.state in (StopState.DONE, StopState.FAILED)
        and (at := came_at(stop)) is not None
        # What the van brought back keeps the arrival that was planned.
        and not (stop.state is StopState.FAILED and stop.leave_at == route.end_at)
    ]
    return [stop for _, _, stop in sorted(came, key=lambda each: each[:2])]


def _at_depot(planner: RoutePlanner, route: Route, stops: Sequence[Stop]) -> list[Stop]:
    """Return the stops as they were expected before the van left."""
    planned = _as_if(route, stops, 0)
    planned.state, planned.start_at = RouteState.PLANNED, None
    planned.van_lat = planned.van_lon = planned.van_at = None
    planner.retime(planned, now=route.shift_start)
    return planned.stops


def _under_way(
    planner: RoutePlanner, route: Route, stops: Sequence[Stop], first: int, left: datetime
) -> list[Stop]:
    """Return the stops ahead as they were expected when the van left the one before."""
    then = _as_if(route, stops, first)
    then.state = RouteState.DEPARTED
    before = stops[first - 1] if first else None
    then.van_lat = before.lat if before else route.depot_lat
    then.van_lon = before.lon if before else route.depot_lon
    then.van_at = left
    planner.retime(then, now=left)
    return then.stops[first:]


def _as_if(route: Route, stops: Sequence[Stop], first: int) -> Route:
    """Return a copy of a route with the stops from one on still ahead, and none after the last."""
    ahead = [
        replace(stop, state=StopState.PLANNED, arrival_at=None, service_at=None, leave_at=None)
        for stop in stops[first:]
    ]
    return replace(route, stops=[*stops[:first], *ahead])


def _compare(
    learned: Learned, route: Route, stops: Sequence[Stop], expected: Sequence[Stop], ahead: int
) -> None:
    for number, (stop, foreseen) in enumerate(zip(stops, expected, strict=True)):
        at = came_at(stop)
        if at is None or foreseen.service_at is None:
            continue
        is_before = ahead == BEFORE_LEAVING
        if is_before or number in AHEAD:
            learned.errors.append(
                EtaError(
                    depot_id=route.depot_id,
                    day=route.date,
                    weekday=route.date.weekday(),
                    hour=foreseen.service_at.astimezone(ZoneInfo(route.zone)).hour,
                    stops_ahead=ahead if is_before else number,
                    error_s=round((at - foreseen.service_at).total_seconds()),
                )
            )


def _note_leg(learned: Learned, route: Route, left: datetime, foreseen: Stop, stop: Stop) -> None:
    if foreseen.arrival_at is None or stop.arrival_at is None:
        return
    planned_s = round((foreseen.arrival_at - left).total_seconds())
    driven_s = round((stop.arrival_at - left).total_seconds())
    if planned_s < SHORTEST_LEG_S or driven_s < 0 or driven_s - planned_s > LONGEST_DELAY_S:
        return
    hour = str(left.astimezone(ZoneInfo(route.zone)).hour)
    add(learned.paces, defaultdict(list, {hour: [planned_s, driven_s, 1]}))


def _note_stop(learned: Learned, stop: Stop, left: datetime) -> None:
    began = came_at(stop)
    if began is None or stop.service_duration_s <= 0:
        return
    planned_s, real_s = stop.service_duration_s, round((left - began).total_seconds())
    # Who reports at the next stop, or has a break at the door, did not take so long to hand over.
    if 0 < real_s <= planned_s + LONGEST_DELAY_S:
        add(learned.stop_paces, defaultdict(list, {stop.kind.value: [planned_s, real_s, 1]}))
