"""How a stop ended, told in the transaction that learned of it: delivered, failed, ready."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from deliveries.model.delivery import Delivery, DeliveryStatus, PlaceKind
from deliveries.model.network import PickupPoint
from deliveries.model.route import Route, Stop
from deliveries.model.saying import Fact, day_fact, local_day, time_fact
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.describing import spot_fact
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.journeys import (
    LOCKER_FULL,
    NOT_ATTEMPTED,
    OTHER,
    Report,
    settled,
    text_of,
)
from deliveries.services.neighbours.consent import neighbour_code
from deliveries.services.notices.posting import Notice, post
from deliveries.services.pickup_points.opening import open_on
from deliveries.services.pickup_points.overflow import overflow_choices
from deliveries.services.pickup_points.waiting import waiting_facts
from deliveries.services.ratings.asking import plan_rating
from deliveries.services.wishes.near import near_until

TOLD_WITHIN = timedelta(hours=12)
ALL_DAY = timedelta(hours=23)
DAYS_LOOKED_AT = 7
# What speaks of the recipient's own door would be untrue where another place was agreed.
_SAID_OF: Mapping[tuple[PlaceKind, str], str] = {
    (PlaceKind.NEIGHBOUR, "nobody_home"): "neighbour_nobody_home",
    (PlaceKind.NEIGHBOUR, "no_access"): "neighbour_no_access",
    (PlaceKind.NEIGHBOUR, "refused"): "neighbour_refused",
    (PlaceKind.SAFE_PLACE, "nobody_home"): "safe_place",
    (PlaceKind.SAFE_PLACE, "no_access"): "safe_place",
    (PlaceKind.PICKUP_POINT, "nobody_home"): OTHER,
    (PlaceKind.PICKUP_POINT, "no_access"): OTHER,
    (PlaceKind.PICKUP_POINT, "refused"): OTHER,
}


def tell_outcomes(report: Report, desk: Desk, *, now: datetime) -> None:
    """Tell every recipient whose parcels at the place all have their outcome.

    Once the van has moved on, what is known of the places behind it is told, complete or not.
    """
    places = _places(report.route)
    if report.event.kind in ("delivered", "failed") and report.stop is not None:
        number = text_of(report.event, "house_number")
        _tell(report.work, desk, places[_place(report.stop)], is_left=False, number=number, now=now)
    elif report.event.kind in ("arrived", "returned"):
        here = _place(report.stop) if report.stop else None
        for place, stops in places.items():
            if place != here and sum(len(stop.delivery_ids) for stop in stops) > 1:
                _tell(report.work, desk, stops, is_left=True, number=None, now=now)


def failed_notice(work: UnitOfWork, delivery: Delivery, *, now: datetime) -> Notice:
    """Return what is said of a failed attempt, with the choices that reopen.

    While the van is near, it can be asked back: the notice says until when.
    """
    until = near_until(work, [delivery])
    is_near = until is not None and now < until
    said, facts = _failure(delivery)
    if until is not None and is_near:
        facts["until"] = time_fact(until, delivery.zone)
    return Notice(
        kind="A7",
        name=f"notice_failed_{said}",
        expires_at=now + TOLD_WITHIN,
        facts=facts,
        menu="notice_failed_choices_near" if is_near else "notice_failed_choices",
    )


def _failure(delivery: Delivery) -> tuple[str, dict[str, Fact]]:
    """Return what is said of why it failed, at the place that was agreed, and with which facts."""
    reason, place = delivery.failed_reason or OTHER, delivery.place
    if reason == NOT_ATTEMPTED:
        # It may be told, or read, on a later day than it was planned for.
        return reason, {"day": day_fact(delivery.date, delivery.zone)}
    said = _SAID_OF.get((place.kind, reason), reason)
    if not said.startswith("neighbour"):
        return said, {}
    if not place.house_number:
        return OTHER, {}
    return said, {"number": place.house_number}


type _Place = tuple[float, float, str | None]


def _place(stop: Stop) -> _Place:
    return stop.lat, stop.lon, stop.pickup_point_id


def _places(route: Route) -> dict[_Place, list[Stop]]:
    """Return a route's stops by place: neighbours in a house are stops of their own."""
    places: defaultdict[_Place, list[Stop]] = defaultdict(list)
    for stop in route.stops:
        places[_place(stop)].append(stop)
    return places


def _tell(
    work: UnitOfWork,
    desk: Desk,
    stops: Sequence[Stop],
    *,
    is_left: bool,
    number: str | None,
    now: datetime,
) -> None:
    ended: defaultdict[str, list[Delivery]] = defaultdict(list)
    waiting: set[str] = set()
    for stop in stops:
        deliveries = work.deliveries.many(stop.delivery_ids)
        done = settled(deliveries, stop)
        waiting |= {each.person_id for each in deliveries if each not in done}
        for delivery in done:
            if _is_news(delivery, now=now):
                ended[delivery.person_id].append(delivery)
    for person_id, theirs in ended.items():
        if is_left or person_id not in waiting:
            _tell_person(work, desk, theirs, number=number, now=now)


