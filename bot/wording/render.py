"""From sayings to the text and buttons of a channel."""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale

from bot.wording import cldr
from bot.wording.catalogue import Catalogue, WordingError
from bot.wording.gsm import segments, to_gsm, to_sms, without_marks
from bot.wording.masking import masked
from bot.wording.own import OwnWordings
from deliveries.model.offer import Offer
from deliveries.model.rating import HIGHEST, LOWEST
from deliveries.model.recipient import Channel
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork, Vault
from deliveries.services.identity.codes import MASK

AGENT_TEXT = "agent_text"
# Telegram shows a button beneath these that sends the person's own number.
_ASKING_FOR_NUMBER = frozenset(
    {"telegram_welcome_unlinked", "telegram_link_invalid", "telegram_card_of_other"}
)
_BY_DIGIT = frozenset({Channel.SMS, Channel.WHATSAPP})
_TOO_MANY_BREAKS = re.compile(r"\n{3,}")
# What an abbreviated day ("30 sept.") ends in is the sentence's full stop too.
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")

type _Words = str | int | float


@dataclass(frozen=True)
class Button:
    """A button and what comes back when it is tapped."""

    label: str
    data: str


@dataclass(frozen=True)
class Said:
    """What a message says, for a network that was given the words before.

    Attributes:
        name: Of the first saying.
        language: In which it is said.
        facts: Of that saying, in words; ``option_1`` and so on are ids of what can be chosen.
        unnumbered: The text without the digits of a menu.
    """

    name: str
    language: str
    facts: Mapping[str, str]
    unnumbered: str


@dataclass(frozen=True)
class Rendered:
    """What leaves on a channel.

    Attributes:
        segments: How many SMS it costs; none on other channels.
        kept: The text as the thread keeps it, where that must not hold all of it.
        number_button: Label of a button that shares the person's own number, on Telegram.
        said: What it says piece by piece, for networks that have the words themselves.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    segments: int | None = None
    number_button: str | None = None
    kept: str | None = None
    said: "Said | None" = None


class Wording:
    """Finds the words for sayings."""

    def __init__(self, catalogue: Catalogue, vault: Vault | None = None) -> None:
        """Speak by a catalogue; without a vault, what is sealed stays hidden."""
        self._catalogue = catalogue
        self._vault = vault
        self._own = OwnWordings(catalogue)

    @property
    def catalogue(self) -> Catalogue:
        """The house's words."""
        return self._catalogue

    def of(self, work: UnitOfWork, shipper_id: str) -> "Wording":
        """Return how a shipper's notices are worded: in its own words where it has some."""
        catalogue = self._own.of(work, shipper_id)
        return self if catalogue is self._catalogue else Wording(catalogue, self._vault)

    def render(
        self,
        sayings: Sequence[Saying],
        offer: Offer | None,
        *,
        language: str,
        channel: Channel,
        now: datetime | None = None,
        is_verified: bool = True,
    ) -> Rendered:
        """Return sayings in words, an offer's options beneath the last saying that has one.

        Args:
            sayings: What to say, in order.
            offer: The one that the sayings name, if any.
            language: The person's; English stands in for what is not there.
            channel: SMS gets digits and plain characters, Telegram buttons.
            now: With it, days near it are called today and tomorrow.
            is_verified: Somebody was shown to hold the contact; others read no names and places.

        Raises:
            WordingError: If there are no words for a saying.
        """
        speaker = _Speaker(
            self._catalogue, language, channel, now, self._vault, is_verified=is_verified
        )
        shown = max((i for i, each in enumerate(sayings) if each.offer_id), default=None)
        options = offer.options if offer is not None and shown is not None else ()
        labels = [speaker.say(option.label) for option in options]
        text = _text(speaker, sayings, shown, labels, is_numbered=channel in _BY_DIGIT)
        if channel is Channel.SMS:
            return _as_sms(speaker, text)
        buttons = tuple(map(Button, labels, (each.id for each in options))) or _scores(sayings)
        kept = speaker.without_secrets(text)
        if channel is Channel.WHATSAPP:
            bare = _text(speaker, sayings, shown, labels, is_numbered=False)
            said = speaker.piece_by_piece(sayings[0], buttons, bare)
            return Rendered(text, buttons, kept=kept, said=said)
        number_button = _number_button(speaker, sayings)
        return Rendered(text, buttons, number_button=number_button, kept=kept)


def _text(
    speaker: "_Speaker",
    sayings: Sequence[Saying],
    shown: int | None,
    labels: Sequence[str],
    *,
    is_numbered: bool,
) -> str:
    """Return what is said, with what stands beneath the saying that has options."""
    lines = [speaker.say(saying) for saying in sayings]
    if shown is not None and labels:
        menu = _menu(speaker, sayings[shown], labels if is_numbered else [])
        lines[shown + 1 : shown + 1] = menu
    return _TOO_MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()


def _scores(sayings: Sequence[Saying]) -> tuple[Button, ...]:
    """Return the buttons of a question for a rating."""
    asking = [each.facts["rating_id"] for each in sayings if "rating_id" in each.facts]
    scores = range(LOWEST, HIGHEST + 1) if asking else ()
    return tuple(Button(str(score), f"rate-{asking[0]}-{score}") for score in scores)


def _as_sms(speaker: "_Speaker", text: str) -> Rendered:
    written = to_sms(text)
    kept = speaker.without_secrets(written)
    return Rendered(written, segments=segments(written).count, kept=kept)


def _number_button(speaker: "_Speaker", sayings: Sequence[Saying]) -> str | None:
    asks = any(each.name in _ASKING_FOR_NUMBER for each in sayings)
    return speaker.say(Saying("share_number_button")) if asks else None


