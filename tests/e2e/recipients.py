"""Recipients with a phone: what they write, and what they read on it."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from deliveries.model.message import InboundMessage
from deliveries.model.recipient import Channel
from tests.e2e.processes import LOOK_EVERY_S, PATIENCE_S, wait_until
from tests.e2e.telling import US, Line
from tests.e2e.town import SHIPPED_DAY, Town


@dataclass(frozen=True)
class Bubble:
    """A message on somebody's screen.

    Attributes:
        options: Labels with what chooses them: a digit, or a button's data.
    """

    id: str
    text: str
    options: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, entry: dict[str, Any]) -> "Bubble":
        """Read it from the network's journal."""
        text = _with_hyphens(entry["text"])
        rows = entry["content"].get("reply_markup", {}).get("inline_keyboard")
        options: list[tuple[str, str]]
        if rows is None:
            found = re.findall(r"^(\d+) (.+)$", text, re.MULTILINE)
            options = [(label, digit) for digit, label in found]
        else:
            buttons = [button for row in rows for button in row]
            options = [(_with_hyphens(each["text"]), each["callback_data"]) for each in buttons]
        return cls(entry["id"], text, tuple(options))

    @property
    def labels(self) -> list[str]:
        """What can be chosen."""
        return [label for label, _ in self.options]

    def option(self, words: str) -> str:
        """Return what chooses the first option with these words on it."""
        found = [chosen for label, chosen in self.options if words in label]
        assert found, f"{words} is none of {self.labels}"
        return found[0]


@dataclass(frozen=True)
class Understood:
    """What Rasa made of a text, as the database remembers it."""

    intent: str | None
    action: str | None


@dataclass(eq=False)
class Recipient:
    """One person with a phone on one channel, who reads every message once and in order.

    Attributes:
        parcel: What they wait for, from whom.
        seen: How many messages to them were read so far.
        menu: The last message that had options.
        role: Who they are in the conversation.
        every_s: How often they look at their phone while they wait.
    """

    town: Town
    phone: str
    parcel: str = ""
    seen: int = field(default=0, kw_only=True)
    menu: Bubble | None = field(default=None, kw_only=True)
    role: str = field(default="recipient", kw_only=True)
    every_s: float = field(default=LOOK_EVERY_S, kw_only=True)
    patience_s: float = field(default=PATIENCE_S, kw_only=True)

    channel = Channel.SMS

    @property
    def address(self) -> str:
        """What the network knows them by."""
        return self.phone

    @property
    def path(self) -> str:
        """Where the sandbox lets them act."""
        return f"/api/phones/{self.phone.replace('+', '%2B')}"

    def start(self) -> None:
        """Begin the chat; an SMS needs no beginning."""

    def ask(self, words: str) -> Bubble:
        """Write, and return the next message that comes."""
        self.write(words)
        return self.hear()

    def write(self, words: str) -> str:
        """Send a text; return the network's id of it."""
        self._say(words)
        return str(self.town.sandbox(f"{self.path}/sms", json={"text": words})["sid"])

    def choose(self, words: str) -> Bubble:
        """Choose the option with these words from the last menu; return the next message."""
        assert self.menu is not None
        return self.ask(self.menu.option(words))

    def hear(self) -> Bubble:
        """Return the next message to them, waiting for it."""
        bubble = wait_until(
            self._next,
            f"a message to {self.phone}",
            every_s=self.every_s,
            patience_s=self.patience_s,
        )
        self.seen += 1
        # Everything is done by replying: no text sends anybody to a page.
        assert self.channel is not Channel.SMS or "://" not in bubble.text
        if bubble.options:
            self.menu = bubble
        self.town.said.append(self._line(bubble))
        return bubble

    def received(self) -> list[Bubble]:
        """Return all messages to them that say something; a pin on a map has no words."""
        found = self.town.messages(self.address)
        said = [each for each in found if each["direction"] == "out"]
        return [Bubble.read(each) for each in said if "location" not in each["content"]]

    def unread(self) -> list[str]:
        """Return the texts of what came and was not read yet."""
        return [each.text for each in self.received()[self.seen :]]

    def understood(self) -> Understood:
        """Return what Rasa made of the last thing they sent, once it is worked."""
        trace = self.last_inbound().trace or {}
        return Understood(_text(trace.get("intent")), _text(trace.get("action")))

    def last_inbound(self) -> InboundMessage:
        """Return the last thing they sent, once it is worked."""

        def look() -> InboundMessage | None:
            found = self.town.inbound(self.channel, self.address)
            return found[-1] if found and found[-1].worked_at else None

        return wait_until(look, f"the turn of {self.phone}")

    def delivery(self) -> dict[str, Any]:
        """Return their one delivery, as operators see it."""
        return self.town.delivery(self.phone)

    def _say(self, words: str) -> None:
        self.town.said.append(Line(self.role, words))

    def _line(self, bubble: Bubble) -> Line:
        """Return what we said; to somebody else than the recipient, with who that is."""
        return Line(US if self.role == "recipient" else f"{US} to {self.role}", bubble.text)

    def _next(self) -> Bubble | None:
        found = self.received()
        return found[self.seen] if len(found) > self.seen else None


