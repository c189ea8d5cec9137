from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from deliveries.errors import ConflictError
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.services.notices.sharing import leave_out
from integrations.storage import Storage
from tests.builders import NOW, a_delivery, an_inbound_message, an_outbox_message, at, keep

SOON = timedelta(seconds=30)


def claim(store: Storage, **different: Any) -> list[str]:
    """Claim what is due and commit; return the ids."""
    usual = {"by": "g-1", "now": NOW, "technical_now": NOW, "until": NOW + SOON, "limit": 9}
    with store.unit_of_work() as work:
        claimed = [message.id for message in work.outbox.claim_due(**{**usual, **different})]
        work.commit()
    return claimed


def settle(store: Storage, *ids: str, state: OutboxState = OutboxState.SENT) -> None:
    with store.unit_of_work() as work:
        for id_ in ids:
            message = work.outbox.get(id_)
            message.state, message.claimed_by, message.claimed_until = state, None, None
        work.commit()


def message(number: int, conversation: int | None = None, **different: Any) -> OutboxMessage:
    """Return a reply; each has a conversation of its own unless one is named."""
    of = number if conversation is None else conversation
    usual = {"id": f"m-{number}", "conversation_id": f"conv-{of}", "contact_id": f"c-{of}"}
    return an_outbox_message(**{**usual, **different})


def test_codes_and_replies_go_before_agents_and_those_before_notices(store: Storage) -> None:
    purposes = (Purpose.NOTICE, Purpose.AGENT, Purpose.REPLY, Purpose.CODE, Purpose.CONFIRMATION)
    keep(store, *(message(number, purpose=purpose) for number, purpose in enumerate(purposes)))

    assert [claim(store, limit=2), claim(store, limit=2), claim(store)] == [
        ["m-3", "m-2"],
        ["m-4", "m-1"],
        ["m-0"],
    ]


def test_a_verdict_waits_for_the_answer_to_the_turn_that_asked_for_it(store: Storage) -> None:
    keep(store, message(1, 1, purpose=Purpose.CONFIRMATION))
    with store.unit_of_work() as work:
        assert work.conversations.claim_turn("conv-1", by="g-2", until=NOW + SOON, now=NOW)
        work.commit()

    amid_the_turn = claim(store)
    keep(store, message(2, 1, purpose=Purpose.REPLY))
    with store.unit_of_work() as work:
        work.conversations.release_turn("conv-1", by="g-2")
        work.commit()

    assert (amid_the_turn, claim(store)) == ([], ["m-2"])
    settle(store, "m-2")
    assert claim(store) == ["m-1"]


@pytest.mark.behaviour(24)
def test_one_message_of_a_conversation_is_on_its_way_at_a_time(store: Storage) -> None:
    keep(
        store,
        message(1, 7),
        message(2, 7),
        message(3, 7, purpose=Purpose.NOTICE),
        message(4, 7, purpose=Purpose.CODE),
    )
    claimed = [claim(store), claim(store)]
    for id_ in ("m-1", "m-2", "m-4"):
        settle(store, id_)
        claimed.append(claim(store))

    assert claimed == [["m-1"], [], ["m-2"], ["m-4"], ["m-3"]]


@pytest.mark.behaviour(24)
@pytest.mark.parametrize("is_failed", [True, False])
def test_words_behind_some_that_cannot_leave_wait_for_half_a_minute(
    store: Storage, *, is_failed: bool
) -> None:
    agent = {"purpose": Purpose.AGENT, "created_at": NOW, "not_before": NOW}
    notice = {**agent, "purpose": Purpose.NOTICE, "not_before": NOW + timedelta(milliseconds=50)}
    keep(store, message(1, 7, **agent), message(2, 7, **agent), message(3, 7, **notice))
    later = NOW + timedelta(milliseconds=50)
    claimed = [claim(store, now=later, technical_now=later)]
    with store.unit_of_work() as work:
        first = work.outbox.get("m-1")
        first.state, first.claimed_by, first.claimed_until = OutboxState.QUEUED, None, None
        first.next_attempt_at = NOW + timedelta(hours=1)
        # What the network's rate keeps back has not failed, and keeps its place.
        first.attempts = 1 if is_failed else 0
        work.commit()
    for seconds in (29.9, 30):
        at_ = NOW + timedelta(seconds=seconds)
        claimed.append(claim(store, now=at_, technical_now=at_, until=at_ + SOON))

    if is_failed:
        settle(store, "m-2")
        claimed.append(claim(store, now=at_, technical_now=at_, until=at_ + SOON))

    assert claimed == ([["m-1"], [], ["m-2"], ["m-3"]] if is_failed else [["m-1"], [], []])


