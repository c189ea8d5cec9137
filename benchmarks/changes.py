"""From a choice written to its verdict stored: the worker as a process, PostgreSQL, a full day.

``python -m benchmarks.changes [--stops N] [--vans N] [--seconds N] [--rates N …]``. Choices are
written at a steady rate, as preferring writes them; each is seen answered by looking at its row.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day

from sqlalchemy import text

from deliveries.model.delivery import Delivery, DeliveryStatus, Parcel
from deliveries.model.network import Break, Depot, Shipper, Vehicle
from deliveries.model.offer import OptionKind
from deliveries.model.preference import PlannerChange, Preference
from deliveries.model.recipient import Person
from deliveries.services.days.planning import plan_day
from deliveries.services.notices.promises import broad_window
from integrations.planners.embedded import EmbeddedPlanner
from integrations.storage import Storage, storage
from integrations.storage.migrations import migrate
from tests.servers import fresh_database, postgresql_server

_LOOK_EVERY_S = 0.02
_STARTS_WITHIN_S = 60
_TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date()


@dataclass
class Seen:
    """When choices were written and answered, by the machine's monotonic clock."""

    written: dict[str, float] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)
    accepted: int = 0

    def waits_s(self) -> list[float]:
        """Return how long each answered choice waited."""
        return sorted(at - self.written[id_] for id_, at in self.answered.items())


