"""Whether the van is still near after a failed attempt, and until when."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from deliveries.errors import NotFoundError
from deliveries.model.delivery import Delivery, DeliveryStatus, PlaceKind
from deliveries.model.network import Coordinates
from deliveries.model.offer import OptionKind
from deliveries.model.route import Route, RouteState, StopState
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.committing.offering import Choice
from deliveries.services.committing.rules import is_forbidden

NEAR_M = 1500.0
AT_LEAST, AT_MOST = timedelta(minutes=15), timedelta(minutes=45)
TRIES_A_DAY = 2
# Whoever was not there may be back; what was refused or broken is not tried again.
AGAIN_REASONS = frozenset({"nobody_home", "no_access", "address_not_found", "other"})
WORDS = ("back", "zurück", "zurueck", "zuruck", "vuelve", "vuelva", "retour", "reviens")
EARTH_M = 6_371_000.0


def near_until(work: UnitOfWork, deliveries: Sequence[Delivery]) -> datetime | None:
    """Return until when the van that missed them all is near; nothing if it is not, or may not."""
    if not deliveries:
        return None
    untils = [_until(work, delivery) for delivery in deliveries]
    known = [until for until in untils if until is not None]
    return min(known) if len(known) == len(untils) else None


def second_try_choice() -> Choice:
    """Return the option that asks the van back."""
    return Choice(
        OptionKind.GOAL,
        Saying("option_try_again"),
        {"goal": "redeliver", "gathered": {"back": True}},
        words=WORDS,
    )


def _until(work: UnitOfWork, delivery: Delivery) -> datetime | None:
    has_missed = (
        delivery.status is DeliveryStatus.DELIVERY_FAILED
        and delivery.failed_reason in AGAIN_REASONS
        and delivery.place.kind is not PlaceKind.PICKUP_POINT
    )
    failed_at, route = delivery.status_at, _route(work, delivery)
    if not has_missed or failed_at is None or route is None:
        return None
    tries = [stop for stop in route.stops if delivery.id in stop.delivery_ids]
    if route.state is not RouteState.DEPARTED or len(tries) >= TRIES_A_DAY:
        return None
    if is_forbidden(delivery, OptionKind.TRY_AGAIN, work.shippers.get(delivery.shipper_id)):
        return None
    until = failed_at + AT_LEAST
    for stop in route.stops:
        leaves_at = stop.leave_at or stop.service_at
        if stop.state is StopState.PLANNED:
            if distance_m(stop.at, delivery.at) > NEAR_M or leaves_at is None:
                break
            until = max(until, leaves_at)
    return min(until, failed_at + AT_MOST, route.shift_end)


def distance_m(here: Coordinates, there: Coordinates) -> float:
    """Return metres as the crow flies, for places of one town."""
    lat = math.radians(there.lat - here.lat)
    lon = math.radians(there.lon - here.lon) * math.cos(math.radians(here.lat))
    return EARTH_M * math.hypot(lat, lon)


def _route(work: UnitOfWork, delivery: Delivery) -> Route | None:
    if delivery.route_id is None:
        return None
    try:
        return work.plans.route(delivery.route_id)
    except NotFoundError:
        return None
