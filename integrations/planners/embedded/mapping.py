"""Between a depot's day and the numbers behind it; both directions, nowhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import ceil
from typing import NamedTuple, Self
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from deliveries import insertion
from deliveries.insertion import PacedTravel, Paces, Position, RouteSchedule, Travel
from deliveries.insertion.travel import NO_ROAD_S, paces_of, points
from deliveries.model.ids import new_id
from deliveries.model.network import Break, Coordinates
from deliveries.model.route import Route, RouteState, Stop, StopKind, StopState
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit
from deliveries.services.committing.visits import HAND_OVER_AT_POINT_S
from deliveries.services.notices.promises import HYSTERESIS
from deliveries.services.wishes.near import distance_m
from integrations.planners.embedded.resting import MOST_OF_IT, rests_of, still_due
from integrations.planners.embedded.ticks import Ticks

# A van may stand around the corner of the door that its driver is at.
AT_THE_DOOR_M = 300


@dataclass(frozen=True)
class Numbering:
    """How a day's routes and visits are written as numbers.

    Attributes:
        ticks: Where seconds are counted from.
        travel: How long it is between places.
        hold_s: Service at a stop without a promise of its own may become so much later than it is
            planned now, by any one change; none: as much as the shift allows.
        told: What recipients were told, by delivery: service becomes no later than keeps it, or
            than it is planned now, where that breaks it already.
        stop_paces: By kind of stop, how much longer stops take than planned.
        setups_s: What of a stop's duration is spent once, by pickup point; known of those only
            that are asked about.
    """

    ticks: Ticks
    travel: Travel
    hold_s: int | None = None
    setups_s: Mapping[str, int] = field(default_factory=dict)
    stop_paces: Mapping[str, float] = field(default_factory=dict)
    told: Mapping[str, TimeWindow] = field(default_factory=dict)

    def paced_as(self, route: Route) -> Self:
        """Return the same with travel and stops at the paces of a route's depot and day."""
        known = replace(self, stop_paces=route.stop_paces or {})
        if not route.paces:
            return known
        paces = _paces(route.paces, route.zone, route.date, self.ticks)
        return replace(known, travel=PacedTravel(self.travel, paces))

    def route(self, route: Route, *, now: datetime) -> insertion.Route:
        """Return what is left of a route: the stops that no van has come to yet."""
        return self._known(route, now=now).numbered

    def expected_s(self, route: Route, *, now: datetime) -> Mapping[str, int]:
        """Return when people are to be served as things are, by stop ahead."""
        return self._known(route, now=now).expected_s

    def _known(self, route: Route, *, now: datetime) -> "_Known":
        """Return a route as numbers; one that has not left is the same until it is timed again."""
        asked = (route.revision, now, self.ticks, self.hold_s, self.setups_s, self.told)
        known = _KNOWN.get(route)
        if known is None or known.asked != asked or route.state is not RouteState.PLANNED:
            expected_s = {
                stop.id: self.ticks.at(stop.service_at)
                for stop in stops_ahead(route)
                if stop.service_at is not None
            }
            known = _Known(asked, self._numbered(route, now=now), expected_s)
            _KNOWN[route] = known
        return known

    def _numbered(self, route: Route, *, now: datetime) -> insertion.Route:
        ahead = stops_ahead(route)
        shift = TimeWindow(route.shift_start, route.shift_end)
        stops = tuple(self.stop(stop, shift) for stop in ahead)
        vehicle = self.vehicle(route, now=now)
        if route.state is RouteState.DEPARTED:
            vehicle = self._under_way(route, vehicle, ahead, now=now)
        return insertion.Route(vehicle, stops)

    def vehicle(self, route: Route, *, now: datetime) -> insertion.Vehicle:
        """Return a route's vehicle as it stands at the depot."""
        depot = Position(route.depot_lat, route.depot_lon)
        start_s = max(self.ticks.at(route.shift_start), self.ticks.at(now))
        return insertion.Vehicle(
            vehicle_id=route.id,
            start=depot,
            end=depot,
            start_s=start_s,
            end_s=self.ticks.at(route.shift_end),
            capacity=route.capacity,
            breaks=self._breaks(route, start_s),
        )

    def stop(self, stop: Stop, shift: TimeWindow) -> insertion.Stop:
        """Return a planned stop; without a window of its own it may be at any time of the shift."""
        setup_s = min(self.setups_s.get(stop.pickup_point_id or "", 0), stop.service_duration_s)
        return _numbered(
            _Facts(
                stop.id,
                stop.lat,
                stop.lon,
                self.takes_s(stop.kind, stop.service_duration_s),
                self.takes_s(stop.kind, setup_s),
                stop.load,
                stop.pickup_point_id,
                stop.window_start,
                stop.window_end,
                stop.not_before,
                stop.service_at if self.hold_s is not None else None,
                self._kept_until(stop),
            ),
            shift,
            self.ticks,
            self.hold_s or 0,
        )

    def _kept_until(self, stop: Stop) -> datetime | None:
        """Return until when service keeps what was told there, or breaks it no worse than now."""
        told = [self.told[id_] for id_ in stop.delivery_ids if id_ in self.told]
        # Who chose a window beside what they were told agreed to another time.
        ends = [each.end for each in told if stop.window is None or each.overlaps(stop.window)]
        if not ends:
            return None
        until = min(ends) + HYSTERESIS
        return until if stop.service_at is None else max(until, stop.service_at)

    def visit(self, visit: Visit, *, stop_id: str, shift: TimeWindow) -> insertion.Stop:
        """Return a visit as a stop; without a window it may be at any time of the shift."""
        open_s, close_s = self.ticks.span(visit.window or shift)
        kind = kind_of(visit)
        return insertion.Stop(
            stop_id=stop_id,
            position=Position(visit.lat, visit.lon),
            open_s=open_s,
            close_s=close_s,
            service_s=self.takes_s(kind, visit.service_duration_s),
            setup_s=self.takes_s(kind, visit.setup_s),
            load=visit.load,
            place_id=visit.pickup_point_id,
        )

    def write_times(self, route: Route, times: RouteSchedule) -> None:
        """Note a schedule of ``route`` (see above) on the stops ahead and the route's ends."""
        _KNOWN.pop(route, None)
        instant = self.ticks.instant
        rows = zip(stops_ahead(route), times.arrival_s, times.start_s, times.leave_s, strict=True)
        for stop, arrival_s, start_s, leave_s in rows:
            stop.arrival_at, stop.service_at = instant(arrival_s), instant(start_s)
            stop.leave_at = instant(leave_s)
        if route.state is RouteState.PLANNED:
            route.start_at = instant(times.depart_s) if route.stops else None
        route.end_at = instant(times.end_s) if route.stops else None

    def _under_way(
        self, route: Route, vehicle: insertion.Vehicle, ahead: Sequence[Stop], *, now: datetime
    ) -> insertion.Vehicle:
        """Return the vehicle where it is, free to drive on when it is."""
        goal = Position(ahead[0].lat, ahead[0].lon) if ahead else vehicle.end
        start, free_at = self._whereabouts(route)
        leg_s = self._leg_s(start, goal)
        if leg_s >= NO_ROAD_S and _standing_at(route) is None:
            # On a ferry, or in a yard that the map does not know: it came from where roads are.
            start, free_at = _left_last(route)
            leg_s = self._leg_s(start, goal)
        now_s = self.ticks.at(now)
        free_s = now_s if free_at is None else self.ticks.at(free_at)
        if _standing_at(route) is not None:
            # Nobody has said that it is done there.
            free_s = max(free_s, now_s)
        elif free_s < now_s:
            # It drives on since it was last heard of: as far as just not to be there yet.
            free_s = max(free_s, paces_of(self.travel).departure_s(now_s, leg_s))
        return insertion.Vehicle(
            vehicle_id=vehicle.vehicle_id,
            start=start,
            end=vehicle.end,
            start_s=free_s,
            end_s=vehicle.end_s,
            capacity=vehicle.capacity,
            breaks=self._breaks(route, max(free_s, now_s)),
            is_under_way=True,
        )

    def _whereabouts(self, route: Route) -> tuple[Position, datetime | None]:
        """Return where a van under way is, or stands now, and since or until when."""
        standing = _standing_at(route)
        if standing is not None:
            began = standing.service_at or standing.arrival_at
            service_s = self.takes_s(standing.kind, standing.service_duration_s)
            service = timedelta(seconds=service_s)
            return Position(standing.lat, standing.lon), began + service if began else None
        if route.van_lat is not None and route.van_lon is not None:
            return Position(route.van_lat, route.van_lon), route.van_at
        return _left_last(route)

    def takes_s(self, kind: StopKind, planned_s: int) -> int:
        """Return how long something takes at a stop, rounded up: all no longer than its parts."""
        pace = self.stop_paces.get(kind.value)
        return planned_s if pace is None else ceil(planned_s * pace)

    def _leg_s(self, start: Position, goal: Position) -> int:
        seconds, _ = self.travel.between(points([start]), points([goal]))
        return int(seconds[0])

    def _breaks(self, route: Route, start_s: int) -> tuple[insertion.Break, ...]:
        """Return the breaks that can still begin, and that nothing tells have been taken."""
        due = [self._break(route, pause) for pause in route.breaks]
        if due and route.state is RouteState.DEPARTED:
            shortest_s = MOST_OF_IT * min(pause.duration_s for pause in due)
            rests = rests_of(route, self.ticks, shortest_s, self._leg_s, self._planned_s)
            due = still_due(due, list(rests))
        return tuple(pause for pause in due if pause.latest_s >= start_s)

    def _planned_s(self, stop: Stop) -> int:
        return self.takes_s(stop.kind, stop.service_duration_s)

    def _break(self, route: Route, pause: Break) -> insertion.Break:
        zone = ZoneInfo(route.zone)
        earliest = datetime.combine(route.date, pause.earliest, tzinfo=zone)
        latest = datetime.combine(route.date, pause.latest, tzinfo=zone)
        if earliest < route.shift_start:
            earliest, latest = earliest + timedelta(days=1), latest + timedelta(days=1)
        if latest < earliest:
            latest += timedelta(days=1)
        return insertion.Break(pause.duration_s, self.ticks.at(earliest), self.ticks.at(latest))


