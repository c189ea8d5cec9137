"""What a driver's report changes: the route, the van, the stop and the deliveries there.

Reports may come late, twice or contradict each other. What is settled stays settled, an arrival
implies the departure nobody reported, and whatever adds nothing changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from deliveries.errors import InvalidInputError, NotFoundError
from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.history import DriverEvent, HistoryEntry, StaffTask
from deliveries.model.ids import new_id
from deliveries.model.network import Coordinates
from deliveries.model.route import Route, RouteState, Stop, StopKind, StopState
from deliveries.model.saying import Fact
from deliveries.ports import UnitOfWork
from deliveries.services.committing.holding import release_unneeded
from deliveries.services.wishes.near import distance_m

NOT_ATTEMPTED = "not_attempted"
LOCKER_FULL = "locker_full"
HANDED_TO = frozenset({"recipient", "household", "neighbour", "safe_place", "pickup_point"})
FAILED_REASONS = frozenset(
    {
        "nobody_home",
        "address_not_found",
        "no_access",
        "refused",
        "damaged",
        "wrong_pin",
        NOT_ATTEMPTED,
        LOCKER_FULL,
    }
)
OTHER = "other"
WAITING = frozenset(
    {DeliveryStatus.PENDING, DeliveryStatus.IN_TRANSIT, DeliveryStatus.OUT_FOR_DELIVERY}
)


@dataclass(frozen=True)
class Report:
    """An event with what it is about, inside one unit of work.

    Attributes:
        stop: The stop it names, or where the delivery that it names is handed over.
        deliveries: What is carried to that stop, in the stop's order.
    """

    work: UnitOfWork
    event: DriverEvent
    route: Route
    stop: Stop | None = None
    deliveries: tuple[Delivery, ...] = ()

    @property
    def named(self) -> tuple[Delivery, ...]:
        """The deliveries it speaks of: the one named, else all of the stop."""
        wanted = self.event.delivery_id
        return tuple(each for each in self.deliveries if wanted in (None, each.id))


def read_report(work: UnitOfWork, event: DriverEvent) -> Report:
    """Find what an event is about.

    Raises:
        NotFoundError: If there is no such route, or nothing like it on the route.
        InvalidInputError: If its kind is unknown, or it names no stop where one is needed.
    """
    if event.kind not in EFFECTS:
        raise InvalidInputError("kind is none that we know")
    route = work.plans.route(event.route_id)
    if event.kind not in AT_A_STOP:
        return Report(work, event, route)
    stop = _stop(route, event)
    return Report(work, event, route, stop, tuple(work.deliveries.many(stop.delivery_ids)))


def take_effect(report: Report) -> bool:
    """Change what the report changes; say whether it changed anything."""
    return EFFECTS[report.event.kind](report)


def settled(deliveries: Sequence[Delivery], stop: Stop) -> list[Delivery]:
    """Return the deliveries of a stop for which nothing is to be done there any more."""
    return [each for each in deliveries if not _waits_at(each, stop)]


def text_of(event: DriverEvent, name: str) -> str | None:
    """Return a detail of an event that is a text and not empty."""
    value = event.details.get(name)
    return value if isinstance(value, str) and value else None


def _stop(route: Route, event: DriverEvent) -> Stop:
    if event.stop_id is None and event.delivery_id is None:
        raise InvalidInputError("stop_id is missing")
    # After a second try is agreed the delivery is at two stops: the open one is meant.
    for stop in sorted(route.stops, key=lambda each: not each.is_open):
        is_there = event.delivery_id is None or event.delivery_id in stop.delivery_ids
        if is_there and event.stop_id in (None, stop.id):
            return stop
    if event.stop_id is None or any(stop.id == event.stop_id for stop in route.stops):
        raise NotFoundError("that delivery is not at that stop")
    raise NotFoundError("that stop is not on the route")


def _departed(report: Report) -> bool:
    route, event = report.route, report.event
    if route.state is not RouteState.PLANNED:
        return False
    route.state, route.start_at = RouteState.DEPARTED, event.at
    _place_van(report, Coordinates(route.depot_lat, route.depot_lon))
    ids = [id_ for stop in route.open_stops for id_ in stop.delivery_ids]
    for delivery in report.work.deliveries.many(ids):
        if delivery.status in WAITING or delivery.status is DeliveryStatus.DELIVERY_FAILED:
            delivery.move_to(DeliveryStatus.OUT_FOR_DELIVERY, now=event.at)
            delivery.loaded_at = event.at
            _remember(report, delivery, "left_depot", route_id=route.id)
    return True


def _position(report: Report) -> bool:
    if report.route.state is RouteState.FINISHED:
        return False
    return _place_van(report, None)


def _arrived(report: Report) -> bool:
    stop, at = _stop_of(report), report.event.at
    if stop.state is not StopState.PLANNED:
        return False
    _departed(report)
    opens_at = stop.opens_at
    stop.state, stop.arrival_at = StopState.ARRIVED, at
    stop.service_at = max(at, opens_at) if opens_at else at
    stop.leave_at = stop.service_at + timedelta(seconds=stop.service_duration_s)
    for delivery in report.deliveries:
        if delivery.status in WAITING:
            delivery.move_to(DeliveryStatus.OUT_FOR_DELIVERY, now=at)
            delivery.eta_at = stop.service_at
            _remember(report, delivery, "driver_arrived")
    _place_van(report, stop.at)
    return True


def _delivered(report: Report) -> bool:
    stop, at = _stop_of(report), report.event.at
    is_point = stop.kind is StopKind.PICKUP_POINT
    done = [each for each in report.named if _can_be_handed_over(each, is_point=is_point)]
    if not done:
        return False
    _departed(report)
    handed_to = _known(text_of(report.event, "handed_to") or "recipient", HANDED_TO)
    for delivery in done:
        if is_point:
            delivery.move_to(DeliveryStatus.READY_FOR_PICKUP, now=at)
            _remember(report, delivery, "brought_to_pickup_point")
            continue
        delivery.move_to(DeliveryStatus.DELIVERED, now=at)
        delivery.handed_to = handed_to
        delivery.proof_url = text_of(report.event, "photo_url")
        delivery.failed_reason = None
        release_unneeded(report.work, delivery)
        _remember(report, delivery, "delivered", handed_to=handed_to, **_where(report, delivery))
        if handed_to == "safe_place" and delivery.proof_url is None:
            _ask_for_photo(report, delivery)
    _close(report, stop)
    return True


def _where(report: Report, delivery: Delivery) -> dict[str, Fact]:
    """Return where it was handed over, and how many metres off, if the device told."""
    lat, lon = report.event.details.get("lat"), report.event.details.get("lon")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return {}
    off_m = distance_m(Coordinates(lat, lon), delivery.at)
    return {"lat": lat, "lon": lon, "off_m": round(off_m)}


def _ask_for_photo(report: Report, delivery: Delivery) -> None:
    """Let staff get the photo that was promised of what is left at the recipient's risk."""
    report.work.tasks.add_once(
        StaffTask(
            id=new_id("t"),
            kind="photo_missing",
            dedupe_key=f"photo_missing:{delivery.id}",
            created_at=report.event.at,
            delivery_id=delivery.id,
            facts={"route_id": report.route.id},
        )
    )


