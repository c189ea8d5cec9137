"""What passed the gate is looked at once more at the moment at which it is handed to a network."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.departure import Departure
from bot.departures import Departures
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.pacing import Pacing
from bot.transactions import Transactions
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.model.recipient import Channel
from deliveries.ports import UnitOfWork
from deliveries.services import handoffs
from integrations.storage import Storage
from tests.builders import NOW, a_stocked_storage, an_outbox_message, keep
from tests.unit.bot.test_turns import WORDING, StoppedClock

type Change = Callable[[UnitOfWork], None]


class Pad:
    """A network that writes down what it was given."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, departure: Departure) -> str:
        self.sent.append(departure.message_id)
        return f"SM-{departure.message_id}"

    async def look_up(self, departure: Departure) -> Sequence[str] | None:
        del departure
        return None

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def store() -> Iterator[Storage]:
    store = a_stocked_storage()
    yield store
    store.close()


@dataclass
class Machine:
    """A clock of the machine's that a test moves."""

    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant


async def send_after(
    store: Storage, change: Change, *, wait_s: float = 1
) -> tuple[list[str], OutboxMessage]:
    """Claim, let somebody change something, send, and look at the row after the next claim."""
    pad, clock, machine = Pad(), StoppedClock(), Machine()
    departures = Departures("g-1", WORDING, {Channel.SMS: pad}, clock, machine, Pacing({}, clock))
    transactions = Transactions(store.unit_of_work, threads=1)
    outbox = Outbox(transactions, departures, Metrics())
    claimed = await transactions.run(lambda work: outbox.claim(work, limit=5))
    with store.unit_of_work() as work:
        change(work)
        work.commit()
    machine.instant += timedelta(seconds=wait_s)
    outbox.post(claimed)
    await outbox.close()
    outbox.post(await transactions.run(lambda work: outbox.claim(work, limit=5)))
    await outbox.close()
    await asyncio.to_thread(transactions.close)
    with store.unit_of_work(read_only=True) as work:
        return pad.sent, work.outbox.get("m-1")


def take(work: UnitOfWork) -> None:
    version = work.conversations.get("conv-1").version
    handoffs.take(work, "conv-1", agent_id="ann", version=version, now=NOW)


def stop(work: UnitOfWork) -> None:
    work.contacts.get("c-1").opted_out_at = NOW


def block(work: UnitOfWork) -> None:
    work.contacts.get("c-1").blocked_at = NOW


def do_nothing(work: UnitOfWork) -> None:
    del work


async def test_what_nobody_objects_to_leaves_once(store: Storage) -> None:
    keep(store, an_outbox_message(id="m-1", conversation_id="conv-1", epoch=1))
    sent, row = await send_after(store, do_nothing)
    assert (sent, row.state, row.attempts) == (["m-1"], OutboxState.SENT, 1)


@pytest.mark.behaviour(14)
async def test_14_a_reply_on_its_way_to_the_network_stays_when_an_agent_takes_the_chat(
    store: Storage,
) -> None:
    keep(store, an_outbox_message(id="m-1", conversation_id="conv-1", epoch=1))
    sent, row = await send_after(store, take)
    assert (sent, row.state, row.reason) == ([], OutboxState.SUPPRESSED, "superseded")


@pytest.mark.behaviour(28)
@pytest.mark.parametrize(("change", "reason"), [(stop, "opted_out"), (block, "blocked")])
@pytest.mark.parametrize("purpose", [Purpose.REPLY, Purpose.AGENT, Purpose.NOTICE])
async def test_28_whatever_is_on_its_way_to_the_network_stays_after_a_stop(
    store: Storage, purpose: Purpose, change: Change, reason: str
) -> None:
    keep(store, an_outbox_message(id="m-1", conversation_id="conv-1", purpose=purpose))
    sent, row = await send_after(store, change)
    assert (sent, row.state, row.reason) == ([], OutboxState.SUPPRESSED, reason)


@pytest.mark.behaviour(30)
async def test_30_a_notice_on_its_way_waits_for_the_agent_who_takes_the_chat(
    store: Storage,
) -> None:
    notice = {"purpose": Purpose.NOTICE, "conversation_id": "conv-1"}
    keep(store, an_outbox_message(id="m-1", **notice))
    sent, row = await send_after(store, take)
    assert (sent, row.state, row.reason) == ([], OutboxState.QUEUED, "lease")


@pytest.mark.parametrize(
    ("purpose", "leaves"), [(Purpose.NOTICE, ["m-1"]), (Purpose.REPLY, []), (Purpose.AGENT, [])]
)
async def test_only_a_notice_that_passed_the_gate_just_now_is_not_looked_at_again(
    store: Storage, purpose: Purpose, leaves: list[str]
) -> None:
    keep(store, an_outbox_message(id="m-1", conversation_id="conv-1", purpose=purpose))
    sent, _ = await send_after(store, stop, wait_s=0.2)
    assert sent == leaves


@pytest.mark.behaviour(14)
async def test_14_an_agents_own_words_leave_whoever_has_the_chat(store: Storage) -> None:
    keep(store, an_outbox_message(id="m-1", conversation_id="conv-1", purpose=Purpose.AGENT))
    sent, _ = await send_after(store, take)
    assert sent == ["m-1"]
