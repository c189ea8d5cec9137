"""Due notices measured: finding and writing them among many deliveries, and ticks with none due.

``python -m benchmarks.notices [--live N] [--past N] [--written N] [--url URL]``: on SQLite, and on
PostgreSQL where ``--url`` names an empty database. The live deliveries of a day are on vans of a
hundred stops; the past ones have a notice each.
"""

import argparse
import statistics
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.multiplying import copy_rows, execute
from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery, DeliveryStatus, Parcel
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.model.network import Depot, Shipper, Vehicle
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact, Person
from deliveries.model.route import Plan, Route, Stop, StopKind
from deliveries.model.saying import Saying
from deliveries.services.notices.noticing import write_due_notices
from integrations.storage import Storage, storage
from integrations.storage.message_tables import conversations, outbox
from integrations.storage.migrations import migrate
from integrations.storage.tables import contacts, deliveries, people, routes, stops

LIVE, PAST, A_FEW_PAST, WRITTEN = 10_000, 100_000, 10_000, 1_000
TODAY = date(2026, 3, 10)
NIGHT, MORNING, NOON = (datetime(2026, 3, 10, hour, tzinfo=UTC) for hour in (3, 9, 12))
LEAVES_AT = MORNING + timedelta(hours=2)
TICKS = 7
KINDS = ("A2", "A3")
_STOPS_A_VAN = 100
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
    write_one_of_each(store)
    _multiply(url, live)
    execute(url, "UPDATE deliveries SET status = 'cancelled' WHERE id = 'd-0'")
    for kind in KINDS:
        _tell(url, kind, live)
    few = _idle_ms(store, url, 0, A_FEW_PAST)
    many = _idle_ms(store, url, A_FEW_PAST, past)
    for moment, few_ms in few.items():
        print(
            f"{name}: idle tick {moment} with {live:,} live deliveries: {few_ms:.0f} ms beside"
            f" {A_FEW_PAST:,} past ones, {many[moment]:.0f} ms beside {past:,}:"
            f" ratio {many[moment] / few_ms:.2f}"
        )
    _untell(url, written)
    begun, begun_cpu = perf_counter(), process_time()
    count = write_due_notices(store.unit_of_work, now=MORNING)
    took_s, cpu_s = perf_counter() - begun, process_time() - begun_cpu
    print(
        f"{name}: {count:,} due notices among {live:,} live and {past:,} past deliveries in"
        f" {took_s:.1f} s: {count / took_s:.0f}/s, {cpu_s / max(1, count) * 1000:.1f} ms of"
        " our processor time each"
    )
    store.close()


def _idle_ms(store: Storage, url: str, former: int, past: int) -> dict[str, float]:
    """Return what a tick takes beside so many past deliveries, when nobody is to be told."""
    _multiply_past(url, former, past)
    taken = {
        "at night": _median_ms(store, NIGHT),
        "in the morning, all told": _median_ms(store, MORNING),
    }
    execute(url, f"UPDATE routes SET state = 'departed', start_at = {_instant(url, MORNING)}")  # noqa: S608
    taken["on the road"] = _median_ms(store, NOON)
    execute(url, f"UPDATE routes SET state = 'planned', start_at = {_instant(url, LEAVES_AT)}")  # noqa: S608
    return taken


def _instant(url: str, instant: datetime) -> str:
    """Return an instant as the database keeps it."""
    is_postgresql = url.startswith("postgres")
    return f"'{instant.isoformat()}'" if is_postgresql else f"'{instant:%Y-%m-%d %H:%M:%S.%f}'"


def _median_ms(store: Storage, now: datetime) -> float:
    took = []
    for _ in range(TICKS):
        begun = perf_counter()
        written = write_due_notices(store.unit_of_work, now=now)
        took.append((perf_counter() - begun) * 1000)
        if written:
            raise RuntimeError(f"{written} notices in an idle tick")
    return statistics.median(took)