def test_a_claim_marks_the_row_before_anything_is_sent(store: Storage) -> None:
    keep(store, message(1))
    claim(store)

    with store.unit_of_work(read_only=True) as work:
        row = work.outbox.get("m-1")
        assert row.attempt_id is not None
        assert (row.state, row.attempts, row.interrupted) == (OutboxState.SENDING, 1, False)
        assert (row.claimed_by, row.claimed_until) == ("g-1", NOW + SOON)


def test_what_a_dead_process_was_sending_is_claimed_again_under_its_attempt(
    store: Storage,
) -> None:
    keep(store, message(1, 7), message(2, 7))
    claim(store)
    with store.unit_of_work(read_only=True) as work:
        attempt = work.outbox.get("m-1").attempt_id
    claimed = [
        claim(store, by="g-2", technical_now=NOW + SOON - timedelta(microseconds=1)),
        claim(store, by="g-2", technical_now=NOW + SOON, until=NOW + 2 * SOON),
    ]

    with store.unit_of_work(read_only=True) as work:
        row = work.outbox.get("m-1")
        assert claimed == [[], ["m-1"]]
        assert (row.attempt_id, row.interrupted, row.attempts) == (attempt, True, 2)
        assert (row.claimed_by, row.claimed_until) == ("g-2", NOW + 2 * SOON)


def test_a_message_put_back_gets_a_new_attempt_and_waits_for_its_time(store: Storage) -> None:
    keep(store, message(1, 7), message(2, 7), message(3, 7, contact_id="c-other"))
    claim(store)
    with store.unit_of_work() as work:
        row = work.outbox.get("m-1")
        first = row.attempt_id
        row.state, row.claimed_by, row.claimed_until = OutboxState.QUEUED, None, None
        row.next_attempt_at = NOW + SOON
        work.commit()
    # The order to one contact is kept; what goes elsewhere need not wait for it.
    claimed = [claim(store)]
    settle(store, "m-3")
    claimed += [claim(store), claim(store, technical_now=NOW + SOON, until=NOW + 2 * SOON)]

    with store.unit_of_work(read_only=True) as work:
        assert claimed == [["m-3"], [], ["m-1"]]
        assert work.outbox.get("m-1").attempt_id != first
        assert not work.outbox.get("m-1").interrupted


def test_a_message_waits_for_the_days_time_and_holds_up_nobody(store: Storage) -> None:
    keep(store, message(1, 7, not_before=at(10)), message(2, 7), message(3, not_before=at(8)))

    assert [claim(store, limit=1), claim(store)] == [["m-3"], ["m-2"]]
    settle(store, "m-2", "m-3")
    assert [claim(store, now=at(9, 59)), claim(store, now=at(10))] == [[], ["m-1"]]


def test_what_is_settled_is_never_claimed(store: Storage) -> None:
    settled = [state for state in OutboxState if state not in ("queued", "sending")]
    keep(store, *(message(number, state=state) for number, state in enumerate(settled)))

    assert claim(store) == []


def test_what_was_added_in_the_same_work_is_claimed_with_it(store: Storage) -> None:
    with store.unit_of_work() as work:
        row = message(1)
        work.outbox.add(row)
        claimed = work.outbox.claim_due(
            by="g", now=NOW, technical_now=NOW, until=NOW + SOON, limit=9
        )
        assert list(claimed) == [row]
        row.text = "on its way"
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        found = work.outbox.get("m-1")
        assert (found.state, found.text) == (OutboxState.SENDING, "on its way")


