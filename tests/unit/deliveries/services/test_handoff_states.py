"""Whose a chat is after every act of staff, of the person and of time."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deliveries.errors import ConflictError, InvalidInputError, NotFoundError
from deliveries.model.console import ReplyDraft
from deliveries.model.conversation import Conversation, ConversationState, Handoff, HandoffState
from deliveries.model.message import Purpose
from deliveries.model.recipient import Channel
from deliveries.model.rules import SupportRule
from deliveries.model.rules_form import read_rules
from deliveries.services import handoffs
from deliveries.services.handoffs.care import tend_handoffs
from deliveries.services.handoffs.hours import next_opening
from deliveries.services.handoffs.leases import LEASE, SILENCE
from deliveries.services.handoffs.lost import requeue_lost
from deliveries.services.messages.sending import Send, Suppress, decide
from deliveries.services.staff.attending import note_sign
from deliveries.services.staff.auditing import verify
from integrations.storage import Storage
from tests.builders import NOW, a_stocked_storage, an_agent, an_outbox_message, keep

MINUTE = timedelta(minutes=1)


@pytest.fixture
def store() -> Storage:
    store = a_stocked_storage()
    keep(store, an_agent(id="ann", name="Ann"), an_agent(id="bob", name="Bob"))
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").last_contact_id = "c-1"
        work.commit()
    return store


def act(store: Storage, what: str, *, now: datetime = NOW, **arguments: Any) -> None:
    """Let an agent do something to the chat as it stands."""
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        arguments = {"agent_id": "ann", "version": conversation.version, **arguments}
        getattr(handoffs, what)(work, "conv-1", now=now, **arguments)
        work.commit()


def request(store: Storage, reason: str = "asked", *, now: datetime = NOW) -> list[str]:
    with store.unit_of_work() as work:
        told = handoffs.request(work, work.conversations.get("conv-1"), reason, now)
        work.commit()
    return [saying.name for saying in told]


def hear(store: Storage, *, now: datetime, is_for_staff: bool = True) -> None:
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        handoffs.hear_person(work, conversation, is_for_staff=is_for_staff, now=now)
        work.commit()


def chat(store: Storage) -> Conversation:
    with store.unit_of_work(read_only=True) as work:
        return work.conversations.get("conv-1")


def newest(store: Storage) -> Handoff:
    with store.unit_of_work(read_only=True) as work:
        handoff = work.handoffs.open_of("conv-1")
        assert handoff is not None
        return handoff


def open_in_two_hours(store: Storage) -> None:
    with store.unit_of_work() as work:
        delivery = work.deliveries.get("d-1")
        opens = (NOW + timedelta(hours=2)).astimezone(ZoneInfo(delivery.zone)).time()
        hours = {"from": opens.isoformat("minutes"), "until": "23:59"}
        work.shippers.get(delivery.shipper_id).rules = read_rules({"support": hours})
        work.conversations.get("conv-1").focus = ("d-1",)
        work.commit()


def test_a_colleague_who_accepts_has_the_chat(store: Storage) -> None:
    request(store)
    act(store, "take")
    act(store, "assign", to="bob")
    assert (chat(store).state, chat(store).owner_id) == (ConversationState.ASSIGNED, "bob")
    act(store, "take", agent_id="bob", now=NOW + MINUTE)
    assert (chat(store).state, chat(store).owner_id) == (ConversationState.HUMAN, "bob")


@pytest.mark.behaviour(15)
def test_an_offer_that_nobody_accepts_lapses_and_keeps_its_age(store: Storage) -> None:
    request(store)
    act(store, "assign", to="bob")
    assert tend_handoffs(store.unit_of_work, now=NOW + MINUTE) == 0
    assert tend_handoffs(store.unit_of_work, now=NOW + 2 * MINUTE) == 1
    assert (chat(store).state, chat(store).owner_id) == (ConversationState.QUEUED, None)
    assert newest(store).requested_at == NOW


def test_nobody_can_be_given_a_chat_who_is_not_there(store: Storage) -> None:
    request(store)
    with pytest.raises(NotFoundError):
        act(store, "assign", to="nobody")


@pytest.mark.behaviour(18)
def test_an_agent_who_answers_what_waits_has_it(store: Storage) -> None:
    request(store)
    with store.unit_of_work() as work:
        handoffs.reply(work, "conv-1", agent_id="bob", text="Hello", key="k", now=NOW)
        work.commit()
    assert (chat(store).state, chat(store).owner_id) == (ConversationState.HUMAN, "bob")
    assert newest(store).answered_at == NOW


@pytest.mark.behaviour(18)
def test_an_agent_cannot_answer_what_a_colleague_has(store: Storage) -> None:
    act(store, "take")
    with store.unit_of_work() as work, pytest.raises(ConflictError):
        handoffs.reply(work, "conv-1", agent_id="bob", text="Hello", key="k", now=NOW)


def test_a_released_chat_waits_for_anybody(store: Storage) -> None:
    act(store, "take")
    act(store, "release")
    assert (chat(store).state, newest(store).state) == (
        ConversationState.QUEUED,
        HandoffState.QUEUED,
    )


def test_what_was_put_off_comes_back_when_its_time_has_come(store: Storage) -> None:
    act(store, "take")
    act(store, "put_off", until=NOW + timedelta(hours=1))
    assert chat(store).state is ConversationState.SNOOZED
    tend_handoffs(store.unit_of_work, now=NOW + timedelta(hours=1))
    assert (chat(store).state, chat(store).owner_id) == (ConversationState.HUMAN, "ann")


def test_what_was_put_off_comes_back_when_the_person_writes(store: Storage) -> None:
    act(store, "take")
    act(store, "put_off", until=NOW + timedelta(hours=1))
    hear(store, now=NOW + MINUTE)
    assert (chat(store).state, newest(store).timer_at) == (
        ConversationState.HUMAN,
        NOW + MINUTE + LEASE,
    )


@pytest.mark.parametrize("until", [NOW, NOW - MINUTE, NOW + timedelta(days=31)])
def test_a_chat_is_put_off_to_a_time_that_comes_and_is_not_far(
    store: Storage, until: datetime
) -> None:
    act(store, "take")
    with pytest.raises(InvalidInputError):
        act(store, "put_off", until=until)


def test_a_colleague_cannot_take_what_was_put_off(store: Storage) -> None:
    act(store, "take")
    act(store, "put_off", until=NOW + timedelta(hours=1))
    with pytest.raises(ConflictError):
        act(store, "take", agent_id="bob")


@pytest.mark.behaviour(35)
def test_who_writes_soon_after_a_resolve_comes_back_to_staff(store: Storage) -> None:
    request(store)
    act(store, "take")
    act(store, "resolve", outcome="rescheduled")
    hear(store, now=NOW + 29 * MINUTE)
    assert (chat(store).state, newest(store).state) == (
        ConversationState.QUEUED,
        HandoffState.QUEUED,
    )


@pytest.mark.behaviour(35)
def test_who_writes_later_is_answered_by_the_bot(store: Storage) -> None:
    act(store, "take")
    act(store, "resolve", outcome="rescheduled")
    hear(store, now=NOW + 30 * MINUTE)
    assert chat(store).state is ConversationState.BOT


def test_a_choice_that_only_the_bot_can_take_gives_it_a_resolved_chat_at_once(
    store: Storage,
) -> None:
    act(store, "take")
    act(store, "resolve", outcome="rescheduled")
    hear(store, now=NOW + MINUTE, is_for_staff=False)
    assert chat(store).state is ConversationState.BOT
    with store.unit_of_work(read_only=True) as work:
        assert work.handoffs.open_of("conv-1") is None


def test_a_resolved_chat_is_the_bots_again_in_time(store: Storage) -> None:
    act(store, "take")
    act(store, "resolve", outcome="rescheduled")
    tend_handoffs(store.unit_of_work, now=NOW + 30 * MINUTE)
    assert chat(store).state is ConversationState.BOT
    with store.unit_of_work(read_only=True) as work:
        assert work.handoffs.open_of("conv-1") is None


def test_a_wish_for_a_person_after_a_resolve_is_a_new_one(store: Storage) -> None:
    request(store)
    act(store, "take")
    first = newest(store).id
    act(store, "resolve", outcome="rescheduled")
    request(store, now=NOW + timedelta(minutes=40))
    assert newest(store).id != first


def test_a_priority_moves_the_target(store: Storage) -> None:
    request(store)
    before = newest(store).due_at
    act(store, "prioritise", priority=1)
    assert (before, newest(store).due_at) == (NOW + 30 * MINUTE, NOW + 5 * MINUTE)
    with pytest.raises(InvalidInputError):
        act(store, "prioritise", priority=5)


@pytest.mark.behaviour(11)
@pytest.mark.parametrize(
    ("act_", "arguments"),
    [
        ("assign", {"to": "bob"}),
        ("release", {}),
        ("put_off", {"until": NOW + MINUTE}),
        ("resolve", {"outcome": "settled"}),
        ("hand_back", {"outcome": "settled"}),
        ("prioritise", {"priority": 1}),
        ("take", {}),
    ],
)
def test_a_stale_screen_changes_nothing(
    store: Storage, act_: str, arguments: dict[str, Any]
) -> None:
    request(store)
    stale = chat(store).version
    act(store, "take")
    with pytest.raises(ConflictError):
        act(store, act_, version=stale, **arguments)


@pytest.mark.parametrize(
    "steps",
    [
        [("assign", {"to": "bob"})],
        [("take", {}), ("put_off", {"until": NOW + timedelta(hours=1)})],
        [("take", {}), ("resolve", {"outcome": "settled"})],
    ],
)
def test_the_bot_says_nothing_while_staff_have_a_chat_in_any_way(
    store: Storage, steps: list[tuple[str, dict[str, Any]]]
) -> None:
    request(store)
    for name, arguments in steps:
        act(store, name, **arguments)
    message = an_outbox_message(
        conversation_id="conv-1", purpose=Purpose.REPLY, epoch=chat(store).epoch - 1
    )
    conversation = chat(store)
    with store.unit_of_work(read_only=True) as work:
        contact = work.contacts.get("c-1")
        decision = decide(message, conversation, contact, [contact], None, now=NOW, zone="UTC")
    assert isinstance(decision, Suppress)


@pytest.mark.behaviour(40)
def test_every_act_of_staff_is_in_the_log(store: Storage) -> None:
    request(store)
    act(store, "take")
    act(store, "prioritise", priority=2)
    act(store, "put_off", until=NOW + timedelta(hours=1))
    act(store, "take")
    act(store, "assign", to="bob")
    act(store, "take", agent_id="bob")
    act(store, "resolve", outcome="rescheduled", agent_id="bob")
    with store.unit_of_work(read_only=True) as work:
        actions = [entry.action for entry in work.audit.walk()]
    assert actions == [
        "chat.queued",
        "chat.taken",
        "chat.prioritised",
        "chat.put_off",
        "chat.taken",
        "chat.assigned",
        "chat.taken",
        "chat.resolved",
    ]


@pytest.mark.behaviour(40)
def test_40_every_change_of_who_may_speak_says_who_from_what_to_what_why_and_when(
    store: Storage,
) -> None:
    request(store)
    act(store, "assign", to="bob")
    tend_handoffs(store.unit_of_work, now=NOW + 2 * MINUTE)
    act(store, "take")
    act(store, "put_off", until=NOW + timedelta(hours=1))
    tend_handoffs(store.unit_of_work, now=NOW + timedelta(hours=1))
    act(store, "release")
    act(store, "take", agent_id="bob")
    act(store, "resolve", outcome="settled", agent_id="bob", now=NOW + timedelta(hours=2))
    hear(store, now=NOW + timedelta(hours=2, minutes=1))
    act(store, "take")
    act(store, "resolve", outcome="settled", now=NOW + timedelta(hours=3))
    tend_handoffs(store.unit_of_work, now=NOW + timedelta(hours=3, minutes=30))
    with store.unit_of_work(read_only=True) as work:
        moves = list(work.audit.walk())
        assert verify(work)[1] is None
    told = [
        (each.actor, each.action, each.before["state"], each.after["state"], each.after["reason"])
        for each in moves
    ]
    assert told == [
        ("recipient", "chat.queued", "bot", "queued", "asked"),
        ("ann", "chat.assigned", "queued", "assigned", "asked"),
        ("system", "chat.requeued", "assigned", "queued", "offer_lapsed"),
        ("ann", "chat.taken", "queued", "human", "asked"),
        ("ann", "chat.put_off", "human", "snoozed", "asked"),
        ("system", "chat.back", "snoozed", "human", "time"),
        ("ann", "chat.released", "human", "queued", "released"),
        ("bob", "chat.taken", "queued", "human", "asked"),
        ("bob", "chat.resolved", "human", "resolved", "asked"),
        ("recipient", "chat.queued", "resolved", "queued", "after_resolve"),
        ("ann", "chat.taken", "queued", "human", "asked"),
        ("ann", "chat.resolved", "human", "resolved", "asked"),
        ("system", "chat.grace_ended", "resolved", "bot", "time"),
    ]
    epochs = [each.after["epoch"] for each in moves]
    assert epochs == list(range(2, 2 + len(moves)))
    assert (moves[1].after["owner"], moves[2].before["owner"], moves[2].at) == (
        "bob",
        "bob",
        NOW + 2 * MINUTE,
    )


@pytest.mark.behaviour(40)
def test_40_a_lease_that_ends_and_a_person_who_goes_back_are_in_the_log(store: Storage) -> None:
    act(store, "take")
    answer(store)
    tend_handoffs(store.unit_of_work, now=NOW + SILENCE)
    request(store)
    with store.unit_of_work() as work:
        handoffs.give_up_waiting(work, work.conversations.get("conv-1"), now=NOW)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        kept = [each for each in work.audit.walk() if each.action != "chat.replied"]
    told = [(each.actor, each.action, each.before["state"], each.after["state"]) for each in kept]
    assert told == [
        ("ann", "chat.taken", "bot", "human"),
        ("system", "chat.lease_ended", "human", "bot"),
        ("recipient", "chat.queued", "bot", "queued"),
        ("recipient", "chat.returned_to_bot", "queued", "bot"),
    ]
    assert [each.after["reason"] for each in kept[1:2]] == ["lease_ended"]


@pytest.mark.behaviour(40)
def test_40_out_of_hours_the_opening_is_in_the_log(store: Storage) -> None:
    open_in_two_hours(store)
    request(store)
    timer = newest(store).timer_at
    assert timer is not None
    tend_handoffs(store.unit_of_work, now=timer)
    with store.unit_of_work(read_only=True) as work:
        [entry] = work.audit.walk()
    assert (entry.actor, entry.action, entry.after["reason"]) == ("system", "chat.queued", "asked")


WORKDAYS = SupportRule(time(8), time(18), frozenset({1, 2, 3, 4, 5}))


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-11-23T07:59:59", "2026-11-23T08:00"),
        ("2026-11-23T08:00:00", None),
        ("2026-11-23T17:59:59", None),
        ("2026-11-23T18:00:00", "2026-11-24T08:00"),
        ("2026-11-27T18:00:00", "2026-11-30T08:00"),
        ("2026-11-28T12:00:00", "2026-11-30T08:00"),
    ],
)
def test_staff_are_there_in_their_hours_and_days(now: str, opening: str | None) -> None:
    found = next_opening(
        WORKDAYS, zone="Europe/London", now=datetime.fromisoformat(now).replace(tzinfo=UTC)
    )
    expected = datetime.fromisoformat(opening).replace(tzinfo=UTC) if opening else None
    assert found == expected


def test_hours_follow_the_clock_at_the_address_on_the_day_it_changes() -> None:
    saturday_evening = datetime(2026, 3, 28, 20, tzinfo=UTC)
    every_day = SupportRule(time(8), time(18))
    found = next_opening(every_day, zone="Europe/Berlin", now=saturday_evening)
    assert found == datetime(2026, 3, 29, 6, tzinfo=UTC)


@pytest.mark.behaviour(5)
def test_out_of_hours_the_bot_goes_on_and_the_request_waits(store: Storage) -> None:
    open_in_two_hours(store)
    assert request(store) == ["handoff_deferred"]
    assert request(store) == ["handoff_deferred"]
    assert request(store, "turns") == []
    assert (chat(store).state, newest(store).state) == (
        ConversationState.BOT,
        HandoffState.DEFERRED,
    )


@pytest.mark.behaviour(5)
def test_at_the_opening_it_is_queued_as_old_as_it_is(store: Storage) -> None:
    open_in_two_hours(store)
    request(store)
    timer = newest(store).timer_at
    assert timer is not None
    tend_handoffs(store.unit_of_work, now=timer)
    assert (chat(store).state, newest(store).requested_at) == (ConversationState.QUEUED, NOW)
    assert newest(store).due_at == timer + 30 * MINUTE
    with store.unit_of_work(read_only=True) as work:
        [listed] = work.chat_lists.some(["conv-1"], agent_id="a-1")
    assert listed.due_at == timer + 30 * MINUTE


def test_a_shipper_says_how_soon_its_recipients_are_answered(store: Storage) -> None:
    with store.unit_of_work() as work:
        shipper = work.shippers.get(work.deliveries.get("d-1").shipper_id)
        shipper.rules = read_rules({"support": {"answer_within_minutes": {"3": 10, "4": 45}}})
        work.conversations.get("conv-1").focus = ("d-1",)
        work.commit()
    request(store)
    assert newest(store).due_at == NOW + 10 * MINUTE
    act(store, "prioritise", priority=4)
    assert newest(store).due_at == NOW + 45 * MINUTE
    act(store, "prioritise", priority=1)
    assert newest(store).due_at == NOW + 5 * MINUTE


@pytest.mark.behaviour(3)
def test_what_is_most_urgent_is_queued_at_any_hour(store: Storage) -> None:
    open_in_two_hours(store)
    request(store)
    assert request(store, "not_me") == ["handoff_not_me"]
    assert chat(store).state is ConversationState.QUEUED


@pytest.mark.behaviour(3)
def test_3_who_is_on_call_is_told_once_of_the_most_urgent_at_any_hour(store: Storage) -> None:
    open_in_two_hours(store)
    with store.unit_of_work() as work:
        shipper = work.shippers.get(work.deliveries.get("d-1").shipper_id)
        hours = {**shipper.rules.written["support"], "on_call": ["+44 7700 900010"]}
        shipper.rules = read_rules({"support": hours})
        work.commit()
    request(store, "damage")
    with store.unit_of_work(read_only=True) as work:
        assert work.contacts.by_address(Channel.SMS, "+447700900010") is None
    night = NOW + timedelta(hours=14)
    request(store, "safety", now=night)
    request(store, "safety", now=night)
    with store.unit_of_work(read_only=True) as work:
        contact = work.contacts.by_address(Channel.SMS, "+447700900010")
        assert contact is not None
        own = work.conversations.of_person(contact.person_id)
        assert own is not None
        [message] = work.outbox.of(own.id)
        decision = decide(message, own, contact, [contact], None, now=night, zone="UTC")
    assert [each.name for each in message.sayings] == ["on_call_alert"]
    assert message.sayings[0].facts["case"] == newest(store).id
    assert decision == Send()


@pytest.mark.behaviour(17)
def test_17_a_chat_of_an_agent_who_is_gone_waits_for_anybody_again(store: Storage) -> None:
    request(store)
    act(store, "take")
    assert tend_handoffs(store.unit_of_work, now=NOW + LEASE - MINUTE) == 0
    assert tend_handoffs(store.unit_of_work, now=NOW + LEASE) == 1
    assert (chat(store).state, newest(store).requested_at) == (ConversationState.QUEUED, NOW)


@pytest.mark.behaviour(17)
def test_17_an_agent_who_answered_keeps_the_chat_until_the_person_waits(store: Storage) -> None:
    act(store, "take")
    with store.unit_of_work() as work:
        handoffs.reply(work, "conv-1", agent_id="ann", text="Hello", key="k", now=NOW)
        work.commit()
    assert tend_handoffs(store.unit_of_work, now=NOW + SILENCE - MINUTE) == 0
    hear(store, now=NOW + SILENCE - MINUTE)
    assert tend_handoffs(store.unit_of_work, now=NOW + SILENCE - 2 * MINUTE + LEASE) == 0
    assert tend_handoffs(store.unit_of_work, now=NOW + SILENCE - MINUTE + LEASE) == 1
    assert chat(store).state is ConversationState.QUEUED


def answer(store: Storage, *, now: datetime = NOW) -> None:
    with store.unit_of_work() as work:
        handoffs.reply(work, "conv-1", agent_id="ann", text="Hello", key="k", now=now)
        work.commit()


def bot_words(store: Storage) -> list[str]:
    with store.unit_of_work(read_only=True) as work:
        said = work.outbox.of("conv-1")
    return [each.sayings[0].name for each in said if each.purpose is Purpose.REPLY]


@pytest.mark.behaviour(17)
def test_17_a_talk_in_which_nobody_writes_for_hours_is_the_bots_again_and_the_person_knows(
    store: Storage,
) -> None:
    request(store)
    act(store, "take")
    answer(store)
    assert tend_handoffs(store.unit_of_work, now=NOW + SILENCE) == 1
    assert (chat(store).state, chat(store).owner_id) == (ConversationState.BOT, None)
    assert bot_words(store) == ["handed_back"]
    with store.unit_of_work(read_only=True) as work:
        last = work.handoffs.last_of("conv-1")
        assert last is not None
        assert (last.outcome, last.closed_at) == ("no_answer", NOW + SILENCE)


@pytest.mark.behaviour(17)
def test_17_nobody_is_told_at_night_that_the_bot_is_back(store: Storage) -> None:
    evening, morning = NOW.replace(hour=18), NOW.replace(hour=8) + timedelta(days=1)
    act(store, "take", now=evening)
    answer(store, now=evening)
    assert tend_handoffs(store.unit_of_work, now=evening + SILENCE) == 1
    assert (chat(store).owner_id, newest(store).timer_at) == ("ann", morning)
    assert tend_handoffs(store.unit_of_work, now=morning) == 1
    assert (chat(store).state, bot_words(store)) == (ConversationState.BOT, ["handed_back"])


@pytest.mark.behaviour(17)
def test_17_an_answer_makes_the_hold_longer_whoever_has_waited_before(store: Storage) -> None:
    act(store, "take")
    answer(store)
    hear(store, now=NOW + MINUTE)
    assert newest(store).timer_at == NOW + MINUTE + LEASE
    hear(store, now=NOW + 2 * MINUTE)
    assert newest(store).timer_at == NOW + MINUTE + LEASE
    with store.unit_of_work() as work:
        handoffs.reply(work, "conv-1", agent_id="ann", text="Yes", key="k2", now=NOW + 3 * MINUTE)
        work.commit()
    assert newest(store).timer_at == NOW + 3 * MINUTE + SILENCE


@pytest.mark.behaviour(17)
def test_17_a_note_keeps_what_was_answered_as_long_as_an_answer(store: Storage) -> None:
    act(store, "take")
    answer(store)
    with store.unit_of_work() as work:
        handoffs.note(work, "conv-1", agent_id="ann", text="asking the depot", now=NOW + MINUTE)
        work.commit()
    assert newest(store).timer_at == NOW + MINUTE + SILENCE


@pytest.mark.behaviour(17)
def test_17_what_was_put_off_and_comes_back_to_nobody_waits_for_anybody(store: Storage) -> None:
    act(store, "take")
    answer(store)
    back = NOW + timedelta(days=3)
    act(store, "put_off", until=back)
    ticks = [back, back + LEASE - MINUTE, back + LEASE]
    assert [tend_handoffs(store.unit_of_work, now=at) for at in ticks] == [1, 0, 1]
    assert chat(store).state is ConversationState.QUEUED


@pytest.mark.behaviour(17)
@pytest.mark.parametrize(
    ("last", "hour", "state"),
    [
        ("agent", 9, ConversationState.BOT),
        ("agent", 23, ConversationState.HUMAN),
        ("person", 9, ConversationState.QUEUED),
        ("person", 23, ConversationState.QUEUED),
    ],
)
def test_17_an_agent_who_is_gone_for_an_hour_has_no_chat_any_more(
    store: Storage, last: str, hour: int, state: ConversationState
) -> None:
    begun = NOW.replace(hour=hour)
    act(store, "take", now=begun)
    look_on(store, "ann", now=begun)
    answer(store, now=begun)
    if last == "person":
        hear(store, now=begun + MINUTE)
    later = begun + timedelta(hours=1)
    requeue_lost(store.unit_of_work, now=later, machine_now=later)
    assert chat(store).state is state


@pytest.mark.behaviour(17)
def test_17_who_answers_by_another_place_than_the_console_is_not_gone_at_once(
    store: Storage,
) -> None:
    act(store, "take")
    look_on(store, "ann", now=NOW)
    later = NOW + timedelta(hours=3)
    hear(store, now=later)
    answer(store, now=later + MINUTE)
    at = later + timedelta(minutes=60)
    assert requeue_lost(store.unit_of_work, now=at, machine_now=at) == 0
    assert chat(store).owner_id == "ann"


@pytest.mark.behaviour(17)
def test_17_a_note_shows_that_the_agent_is_at_work(store: Storage) -> None:
    act(store, "take")
    with store.unit_of_work() as work:
        handoffs.note(work, "conv-1", agent_id="ann", text="asking the depot", now=NOW + MINUTE)
        work.commit()
    assert newest(store).timer_at == NOW + MINUTE + LEASE


def look_on(store: Storage, agent_id: str, *, now: datetime, is_on_screen: bool = True) -> None:
    """Give a sign of an agent's console, with the chat on it or not."""
    with store.unit_of_work() as work:
        note_sign(work, agent_id, machine_now=now)
        if is_on_screen:
            work.chat_views.see(agent_id, "conv-1", now=now, types=False, read_seq=0)
        work.commit()


