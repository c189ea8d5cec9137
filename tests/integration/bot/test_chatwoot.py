"""Agents work in Chatwoot: a case there, their words to the person, one owner everywhere."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.settings import ChatwootSettings
from deliveries.model.conversation import ConversationState
from deliveries.model.recipient import Channel
from deliveries.model.staff import Agent
from deliveries.model.surface import SurfaceMember, line_id
from deliveries.services import handoffs
from integrations.chatwoot import NAME
from tests.chatwoot import ACCOUNT, ANA, BEN, BOT_TOKEN, INBOX, SECRET, USER_TOKEN, Case, Chatwoot
from tests.integration.bot.stage import PERSON, World, a_world, answering, served, until

WEBHOOK = "/integrations/chatwoot/events"


@pytest.fixture
def chatwoot() -> Chatwoot:
    return Chatwoot()


@pytest.fixture
async def world(database: str, chatwoot: Chatwoot) -> AsyncIterator[World]:
    async with served(chatwoot.app()) as url:
        settings = ChatwootSettings(url, ACCOUNT, INBOX, BOT_TOKEN, USER_TOKEN, SECRET)
        async with a_world(database, chatwoot=settings) as built:
            chatwoot.webhook_url = f"{built.client.base_url}".rstrip("/") + WEBHOOK
            with built.gateway.store.unit_of_work() as work:
                work.agents.add(Agent("s-ana", "ana", "x"))
                ana = str(ANA)
                work.surfaces.link(SurfaceMember(line_id(NAME, ana), NAME, ana, "s-ana"))
                work.commit()
            yield built


async def handed_off(world: World, chatwoot: Chatwoot) -> Case:
    async def reply(_: dict[str, Any]) -> Any:
        return answering(handoff="damage")

    world.rasa.reply = reply
    world.text("it arrived crushed")
    await until(lambda: any(each.status == "open" for each in chatwoot.cases.values()))
    return next(iter(chatwoot.cases.values()))


def state(world: World) -> tuple[ConversationState, str | None]:
    with world.gateway.store.unit_of_work(read_only=True) as work:
        contact = work.contacts.by_address(Channel.SMS, PERSON)
        assert contact is not None
        conversation = work.conversations.of_person(contact.person_id)
        assert conversation is not None
        return conversation.state, conversation.owner_id


def shown(world: World, case: Case) -> str:
    """Return what Chatwoot was last told of how a case stands."""
    with world.gateway.store.unit_of_work(read_only=True) as work:
        found = work.surfaces.case_at(NAME, str(case.id))
        return found.shown if found else ""


async def test_a_case_opens_with_one_note_on_why_and_what_was_said(
    world: World, chatwoot: Chatwoot
) -> None:
    case = await handed_off(world, chatwoot)
    kind, is_note, text = chatwoot.lines(case.id)[0]
    assert (kind, is_note) == ("outgoing", True)
    assert "reason: damage" in text
    assert "recipient: it arrived crushed" in text
    assert (case.labels, case.priority, case.agent) == (["damage", "sms"], "high", None)


async def test_an_agents_words_take_the_chat_and_are_marked_delivered(
    world: World, chatwoot: Chatwoot
) -> None:
    case = await handed_off(world, chatwoot)
    message = await chatwoot.agent_writes(case.id, "Hi, Ana here. We send a new one.")
    await until(lambda: "Hi, Ana here. We send a new one." in world.sent())
    assert state(world) == (ConversationState.HUMAN, "s-ana")
    await until(lambda: _status(case, message) == "delivered")
    await until(lambda: case.agent == ANA)


def _status(case: Case, message: int) -> str:
    return next(each["status"] for each in case.messages if each["id"] == message)


async def test_a_webhook_that_comes_twice_sends_once_and_our_own_lines_not_at_all(
    world: World, chatwoot: Chatwoot
) -> None:
    case = await handed_off(world, chatwoot)
    await chatwoot.agent_writes(case.id, "Once.", times=3)
    await until(lambda: "Once." in world.sent())
    world.text("thanks")
    await until(lambda: ("incoming", False, "thanks") in chatwoot.lines(case.id))
    assert world.sent().count("Once.") == 1
    assert not any("thanks" in text for text in world.sent())


async def test_a_private_note_stays_with_staff(world: World, chatwoot: Chatwoot) -> None:
    case = await handed_off(world, chatwoot)
    await chatwoot.agent_writes(case.id, "he was rude last week", note=True)
    await chatwoot.agent_writes(case.id, "We send a new one.")
    await until(lambda: "We send a new one." in world.sent())
    assert not any("rude" in text for text in world.sent())
    assert chatwoot.lines(case.id).count(("outgoing", True, "he was rude last week")) == 1


async def test_an_assignment_by_whatever_event_gives_the_agent_the_chat(
    world: World, chatwoot: Chatwoot
) -> None:
    case = await handed_off(world, chatwoot)
    await chatwoot.agent_moves(case.id, agent=ANA)
    await until(lambda: state(world) == (ConversationState.HUMAN, "s-ana"))


@pytest.mark.parametrize(
    ("status", "expected"),
    [("pending", ConversationState.BOT), ("resolved", ConversationState.RESOLVED)],
)
async def test_an_agent_ends_a_chat_there(
    world: World, chatwoot: Chatwoot, status: str, expected: ConversationState
) -> None:
    case = await handed_off(world, chatwoot)
    await chatwoot.agent_writes(case.id, "All settled.")
    await until(lambda: shown(world, case) == f"with_agent:{ANA}")
    await chatwoot.agent_moves(case.id, status=status, agent=ANA)
    await until(lambda: state(world)[0] is expected)


async def test_an_agent_without_an_account_here_is_told_and_nothing_leaves(
    world: World, chatwoot: Chatwoot
) -> None:
    case = await handed_off(world, chatwoot)
    message = await chatwoot.agent_writes(case.id, "Hello from Ben", agent=BEN)
    await until(lambda: _status(case, message) == "failed")
    assert "Hello from Ben" not in world.sent()


async def test_words_to_somebody_who_wants_none_fail_with_the_reason(
    world: World, chatwoot: Chatwoot
) -> None:
    case = await handed_off(world, chatwoot)
    world.text("STOP")
    received = world.received()
    await until(lambda: world.received() >= received)
    await until(lambda: any("STOP" in text for _, _, text in chatwoot.lines(case.id)))
    message = await chatwoot.agent_writes(case.id, "Just one more thing")
    await until(lambda: _status(case, message) == "failed")
    assert "Just one more thing" not in world.sent()


async def test_chatwoot_down_harms_nobody_and_it_catches_up_in_order(
    world: World, chatwoot: Chatwoot
) -> None:
    case = await handed_off(world, chatwoot)
    chatwoot.failing = [503]
    world.text("one")
    world.text("two")
    await until(lambda: ("incoming", False, "two") in chatwoot.lines(case.id), within_s=15)
    heard = [text for kind, _, text in chatwoot.lines(case.id) if kind == "incoming"]
    assert heard == ["one", "two"]


async def test_a_line_whose_answer_was_lost_is_not_posted_twice(
    world: World, chatwoot: Chatwoot
) -> None:
    case = await handed_off(world, chatwoot)
    chatwoot.loses_answers = 1
    world.text("only once please")
    await until(lambda: ("incoming", False, "only once please") in chatwoot.lines(case.id))
    world.text("and this")
    await until(lambda: ("incoming", False, "and this") in chatwoot.lines(case.id), within_s=15)
    assert chatwoot.lines(case.id).count(("incoming", False, "only once please")) == 1


async def test_what_the_console_does_is_shown_there(world: World, chatwoot: Chatwoot) -> None:
    case = await handed_off(world, chatwoot)
    with world.gateway.store.unit_of_work() as work:
        conversation = work.conversations.in_hands()[0]
        handoffs.take(
            work,
            conversation.id,
            agent_id="s-ana",
            version=conversation.version,
            now=world.gateway.clock.now(),
        )
        work.commit()
    await until(lambda: case.agent == ANA)


@pytest.mark.parametrize("forged", [{"secret": "another"}, {"age_s": 301}])
async def test_what_chatwoot_has_not_signed_lately_is_refused(
    world: World, chatwoot: Chatwoot, forged: dict[str, Any]
) -> None:
    case = await handed_off(world, chatwoot)
    event = chatwoot._message_event(
        case,
        {
            "id": 1,
            "content": "give me the code",
            "message_type": "outgoing",
            "private": False,
            "source_id": None,
            "sender": {"id": ANA, "type": "user"},
        },
    )
    assert await chatwoot.tell(event, **forged) == httpx.codes.FORBIDDEN
    assert "give me the code" not in world.sent()


async def test_without_chatwoot_its_address_is_not_there(database: str) -> None:
    async with a_world(database) as built:
        answer = await built.client.post(WEBHOOK, content=b"{}")
        assert answer.status_code == httpx.codes.NOT_FOUND
