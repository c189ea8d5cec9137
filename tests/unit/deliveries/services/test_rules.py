"""Until when each option may be chosen, to the second, by the clock at the address."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deliveries.errors import CutoffPassedError, OptionForbiddenError
from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.network import CompartmentSize, PickupPointKind
from deliveries.model.offer import IN_MENUS_ONLY, OptionKind
from deliveries.model.rules import Reason
from deliveries.services.committing.rules import (
    TOLD_THAT_EVENING_UNTIL,
    cutoff_at,
    forbidden_because,
    is_forbidden,
    is_open,
    point_forbidden_because,
    require_open,
)
from deliveries.services.messages.sending import QUIET_FROM
from deliveries.services.notices.lookouts import BROUGHT_BACK_FOR
from tests.builders import NOW, a_delivery, a_parcel, a_shipper, at

SECOND = timedelta(seconds=1)
KINDS = [kind for kind in OptionKind if kind not in IN_MENUS_ONLY]
# An ordinary day, the day the clock leaps forward, the day an hour comes twice.
DAYS = {
    "Europe/London": (date(2026, 6, 10), date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 6, 10), date(2026, 3, 8), date(2026, 11, 1)),
    "Asia/Kolkata": (date(2026, 6, 10), date(2026, 3, 29), date(2026, 10, 25)),
    "Australia/Lord_Howe": (date(2026, 6, 10), date(2026, 10, 4), date(2026, 4, 5)),
}
USUAL_MINUTES = {
    OptionKind.WINDOW: 60,
    OptionKind.PICKUP_POINT: 60,
    OptionKind.ADDRESS: 60,
    OptionKind.AWAY: 60,
    OptionKind.SIGNATURE: 15,
    OptionKind.DOOR: 15,
    OptionKind.TRY_AGAIN: 0,
}
RULES: dict[str, dict[str, Any]] = {
    "the house's": {},
    "an hour": {"local_time": "04:00"},
    "an hour of the day before": {"local_time": "22:30", "days_before": 1},
    "minutes before the arrival": {"minutes_before_eta": 45},
    "hours before the arrival": {"hours_before_eta": 2},
    "loading": {"not_after_loading": "06:30"},
    "the earliest": {"local_time": "09:00", "minutes_before_eta": 60, "not_after_loading": True},
}


def by_the_clock(zone: str, day: date, hour: int, minute: int = 0) -> datetime:
    """Return an instant that exists once on every day, by the clock there."""
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC)


def expected(rule: str, kind: OptionKind, zone: str, day: date) -> datetime:
    """Return when an option closes that the van comes for at 11:00."""
    eta = by_the_clock(zone, day, 11)
    return {
        "the house's": eta - timedelta(minutes=USUAL_MINUTES.get(kind, 30)),
        "an hour": by_the_clock(zone, day, 4),
        "an hour of the day before": by_the_clock(zone, day - timedelta(days=1), 22, 30),
        "minutes before the arrival": eta - timedelta(minutes=45),
        "hours before the arrival": eta - timedelta(hours=2),
        "loading": by_the_clock(zone, day, 6, 30),
        "the earliest": by_the_clock(zone, day, 8),
    }[rule]


CASES = [(zone, day) for zone, days in DAYS.items() for day in days]


@pytest.mark.parametrize(("zone", "day"), CASES)
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_open_one_second_before_the_cutoff_and_gone_at_it(
    kind: OptionKind, rule: str, zone: str, day: date
) -> None:
    shipper = a_shipper(rules={"cutoffs": {kind.value: RULES[rule]}} if RULES[rule] else {})
    delivery = a_delivery(zone=zone, date=day, eta_at=by_the_clock(zone, day, 11))
    closes = expected(rule, kind, zone, day)

    assert cutoff_at(delivery, kind, shipper) == closes
    require_open(delivery, kind, shipper, now=closes - SECOND)
    for late in (closes, closes + SECOND):
        with pytest.raises(CutoffPassedError):
            require_open(delivery, kind, shipper, now=late)


@pytest.mark.parametrize(("zone", "day"), CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_reopens_after_a_failed_attempt_until_the_evening(
    kind: OptionKind, zone: str, day: date
) -> None:
    shipper = a_shipper(rules={"cutoffs": {kind.value: {"local_time": "07:00"}}})
    delivery = a_delivery(zone=zone, date=day, eta_at=by_the_clock(zone, day, 11))
    morning = by_the_clock(zone, day, 9)
    assert not is_open(delivery, kind, shipper, now=morning)

    delivery.move_to(DeliveryStatus.DELIVERY_FAILED, now=by_the_clock(zone, day, 11))

    evening = by_the_clock(zone, day, 22, 30)
    assert is_open(delivery, kind, shipper, now=evening - SECOND)
    assert not is_open(delivery, kind, shipper, now=evening)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "closes"),
    [
        # The clock leaps over it: it has come when the clock leaps.
        ("Europe/London", date(2026, 3, 29), "01:30", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), "02:15", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        (
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            "02:10",
            datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
        ),
        # It comes twice: the second counts.
        ("Europe/London", date(2026, 10, 25), "01:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), "01:15", datetime(2026, 11, 1, 6, 15, tzinfo=UTC)),
        (
            "Australia/Lord_Howe",
            date(2026, 4, 5),
            "01:40",
            datetime(2026, 4, 4, 15, 10, tzinfo=UTC),
        ),
    ],
)
def test_an_hour_that_does_not_come_or_comes_twice(
    zone: str, day: date, hour: str, closes: datetime
) -> None:
    shipper = a_shipper(rules={"cutoffs": {"window": {"local_time": hour}}})
    delivery = a_delivery(zone=zone, date=day)
    assert cutoff_at(delivery, OptionKind.WINDOW, shipper) == closes


def test_what_is_loaded_early_closes_early() -> None:
    shipper = a_shipper(rules={"cutoffs": {"window": {"not_after_loading": "07:00"}}})
    loaded = a_delivery(loaded_at=at(5, 50))
    assert cutoff_at(loaded, OptionKind.WINDOW, shipper) == at(5, 50)
    late = a_delivery(loaded_at=at(7, 50))
    assert cutoff_at(late, OptionKind.WINDOW, shipper) == at(7)


def test_the_hour_by_which_one_still_hears_of_it_follows_from_when_notices_are_written() -> None:
    quiet_from = datetime.combine(date.min, QUIET_FROM)
    assert (quiet_from - BROUGHT_BACK_FOR).time() == TOLD_THAT_EVENING_UNTIL


@pytest.mark.parametrize(
    ("failed_at", "days_later"),
    [(at(20, 44), 0), (at(20, 45), 1), (at(21, 10), 1), (at(22, 30), 1)],
)
def test_an_attempt_of_which_nobody_hears_that_evening_gets_the_next_one(
    failed_at: datetime, days_later: int
) -> None:
    failed = a_delivery(status=DeliveryStatus.DELIVERY_FAILED, status_at=failed_at)
    closes = at(22, 30) + timedelta(days=days_later)
    assert cutoff_at(failed, OptionKind.WINDOW, a_shipper()) == closes


@pytest.mark.parametrize(
    ("after", "closes"), [("20:00", at(20)), ("closed", at(10)), (None, at(21))]
)
def test_a_shipper_says_what_a_failed_attempt_changes(after: str | None, closes: datetime) -> None:
    rule = {"local_time": "10:00"} | ({"after_failure": after} if after else {})
    shipper = a_shipper(rules={"cutoffs": {"window": rule}, "after_failure_until": "21:00"})
    failed = a_delivery(status=DeliveryStatus.DELIVERY_FAILED, status_at=at(12))
    assert cutoff_at(failed, OptionKind.WINDOW, shipper) == closes


def test_what_the_shipper_forbids_is_refused_whenever_it_is_asked() -> None:
    shipper = a_shipper(rules={"forbidden": ["safe_place"]})
    with pytest.raises(OptionForbiddenError):
        require_open(a_delivery(), OptionKind.SAFE_PLACE, shipper, now=NOW - timedelta(days=1))
    parcel = a_delivery(forbidden_options=("neighbour",))
    with pytest.raises(OptionForbiddenError):
        require_open(parcel, OptionKind.NEIGHBOUR, a_shipper(), now=NOW - timedelta(days=1))


def parcels(**facts: Any) -> Delivery:
    return a_delivery(parcels=(a_parcel(), a_parcel(tracking_number="2", **facts)))


@pytest.mark.parametrize(
    ("facts", "forbidden"),
    [
        ({"requires_age_check": True}, {"neighbour", "safe_place", "locker", "signature"}),
        ({"requires_signature": True}, {"safe_place", "locker"}),
        ({"is_dangerous": True}, {"neighbour", "safe_place", "locker", "shop", "pickup_point"}),
        ({"weight_g": 25_001}, {"locker"}),
        ({"weight_g": 25_000}, set()),
    ],
)
def test_what_is_forbidden_to_every_shipper(facts: dict[str, Any], forbidden: set[str]) -> None:
    delivery = parcels(**facts)
    kinds = {kind.value for kind in KINDS if is_forbidden(delivery, kind, a_shipper())}
    points = {
        point.value
        for point in PickupPointKind
        if point_forbidden_because(delivery, point, a_shipper())
    }
    assert kinds | points == forbidden


@pytest.mark.parametrize(
    ("condition", "met", "unmet", "reason"),
    [
        ({"value_over": 500}, {"value_minor": 501}, {"value_minor": 500}, Reason.VALUE),
        ({"weight_over_g": 500}, {"weight_g": 501}, {"weight_g": 500}, Reason.WEIGHT),
        ({"size_over": "M"}, {"compartment": CompartmentSize.L}, {}, Reason.SIZE),
        ({"age_check": True}, {"requires_age_check": True}, {}, Reason.AGE_CHECK),
        ({"signature": True}, {"requires_signature": True}, {}, Reason.SIGNATURE),
        ({"dangerous": True}, {"is_dangerous": True}, {}, Reason.DANGEROUS),
        ({}, {}, None, Reason.SHIPPER),
        (
            {"signature": True, "value_over": 500},
            {"requires_signature": True, "value_minor": 501},
            {"requires_signature": True},
            Reason.SIGNATURE,
        ),
    ],
)
def test_a_shipper_forbids_an_option_to_some_parcels_with_its_reason(
    condition: dict[str, Any], met: dict[str, Any], unmet: dict[str, Any] | None, reason: Reason
) -> None:
    shipper = a_shipper(rules={"forbid": [{"option": "window", "if": condition}]})
    assert forbidden_because(parcels(**met), OptionKind.WINDOW, shipper) is reason
    if unmet is not None:
        assert forbidden_because(parcels(**unmet), OptionKind.WINDOW, shipper) is None


def test_pickup_points_are_forbidden_when_lockers_and_shops_are() -> None:
    shipper = a_shipper(rules={"forbidden": ["locker"]})
    delivery = a_delivery()
    assert not is_forbidden(delivery, OptionKind.PICKUP_POINT, shipper)
    assert point_forbidden_because(delivery, PickupPointKind.LOCKER, shipper) is Reason.SHIPPER
    assert point_forbidden_because(delivery, PickupPointKind.SHOP, shipper) is None
    both = a_shipper(rules={"forbidden": ["locker", "shop"]})
    assert is_forbidden(delivery, OptionKind.PICKUP_POINT, both)
