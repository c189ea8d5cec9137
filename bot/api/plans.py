"""Plans as drivers and operators see them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from fastapi import APIRouter
from pydantic import BaseModel

from bot.api.dependencies import Dependencies
from bot.wording.render import Wording
from deliveries.errors import NotAllowedError, NotFoundError
from deliveries.model.delivery import Delivery, PlaceKind
from deliveries.model.handover import CodeKind
from deliveries.model.history import HistoryEntry
from deliveries.model.network import PickupPoint
from deliveries.model.recipient import Channel
from deliveries.model.route import Plan, Route, RouteState, Stop
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.committing.visits import door_fact
from deliveries.services.conversing.describing import door_facts, spot_fact
from deliveries.services.days.planning import plan_day


class PointOut(BaseModel):
    """A place on the ground."""

    lat: float
    lon: float


class VanOut(PointOut):
    """Where a van was last known to be."""

    at: datetime | None


class StopOut(PointOut):
    """A halt; ``note`` is what the driver must know of where it goes.

    The van waits there until ``not_before``: who is served was promised no earlier time.
    """

    id: str
    position: int
    kind: str
    service_duration_s: int
    arrival_at: datetime | None
    service_at: datetime | None
    leave_at: datetime | None
    window_start: datetime | None
    window_end: datetime | None
    not_before: datetime | None
    state: str
    delivery_ids: list[str]
    label: str
    note: str | None
    needs_photo: bool


class RouteOut(BaseModel):
    """A vehicle's stops in order; instants are UTC, ``timezone`` is the depot's."""

    id: str
    vehicle_id: str
    depot_id: str
    driver: str
    date: date
    timezone: str
    state: str
    start_at: datetime
    end_at: datetime | None
    shift_start: datetime
    shift_end: datetime
    revision: int
    depot: PointOut
    van: VanOut | None
    stops: list[StopOut]


class UnassignedOut(BaseModel):
    """A delivery that no van can take, and why."""

    delivery_id: str
    reason: str


class RoutesOut(BaseModel):
    """All depots' routes of a day; ``revision`` grows with every change of any plan."""

    revision: int
    routes: list[RouteOut]
    unassigned: list[UnassignedOut]


class PlanIn(BaseModel):
    """Which day of which depot is to be planned."""

    depot_id: str
    date: date


class PlanOut(BaseModel):
    """A plan that was made."""

    id: str
    revision: int
    stops: int
    unassigned: list[UnassignedOut]


class InstructionsOut(BaseModel):
    """How to get in for one delivery."""

    delivery_id: str
    instructions: str


class AccessOut(BaseModel):
    """How to get in at a stop."""

    stop_id: str
    access: list[InstructionsOut]


def add_plan_routes(router: APIRouter, dependencies: Dependencies) -> None:
    """Add the routes that show and make plans."""
    _add_showing(router, dependencies)
    _add_planning(router, dependencies)
    _add_access(router, dependencies)


def _add_showing(router: APIRouter, dependencies: Dependencies) -> None:
    @router.get("/routes", tags=["plans"])
    def get_routes(date: date) -> RoutesOut:
        """Return a day's routes with their newest times."""
        with dependencies.unit_of_work(read_only=True) as work:
            plans = work.plans.on_day(date)
            notes = Notes(work, plans, dependencies.wording)
            return RoutesOut(
                revision=sum(plan.revision for plan in plans),
                routes=[_route(route, notes) for plan in plans for route in plan.routes],
                unassigned=[each for plan in plans for each in _unassigned(plan)],
            )


def _add_planning(router: APIRouter, dependencies: Dependencies) -> None:
    @router.post("/plans", status_code=201, tags=["plans"])
    def post_plan(wanted: PlanIn) -> PlanOut:
        """Plan a depot's day now; routes that have departed stay as they are."""
        with dependencies.unit_of_work(read_only=True) as work:
            work.depots.get(wanted.depot_id)
        plan = plan_day(
            dependencies.unit_of_work,
            dependencies.desk.planner,
            wanted.depot_id,
            wanted.date,
            now=dependencies.clock.now(),
        )
        return PlanOut(
            id=plan.id,
            revision=plan.revision,
            stops=sum(len(route.stops) for route in plan.routes),
            unassigned=_unassigned(plan),
        )


def _add_access(router: APIRouter, dependencies: Dependencies) -> None:
    @router.get("/stops/{stop_id}/access", tags=["drivers"])
    def get_access(stop_id: str) -> AccessOut:
        """Tell how to get in at the stop that is next; it is noted that this was asked."""
        now = dependencies.clock.now()
        with dependencies.unit_of_work() as work:
            route, stop = _find_stop(work, stop_id, now)
            is_next = stop is next(iter(route.open_stops), None)
            if route.state is not RouteState.DEPARTED or not is_next:
                raise NotAllowedError("only for the stop that is next")
            told = []
            for delivery in work.deliveries.many(stop.delivery_ids):
                if delivery.access_ciphertext is None:
                    continue
                secret = dependencies.vault.open(delivery.access_ciphertext)
                told.append(InstructionsOut(delivery_id=delivery.id, instructions=secret.reveal()))
                shown = HistoryEntry("access_shown", now, "driver", delivery_id=delivery.id)
                work.history.add(shown)
            work.commit()
        return AccessOut(stop_id=stop_id, access=told)


