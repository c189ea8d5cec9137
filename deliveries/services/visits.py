"""A delivery, or a recipient's choice about it, as the planner sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from deliveries.errors import NotFoundError
from deliveries.model.delivery import Delivery, DeliveryStatus, Place, PlaceKind
from deliveries.model.network import PickupPoint
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference
from deliveries.model.saying import Fact, local_day
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit

HAND_OVER_AT_POINT_S = 30


@dataclass(frozen=True)
class WantedVisit:
    """Where the planner should put a delivery: a day, and a visit or none at all."""

    day: date
    visit: Visit | None


def visit_of(delivery: Delivery, points: Mapping[str, PickupPoint]) -> Visit:
    """Return the visit that the delivery needs as it stands."""
    return _visit(delivery, delivery.place, delivery.window, points)


def wanted_visit(
    delivery: Delivery, preference: Preference, points: Mapping[str, PickupPoint]
) -> WantedVisit:
    """Return where a choice wants the delivery.

    Raises:
        NotFoundError: If the choice names a pickup point that we do not have.
    """
    if preference.kind is OptionKind.REFUSE:
        return WantedVisit(delivery.date, None)
    place = _place(preference, delivery.place)
    window = _window(preference.details)
    day = _day(preference, delivery, window)
    if window is None and day == delivery.date and not _drops_window(preference, place):
        window = delivery.window
    return WantedVisit(day, _visit(delivery, place, window, points))


def carry_out(delivery: Delivery, preference: Preference, *, now: datetime) -> None:
    """Make an accepted choice true of the delivery."""
    if preference.kind is OptionKind.REFUSE:
        delivery.move_to(DeliveryStatus.RETURN_TO_SENDER, now=now)
        return
    window = _window(preference.details)
    day = _day(preference, delivery, window)
    moved = day != delivery.date
    delivery.place = _place(preference, delivery.place)
    delivery.date = day
    if window is not None:
        delivery.keep_to(window)
        delivery.promise(window)
    elif moved or _drops_window(preference, delivery.place):
        delivery.window_start = delivery.window_end = None
        delivery.promised_start = delivery.promised_end = None
    if moved:
        delivery.loaded_at = None
    if delivery.status is DeliveryStatus.DELIVERY_FAILED or moved:
        delivery.move_to(DeliveryStatus.IN_TRANSIT, now=now)


def before_of(delivery: Delivery) -> dict[str, Fact]:
    """Return what holds of a delivery now, so that a choice can be undone."""
    place = delivery.place
    return {
        "day": delivery.date.isoformat(),
        "start": delivery.window_start.isoformat() if delivery.window_start else None,
        "end": delivery.window_end.isoformat() if delivery.window_end else None,
        "place": {
            "kind": place.kind.value,
            "name": place.name,
            "house_number": place.house_number,
            "words": place.words,
            "pickup_point_id": place.pickup_point_id,
            "lat": place.lat,
            "lon": place.lon,
        },
    }


def _visit(
    delivery: Delivery, place: Place, window: TimeWindow | None, points: Mapping[str, PickupPoint]
) -> Visit:
    if place.kind is PlaceKind.PICKUP_POINT:
        point = points.get(place.pickup_point_id or "")
        if point is None:
            raise NotFoundError("pickup point")
        return Visit(
            delivery_id=delivery.id,
            lat=point.lat,
            lon=point.lon,
            service_duration_s=HAND_OVER_AT_POINT_S,
            load=delivery.load,
            pickup_point_id=point.id,
            setup_s=point.service_duration_s,
        )
    return Visit(
        delivery_id=delivery.id,
        lat=delivery.lat if place.lat is None else place.lat,
        lon=delivery.lon if place.lon is None else place.lon,
        service_duration_s=delivery.service_duration_s,
        load=delivery.load,
        window=window,
    )


def _drops_window(preference: Preference, place: Place) -> bool:
    """A pickup point needs no window of the recipient's; what is restored has its own or none."""
    return place.kind is PlaceKind.PICKUP_POINT or preference.kind is OptionKind.RESTORE


def _place(preference: Preference, current: Place) -> Place:
    details = preference.details
    if preference.kind is OptionKind.RESTORE:
        return _restored(details.get("place"))
    if preference.kind is OptionKind.NEIGHBOUR:
        return Place(
            PlaceKind.NEIGHBOUR,
            name=_text(details.get("name")),
            house_number=_text(details.get("house_number")),
        )
    if preference.kind is OptionKind.SAFE_PLACE:
        return Place(PlaceKind.SAFE_PLACE, words=_text(details.get("words")))
    if preference.kind is OptionKind.PICKUP_POINT:
        return Place(
            PlaceKind.PICKUP_POINT,
            name=_text(details.get("name")),
            pickup_point_id=_text(details.get("pickup_point_id")),
        )
    if current.kind is PlaceKind.PICKUP_POINT:
        return Place()
    return current


def _restored(place: Fact) -> Place:
    """Read the place that ``before_of`` wrote."""
    if not isinstance(place, Mapping):
        return Place()
    lat, lon = place.get("lat"), place.get("lon")
    return Place(
        PlaceKind(str(place["kind"])),
        name=_text(place.get("name")),
        house_number=_text(place.get("house_number")),
        words=_text(place.get("words")),
        pickup_point_id=_text(place.get("pickup_point_id")),
        lat=lat if isinstance(lat, float) else None,
        lon=lon if isinstance(lon, float) else None,
    )


def _day(preference: Preference, delivery: Delivery, window: TimeWindow | None) -> date:
    day = preference.details.get("day")
    if isinstance(day, str):
        return date.fromisoformat(day)
    return local_day(window.start, delivery.zone) if window else delivery.date


def _window(details: Mapping[str, Fact]) -> TimeWindow | None:
    start, end = details.get("start"), details.get("end")
    if not isinstance(start, str) or not isinstance(end, str):
        return None
    return TimeWindow(datetime.fromisoformat(start), datetime.fromisoformat(end))


def _text(value: Fact) -> str | None:
    return value if isinstance(value, str) else None