class TelegramRecipient(Recipient):
    """The same person in Telegram; the sandbox finds them by their phone."""

    channel = Channel.TELEGRAM
    chat_id = ""

    @property
    def address(self) -> str:
        """The chat's id."""
        return self.chat_id

    def start(self) -> None:
        """Open a one-time link of their delivery."""
        delivery = self.town.deliveries(self.phone)[0]
        link = self.town.api(f"/deliveries/{delivery['id']}/telegram-link", method="POST")
        said_before = len(self.town.said)
        self.open_link(link["url"])
        assert self.hear().text.startswith("This chat is linked now.")
        del self.town.said[said_before:]

    def open_link(self, url: str) -> None:
        """Open a link to the bot, which starts the chat with what it carries."""
        self.do(start=url.partition("?start=")[2])
        people = self.town.sandbox("/api/state", method="GET")["people"]
        [person] = [each for each in people if each["phone"] == self.phone]
        self.chat_id = str(person["telegram_id"])

    def write(self, words: str) -> str:
        """Send a text."""
        return str(self.do(text=words))

    def do(self, **deed: Any) -> int:
        """Do something in the chat: ``text``, ``start``, ``contact``, ``location`` …"""
        self._say(str(deed.get("text") or f"({', '.join(deed)})"))
        return int(self.town.sandbox(f"{self.path}/telegram", json=deed)["message_id"])

    def choose(self, words: str) -> Bubble:
        """Tap the button with these words on the last menu; return the next message."""
        assert self.menu is not None
        self._say(f"(taps) {words}")
        self.tap(self.menu, self.menu.option(words))
        return self.hear()

    def _line(self, bubble: Bubble) -> Line:
        return replace(super()._line(bubble), options=tuple(bubble.labels))

    def tap(self, bubble: Bubble, data: str, **how: bool) -> None:
        """Tap a button."""
        told = {"message_id": int(bubble.id.rpartition(":")[2]), "data": data, **how}
        self.town.sandbox(f"{self.path}/tap", json=told)


def shipped_recipients(*, parcels: int = 1, is_free: bool = True) -> Iterator[tuple[str, str]]:
    """Yield phone and first parcel of those of the shipped day who read English.

    Those who are free may choose everything, and no window was promised to them; of the others
    neither is said.
    """
    shippers = {each["id"]: each for each in _rows("shippers.csv")}
    rows = _rows("deliveries.csv")
    count = Counter(each["phone"] for each in rows)
    bound = {
        each["phone"]
        for each in rows
        if each["forbidden_options"]
        or each["window_start"]
        or each["age_check"]
        or each["signature"]
        or shippers[each["shipper_id"]]["forbidden_options"]
    }
    told: set[str] = set()
    for row in rows:
        phone = row["phone"]
        is_wanted = count[phone] == parcels and row["language"] == "en" and phone not in told
        if is_wanted and is_free == (phone not in bound):
            told.add(phone)
            name = f"{row['description']} from {shippers[row['shipper_id']]['name']}"
            yield "+44" + phone.replace(" ", "").removeprefix("0"), name


def _with_hyphens(text: str) -> str:
    """Write spans as in an SMS, whose alphabet has no dash, so that tests hold on both channels."""
    return text.replace("\u2013", "-")


def _rows(name: str) -> list[dict[str, str]]:
    with (Path(SHIPPED_DAY) / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
