"""A notice that waits because an agent has the chat is offered to that agent to send."""

import pytest

from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.model.saying import Saying
from deliveries.services import handoffs
from integrations.storage import Storage
from tests.builders import NOW, an_outbox_message, keep
from tests.unit.bot.console.test_console import Hand, a_browser, do, machine, store

__all__ = ["machine", "store"]

pytestmark = pytest.mark.behaviour(30)


@pytest.fixture
def held(store: Storage, machine: Hand) -> str:
    ann = a_browser(store, machine)
    assert do(ann, "take") == 200
    waiting = {
        "id": "m-held",
        "conversation_id": "conv-1",
        "purpose": Purpose.NOTICE,
        "reason": "lease",
        "notice": "A4",
        "sayings": (Saying("agent_text", {"text": "Three stops to go."}),),
    }
    keep(store, an_outbox_message(**waiting))
    return "m-held"


def kept(store: Storage, id_: str) -> OutboxMessage:
    with store.unit_of_work(read_only=True) as work:
        return work.outbox.get(id_)


def test_30_whoever_has_the_chat_has_it_sent_once_however_often_that_is_asked_for(
    store: Storage, machine: Hand, held: str
) -> None:
    ann = a_browser(store, machine)
    before = ann.get("/console/chats/conv-1").text

    answers = [do(ann, "send-now", message=held) for _ in range(2)]

    after = ann.get("/console/chats/conv-1").text
    sent = kept(store, held)
    with store.unit_of_work(read_only=True) as work:
        told = [each for each in work.audit.walk() if each.action == "chat.notice_sent"]
        messages = [each.id for each in work.outbox.of("conv-1")]
    assert ("Send now" in before, "Send now" in after) == (True, False)
    assert answers == [200, 200]
    assert (sent.state, sent.author_id, sent.reason) == (OutboxState.QUEUED, told[0].actor, None)
    assert [each.after["message_id"] for each in told] == [held]
    assert messages == [held]


def test_30_what_was_sent_on_does_not_leave_again_when_the_chat_is_handed_back(
    store: Storage, machine: Hand, held: str
) -> None:
    ann = a_browser(store, machine)
    assert do(ann, "send-now", message=held) == 200
    with store.unit_of_work() as work:
        work.outbox.get(held).state = OutboxState.SENT
        work.commit()

    assert do(ann, "hand-back", outcome="settled") == 200

    with store.unit_of_work(read_only=True) as work:
        notices = [each for each in work.outbox.of("conv-1") if each.purpose is Purpose.NOTICE]
    assert [(each.id, each.state) for each in notices] == [(held, OutboxState.SENT)]


def test_30_only_who_has_the_chat_sends_it(store: Storage, machine: Hand, held: str) -> None:
    bob = a_browser(store, machine, "Bob")

    assert "Send now" not in bob.get("/console/chats/conv-1").text
    assert do(bob, "send-now", message=held) == 409
    assert kept(store, held).author_id is None


def test_30_after_a_stop_it_stays(store: Storage, machine: Hand, held: str) -> None:
    with store.unit_of_work() as work:
        work.contacts.get("c-1").opted_out_at = NOW
        work.commit()
    ann = a_browser(store, machine)

    assert "Send now" not in ann.get("/console/chats/conv-1").text
    assert do(ann, "send-now", message=held) == 409
    assert kept(store, held).author_id is None


@pytest.mark.parametrize(
    ("different", "answer"),
    [
        ({"state": OutboxState.SENT, "reason": None}, 409),
        ({"state": OutboxState.SUPPRESSED, "reason": "expired"}, 409),
        ({"reason": "quiet_hours"}, 409),
        ({"purpose": Purpose.CODE}, 409),
        ({"conversation_id": "conv-2"}, 404),
    ],
)
def test_30_nothing_else_can_be_sent_so(
    store: Storage, machine: Hand, held: str, different: dict[str, str], answer: int
) -> None:
    if different.get("conversation_id"):
        held = "m-404"
    else:
        with store.unit_of_work() as work:
            message = work.outbox.get(held)
            for name, value in different.items():
                setattr(message, name, value)
            work.commit()
    ann = a_browser(store, machine)

    assert do(ann, "send-now", message=held) == answer


def test_30_an_answer_of_the_planner_that_waits_can_be_sent_too(
    store: Storage, machine: Hand, held: str
) -> None:
    with store.unit_of_work() as work:
        work.outbox.get(held).purpose = Purpose.CONFIRMATION
        assert handoffs.is_held(work.outbox.get(held))
        work.commit()
    assert do(a_browser(store, machine), "send-now", message=held) == 200