class _Known(NamedTuple):
    """A route as numbers, and of which revision, when and how they were asked for."""

    asked: tuple[object, ...]
    numbered: insertion.Route
    expected_s: Mapping[str, int]


# A change touches one route or two; of the others, a batch of changes asks the same again.
_KNOWN: WeakKeyDictionary[Route, _Known] = WeakKeyDictionary()


class _Facts(NamedTuple):
    """What a stop is written as numbers from.

    Attributes:
        setup_s: What of its duration is spent once.
        held_at: When it is to be served as planned now; nothing, if it need not be held to that.
        kept_until: When it is to be served at the latest for what was told there.
    """

    stop_id: str
    lat: float
    lon: float
    duration_s: int
    setup_s: int
    load: int
    pickup_point_id: str | None
    window_start: datetime | None
    window_end: datetime | None
    not_before: datetime | None
    held_at: datetime | None
    kept_until: datetime | None


@lru_cache(maxsize=64)
def _paces(by_hour: tuple[float, ...], zone: str, day: date, ticks: Ticks) -> Paces:
    """Return the paces of a day and of the night after it, by its clocks."""
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    hours = [midnight + timedelta(hours=number) for number in range(36)]
    factors = tuple(by_hour[hour.astimezone(ZoneInfo(zone)).hour] for hour in hours)
    return Paces.of(ticks.at(midnight), factors)


