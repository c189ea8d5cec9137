"""Who may speak: the bot, nobody yet, or one agent."""

import pytest

from deliveries.errors import ConflictError, InvalidInputError, NotAllowedError
from deliveries.model.conversation import ConversationState, HandoffState
from deliveries.model.message import OutboxState, Purpose
from deliveries.services import handoffs
from integrations.storage import Storage
from tests.builders import NOW, a_stocked_storage, an_agent, an_outbox_message, keep


@pytest.fixture
def store() -> Storage:
    store = a_stocked_storage()
    keep(store, an_agent(id="ann", name="Ann"), an_agent(id="bob", name="Bob"))
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").last_contact_id = "c-1"
        work.commit()
    return store


def request(store: Storage, reason: str = "asked") -> list[str]:
    with store.unit_of_work() as work:
        told = handoffs.request(work, work.conversations.get("conv-1"), reason, NOW)
        work.commit()
    return [saying.name for saying in told]


def take(store: Storage, agent_id: str = "ann") -> None:
    with store.unit_of_work() as work:
        version = work.conversations.get("conv-1").version
        handoffs.take(work, "conv-1", agent_id=agent_id, version=version, now=NOW)
        work.commit()


@pytest.mark.behaviour(1, 4)
def test_a_request_mutes_the_bot_and_is_acknowledged_once(store: Storage) -> None:
    assert request(store) == ["handoff_asked"]
    assert request(store) == []
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        assert (conversation.state, conversation.epoch) == (ConversationState.QUEUED, 2)


@pytest.mark.behaviour(4)
def test_a_second_request_raises_the_priority_and_never_lowers_it(store: Storage) -> None:
    request(store, "fallback")
    request(store, "damage")
    request(store, "fallback")
    with store.unit_of_work() as work:
        (handoff,) = work.handoffs.queue()
        assert handoff.priority == handoffs.PRIORITIES["damage"]


@pytest.mark.behaviour(14)
def test_taking_over_voids_what_the_bot_has_not_sent(store: Storage) -> None:
    keep(store, an_outbox_message(id="m-1", conversation_id="conv-1", epoch=1))
    take(store)
    with store.unit_of_work() as work:
        message = work.outbox.get("m-1")
        assert (message.state, message.reason) == (OutboxState.SUPPRESSED, "human_took_over")


@pytest.mark.behaviour(10)
def test_only_one_agent_gets_it(store: Storage) -> None:
    request(store)
    with store.unit_of_work() as work:
        seen = work.conversations.get("conv-1").version
    with store.unit_of_work() as work:
        handoffs.take(work, "conv-1", agent_id="ann", version=seen, now=NOW)
        work.commit()
    with store.unit_of_work() as work, pytest.raises(ConflictError):
        handoffs.take(work, "conv-1", agent_id="bob", version=seen, now=NOW)


@pytest.mark.behaviour(23)
def test_a_reply_leaves_once_whatever_is_clicked(store: Storage) -> None:
    take(store)
    for _ in range(3):
        with store.unit_of_work() as work:
            handoffs.reply(
                work, "conv-1", agent_id="ann", text=" We are on it. ", key="k-1", now=NOW
            )
            work.commit()
    with store.unit_of_work() as work:
        sent = [each for each in work.outbox.of("conv-1") if each.purpose is Purpose.AGENT]
        assert [dict(each.sayings[0].facts) for each in sent] == [{"text": "We are on it."}]


def test_words_that_were_changed_before_they_were_sent_again_are_not_lost(store: Storage) -> None:
    take(store)
    with store.unit_of_work() as work:
        handoffs.reply(work, "conv-1", agent_id="ann", text="First", key="k-1", now=NOW)
        with pytest.raises(ConflictError):
            handoffs.reply(work, "conv-1", agent_id="ann", text="Second", key="k-1", now=NOW)


