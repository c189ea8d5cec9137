import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.departure import Network
from bot.departures import Departures
from bot.dialogue import Answer
from bot.pacing import Pacing
from bot.turns import Finished, Taken, Turn, Turns, chosen_option, free_text, next_group
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from deliveries.model.challenge import Challenge, ChallengeKind
from deliveries.model.conversation import ConversationState
from deliveries.model.message import InboundMessage, OutboxMessage, OutboxState
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.personal import ContactAddress, Secret
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying
from deliveries.services import handoffs
from deliveries.services.messages.receiving import Arrival, receive
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_person,
    a_stocked_storage,
    an_inbound_message,
    an_option,
    an_outbox_message,
    in_memory_storage,
    keep,
)
from tests.builders import an_offer as a_stored_offer
from tests.doubles import OpenVault

WORDING = Wording(Catalogue(read_sources()))


class StoppedClock:
    def now(self) -> Any:
        return NOW


class Unused(Network):
    """A network that is there and never called in these tests."""


def turns(name: str = "gateway-1") -> Turns:
    clock = StoppedClock()
    networks = {Channel.SMS: Unused(), Channel.TELEGRAM: Unused()}  # type: ignore[abstract]  # never called
    return Turns(
        Departures(name, WORDING, networks, clock, clock, Pacing({}, clock)),
        handoffs.request,
        OpenVault(),
    )


def a_store(*texts: str | InboundMessage, **conversation: Any) -> Storage:
    store = in_memory_storage(a_person(), a_contact(), a_conversation(**conversation))
    messages = [
        an_inbound_message(text=text, provider_id=f"SM{number}") if isinstance(text, str) else text
        for number, text in enumerate(texts)
    ]
    keep(store, *messages)
    return store


def take(store: Storage, worker: Turns | None = None) -> Taken:
    with store.unit_of_work() as work:
        taken = (worker or turns()).take(work, "conv-1")
        work.commit()
        return taken


def finish(store: Storage, turn: Turn | None, *sayings: str, **given: Any) -> Finished:
    assert turn is not None
    answer = Answer(tuple(Saying("agent_text", {"text": each}) for each in sayings), **given)
    with store.unit_of_work() as work:
        finished = turns().finish(work, turn, answer)
        work.commit()
        return finished


def rows(store: Storage) -> list[OutboxMessage]:
    with store.unit_of_work() as work:
        return list(reversed(work.outbox.newest(limit=20)))


def an_offer(*words: tuple[str, ...]) -> Offer:
    options = tuple(
        Option(f"o-1-{number}", OptionKind.GOAL, Saying("label"), words=each)
        for number, each in enumerate(words)
    )
    return Offer("o-1", "conv-1", (), options, NOW, NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("text", "option_id"),
    [
        ("1", "o-1-0"),
        (" 2. ", "o-1-1"),
        ("#2", "o-1-1"),
        ("Option 1", "o-1-0"),
        ("no. 2", "o-1-1"),
        ("(1)", "o-1-0"),
        ("Both!", "o-1-1"),
        ("next day", "o-1-0"),
        ("3", None),
        ("0", None),
        ("1 or 2", None),
        ("12:30", None),
        ("both of them are late", None),
        ("", None),
        ("\u0662", "o-1-1"),
    ],
)
def test_a_digit_or_word_alone_chooses(text: str, option_id: str | None) -> None:
    offer = an_offer(("next day", "tomorrow"), ("both",))
    assert chosen_option(text, offer) == option_id


def test_nothing_is_chosen_without_an_offer() -> None:
    assert chosen_option("1", None) is None


@pytest.mark.behaviour(22)
@pytest.mark.parametrize(
    "text",
    ['/choose{"option_id":"x"}', ' / /choose{"option_id":"x"}', '\n//choose{"option_id":"x"}'],
)
def test_nobody_can_type_an_intent(text: str) -> None:
    assert not free_text(an_inbound_message(text=text)).startswith("/")


def test_free_texts_in_a_row_are_one_turn_up_to_the_next_choice() -> None:
    waiting = [an_inbound_message(text=text) for text in ("hello", "where is it", "2", "thanks")]
    group = next_group(waiting, an_offer((), ()))
    assert (len(group.messages), group.text) == (2, "hello\nwhere is it")
    group = next_group(waiting[2:], an_offer((), ()))
    assert (len(group.messages), group.text) == (1, '/choose{"option_id":"o-1-1"}')