# Nearly all stops of a plan are the same from one change of it to the next.
@lru_cache(maxsize=8192)
def _numbered(facts: _Facts, shift: TimeWindow, ticks: Ticks, hold_s: int) -> insertion.Stop:
    open_s, close_s = ticks.at(shift.start), ticks.at(shift.end)
    if facts.window_start is not None and facts.window_end is not None:
        open_s, close_s = ticks.span(TimeWindow(facts.window_start, facts.window_end))
    elif facts.held_at is not None:
        close_s = min(close_s, ticks.at(facts.held_at) + hold_s)
    if facts.kept_until is not None:
        close_s = min(close_s, ticks.at(facts.kept_until))
    if facts.not_before is not None:
        open_s = max(open_s, min(close_s, ticks.at(facts.not_before)))
    return insertion.Stop(
        stop_id=facts.stop_id,
        position=Position(facts.lat, facts.lon),
        open_s=open_s,
        close_s=max(open_s, close_s),
        service_s=facts.duration_s - facts.setup_s,
        setup_s=facts.setup_s,
        load=facts.load,
        place_id=facts.pickup_point_id,
    )


def stops_ahead(route: Route) -> list[Stop]:
    """Return the stops that no van has come to yet, in order."""
    return [stop for stop in route.stops if stop.state is StopState.PLANNED]


