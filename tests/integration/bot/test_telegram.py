import asyncio
import struct
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram.client import close_bot, open_bot
from bot.channels.telegram.updates import UPDATES_PATH, Blocked, TelegramUpdates
from deliveries.model.message import Form, OutboxMessage, OutboxState, Purpose
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying
from deliveries.services.identity.linking import invite
from deliveries.services.messages.receiving import Arrival
from sandbox.faults import Fault
from sandbox.telegram import people
from sandbox.telegram.chats import Person
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_depot,
    a_person,
    a_shipper,
    an_outbox_message,
    keep,
)
from tests.integration.bot.stage import BOT_TOKEN, SECRET, World, answering, served, until


def a_user(world: World, **different: Any) -> Person:
    person = Person(**{"id": 1111111, "first_name": "Robin", **different})
    world.stage.bot.chats.people[person.id] = person
    return person


def write(world: World, person: Person, text: str) -> None:
    people.write(world.stage.bot, person, people.text_content(text))


def seen(world: World, person: Person) -> list[dict[str, Any]]:
    """Return the bot's messages on a person's phone, oldest first."""
    chat = sorted(world.stage.bot.chats._messages.items())
    return [
        message
        for (chat_id, _), message in chat
        if chat_id == person.id and message["from"]["is_bot"]
    ]


def texts(world: World, person: Person) -> list[str]:
    return [each["text"] for each in seen(world, person)]


def rows(world: World) -> list[OutboxMessage]:
    with world.gateway.store.unit_of_work(read_only=True) as work:
        return list(reversed(work.outbox.newest(limit=100)))


async def webhook_set(world: World) -> None:
    await until(lambda: world.stage.bot.updates.webhook)


async def test_a_message_is_answered_in_its_chat(world: World) -> None:
    await webhook_set(world)
    person = a_user(world)
    write(world, person, "where is my parcel?")
    await until(lambda: texts(world, person))
    assert texts(world, person) == ["You: where is my parcel?"]
    await until(lambda: rows(world)[0].state is OutboxState.SENT)


async def test_without_the_secret_nobody_gets_in(world: World) -> None:
    update = {"update_id": 1, "message": {}}
    assert (await world.client.post(UPDATES_PATH, json=update)).status_code == 403
    for secret in ("", "wrong", "\u00e9"):
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
        refused = await world.client.post(UPDATES_PATH, json=update, headers=headers)
        assert refused.status_code == 403


