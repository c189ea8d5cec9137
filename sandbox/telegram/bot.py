"""The bot at the stand-in: its chats, its files, and the rules for writing to people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from sandbox.journal import Entry, Feed, Journal
from sandbox.telegram.chats import Chats, Group, Person
from sandbox.telegram.errors import bad_request, too_many_requests
from sandbox.telegram.files import Files
from sandbox.telegram.limits import RateLimits
from sandbox.telegram.markup import is_inline
from sandbox.telegram.params import Params
from sandbox.telegram.updates import Updates

_GENERAL_TOPIC = 1


@dataclass
class Query:
    """A tap on a button that waits for its answer."""

    id: str
    chat_id: int
    asked_at: float
    is_answered: bool = False


@dataclass(eq=False)
class Bot:
    """One bot account; ``now`` is simulated time, ``monotonic`` real time."""

    token: str
    username: str
    journal: Journal
    feed: Feed
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    client: httpx.AsyncClient
    updates: Updates
    limits: RateLimits
    chats: Chats = field(default_factory=Chats)
    files: Files = field(default_factory=Files)
    queries: dict[str, Query] = field(default_factory=dict)
    commands: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The bot's user id, which is the first part of its token."""
        head = self.token.partition(":")[0]
        return int(head) if head.isdigit() else 0

    def user(self) -> dict[str, Any]:
        """Return the bot as a ``User``."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": "Doorstep",
            "username": self.username,
        }

    def timestamp(self) -> int:
        """Return the simulated instant in Unix seconds."""
        return int(self.now().timestamp())

    def writable_chat(self, params: Params) -> Person | Group:
        """Return the chat to write to, counted against the limits.

        Raises:
            RefusedMethodError: If the bot may not write to it, or not now.
        """
        chat = self.chats.chat(params)
        chat.check_writable()
        self.count_message(chat.id)
        return chat

    def count_message(self, chat_id: int) -> None:
        """Count one message to a chat.

        Raises:
            RefusedMethodError: 429 when a limit is reached.
        """
        wait_s = self.limits.wait_s(chat_id)
        if wait_s:
            raise too_many_requests(wait_s)

    def post(
        self,
        chat: Person | Group,
        content: Mapping[str, Any],
        params: Params,
        markup: dict[str, Any] | None,
    ) -> dict[str, Any]:
        """Write a message of the bot into a chat and return the ``Message``.

        Raises:
            RefusedMethodError: If the topic or the message replied to does not exist.
        """
        message: dict[str, Any] = {
            "message_id": 0,
            **self._thread(chat, params.integer("message_thread_id")),
            "date": self.timestamp(),
            "chat": chat.chat(),
            "from": self.user(),
            **self._replied(chat, params),
            **content,
        }
        message["message_id"] = self.chats.new_message_id(chat.id)
        if is_inline(markup):
            message["reply_markup"] = markup
        elif markup:
            self.note(message, reply_markup=markup)
        self.show(message)
        return message

    def show(self, message: dict[str, Any]) -> None:
        """Keep a new or changed message and show it on the phones."""
        self.chats.keep(message)
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        is_ours = bool(message["from"]["is_bot"])
        at = datetime.fromtimestamp(message["date"], UTC)
        known = {"chat", "from", "date", "text", "caption"}
        content = {name: value for name, value in message.items() if name not in known}
        entry = Entry(
            id=f"telegram:{chat_id}:{message_id}",
            at=at.isoformat(timespec="seconds"),
            channel="telegram",
            direction="out" if is_ours else "in",
            address=str(chat_id),
            text=message.get("text") or message.get("caption") or "",
            state="edited" if "edit_date" in message else "sent" if is_ours else "received",
            content={**content, **self.notes.get((chat_id, message_id), {})},
        )
        self.journal.put(entry)

    def note(self, message: Mapping[str, Any], **facts: Any) -> None:  # noqa: ANN401 - JSON
        """Remember what the phone shows of a message and the ``Message`` does not carry."""
        key = (message["chat"]["id"], message["message_id"])
        self.notes[key] = {**self.notes.get(key, {}), **facts}

    def own_message(self, params: Params) -> dict[str, Any]:
        """Return the bot's message that a call wants to change.

        Raises:
            RefusedMethodError: If there is none, or it is a person's.
        """
        chat = self.chats.chat(params)
        if params.integer("message_id") is None:
            raise bad_request("message identifier is not specified")
        message = self.chats.message(chat.id, params.integer("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if not message["from"]["is_bot"]:
            raise bad_request("message can't be edited")
        chat.check_writable()
        self.count_message(chat.id)
        return message

    def _thread(self, chat: Person | Group, thread_id: int | None) -> dict[str, Any]:
        if thread_id is None:
            return {}
        if not isinstance(chat, Group) or thread_id == _GENERAL_TOPIC:
            raise bad_request("message thread not found")
        topic = chat.topic(thread_id)
        return {"message_thread_id": topic.id, "is_topic_message": True}

    def _replied(self, chat: Person | Group, params: Params) -> dict[str, Any]:
        wanted = params.structure("reply_parameters") or {}
        message_id = wanted.get("message_id") or params.integer("reply_to_message_id")
        if not message_id:
            return {}
        found = self.chats.message(chat.id, int(message_id))
        if found is None:
            if wanted.get("allow_sending_without_reply"):
                return {}
            raise bad_request("message to be replied not found")
        short = {name: value for name, value in found.items() if name != "reply_to_message"}
        return {"reply_to_message": short}
