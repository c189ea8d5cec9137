"""The worker's settings."""

import pytest

from deliveries.environment import Environment, SettingsError
from scheduling.settings import Settings

ENOUGH = {"DOORSTEP_DATABASE_URL": "sqlite://", "DOORSTEP_SECRET_KEY": "k"}


def test_everything_missing_or_wrong_is_named_at_once() -> None:
    wrong = {
        "DOORSTEP_PLANNER": "abacus",
        "DOORSTEP_PLANNING_SECONDS": "soon",
        "DOORSTEP_CLOCK_URL": "grandfather",
    }
    with pytest.raises(SettingsError) as refused:
        Settings.read(Environment(wrong))
    for name in (*ENOUGH, *wrong):
        assert name in str(refused.value)


def test_most_have_a_default() -> None:
    settings = Settings.read(Environment(ENOUGH))
    assert (settings.planner.name, settings.planning_s, settings.clock_url) == (
        "embedded",
        20,
        None,
    )


def test_better_routes_need_not_be_looked_for() -> None:
    never = Settings.read(Environment({**ENOUGH, "DOORSTEP_IMPROVING_SECONDS": "0"}))
    assert never.improving_s == 0


def test_every_worker_has_a_name_of_its_own() -> None:
    assert Settings.read(Environment(ENOUGH)).name.rpartition(":")[2].isdecimal()
