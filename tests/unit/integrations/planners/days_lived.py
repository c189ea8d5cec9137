"""A day in progress: its events and changes, and an independent look at what its vans can do."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from deliveries.insertion.problem import Problem, Solution
from deliveries.model.history import DriverEvent
from deliveries.model.network import Coordinates
from deliveries.model.offer import OptionKind
from deliveries.model.preference import PlannerChange
from deliveries.model.route import Plan, Route, RouteState, Stop, StopState
from deliveries.model.saying import Fact
from deliveries.services.committing.pushing import Pushing
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.driving import record_driver_events
from deliveries.services.days.improving import improve_day
from deliveries.services.days.planning import plan_day
from deliveries.services.wishes.near import distance_m
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.mapping import AT_THE_DOOR_M
from integrations.planners.embedded.solver import solve
from integrations.storage import Storage
from tests.builders import (
    A_DAY,
    a_change,
    a_delivery,
    a_preference,
    a_stocked_storage,
    a_vehicle,
    at,
    keep,
)
from tests.doubles import OpenVault
from tests.forward_pass import drive_seconds, every_way
from tests.planned_days import some_visits

LONG = 10**9
DAYS = (A_DAY, A_DAY + timedelta(days=1))
MACHINE = datetime.fromisoformat("2026-05-05T05:05:05+00:00")
_COUNT = 14


def solve_by_count(problem: Problem, _budget_s: float) -> Solution:
    """Solve within so many looks at the clock: the same on every machine."""
    looks = itertools.count()
    return solve(problem, budget_s=60, clock=lambda: next(looks))


def a_store(vans: int) -> Storage:
    store = a_stocked_storage(
        *(a_vehicle(id=f"v-{number}", capacity=9) for number in range(2, vans + 1))
    )
    visits = some_visits(_COUNT, windows=False)
    deliveries = [
        a_delivery(
            id=f"x-{number}",
            reference=f"O-{number}",
            lat=visit.lat,
            lon=visit.lon,
            service_duration_s=visit.service_duration_s,
        )
        for number, visit in enumerate(visits)
    ]
    keep(store, *deliveries)
    return store


@dataclass
class LivedDay:
    """Vans, parcels and the services that change their plans, at an hour of the day."""

    vans: int
    now: datetime = field(default_factory=lambda: at(5))
    versions: dict[str, int] = field(default_factory=dict)
    reports: int = 0
    read: dict[date, Plan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.store = a_store(self.vans)
        self.planner = EmbeddedPlanner(
            budget_s=1, improving_s=1, solver=solve_by_count, second_try=solve_by_count
        )
        self.desk = Desk(self.store.unit_of_work, self.planner, RoadGeography(), OpenVault())
        for day in DAYS:
            plan_day(self.store.unit_of_work, self.planner, "dep-1", day, now=self.now)

    def plans(self) -> dict[date, Plan]:
        """Return the plans as they are kept, with the vans under way timed now."""
        if not self.read:
            with self.store.unit_of_work(read_only=True) as work:
                found = {day: work.plans.of_day("dep-1", day) for day in DAYS}
            self.read = {day: plan for day, plan in found.items() if plan is not None}
        for plan in self.read.values():
            plan.routes.sort(key=lambda route: route.vehicle_id)
        for route in self.read[A_DAY].routes:
            if route.state is RouteState.DEPARTED:
                self.planner.retime(route, now=self.now)
        return self.read

    def report(self, kind: str, route: Route, stop: Stop | None = None, **details: object) -> None:
        """Let a van's driver report something."""
        self.reports += 1
        event = DriverEvent(
            f"e-{self.reports}",
            kind,
            self.now,
            route.id,
            stop.id if stop else None,
            stop.delivery_ids[0] if stop and kind != "arrived" else None,
            details,
        )
        self.read = {}
        record_driver_events(self.desk, [event], now=self.now)

    def choose(self, id_: str, kind: OptionKind, **details: Fact) -> PlannerChange:
        """Let a recipient choose, put it to the planner, and return what became of it."""
        version = self.versions[id_] = self.versions.get(id_, 0) + 1
        name = f"{id_}-{version}"
        keep(
            self.store,
            a_preference(
                id=f"pref-{name}",
                delivery_id=id_,
                version=version,
                kind=kind,
                details=details,
                contact_id=None,
            ),
            a_change(
                id=f"ch-{name}",
                preference_id=f"pref-{name}",
                delivery_id=id_,
                idempotency_key=f"{id_}:{version}",
                expires_at=self.now + timedelta(hours=2),
            ),
        )
        self.read = {}
        pushing = Pushing(self.desk, jitter=lambda: 1.0)
        pushing.push_due(by="me", now=self.now, technical_now=MACHINE)
        with self.store.unit_of_work(read_only=True) as work:
            return work.changes.get(f"ch-{name}")

    def improve(self) -> None:
        """Look for better routes."""
        self.read = {}
        for day in DAYS:
            improve_day(self.store.unit_of_work, self.planner, "dep-1", day, now=self.now)


