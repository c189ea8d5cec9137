"""Until when, and whether at all, a recipient may choose each option.

What a shipper has set (``model/rules.py``) over the house's defaults. Hours are the delivery
address's, and they are read off its clock, on the days when the clocks change too: an hour that the
clock leaps over has come when it leaps, and one that comes twice closes the second time, so that
nobody who is in time by the clock on the wall is refused.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deliveries.errors import CutoffPassedError, OptionForbiddenError
from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.network import CompartmentSize, PickupPointKind, Shipper
from deliveries.model.offer import OptionKind
from deliveries.model.rules import (
    ALWAYS,
    SHIFT_OPENS,
    AtHour,
    AtLoading,
    BeforeEta,
    Condition,
    Cutoff,
    OptionRule,
    Reason,
)

# What waits at the depot is on no van that could leave.
NEVER = datetime.max.replace(tzinfo=UTC)
HOLD_FOR = timedelta(minutes=10)
DEFAULT_MINUTES_BEFORE_ETA = 30
# What fails later is told in the morning: notices rest from nine, and that a van has brought
# something back is told a quarter of an hour after it came.
TOLD_THAT_EVENING_UNTIL = time(20, 45)
MINUTES_BEFORE_ETA: Mapping[OptionKind, int] = {
    OptionKind.WINDOW: 60,
    OptionKind.PICKUP_POINT: 60,
    OptionKind.ADDRESS: 60,
    OptionKind.AWAY: 60,
    OptionKind.SIGNATURE: 15,
    OptionKind.DOOR: 15,
    OptionKind.TRY_AGAIN: 0,
}


def cutoff_at(delivery: Delivery, kind: OptionKind, shipper: Shipper) -> datetime:
    """Return the first instant at which the option is closed for the delivery.

    After a failed attempt everything reopens until an hour of that evening, unless the shipper has
    it otherwise.
    """
    if delivery.status is DeliveryStatus.ON_HOLD:
        return NEVER
    rule = shipper.rules.options.get(kind, OptionRule())
    has_failed = delivery.status is DeliveryStatus.DELIVERY_FAILED
    if has_failed and delivery.status_at is not None and rule.reopens:
        until = rule.after_failure_until or shipper.rules.after_failure_until
        return _evening_after(delivery.status_at, until, delivery.zone)
    cutoffs = rule.cutoffs or (_default(kind),)
    return min(_instant(cutoff, delivery) for cutoff in cutoffs)


def expected_at(delivery: Delivery) -> datetime:
    """Return when the van is expected: the ETA, else the window's start, else the shift's."""
    return delivery.eta_at or delivery.window_start or at_local(delivery, SHIFT_OPENS)


def at_local(delivery: Delivery, hour: time) -> datetime:
    """Return the instant of an hour on the delivery's day at its address, in UTC."""
    return local_instant(delivery.date, hour, delivery.zone)


def local_instant(day: date, hour: time, zone: str) -> datetime:
    """Return when the clock at a place has reached an hour, in UTC.

    Where the clock leaps over the hour, it has when it leaps; where the hour comes twice, the
    second time.
    """
    place = ZoneInfo(zone)
    local = datetime.combine(day, hour.replace(fold=1), tzinfo=place)
    while local.astimezone(UTC).astimezone(place).replace(tzinfo=None) != local.replace(
        tzinfo=None, fold=0
    ):
        local = local.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return local.astimezone(UTC)


def days_ahead(shipper: Shipper) -> int:
    """Return how many days after today a delivery may be moved to."""
    return shipper.rules.days_ahead


def is_forbidden(delivery: Delivery, kind: OptionKind, shipper: Shipper) -> bool:
    """Say whether the option is forbidden, always or for this delivery."""
    return forbidden_because(delivery, kind, shipper) is not None


def forbidden_because(delivery: Delivery, kind: OptionKind, shipper: Shipper) -> Reason | None:
    """Return why the option is forbidden, or nothing if it is not.

    Pickup points are when both lockers and shops are.
    """
    reason = _forbidden(delivery, kind.value, shipper)
    if reason is not None or kind is not OptionKind.PICKUP_POINT:
        return reason
    each = [point_forbidden_because(delivery, point, shipper) for point in PickupPointKind]
    return each[0] if all(each) else None


def point_forbidden_because(
    delivery: Delivery, point: PickupPointKind, shipper: Shipper
) -> Reason | None:
    """Return why the delivery may not go to a locker, or to a shop; nothing if it may."""
    return _forbidden(delivery, point.value, shipper) or _forbidden(
        delivery, OptionKind.PICKUP_POINT.value, shipper
    )


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
        OptionForbiddenError: If it is forbidden.
        CutoffPassedError: If it is too late, or the delivery has ended.
    """
    if is_forbidden(delivery, kind, shipper):
        raise OptionForbiddenError(kind.value)
    if delivery.is_final or now >= cutoff_at(delivery, kind, shipper):
        raise CutoffPassedError(kind.value)


def _default(kind: OptionKind) -> Cutoff:
    return BeforeEta(MINUTES_BEFORE_ETA.get(kind, DEFAULT_MINUTES_BEFORE_ETA))


def _instant(cutoff: Cutoff, delivery: Delivery) -> datetime:
    match cutoff:
        case BeforeEta(minutes):
            return expected_at(delivery) - timedelta(minutes=minutes)
        case AtHour(hour, days_before):
            day = delivery.date - timedelta(days=days_before)
            return local_instant(day, hour, delivery.zone)
        case AtLoading(usual):
            by_then = at_local(delivery, usual)
            return min(delivery.loaded_at or by_then, by_then)


def _evening_after(failed_at: datetime, until: time, zone: str) -> datetime:
    """Return that evening's hour, or the next one's if nobody hears of it in time to choose."""
    local = failed_at.astimezone(ZoneInfo(zone))
    is_told_in_time = local.time() < min(until, TOLD_THAT_EVENING_UNTIL)
    day = local.date() if is_told_in_time else local.date() + timedelta(days=1)
    return local_instant(day, until, zone)


def _forbidden(delivery: Delivery, option: str, shipper: Shipper) -> Reason | None:
    if option in delivery.forbidden_options:
        return Reason.SHIPPER
    for prohibition in (*ALWAYS, *shipper.rules.prohibitions):
        if prohibition.option == option:
            reason = _reason(prohibition.condition, delivery)
            if reason is not None:
                return reason
    return None


def _reason(condition: Condition, delivery: Delivery) -> Reason | None:
    """Return what of the delivery meets the condition, if all of the condition is met."""
    sizes = list(CompartmentSize)
    needs_signature = delivery.requires_signature and not delivery.signature_released
    checks: dict[Reason, bool | None] = {
        Reason.AGE_CHECK: delivery.requires_age_check if condition.age_check else None,
        Reason.DANGEROUS: delivery.is_dangerous if condition.dangerous else None,
        Reason.SIGNATURE: needs_signature if condition.signature else None,
        Reason.VALUE: _over(delivery.value_minor, condition.value_over),
        Reason.WEIGHT: _over(delivery.weight_g, condition.weight_over_g),
        Reason.SIZE: _over(
            sizes.index(delivery.largest_compartment),
            None
            if condition.size_over is None
            else sizes.index(CompartmentSize(condition.size_over)),
        ),
    }
    asked = {reason: is_met for reason, is_met in checks.items() if is_met is not None}
    if not all(asked.values()):
        return None
    return next(iter(asked), Reason.SHIPPER)


def _over(amount: int, limit: int | None) -> bool | None:
    return None if limit is None else amount > limit
