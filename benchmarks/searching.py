"""How fast an agent finds a chat: by number, phone, name and postcode among many deliveries.

``python -m benchmarks.searching [--deliveries N]``: on SQLite and, where it is installed, on a
PostgreSQL of its own. Everybody has five parcels; fifty people share a name and thirty deliveries a
postcode.
"""

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.multiplying import copy_rows
from benchmarks.notices import MORNING, write_one_of_each
from deliveries.services.staff.searching import search_chats
from integrations.storage import Storage, storage
from integrations.storage.message_tables import conversations
from integrations.storage.migrations import migrate
from integrations.storage.tables import contacts, deliveries, parcel_numbers, people
from tests.servers import fresh_database, has_postgresql, postgresql_server

DELIVERIES = 100_000
_EACH, _NAMESAKES, _A_POSTCODE = 5, 50, 30
_FIRST_NUMBER = 2_000_000_000
_SOUGHT = 40
_SHOWN = 21
_STEP = 7919


def run(*, many: int = DELIVERIES) -> None:
    """Print how long finding takes by each thing that people say of themselves."""
    for name in ("SQLite", *(["PostgreSQL"] if has_postgresql() else [])):
        with _filled(name, many) as store:
            for kind, took in _look(store, many).items():
                took.sort()
                print(
                    f"{name}, {many:,} deliveries, by {kind}: median"
                    f" {statistics.median(took):.1f} ms, longest of {len(took)} {took[-1]:.1f} ms"
                )


def _look(store: Storage, many: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {}
    for nth in range(_SOUGHT):
        number = _EACH + nth * _STEP % (many - _EACH)
        person = number // _EACH
        sought = {
            "tracking number": f"LB{number}",
            "phone number": f"+1{_FIRST_NUMBER + person}",
            "name": f"Robin Vale{person // _NAMESAKES}",
            "postcode and house": f"{number % _A_POSTCODE} {_postcode(number // _A_POSTCODE)}",
            "nothing that there is": f"ZZ{number}",
        }
        for kind, words in sought.items():
            begun = perf_counter()
            with store.unit_of_work() as work:
                found = search_chats(work, words, agent_id="a-1", limit=_SHOWN, now=MORNING)
            taken.setdefault(kind, []).append((perf_counter() - begun) * 1000)
            if bool(found) is kind.startswith("nothing"):
                raise RuntimeError(f"{words}: {len(found)} found")
    return taken


def _postcode(area: int) -> str:
    return f"E{area} 6AN"


@contextmanager
def _filled(name: str, many: int) -> Iterator[Storage]:
    with tempfile.TemporaryDirectory(prefix="doorstep-searching-") as folder:
        if name == "SQLite":
            with _fill(f"sqlite:///{Path(folder) / 'doorstep.db'}", many) as store:
                yield store
            return
        with (
            postgresql_server() as server,
            fresh_database(server) as url,
            _fill(url, many) as store,
        ):
            yield store


@contextmanager
def _fill(url: str, many: int) -> Iterator[Storage]:
    migrate(url)
    store = storage(url)
    write_one_of_each(store)
    somebody = many // _EACH
    copy_rows(url, people, "id = 'p-0'", 1, somebody, {"id": "'p-' || n"})
    phone = {"id": "'k-' || n", "person_id": "'p-' || n"}
    phone["address"] = f"'+1' || ({_FIRST_NUMBER} + n)"
    copy_rows(url, contacts, "id = 'k-0'", 1, somebody, phone)
    threads = {"id": "'c-' || n", "person_id": "'p-' || n"}
    copy_rows(url, conversations, "id = 'c-0'", 1, somebody, threads)
    own = {
        "id": "'d-' || n",
        "reference": "'R-' || n",
        "person_id": f"'p-' || (n / {_EACH})",
        "recipient_name": f"'Robin Vale' || (n / {_EACH * _NAMESAKES})",
        "address_line": f"(n % {_A_POSTCODE}) || ' Harbour Street'",
        "postcode": f"'E' || (n / {_A_POSTCODE}) || ' 6AN'",
    }
    copy_rows(url, deliveries, "id = 'd-0'", 1, many - 1, own)
    numbers = {"number": "'LB' || n", "delivery_id": "'d-' || n"}
    copy_rows(url, parcel_numbers, "delivery_id = 'd-0'", 2, many - 2, numbers)
    try:
        yield store
    finally:
        store.close()


def main() -> None:
    """Read the option and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searching", description=__doc__)
    parser.add_argument("--deliveries", type=int, default=DELIVERIES)
    run(many=parser.parse_args().deliveries)


if __name__ == "__main__":
    main()