def write_one_of_each(store: Storage) -> None:
    """Write one person with a parcel on a van, to be copied."""
    with store.unit_of_work() as work:
        work.shippers.add(Shipper("s-1", "Larkfield Books", "GB"))
        work.depots.add(Depot("dep-1", "Eastgate", 51.5, -0.05, "Europe/London"))
        work.people.add(Person("p-0"))
        work.flush()
        work.contacts.add(Contact("k-0", "p-0", Channel.SMS, ContactAddress("+447700900000")))
        work.conversations.add(Conversation("c-0", "p-0"))
        work.deliveries.add(_delivery())
        work.vehicles.add(
            Vehicle("v-0", "dep-1", "Ines", capacity=500, shift_start=time(7), shift_end=time(21))
        )
        work.flush()
        work.plans.add(Plan("plan-0", "dep-1", TODAY, routes=[_route()]))
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
        status=DeliveryStatus.OUT_FOR_DELIVERY,
        eta_at=MORNING + timedelta(hours=6),
    )


def _route() -> Route:
    route = Route(
        id="r",
        depot_id="dep-1",
        vehicle_id="v-0",
        driver_name="Ines",
        date=TODAY,
        zone="Europe/London",
        capacity=500,
        shift_start=MORNING - timedelta(hours=2),
        shift_end=MORNING + timedelta(hours=12),
        depot_lat=51.5,
        depot_lon=-0.05,
        start_at=LEAVES_AT,
    )
    route.stops.append(
        Stop("st", "r", 0, StopKind.ADDRESS, 51.51, -0.07, 120, 1, delivery_ids=("d-0",))
    )
    return route


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


def _multiply(url: str, count: int) -> None:
    """Copy what belongs to one delivery for so many people, and the vans."""
    van = f"'r-' || (n / {_STOPS_A_VAN})"
    copy_rows(url, routes, "id = 'r'", 0, count // _STOPS_A_VAN + 1, {"id": "'r-' || n"})
    copy_rows(url, people, "id = 'p-0'", 1, count, {"id": "'p-' || n"})
    address = {"address": "'+1' || (2000000000 + n)", "person_id": "'p-' || n", "id": "'k-' || n"}
    copy_rows(url, contacts, "id = 'k-0'", 1, count, address)
    threads = {"id": "'c-' || n", "person_id": "'p-' || n"}
    copy_rows(url, conversations, "id = 'c-0'", 1, count, threads)
    own = {
        "id": "'d-' || n",
        "reference": "'R-' || n",
        "person_id": "'p-' || n",
        "route_id": van,
        "stop_id": "'st-' || n",
    }
    copy_rows(url, deliveries, "id = 'd-0'", 1, count, own)
    stop = {
        "id": "'st-' || n",
        "route_id": van,
        "position": f"n % {_STOPS_A_VAN}",
        "delivery_ids": _json(url, """'["d-' || n || '"]'"""),
    }
    copy_rows(url, stops, "id = 'st'", 1, count, stop)


def _json(url: str, text: str) -> str:
    return f"({text})::json" if url.startswith("postgres") else text


def _tell(url: str, kind: str, count: int) -> None:
    """Let so many have been told."""
    key = f"'notice:{TODAY}:{kind}:d-' || n || ':0'"
    own = {
        "id": f"'{kind}-' || n",
        "conversation_id": "'c-' || n",
        "contact_id": "'k-' || n",
        "delivery_id": "'d-' || n",
        "dedupe_key": key,
        "notice": f"'{kind}'",
    }
    copy_rows(url, outbox, "id = 'm-0'", 1, count, own, left_out=("seq",))


def _untell(url: str, count: int) -> None:
    """Leave so many who have not heard of their parcel."""
    told = ", ".join(f"'{kind}-{number}'" for number in range(1, count + 1) for kind in KINDS)
    execute(url, f"DELETE FROM outbox WHERE id IN ({told})")  # noqa: S608


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
        "route_id": "NULL",
        "status": f"'{DeliveryStatus.DELIVERED.value}'",
    }
    copy_rows(url, deliveries, "id = 'd-0'", start + 1, count - start, own)
    key = f"'notice:' || {day} || ':A8:past-' || n || ':0'"
    rows = {"id": "'past-' || n", "delivery_id": "'past-' || n", "dedupe_key": key}
    copy_rows(url, outbox, "id = 'm-0'", start + 1, count - start, rows, left_out=("seq",))


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
