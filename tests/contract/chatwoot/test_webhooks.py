"""Signatures and webhooks of Chatwoot."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deliveries.errors import UnreadableError
from deliveries.staff_surfaces import Moved, Words
from integrations.chatwoot import ChatwootWebhook
from integrations.chatwoot.signatures import is_genuine

INBOX = 12
SIGNED = "sha256=22d9e3556d660933bfb5ab6b415398df3c3ba6ba338a9f455976641f2d21a587"
BODY = b'{"event":"message_created","id":1}'
AT = datetime.fromtimestamp(1767225600, UTC)


WEBHOOK = ChatwootWebhook(INBOX, "whs_test", lambda: AT)


def genuine(**changed: Any) -> bool:
    given: dict[str, Any] = {
        "timestamp": "1767225600",
        "signature": SIGNED,
        "body": BODY,
        "now": AT,
        **changed,
    }
    return is_genuine(given.pop("secret", "whs_test"), **given)


def test_the_published_vector_is_genuine() -> None:
    assert genuine() is True


@pytest.mark.parametrize(
    "changed",
    [
        {"body": BODY + b" "},
        {"timestamp": "1767225601"},
        {"timestamp": None},
        {"timestamp": "now"},
        {"signature": None},
        {"signature": SIGNED.removeprefix("sha256=")},
        {"secret": ""},
        {"secret": "another"},
        {"now": AT + timedelta(seconds=301)},
        {"now": AT - timedelta(seconds=301)},
    ],
)
def test_anything_else_is_not(changed: dict[str, Any]) -> None:
    assert genuine(**changed) is False


def message(**changed: Any) -> bytes:
    event = {
        "event": "message_created",
        "id": 9105,
        "content": "Hi Maya, Ana here.",
        "message_type": "outgoing",
        "private": False,
        "source_id": None,
        "sender": {"id": 7, "type": "user"},
        "inbox": {"id": INBOX},
        "conversation": {"id": 567},
    }
    return json.dumps({**event, **changed}).encode()


def test_an_agents_words_are_read() -> None:
    assert WEBHOOK.read(message()) == Words("chatwoot", "567", "9105", "7", "Hi Maya, Ana here.")


def test_a_private_note_is_read_as_one() -> None:
    heard = WEBHOOK.read(message(private=True))
    assert isinstance(heard, Words)
    assert heard.is_note is True


@pytest.mark.parametrize(
    "changed",
    [
        {"message_type": "incoming"},
        {"message_type": "template"},
        {"source_id": "doorstep:m_82"},
        {"sender": {"id": 5, "type": "agent_bot"}},
        {"sender": None},
        {"inbox": {"id": 13}},
        {"event": "message_updated"},
        {"event": "conversation_typing_on"},
    ],
)
def test_what_no_agent_wrote_is_left_alone(changed: dict[str, Any]) -> None:
    assert WEBHOOK.read(message(**changed)) is None


@pytest.mark.parametrize("event", ["conversation_updated", "conversation_status_changed"])
def test_how_a_conversation_stands_is_read_whatever_the_event_is_called(event: str) -> None:
    body = {
        "event": event,
        "id": 567,
        "status": "open",
        "inbox_id": INBOX,
        "meta": {"assignee": {"id": 7, "name": "Ana"}},
        "changed_attributes": None,
    }
    heard = WEBHOOK.read(json.dumps(body).encode())
    assert heard == Moved("567")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"event": "message_created"}', b"\xff"])
def test_anything_but_an_event_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        WEBHOOK.read(body)
