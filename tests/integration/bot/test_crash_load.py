"""Real gateways killed again and again under load, on networks where everything goes wrong."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.traffic import FINAL, Traffic, fill, outcome, wait_until_settled
from deliveries.model.message import OutboxState
from deliveries.model.recipient import Channel
from integrations.storage import Storage, storage
from integrations.storage.migrations import migrate

MESSAGES = 200
KILLS = 3
BAD_LUCK = {"calls": 0.01, "receipts": 0.03, "undelivered": 0.03}


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'doorstep.db'}"
    migrate(url)
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def store(request: pytest.FixtureRequest) -> Iterator[tuple[Storage, str]]:
    url = str(request.getfixturevalue(request.param))
    opened = storage(url)
    yield opened, url
    opened.close()


def test_no_sms_is_lost_or_doubled_however_often_gateways_die(
    store: tuple[Storage, str], tmp_path: Path
) -> None:
    opened, url = store
    fill(opened, MESSAGES, channel=Channel.SMS, people=MESSAGES // 2)
    traffic = Traffic(url, tmp_path, luck=BAD_LUCK, settings={"TWILIO_FOLLOW_UP_SECONDS": "10"})
    chance = random.Random(7)  # noqa: S311 a repeatable choice of moments
    try:
        traffic.start(gateways=2)
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.3, 2.5))
            traffic.kill_one(chance)
        is_settled = wait_until_settled(opened, patience_s=110)
        found = outcome(opened, traffic.got(), final=FINAL)
    finally:
        traffic.close()
    assert (is_settled, found.lost, found.doubled, found.unfinished) == (True, [], [], [])
    assert sum(found.states.values()) == MESSAGES
    assert found.states[OutboxState.DELIVERED, None] >= MESSAGES * 0.9
