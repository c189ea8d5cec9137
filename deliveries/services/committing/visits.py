"""A delivery, or a recipient's choice about it, as the planner sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from deliveries.errors import NotFoundError
from deliveries.model.delivery import Delivery, DeliveryStatus, DoorNeeds, Place, PlaceKind
from deliveries.model.network import PickupPoint
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference
from deliveries.model.saying import Fact, local_day
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit

HAND_OVER_AT_POINT_S = 30
# What is known or allowed at the door: it goes along with whatever else is chosen.
BESIDE = frozenset({OptionKind.DOOR, OptionKind.SIGNATURE})
NOWHERE = frozenset({DeliveryStatus.ON_HOLD, DeliveryStatus.DELIVERY_FAILED})


@dataclass(frozen=True)
class WantedVisit:
    """Where the planner should put a delivery: a day, and a visit or none at all."""

    day: date
    visit: Visit | None


def visit_of(delivery: Delivery, points: Mapping[str, PickupPoint]) -> Visit:
    """Return the visit that the delivery needs as it stands."""
    return _visit(_Ground.of(delivery), delivery.place, delivery.window, points)


def visit_at_home(delivery: Delivery) -> Visit:
    """Return the visit that a window of the recipient's own would be for: at no pickup point."""
    is_point = delivery.place.kind is PlaceKind.PICKUP_POINT
    place = Place() if is_point else delivery.place
    return _visit(_Ground.of(delivery), place, None, {})


def wanted_visit(
    delivery: Delivery, preference: Preference, points: Mapping[str, PickupPoint]
) -> WantedVisit:
    """Return where a choice wants the delivery.

    Raises:
        NotFoundError: If the choice names a pickup point that we do not have.
    """
    if _goes_nowhere(delivery, preference):
        return WantedVisit(delivery.date, None)
    place = _place(preference, delivery.place)
    window = _window(preference.details)
    day = _day(preference, delivery, window)
    if window is None and day == delivery.date and not _drops_window(preference, place):
        window = delivery.window
    return WantedVisit(day, _visit(_Ground.of(delivery, preference), place, window, points))


def carry_out(delivery: Delivery, preference: Preference, *, now: datetime) -> None:
    """Make an accepted choice true of the delivery."""
    if preference.kind is OptionKind.REFUSE:
        delivery.move_to(DeliveryStatus.RETURN_TO_SENDER, now=now)
        return
    _carry_out_at_the_door(delivery, preference.details)
    stays_away = _goes_nowhere(delivery, preference)
    if preference.kind is OptionKind.AWAY or (stays_away and _restores_hold(preference)):
        delivery.move_to(DeliveryStatus.ON_HOLD, now=now)
        _drop_promises(delivery)
        return
    window = _window(preference.details)
    day = _day(preference, delivery, window)
    moved = day != delivery.date
    delivery.place = _place(preference, delivery.place)
    delivery.date = day
    _carry_out_address(delivery, preference.details)
    if window is not None:
        delivery.keep_to(window)
        delivery.promise(window)
    elif moved or _drops_window(preference, delivery.place):
        _drop_promises(delivery)
    if moved:
        delivery.loaded_at = None
    if stays_away:
        return
    if preference.kind is OptionKind.TRY_AGAIN:
        delivery.move_to(DeliveryStatus.OUT_FOR_DELIVERY, now=now)
    elif delivery.status in NOWHERE or moved:
        delivery.move_to(DeliveryStatus.IN_TRANSIT, now=now)


