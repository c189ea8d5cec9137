"""A backlog drained: what a claim costs while much waits, what goes first, what is dropped.

``python -m benchmarks.backlog [--messages N] [--url URL]``. Without a network: rows are claimed as
gateways do, and noted as sent. PostgreSQL: a database of its own, empty.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from deliveries.journals import Turns
from deliveries.model.conversation import Conversation
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact, Person
from deliveries.model.saying import Saying
from integrations.storage import Storage, storage
from integrations.storage.migrations import migrate

MESSAGES = 100_000
AT_ONCE = 100
_FILLED_AT_ONCE = 2000
_SHIPPERS = 7
# Of a hundred messages: so many of each kind, the rest are notices that keep for the day.
_CODES, _REPLIES, _AGENTS, _URGENT, _STALE = 1, 3, 2, 10, 4


@dataclass(frozen=True)
class Drained:
    """What became of a backlog.

    Attributes:
        order: Rank and shipper of every message, in the order of claims.
        dropped: How many were too old.
        claim_ms: Processor time of each claim of ``AT_ONCE``, whatever else the machine does.
    """

    order: tuple[tuple[int, str], ...]
    dropped: int
    claim_ms: tuple[float, ...]


def fill(store: Storage, count: int, *, now: datetime) -> None:
    """Queue messages of every rank of several shippers, the biggest with half of all."""
    with store.unit_of_work() as work:
        work.people.add(Person("p-backlog"))
        work.flush()
        work.contacts.add(
            Contact("k-backlog", "p-backlog", Channel.SMS, ContactAddress("+447700900999"))
        )
        work.conversations.add(Conversation("c-backlog", "p-backlog"))
        work.commit()
    for first in range(0, count, _FILLED_AT_ONCE):
        with store.unit_of_work() as work:
            for number in range(first, min(first + _FILLED_AT_ONCE, count)):
                work.outbox.add(_message(number, now))
            work.commit()


def drain(store: Storage, *, now: datetime, at_once: int = AT_ONCE) -> Drained:
    """Claim and settle until nothing is left; what is too old is dropped as gateways drop it."""
    turns, order, took, dropped = Turns(), [], [], 0
    while True:
        with store.unit_of_work() as work:
            dropped += work.outbox.drop_expired(now=now, limit=at_once)
            begun = time.process_time()
            claimed = work.outbox.claim_due(
                by="bench",
                now=now,
                technical_now=now,
                until=now + timedelta(seconds=30),
                limit=at_once,
                rooms={Channel.SMS: at_once},
                turns=turns,
            )
            took.append((time.process_time() - begun) * 1000)
            for message in claimed:
                if message.expires_at is not None and message.expires_at <= now:
                    message.state, message.reason = OutboxState.SUPPRESSED, "expired"
                    dropped += 1
                    continue
                order.append((message.rank or 0, message.lane or ""))
                message.state = OutboxState.SENT
            work.commit()
        if not claimed:
            return Drained(tuple(order), dropped, tuple(took[:-1]))


def run(messages: int = MESSAGES, url: str | None = None) -> None:
    """Print what claims cost at the beginning, in the middle and at the end."""
    with tempfile.TemporaryDirectory(prefix="doorstep-backlog-") as folder:
        address = url or f"sqlite:///{Path(folder) / 'doorstep.db'}"
        migrate(address)
        store = storage(address)
        now = datetime.now(UTC)
        try:
            fill(store, messages, now=now)
            begun = time.perf_counter()
            drained = drain(store, now=now)
            took_s = time.perf_counter() - begun
        finally:
            store.close()
    print(f"{messages} messages drained in {took_s:.0f} s, {drained.dropped} dropped as too old")
    for part, claims in _thirds(drained.claim_ms).items():
        print(
            f"  claim of {AT_ONCE}, {part}: p50 {median(claims):.1f} ms, most {max(claims):.0f} ms"
        )
    ranks = [rank for rank, _ in drained.order]
    print(f"  by rank: {'in order' if ranks == sorted(ranks) else 'OUT OF ORDER'}")
    print(f"  first thousand notices by shipper: {dict(sorted(_first_notices(drained).items()))}")


def _first_notices(drained: Drained) -> Counter[str]:
    last = max(rank for rank, _ in drained.order)
    return Counter([lane for rank, lane in drained.order if rank == last][:1000])


def _thirds(values: tuple[float, ...]) -> Mapping[str, tuple[float, ...]]:
    third = max(1, len(values) // 3)
    return {"first third": values[:third], "last third": values[-third:]}


def _message(number: int, now: datetime) -> OutboxMessage:
    purpose, lives = _kind(number % 100)
    shipper = number % _SHIPPERS if number % 2 else 0
    written = now - timedelta(minutes=20)
    return OutboxMessage(
        id=f"m-{number}",
        conversation_id=f"c-{number}",
        contact_id="k-backlog",
        purpose=purpose,
        sayings=(Saying("agent_text", {"text": f"Your parcel {number} comes today"}),),
        created_at=written,
        not_before=written,
        expires_at=written + lives,
        channel=Channel.SMS,
        lane=f"s-{shipper}",
    )


def _kind(share: int) -> tuple[Purpose, timedelta]:
    """Return what one of a hundred messages is, and how long it lives from twenty minutes ago."""
    kinds: Iterator[tuple[int, tuple[Purpose, timedelta]]] = iter(
        (
            (_CODES, (Purpose.CODE, timedelta(hours=9))),
            (_REPLIES, (Purpose.REPLY, timedelta(hours=9))),
            (_AGENTS, (Purpose.AGENT, timedelta(hours=9))),
            (_URGENT, (Purpose.NOTICE, timedelta(minutes=50))),
            (_STALE, (Purpose.NOTICE, timedelta(minutes=5))),
        )
    )
    for size, kind in kinds:
        if share < size:
            return kind
        share -= size
    return Purpose.NOTICE, timedelta(hours=9)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument("--url", default=None)
    given = parser.parse_args()
    run(given.messages, given.url)