@pytest.mark.behaviour(17)
def test_17_who_waits_for_an_agent_whose_console_is_gone_is_queued_after_two_minutes(
    store: Storage,
) -> None:
    request(store)
    act(store, "take")
    look_on(store, "ann", now=NOW + MINUTE)
    with store.unit_of_work() as work:
        work.reply_drafts.keep(ReplyDraft("ann", "conv-1", "reply", "I have ask", NOW))
        work.commit()
    moments = [NOW + 3 * MINUTE - timedelta(seconds=1), NOW + 3 * MINUTE]
    requeued = [requeue_lost(store.unit_of_work, now=at, machine_now=at) for at in moments]
    assert requeued == [0, 1]
    assert (chat(store).state, newest(store).requested_at) == (ConversationState.QUEUED, NOW)
    with store.unit_of_work(read_only=True) as work:
        kept = work.reply_drafts.find("ann", "conv-1", "reply")
        assert kept is not None
        assert kept.text == "I have ask"


@pytest.mark.behaviour(17)
def test_17_a_chat_that_was_answered_stays_with_an_agent_who_is_gone_until_the_person_waits(
    store: Storage,
) -> None:
    act(store, "take")
    look_on(store, "ann", now=NOW)
    with store.unit_of_work() as work:
        handoffs.reply(work, "conv-1", agent_id="ann", text="Hello", key="k", now=NOW)
        work.commit()
    later = NOW + timedelta(minutes=59)
    assert requeue_lost(store.unit_of_work, now=later, machine_now=later) == 0
    hear(store, now=later)
    waited = [later + timedelta(seconds=119), later + 2 * MINUTE]
    requeued = [requeue_lost(store.unit_of_work, now=at, machine_now=at) for at in waited]
    assert requeued == [0, 1]


