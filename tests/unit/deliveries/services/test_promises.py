"""Windows made from ETAs, and when they are broken."""

from datetime import datetime

import pytest

from deliveries.model.window import TimeWindow
from deliveries.services.notices.promises import broad_window, is_early, is_late, narrow_window
from tests.builders import at


@pytest.mark.parametrize(
    ("eta", "agreed", "now", "expected"),
    [
        (at(10, 52), None, at(8), (at(10, 15), at(11, 15))),
        (at(11, 0), None, at(8), (at(10, 30), at(11, 30))),
        (at(10, 59), None, at(8), (at(10, 15), at(11, 15))),
        (at(10, 5), (at(10), at(12)), at(8), (at(10), at(11))),
        (at(11, 55), (at(10), at(12)), at(8), (at(11), at(12))),
        (at(11), (at(10, 45), at(11, 30)), at(8), (at(10, 45), at(11, 30))),
        (at(13), (at(10), at(12)), at(8), (at(12, 30), at(13, 30))),
        (at(11, 30), None, at(11, 7), (at(11), at(12))),
    ],
)
def test_narrows_to_an_hour_around_the_eta(
    eta: datetime,
    agreed: tuple[datetime, datetime] | None,
    now: datetime,
    expected: tuple[datetime, datetime],
) -> None:
    window = narrow_window(eta, TimeWindow(*agreed) if agreed else None, now=now)

    assert window == TimeWindow(*expected)


def test_a_day_ahead_two_hours_are_promised_and_none_before_the_van_leaves() -> None:
    assert broad_window(at(10, 52), leaves_at=at(8)) == TimeWindow(at(9, 45), at(11, 45))
    assert broad_window(at(8, 2), leaves_at=at(8)) == TimeWindow(at(8), at(10))
    assert broad_window(at(8, 2), leaves_at=None) == TimeWindow(at(7), at(9))


@pytest.mark.parametrize(
    ("eta", "late", "early"),
    [
        (at(9, 44), False, True),
        (at(9, 45), False, False),
        (at(10), False, False),
        (at(10, 59), False, False),
        (at(11, 5), False, False),
        (at(11, 15), False, False),
        (at(11, 16), True, False),
        (at(11, 25), True, False),
    ],
)
def test_breaks_a_promise_only_well_beyond_its_ends(
    eta: datetime, *, late: bool, early: bool
) -> None:
    promised = TimeWindow(at(10), at(11))

    assert (is_late(eta, promised), is_early(eta, promised)) == (late, early)
