"""The stand-in's methods, answers and updates, held against the Bot API's published list."""

from typing import Any

import pytest

from sandbox.pictures import draw_proof
from sandbox.telegram.chats import DESK_GROUP_ID, Person
from sandbox.telegram.methods import METHODS
from sandbox.telegram.people import (
    contact_content,
    photo_content,
    set_blocked,
    tap,
    text_content,
    write,
)
from tests.contract.sandbox.playing import Play, reference

pytestmark = pytest.mark.services

SIMPLE = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": (int, float)}
YES_NO = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y:1"}]]}


def api() -> dict[str, Any]:
    document: dict[str, Any] = reference("telegram_bot_api_10.1.json")
    return document


def problems(value: Any, kind: str, types: dict[str, Any], path: str = "") -> list[str]:
    """Return where a value is not what the Bot API's type list says."""
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{path} is no array"]
        inner = kind.removeprefix("Array of ")
        return [
            p for i, each in enumerate(value) for p in problems(each, inner, types, f"{path}[{i}]")
        ]
    if kind in SIMPLE:
        return [] if isinstance(value, SIMPLE[kind]) else [f"{path} is no {kind}"]
    if not isinstance(value, dict):
        return [f"{path} is no {kind}"]
    described = types[kind]
    if "subtypes" in described:
        found = [problems(value, each, types, path) for each in described["subtypes"]]
        return min(found, key=len)
    fields = {each["name"]: each for each in described.get("fields", [])}
    wrong = [f"{path}.{name} is not in {kind}" for name in value if name not in fields]
    wrong += [
        f"{path}.{n} is missing" for n, f in fields.items() if f["required"] and n not in value
    ]
    for name, each in value.items():
        if name in fields:
            options = [problems(each, t, types, f"{path}.{name}") for t in fields[name]["types"]]
            wrong += min(options, key=len)
    return wrong