def test_a_key_is_written_once(store: Storage) -> None:
    with store.unit_of_work() as work:
        added = [
            work.outbox.add_once(message(1, dedupe_key="A3:d-1")),
            work.outbox.add_once(message(2, dedupe_key="A3:d-1")),
            work.outbox.add_once(message(3, dedupe_key="A3:d-10")),
            work.outbox.add_once(message(4, dedupe_key="a3:d-1")),
            work.outbox.add_once(message(5)),
            work.outbox.add_once(message(6)),
        ]
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        assert added == [True, False, True, True, True, True]
        assert (work.outbox.has_key("A3:d-1"), work.outbox.has_key("A3")) == (True, False)
    with pytest.raises(ConflictError):
        keep(store, message(7, dedupe_key="A3:d-1"))


def test_the_bots_queued_replies_are_voided_and_nothing_else(store: Storage) -> None:
    keep(
        store,
        message(1, 7),
        message(2, 7, state=OutboxState.SENDING),
        message(3, 7, purpose=Purpose.NOTICE),
        message(4, 8),
        message(5, 7, purpose=Purpose.AGENT),
        message(6, 7),
    )
    with store.unit_of_work() as work:
        row = work.outbox.get("m-1")
        voided = work.outbox.suppress_bot("conv-7", reason="epoch")
        assert (voided, row.state, row.reason) == (2, OutboxState.SUPPRESSED, "epoch")
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        states = {row.id: row.state.value for row in work.outbox.newest(limit=9)}
    assert states == {
        "m-6": "suppressed",
        "m-5": "queued",
        "m-4": "queued",
        "m-3": "queued",
        "m-2": "sending",
        "m-1": "suppressed",
    }


@pytest.mark.behaviour(24)
def test_messages_are_listed_in_the_order_they_were_written(store: Storage) -> None:
    keep(store, message(9, 7), message(3, 7), message(5, 8), message(4, 7, provider_id="SM9"))

    with store.unit_of_work(read_only=True) as work:
        assert [row.id for row in work.outbox.of("conv-7")] == ["m-9", "m-3", "m-4"]
        assert [row.id for row in work.outbox.of("conv-7", limit=2)] == ["m-3", "m-4"]
        assert [row.id for row in work.outbox.newest(limit=2)] == ["m-4", "m-5"]
        found = work.outbox.by_provider_id("SM9")
        assert (found and found.id) == "m-4"
        assert work.outbox.by_provider_id("SM404") is None


def test_a_conversation_has_something_unsent_until_all_is_settled(store: Storage) -> None:
    keep(store, message(1, 7), message(2, 8, state=OutboxState.SENT))
    with store.unit_of_work() as work:
        unsent = [work.outbox.has_unsent(f"conv-{number}") for number in (7, 8, 9)]
    claim(store)
    with store.unit_of_work() as work:
        unsent.append(work.outbox.has_unsent("conv-7"))
    settle(store, "m-1")
    with store.unit_of_work() as work:
        unsent.append(work.outbox.has_unsent("conv-7"))
        work.outbox.add(message(3, 7))
        unsent.append(work.outbox.has_unsent("conv-7"))

    assert unsent == [True, False, False, True, False, True]


def test_a_locked_message_is_shown_as_it_is_now(store: Storage) -> None:
    keep(store, message(1))

    with store.unit_of_work() as work:
        locked = work.outbox.lock("m-1")
        assert (locked and locked.state) == OutboxState.QUEUED
        assert work.outbox.lock("m-404") is None


