import json
import os
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.channels.telegram.client import open_bot
from bot.channels.telegram.updates import Blocked, read_arrival, read_blocked, read_update
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.services.messages.receiving import Arrival
from tests.servers import skip_or_fail

CHAT = {"id": 1111111, "type": "private", "first_name": "Robin"}
SENDER = {"id": 1111111, "is_bot": False, "first_name": "Robin"}


@pytest.fixture
def bot() -> Bot:
    return open_bot("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")


def read(bot: Bot, **message: Any) -> Arrival | None:
    whole = {"message_id": 1, "date": 1441645532, "chat": CHAT, "from": SENDER, **message}
    body = json.dumps({"update_id": 10, "message": whole}).encode()
    update = read_update(body, bot)
    assert update is not None
    return read_arrival(update)


def an_arrival(**different: Any) -> Arrival:
    usual = {
        "channel": Channel.TELEGRAM,
        "provider_id": "update:10",
        "address": ContactAddress("1111111"),
    }
    return Arrival(**{**usual, **different})


LOCATION = {"latitude": 51.5, "longitude": -0.1}
PHOTO = [
    {"file_id": name, "file_unique_id": name, "width": 1, "height": 1}
    for name in ("small", "large")
]
FILE = {"file_id": "f", "file_unique_id": "f"}


@pytest.mark.parametrize(
    ("message", "different"),
    [
        ({"text": "hello"}, {"text": "hello"}),
        ({"text": "/start"}, {"text": "/start", "start_payload": ""}),
        ({"text": "/start ab_C-1"}, {"text": "/start ab_C-1", "start_payload": "ab_C-1"}),
        (
            {"text": "/start@doorstep_bot x"},
            {"text": "/start@doorstep_bot x", "start_payload": "x"},
        ),
        ({"text": "/start the van"}, {"text": "/start the van"}),
        ({"location": LOCATION}, {"lat": 51.5, "lon": -0.1}),
        (
            {"photo": PHOTO, "caption": "my gate"},
            {"text": "my gate", "media_count": 1, "pictures": ("large",)},
        ),
        ({"document": FILE | {"mime_type": "image/png"}}, {"media_count": 1, "pictures": ("f",)}),
        ({"document": FILE | {"mime_type": "application/pdf"}}, {"media_count": 1}),
        ({"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}}, {"media_count": 1}),
        (
            {"contact": {"phone_number": "4477", "first_name": "R", "user_id": 1111111}},
            {"own_number": ContactAddress("4477")},
        ),
        (
            {"contact": {"phone_number": "4477", "first_name": "R", "user_id": 2222222}},
            {"media_count": 1, "is_others_card": True},
        ),
        (
            {"contact": {"phone_number": "4477", "first_name": "R"}},
            {"media_count": 1, "is_others_card": True},
        ),
    ],
)
def test_a_message_is_read(bot: Bot, message: dict[str, Any], different: dict[str, Any]) -> None:
    assert read(bot, **message) == an_arrival(**different)


def test_groups_and_service_messages_are_nothing_to_answer(bot: Bot) -> None:
    group = {"id": -100, "type": "supergroup", "title": "Desk"}
    assert read(bot, chat=group, text="hello") is None
    assert read(bot, delete_chat_photo=True) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"update_id": "x", "message": 3}', b"null"])
def test_what_cannot_be_read_is_left_alone(bot: Bot, body: bytes) -> None:
    assert read_update(body, bot) is None


@pytest.mark.services
def test_the_reference_samples_are_read(bot: Bot) -> None:
    folder = Path(os.environ.get("DOORSTEP_REFERENCE_DIR", "../shared"))
    file = folder / "specs" / "facts" / "telegram_update_samples.json"
    if not file.exists():
        skip_or_fail("the reference folder is not here")
    samples = json.loads(file.read_text())["samples"]
    updates = {name: read_update(json.dumps(each).encode(), bot) for name, each in samples.items()}
    assert [name for name, update in updates.items() if update is None] == []
    arrivals = {name: read_arrival(update) for name, update in updates.items() if update}
    assert arrivals["edited_message"] is None
    assert arrivals["live_location_move"] is None
    tap, own = arrivals["callback_query"], arrivals["contact_share_own_number"]
    assert tap is not None
    assert own is not None
    assert (tap.option_id, own.own_number) == ("y:1", ContactAddress("14155550100"))
    blocked = updates["bot_blocked"]
    assert blocked is not None
    assert blocked.my_chat_member is not None
    assert read_blocked(blocked.my_chat_member) == Blocked(ContactAddress("1111111"), True)
