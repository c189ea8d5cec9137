"""People, groups and their messages, as the bot may see them."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.errors import RefusedMethodError, bad_request
from sandbox.telegram.params import Params

DESK_GROUP_ID = -1002000000001
DESK_AGENT_ID = 700000001
_ICON_COLOUR = 7322096


@dataclass(eq=False)
class Person:
    """A Telegram user and, with the same id, the private chat with the bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str = "en"
    phone: str | None = None
    has_started: bool = False
    has_blocked: bool = False

    def user(self) -> dict[str, Any]:
        """Return the ``User``."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            **self._names(),
            "language_code": self.language_code,
        }

    def chat(self) -> dict[str, Any]:
        """Return the private ``Chat``."""
        return {"id": self.id, "type": "private", "first_name": self.first_name, **self._names()}

    def check_writable(self) -> None:
        """Raise what Telegram answers when the bot may not write to this person."""
        if self.has_blocked:
            raise RefusedMethodError(403, "Forbidden: bot was blocked by the user")
        if not self.has_started:
            raise RefusedMethodError(403, "Forbidden: bot can't initiate conversation with a user")

    def _names(self) -> dict[str, str]:
        names = {"last_name": self.last_name, "username": self.username}
        return {name: value for name, value in names.items() if value}


@dataclass(eq=False)
class Topic:
    """A topic of a forum; its id is the id of the message that began it."""

    id: int
    name: str
    icon_color: int = _ICON_COLOUR
    is_closed: bool = False

    def represent(self) -> dict[str, Any]:
        """Return the ``ForumTopic``."""
        return {"message_thread_id": self.id, "name": self.name, "icon_color": self.icon_color}


@dataclass(eq=False)
class Group:
    """A supergroup in which the bot is an administrator."""

    id: int
    title: str
    is_forum: bool = True
    topics: dict[int, Topic] = field(default_factory=dict)

    def chat(self) -> dict[str, Any]:
        """Return the ``Chat``."""
        shown: dict[str, Any] = {"id": self.id, "type": "supergroup", "title": self.title}
        return {**shown, "is_forum": True} if self.is_forum else shown

    def topic(self, thread_id: int | None) -> Topic:
        """Return a topic.

        Raises:
            RefusedMethodError: If there is none with this id; the General topic has no id.
        """
        if not self.is_forum:
            raise bad_request("the chat is not a forum")
        found = self.topics.get(thread_id or 0)
        if found is None:
            raise bad_request("message thread not found")
        return found

    def check_writable(self) -> None:
        """Let the bot write: it is an administrator."""


def person_id(phone: str) -> int:
    """Return the Telegram id of the person with this phone, the same in every run."""
    return 100_000_000 + int(hashlib.sha256(phone.encode()).hexdigest(), 16) % 500_000_000


class Chats:
    """Every chat of the bot with the messages in it."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {DESK_GROUP_ID: Group(DESK_GROUP_ID, "Dispatch desk")}
        self._messages: dict[tuple[int, int], dict[str, Any]] = {}
        self._last_ids: dict[int, int] = {}

    def meet(self, person: Person) -> Person:
        """Add a person unless one with this id is known; return the known one."""
        return self.people.setdefault(person.id, person)

    def by_phone(self, phone: str) -> Person | None:
        """Return the person with this phone number."""
        return next((each for each in self.people.values() if each.phone == phone), None)

    def chat(self, params: Params, name: str = "chat_id") -> Person | Group:
        """Return the chat that a call names.

        Raises:
            RefusedMethodError: If none is named or the bot knows none such.
        """
        given = params.text(name).strip()
        if not given:
            raise bad_request(f"{name} is empty")
        chat_id = int(given) if given.removeprefix("-").isdigit() else 0
        found = self.people.get(chat_id) or self.groups.get(chat_id)
        if found is None:
            raise bad_request("chat not found")
        return found

    def group(self, params: Params) -> Group:
        """Return the group that a call names.

        Raises:
            RefusedMethodError: If it is no group.
        """
        found = self.chat(params)
        if not isinstance(found, Group):
            raise bad_request("the chat is not a forum")
        return found

    def new_message_id(self, chat_id: int) -> int:
        """Return the next message id: groups count on their own, private chats together."""
        counter = min(0, chat_id)
        # the first message of a group tells that it was made
        self._last_ids[counter] = self._last_ids.get(counter, 1) + 1
        return self._last_ids[counter]

    def keep(self, message: dict[str, Any]) -> None:
        """Keep a ``Message``."""
        self._messages[message["chat"]["id"], message["message_id"]] = message

    def message(self, chat_id: int, message_id: int | None) -> dict[str, Any] | None:
        """Return a ``Message``, or None."""
        return self._messages.get((chat_id, message_id or 0))

    def forget(self, chat_id: int, message_id: int) -> None:
        """Delete a message."""
        self._messages.pop((chat_id, message_id), None)
