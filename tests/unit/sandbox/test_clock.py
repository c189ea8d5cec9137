from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.clock import ClockError, SimulatedClock

START = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)


class Seconds:
    def __init__(self) -> None:
        self.passed = 100.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def real() -> Seconds:
    return Seconds()


@pytest.fixture
def clock(real: Seconds) -> SimulatedClock:
    return SimulatedClock(START, monotonic=real)


def test_runs_as_fast_as_its_rate(clock: SimulatedClock, real: Seconds) -> None:
    clock.change(rate=60)
    real.passed += 2

    assert clock.now() == START + timedelta(minutes=2)


def test_keeps_its_time_when_the_rate_changes(clock: SimulatedClock, real: Seconds) -> None:
    real.passed += 10
    clock.change(rate=600)

    assert clock.now() == START + timedelta(seconds=10)


def test_stands_still_while_paused(clock: SimulatedClock, real: Seconds) -> None:
    clock.change(paused=True)
    paused_at = clock.now()
    real.passed += 10

    assert clock.now() == paused_at


def test_goes_on_from_where_it_paused(clock: SimulatedClock, real: Seconds) -> None:
    clock.change(paused=True)
    paused_at = clock.now()
    real.passed += 10
    clock.change(paused=False)
    real.passed += 1

    assert clock.now() == paused_at + timedelta(seconds=1)


@pytest.mark.parametrize("slower", [{"paused": True}, {"rate": 1}])
def test_slows_down_where_nobody_who_followed_it_has_been(
    clock: SimulatedClock, real: Seconds, slower: dict[str, Any]
) -> None:
    clock.change(rate=60)
    heard_after_s = 0.9
    reckoned = clock.now() + timedelta(seconds=60 * heard_after_s)

    clock.change(**slower)
    real.passed += heard_after_s

    assert clock.now() >= reckoned


def test_pausing_again_leaves_it_where_it_stands(clock: SimulatedClock) -> None:
    clock.change(paused=True)
    paused_at = clock.now()
    clock.change(paused=True, rate=1)

    assert clock.now() == paused_at


def test_jumps_ahead_while_paused(clock: SimulatedClock) -> None:
    clock.change(paused=True)
    clock.change(jump_to=START + timedelta(hours=1))

    assert clock.now() == START + timedelta(hours=1)


def test_never_goes_backwards_and_changes_nothing_then(clock: SimulatedClock) -> None:
    before = clock.represent()

    with pytest.raises(ClockError):
        clock.change(rate=60, jump_to=START - timedelta(seconds=1))

    assert clock.represent() == before


@pytest.mark.parametrize("rate", [0, 0.5, 601, -1])
def test_refuses_rates_out_of_bounds(clock: SimulatedClock, rate: float) -> None:
    with pytest.raises(ClockError):
        clock.change(rate=rate)


def test_every_change_gets_a_version_and_is_told(clock: SimulatedClock) -> None:
    told: list[int] = []
    clock.on_change(lambda: told.append(clock.represent()["version"]))

    clock.change(rate=10)
    clock.change(paused=True)

    assert told == [2, 3]


def test_shows_what_polling_processes_read(clock: SimulatedClock) -> None:
    assert clock.represent() == {
        "now": "2026-03-10T07:00:00.000Z",
        "rate": 1.0,
        "paused": False,
        "version": 1,
    }
