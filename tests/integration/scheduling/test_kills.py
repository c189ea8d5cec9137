"""The worker killed at every step of pushing: nothing is lost, nothing is done twice."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deliveries.model.offer import OptionKind
from deliveries.model.preference import ChangeState
from deliveries.services.days.planning import plan_day
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.solver import solve
from integrations.storage import Storage
from tests.builders import a_change, a_contact, a_conversation, a_delivery, a_preference, keep
from tests.integration.scheduling.dying_worker import STEPS
from tests.planned_days import is_as_planned

CHOICES = 12
PATIENCE_S = 180
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date()


@contextmanager
def worker(url: str, step: str, ledger: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "DOORSTEP_DATABASE_URL": url,
        "DOORSTEP_SECRET_KEY": "k" * 32,
        "DOORSTEP_PLANNING_SECONDS": "1",
        "DOORSTEP_IMPROVING_SECONDS": "0",
    }
    module = "tests.integration.scheduling.dying_worker"
    process = subprocess.Popen(  # noqa: S603 our own module
        [sys.executable, "-m", module, step, str(ledger)],
        env=environment,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def choose(store: Storage) -> None:
    """Plan tomorrow, then let everybody choose a window at once."""
    keep(store, a_contact(), a_conversation())
    for number in range(CHOICES):
        place = {"lat": 51.49 + number / 300, "date": TOMORROW}
        keep(store, a_delivery(id=f"t-{number}", reference=f"T-{number}", **place))
    planner = EmbeddedPlanner(budget_s=1, solver=lambda problem, s: solve(problem, budget_s=s))
    plan_day(store.unit_of_work, planner, "dep-1", TOMORROW, now=datetime.now(UTC))
    for number in range(CHOICES):
        start = datetime(TOMORROW.year, TOMORROW.month, TOMORROW.day, 9 + number % 6, tzinfo=UTC)
        details = {"start": start.isoformat(), "end": (start + timedelta(hours=2)).isoformat()}
        keep(
            store,
            a_preference(
                id=f"p-{number}",
                delivery_id=f"t-{number}",
                kind=OptionKind.WINDOW,
                details=details,
                contact_id="c-1",
            ),
            a_change(
                id=f"ch-{number}",
                preference_id=f"p-{number}",
                delivery_id=f"t-{number}",
                idempotency_key=f"t-{number}:1",
                expires_at=datetime.now(UTC) + timedelta(hours=2),
            ),
        )


def is_done(store: Storage) -> bool:
    with store.unit_of_work(read_only=True) as work:
        return work.changes.open_count() == 0


def wait_until_done(store: Storage) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    while not is_done(store):
        assert time.monotonic() < give_up_at
        time.sleep(0.1)


def revision(store: Storage) -> int:
    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.of_day("dep-1", TOMORROW)
        assert plan is not None
        return plan.revision


def check(store: Storage, ledger: Path, *, before: int) -> None:
    """Everybody has one verdict, was told once, and is on the plan once."""
    with store.unit_of_work(read_only=True) as work:
        changes = [work.changes.get(f"ch-{number}") for number in range(CHOICES)]
        told = Counter(
            message.delivery_id
            for message in work.outbox.newest(limit=100)
            if message.delivery_id and message.purpose.value == "confirmation"
        )
        kinds = Counter(
            entry.kind
            for number in range(CHOICES)
            for entry in work.history.of_delivery(f"t-{number}")
        )
        plan = work.plans.of_day("dep-1", TOMORROW)
        assert plan is not None
        at = {each.id: each.window for each in work.deliveries.of_day("dep-1", TOMORROW)}
    accepted = [change for change in changes if change.state is ChangeState.ACCEPTED]
    stops = [id_ for route in plan.routes for stop in route.stops for id_ in stop.delivery_ids]
    asked = set(ledger.read_text(encoding="utf-8").split())
    assert len(accepted) == CHOICES
    assert told == {f"t-{number}": 1 for number in range(CHOICES)}
    assert kinds["choice_confirmed"] == CHOICES
    assert sorted(stops) == sorted(at)
    assert None not in at.values()
    assert before < plan.revision <= before + CHOICES
    assert asked == {f"t-{number}:1" for number in range(CHOICES)}
    assert all(is_as_planned(route) for route in plan.routes)


def test_killed_at_every_step_it_loses_nothing_and_does_nothing_twice(
    url: str, store: Storage, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger"
    choose(store)
    before = revision(store)
    for step in STEPS:
        with worker(url, step, ledger) as dying:
            assert dying.wait(timeout=PATIENCE_S) == -9
    with worker(url, "never", ledger):
        wait_until_done(store)
    check(store, ledger, before=before)


def test_killed_at_any_moment_beside_another_it_loses_nothing_and_does_nothing_twice(
    url: str, store: Storage, tmp_path: Path
) -> None:
    ledger, dice = tmp_path / "ledger", random.Random(9)  # noqa: S311 moments to die at
    choose(store)
    before = revision(store)
    for _ in range(2):
        with worker(url, "never", ledger), worker(url, dice.choice(STEPS), ledger) as dying:
            give_up_at = time.monotonic() + 2 + dice.random()
            while dying.poll() is None and time.monotonic() < give_up_at:
                time.sleep(0.02)
    with worker(url, "never", ledger):
        wait_until_done(store)
    check(store, ledger, before=before)
