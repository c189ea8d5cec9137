"""Rules as shippers write them, and what is said of those that mean nothing."""

from datetime import time
from typing import Any

import pytest

from deliveries.errors import InvalidInputError
from deliveries.model.offer import OptionKind
from deliveries.model.rules import (
    AtHour,
    AtLoading,
    BeforeEta,
    Condition,
    OptionRule,
    Price,
    Prohibition,
    ShipperRules,
)
from deliveries.model.rules_form import read_rules


def test_reads_every_kind_of_cutoff() -> None:
    rules = read_rules(
        {
            "cutoffs": {
                "window": {"minutes_before_eta": 60},
                "neighbour": {"local_time": "04:00", "after_failure": "20:00"},
                "pickup_point": {"local_time": "20:00", "days_before": 1},
                "safe_place": {"hours_before_eta": 1.5, "not_after_loading": True},
                "refuse": {"not_after_loading": "06:30", "after_failure": "closed"},
            }
        }
    )

    assert rules.options == {
        OptionKind.WINDOW: OptionRule((BeforeEta(60),)),
        OptionKind.NEIGHBOUR: OptionRule((AtHour(time(4)),), after_failure_until=time(20)),
        OptionKind.PICKUP_POINT: OptionRule((AtHour(time(20), days_before=1),)),
        OptionKind.SAFE_PLACE: OptionRule((BeforeEta(90), AtLoading(time(8)))),
        OptionKind.REFUSE: OptionRule((AtLoading(time(6, 30)),), reopens=False),
    }


def test_reads_prohibitions_prices_and_limits() -> None:
    written = {
        "after_failure_until": "21:00",
        "days_ahead": 3,
        "forbidden": ["safe_place"],
        "forbid": [{"option": "locker", "if": {"value_over": 50000, "signature": True}}],
        "prices": {"window": {"minor": 299, "currency": "GBP"}},
        "limits": {"changes": 3},
    }

    assert read_rules(written) == ShipperRules(
        written=written,
        after_failure_until=time(21),
        days_ahead=3,
        prohibitions=(
            Prohibition("safe_place"),
            Prohibition("locker", Condition(value_over=50000, signature=True)),
        ),
        prices={OptionKind.WINDOW: Price(299, "GBP")},
        changes=3,
    )


@pytest.mark.parametrize(
    ("form", "path"),
    [
        ([], "rules"),
        ({"moon": 1}, "moon"),
        ({"cutoffs": []}, "cutoffs"),
        ({"cutoffs": {"moon": {"local_time": "04:00"}}}, "cutoffs.moon"),
        ({"cutoffs": {"goal": {"local_time": "04:00"}}}, "cutoffs.goal"),
        ({"cutoffs": {"window": {}}}, "cutoffs.window"),
        ({"cutoffs": {"window": {"tea": "04:00"}}}, "cutoffs.window.tea"),
        ({"cutoffs": {"window": {"local_time": "teatime"}}}, "cutoffs.window.local_time"),
        ({"cutoffs": {"window": {"local_time": "04:00+02:00"}}}, "cutoffs.window.local_time"),
        ({"cutoffs": {"window": {"local_time": 4}}}, "cutoffs.window.local_time"),
        ({"cutoffs": {"window": {"days_before": 1}}}, "cutoffs.window.days_before"),
        (
            {"cutoffs": {"window": {"minutes_before_eta": -1}}},
            "cutoffs.window.minutes_before_eta",
        ),
        (
            {"cutoffs": {"window": {"minutes_before_eta": 1.5}}},
            "cutoffs.window.minutes_before_eta",
        ),
        (
            {"cutoffs": {"window": {"minutes_before_eta": True}}},
            "cutoffs.window.minutes_before_eta",
        ),
        ({"cutoffs": {"window": {"not_after_loading": False}}}, "cutoffs.window.not_after_loading"),
        ({"cutoffs": {"window": {"after_failure": "never"}}}, "cutoffs.window.after_failure"),
        ({"after_failure_until": "late"}, "after_failure_until"),
        ({"days_ahead": 61}, "days_ahead"),
        ({"forbidden": "window"}, "forbidden"),
        ({"forbidden": ["window", "moon"]}, "forbidden.1"),
        ({"forbid": [{"if": {}}]}, "forbid.0.option"),
        ({"forbid": [{"option": "window", "when": {}}]}, "forbid.0.when"),
        ({"forbid": [{"option": "window", "if": {"size_over": "XL"}}]}, "forbid.0.if.size_over"),
        ({"forbid": [{"option": "window", "if": {"age_check": 1}}]}, "forbid.0.if.age_check"),
        ({"prices": {"window": {"minor": 0, "currency": "GBP"}}}, "prices.window.minor"),
        ({"prices": {"window": {"minor": 1, "currency": "pound"}}}, "prices.window.currency"),
        ({"limits": {"wishes": 3}}, "limits.wishes"),
        ({"support": {"turns": 0}}, "support.turns"),
        (
            {"support": {"answer_within_minutes": {"5": 9}}},
            "support.answer_within_minutes.5",
        ),
        (
            {"support": {"answer_within_minutes": {"1": 0}}},
            "support.answer_within_minutes.1",
        ),
    ],
)
def test_names_the_field_that_is_wrong(form: Any, path: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        read_rules(form)
    assert str(refusal.value).partition(": ")[0] == path
