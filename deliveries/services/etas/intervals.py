"""Between when and when a van is expected, as wide as measured errors say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from deliveries.model.delivery import Delivery
from deliveries.model.eta import EtaPromise
from deliveries.model.route import Route, RouteState, Stop, StopState
from deliveries.model.window import TimeWindow
from deliveries.ports import UnitOfWork
from deliveries.services.etas.conformal import BEFORE_LEAVING, span_s
from deliveries.services.notices.promises import narrow_window

STEP, SECOND = timedelta(minutes=5), timedelta(seconds=1)
# Nothing narrower is told: nobody plans by it, and a van is not that exact.
NARROWEST = timedelta(minutes=10)


@dataclass(frozen=True)
class Expected:
    """What may be said of an arrival.

    Attributes:
        is_learned: Its width comes from measured errors; otherwise it is the hour around the ETA.
    """

    window: TimeWindow
    is_learned: bool


def expected(
    work: UnitOfWork, delivery: Delivery, route: Route | None, eta: datetime, *, now: datetime
) -> Expected:
    """Return the window that the arrival falls into as often as the shipper wants it to.

    Before enough is measured, or for a delivery that is on no route, it is the hour around the
    ETA. It stays within what was agreed as long as the ETA does.
    """
    share = work.shippers.get(delivery.shipper_id).rules.notices.eta_share
    calibration = work.etas.calibration(delivery.depot_id) if route is not None else None
    span = None
    if route is not None and calibration is not None:
        hour = eta.astimezone(ZoneInfo(route.zone)).hour
        ahead = stops_ahead(route, delivery.id)
        span = span_s(calibration.groups, hour, ahead, share, shift=calibration.shift)
    if span is None:
        return Expected(narrow_window(eta, delivery.window, now=now), is_learned=False)
    early, late = (timedelta(seconds=seconds) for seconds in span)
    return Expected(_told(eta + early, eta + late, delivery, eta, now=now), is_learned=True)


def stops_ahead(route: Route, delivery_id: str) -> int:
    """Count the stops that a van comes to before a delivery's; -1 if it has not left."""
    if route.state is RouteState.PLANNED:
        return BEFORE_LEAVING
    before = 0
    for stop in route.open_stops:
        if delivery_id in stop.delivery_ids:
            break
        before += stop.state is StopState.PLANNED
    return before


def note_promise(
    work: UnitOfWork, delivery: Delivery, window: TimeWindow, *, now: datetime
) -> None:
    """Keep the first narrow window told about a delivery on its day, to be learned from."""
    if delivery.eta_at is None or work.etas.promise(delivery.id, delivery.date) is not None:
        return
    route = work.plans.route(delivery.route_id) if delivery.route_id else None
    is_learned = expected(work, delivery, route, delivery.eta_at, now=now).is_learned
    work.etas.add_promise(
        EtaPromise(
            delivery_id=delivery.id,
            depot_id=delivery.depot_id,
            day=delivery.date,
            made_at=now,
            eta_at=delivery.eta_at,
            window_start=window.start,
            window_end=window.end,
            is_learned=is_learned,
        )
    )


def came_at(stop: Stop) -> datetime | None:
    """Return when a van that came to a stop was there for it: a wait for its window is no delay."""
    if stop.arrival_at is None:
        return None
    opens = stop.opens_at
    return stop.arrival_at if opens is None else max(stop.arrival_at, opens)


def _told(
    start: datetime, end: datetime, delivery: Delivery, eta: datetime, *, now: datetime
) -> TimeWindow:
    """Return the window rounded outward to five minutes, not before now nor outside the agreed."""
    start, end = max(_floored(start), _floored(now)), _floored(end + STEP - SECOND)
    agreed = delivery.window
    if agreed is not None and agreed.holds(eta):
        start, end = max(start, agreed.start), min(end, agreed.end)
    if end - start < NARROWEST:
        start = end - NARROWEST if end - NARROWEST >= now else start
        end = max(end, start + NARROWEST)
    return TimeWindow(start, end)


def _floored(instant: datetime) -> datetime:
    return instant - timedelta(seconds=instant.timestamp() % STEP.total_seconds())
