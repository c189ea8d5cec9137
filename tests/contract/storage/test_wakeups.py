from collections.abc import Iterator
from queue import Queue

import pytest

from integrations.storage import Storage, storage
from integrations.storage.wakeups import KINDS, WakeupListener
from tests.builders import an_inbound_message, an_outbox_message, keep

pytestmark = pytest.mark.services


@pytest.fixture
def heard() -> Queue[frozenset[str]]:
    return Queue()


@pytest.fixture
def listener(postgresql_url: str, heard: Queue[frozenset[str]]) -> Iterator[WakeupListener]:
    listener = WakeupListener(postgresql_url, heard.put)
    listener.start()
    yield listener
    listener.stop()


@pytest.fixture
def other_process(postgresql_url: str) -> Iterator[Storage]:
    other = storage(postgresql_url)
    yield other
    other.close()


@pytest.mark.usefixtures("listener")
def test_a_commit_wakes_other_processes(
    other_process: Storage, heard: Queue[frozenset[str]]
) -> None:
    woken = [heard.get(timeout=10)]
    keep(other_process, an_outbox_message())
    woken.append(heard.get(timeout=10))
    with other_process.unit_of_work() as work:
        work.outbox.add(an_outbox_message(id="m-2"))
    keep(other_process, an_inbound_message())
    woken.append(heard.get(timeout=10))

    assert woken == [
        frozenset(KINDS),
        frozenset({"chats", "outbox"}),
        frozenset({"chats", "inbound"}),
    ]


@pytest.mark.usefixtures("listener")
def test_a_lost_connection_is_made_again_and_everything_announced(
    other_process: Storage, heard: Queue[frozenset[str]]
) -> None:
    first = heard.get(timeout=10)
    with other_process.engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    again = heard.get(timeout=20)

    assert [first, again] == [frozenset(KINDS)] * 2


def test_sqlite_announces_nothing() -> None:
    with pytest.raises(ValueError, match="PostgreSQL"):
        WakeupListener("sqlite://", print).start()