def _menu(speaker: "_Speaker", saying: Saying, numbered: Sequence[str]) -> list[str]:
    """Return what stands beneath a saying with options: those to choose by digit, until when."""
    lines = [f"{digit} {label}" for digit, label in enumerate(numbered, start=1)]
    if "open_until" in saying.facts:
        lines.append(speaker.say(Saying("menu_until", saying.facts)))
    return lines


class _Speaker:
    """Speaks one language at one moment."""

    def __init__(
        self,
        catalogue: Catalogue,
        language: str,
        channel: Channel,
        now: datetime | None,
        vault: Vault | None,
        *,
        is_verified: bool,
    ) -> None:
        self._how = "digits" if channel in _BY_DIGIT else "buttons"
        self._catalogue = catalogue
        self._language = catalogue.nearest(language)
        self._wanted = language
        self._now = now
        self._vault = vault
        self._secrets: list[str] = []
        self._is_verified = is_verified

    def say(self, saying: Saying) -> str:
        if saying.name == AGENT_TEXT:
            return str(saying.facts["text"])
        zone = _zone_among(saying.facts)
        written = {name: self._write(fact, zone) for name, fact in saying.facts.items()}
        if not self._is_verified:
            written = masked(saying.name, written)
        return self._phrase(saying.name, **written)

    def piece_by_piece(self, saying: Saying, buttons: Sequence[Button], bare: str) -> Said:
        """Return what a saying says in pieces."""
        zone = _zone_among(saying.facts)
        facts = {name: str(self._write(fact, zone)) for name, fact in saying.facts.items()}
        if not self._is_verified:
            facts = {name: str(word) for name, word in masked(saying.name, dict(facts)).items()}
        facts |= {f"option_{place}": each.data for place, each in enumerate(buttons, start=1)}
        return Said(saying.name, self._language, facts, bare)

    def without_secrets(self, text: str) -> str | None:
        """Return a text that was said with its secrets hidden; nothing if it had none."""
        if not self._secrets:
            return None
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text

    def _open(self, sealed: str) -> str:
        if self._vault is None:
            return MASK
        secret = self._vault.open(base64.b64decode(sealed)).reveal()
        plain = to_gsm(secret)
        self._secrets += [secret, plain, without_marks(plain)]
        return secret

    def _phrase(self, name: str, /, **facts: _Words) -> str:
        told = {**facts, "how": self._how}
        text = self._catalogue.write(name, told, language=self._language)
        return _TWO_STOPS.sub(".", text)

    def _write(self, fact: Fact, zone: str | None) -> _Words:
        match fact:
            case bool():
                return "true" if fact else "false"
            case None:
                return "none"
            case str() | int() | float():
                return fact
            case list():
                items = [str(self._write(each, zone)) for each in fact]
                return cldr.write_list(items, locale=self._locale(zone))
            case {"type": "sealed"}:
                return self._open(str(fact["sealed"]))
            case Mapping():
                return self._write_typed(fact, zone)

    def _write_typed(self, fact: Mapping[str, Any], zone: str | None) -> str:
        zone = fact.get("zone") or zone
        locale = self._locale(zone)
        match fact.get("type"):
            case "saying":
                return self.say(Saying(fact["name"], fact.get("facts") or {}))
            case "window":
                return self._window(_instant(fact["start"]), _instant(fact["end"]), str(zone))
            case "time":
                return cldr.write_time(_instant(fact["at"]), zone=str(zone), locale=locale)
            case "moment":
                return self._moment(_instant(fact["at"]), str(zone))
            case "day":
                return self._day(date.fromisoformat(fact["day"]), zone)
            case "distance" | "money":
                return _measure(fact, locale)
            case kind:
                raise WordingError(f"no words for facts of type {kind}")

    def _window(self, start: datetime, end: datetime, zone: str) -> str:
        locale = self._locale(zone)
        first, last = _local(start, zone).date(), cldr.last_day(start, end, zone=zone)
        if first != last:
            return self._phrase(
                "window_over_days", start=self._moment(start, zone), end=self._moment(end, zone)
            )
        hours = cldr.write_hours(start, end, zone=zone, locale=locale)
        return self._phrase("window_on_day", day=self._day(first, zone), hours=hours)

    def _moment(self, instant: datetime, zone: str) -> str:
        time = cldr.write_time(instant, zone=zone, locale=self._locale(zone))
        day = self._day(_local(instant, zone).date(), zone)
        return self._phrase("moment_on_day", day=day, time=time)

    def _day(self, day: date, zone: str | None) -> str:
        written = cldr.write_day(day, locale=self._locale(zone))
        if self._now is None or zone is None:
            return written
        today = _local(self._now, zone).date()
        if day == today:
            return self._phrase("day_today", day=written)
        if day == today + timedelta(days=1):
            return self._phrase("day_tomorrow", day=written)
        return written

    def _locale(self, zone: str | None) -> Locale:
        """Return how the language is written there: in the variant of it that the person has."""
        is_variant = self._wanted.partition("-")[0] == self._language
        return cldr.locale_of(self._wanted if is_variant else self._language, zone)


def _measure(fact: Mapping[str, Any], locale: Locale) -> str:
    if fact["type"] == "money":
        return cldr.write_money(fact["minor"], fact["currency"], locale=locale)
    return cldr.write_distance(fact["metres"], locale=locale)


def _zone_among(facts: Mapping[str, Fact]) -> str | None:
    """Return the zone that a saying's facts are written in, for those that carry none."""
    for fact in facts.values():
        if isinstance(fact, Mapping) and isinstance(fact.get("zone"), str):
            return str(fact["zone"])
    return None


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