@pytest.mark.behaviour(22)
def test_a_tapped_button_cannot_smuggle_anything_into_the_payload() -> None:
    tap = an_inbound_message(text="", option_id='x"}/restart{"a":"b')
    assert next_group([tap], None).text == '/choose{"option_id":"x\\"}/restart{\\"a\\":\\"b"}'


@pytest.mark.parametrize(
    ("message", "saying"),
    [
        (an_inbound_message(text="", media_count=1), "cannot_read_media"),
        (an_inbound_message(text="  / "), "empty_message"),
    ],
)
def test_what_has_no_words_is_answered_without_rasa(message: InboundMessage, saying: str) -> None:
    store = a_store(message)
    taken = take(store)
    assert taken.turn is None
    assert [row.sayings for row in rows(store)] == [(Saying(saying),)]
    assert [each.message_id for each in taken.departures] == [row.id for row in rows(store)]


def test_a_place_is_passed_on() -> None:
    turn = take(a_store(an_inbound_message(text="", lat=51.5, lon=-0.1))).turn
    assert turn is not None
    assert turn.question.text == "/inform"
    assert turn.question.metadata["location"] == {"lat": 51.5, "lon": -0.1}


def test_a_turn_tells_rasa_what_its_actions_need() -> None:
    turn = take(a_store("/ hello")).turn
    assert turn is not None
    assert turn.question.text == "hello"
    assert turn.question.metadata == {
        "turn": "conv-1:1",
        "epoch": 1,
        "contact_id": "c-1",
        "channel": "sms",
    }


def test_a_conversation_is_worked_by_one_gateway_at_a_time() -> None:
    store = a_store("hello")
    first = take(store, turns("gateway-1"))
    assert first.turn is not None
    assert take(store, turns("gateway-2")).turn is None
    finish(store, first.turn, "hi")
    keep(store, an_inbound_message(provider_id="SM9", text="again"))
    assert take(store, turns("gateway-2")).turn is not None


@pytest.mark.behaviour(7)
def test_a_turn_cut_off_comes_again_with_the_same_key_and_the_same_messages() -> None:
    store = a_store("hello")
    cut_off = take(store).turn
    keep(store, an_inbound_message(provider_id="SM9", text="are you there?"))
    with store.unit_of_work() as work:
        work.conversations.release_turn("conv-1", by="gateway-1")
        work.commit()
    again = take(store).turn
    assert cut_off is not None
    assert again is not None
    assert (again.key, again.question.text) == (cut_off.key, "hello")
    assert finish(store, again, "hi").has_more


def test_the_answer_is_claimed_and_on_its_way_in_the_turns_own_transaction() -> None:
    store = a_store("hello")
    [departure] = finish(store, take(store).turn, "hi", trace={"intent": "greet"}).departures
    [row] = rows(store)
    assert (row.state, row.text, row.attempt_id) == ("sending", "hi", departure.attempt_id)
    with store.unit_of_work() as work:
        [message] = work.inbound.of("conv-1")
        assert message.worked_at == NOW
        assert message.trace == {"intent": "greet", "turn": "conv-1:1", "came_to": "open"}


def test_an_answer_waits_behind_what_is_already_on_its_way() -> None:
    store = a_store("hello")
    keep(store, an_outbox_message(id="m-0", next_attempt_at=NOW + timedelta(minutes=1)))
    assert finish(store, take(store).turn, "hi").departures == ()
    assert [row.state for row in rows(store)] == ["queued", "queued"]


@pytest.mark.behaviour(8, 13)
def test_an_answer_is_void_when_somebody_took_the_conversation_meanwhile() -> None:
    store = a_store("hello")
    turn = take(store).turn
    with store.unit_of_work() as work:
        handoffs.take(work, "conv-1", agent_id="ag-1", version=1, now=NOW)
        work.commit()
    finished = finish(store, turn, "hi", handoff="asked")
    assert finished.departures == ()
    assert [(row.state, row.reason) for row in rows(store)] == [("suppressed", "superseded")]