def _tell_person(
    work: UnitOfWork,
    desk: Desk,
    deliveries: Sequence[Delivery],
    *,
    number: str | None,
    now: datetime,
) -> None:
    notices = [(_notice(work, each, number=number, now=now), each) for each in deliveries]
    notices = [(_completed(work, desk, notice, deliveries, now=now), e) for notice, e in notices]
    notices.sort(key=_what_is_said)
    for _, alike in groupby(notices, key=_what_is_said):
        pairs = list(alike)
        post(work, [each for _, each in pairs], pairs[-1][0], now=now)
        plan_rating(work, pairs[-1][1], now=now)


def _completed(
    work: UnitOfWork, desk: Desk, notice: Notice, deliveries: Sequence[Delivery], *, now: datetime
) -> Notice:
    """Add what takes more than the delivery itself: points with room, a code for the neighbour."""
    if notice.name == f"notice_failed_{LOCKER_FULL}":
        full = [each for each in deliveries if each.failed_reason == LOCKER_FULL]
        choices = overflow_choices(work, desk.geography, full, now=now)
        menu = "notice_locker_full_choices" if choices else notice.menu
        return replace(notice, choices=choices, menu=menu)
    if notice.name == "notice_delivered_neighbour":
        code = neighbour_code(work, desk.vault, deliveries, now=now)
        if code is not None:
            return replace(notice, name=f"{notice.name}_code", facts={**notice.facts, **code})
    return notice


def _what_is_said(pair: tuple[Notice, Delivery]) -> tuple[str, str, str]:
    """Return what parcels are told by together: two neighbours are told of apart."""
    notice, _ = pair
    return notice.kind, notice.name, str(notice.facts.get("number", ""))


def _is_news(delivery: Delivery, *, now: datetime) -> bool:
    """Say whether it ended lately; that the van brought it back is told once it is sure."""
    has_ended = delivery.status in (
        DeliveryStatus.DELIVERED,
        DeliveryStatus.READY_FOR_PICKUP,
        DeliveryStatus.DELIVERY_FAILED,
    )
    brought_back = (
        delivery.status is DeliveryStatus.DELIVERY_FAILED
        and delivery.failed_reason == NOT_ATTEMPTED
    )
    is_lately = delivery.status_at is not None and now - delivery.status_at < TOLD_WITHIN
    return has_ended and is_lately and not brought_back


def _notice(work: UnitOfWork, delivery: Delivery, *, number: str | None, now: datetime) -> Notice:
    match delivery.status:
        case DeliveryStatus.DELIVERY_FAILED:
            return failed_notice(work, delivery, now=now)
        case DeliveryStatus.READY_FOR_PICKUP:
            return _ready(work, delivery, now=now)
        case _:
            return _delivered(delivery, number=number, now=now)


def _delivered(delivery: Delivery, *, number: str | None, now: datetime) -> Notice:
    place, handed_to = delivery.place, delivery.handed_to or OTHER
    facts: dict[str, Fact] = {
        "at": time_fact(delivery.status_at or now, delivery.zone),
        "photo": delivery.proof_url is not None,
    }
    if handed_to == "neighbour":
        agreed = place.house_number if place.kind is PlaceKind.NEIGHBOUR else None
        house_number = number or agreed
        if house_number is None:
            handed_to = "neighbour_unnamed"
        facts["number"] = house_number or ""
    if handed_to == "safe_place":
        if place.kind is not PlaceKind.SAFE_PLACE or not place.words:
            handed_to = "safe_place_unnamed"
        facts["words"] = spot_fact(place.words or "")
    return Notice(
        kind="A8",
        name=f"notice_delivered_{handed_to}",
        expires_at=now + TOLD_WITHIN,
        facts=facts,
    )


def _ready(work: UnitOfWork, delivery: Delivery, *, now: datetime) -> Notice:
    point = work.pickup_points.find(delivery.place.pickup_point_id or "")
    facts: dict[str, Fact] = {
        "point": point.name if point else delivery.place.name or "",
        "address": point.address if point else "",
        **waiting_facts(work, delivery),
    }
    hours = _next_hours(point, now=now) if point else None
    name = "notice_ready_for_pickup"
    if "code" not in facts:
        # Nobody can say where it is: what is known is told without a code.
        return Notice("A9", f"{name}_no_code", now + TOLD_WITHIN, facts)
    if hours is None:
        name += "_at_any_hour" if point and _never_closes(point, now=now) else "_no_hours"
    return Notice("A9", name, now + TOLD_WITHIN, facts | (hours or {}))


def _never_closes(point: PickupPoint, *, now: datetime) -> bool:
    spans = open_on(point, local_day(now, point.zone))
    return any(span.duration >= ALL_DAY for span in spans)


def _next_hours(point: PickupPoint, *, now: datetime) -> dict[str, Fact] | None:
    """Return when it is open next; none if it never closes or is not open for days."""
    if _never_closes(point, now=now):
        return None
    today = local_day(now, point.zone)
    for offset in range(DAYS_LOOKED_AT):
        day = today + timedelta(days=offset)
        ahead = [span for span in open_on(point, day) if span.end > now]
        if ahead:
            return {
                "day": day_fact(day, point.zone),
                "opens": time_fact(ahead[0].start, point.zone),
                "closes": time_fact(ahead[-1].end, point.zone),
            }
    return None
