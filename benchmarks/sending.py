"""Sending measured: messages a second through a real gateway, and none lost or doubled in trouble.

``python -m benchmarks.sending [rates] [trouble] [telegram] [--messages N]``; all three without a
name. The provider has no limit and is a process of its own; commits are those of ``make run``.
Rates are taken on SQLite and, where it is installed, on a PostgreSQL of their own.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.traffic import FINAL, Traffic, fill, outcome, wait_until_settled
from deliveries.model.message import OutboxState
from deliveries.model.recipient import Channel
from integrations.storage import storage
from integrations.storage.migrations import migrate
from tests.servers import fresh_database, has_postgresql, postgresql_server

RATES_OVER = 3000
TROUBLE_OVER = 10_000
TELEGRAM_OVER = 1000
WITHOUT_LIMIT = {"TELEGRAM_MESSAGES_PER_SECOND": "1000"}
BAD_LUCK = {"calls": 0.005, "receipts": 0.02, "undelivered": 0.02}
FOLLOWED = {"TWILIO_FOLLOW_UP_SECONDS": "20"}
# Telegram reports nothing back: what it took has left, and that is the end.
LEFT = FINAL | {OutboxState.SENT}
_KILL_EVERY_S = (3.0, 10.0)
_PATIENCE_S = 900.0


def run() -> None:
    """Measure all."""
    rates(RATES_OVER)
    trouble(TROUBLE_OVER)
    telegram_trouble(TELEGRAM_OVER)


def rates(messages: int) -> None:
    """Print messages a second and what each costs the gateway.

    Args:
        messages: How many by each channel.
    """
    print(f"load average at the start {os.getloadavg()[0]:.1f}")
    for database in ("SQLite", *(["PostgreSQL"] if has_postgresql() else [])):
        for channel in (Channel.SMS, Channel.TELEGRAM):
            _rate(database, channel, messages)


def _rate(database: str, channel: Channel, messages: int) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="doorstep-sending-") as name,
        _fresh(database, Path(name)) as url,
    ):
        store = storage(url)
        fill(store, messages, channel=channel)
        traffic = Traffic(url, Path(name), settings=WITHOUT_LIMIT)
        try:
            traffic.start()
            before_s = traffic.cpu_s()
            final = FINAL if channel is Channel.SMS else LEFT
            wait_until_settled(store, patience_s=_PATIENCE_S, final=final)
            instants = traffic.instants()
            cpu_ms = (traffic.cpu_s() - before_s) / messages * 1000
        finally:
            traffic.close()
            store.close()
    took_s = instants[-1] - instants[0]
    print(
        f"{database}, {channel.value}: {len(instants) / took_s:.0f} messages/s,"
        f" {cpu_ms:.1f} ms of the gateway's processor time a message, receipts included:"
        f" at most {1000 / cpu_ms:.0f}/s on one core"
    )


def trouble(messages: int) -> None:
    """Send SMS by two gateways that are killed all the while, with every fault; print what became.

    Args:
        messages: How many.
    """
    _trouble(Channel.SMS, messages, BAD_LUCK, FINAL)


def telegram_trouble(messages: int) -> None:
    """Likewise by Telegram, which cannot be asked what it took.

    Args:
        messages: How many.
    """
    _trouble(Channel.TELEGRAM, messages, BAD_LUCK, LEFT)


def _trouble(
    channel: Channel, messages: int, luck: Mapping[str, float], final: frozenset[OutboxState]
) -> None:
    chance = random.Random(7)  # noqa: S311 a repeatable choice of moments
    with (
        tempfile.TemporaryDirectory(prefix="doorstep-trouble-") as name,
        _fresh("SQLite", Path(name)) as url,
    ):
        folder = Path(name)
        store = storage(url)
        fill(store, messages, channel=channel, people=messages // 2)
        traffic = Traffic(url, folder, luck=luck, settings={**WITHOUT_LIMIT, **FOLLOWED})
        begun = time.monotonic()
        try:
            traffic.start(gateways=2)
            while len(traffic.got()) < messages * 0.9 and time.monotonic() - begun < _PATIENCE_S:
                time.sleep(chance.uniform(*_KILL_EVERY_S))
                traffic.kill_one(chance)
            is_settled = wait_until_settled(store, patience_s=_PATIENCE_S, final=final)
            found = outcome(store, traffic.got(), final=final)
        finally:
            traffic.close()
            store.close()
    print(
        f"{channel.value}: {messages} messages, {traffic.kills} kills,"
        f" {time.monotonic() - begun:.0f} s: lost {len(found.lost)}, doubled {len(found.doubled)},"
        f" without an end {len(found.unfinished)}{'' if is_settled else ' (out of patience)'}"
    )
    for (state, reason), count in sorted(found.states.items(), key=str):
        print(f"  {state}{f' ({reason})' if reason else ''}: {count}")


@contextmanager
def _fresh(database: str, folder: Path) -> Iterator[str]:
    if database == "SQLite":
        url = f"sqlite:///{folder / 'doorstep.db'}"
        migrate(url)
        yield url
        return
    with postgresql_server() as server, fresh_database(server) as url:
        migrate(url)
        yield url


def main() -> None:
    """Run what is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sending", description=__doc__)
    parts = {"rates": rates, "trouble": trouble, "telegram": telegram_trouble}
    parser.add_argument("parts", nargs="*", choices=[*parts, []], help="all, if none is named")
    parser.add_argument("--messages", type=int)
    options = parser.parse_args()
    usual = {"rates": RATES_OVER, "trouble": TROUBLE_OVER, "telegram": TELEGRAM_OVER}
    for part in options.parts or parts:
        parts[part](options.messages or usual[part])


if __name__ == "__main__":
    main()
