import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from deliveries.errors import UnavailableError, UnreadableError
from integrations.clock import FollowedClock, SystemClock

NINE = datetime(2026, 3, 10, 9, tzinfo=UTC)


class Sandbox:
    """Plays the sandbox's clock, and the seconds that pass on our own."""

    def __init__(self) -> None:
        self.passed_s = 100.0
        self.shown: dict[str, Any] = {
            "now": "2026-03-10T09:00:00.000Z",
            "rate": 60,
            "paused": False,
            "version": 1,
        }
        self.status = 200
        self.asked = threading.Event()
        self.clock = FollowedClock(
            "http://sandbox/clock",
            transport=httpx.MockTransport(self.answer),
            monotonic=lambda: self.passed_s,
        )

    def answer(self, request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/clock"
        self.asked.set()
        return httpx.Response(self.status, json=self.shown)

    def read(self, **shown: object) -> None:
        self.shown |= shown
        with httpx.Client(transport=httpx.MockTransport(self.answer)) as client:
            self.clock.read(client)


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox()


def test_it_reckons_between_readings(sandbox: Sandbox) -> None:
    sandbox.read()
    sandbox.passed_s += 2

    assert sandbox.clock.now() == NINE + timedelta(minutes=2)


def test_it_stands_still_while_the_other_is_paused_and_follows_a_jump(sandbox: Sandbox) -> None:
    sandbox.read(paused=True)
    sandbox.passed_s += 60
    paused = sandbox.clock.now()
    sandbox.read(now="2026-03-11T00:00:00+01:00", paused=False, rate=1)

    assert (paused, sandbox.clock.now()) == (NINE, datetime(2026, 3, 10, 23, tzinfo=UTC))


def test_it_never_goes_backwards(sandbox: Sandbox) -> None:
    sandbox.read(rate=600)
    sandbox.passed_s += 6
    ahead = sandbox.clock.now()
    sandbox.read(now="2026-03-10T09:30:00Z")
    behind = sandbox.clock.now()
    sandbox.passed_s += 6

    assert (ahead, behind) == (NINE + timedelta(hours=1),) * 2
    assert sandbox.clock.now() == NINE + timedelta(hours=1, minutes=30)


def test_it_takes_half_the_way_as_the_moment_of_reading(sandbox: Sandbox) -> None:
    asked: list[float] = []

    def slow(_: httpx.Request) -> httpx.Response:
        asked.append(sandbox.passed_s)
        sandbox.passed_s += 2
        return httpx.Response(200, json=sandbox.shown)

    with httpx.Client(transport=httpx.MockTransport(slow)) as client:
        sandbox.clock.read(client)

    assert asked == [100.0]
    assert sandbox.clock.now() == NINE + timedelta(minutes=1)


def test_it_tells_no_time_before_it_read_one(sandbox: Sandbox) -> None:
    with pytest.raises(UnavailableError):
        sandbox.clock.now()


def test_a_clock_that_never_answers_is_unavailable(sandbox: Sandbox) -> None:
    sandbox.status = 503

    with pytest.raises(UnavailableError):
        sandbox.clock.start(patience_s=0)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        "nine",
        {"now": "nine", "rate": 1, "paused": False},
        {"now": "2026-03-10T09:00:00", "rate": 1, "paused": False},
        {"now": "2026-03-10T09:00:00Z", "rate": "fast", "paused": False},
        {"now": "2026-03-10T09:00:00Z", "rate": -1, "paused": False},
        {"now": "2026-03-10T09:00:00Z", "rate": None, "paused": False},
        {"now": 9, "rate": 1, "paused": False},
    ],
)
def test_an_answer_that_is_no_clocks_is_refused(sandbox: Sandbox, wrong: object) -> None:
    sandbox.read()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=wrong))
    with httpx.Client(transport=transport) as client, pytest.raises(UnreadableError):
        sandbox.clock.read(client)

    assert sandbox.clock.now() == NINE


def test_it_follows_by_itself_once_started(sandbox: Sandbox) -> None:
    sandbox.clock.start()
    first = sandbox.clock.now()
    sandbox.shown |= {"now": "2026-03-10T10:00:00Z"}
    # The first answer after that may have been on its way already.
    for _ in range(2):
        sandbox.asked.clear()
        assert sandbox.asked.wait(timeout=10)
    sandbox.clock.stop()

    assert (first, sandbox.clock.now()) == (NINE, NINE + timedelta(hours=1))


def test_the_system_clock_tells_aware_instants_in_utc() -> None:
    before = datetime.now(tz=UTC)
    told = SystemClock().now()

    assert told.tzinfo is UTC
    assert before <= told <= datetime.now(tz=UTC)
