"""Recipients with a phone: what they write, and what they read on it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from deliveries.model.message import InboundMessage
from deliveries.model.recipient import Channel
from tests.e2e.processes import wait_until
from tests.e2e.town import Town

type Bubble = dict[str, Any]


@dataclass(frozen=True)
class Understood:
    """What Rasa made of a text, as the database remembers it."""

    intent: str | None
    action: str | None


@dataclass(eq=False)
class Recipient:
    """One person with a phone on one channel, who reads every message once and in order.

    Attributes:
        seen: How many messages to them were read so far.
    """

    town: Town
    phone: str
    seen: int = field(default=0, kw_only=True)

    channel = Channel.SMS

    @property
    def address(self) -> str:
        """What the network knows them by."""
        return self.phone

    def ask(self, words: str) -> str:
        """Write, and return the next message that comes."""
        self.write(words)
        return self.hear()

    def write(self, words: str) -> str:
        """Send a text; return the network's id of it."""
        path = f"/api/phones/{self.phone.replace('+', '%2B')}/sms"
        return str(self.town.sandbox(path, json={"text": words})["sid"])

    def hear(self) -> str:
        """Return the next message to them, waiting for it."""
        return str(self.hear_bubble()["text"])

    def hear_bubble(self) -> Bubble:
        """Return the next message to them with everything on it, waiting for it."""
        bubble = wait_until(self._next, f"a message to {self.phone}")
        self.seen += 1
        return bubble

    def unread(self) -> list[str]:
        """Return what came and was not read yet."""
        return [str(each["text"]) for each in self.received()[self.seen :]]

    def received(self) -> list[Bubble]:
        """Return all messages to them."""
        return [each for each in self.town.messages(self.address) if each["direction"] == "out"]

    def understood(self) -> Understood:
        """Return what Rasa made of their last text, once it is worked."""
        trace = self.last_inbound().trace or {}
        return Understood(_text(trace.get("intent")), _text(trace.get("action")))

    def last_inbound(self) -> InboundMessage:
        """Return the last thing they sent, once it is worked."""

        def look() -> InboundMessage | None:
            found = self.town.inbound(self.channel, self.address)
            return found[-1] if found and found[-1].worked_at else None

        return wait_until(look, f"the turn of {self.phone}")

    def pick(self, menu: str, matches: Callable[[str], bool]) -> str:
        """Return the digit before the first option of a menu that matches."""
        return next(digit for digit, label in options(menu) if matches(label))

    def _next(self) -> Bubble | None:
        found = self.received()
        return found[self.seen] if len(found) > self.seen else None


class TelegramRecipient(Recipient):
    """The same person in Telegram; ``phone`` is how the sandbox finds them."""

    channel = Channel.TELEGRAM
    chat_id = ""

    @property
    def address(self) -> str:
        """The chat's id."""
        return self.chat_id

    def write(self, words: str) -> str:
        """Send a text."""
        return str(self.do(text=words))

    def do(self, **deed: Any) -> int:
        """Do something in the chat: ``text``, ``start``, ``contact``, ``location`` …"""
        path = f"/api/phones/{self.phone.replace('+', '%2B')}/telegram"
        return int(self.town.sandbox(path, json=deed)["message_id"])

    def open_link(self, url: str) -> None:
        """Open a one-time link, which starts the chat."""
        self.do(start=url.partition("?start=")[2])
        people = self.town.sandbox("/api/state", method="GET")["people"]
        [person] = [each for each in people if each["phone"] == self.phone]
        self.chat_id = str(person["telegram_user_id"])

    def tap(self, bubble: Bubble, matches: Callable[[str], bool]) -> str:
        """Tap the first button that matches, and return the next message that comes."""
        data = next(data for label, data in buttons(bubble) if matches(label))
        message_id = int(str(bubble["id"]).rpartition(":")[2])
        path = f"/api/phones/{self.phone.replace('+', '%2B')}/tap"
        self.town.sandbox(path, json={"message_id": message_id, "data": data})
        return self.hear()


def options(menu: str) -> list[tuple[str, str]]:
    """Return the digits and labels of an SMS's menu."""
    return re.findall(r"^(\d+) (.+)$", menu, re.MULTILINE)


def buttons(bubble: Bubble) -> list[tuple[str, str]]:
    """Return the labels and data of a Telegram message's buttons."""
    rows = bubble["content"].get("reply_markup", {}).get("inline_keyboard", [])
    return [(each["text"], each["callback_data"]) for row in rows for each in row]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