def before_of(delivery: Delivery) -> dict[str, Fact]:
    """Return what holds of a delivery now, so that a choice can be undone."""
    place, door = delivery.place, delivery.door
    return {
        "day": delivery.date.isoformat(),
        "start": delivery.window_start.isoformat() if delivery.window_start else None,
        "end": delivery.window_end.isoformat() if delivery.window_end else None,
        "on_hold": delivery.status is DeliveryStatus.ON_HOLD,
        "signature_released": delivery.signature_released,
        "door": door_fact(door or DoorNeeds()),
        "address": {
            "line": delivery.address_line,
            "postcode": delivery.postcode,
            "city": delivery.city,
            "lat": delivery.lat,
            "lon": delivery.lon,
        },
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


def door_fact(door: DoorNeeds) -> dict[str, Fact]:
    """Return what is needed at a door as a choice's detail."""
    return {"minutes": door.minutes, "needs": list(door.needs), "words": door.words}


def read_door(fact: Fact) -> DoorNeeds | None:
    """Read what ``door_fact`` wrote; nothing if nothing is needed."""
    if not isinstance(fact, Mapping):
        return None
    needs, minutes = fact.get("needs"), fact.get("minutes")
    door = DoorNeeds(
        minutes if isinstance(minutes, int) else 0,
        tuple(str(each) for each in needs) if isinstance(needs, list) else (),
        _text(fact.get("words")),
    )
    return None if door == DoorNeeds() else door


@dataclass(frozen=True)
class _Ground:
    """What a visit takes besides its place: who, where the address is, how long at its door."""

    delivery: Delivery
    lat: float
    lon: float
    door: DoorNeeds | None

    @classmethod
    def of(cls, delivery: Delivery, preference: Preference | None = None) -> "_Ground":
        """Read it from a delivery, as a choice would have it."""
        ground = cls(delivery, delivery.lat, delivery.lon, delivery.door)
        details = preference.details if preference else {}
        address = details.get("address")
        if isinstance(address, Mapping):
            ground = replace(ground, lat=_number(address["lat"]), lon=_number(address["lon"]))
        if "door" in details:
            ground = replace(ground, door=read_door(details["door"]))
        return ground

    @property
    def at_door_s(self) -> int:
        """How long the driver is at the door."""
        return self.delivery.service_duration_s + 60 * (self.door.minutes if self.door else 0)


def _goes_nowhere(delivery: Delivery, preference: Preference) -> bool:
    """Say whether no van is to go there: sent back, on hold, or as it was after a failure."""
    if preference.kind in (OptionKind.REFUSE, OptionKind.AWAY) or _restores_hold(preference):
        return True
    if preference.kind is OptionKind.ADDRESS:
        return delivery.status is DeliveryStatus.ON_HOLD
    return preference.kind in BESIDE and delivery.status in NOWHERE


def _restores_hold(preference: Preference) -> bool:
    return preference.kind is OptionKind.RESTORE and preference.details.get("on_hold") is True


def _carry_out_at_the_door(delivery: Delivery, details: Mapping[str, Fact]) -> None:
    if "door" in details:
        delivery.door = read_door(details["door"])
    if isinstance(details.get("signature_released"), bool):
        delivery.signature_released = details["signature_released"] is True


def _carry_out_address(delivery: Delivery, details: Mapping[str, Fact]) -> None:
    address = details.get("address")
    if isinstance(address, Mapping):
        delivery.address_line = str(address["line"])
        delivery.postcode, delivery.city = str(address["postcode"]), str(address["city"])
        delivery.lat, delivery.lon = _number(address["lat"]), _number(address["lon"])


def _drop_promises(delivery: Delivery) -> None:
    delivery.window_start = delivery.window_end = None
    delivery.promised_start = delivery.promised_end = None


def _visit(
    ground: _Ground, place: Place, window: TimeWindow | None, points: Mapping[str, PickupPoint]
) -> Visit:
    delivery = ground.delivery
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
    is_door = place.kind is PlaceKind.ADDRESS
    return Visit(
        delivery_id=delivery.id,
        lat=ground.lat if place.lat is None else place.lat,
        lon=ground.lon if place.lon is None else place.lon,
        service_duration_s=ground.at_door_s if is_door else delivery.service_duration_s,
        load=delivery.load,
        window=window,
    )


def _drops_window(preference: Preference, place: Place) -> bool:
    """A pickup point needs no window of the recipient's; what is restored has its own or none.

    Nor does the second try: the window was for the first.
    """
    return place.kind is PlaceKind.PICKUP_POINT or preference.kind in (
        OptionKind.RESTORE,
        OptionKind.TRY_AGAIN,
    )


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
    if preference.kind is OptionKind.ADDRESS or (
        current.kind is PlaceKind.PICKUP_POINT and preference.kind not in BESIDE
    ):
        # What was agreed for the old address has no meaning at another.
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


def _number(value: Fact) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
