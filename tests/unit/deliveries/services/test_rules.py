"""Until when each option may be chosen, to the second, in the address's zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from deliveries.errors import CutoffPassedError, InvalidInputError, OptionForbiddenError
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.offer import OptionKind
from deliveries.services.rules import cutoff_at, is_open, require_open
from tests.builders import NOW, a_delivery, a_shipper

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("kind", [kind for kind in OptionKind if kind.value in "window neighbour"])
def test_it_is_gone_at_the_cutoff(kind: OptionKind) -> None:
    delivery = a_delivery(eta_at=NOW)
    closes = cutoff_at(delivery, kind, a_shipper())
    assert is_open(delivery, kind, a_shipper(), now=closes - SECOND)
    with pytest.raises(CutoffPassedError):
        require_open(delivery, kind, a_shipper(), now=closes)


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/London", date(2026, 3, 29), datetime(2026, 3, 29, 3, tzinfo=UTC)),
        ("Europe/London", date(2026, 10, 25), datetime(2026, 10, 25, 4, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), datetime(2026, 3, 8, 8, tzinfo=UTC)),
        ("Asia/Kolkata", date(2026, 3, 10), datetime(2026, 3, 9, 22, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 4, 5), datetime(2026, 4, 4, 17, 30, tzinfo=UTC)),
    ],
)
def test_a_fixed_hour_is_the_addresss_on_the_day(zone: str, day: date, expected: datetime) -> None:
    shipper = a_shipper(rules={"cutoffs": {"window": {"local_time": "04:00"}}})
    delivery = a_delivery(zone=zone, date=day)
    assert cutoff_at(delivery, OptionKind.WINDOW, shipper) == expected


def test_after_a_failed_attempt_it_reopens_until_the_evening() -> None:
    delivery = a_delivery(
        eta_at=NOW, status=DeliveryStatus.DELIVERY_FAILED, status_at=NOW + timedelta(hours=1)
    )
    assert cutoff_at(delivery, OptionKind.WINDOW, a_shipper()) == datetime(
        2026, 3, 10, 22, 30, tzinfo=UTC
    )


def test_what_the_shipper_forbids_is_refused_whenever_it_is_asked() -> None:
    shipper = a_shipper(rules={"forbidden": ["safe_place"]})
    with pytest.raises(OptionForbiddenError):
        require_open(a_delivery(), OptionKind.SAFE_PLACE, shipper, now=NOW - timedelta(days=1))
    parcel = a_delivery(forbidden_options=("neighbour",))
    with pytest.raises(OptionForbiddenError):
        require_open(parcel, OptionKind.NEIGHBOUR, a_shipper(), now=NOW - timedelta(days=1))


def test_an_unreadable_rule_is_no_rule_by_accident() -> None:
    shipper = a_shipper(rules={"cutoffs": {"window": {"local_time": "teatime"}}})
    with pytest.raises(InvalidInputError):
        cutoff_at(a_delivery(), OptionKind.WINDOW, shipper)