@pytest.mark.behaviour(17)
@pytest.mark.parametrize("console", ["never", "elsewhere", "open"])
def test_17_a_chat_stays_with_who_is_there_or_works_without_a_console(
    store: Storage, console: str
) -> None:
    later = NOW + 10 * MINUTE
    act(store, "take")
    if console == "elsewhere":
        look_on(store, "ann", now=NOW, is_on_screen=False)
    if console == "open":
        look_on(store, "ann", now=later - timedelta(seconds=30))
    assert requeue_lost(store.unit_of_work, now=later, machine_now=later) == 0
    assert chat(store).owner_id == "ann"


@pytest.mark.behaviour(21)
def test_21_after_three_hours_of_silence_the_chat_is_still_the_agents(store: Storage) -> None:
    act(store, "take")
    with store.unit_of_work() as work:
        handoffs.reply(work, "conv-1", agent_id="ann", text="Hello", key="k", now=NOW)
        work.commit()
    epoch, later = chat(store).epoch, NOW + timedelta(hours=3)
    assert tend_handoffs(store.unit_of_work, now=later) == 0
    hear(store, now=later)
    assert tend_handoffs(store.unit_of_work, now=later) == 0
    after = chat(store)
    assert (after.state, after.owner_id, after.epoch) == (ConversationState.HUMAN, "ann", epoch)


@pytest.mark.behaviour(34)
@pytest.mark.parametrize(
    ("reason", "is_answered", "asked"),
    [("asked", True, ["rate_talk"]), ("asked", False, []), ("not_me", True, [])],
)
def test_34_a_talk_is_rated_once_after_a_resolve_by_who_was_answered(
    store: Storage, reason: str, asked: list[str], *, is_answered: bool
) -> None:
    request(store, reason)
    act(store, "take")
    if is_answered:
        with store.unit_of_work() as work:
            handoffs.reply(work, "conv-1", agent_id="ann", text="Done", key="k", now=NOW)
            work.commit()
    act(store, "resolve", outcome="settled")
    with store.unit_of_work(read_only=True) as work:
        said = [each for each in work.outbox.of("conv-1") if each.purpose is Purpose.REPLY]
    assert [each.sayings[0].name for each in said] == asked
    assert [each.not_before for each in said] == [NOW + 2 * MINUTE for _ in asked]