def _failed(report: Report) -> bool:
    stop, at = _stop_of(report), report.event.at
    missed = [each for each in report.named if _waits_at(each, stop)]
    if not missed or not stop.is_open:
        return False
    _departed(report)
    reason = _known(text_of(report.event, "reason") or OTHER, FAILED_REASONS)
    for delivery in missed:
        delivery.move_to(DeliveryStatus.DELIVERY_FAILED, now=at)
        delivery.failed_reason = reason
        delivery.attempts += 1
        _remember(report, delivery, "attempt_failed", reason=reason)
    _close(report, stop)
    return True


def _returned(report: Report) -> bool:
    """End the route; what the van brings back was not attempted, and no attempt is counted."""
    route, at = report.route, report.event.at
    if route.state is RouteState.FINISHED:
        return False
    _departed(report)
    for stop in route.open_stops:
        for delivery in report.work.deliveries.many(stop.delivery_ids):
            if _waits_at(delivery, stop):
                delivery.move_to(DeliveryStatus.DELIVERY_FAILED, now=at)
                delivery.failed_reason = NOT_ATTEMPTED
                _remember(report, delivery, "brought_back")
        stop.state, stop.leave_at = StopState.FAILED, at
    route.state, route.end_at = RouteState.FINISHED, at
    _place_van(report, Coordinates(route.depot_lat, route.depot_lon))
    return True


def _can_be_handed_over(delivery: Delivery, *, is_point: bool) -> bool:
    if is_point and delivery.status is DeliveryStatus.READY_FOR_PICKUP:
        return False
    return not delivery.is_final


def _waits_at(delivery: Delivery, stop: Stop) -> bool:
    """Say whether a delivery is still to be handed over there; it may have moved elsewhere."""
    return delivery.status in WAITING and delivery.stop_id in (None, stop.id)


def _close(report: Report, stop: Stop) -> None:
    """Close a stop once everything there has its outcome."""
    _place_van(report, stop.at)
    if len(settled(report.deliveries, stop)) < len(report.deliveries):
        return
    failed = all(each.status is DeliveryStatus.DELIVERY_FAILED for each in report.deliveries)
    stop.state = StopState.FAILED if failed else StopState.DONE
    stop.arrival_at = min(stop.arrival_at or report.event.at, report.event.at)
    stop.leave_at = report.event.at


def _place_van(report: Report, place: Coordinates | None) -> bool:
    """Note where the van is: where the report says, else where such a thing happens."""
    route, event = report.route, report.event
    lat, lon = event.details.get("lat"), event.details.get("lon")
    if isinstance(lat, int | float) and isinstance(lon, int | float):
        try:
            place = Coordinates(lat, lon)
        except ValueError as error:
            raise InvalidInputError("lat or lon is off the globe") from error
    if place is None or (route.van_at is not None and event.at < route.van_at):
        return False
    route.van_lat, route.van_lon, route.van_at = place.lat, place.lon, event.at
    return True


def _stop_of(report: Report) -> Stop:
    if report.stop is None:
        raise InvalidInputError("stop_id is missing")
    return report.stop


def _known(word: str, words: frozenset[str]) -> str:
    return word if word in words else OTHER


def _remember(report: Report, delivery: Delivery, kind: str, **facts: Fact) -> None:
    report.work.history.add(
        HistoryEntry(kind, report.event.at, "driver", delivery_id=delivery.id, facts=facts)
    )


EFFECTS: Mapping[str, Callable[[Report], bool]] = {
    "departed": _departed,
    "position": _position,
    "arrived": _arrived,
    "delivered": _delivered,
    "failed": _failed,
    "returned": _returned,
}
AT_A_STOP = frozenset({"arrived", "delivered", "failed"})
