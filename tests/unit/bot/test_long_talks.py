"""A talk of many turns without an outcome is passed to a person."""

from datetime import timedelta

import pytest

from bot.dialogue import Answer
from deliveries.model.conversation import ConversationState
from deliveries.model.rules import TURNS
from deliveries.model.saying import Saying
from deliveries.services import handoffs
from integrations.storage import Storage
from tests.builders import NOW, a_delivery, a_depot, a_shipper, an_inbound_message, keep
from tests.unit.bot.test_turns import a_store, take, turns

NOTHING = "windows_offered"


def a_store_of(support: dict[str, object]) -> Storage:
    """Return a store with a parcel whose shipper helps people so."""
    store = a_store()
    keep(store, a_shipper(rules={"support": support}), a_depot(), a_delivery())
    return store


def talk(store: Storage, *answers: str, ago: timedelta = timedelta()) -> list[str]:
    """Let the bot answer so to one message after the other; return what was said at the end."""
    with store.unit_of_work(read_only=True) as work:
        heard = len(work.inbound.of("conv-1"))
    told: list[str] = []
    for number, answer in enumerate(answers, start=heard):
        at = NOW - ago + timedelta(seconds=number - 100)
        keep(store, an_inbound_message(text="hm", provider_id=f"SM{number}", received_at=at))
        turn = take(store).turn
        assert turn is not None
        with store.unit_of_work() as work:
            turns().finish(work, turn, Answer((Saying(answer),)))
            work.commit()
        with store.unit_of_work(read_only=True) as work:
            [newest] = work.outbox.newest(limit=1)
            told = [saying.name for saying in newest.sayings]
    return told


def state(store: Storage) -> ConversationState:
    with store.unit_of_work(read_only=True) as work:
        return work.conversations.get("conv-1").state


def test_after_eight_turns_without_an_outcome_a_person_takes_over() -> None:
    store = a_store()
    talk(store, *[NOTHING] * (TURNS - 1))
    before = state(store)

    told = talk(store, NOTHING)

    with store.unit_of_work(read_only=True) as work:
        handoff = work.handoffs.open_of("conv-1")
        assert handoff is not None
        assert (handoff.reason, handoff.priority) == ("turns", 4)
    assert (before, state(store)) == (ConversationState.BOT, ConversationState.QUEUED)
    assert told[:2] == [NOTHING, "handoff_turns"]


@pytest.mark.parametrize(
    "outcome",
    [
        "choice_noted",
        "access_noted",
        "as_planned",
        "all_right",
        "track_planned",
        "ended_delivered",
    ],
)
def test_what_is_settled_begins_anew(outcome: str) -> None:
    store = a_store()
    talk(store, *[NOTHING] * (TURNS - 1), outcome, *[NOTHING] * (TURNS - 1))
    assert state(store) is ConversationState.BOT
    talk(store, NOTHING)
    assert state(store) is ConversationState.QUEUED


def test_after_an_hour_it_is_another_talk() -> None:
    store = a_store()
    talk(store, *[NOTHING] * (TURNS - 1), ago=timedelta(hours=2))
    talk(store, NOTHING)
    assert state(store) is ConversationState.BOT


def test_who_wants_the_bot_back_is_not_passed_on_again_at_once() -> None:
    store = a_store()
    talk(store, *[NOTHING] * TURNS)
    with store.unit_of_work() as work:
        handoffs.give_up_waiting(work, work.conversations.get("conv-1"), now=NOW)
        work.commit()
    talk(store, NOTHING)
    assert state(store) is ConversationState.BOT


def test_what_fails_twice_is_passed_to_a_person() -> None:
    store = a_store()
    talk(store, "error_unavailable", NOTHING)
    before = state(store)

    told = talk(store, "error_unavailable")

    with store.unit_of_work(read_only=True) as work:
        handoff = work.handoffs.open_of("conv-1")
        assert handoff is not None
        assert (handoff.reason, handoff.priority) == ("tool_failed", 3)
    assert (before, state(store)) == (ConversationState.BOT, ConversationState.QUEUED)
    assert told[:2] == ["error_unavailable", "handoff_tool_failed"]


def test_what_works_between_two_failures_is_the_end_of_the_matter() -> None:
    store = a_store()
    talk(store, "error_unavailable", "choice_noted", "error_unavailable")
    assert state(store) is ConversationState.BOT


def test_three_misunderstandings_within_ten_minutes_need_not_follow_each_other() -> None:
    store = a_store()
    talk(store, "not_understood", NOTHING, "which_number", NOTHING)
    before = state(store)
    talk(store, "not_understood_short")
    assert (before, state(store)) == (ConversationState.BOT, ConversationState.QUEUED)


def test_misunderstandings_far_apart_are_put_up_with() -> None:
    store = a_store()
    talk(store, "not_understood", NOTHING, "not_understood", ago=timedelta(minutes=30))
    talk(store, "not_understood")
    assert state(store) is ConversationState.BOT


def test_the_shipper_says_how_long_a_talk_may_be() -> None:
    store = a_store_of(support={"turns": 3})
    talk(store, *[NOTHING] * 2)
    before = state(store)
    talk(store, NOTHING)
    assert (before, state(store)) == (ConversationState.BOT, ConversationState.QUEUED)


def test_out_of_hours_the_assistant_goes_on_and_asks_for_a_person_once() -> None:
    store = a_store_of(support={"turns": 3, "from": "05:00", "until": "06:00"})
    talk(store, *[NOTHING] * 2)
    asked = talk(store, NOTHING)
    after = talk(store, NOTHING)
    assert state(store) is ConversationState.BOT
    assert asked == [NOTHING, "handoff_deferred"]
    assert after == [NOTHING]
