"""An agent's words that could not be delivered are sent anew, once, by whoever has the chat."""

import pytest

from deliveries.model.message import OutboxState, Purpose
from integrations.storage import Storage
from tests.builders import NOW
from tests.unit.bot.console.test_console import Hand, a_browser, agent_messages, do, machine, store

__all__ = ["machine", "store"]

pytestmark = pytest.mark.behaviour(25)


@pytest.fixture
def failed(store: Storage, machine: Hand) -> str:
    ann = a_browser(store, machine)
    assert do(ann, "take") == 200
    assert do(ann, "reply", text="The van is near.", key="k-1") == 200
    with store.unit_of_work() as work:
        [message] = [each for each in work.outbox.of("conv-1") if each.purpose is Purpose.AGENT]
        message.state, message.reason = OutboxState.FAILED, "provider_error"
        work.commit()
    return message.id


def test_it_goes_again_however_often_that_is_asked_for(
    store: Storage, machine: Hand, failed: str
) -> None:
    ann = a_browser(store, machine)
    before = ann.get("/console/chats/conv-1").text

    answers = [do(ann, "send-again", message=failed) for _ in range(3)]

    assert "Send again" in before
    assert answers == [200, 200, 200]
    assert agent_messages(store) == ["The van is near.", "The van is near."]
    assert "Send again" not in ann.get("/console/chats/conv-1").text


def test_only_who_has_the_chat_sends_it_again(store: Storage, machine: Hand, failed: str) -> None:
    bob = a_browser(store, machine, "Bob")

    assert "Send again" not in bob.get("/console/chats/conv-1").text
    assert do(bob, "send-again", message=failed) == 409
    assert len(agent_messages(store)) == 1


def test_after_a_stop_nothing_goes_again(store: Storage, machine: Hand, failed: str) -> None:
    with store.unit_of_work() as work:
        work.contacts.get("c-1").opted_out_at = NOW
        work.commit()
    ann = a_browser(store, machine)

    assert "Send again" not in ann.get("/console/chats/conv-1").text
    assert do(ann, "send-again", message=failed) == 409
    assert len(agent_messages(store)) == 1


def test_what_did_not_fail_or_is_no_agents_cannot_go_again(
    store: Storage, machine: Hand, failed: str
) -> None:
    with store.unit_of_work() as work:
        work.outbox.get(failed).state = OutboxState.DELIVERED
        work.commit()
        theirs = [each.id for each in work.outbox.of("conv-1")]
    ann = a_browser(store, machine)

    assert {do(ann, "send-again", message=each) for each in (*theirs, "m-404", "")} == {404}
    assert len(agent_messages(store)) == 1