@pytest.mark.behaviour(18)
def test_who_does_not_have_the_chat_cannot_reply(store: Storage) -> None:
    take(store)
    with store.unit_of_work() as work, pytest.raises(ConflictError):
        handoffs.reply(work, "conv-1", agent_id="bob", text="Hello", key="k", now=NOW)


@pytest.mark.behaviour(27)
def test_nothing_is_written_to_who_opted_out(store: Storage) -> None:
    take(store)
    with store.unit_of_work() as work:
        work.contacts.get("c-1").opted_out_at = NOW
        work.commit()
    with store.unit_of_work() as work, pytest.raises(NotAllowedError):
        handoffs.reply(work, "conv-1", agent_id="ann", text="Hello", key="k", now=NOW)


@pytest.mark.parametrize("text", ["", "  \n", "x" * (handoffs.TEXT_LENGTH + 1)])
def test_no_words_or_too_many_are_refused(store: Storage, text: str) -> None:
    take(store)
    with store.unit_of_work() as work, pytest.raises(InvalidInputError):
        handoffs.reply(work, "conv-1", agent_id="ann", text=text, key="k", now=NOW)


@pytest.mark.behaviour(39)
def test_a_note_never_becomes_a_message(store: Storage) -> None:
    with store.unit_of_work() as work:
        handoffs.note(work, "conv-1", agent_id="bob", text="call the depot", now=NOW)
        work.commit()
    with store.unit_of_work() as work:
        assert list(work.outbox.of("conv-1")) == []
        assert [note.text for note in work.notes.of("conv-1")] == ["call the depot"]


@pytest.mark.behaviour(31)
def test_handing_back_wakes_the_bot_with_nothing_half_made(store: Storage) -> None:
    request(store)
    take(store)
    with store.unit_of_work() as work:
        version = work.conversations.get("conv-1").version
        handoffs.hand_back(
            work, "conv-1", agent_id="ann", outcome="settled", version=version, now=NOW
        )
        work.commit()
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        assert (conversation.state, conversation.draft) == (ConversationState.BOT, None)
        assert work.handoffs.open_of("conv-1") is None
        assert [each.sayings[0].name for each in work.outbox.of("conv-1")] == ["handed_back"]


@pytest.mark.behaviour(6)
def test_who_waits_may_go_back_to_the_bot_but_not_out_of_an_agents_hands(store: Storage) -> None:
    request(store)
    with store.unit_of_work() as work:
        handoffs.give_up_waiting(work, work.conversations.get("conv-1"), now=NOW)
        work.commit()
    take(store)
    with store.unit_of_work() as work, pytest.raises(ConflictError):
        handoffs.give_up_waiting(work, work.conversations.get("conv-1"), now=NOW)
    with store.unit_of_work() as work:
        assert work.handoffs.queue()[0].state is HandoffState.ACTIVE


@pytest.mark.parametrize(("text", "is_it"), [("BOT", True), (" bot. ", True), ("robot", False)])
def test_the_way_back_is_one_word(text: str, *, is_it: bool) -> None:
    assert handoffs.is_way_back(text) is is_it


@pytest.mark.behaviour(40)
def test_what_an_agent_does_is_in_the_audit_log_without_a_word_of_it() -> None:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").last_contact_id = "c-1"
        work.commit()
    with store.unit_of_work() as work:
        handoffs.take(work, "conv-1", agent_id="ann", version=2, now=NOW)
        for _ in range(2):
            handoffs.reply(work, "conv-1", agent_id="ann", text="my secret", key="k", now=NOW)
        handoffs.note(work, "conv-1", agent_id="ann", text="my secret", now=NOW)
        version = work.conversations.get("conv-1").version
        handoffs.hand_back(
            work, "conv-1", agent_id="ann", outcome="settled", version=version, now=NOW
        )
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        kept = list(work.audit.walk())
    assert [entry.action for entry in kept] == [
        "chat.taken",
        "chat.replied",
        "chat.noted",
        "chat.handed_back",
    ]
    assert "secret" not in repr(kept)