def ahead(route: Route) -> list[Stop]:
    return [stop for stop in route.stops if stop.state is StopState.PLANNED]


def ways(route: Route, *, now: datetime, at_any_hour: bool) -> list[list[int]]:
    """Return when the stops ahead of a van are served, for every way to drive on from where it is.

    Args:
        route: The van's, in seconds of its shift.
        now: The day's time.
        at_any_hour: Whether it may be late, and its breaks and its return with it.
    """
    stops = ahead(route)
    places = [_here(route), *((stop.lat, stop.lon) for stop in stops)]
    places.append((route.depot_lat, route.depot_lon))
    legs = [drive_seconds(a, b) for a, b in pairwise(places)]
    start = _free_at(route, legs[0], now=now)
    breaks = [
        (duration, opens, LONG if at_any_hour else closes)
        for duration, opens, closes in _not_taken(route)
        if closes >= max(start, _second(route, now))
    ]
    found = every_way(
        start,
        legs,
        [_window(route, stop, at_any_hour=at_any_hour) for stop in stops],
        [stop.service_duration_s for stop in stops],
        LONG if at_any_hour else _second(route, route.shift_end),
        breaks,
    )
    return [times.starts for times in found]


def served(route: Route) -> list[int]:
    """Return when the route says its stops ahead are served, in seconds of its shift."""
    return [_second(route, stop.service_at) for stop in ahead(route) if stop.service_at]


def at_hour(route: Route, hour: int) -> datetime:
    return at(hour, day=route.date)


def _not_taken(route: Route) -> list[tuple[int, int, int]]:
    """Return the breaks, as seconds, for which the day has had no time to spare yet."""
    spare: list[tuple[int, int, int]] = []
    place, left = (route.depot_lat, route.depot_lon), route.start_at
    been = [stop for stop in route.stops if stop.state is not StopState.PLANNED]
    for stop in sorted(been, key=lambda each: (each.arrival_at or route.shift_end, each.position)):
        here = (stop.lat, stop.lon)
        if stop.arrival_at is None:
            continue
        came = _second(route, stop.arrival_at)
        if left is not None:
            since = _second(route, left)
            spare.append((since, came, came - since - drive_seconds(place, here)))
        place, left = here, None if stop.is_open else stop.leave_at
        if left is not None:
            gone = _second(route, left)
            spare.append((came, gone, gone - came - stop.service_duration_s))
    due: list[tuple[int, int, int]] = []
    for pause in sorted(route.breaks, key=lambda each: each.earliest):
        opens = _second(route, at_hour(route, pause.earliest.hour))
        closes = _second(route, at_hour(route, pause.latest.hour))
        fitting = [
            each
            for each in spare
            if each[2] >= 0.75 * pause.duration_s and each[0] <= closes and opens <= each[1]
        ]
        if fitting:
            spare.remove(fitting[0])
        else:
            due.append((pause.duration_s, opens, closes))
    return due


def _standing(route: Route) -> Stop | None:
    """Return the stop a van has come to, unless it was seen somewhere else since."""
    stops = [stop for stop in route.stops if stop.state is StopState.ARRIVED]
    if not stops or route.van_lat is None or route.van_lon is None or route.van_at is None:
        return stops[0] if stops else None
    assert stops[0].arrival_at is not None
    is_newer = route.van_at > stops[0].arrival_at
    off_m = distance_m(Coordinates(route.van_lat, route.van_lon), stops[0].at)
    return None if is_newer and off_m > AT_THE_DOOR_M else stops[0]


def _here(route: Route) -> tuple[float, float]:
    standing = _standing(route)
    if standing is not None:
        return standing.lat, standing.lon
    if route.van_lat is not None and route.van_lon is not None:
        return route.van_lat, route.van_lon
    return route.depot_lat, route.depot_lon


def _free_at(route: Route, leg_s: int, *, now: datetime) -> int:
    """Return when a van drives on: not before it is done at a door, and not there already."""
    standing = _standing(route)
    if route.state is RouteState.PLANNED:
        return _second(route, max(now, route.shift_start))
    if standing is not None:
        assert standing.service_at is not None
        done = standing.service_at + timedelta(seconds=standing.service_duration_s)
        return _second(route, max(done, now))
    since = route.van_at
    assert since is not None
    return max(_second(route, since), _second(route, now) - leg_s)


def _window(route: Route, stop: Stop, *, at_any_hour: bool) -> tuple[int, int]:
    if stop.window is None:
        return 0, LONG if at_any_hour else _second(route, route.shift_end)
    closes = LONG if at_any_hour else _second(route, stop.window.end) - 1
    return _second(route, stop.window.start), closes


def _second(route: Route, instant: datetime) -> int:
    return int((instant - route.shift_start).total_seconds())


def order_of(route: Route) -> Sequence[str]:
    return [id_ for stop in route.stops for id_ in stop.delivery_ids]
