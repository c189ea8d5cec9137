"""The log of what staff did: one chain, whoever writes, and every change of it shows."""

import multiprocessing
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from deliveries.errors import AssistantError
from deliveries.model.staff import AuditHead
from deliveries.services.staff.auditing import REQUEST_ID, record, verify
from integrations.storage import Storage, storage
from tests.builders import NOW

WRITERS = 4
ACTS_EACH = 25


def act(store: Storage, number: int = 1, actor: str = "ag-1") -> None:
    with store.unit_of_work() as work:
        record(
            work,
            actor,
            "delivery.changed",
            "delivery",
            f"d-{number}",
            before={"day": "2026-03-10", "places": ["door", 1, 0.5, None, True]},
            after={"day": "2026-03-11", "said": "\x00\ud83dé"},
            reason="the depot was closed \x00\ud83d",
            now=NOW,
        )
        work.commit()


def ends(store: Storage, known: AuditHead | None = None) -> tuple[int, str | None]:
    with store.unit_of_work(read_only=True) as work:
        head, broken = verify(work, known=known)
    return head.seq, f"{broken.seq}: {broken.what}" if broken else None


def behind_its_back(store: Storage, *statements: str) -> None:
    """Change the log as somebody could who owns the database: the triggers first."""
    with store.engine.begin() as connection:
        for drop in _drops(connection):
            connection.execute(text(drop))
        for statement in statements:
            connection.execute(text(statement))


def _drops(connection: Connection) -> list[str]:
    if connection.dialect.name == "postgresql":
        return ["SET LOCAL session_replication_role = replica"]
    return [f"DROP TRIGGER IF EXISTS audit_log_no_{deed}" for deed in ("UPDATE", "DELETE")]


def test_an_empty_log_holds(store: Storage) -> None:
    assert ends(store) == (0, None)


def test_acts_are_chained_in_order_and_come_back_as_they_were(store: Storage) -> None:
    token = REQUEST_ID.set("req-7")
    act(store, 1)
    REQUEST_ID.reset(token)
    act(store, 2, "cli")

    with store.unit_of_work(read_only=True) as work:
        first, second = work.audit.walk()
        newest = [entry.seq for entry in work.audit.latest(limit=5)]
        below = [entry.seq for entry in work.audit.latest(before=2, limit=5)]
        about = [entry.actor for entry in work.audit.of("delivery", "d-2")]
        of_now = work.audit.latest(since=NOW, until=NOW + timedelta(seconds=1), limit=5)
        later = work.audit.latest(since=NOW + timedelta(seconds=1), limit=5)
    assert ends(store) == (2, None)
    assert (first.seq, second.seq, second.previous_hash) == (1, 2, first.entry_hash)
    assert (first.actor, first.request_id, second.request_id) == ("ag-1", "req-7", None)
    assert first.reason == "the depot was closed \ufffd?"
    assert (newest, below, about) == ([2, 1], [1], ["cli"])
    assert (len(of_now), len(later)) == (2, 0)


def test_an_act_that_is_not_committed_leaves_no_trace(store: Storage) -> None:
    with store.unit_of_work() as work:
        record(work, "ag-1", "chat.taken", "conversation", "conv-1", now=NOW)
    with store.unit_of_work() as work:
        work.commit()

    assert ends(store) == (0, None)


def test_one_commit_chains_all_its_acts_once(store: Storage) -> None:
    with store.unit_of_work() as work:
        record(work, "ag-1", "chat.taken", "conversation", "conv-1", now=NOW)
        record(work, "ag-1", "chat.replied", "conversation", "conv-1", now=NOW)
        work.commit()
        work.commit()

    assert ends(store) == (2, None)


@pytest.mark.behaviour(40)
@pytest.mark.parametrize("statement", ["UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log"])
def test_the_database_itself_refuses_to_change_or_remove_an_entry(
    shared_store: Storage, statement: str
) -> None:
    act(shared_store)

    with (
        pytest.raises((DBAPIError, AssistantError)),
        shared_store.engine.begin() as connection,
    ):
        connection.execute(text(statement))

    assert ends(shared_store) == (1, None)


SWAPPING = (
    "UPDATE audit_log SET seq = 30 WHERE seq = 2;"
    "UPDATE audit_log SET seq = 2 WHERE seq = 3;"
    "UPDATE audit_log SET seq = 3 WHERE seq = 30"
)
TAMPERING = [
    ("UPDATE audit_log SET actor = 'ag-9' WHERE seq = 2", (1, "2: it was changed")),
    ("UPDATE audit_log SET reason = NULL WHERE seq = 3", (2, "3: it was changed")),
    ("UPDATE audit_log SET at = '2020-01-01 00:00:00' WHERE seq = 1", (0, "1: it was changed")),
    ("DELETE FROM audit_log WHERE seq = 2", (1, "2: it is missing: entry 3 comes next")),
    ("DELETE FROM audit_log WHERE seq = 4", (3, "4: entries up to 4 are missing")),
    ("DELETE FROM audit_log", (0, "1: entries up to 4 are missing")),
    (
        SWAPPING,
        (1, "2: it does not follow from the entry before it"),
    ),
]


@pytest.mark.behaviour(40)
@pytest.mark.parametrize(("tampering", "found"), TAMPERING)
def test_every_change_behind_its_back_shows(
    shared_store: Storage, tampering: str, found: tuple[int, str]
) -> None:
    for number in range(1, 5):
        act(shared_store, number)

    behind_its_back(shared_store, *tampering.split(";"))

    assert ends(shared_store) == found


def test_a_chain_that_was_written_anew_does_not_meet_an_end_noted_before(
    shared_store: Storage,
) -> None:
    act(shared_store, 1)
    act(shared_store, 2)
    with shared_store.unit_of_work(read_only=True) as work:
        known = work.audit.head()

    behind_its_back(shared_store, "DELETE FROM audit_log", "DELETE FROM audit_head")
    act(shared_store, 1, "somebody-else")
    act(shared_store, 2)

    assert ends(shared_store) == (2, None)
    assert ends(shared_store, known) == (2, "2: it is not the entry that was noted here before")


def test_an_end_noted_before_is_found_again_in_a_log_that_grew(store: Storage) -> None:
    act(store, 1)
    with store.unit_of_work(read_only=True) as work:
        known = work.audit.head()
    act(store, 2)

    assert ends(store, known) == (2, None)


def _write_many(url: str, number: int) -> None:
    store = storage(url)
    for count in range(ACTS_EACH):
        with store.unit_of_work() as work:
            # A row that others change too, in the other order: no two wait for each other.
            record(work, f"ag-{number}", "chat.taken", "conversation", f"c-{count}", now=NOW)
            work.sign_in_attempts.lock("shared", now=NOW).failures += 1
            work.commit()
    store.close()


def test_gateways_that_write_at_once_make_one_chain(url: str, shared_store: Storage) -> None:
    start: Callable[..., multiprocessing.Process] = multiprocessing.get_context("spawn").Process
    writers = [start(target=_write_many, args=(url, number)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with shared_store.unit_of_work() as work:
        counted = work.sign_in_attempts.lock("shared", now=NOW).failures
        by = {entry.actor for entry in work.audit.walk()}
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert ends(shared_store) == (WRITERS * ACTS_EACH, None)
    assert (counted, len(by)) == (WRITERS * ACTS_EACH, WRITERS)
