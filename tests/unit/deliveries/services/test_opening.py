"""When pickup points are open, on public holidays too."""

from datetime import date

import pytest

from deliveries.services.pickup_points.opening import open_on
from tests.builders import a_pickup_point

LONDON = {"lat": 51.5, "lon": -0.06, "zone": "Europe/London"}
MUNICH = {"lat": 48.14, "lon": 11.58, "zone": "Europe/Berlin"}
HOURS = "Mo-Fr 09:00-18:00; Sa 09:00-13:00; PH off"


@pytest.mark.parametrize(
    ("place", "day", "is_open"),
    [
        (LONDON, date(2026, 12, 24), True),
        (LONDON, date(2026, 12, 25), False),
        (MUNICH, date(2026, 5, 1), False),
        (LONDON, date(2026, 5, 1), True),
        (LONDON, date(2026, 5, 4), False),
        (LONDON, date(2026, 3, 15), False),
    ],
)
def test_a_public_holiday_is_that_of_the_country(
    place: dict[str, object],
    day: date,
    is_open: bool,  # noqa: FBT001 a row of the table
) -> None:
    assert bool(open_on(a_pickup_point(opening_hours=HOURS, **place), day)) is is_open


def test_hours_are_those_of_the_points_own_clock() -> None:
    [span] = open_on(a_pickup_point(opening_hours=HOURS, **MUNICH), date(2026, 7, 1))
    assert (span.start.isoformat(), span.end.isoformat()) == (
        "2026-07-01T07:00:00+00:00",
        "2026-07-01T16:00:00+00:00",
    )