async def test_an_update_arriving_twice_is_worked_once(world: World) -> None:
    chat = {"id": 1111111, "type": "private", "first_name": "Robin"}
    sender = {"id": 1111111, "is_bot": False, "first_name": "Robin"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": "hello"}
    person = a_user(world, has_started=True)
    for _ in range(3):
        answer = await world.client.post(
            UPDATES_PATH,
            json={"update_id": 77, "message": message},
            headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
        )
        assert answer.status_code == 200
    await until(lambda: texts(world, person))
    await asyncio.sleep(0.2)
    assert texts(world, person) == ["You: hello"]


async def test_options_are_buttons_and_a_tap_is_answered_at_once(world: World) -> None:
    await webhook_set(world)
    person = a_user(world)

    async def offer_first(question: dict[str, Any]) -> Response:
        if question["message"].startswith("/choose"):
            return answering({"name": "agent_text", "facts": {"text": question["message"]}})
        options = tuple(
            Option(f"o-1-{number}", OptionKind.GOAL, Saying("agent_text", {"text": label}))
            for number, label in enumerate(["Tomorrow", "Neighbour"])
        )
        offer = Offer("o-1", question["sender"], (), options, NOW, NOW)
        with world.gateway.store.unit_of_work() as work:
            work.offers.add(offer)
            work.conversations.get(question["sender"]).last_offer_id = "o-1"
            work.commit()
        return answering({"name": "agent_text", "facts": {"text": "What now?"}, "offer_id": "o-1"})

    world.rasa.reply = offer_first
    write(world, person, "not at home")
    await until(lambda: texts(world, person))
    [menu] = seen(world, person)
    buttons = [button for row in menu["reply_markup"]["inline_keyboard"] for button in row]
    assert buttons == [
        {"text": "Tomorrow", "callback_data": "o-1-0"},
        {"text": "Neighbour", "callback_data": "o-1-1"},
    ]
    query = people.tap(world.stage.bot, person, person.id, menu["message_id"], "o-1-1")
    await until(lambda: len(texts(world, person)) == 2)
    assert texts(world, person)[-1] == '/choose{"option_id":"o-1-1"}'
    await until(lambda: world.stage.bot.queries[query].is_answered)


async def test_an_invitation_links_the_chat_to_the_persons_thread(world: World) -> None:
    await webhook_set(world)
    store = world.gateway.store
    keep(store, a_shipper(), a_depot(), a_person(), a_contact(), a_conversation(), a_delivery())
    with store.unit_of_work() as work:
        token = invite(work, "p-1", now=world.gateway.clock.now())
        work.commit()
    person = a_user(world)
    write(world, person, "/start")
    await until(lambda: len(texts(world, person)) == 1)
    assert "request_contact" in str(world.stage.journal.entries())
    write(world, person, f"/start {token}")
    await until(lambda: len(texts(world, person)) == 2)
    write(world, person, "where is it?")
    await until(lambda: len(texts(world, person)) == 3)
    assert world.rasa.asked[0]["sender"] == "conv-1"


async def test_a_blocked_bot_is_noted_and_staff_are_told(world: World) -> None:
    await webhook_set(world)
    person = a_user(world)

    async def after_blocking(question: dict[str, Any]) -> Response:
        people.set_blocked(world.stage.bot, person, is_blocked=True)
        return answering({"name": "agent_text", "facts": {"text": question["message"]}})

    world.rasa.reply = after_blocking
    write(world, person, "hello")
    settled = (OutboxState.FAILED, OutboxState.SUPPRESSED)
    await until(lambda: rows(world) and rows(world)[0].state in settled)
    [row] = rows(world)
    assert row.reason == "blocked"
    with world.gateway.store.unit_of_work(read_only=True) as work:
        contact = work.contacts.by_address(Channel.TELEGRAM, str(person.id))
        assert contact is not None
        assert contact.blocked_at is not None


async def test_throttling_delays_and_does_not_double(world: World) -> None:
    await webhook_set(world)
    person = a_user(world)
    world.stage.telegram_faults.add(Fault(fail=429, retry_after=1), operation="sendMessage")
    write(world, person, "hello")
    await until(lambda: texts(world, person))
    await until(lambda: rows(world)[0].state is OutboxState.SENT)
    assert texts(world, person) == ["You: hello"]


async def test_what_may_have_left_is_not_sent_again_but_given_to_staff(world: World) -> None:
    await webhook_set(world)
    person = a_user(world)
    world.stage.telegram_faults.add(Fault(reset_after=True), operation="sendMessage")
    write(world, person, "hello")
    await until(lambda: rows(world) and rows(world)[0].state is OutboxState.FAILED, within_s=20)
    assert rows(world)[0].reason == "outcome_unknown"
    assert texts(world, person) == ["You: hello"]
    with world.gateway.store.unit_of_work(read_only=True) as work:
        assert [task.kind for task in work.tasks.open()] == ["message_undelivered"]


async def test_without_a_public_address_updates_are_asked_for(world: World) -> None:
    await webhook_set(world)
    telegram = world.settings.telegram
    bot = open_bot(BOT_TOKEN, api_url=telegram.api_url if telegram else None)
    arrivals: list[Arrival] = []
    blocked: list[Blocked] = []

    async def receive(arrival: Arrival) -> None:
        arrivals.append(arrival)

    async def note(change: Blocked) -> None:
        blocked.append(change)

    updates = TelegramUpdates(bot, "", receive, note)
    polling = asyncio.create_task(updates.poll())
    await until(lambda: world.stage.bot.updates.webhook is None)
    person = a_user(world)
    write(world, person, "hello")
    people.set_blocked(world.stage.bot, person, is_blocked=True)
    await until(lambda: arrivals and blocked)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    await close_bot(bot)
    assert [arrival.text for arrival in arrivals] == ["hello"]
    assert [change.is_blocked for change in blocked] == [True]


def a_told_person(world: World, **different: Any) -> Person:
    """Return somebody with a linked chat, a delivery and a conversation."""
    keep(
        world.gateway.store,
        a_shipper(),
        a_depot(),
        a_person(),
        a_contact(channel=Channel.TELEGRAM, address=ContactAddress("1111111"), verified_at=NOW),
        a_conversation(),
        a_delivery(**different),
    )
    return a_user(world, has_started=True)


def a_row(id_: str, form: Form, *sayings: Saying, **different: Any) -> OutboxMessage:
    return an_outbox_message(
        **{
            "id": id_,
            "purpose": Purpose.REPLY,
            "sayings": sayings,
            "form": form,
            "dedupe_key": id_,
            **different,
        }
    )


def words(text: str) -> Saying:
    return Saying("agent_text", {"text": text})


async def leave(world: World, *messages: OutboxMessage) -> None:
    """Let rows leave one after the other."""
    for message in messages:
        keep(world.gateway.store, message)
        world.gateway.outbox.wake()
        await until(lambda: rows(world)[-1].state is not OutboxState.QUEUED)
        await until(lambda: rows(world)[-1].state is not OutboxState.SENDING)


async def test_words_are_changed_in_place_and_changing_them_twice_is_no_failure(
    world: World,
) -> None:
    person = a_told_person(world)
    await leave(
        world,
        a_row("m-1", Form.WORDS, words("10 minutes away")),
        a_row("m-2", Form.EDIT, words("20 minutes away"), changes="m-1"),
        a_row("m-3", Form.EDIT, words("20 minutes away"), changes="m-1"),
    )

    assert texts(world, person) == ["20 minutes away"]
    assert [each.state for each in rows(world)] == [OutboxState.SENT] * 3


async def test_what_cannot_be_changed_any_more_is_left_alone_without_a_task(world: World) -> None:
    person = a_told_person(world)
    await leave(world, a_row("m-1", Form.WORDS, words("10 minutes away")))
    world.stage.bot.chats.forget(person.id, seen(world, person)[0]["message_id"])
    await leave(world, a_row("m-2", Form.EDIT, words("20 minutes away"), changes="m-1"))
    await leave(world, a_row("m-3", Form.EDIT, words("25 minutes away"), changes="m-none"))

    assert [(each.state, each.reason) for each in rows(world)[1:]] == [
        (OutboxState.FAILED, "not_changeable"),
        (OutboxState.SUPPRESSED, "nothing_to_change"),
    ]
    with world.gateway.store.unit_of_work(read_only=True) as work:
        assert list(work.tasks.open()) == []


async def test_a_locker_is_shown_on_the_map(world: World) -> None:
    person = a_told_person(world)
    facts = {"title": "Market Lockers", "address": "3 Market Row", "lat": 51.52, "lon": -0.05}
    await leave(world, a_row("m-1", Form.VENUE, Saying("venue_shown", facts)))

    [message] = seen(world, person)
    assert message["venue"] == {
        "location": {"latitude": 51.52, "longitude": -0.05},
        "title": "Market Lockers",
        "address": "3 Market Row",
    }


async def test_a_van_is_followed_and_then_no_more(world: World) -> None:
    person = a_told_person(world)

    def van(lat: float) -> Saying:
        return Saying("live_location_shown", {"lat": lat, "lon": -0.05, "minutes": 60})

    await leave(
        world,
        a_row("m-1", Form.LIVE, van(51.5)),
        a_row("m-2", Form.MOVE, van(51.51), changes="m-1"),
    )
    [moving] = seen(world, person)
    await leave(world, a_row("m-3", Form.HALT, van(51.51), changes="m-1"))

    [halted] = seen(world, person)
    assert moving["location"] == {"latitude": 51.51, "longitude": -0.05, "live_period": 3600}
    assert halted["location"] == {"latitude": 51.51, "longitude": -0.05}


async def test_the_words_of_a_delivery_arrive_even_if_its_photo_cannot_be_had(
    world: World,
) -> None:
    person = a_told_person(world, proof_url="http://127.0.0.1:9/proof.jpg")
    row = a_row("m-1", Form.WORDS, words("It is in the shed."), notice="A8", delivery_id="d-1")
    await leave(world, row)

    assert texts(world, person) == ["It is in the shed."]


async def test_a_delivery_is_told_beneath_its_photo(world: World) -> None:
    async def photo(_: Request) -> Response:
        head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
        return Response(head + struct.pack(">IIB", 4, 3, 8), media_type="image/png")

    async with served(Starlette(routes=[Route("/proof.png", photo)])) as address:
        person = a_told_person(world, proof_url=f"{address}/proof.png")
        row = a_row("m-1", Form.WORDS, words("It is in the shed."), notice="A8", delivery_id="d-1")
        await leave(world, row)

    [message] = seen(world, person)
    assert (message["caption"], bool(message["photo"])) == ("It is in the shed.", True)