@pytest.mark.behaviour(19, 33)
def test_the_bot_is_silent_while_an_agent_has_the_conversation() -> None:
    store = a_store("hello", state=ConversationState.HUMAN, owner_id="ag-1")
    assert take(store) == Taken()
    with store.unit_of_work() as work:
        assert not work.inbound.unworked("conv-1")
    assert rows(store) == []


@pytest.mark.behaviour(1, 7)
def test_a_handoff_is_asked_for_with_the_answer_and_its_words_still_leave() -> None:
    store = a_store("a person please")
    [departure] = finish(store, take(store).turn, "ok", handoff="asked").departures
    [row] = rows(store)
    assert [saying.name for saying in row.sayings] == ["agent_text", "handoff_asked"]
    assert departure.message_id == row.id
    with store.unit_of_work() as work:
        assert work.conversations.get("conv-1").state is ConversationState.QUEUED
        handoff = work.handoffs.open_of("conv-1")
        assert handoff is not None
        assert handoff.reason == "asked"


@pytest.mark.behaviour(6)
def test_who_waits_in_the_queue_can_go_on_with_the_bot() -> None:
    store = a_store("bot", "where is it?", state=ConversationState.QUEUED, last_contact_id="c-1")
    turn = take(store).turn
    assert turn is not None
    assert turn.question.text == "where is it?"
    with store.unit_of_work() as work:
        assert work.conversations.get("conv-1").state is ConversationState.BOT


def test_a_turn_that_cannot_be_answered_goes_to_a_person_and_does_not_come_again() -> None:
    store = a_store("hello", "anyone?")
    taken = take(store)
    assert taken.turn is not None
    with store.unit_of_work() as work:
        departures = turns().abandon(work, "conv-1")
        work.commit()
    assert len(departures) == 1
    assert [saying.name for saying in rows(store)[0].sayings] == ["bot_down", "handoff_bot_down"]
    with store.unit_of_work() as work:
        assert work.conversations.get("conv-1").state is ConversationState.QUEUED
    assert take(store).turn is None


def a_waiting_choice(**different: Any) -> Challenge:
    usual: dict[str, Any] = {
        "id": "q-1",
        "kind": ChallengeKind.STEP_UP,
        "delivery_id": "d-1",
        "sent_to": "c-1",
        "created_at": NOW,
        "expires_at": NOW + timedelta(minutes=10),
        "conversation_id": "conv-1",
        "asked_by": "c-1",
        "offer_id": "of-1",
        "option": an_option(),
        "code_sealed": OpenVault().seal(Secret("493817")),
    }
    return Challenge(**{**usual, **different})


def a_store_that_waits_for_a_code(text: str, **conversation: Any) -> Storage:
    """A store in which a choice waits for a code, with a text that has just arrived."""
    store = a_stocked_storage(a_stored_offer())
    with store.unit_of_work() as work:
        for name, value in conversation.items():
            setattr(work.conversations.get("conv-1"), name, value)
        work.challenges.add(a_waiting_choice())
        work.flush()
        arrival = Arrival(Channel.SMS, "SM9", ContactAddress("+447700900001"), text)
        receive(work, arrival, vault=OpenVault(), now=NOW)
        work.commit()
    return store


def kept(store: Storage) -> InboundMessage:
    with store.unit_of_work() as work:
        return work.inbound.of("conv-1")[-1]


def test_a_code_is_kept_sealed_and_the_text_without_it() -> None:
    store = a_store_that_waits_for_a_code("it says 493 817, ok?")

    message = kept(store)
    assert message.text == "it says \u2022\u2022\u2022\u2022\u2022\u2022, ok?"
    assert message.code_sealed == OpenVault().seal(Secret("493817"))


def test_a_right_code_becomes_the_choice_that_waited_and_rasa_hears_of_that_alone() -> None:
    store = a_store_that_waits_for_a_code("493817")

    taken = take(store)

    assert taken.turn is not None
    assert taken.turn.question.text == '/choose{"option_id":"q-1"}'
    assert kept(store).code_sealed is None