def measure(stops: int, vans: int, seconds: float, rates: Sequence[int]) -> None:
    """Print how long verdicts take at each rate, in choices a minute."""
    print(f"\nChoice written to verdict stored: {stops} stops, {vans} vans, PostgreSQL, one worker")
    print(f"load average at the start {os.getloadavg()[0]:.1f}")
    print(
        "| choices a minute | answered | accepted | p50 s | p95 s | longest s | worker's CPU ms |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with postgresql_server() as server, fresh_database(server) as url:
        migrate(url)
        store = storage(url)
        _fill(store, stops, vans)
        with _worker(url) as process:
            first = 0
            for rate in rates:
                count = max(20, round(rate * seconds / 60))
                before_s = _cpu_s(process.pid)
                seen = _choose(store, range(first, first + count), stops, 60 / rate)
                cpu_ms = 1000 * (_cpu_s(process.pid) - before_s) / count
                first += count
                waits = seen.waits_s()
                print(
                    f"| {rate} | {len(waits)} of {count} | {seen.accepted} "
                    f"| {statistics.median(waits):.2f} | {waits[int(0.95 * len(waits))]:.2f} "
                    f"| {waits[-1]:.2f} | {cpu_ms:.0f} |",
                    flush=True,
                )
        store.close()


def _fill(store: Storage, stops: int, vans: int) -> None:
    """Store a planned day; everybody was told the evening before when to expect the van."""
    dice = random.Random(3)  # noqa: S311 made-up places
    lunch = Break(1800, time_of_day(11), time_of_day(14))
    with store.unit_of_work() as work:
        work.depots.add(Depot("dep", "Depot", 52.5, 13.4, "UTC"))
        work.shippers.add(Shipper("sh", "Shop", "DE"))
        work.people.add(Person("p"))
        for number in range(vans):
            shift = (time_of_day(8), time_of_day(20))
            work.vehicles.add(Vehicle(f"v-{number}", "dep", "Driver", 60, *shift, (lunch,)))
        for number in range(stops):
            work.deliveries.add(_delivery(number, dice))
        work.commit()
    planner = EmbeddedPlanner(budget_s=8)
    plan_day(store.unit_of_work, planner, "dep", _TOMORROW, now=datetime.now(UTC))
    with store.unit_of_work() as work:
        for delivery in work.deliveries.of_day("dep", _TOMORROW):
            if delivery.eta_at is not None:
                delivery.promise(broad_window(delivery.eta_at, leaves_at=None))
        work.commit()


def _delivery(number: int, dice: random.Random) -> Delivery:
    lat, lon = 52.5 + dice.gauss(0, 0.05), 13.4 + dice.gauss(0, 0.08)
    return Delivery(
        id=f"d-{number}",
        reference=f"R-{number}",
        shipper_id="sh",
        person_id="p",
        recipient_name="Somebody",
        depot_id="dep",
        parcels=(Parcel(f"k-{number}", ""),),
        address_line="1 Test Street",
        postcode="10115",
        city="Berlin",
        lat=lat,
        lon=lon,
        zone="UTC",
        date=_TOMORROW,
        status=DeliveryStatus.IN_TRANSIT,
    )


def _choose(store: Storage, numbers: range, stops: int, every_s: float) -> Seen:
    """Write choices at a steady rate, and see each answered."""
    seen, done = Seen(), threading.Event()
    looking = threading.Thread(target=_look, args=(store, seen, len(numbers), done))
    looking.start()
    dice = random.Random(numbers.start)  # noqa: S311 made-up choices
    begin = time.monotonic()
    for position, number in enumerate(numbers):
        time.sleep(max(0.0, begin + position * every_s - time.monotonic()))
        _write(store, number, f"d-{(number * 37) % stops}", dice)
        seen.written[f"g-{number}"] = time.monotonic()
    done.wait(_STARTS_WITHIN_S)
    done.set()
    looking.join()
    return seen


def _write(store: Storage, number: int, delivery_id: str, dice: random.Random) -> None:
    now = datetime.now(UTC)
    start = datetime.combine(_TOMORROW, time_of_day(dice.randrange(9, 17)), tzinfo=UTC)
    details = {"start": start.isoformat(), "end": (start + timedelta(hours=2)).isoformat()}
    with store.unit_of_work() as work:
        live = work.preferences.live_of(delivery_id)
        version = live.version + 1 if live else 1
        if live:
            live.state = type(live.state).REPLACED
            work.flush()
        work.preferences.add(
            Preference(f"p-{number}", delivery_id, version, OptionKind.WINDOW, details, now)
        )
        work.changes.add(
            PlannerChange(
                f"g-{number}",
                f"p-{number}",
                delivery_id,
                "dep",
                f"{delivery_id}:{version}",
                now,
                now + timedelta(hours=2),
            )
        )
        work.commit()


def _look(store: Storage, seen: Seen, count: int, done: threading.Event) -> None:
    answered = text("SELECT id, state FROM planner_changes WHERE state NOT IN ('pending', 'sent')")
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not done.is_set():
            now = time.monotonic()
            for id_, state in connection.execute(answered):
                if id_ in seen.written and id_ not in seen.answered:
                    seen.answered[id_] = now
                    seen.accepted += state == "accepted"
            if len(seen.answered) == count:
                done.set()
            time.sleep(_LOOK_EVERY_S)


@contextmanager
def _worker(url: str) -> Iterator[subprocess.Popen[bytes]]:
    settings = {"DOORSTEP_DATABASE_URL": url, "DOORSTEP_SECRET_KEY": "k" * 32}
    process = subprocess.Popen(
        [sys.executable, "-m", "scheduling"],
        env=os.environ | settings,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        # Imports and the first looks; APScheduler is at work then.
        time.sleep(8)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=_STARTS_WITHIN_S)


def _cpu_s(pid: int) -> float:
    """Return the processor time of a process so far, without its children's."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:  # noqa: PTH123 no file
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run() -> None:
    """Measure what ``make bench`` shows."""
    measure(1000, 30, 20, (60, 500))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.changes", description=__doc__)
    parser.add_argument("--stops", type=int, default=1000)
    parser.add_argument("--vans", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rates", type=int, nargs="*", default=(60, 500))
    told = parser.parse_args(arguments)
    measure(told.stops, told.vans, told.seconds, told.rates)


if __name__ == "__main__":
    main()
