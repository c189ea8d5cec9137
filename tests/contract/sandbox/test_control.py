"""The sandbox's own API, which the page and the end-to-end tests use."""

import json
from typing import Any

import pytest

from tests.contract.sandbox.playing import PERSON, Play

PHONE = f"/api/phones/{PERSON.replace('+', '%2B')}"
MESSAGES = "/channels/twilio/messages"


async def test_the_clock_is_read_and_changed_over_http(play: Play) -> None:
    changed = await play.post("/clock", {"rate": 60, "paused": True, "jump_s": 3600})
    read = (await play.client.get(f"{play.page}/clock")).json()

    assert changed.json() == read
    assert (read["rate"], read["paused"], read["version"]) == (60.0, True, 2)
    assert read["now"].startswith("2026-03-10T08:00:0")


@pytest.mark.parametrize(
    "body",
    [
        {"rate": 601},
        {"rate": "fast"},
        {"paused": "yes"},
        {"jump_s": -1},
        {"jump_to": "2026-03-09T00:00:00Z"},
        {"jump_to": "soon"},
        {"speed": 2},
        [],
    ],
)
async def test_a_bad_change_of_the_clock_is_refused_with_a_reason(play: Play, body: Any) -> None:
    answer = await play.post("/clock", body)

    assert answer.status_code == 400
    assert answer.json()["error"]
    assert play.stage.clock.represent()["version"] == 1


async def test_who_asked_twice_since_the_last_change_follows_the_clock(play: Play) -> None:
    async def followers() -> int:
        found = (await play.client.get(f"{play.page}/clock/followers")).json()["followers"]
        return int(found)

    for _ in range(2):
        await play.client.get(f"{play.page}/clock")
    before = await followers()
    await play.post("/clock", {"jump_s": 60})
    await play.client.get(f"{play.page}/clock")
    after = await followers()
    await play.client.get(f"{play.page}/clock")

    assert (before, after, await followers()) == (1, 0, 1)


async def test_a_recipient_writes_a_text(play: Play) -> None:
    answer = await play.post(f"{PHONE}/sms", {"text": "hello"})
    await play.settle()

    [form] = play.gateway.forms(MESSAGES)
    assert (answer.status_code, form["MessageSid"]) == (202, answer.json()["sid"])


async def test_a_recipient_starts_the_bot_shares_taps_and_blocks(play: Play) -> None:
    await play.post(f"{PHONE}/telegram", {"start": "lnk_1"})
    [person] = [each for each in play.stage.town.people() if each["phone"] == PERSON]
    chat = {"chat_id": person["telegram_id"]}
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y:1"}]]}
    sent = await play.telegram_call("sendMessage", **chat, text="?", reply_markup=markup)
    message_id = sent["result"]["message_id"]

    for body in ({"contact": True}, {"location": {"lat": 51, "lon": 1.5}}, {"photo": True}):
        assert (await play.post(f"{PHONE}/telegram", body)).status_code == 202
    tapped = await play.post(f"{PHONE}/tap", {"message_id": message_id, "data": "y:1"})
    foreign = await play.post(f"{PHONE}/tap", {"message_id": message_id, "data": "y:2"})
    forged = {"message_id": message_id, "data": "y:2", "forged": True}
    assert (await play.post(f"{PHONE}/tap", forged)).status_code == 202
    await play.post(f"{PHONE}/block", {"blocked": True})
    refused = await play.telegram_call("sendMessage", **chat, text="still there?")
    updates = (await play.telegram_call("getUpdates"))["result"]

    assert (tapped.status_code, foreign.status_code) == (202, 400)
    assert refused["description"] == "Forbidden: bot was blocked by the user"
    assert updates[0]["message"]["text"] == "/start lnk_1"
    assert updates[1]["message"]["contact"]["user_id"] == person["telegram_id"]
    assert [list(update)[1] for update in updates] == [
        *["message"] * 4,
        *["callback_query"] * 2,
        "my_chat_member",
    ]


async def test_an_agent_writes_in_a_topic(play: Play) -> None:
    group = -1002000000001
    topic = (await play.telegram_call("createForumTopic", chat_id=group, name="Case"))["result"]
    thread_id = topic["message_thread_id"]

    answer = await play.post("/api/desk/messages", {"thread_id": thread_id, "text": "I take it"})
    missing = await play.post("/api/desk/messages", {"thread_id": 999, "text": "?"})

    last = (await play.telegram_call("getUpdates"))["result"][-1]["message"]
    assert (answer.status_code, missing.status_code) == (202, 400)
    assert (last["message_thread_id"], last["text"]) == (thread_id, "I take it")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{PHONE}/sms", {}),
        (f"{PHONE}/sms", {"text": 5}),
        (f"{PHONE}/telegram", {"location": {"lat": "north"}}),
        ("/api/phones/0770/sms", {"text": "hello"}),
        ("/api/faults", {"provider": "carrier-pigeon", "faults": []}),
        ("/api/faults", {"provider": "twilio", "faults": [{"explode": 1}]}),
        ("/api/redeliver", {"provider": "twilio", "id": "SM0"}),
        ("/api/redeliver", {"provider": "telegram", "id": 1}),
        ("/api/drivers", {"fail_share": 2}),
    ],
)
async def test_bad_input_is_refused_with_a_reason(play: Play, path: str, body: Any) -> None:
    answer = await play.post(path, body)

    assert answer.status_code == 400
    assert answer.json()["error"]


async def test_live_events_begin_with_the_whole_state(play: Play) -> None:
    async with play.client.stream("GET", f"{play.page}/api/events") as response:
        lines = response.aiter_lines()
        first = [await anext(lines) for _ in range(3)]
        await play.post(f"{PHONE}/sms", {"text": "hello"})
        kinds = []
        while "message" not in kinds:
            line = await anext(lines)
            if line.startswith("event: "):
                kinds.append(line.removeprefix("event: "))

    state = json.loads(first[1].removeprefix("data: "))
    assert first[0] == "event: state"
    assert state["clock"]["rate"] == 1.0
    assert (state["messages"], state["number"]) == ([], "+441632960100")


async def test_the_page_and_its_parts_are_served_with_a_strict_policy(play: Play) -> None:
    page = await play.client.get(play.page + "/")
    script = await play.client.get(f"{play.page}/static/main.js")

    assert page.headers["content-security-policy"] == "default-src 'self'; img-src 'self' data:"
    assert (page.status_code, script.status_code) == (200, 200)
    # nothing is fetched from elsewhere: the page works without a network
    assert "http://" not in page.text
    assert "https://" not in page.text