def shape(value: Any) -> Any:
    """Return the names in a value, without what is in them."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in sorted(value.items())}
    return [shape(value[0])] if isinstance(value, list) else type(value).__name__


@pytest.fixture
def person(play: Play) -> Person:
    return play.stage.bot.chats.meet(
        Person(1111111, "Test", "Person", "testperson", phone="+14155550100")
    )


@pytest.fixture
def started(play: Play, person: Person) -> Person:
    play.stage.bot.limits.is_on = False
    write(play.stage.bot, person, text_content("/start"))
    return person


def test_every_method_exists_in_the_bot_api() -> None:
    assert METHODS.keys() - api()["methods"].keys() == set()


async def test_every_required_parameter_is_required(play: Play) -> None:
    required = {
        name
        for name in METHODS
        if any(field["required"] for field in api()["methods"][name].get("fields", []))
        and name != "setWebhook"  # an empty address removes the webhook
    }

    answers = {name: await play.telegram_call(name) for name in sorted(required)}

    assert {name for name, answer in answers.items() if answer.get("error_code") != 400} == set()


async def test_what_methods_return_is_of_the_documented_type(play: Play, started: Person) -> None:
    to = {"chat_id": started.id}
    here = {"latitude": 51.28, "longitude": 1.08}
    play.gateway.documents["/picture"] = None
    sent = (await play.telegram_call("sendMessage", **to, text="Hello", reply_markup=YES_NO))[
        "result"
    ]
    live = (await play.telegram_call("sendLocation", **to, **here, live_period=900))["result"]
    topic = (await play.telegram_call("createForumTopic", chat_id=DESK_GROUP_ID, name="Case"))[
        "result"
    ]
    thread = {"chat_id": DESK_GROUP_ID, "message_thread_id": topic["message_thread_id"]}
    this = {**to, "message_id": sent["message_id"]}
    calls: list[tuple[str, dict[str, Any]]] = [
        ("getMe", {}),
        ("getWebhookInfo", {}),
        ("setMyCommands", {"commands": [{"command": "help", "description": "Help"}]}),
        ("getMyCommands", {}),
        (
            "sendPhoto",
            {
                **to,
                "photo": f"{play.page}/photos/d1.png",
                "caption": "<b>x</b>",
                "parse_mode": "HTML",
            },
        ),
        ("sendVenue", {**to, **here, "title": "Locker", "address": "High Street"}),
        ("sendContact", {**to, "phone_number": "+44", "first_name": "A"}),
        ("sendMessage", {**thread, "text": "In a topic"}),
        (
            "sendMessage",
            {**to, "text": "Re", "reply_parameters": {"message_id": sent["message_id"]}},
        ),
        ("editMessageText", {**this, "text": "Bye", "reply_markup": YES_NO}),
        ("editMessageReplyMarkup", this),
        (
            "editMessageLiveLocation",
            {
                **to,
                "message_id": live["message_id"],
                "latitude": 51.3,
                "longitude": 1.1,
                "heading": 90,
            },
        ),
        ("stopMessageLiveLocation", {**to, "message_id": live["message_id"]}),
        (
            "copyMessage",
            {
                "chat_id": DESK_GROUP_ID,
                "from_chat_id": started.id,
                "message_id": sent["message_id"],
            },
        ),
        ("sendChatAction", {**to, "action": "typing"}),
        ("editForumTopic", {**thread, "name": "Case 2"}),
        ("closeForumTopic", thread),
        ("reopenForumTopic", thread),
        ("getUpdates", {}),
        ("deleteMessage", this),
        ("deleteForumTopic", thread),
        ("deleteWebhook", {}),
        ("logOut", {}),
        ("close", {}),
    ]

    wrong = []
    for method, params in calls:
        answer = await play.telegram_call(method, **params)
        assert answer["ok"], (method, answer)
        wrong += returned_problems(method, answer["result"])
    wrong += returned_problems("sendLocation", live) + returned_problems("createForumTopic", topic)

    assert wrong == []


def returned_problems(method: str, result: Any) -> list[str]:
    document = api()
    options = document["methods"][method]["returns"]
    return min((problems(result, each, document["types"], method) for each in options), key=len)


async def test_updates_have_the_shape_of_the_samples(play: Play, started: Person) -> None:
    bot, samples = play.stage.bot, reference("facts/telegram_update_samples.json")["samples"]
    await bot.updates.fetch(offset=2**60, limit=1, timeout_s=0)
    sent = await play.telegram_call(
        "sendMessage", chat_id=started.id, text="Choose", reply_markup=YES_NO
    )
    location = {"location": {"latitude": 37.7, "longitude": -122.4}}
    group = bot.chats.groups[DESK_GROUP_ID]

    write(bot, started, text_content("/start ord_17"))
    write(bot, started, contact_content(started))
    write(bot, started, location)
    write(bot, started, photo_content(bot, draw_proof("d1"), "left at the door"))
    tap(bot, started, started.id, sent["result"]["message_id"], "y:1")
    set_blocked(bot, started, is_blocked=True)
    set_blocked(bot, started, is_blocked=False)
    topic = await play.telegram_call("createForumTopic", chat_id=group.id, name="Order 17")
    write(
        bot,
        started,
        {"text": "on my way"},
        group=group,
        thread_id=topic["result"]["message_thread_id"],
    )
    write(bot, started, {"text": "hello"}, group=group)

    kinds = [
        "deep_link_start",
        "contact_share_own_number",
        "location",
        "photo",
        "callback_query",
        "bot_blocked",
        "bot_unblocked",
        "forum_topic_created",
        "forum_topic_message",
        "forum_general_message",
    ]
    got = await bot.updates.fetch(offset=0, limit=100, timeout_s=0)
    for kind, update in zip(kinds, got, strict=True):
        assert (kind, shape(update)) == (kind, shape(samples[kind]))
        assert problems(update, "Update", api()["types"], kind) == []


async def test_refuses_in_telegrams_own_words(play: Play, started: Person) -> None:
    facts = reference("facts/telegram_facts.json")["errors"]
    known = {text for texts in facts.values() if isinstance(texts, list) for text in texts}
    stranger = play.stage.bot.chats.meet(Person(5, "Not", "Started"))
    sent = (await play.telegram_call("sendMessage", chat_id=started.id, text="Hi"))["result"]
    to = {"chat_id": started.id}
    this = {**to, "message_id": sent["message_id"]}
    set_blocked(
        play.stage.bot,
        blocked := play.stage.bot.chats.meet(Person(6, "Has", "Blocked")),
        is_blocked=True,
    )
    bad_button = {"inline_keyboard": [[{"text": "Yes", "callback_data": "x" * 65}]]}

    answers = [
        await play.telegram_call("sendMessage", text="Hi"),
        await play.telegram_call("sendMessage", chat_id=404, text="Hi"),
        await play.telegram_call("sendMessage", chat_id=stranger.id, text="Hi"),
        await play.telegram_call("sendMessage", chat_id=blocked.id, text="Hi"),
        await play.telegram_call("sendMessage", **to, text=" "),
        await play.telegram_call("sendMessage", **to, text="x" * 4097),
        await play.telegram_call("sendMessage", **to, text="Hi", reply_markup=bad_button),
        await play.telegram_call(
            "sendMessage", **to, text="Hi", reply_parameters={"message_id": 999}
        ),
        await play.telegram_call(
            "sendMessage", chat_id=DESK_GROUP_ID, text="Hi", message_thread_id=1
        ),
        await play.telegram_call("editMessageText", **this, text="Hi"),
        await play.telegram_call("editMessageText", **to, message_id=999, text="Hi"),
        await play.telegram_call("answerCallbackQuery", callback_query_id="1"),
        await play.telegram_call("getFile", file_id="nonsense"),
        await play.telegram_call("danceForMe"),
        (await play.client.get(f"{play.telegram}/bot1:wrong/getMe")).json(),
        (await play.client.get(f"{play.telegram}/botwrong/getMe")).json(),
        (await play.client.get(f"{play.telegram}/nothing")).json(),
    ]

    assert [answer["description"] for answer in answers if answer["description"] not in known] == []
    assert [answer["error_code"] for answer in answers] == [400, 400, 403, 403] + [400] * 9 + [
        404,
        401,
        401,
        404,
    ]


async def test_429_is_told_as_telegram_does(play: Play, started: Person) -> None:
    facts = reference("facts/telegram_facts.json")
    play.stage.bot.limits.is_on = True
    url = f"{play.telegram}/bot123456:made-up/sendMessage"

    answers = [
        await play.client.post(url, json={"chat_id": started.id, "text": "Hi"}) for _ in range(4)
    ]

    last = answers[-1]
    wait = last.json()["parameters"]["retry_after"]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert shape(last.json()) == shape(facts["429"]["body"])
    assert last.headers[facts["429"]["header"]] == str(wait)
    assert last.json()["description"] == f"Too Many Requests: retry after {wait}"