def test_after_a_crash_the_same_code_is_the_same_choice() -> None:
    store = a_store_that_waits_for_a_code("493817")
    take(store)
    with store.unit_of_work() as work:
        work.conversations.release_turn("conv-1", by="gateway-1")
        work.commit()

    again = take(store, turns("gateway-2"))

    assert again.turn is not None
    assert again.turn.question.text == '/choose{"option_id":"q-1"}'


def test_a_wrong_code_is_answered_without_rasa() -> None:
    store = a_store_that_waits_for_a_code("111111")

    assert take(store).turn is None

    assert [row.sayings[0].name for row in rows(store)] == ["code_wrong"]
    assert kept(store).worked_at == NOW


def test_a_digit_is_a_digit_while_a_choice_waits_for_its_code() -> None:
    store = a_store_that_waits_for_a_code("1")

    assert kept(store).text == "1"
    assert kept(store).code_sealed is None


def test_while_an_agent_has_the_chat_a_code_is_hidden_and_not_checked() -> None:
    store = a_store_that_waits_for_a_code("493817", state=ConversationState.HUMAN)

    assert kept(store).text == "\u2022\u2022\u2022\u2022\u2022\u2022"
    assert kept(store).code_sealed is None
    assert take(store).turn is None
    with store.unit_of_work() as work:
        assert work.challenges.get("q-1").tries == 0


@pytest.mark.behaviour(12)
def test_no_bot_word_is_written_between_claim_and_hand_back_in_1000_randomised_runs() -> None:
    luck = random.Random(7)  # noqa: S311 which run is which, not a secret
    store = a_store(last_contact_id="c-1")
    spoken = []
    for run in range(1000):
        keep(store, an_inbound_message(text="hello", provider_id=f"SM{run}"))
        turn = take(store).turn
        is_late = luck.random() < 0.5
        if not is_late:
            finish(store, turn, "in time")
        with store.unit_of_work() as work:
            version = work.conversations.get("conv-1").version
            handoffs.take(work, "conv-1", agent_id="ann", version=version, now=NOW)
            work.commit()
        before = {each.id for each in rows(store)}
        for number in range(luck.randrange(3)):
            keep(store, an_inbound_message(text="and now?", provider_id=f"SM{run}-{number}"))
            asked = None if is_late else take(store).turn
            assert asked is None
        if is_late:
            finish(store, turn, "too late")
            assert take(store).turn is None
        spoken += [
            each
            for each in rows(store)
            if each.state is OutboxState.QUEUED
            or (each.id not in before and each.state is not OutboxState.SUPPRESSED)
        ]
        with store.unit_of_work() as work:
            version = work.conversations.get("conv-1").version
            handoffs.hand_back(
                work, "conv-1", agent_id="ann", outcome="settled", version=version, now=NOW
            )
            work.commit()
    assert spoken == []


@pytest.mark.behaviour(34)
def test_34_a_score_after_a_resolve_is_kept_and_brings_nobody_back() -> None:
    store = a_store("4", last_contact_id="c-1")
    with store.unit_of_work() as work:
        handoffs.take(work, "conv-1", agent_id="ann", version=1, now=NOW)
        handoffs.reply(work, "conv-1", agent_id="ann", text="Done", key="k", now=NOW)
        version = work.conversations.get("conv-1").version
        resolved = {"agent_id": "ann", "outcome": "settled", "now": NOW - timedelta(minutes=3)}
        handoffs.resolve(work, "conv-1", version=version, **resolved)
        work.commit()
    assert take(store).turn is None
    with store.unit_of_work(read_only=True) as work:
        rating = work.ratings.latest_of("conv-1")
        assert (rating.score if rating else None) == 4
        assert work.conversations.get("conv-1").state is ConversationState.RESOLVED


def a_resolved_store(*messages: InboundMessage, offered_at: datetime) -> Storage:
    """Return a chat that was resolved a minute ago, with a menu shown at some time."""
    store = a_store(*messages, last_contact_id="c-1")
    offer = a_stored_offer(
        delivery_ids=(), options=(an_option(),), created_at=offered_at, conversation_id="conv-1"
    )
    keep(store, offer)
    taken = NOW - timedelta(minutes=10)
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").last_offer_id = offer.id
        work.commit()
    with store.unit_of_work() as work:
        version = work.conversations.get("conv-1").version
        handoffs.take(work, "conv-1", agent_id="ann", version=version, now=taken)
        work.commit()
    with store.unit_of_work() as work:
        version = work.conversations.get("conv-1").version
        resolved = {"agent_id": "ann", "outcome": "settled", "now": NOW - timedelta(minutes=1)}
        handoffs.resolve(work, "conv-1", version=version, **resolved)
        work.commit()
    return store


