import traceback
from typing import Any

import pytest

from deliveries.errors import AssistantError, ConflictError, RejectedError, UnavailableError
from deliveries.model.personal import ContactAddress
from integrations.storage import Storage, storage
from tests.builders import (
    NOW,
    a_change,
    a_contact,
    a_conversation,
    a_delivery,
    a_handoff,
    a_hold,
    a_person,
    a_plan,
    a_preference,
    a_route,
    an_inbound_message,
    an_outbox_message,
    at,
    in_memory_storage,
    keep,
)


def test_leaving_without_a_commit_keeps_nothing(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.people.add(a_person(id="p-2"))
        work.flush()

    with store.unit_of_work(read_only=True) as work:
        assert work.people.find("p-2") is None


def test_an_error_keeps_nothing_and_passes_through(store: Storage) -> None:
    def fail() -> None:
        with store.unit_of_work() as work:
            work.people.add(a_person(id="p-2"))
            work.flush()
            raise KeyError("an error of the caller's")

    with pytest.raises(KeyError):
        fail()

    with store.unit_of_work(read_only=True) as work:
        assert work.people.find("p-2") is None


def test_one_unit_of_work_serves_several_blocks_one_after_the_other(store: Storage) -> None:
    work = store.unit_of_work()
    with work:
        work.people.add(a_person(id="p-2"))
        work.commit()
    with work:
        assert work.people.get("p-2").id == "p-2"
        work.people.add(a_person(id="p-3"))
    with work:
        assert work.people.find("p-3") is None


def test_units_of_work_do_not_nest(store: Storage) -> None:
    work = store.unit_of_work()

    with work, pytest.raises(RuntimeError), work:
        pass


def test_work_goes_on_after_a_commit_in_the_same_block(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.people.add(a_person(id="p-2"))
        work.commit()
        work.people.add(a_person(id="p-3"))
        work.commit()
        work.people.add(a_person(id="p-4"))

    with store.unit_of_work(read_only=True) as work:
        kept = [id_ for id_ in ("p-2", "p-3", "p-4") if work.people.find(id_)]
    assert kept == ["p-2", "p-3"]


def test_a_unit_of_work_for_reading_refuses_to_commit_and_to_write(store: Storage) -> None:
    with store.unit_of_work(read_only=True) as work:
        work.people.get("p-1").language = "de"
        with pytest.raises(RuntimeError):
            work.commit()
    with (
        pytest.raises(Exception, match=r"(?i)read.?only"),
        store.unit_of_work(read_only=True) as work,
    ):
        work.conversations.claim_turn("conv-1", by="g", now=NOW, until=at(10))

    with store.unit_of_work() as work:
        assert work.people.get("p-1").language == "en"
        work.people.get("p-1").language = "fr"
        work.commit()


def test_readers_do_not_wait_for_a_writer(shared_store: Storage) -> None:
    with shared_store.unit_of_work() as writing:
        writing.people.get("p-1").language = "de"
        writing.flush()
        with shared_store.unit_of_work(read_only=True) as reading:
            assert reading.people.get("p-1").language == "en"


def test_what_was_read_can_be_looked_at_afterwards(store: Storage) -> None:
    keep(store, a_plan(routes=[a_route()]))
    with store.unit_of_work() as work:
        plan = work.plans.get("plan-1")

    assert plan.routes[0].stops == []


def test_repositories_are_of_no_use_outside(store: Storage) -> None:
    with store.unit_of_work() as work:
        people = work.people

    with pytest.raises(Exception, match=r"(?i)closed"):
        people.find("p-1")


CHANGES: list[tuple[str, str, str, Any]] = [
    ("conversations", "conv-1", "misunderstandings", 1),
    ("deliveries", "d-1", "attempts", 1),
    ("handoffs", "ho-1", "agent_id", "ag-1"),
    ("plans", "plan-1", "planned_at", NOW),
]


@pytest.mark.parametrize(("home", "id_", "field", "value"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_change_of_an_older_state_is_refused(
    store: Storage, home: str, id_: str, field: str, value: Any
) -> None:
    keep(store, a_handoff(), a_plan(routes=[a_route()]))
    with store.unit_of_work() as early:
        stale = getattr(early, home).get(id_)
    with store.unit_of_work() as work:
        setattr(getattr(work, home).get(id_), field, value)
        work.commit()

    setattr(stale, field, value)
    with pytest.raises(ConflictError):
        keep(store, stale)


def test_versions_count_the_changes(store: Storage) -> None:
    for misunderstood in (1, 2):
        with store.unit_of_work() as work:
            conversation = work.conversations.get("conv-1")
            conversation.misunderstandings = misunderstood
            work.deliveries.get("d-1").attempts = misunderstood
            work.commit()
            assert conversation.version == 1 + misunderstood
            assert work.deliveries.get("d-1").version == 1 + misunderstood


TAKEN = [
    a_contact(id="c-2"),
    a_conversation(id="conv-2"),
    a_delivery(id="d-2"),
    a_person(id="p-1"),
]


@pytest.mark.parametrize("build", TAKEN, ids=lambda entity: type(entity).__name__)
def test_a_key_that_is_taken_is_a_conflict(store: Storage, build: Any) -> None:
    double = type(build)(**{key: value for key, value in vars(build).items() if key[0] != "_"})

    with pytest.raises(ConflictError):
        keep(store, double)


def test_what_is_referred_to_must_exist_at_commit_in_any_order(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.contacts.add(a_contact(id="c-9", person_id="p-9", address=ContactAddress("+4479")))
        work.flush()
        work.people.add(a_person(id="p-9"))
        work.commit()

    with pytest.raises(ConflictError):
        keep(store, a_contact(id="c-8", person_id="p-8", address=ContactAddress("+4478")))


def test_an_error_says_no_value_in_its_text_or_its_causes(store: Storage) -> None:
    marked = "+4477" + "00900001"

    with pytest.raises(AssistantError) as caught:
        keep(store, a_contact(id="c-2", address=ContactAddress(marked)))

    told = "".join(traceback.format_exception(caught.value))
    assert marked not in told.replace('"+4477" + "00900001"', "")
    assert "contacts" in str(caught.value)


def test_a_value_that_does_not_fit_is_rejected_and_not_repeated(store: Storage) -> None:
    marked = 4770090 * 10**15

    with pytest.raises((RejectedError, OverflowError)) as caught:
        keep(store, a_hold(quantity=marked))

    assert "477009" not in "".join(traceback.format_exception(caught.value))


def test_a_missing_table_is_named() -> None:
    with pytest.raises(UnavailableError, match="no such table: people"):
        keep(storage("sqlite://"), a_person())


def test_a_conflict_in_the_middle_leaves_the_unit_of_work_usable_again(store: Storage) -> None:
    work = store.unit_of_work()
    with work:
        work.people.add(a_person(id="p-1"))
        with pytest.raises(ConflictError):
            work.flush()
    with work:
        work.people.add(a_person(id="p-2"))
        work.commit()


def test_a_database_that_is_away_is_unavailable() -> None:
    away = storage("postgresql://nobody@127.0.0.1:9/nothing")

    with pytest.raises(UnavailableError), away.unit_of_work():
        pass
    away.close()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "not an address", "oracle://x"])
def test_other_databases_are_refused_without_repeating_the_address(url: str) -> None:
    with pytest.raises(ValueError, match="database") as caught:
        storage(url)

    assert url not in str(caught.value)


def test_a_commit_says_what_it_has_for_others() -> None:
    woken: list[frozenset[str]] = []
    store = Storage(in_memory_storage().engine, woken.append)
    keep(store, a_person(), a_conversation(), an_inbound_message())
    keep(store, an_outbox_message(), an_outbox_message(id="m-2"))
    with store.unit_of_work() as work:
        work.inbound.add_once(an_inbound_message())
        work.outbox.add(an_outbox_message(id="m-3"))
        work.flush()
    with store.unit_of_work() as work:
        assert not work.inbound.add_once(an_inbound_message())
        work.commit()
    with store.unit_of_work() as work:
        work.outbox.add_once(an_outbox_message(id="m-4", dedupe_key="k"))
        work.changes.add(a_change())
        with pytest.raises(ConflictError):
            work.commit()

    assert woken == [frozenset({"chats", "inbound"}), frozenset({"chats", "outbox"})]
    store.close()


def test_a_change_wakes_who_pushes_it(store: Storage) -> None:
    woken: list[frozenset[str]] = []
    mine = Storage(store.engine, woken.append)
    keep(mine, a_preference(), a_change())

    assert woken == [frozenset({"changes"})]