def test_inbound_messages_arrive_once_per_network_and_in_order(store: Storage) -> None:
    with store.unit_of_work() as work:
        first, second = an_inbound_message(), an_inbound_message(provider_id="SM0002")
        added = [
            work.inbound.add_once(first),
            work.inbound.add_once(second),
            work.inbound.add_once(an_inbound_message()),
        ]
        work.commit()
        assert first.seq is not None
        assert second.seq is not None
        assert first.seq < second.seq

    with store.unit_of_work(read_only=True) as work:
        assert added == [True, True, False]
        assert [m.seq for m in work.inbound.unworked("conv-1")] == [first.seq, second.seq]
        assert [m.seq for m in work.inbound.of("conv-1", limit=1)] == [second.seq]


def test_what_was_held_back_or_waits_is_found_newest_first_and_by_reason(store: Storage) -> None:
    keep(
        store,
        message(1, state=OutboxState.SENT),
        message(2, state=OutboxState.SUPPRESSED, reason="expired"),
        message(3, state=OutboxState.SUPPRESSED, reason="told_together"),
        message(4, reason="quiet_hours"),
        message(5),
        message(6, state=OutboxState.FAILED, reason="unreachable"),
    )

    with store.unit_of_work(read_only=True) as work:
        held = [each.id for each in work.outbox.held(reason=None, limit=9)]
        expired = [each.id for each in work.outbox.held(reason="expired", limit=9)]
        newest = [each.id for each in work.outbox.held(reason=None, limit=1)]

    assert (held, expired, newest) == (["m-4", "m-2"], ["m-2"], ["m-4"])


@pytest.mark.parametrize("reason", [None, "expired"])
def test_what_is_held_is_found_by_its_index_among_all_that_ever_left(
    store: Storage, reason: str | None
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        asked.append((statement, values))

    event.listen(store.engine, "before_cursor_execute", note)
    with store.unit_of_work(read_only=True) as work:
        assert list(work.outbox.held(reason=reason, limit=9)) == []
    event.remove(store.engine, "before_cursor_execute", note)

    [(statement, values)] = [each for each in asked if "FROM outbox" in each[0]]
    with store.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            statement = f"EXPLAIN QUERY PLAN {statement}"
        else:
            # So few rows are read faster without any index.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            statement = f"EXPLAIN {statement}"
        plan = str(connection.exec_driver_sql(statement, values).all())
    assert "outbox_held" in plan


def test_what_is_told_along_is_found_by_the_messages_that_tell_of_it(store: Storage) -> None:
    keep(
        store,
        message(1),
        message(2, state=OutboxState.SUPPRESSED, told_in="m-1"),
        message(3, state=OutboxState.SUPPRESSED, told_in="m-9"),
        message(4, state=OutboxState.SUPPRESSED, told_in="m-1"),
    )

    with store.unit_of_work(read_only=True) as work:
        found = [each.id for each in work.outbox.told_along(["m-1", "m-2"])]

    assert found == ["m-2", "m-4"]


def test_two_rows_change_their_keys_for_one_another(store: Storage) -> None:
    """A notice is addressed by another delivery, whatever keys the store allows at once."""
    notice = {"purpose": Purpose.NOTICE, "notice": "A1", "conversation_id": "conv-1"}
    keep(
        store,
        a_delivery(id="d-2", reference="ORDER-2"),
        message(1, delivery_id="d-1", dedupe_key="k-1", **notice),
        message(
            2,
            delivery_id="d-2",
            dedupe_key="k-2",
            state=OutboxState.SUPPRESSED,
            reason="told_together",
            told_in="m-1",
            **notice | {"contact_id": "c-1"},
        ),
    )

    with store.unit_of_work() as work:
        first = work.outbox.get("m-1")
        others = work.outbox.told_along(["m-1"])
        leave_out(work, first, others, {"d-1": "parcel_opted_out"}, now=NOW)
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        rows = [work.outbox.get(id_) for id_ in ("m-1", "m-2")]
    assert [(each.delivery_id, each.dedupe_key, each.reason) for each in rows] == [
        ("d-2", "k-2", None),
        ("d-1", "k-1", "parcel_opted_out"),
    ]