class Notes:
    """What is written beside the stops of some plans."""

    def __init__(self, work: UnitOfWork, plans: Sequence[Plan], wording: Wording) -> None:
        ids = [
            id_
            for plan in plans
            for route in plan.routes
            for stop in route.stops
            for id_ in stop.delivery_ids
        ]
        self._deliveries: Mapping[str, Delivery] = {
            each.id: each for each in work.deliveries.many(ids)
        }
        self._points: Mapping[str, PickupPoint] = {
            each.id: each for each in work.pickup_points.all()
        }
        self._collectors: dict[str, str] = {
            each.delivery_id: each.name or ""
            for each in work.handover_codes.live_of(ids)
            if each.kind is CodeKind.COLLECTOR
        }
        self._wording = wording

    def label(self, stop: Stop) -> str:
        """Return the address line, or the pickup point's name."""
        point = self._points.get(stop.pickup_point_id or "")
        if point is not None:
            return point.name
        first = self._deliveries.get(stop.delivery_ids[0]) if stop.delivery_ids else None
        return first.address_line if first else ""

    def note(self, stop: Stop) -> str | None:
        """Return where else than to the recipient the parcels go, and what is needed there."""
        deliveries = [self._deliveries[id_] for id_ in stop.delivery_ids if id_ in self._deliveries]
        sayings = [saying for each in deliveries for saying in _agreed(each)]
        if stop.pickup_point_id is None:
            names = [self._collectors[id_] for id_ in stop.delivery_ids if id_ in self._collectors]
            sayings += [Saying("driver_note_collector", {"name": name}) for name in names]
        unique = list({(each.name, str(each.facts)): each for each in sayings}.values())
        if not unique:
            return None
        rendered = self._wording.render(unique, None, language="en", channel=Channel.TELEGRAM)
        return rendered.text

    def needs_photo(self, stop: Stop) -> bool:
        """Say whether a photo was promised of what is left there."""
        deliveries = (self._deliveries.get(id_) for id_ in stop.delivery_ids)
        return any(each and each.place.kind is PlaceKind.SAFE_PLACE for each in deliveries)


def _agreed(delivery: Delivery) -> list[Saying]:
    """Return what the driver must know of one delivery."""
    place, notes = delivery.place, list[Saying]()
    if place.kind is PlaceKind.NEIGHBOUR:
        facts = {"neighbour": place.name or "", "number": place.house_number or ""}
        notes.append(Saying("driver_note_neighbour", facts))
    if place.kind is PlaceKind.SAFE_PLACE:
        notes.append(Saying("driver_note_safe_place", {"words": spot_fact(place.words or "")}))
    if delivery.requires_signature and delivery.signature_released:
        notes.append(Saying("driver_note_no_signature"))
    if delivery.door is not None and place.kind is PlaceKind.ADDRESS:
        notes.append(Saying("driver_note_door", {"needs": door_facts(door_fact(delivery.door))}))
    return notes


def _route(route: Route, notes: Notes) -> RouteOut:
    van = None
    if route.van_lat is not None and route.van_lon is not None:
        van = VanOut(lat=route.van_lat, lon=route.van_lon, at=route.van_at)
    return RouteOut(
        id=route.id,
        vehicle_id=route.vehicle_id,
        depot_id=route.depot_id,
        driver=route.driver_name,
        date=route.date,
        timezone=route.zone,
        state=route.state.value,
        start_at=route.start_at or route.shift_start,
        end_at=route.end_at,
        shift_start=route.shift_start,
        shift_end=route.shift_end,
        revision=route.revision,
        depot=PointOut(lat=route.depot_lat, lon=route.depot_lon),
        van=van,
        stops=[_stop(stop, notes) for stop in route.stops],
    )


def _stop(stop: Stop, notes: Notes) -> StopOut:
    return StopOut(
        id=stop.id,
        position=stop.position,
        kind=stop.kind.value,
        lat=stop.lat,
        lon=stop.lon,
        service_duration_s=stop.service_duration_s,
        arrival_at=stop.arrival_at,
        service_at=stop.service_at,
        leave_at=stop.leave_at,
        window_start=stop.window_start,
        window_end=stop.window_end,
        not_before=stop.not_before,
        state=stop.state.value,
        delivery_ids=list(stop.delivery_ids),
        label=notes.label(stop),
        note=notes.note(stop),
        needs_photo=notes.needs_photo(stop),
    )


def _unassigned(plan: Plan) -> list[UnassignedOut]:
    return [
        UnassignedOut(delivery_id=each.delivery_id, reason=each.reason) for each in plan.unassigned
    ]


def _find_stop(work: UnitOfWork, stop_id: str, now: datetime) -> tuple[Route, Stop]:
    """Find a stop of yesterday, today or tomorrow; codes are for nobody on other days."""
    for offset in (0, -1, 1):
        for plan in work.plans.on_day(now.date() + timedelta(days=offset)):
            for route in plan.routes:
                for stop in route.stops:
                    if stop.id == stop_id:
                        return route, stop
    raise NotFoundError("no stop of these days has that id")
