"""The worker as a process: it plans, pushes and stops when told to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from deliveries.model.delivery import Delivery
from deliveries.model.offer import OptionKind
from deliveries.model.preference import ChangeState
from integrations.storage import Storage
from tests.builders import a_change, a_delivery, a_preference, keep
from tests.planned_days import is_as_planned

PATIENCE_S = 180
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date()


@pytest.fixture
def worker(url: str, store: Storage) -> Iterator[subprocess.Popen[bytes]]:
    keep(store, *(tomorrows(number) for number in range(6)))
    environment = os.environ | {
        "DOORSTEP_DATABASE_URL": url,
        "DOORSTEP_SECRET_KEY": "k" * 32,
        "DOORSTEP_PLANNING_SECONDS": "1",
    }
    process = subprocess.Popen([sys.executable, "-m", "scheduling"], env=environment)
    yield process
    process.kill()
    process.wait()


def tomorrows(number: int) -> Delivery:
    return a_delivery(
        id=f"t-{number}",
        reference=f"T-{number}",
        lat=51.49 + number / 200,
        date=TOMORROW,
    )


def wait_for(what: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < give_up_at
        time.sleep(0.1)


def test_it_plans_tomorrow_pushes_a_choice_and_stops_when_told(
    worker: subprocess.Popen[bytes], store: Storage
) -> None:
    wait_for(lambda: delivery(store).route_id is not None)
    start = noon(TOMORROW)
    details = {"start": start.isoformat(), "end": (start + timedelta(hours=2)).isoformat()}
    keep(
        store,
        a_preference(delivery_id="t-3", kind=OptionKind.WINDOW, details=details, contact_id=None),
        a_change(
            delivery_id="t-3",
            expires_at=datetime.now(UTC) + timedelta(hours=2),
        ),
    )
    wait_for(lambda: state(store) is ChangeState.ACCEPTED)
    moved = delivery(store)
    assert moved.eta_at is not None
    assert start <= moved.eta_at < start + timedelta(hours=2)
    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.of_day("dep-1", TOMORROW)
    assert plan is not None
    assert all(is_as_planned(route) for route in plan.routes)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=PATIENCE_S) == 0


def delivery(store: Storage) -> Delivery:
    with store.unit_of_work(read_only=True) as work:
        return work.deliveries.get("t-3")


def state(store: Storage) -> ChangeState:
    with store.unit_of_work(read_only=True) as work:
        return work.changes.get("ch-1").state


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
