"""The Telegram stand-in over HTTP, with the real client and its webhook deliveries."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from sandbox.pictures import draw_proof
from sandbox.telegram.chats import DESK_GROUP_ID, Person
from sandbox.telegram.people import tap, text_content, write
from tests.contract.sandbox.playing import BOT_TOKEN, SECRET, Play, until

# python-telegram-bot announces another type for its own seconds
pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")

UPDATES = "/channels/telegram/updates"


@pytest.fixture
async def client(play: Play) -> AsyncIterator[Bot]:
    async with a_client(play) as bot:
        yield bot


def a_client(play: Play, token: str = BOT_TOKEN) -> Bot:
    base, files = f"{play.telegram}/bot", f"{play.telegram}/file/bot"
    return Bot(token, base_url=base, base_file_url=files)


@pytest.fixture
def person(play: Play) -> Person:
    play.stage.bot.limits.is_on = False
    person = play.stage.bot.chats.meet(Person(1111111, "Test", "Person", phone="+447700900123"))
    write(play.stage.bot, person, text_content("/start"))
    return person


async def hook(play: Play, **more: Any) -> None:
    answer = await play.telegram_call(
        "setWebhook", url=play.gateway.url + UPDATES, secret_token=SECRET, **more
    )
    assert answer["ok"]


async def test_the_real_client_writes_edits_and_deletes(client: Bot, person: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y:1")]])

    sent = await client.send_message(
        person.id, "<b>Hi</b>", parse_mode="HTML", reply_markup=keyboard
    )
    edited = await sent.edit_text("Bye")

    assert (sent.text, sent.text_html, sent.reply_markup) == ("Hi", "<b>Hi</b>", keyboard)
    assert (edited.text, edited.reply_markup) == ("Bye", None)  # type: ignore[union-attr]  # a Message
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_text("Bye")
    assert await sent.delete()


async def test_the_real_client_sends_places_photos_and_files_can_be_fetched(
    client: Bot, person: Person
) -> None:
    picture = draw_proof("d1")

    sent = await client.send_photo(person.id, picture, caption="Proof")
    again = await client.send_photo(person.id, sent.photo[-1].file_id)
    fetched = await (await client.get_file(sent.photo[-1])).download_as_bytearray()
    venue = await client.send_venue(person.id, 51.28, 1.08, "Locker", "High Street")
    live = await client.send_location(person.id, 51.28, 1.08, live_period=600)
    await live.edit_live_location(51.29, 1.08)
    stopped = await live.stop_live_location()

    assert (sent.caption, again.photo[-1].width, bytes(fetched)) == ("Proof", 320, picture)
    assert venue.venue is not None
    assert stopped.location.live_period is None  # type: ignore[union-attr]  # a Message


async def test_the_real_client_works_in_topics(client: Bot, person: Person) -> None:
    topic = await client.create_forum_topic(DESK_GROUP_ID, "Case 1")
    sent = await client.send_message(DESK_GROUP_ID, "Hi", message_thread_id=topic.message_thread_id)
    copied = await client.copy_message(person.id, DESK_GROUP_ID, sent.message_id)

    assert (topic.name, sent.message_thread_id) == ("Case 1", topic.message_thread_id)
    assert copied.message_id
    assert await client.close_forum_topic(DESK_GROUP_ID, topic.message_thread_id)


async def test_the_real_client_sees_refusals(play: Play, client: Bot, person: Person) -> None:
    stranger = play.stage.bot.chats.meet(Person(5, "Not", "Started"))
    with pytest.raises(Forbidden):
        await client.send_message(stranger.id, "Hi")
    with pytest.raises(BadRequest):
        await client.send_message(404, "Hi")
    play.stage.bot.limits.is_on = True
    sending = [client.send_message(person.id, "Hi") for _ in range(5)]
    with pytest.raises(RetryAfter):
        await asyncio.gather(*sending)
    wrong = a_client(play, "1:wrong")
    with pytest.raises(InvalidToken):
        await wrong.get_me()
    await wrong.request.shutdown()


async def test_the_real_client_polls_and_confirms(play: Play, client: Bot, person: Person) -> None:
    first = await client.get_updates()
    waiting = asyncio.create_task(client.get_updates(offset=first[-1].update_id + 1, timeout=5))
    await until(play.stage.bot.updates.is_polled)
    write(play.stage.bot, person, text_content("hello"))

    second = await waiting

    assert [update.message.text for update in (*first, *second) if update.message] == [
        "/start",
        "hello",
    ]
    assert second[0].update_id == first[0].update_id + 1


async def test_polling_conflicts_with_a_webhook_and_with_another_poll(
    play: Play, client: Bot
) -> None:
    async with a_client(play) as other:
        waiting = asyncio.create_task(other.get_updates(timeout=5))
        await until(play.stage.bot.updates.is_polled)
        await client.get_updates()
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await waiting
    await hook(play)
    with pytest.raises(Conflict, match="webhook is active"):
        await client.get_updates()


async def test_updates_come_to_the_webhook_with_the_secret(play: Play, person: Person) -> None:
    await hook(play)
    write(play.stage.bot, person, text_content("hello"))
    await play.settle()

    [first, second] = play.gateway.jsons(UPDATES)
    assert [first["message"]["text"], second["message"]["text"]] == ["/start", "hello"]
    headers = [headers for _, _, headers, _ in play.gateway.requests]
    assert {each["x-telegram-bot-api-secret-token"] for each in headers} == {SECRET}


async def test_a_refused_update_comes_again_with_its_id_before_later_ones(
    play: Play, person: Person
) -> None:
    play.gateway.answers[UPDATES] = [Response(status_code=500)]
    await hook(play)
    write(play.stage.bot, person, text_content("hello"))
    await play.settle()

    updates = play.gateway.jsons(UPDATES)
    texts = [update["message"]["text"] for update in updates]
    assert texts == ["/start", "/start", "hello"]
    assert updates[0]["update_id"] == updates[1]["update_id"]


async def test_retries_wait_2_4_8_seconds_or_as_the_answer_says(play: Play, person: Person) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    play.stage.bot.updates.sleep = sleep
    busy = Response(status_code=429, headers={"Retry-After": "7"})
    play.gateway.answers[UPDATES] = [*[Response(status_code=500) for _ in range(4)], busy]
    await hook(play)
    await play.settle()

    assert person.has_started
    assert waits == [0, 2, 4, 8, 7]


async def test_a_tap_does_not_wait_for_a_message_of_the_same_chat(
    play: Play, person: Person
) -> None:
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y:1"}]]}
    sent = await play.telegram_call("sendMessage", chat_id=person.id, text="?", reply_markup=markup)
    play.gateway.answers[UPDATES] = [Response(status_code=500, headers={"Retry-After": "60"})]
    await hook(play)
    await until(lambda: len(play.gateway.jsons(UPDATES)) == 1)
    query_id = tap(play.stage.bot, person, person.id, sent["result"]["message_id"], "y:1")
    await until(lambda: len(play.gateway.jsons(UPDATES)) == 2)

    kinds = [set(update) - {"update_id"} for update in play.gateway.jsons(UPDATES)]
    assert kinds == [{"message"}, {"callback_query"}]
    answers = [
        await play.telegram_call("answerCallbackQuery", callback_query_id=query_id)
        for _ in range(2)
    ]
    assert [answer["ok"] for answer in answers] == [True, False]


async def test_a_webhook_may_answer_with_a_method(play: Play, person: Person) -> None:
    call = {"method": "sendMessage", "chat_id": person.id, "text": "From the answer"}
    play.gateway.answers[UPDATES] = [JSONResponse(call)]
    await hook(play)
    await play.settle()

    texts = [entry.text for entry in play.stage.journal.entries(channel="telegram")]
    assert texts == ["/start", "From the answer"]


async def test_only_wanted_kinds_are_queued(play: Play, person: Person) -> None:
    await hook(play, allowed_updates=["callback_query"], drop_pending_updates=True)
    write(play.stage.bot, person, text_content("hello"))
    await play.settle()

    info = (await play.telegram_call("getWebhookInfo"))["result"]
    assert play.gateway.jsons(UPDATES) == []
    assert (info["allowed_updates"], info["pending_update_count"]) == (["callback_query"], 0)


@pytest.mark.parametrize(
    "params",
    [
        {"url": "http://example.org/hook"},
        {"url": "https://example.org:8080/hook"},
        {"url": "nonsense"},
        {"url": "https://example.org/hook", "secret_token": "with space"},
        {"url": "https://example.org/hook", "max_connections": 101},
    ],
)
async def test_refuses_webhooks_that_telegram_refuses(play: Play, params: dict[str, Any]) -> None:
    answer = await play.telegram_call("setWebhook", **params)

    assert (answer["ok"], answer["error_code"]) == (False, 400)


async def test_planned_faults_reach_the_client(play: Play, person: Person) -> None:
    faults = [{"fail": 429, "retry_after": 3}, {"fail": 502}]
    body = {"provider": "telegram", "operation": "sendMessage", "faults": faults}
    await play.post("/api/faults", body)

    answers = [
        await play.telegram_call("sendMessage", chat_id=person.id, text="Hi") for _ in range(3)
    ]

    assert [answer.get("error_code") for answer in answers] == [429, 502, None]
    assert answers[0]["parameters"] == {"retry_after": 3}
