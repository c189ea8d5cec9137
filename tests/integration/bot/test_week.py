"""Days with faults, STOP and late receipts end with nothing that a good carrier would not send."""

import os
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.main import main
from deliveries.services.conversing.turns import Desk
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.storage import storage
from integrations.vault import FernetVault
from tests.integration.bot.log_checker import complaints
from tests.integration.bot.week import (
    Troubles,
    Week,
    evening_before,
    give_chats,
    import_days,
    night_after,
    unreached,
)

FIRST = date(2026, 3, 11)
# A whole week of many takes hours: docs/benchmarks.md says how long.
DAYS, DELIVERIES = (int(each) for each in os.environ.get("DOORSTEP_WEEK", "2x20").split("x"))
# Of few, many must meet with trouble, so that every kind is met with in any run.
TROUBLES = Troubles() if DELIVERIES >= 100 else Troubles(late=0.4, failing=0.5, leaving=0.08)
KEY = "a-key-of-more-than-16-characters"


def test_some_days_of_trouble_leave_nothing_to_complain_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'doorstep.db'}"
    monkeypatch.setenv("DOORSTEP_DATABASE_URL", url)
    monkeypatch.setenv("DOORSTEP_SECRET_KEY", KEY)
    assert main(["migrate"]) == 0
    import_days(tmp_path, FIRST, DAYS, most=DELIVERIES)
    store = storage(url)
    planner = EmbeddedPlanner(budget_s=1.0)
    desk = Desk(store.unit_of_work, planner, RoadGeography(), FernetVault(KEY))
    chats = give_chats(desk, now=evening_before(FIRST))
    week = Week(desk, TROUBLES)
    week.run(evening_before(FIRST), night_after(FIRST + timedelta(days=DAYS - 1)))
    states, in_vain = week.states(), unreached(desk)
    store.close()
    kinds = Counter(each.notice for each in week.provider.log)
    sys.stdout.write(
        f"{DAYS} days of {DELIVERIES}: {len(week.provider.log)} taken {dict(kinds)}, "
        f"{len(week.stopped)} left, {len(week.unwanted)} parcels unwanted, "
        f"{dict(Counter(states.values()))}\n"
    )
    found = complaints(
        week.provider.log,
        stopped=week.stopped,
        states=states,
        unwanted=week.unwanted,
        arrived=week.arrived,
        unreached=in_vain,
    )
    assert found == []
    assert min(kinds["A1"], kinds["A3"]) >= DELIVERIES // 2
    assert min(chats, kinds["A6"], kinds["A7"], kinds["A8"]) > 0
    assert week.stopped
