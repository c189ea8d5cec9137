"""Due notices measured: finding and writing them among many deliveries, and a tick with none due.

``python -m benchmarks.notices [--live N] [--past N] [--written N] [--url URL]``: on SQLite, and on
PostgreSQL where ``--url`` names an empty database.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Table, create_engine

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery, DeliveryStatus, Parcel
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.model.network import Depot, Shipper
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact, Person
from deliveries.model.saying import Saying
from deliveries.services.notices.noticing import write_due_notices
from integrations.storage import Storage, storage
from integrations.storage.engines import database_url
from integrations.storage.message_tables import conversations, outbox
from integrations.storage.migrations import migrate
from integrations.storage.tables import contacts, deliveries, people

LIVE, PAST, A_FEW_PAST, WRITTEN = 100_000, 1_000_000, 10_000, 2_000
TODAY = date(2026, 3, 10)
MORNING = datetime(2026, 3, 10, 9, tzinfo=UTC)
NIGHT = datetime(2026, 3, 10, 3, tzinfo=UTC)
TICKS = 5
_PAST_DAYS = 400


def run(*, live: int = LIVE, past: int = PAST, written: int = WRITTEN, url: str = "") -> None:
    """Measure on SQLite, and on a PostgreSQL database if one is given."""
    with tempfile.TemporaryDirectory(prefix="doorstep-notices-") as folder:
        _measure("SQLite", f"sqlite:///{Path(folder) / 'doorstep.db'}", live, past, written)
    if url:
        _measure("PostgreSQL", url, live, past, written)


def _measure(name: str, url: str, live: int, past: int, written: int) -> None:
    migrate(url)
    store = storage(url)
    _write_one_of_each(store)
    idle_ms: dict[int, float] = {}
    _multiply(url, live, start=1, day=f"'{TODAY}'", status=None)
    done = 0
    for total in (A_FEW_PAST, past):
        _multiply_past(url, done, total)
        done = total
        idle_ms[total] = _median_ms(store, NIGHT)
    few, many = idle_ms[A_FEW_PAST], idle_ms[past]
    print(
        f"{name}: idle tick with {live:,} live deliveries: {few:.0f} ms beside {A_FEW_PAST:,} past"
        f" ones, {many:.0f} ms beside {past:,}: ratio {many / few:.2f}"
    )
    _empty_all_but(url, written)
    begun = time.perf_counter()
    count = write_due_notices(store.unit_of_work, now=MORNING)
    took_s = time.perf_counter() - begun
    print(
        f"{name}: {count} due notices among {live:,} live and {past:,} past deliveries in"
        f" {took_s:.1f} s: {count / took_s:.0f}/s"
    )
    store.close()


def _median_ms(store: Storage, now: datetime) -> float:
    took = []
    for _ in range(TICKS):
        begun = time.perf_counter()
        write_due_notices(store.unit_of_work, now=now)
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def _write_one_of_each(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.shippers.add(Shipper("s-1", "Larkfield Books", "GB"))
        work.depots.add(Depot("dep-1", "Eastgate", 51.5, -0.05, "Europe/London"))
        work.people.add(Person("p-0"))
        work.flush()
        work.contacts.add(Contact("k-0", "p-0", Channel.SMS, ContactAddress("+447700900000")))
        work.conversations.add(Conversation("c-0", "p-0"))
        work.deliveries.add(_delivery())
        work.flush()
        work.outbox.add(_past_notice())
        work.commit()


def _delivery() -> Delivery:
    return Delivery(
        id="d-0",
        reference="ORDER-0",
        shipper_id="s-1",
        depot_id="dep-1",
        person_id="p-0",
        recipient_name="Robin Vale",
        address_line="12 Harbour Street",
        postcode="E1 6AN",
        city="London",
        lat=51.51,
        lon=-0.07,
        zone="Europe/London",
        date=TODAY,
        parcels=(Parcel("LB1", "books"),),
        eta_at=MORNING + timedelta(hours=4),
    )


def _past_notice() -> OutboxMessage:
    return OutboxMessage(
        id="m-0",
        conversation_id="c-0",
        contact_id="k-0",
        purpose=Purpose.NOTICE,
        sayings=(Saying("notice_delivered"),),
        created_at=MORNING - timedelta(days=9),
        not_before=MORNING - timedelta(days=9),
        delivery_id="past-0",
        dedupe_key="notice:2026-03-01:A8:past-0:0",
        notice="A8",
        state=OutboxState.DELIVERED,
    )


def _multiply(url: str, count: int, *, start: int, day: str, status: str | None) -> None:
    """Copy what belongs to one delivery for so many people."""
    told = {"status": f"'{status}'"} if status else {}
    of_person = {"id": "'p-' || n"}
    _copy(url, people, "id = 'p-0'", start, count, of_person)
    address = {"address": "'+1' || (2000000000 + n)", "person_id": "'p-' || n", "id": "'k-' || n"}
    _copy(url, contacts, "id = 'k-0'", start, count, address)
    threads = {"id": "'c-' || n", "person_id": "'p-' || n"}
    _copy(url, conversations, "id = 'c-0'", start, count, threads)
    own = {"id": "'d-' || n", "reference": "'R-' || n", "person_id": "'p-' || n", "date": day}
    _copy(url, deliveries, "id = 'd-0'", start, count, {**own, **told})


def _multiply_past(url: str, start: int, count: int) -> None:
    """Add deliveries of past days, each with a notice that arrived."""
    is_postgresql = url.startswith("postgres")
    days = f"(n % {_PAST_DAYS}) + 5"
    of_sqlite = f"date('{TODAY}', '-' || ({days}) || ' days')"
    day = f"DATE '{TODAY}' - ({days})" if is_postgresql else of_sqlite
    own = {
        "id": "'past-' || n",
        "reference": "'P-' || n",
        "date": day,
        "status": f"'{DeliveryStatus.DELIVERED.value}'",
    }
    _copy(url, deliveries, "id = 'd-0'", start + 1, count - start, own)
    key = f"'notice:' || {day} || ':A8:past-' || n || ':0'"
    rows = {"id": "'past-' || n", "delivery_id": "'past-' || n", "dedupe_key": key}
    _copy(url, outbox, "id = 'm-0'", start + 1, count - start, rows, left_out=("seq",))


def _copy(
    url: str,
    table: Table,
    which: str,
    start: int,
    count: int,
    changed: Mapping[str, str],
    *,
    left_out: Sequence[str] = (),
) -> None:
    """Copy a row many times with some columns changed, by one statement."""
    names = [column.name for column in table.columns if column.name not in left_out]
    values = [changed.get(name, f'"{name}"') for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    last = start + count - 1
    numbers = f"SELECT {start} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last}"  # noqa: S608
    _execute(
        url,
        f"INSERT INTO {table.name} ({listed}) WITH RECURSIVE numbers(n) AS ({numbers})"  # noqa: S608
        f" SELECT {', '.join(values)} FROM {table.name}, numbers WHERE {table.name}.{which}",
    )


def _execute(url: str, statement: str) -> None:
    engine = create_engine(database_url(url))
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def _empty_all_but(url: str, count: int) -> None:
    """Leave so many due: the others have no time of arrival."""
    wanted = ", ".join(f"'d-{number}'" for number in range(1, count + 1))
    statement = f"UPDATE deliveries SET eta_at = NULL WHERE id NOT IN ({wanted})"  # noqa: S608
    _execute(url, statement)


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notices", description=__doc__)
    parser.add_argument("--live", type=int, default=LIVE)
    parser.add_argument("--past", type=int, default=PAST)
    parser.add_argument("--written", type=int, default=WRITTEN)
    parser.add_argument("--url", default="", help="an empty PostgreSQL database")
    options = parser.parse_args()
    run(live=options.live, past=options.past, written=options.written, url=options.url)


if __name__ == "__main__":
    main()
