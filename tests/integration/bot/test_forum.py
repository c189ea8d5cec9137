"""Agents work in a Telegram forum: one topic a case, against the stand-in's group."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.telegram.forum import NAME
from deliveries.model.conversation import ConversationState
from deliveries.model.recipient import Channel
from deliveries.model.staff import Agent
from deliveries.model.surface import SurfaceMember, line_id
from sandbox.faults import Fault
from sandbox.telegram import people
from sandbox.telegram.chats import DESK_GROUP_ID, Group, Person
from tests.integration.bot.stage import PERSON, World, a_world, answering, until

ANN = Person(id=700000001, first_name="Ann", has_started=True)
EVE = Person(id=700000666, first_name="Eve", has_started=True)


@pytest.fixture
async def world(database: str) -> AsyncIterator[World]:
    async with a_world(database, with_forum=True) as built:
        with built.gateway.store.unit_of_work() as work:
            work.agents.add(Agent("s-ann", "ann", "x"))
            work.surfaces.link(
                SurfaceMember(line_id(NAME, str(ANN.id)), NAME, str(ANN.id), "s-ann")
            )
            work.commit()
        yield built


def group(world: World) -> Group:
    return world.stage.bot.chats.groups[DESK_GROUP_ID]


def posts(world: World, topic: int) -> list[str]:
    """Return what the bot has written in a topic."""
    return [text for text, _ in bot_messages(world, topic)]


def bot_messages(world: World, topic: int) -> list[tuple[str, dict[str, Any]]]:
    kept = sorted(world.stage.bot.chats._messages.items())
    return [
        (message["text"], message)
        for (chat, _), message in kept
        if chat == DESK_GROUP_ID
        and message.get("message_thread_id") == topic
        and message["from"]["is_bot"]
        and "text" in message
    ]


def write(world: World, person: Person, topic: int, text: str) -> None:
    people.write(
        world.stage.bot, person, people.text_content(text), group=group(world), thread_id=topic
    )


def state(world: World) -> ConversationState:
    with world.gateway.store.unit_of_work(read_only=True) as work:
        contact = work.contacts.by_address(Channel.SMS, PERSON)
        assert contact is not None
        conversation = work.conversations.of_person(contact.person_id)
        assert conversation is not None
        return conversation.state


async def handed_off(world: World) -> int:
    """Let a person ask for a human; return the topic."""

    async def reply(_: dict[str, Any]) -> Any:
        return answering(handoff="asked")

    world.rasa.reply = reply
    world.text("it arrived crushed, get me a human")
    await until(lambda: group(world).topics)
    topic = next(iter(group(world).topics))
    await until(lambda: any("Waiting" in text for text in posts(world, topic)))
    return topic


async def test_a_case_gets_a_topic_with_what_was_said_and_a_button(world: World) -> None:
    topic = await handed_off(world)
    opening, waiting = bot_messages(world, topic)[0][0], bot_messages(world, topic)[-1][1]
    assert "reason: asked" in opening
    assert "recipient: it arrived crushed, get me a human" in opening
    assert waiting["reply_markup"]["inline_keyboard"][0][0]["text"] == "Take over"


async def test_writing_takes_the_chat_and_the_words_reach_the_person(world: World) -> None:
    topic = await handed_off(world)
    write(world, ANN, topic, "Ann here. We send another one.")
    await until(lambda: "Ann here. We send another one." in world.sent())
    assert state(world) is ConversationState.HUMAN
    await until(lambda: any("With an agent" in text for text in posts(world, topic)))


async def test_what_the_person_answers_is_shown_in_the_topic_and_not_to_the_bot(
    world: World,
) -> None:
    topic = await handed_off(world)
    write(world, ANN, topic, "Ann here.")
    await until(lambda: "Ann here." in world.sent())
    asked = len(world.rasa.asked)
    world.text("thank you ann")
    await until(lambda: any("Recipient: thank you ann" in text for text in posts(world, topic)))
    assert len(world.rasa.asked) == asked


async def test_a_stranger_in_the_group_is_told_and_nothing_is_relayed(world: World) -> None:
    topic = await handed_off(world)
    sent = world.sent()
    write(world, EVE, topic, "give me the code")
    await until(lambda: any("linked to no agent" in text for text in posts(world, topic)))
    assert world.sent() == sent
    assert state(world) is ConversationState.QUEUED


async def test_lines_that_are_set_aside_stay_with_colleagues(world: World) -> None:
    topic = await handed_off(world)
    write(world, ANN, topic, "A new one is on its way.\n// he was angry last week too")
    await until(lambda: "A new one is on its way." in world.sent())
    assert not any("angry" in text for text in world.sent())
    with world.gateway.store.unit_of_work(read_only=True) as work:
        conversation = work.conversations.in_hands()[0]
        assert [note.text for note in work.notes.of(conversation.id)] == [
            "he was angry last week too"
        ]


async def test_words_that_are_edited_are_not_sent_again(world: World) -> None:
    topic = await handed_off(world)
    write(world, ANN, topic, "Tomorow at 9.")
    await until(lambda: "Tomorow at 9." in world.sent())
    message = next(
        each
        for (chat, _), each in world.stage.bot.chats._messages.items()
        if chat == DESK_GROUP_ID and each.get("text") == "Tomorow at 9."
    )
    sent = len(world.sent())
    edited = {**message, "text": "Tomorrow at 9.", "edit_date": message["date"] + 5}
    world.stage.bot.updates.add("edited_message", edited, str(DESK_GROUP_ID))
    write(world, ANN, topic, "Sorry for the wait.")
    await until(lambda: "Sorry for the wait." in world.sent())
    assert len(world.sent()) == sent + 1


async def test_a_topic_that_was_deleted_is_made_again_and_tells_all_of_it(world: World) -> None:
    topic = await handed_off(world)
    del group(world).topics[topic]
    world.text("hello? anybody?")
    await until(lambda: group(world).topics)
    again = next(iter(group(world).topics))
    await until(lambda: any("hello? anybody?" in text for text in posts(world, again)))
    assert any("it arrived crushed" in text for text in posts(world, again))


async def test_a_forum_that_is_told_too_much_is_told_later(world: World) -> None:
    topic = await handed_off(world)
    throttled = Fault(fail=429, retry_after=1)
    world.stage.telegram_faults.add(throttled, operation="sendMessage", times=1)
    world.text("are you there?")
    await until(lambda: any("are you there?" in text for text in posts(world, topic)))


async def test_a_button_hands_the_chat_back_and_closes_the_topic(world: World) -> None:
    topic = await handed_off(world)
    write(world, ANN, topic, "All settled.")
    await until(lambda: any("With an agent" in text for text in posts(world, topic)))
    message = bot_messages(world, topic)[-1][1]
    people.tap(world.stage.bot, ANN, DESK_GROUP_ID, message["message_id"], "staff:hand_back")
    await until(lambda: group(world).topics[topic].is_closed)
    assert state(world) is ConversationState.BOT