@pytest.mark.behaviour(35)
@pytest.mark.parametrize(
    "message",
    [
        an_inbound_message(text="", option_id=an_option().id),
        an_inbound_message(text="1"),
    ],
)
def test_35_who_chooses_soon_after_a_resolve_is_answered_by_the_bot(
    message: InboundMessage,
) -> None:
    store = a_resolved_store(message, offered_at=NOW - timedelta(minutes=5))
    turn = take(store).turn
    assert turn is not None
    assert turn.question.text == f'/choose{{"option_id":"{an_option().id}"}}'
    with store.unit_of_work(read_only=True) as work:
        assert work.conversations.get("conv-1").state is ConversationState.BOT


@pytest.mark.behaviour(35)
def test_35_a_digit_that_may_answer_the_agent_comes_back_to_staff() -> None:
    before_the_talk = NOW - timedelta(minutes=11)
    store = a_resolved_store(an_inbound_message(text="1"), offered_at=before_the_talk)
    assert take(store).turn is None
    with store.unit_of_work(read_only=True) as work:
        assert work.conversations.get("conv-1").state is ConversationState.QUEUED


@pytest.mark.behaviour(3)
def test_words_of_danger_reach_staff_without_rasa() -> None:
    store = a_store("your driver hit my car", last_contact_id="c-1")
    assert take(store).turn is None
    assert [[each.name for each in row.sayings] for row in rows(store)] == [["handoff_safety"]]
    with store.unit_of_work(read_only=True) as work:
        assert work.conversations.get("conv-1").state is ConversationState.QUEUED
        assert not work.inbound.unworked("conv-1")


def test_words_of_danger_are_heard_while_a_person_is_waited_for() -> None:
    store = a_store("your driver hit my car", last_contact_id="c-1")
    with store.unit_of_work() as work:
        handoffs.request(work, work.conversations.get("conv-1"), "fallback", NOW)
        work.commit()
    assert take(store).turn is None
    assert rows(store) == []
    with store.unit_of_work(read_only=True) as work:
        handoff = work.handoffs.open_of("conv-1")
        assert handoff is not None
        assert (handoff.reason, handoff.priority) == ("safety", 1)


def test_who_sends_twice_what_cannot_be_opened_is_passed_to_a_person() -> None:
    store = a_store(
        *(an_inbound_message(text="", media_count=1, provider_id=f"MM{n}") for n in range(2))
    )
    take(store)
    assert [[each.name for each in row.sayings] for row in rows(store)] == [
        ["cannot_read_media"],
        ["handoff_media"],
    ]


@pytest.mark.behaviour(22)
@pytest.mark.parametrize("state", [ConversationState.QUEUED, ConversationState.HUMAN])
@pytest.mark.parametrize("text", ["/restart", " /track", "// track", "start over", "/x{}"])
def test_control_words_move_nothing(text: str, state: ConversationState) -> None:
    store = a_store(text, state=state)
    assert take(store) == Taken()
    with store.unit_of_work(read_only=True) as work:
        assert work.conversations.get("conv-1").state is state


@pytest.mark.behaviour(33)
def test_what_was_written_to_the_agent_is_not_answered_after_the_hand_back() -> None:
    store = a_store(last_contact_id="c-1")
    with store.unit_of_work() as work:
        handoffs.take(work, "conv-1", agent_id="ann", version=1, now=NOW)
        work.commit()
    keep(store, an_inbound_message(provider_id="SM1", text="is it you, Ann?"))
    take(store)
    with store.unit_of_work() as work:
        version = work.conversations.get("conv-1").version
        handoffs.hand_back(
            work, "conv-1", agent_id="ann", outcome="settled", version=version, now=NOW
        )
        work.commit()
    assert take(store).turn is None
    keep(store, an_inbound_message(provider_id="SM2", text="where is it?"))
    turn = take(store).turn
    assert turn is not None
    assert turn.question.text == "where is it?"
