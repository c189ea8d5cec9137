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
CHATS = 100
# Telegram reports nothing back: what it took has left, and that is the end.
LEFT = FINAL | {OutboxState.SENT}
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


def test_on_telegram_nothing_is_said_twice_and_what_may_be_lost_is_left_to_staff(
    sqlite: str, tmp_path: Path
) -> None:
    opened = storage(sqlite)
    fill(opened, CHATS, channel=Channel.TELEGRAM)
    traffic = Traffic(sqlite, tmp_path, luck={"calls": 0.01})
    chance = random.Random(11)  # noqa: S311 a repeatable choice of moments
    try:
        traffic.start(gateways=2)
        for _ in range(2):
            time.sleep(chance.uniform(0.3, 1.5))
            traffic.kill_one(chance)
        is_settled = wait_until_settled(opened, patience_s=110, final=LEFT)
        found = outcome(opened, traffic.got(), final=LEFT)
        with opened.unit_of_work(read_only=True) as work:
            tasks = [task.kind for task in work.tasks.open()]
    finally:
        traffic.close()
        opened.close()
    unknown = found.states[OutboxState.FAILED, "outcome_unknown"]
    assert (is_settled, found.lost, found.doubled, found.unfinished) == (True, [], [], [])
    assert found.states[OutboxState.SENT, None] + unknown == CHATS
    assert tasks.count("message_undelivered") == unknown