def in_order(route: Route, ahead: Sequence[Stop]) -> None:
    """Give a route other stops ahead; those it has been at stay before them."""
    behind = [stop for stop in route.stops if stop.state is not StopState.PLANNED]
    route.stops[:] = [*behind, *ahead]
    for position, stop in enumerate(route.stops):
        stop.position, stop.route_id = position, route.id


def new_stop(visit: Visit) -> Stop:
    """Return a stop for one visit, on no route yet."""
    stop = Stop(
        id=new_id("s"),
        route_id="",
        position=0,
        kind=StopKind.ADDRESS,
        lat=visit.lat,
        lon=visit.lon,
        service_duration_s=0,
        load=0,
        delivery_ids=(),
    )
    fill(stop, visit)
    return stop


def kind_of(visit: Visit) -> StopKind:
    """Return what is at a visit's stop."""
    return StopKind.ADDRESS if visit.pickup_point_id is None else StopKind.PICKUP_POINT


def fill(stop: Stop, visit: Visit) -> None:
    """Make a stop serve one visit and nothing else."""
    stop.kind = kind_of(visit)
    stop.pickup_point_id = visit.pickup_point_id
    stop.lat, stop.lon, stop.load = visit.lat, visit.lon, visit.load
    stop.service_duration_s = visit.setup_s + visit.service_duration_s
    stop.delivery_ids = (visit.delivery_id,)
    stop.window_start = visit.window.start if visit.window else None
    stop.window_end = visit.window.end if visit.window else None
    stop.not_before = None


def share(stop: Stop, load: int | None) -> tuple[int, int]:
    """Return the service seconds and the load that one delivery has in a stop that serves several.

    A stop keeps sums only: at a pickup point handing over takes the same for each delivery, at an
    address deliveries are taken to be alike.

    Args:
        stop: Serves more than one delivery.
        load: The delivery's, if it is known.
    """
    count = len(stop.delivery_ids)
    is_point = stop.pickup_point_id is not None
    service_s = HAND_OVER_AT_POINT_S if is_point else stop.service_duration_s // count
    load = stop.load // count if load is None else load
    return min(service_s, stop.service_duration_s), min(load, stop.load)


def leave(stop: Stop, delivery_id: str, load: int | None) -> None:
    """Let one of several deliveries leave a stop; the others stay."""
    service_s, load = share(stop, load)
    stop.service_duration_s -= service_s
    stop.load -= load
    stop.delivery_ids = tuple(id_ for id_ in stop.delivery_ids if id_ != delivery_id)


def join(stop: Stop, visit: Visit) -> None:
    """Let a stop serve one more visit at its place, within the windows of both."""
    stop.delivery_ids = (*stop.delivery_ids, visit.delivery_id)
    stop.service_duration_s += visit.service_duration_s
    stop.load += visit.load
    if visit.window is not None:
        starts = [visit.window.start, *([stop.window_start] if stop.window_start else [])]
        ends = [visit.window.end, *([stop.window_end] if stop.window_end else [])]
        stop.window_start, stop.window_end = max(starts), min(ends)


def _standing_at(route: Route) -> Stop | None:
    """Return the stop at whose door the van is; a position elsewhere since then says it is not."""
    here = next((stop for stop in route.stops if stop.state is StopState.ARRIVED), None)
    if here is None or here.arrival_at is None or route.van_lat is None or route.van_lon is None:
        return here
    is_newer = route.van_at is not None and route.van_at > here.arrival_at
    off_m = distance_m(Coordinates(route.van_lat, route.van_lon), here.at)
    return None if is_newer and off_m > AT_THE_DOOR_M else here


def _left_last(route: Route) -> tuple[Position, datetime | None]:
    """Return the place that a van under way left last, and when."""
    been = [stop for stop in route.stops if not stop.is_open and stop.leave_at is not None]
    if not been:
        return Position(route.depot_lat, route.depot_lon), route.start_at
    last = max(been, key=lambda stop: (stop.leave_at, stop.position))
    return Position(last.lat, last.lon), last.leave_at
