"""Until when, and whether at all, a recipient may choose each option.

A shipper's ``rules`` may hold, all optional::

    {"cutoffs": {"window": {"minutes_before_eta": 60}, "neighbour": {"local_time": "04:00"}},
     "after_failure_until": "22:30", "days_ahead": 7, "forbidden": ["safe_place"]}

The kinds of cutoff are those that carriers use: minutes before the arrival, or a fixed hour on the
day; after a failed attempt everything reopens until an hour of that evening.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deliveries.errors import CutoffPassedError, InvalidInputError, OptionForbiddenError
from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.network import Shipper
from deliveries.model.offer import OptionKind

DAYS_AHEAD = 7
SHIFT_OPENS = time(8)
AFTER_FAILURE_UNTIL = time(22, 30)
HOLD_FOR = timedelta(minutes=10)
MINUTES_BEFORE_ETA: Mapping[OptionKind, int] = {
    OptionKind.WINDOW: 60,
    OptionKind.PICKUP_POINT: 60,
    OptionKind.NEIGHBOUR: 30,
    OptionKind.SAFE_PLACE: 30,
    OptionKind.REFUSE: 30,
    OptionKind.RESTORE: 30,
    OptionKind.ADDRESS: 60,
    OptionKind.AWAY: 60,
    OptionKind.SIGNATURE: 15,
    OptionKind.DOOR: 15,
    OptionKind.STANDING: 30,
    OptionKind.TRY_AGAIN: 0,
}


def cutoff_at(delivery: Delivery, kind: OptionKind, shipper: Shipper) -> datetime:
    """Return the first instant at which the option is closed for the delivery.

    Raises:
        InvalidInputError: If the shipper's rule cannot be read.
    """
    if delivery.status is DeliveryStatus.DELIVERY_FAILED and delivery.status_at is not None:
        until = _time(shipper.rules.get("after_failure_until"), AFTER_FAILURE_UNTIL)
        return _evening_after(delivery.status_at, until, delivery.zone)
    cutoffs = shipper.rules.get("cutoffs", {})
    rule = cutoffs.get(kind.value, {}) if isinstance(cutoffs, Mapping) else {}
    if "local_time" in rule:
        return at_local(delivery, _time(rule["local_time"], SHIFT_OPENS))
    minutes = rule.get("minutes_before_eta", MINUTES_BEFORE_ETA[kind])
    return expected_at(delivery) - timedelta(minutes=int(minutes))


def expected_at(delivery: Delivery) -> datetime:
    """Return when the van is expected: the ETA, else the window's start, else the shift's."""
    return delivery.eta_at or delivery.window_start or at_local(delivery, SHIFT_OPENS)


def at_local(delivery: Delivery, hour: time) -> datetime:
    """Return the instant of an hour on the delivery's day at its address, in UTC."""
    local = datetime.combine(delivery.date, hour, tzinfo=ZoneInfo(delivery.zone))
    return local.astimezone(UTC)


def days_ahead(shipper: Shipper) -> int:
    """Return how many days after today a delivery may be moved to."""
    days = shipper.rules.get("days_ahead", DAYS_AHEAD)
    return days if isinstance(days, int) else DAYS_AHEAD


def is_forbidden(delivery: Delivery, kind: OptionKind, shipper: Shipper) -> bool:
    """Say whether the shipper forbids the option, always or for this delivery."""
    forbidden = shipper.rules.get("forbidden", ())
    always = kind.value in forbidden if isinstance(forbidden, list | tuple) else False
    return always or kind.value in delivery.forbidden_options


def is_open(delivery: Delivery, kind: OptionKind, shipper: Shipper, *, now: datetime) -> bool:
    """Say whether the option may be chosen now."""
    try:
        require_open(delivery, kind, shipper, now=now)
    except (CutoffPassedError, OptionForbiddenError):
        return False
    return True


def require_open(delivery: Delivery, kind: OptionKind, shipper: Shipper, *, now: datetime) -> None:
    """Refuse an option that may not be chosen now.

    Raises:
        OptionForbiddenError: If the shipper forbids it.
        CutoffPassedError: If it is too late, or the delivery has ended.
    """
    if is_forbidden(delivery, kind, shipper):
        raise OptionForbiddenError(kind.value)
    if delivery.is_final or now >= cutoff_at(delivery, kind, shipper):
        raise CutoffPassedError(kind.value)


def _evening_after(failed_at: datetime, until: time, zone: str) -> datetime:
    """Return that evening's hour; an attempt that fails later than it gets the next evening."""
    local = failed_at.astimezone(ZoneInfo(zone))
    evening = datetime.combine(local.date(), until, tzinfo=ZoneInfo(zone))
    if local >= evening:
        tomorrow = local.date() + timedelta(days=1)
        evening = datetime.combine(tomorrow, until, tzinfo=ZoneInfo(zone))
    return evening.astimezone(UTC)


def _time(value: object, default: time) -> time:
    if value is None:
        return default
    try:
        return time.fromisoformat(str(value))
    except ValueError as error:
        message = "a shipper's rule holds an hour that is none"
        raise InvalidInputError(message) from error
