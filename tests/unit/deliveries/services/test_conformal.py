"""Intervals from errors, against counting."""

import random

import pytest

from benchmarks.etas import KINDS, long_run
from deliveries.services.etas.conformal import (
    ENOUGH,
    HIGHEST_SHIFT,
    shifted,
    sketched,
    span_s,
)


def test_holds_the_share_of_new_errors_that_was_asked_for() -> None:
    dice = random.Random(7)  # noqa: S311 made-up errors
    past = [(14, 3, round(dice.lognormvariate(5, 1) - 200)) for _ in range(4_000)]
    fresh = [round(dice.lognormvariate(5, 1) - 200) for _ in range(20_000)]
    low, high = span_s(sketched(past), 14, 3, 0.9) or (0, 0)
    held = sum(low <= each <= high for each in fresh) / len(fresh)
    assert abs(held - 0.9) < 0.02


def test_takes_the_shortest_interval_off_the_middle_of_skewed_errors() -> None:
    dice = random.Random(8)  # noqa: S311 made-up errors
    errors = sorted(round(dice.expovariate(1 / 600)) for _ in range(4_000))
    low, high = span_s(sketched((9, 0, each) for each in errors), 9, 0, 0.9) or (0, 0)
    in_the_middle = errors[3_800] - errors[200]
    assert low < errors[100]
    assert high - low < in_the_middle


def test_backs_off_to_coarser_groups_and_then_knows_nothing() -> None:
    morning = [(9, 1, second) for second in range(ENOUGH)]
    groups = sketched([*morning, (15, 1, 9_000)])
    by_hour, by_stops = span_s(groups, 9, 1, 0.9), span_s(groups, 15, 1, 0.9)
    assert by_hour is not None
    assert by_stops is not None
    assert span_s(groups, 9, 30, 0.9) == by_stops
    assert span_s(sketched(morning[:-1]), 9, 1, 0.9) is None


def test_widens_after_days_that_kept_less_and_not_without_end() -> None:
    assert shifted(0.0, asked=0.9, kept=0.7) > 0
    assert shifted(0.0, asked=0.9, kept=1.0) < 0
    shift = 0.0
    for _ in range(200):
        shift = shifted(shift, asked=0.9, kept=0.0)
    assert shift == HIGHEST_SHIFT


def test_widens_beyond_the_largest_error_ever_seen() -> None:
    groups = sketched((9, 0, second) for second in range(-100, 101))
    calm, after_bad_days = span_s(groups, 9, 0, 0.99), span_s(groups, 9, 0, 0.99, shift=1.0)
    assert calm is not None
    assert after_bad_days is not None
    assert after_bad_days[0] < -200
    assert after_bad_days[1] > 200
    assert sum(after_bad_days) == pytest.approx(sum(calm), abs=2)


@pytest.mark.parametrize("kind", KINDS)
def test_is_true_nine_times_of_ten_in_the_long_run_whatever_the_errors_are(kind: str) -> None:
    came = long_run(KINDS[kind], seed=11, together_s=400)
    assert 0.88 <= came.coverage <= 0.92
    assert came.width_minutes < 75
