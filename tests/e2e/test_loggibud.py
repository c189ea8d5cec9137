"""A day of real stops (LoggiBUD, Rio de Janeiro): a text moves a van, whichever engine plans."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.driving import orders, plan_of, stop_of, undrivable
from tests.e2e.recipients import Recipient, Understood
from tests.e2e.town import Town, a_town, reference_folder
from tests.servers import skip_or_fail

pytestmark = pytest.mark.services

RIO = ZoneInfo("America/Sao_Paulo")
EVENING = datetime(2026, 3, 10, 16, 59, tzinfo=RIO)
DAY = date(2026, 3, 11)
NOON = "2026-03-11T15:00:00Z"


@pytest.fixture(scope="module", params=["embedded", "vroom"])
def rio(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Town]:
    planner = {"DOORSTEP_PLANNER": str(request.param)}
    file = reference_folder() / "data/loggibud-rio/cvrp-0-rj-0.json"
    if not file.is_file():
        skip_or_fail(f"{file} is not there: no real day is delivered")
    folder = tmp_path_factory.mktemp("rio")
    with a_town(folder, file, start=EVENING, day=DAY, environment=planner) as town:
        yield town


def test_a_text_moves_a_stop_of_a_real_day(rio: Town) -> None:
    known = rio.deliveries()
    planned = [each for each in known if each["eta"] and each["window_start"] is None]
    early = min(planned, key=lambda each: each["eta"])
    someone = Recipient(rio, early["phone"])
    before = plan_of(rio)

    answer = someone.ask("where is my parcel?")
    tracked = someone.understood()
    offer = someone.ask("can you come tomorrow between 3pm and 6pm?")
    asked = someone.understood()
    someone.choose(offer.labels[0])
    confirmed = someone.hear()
    after = plan_of(rio)

    stop = stop_of(after, early["id"])
    assert early["eta"] < NOON
    assert len(known) > 200
    assert "is planned for tomorrow, " in answer.text
    assert tracked == Understood("track_parcel", "action_track_parcel")
    assert asked == Understood("reschedule", "action_reschedule")
    assert confirmed.text.startswith("Confirmed for ")
    assert stop is not None
    assert stop.service_at is not None
    assert stop.window is not None
    assert stop.window.start <= stop.service_at < stop.window.end
    assert f"{stop.service_at.astimezone(RIO):%H:%M}" in confirmed.text
    assert orders(after) != orders(before)
    assert undrivable(after) == []
