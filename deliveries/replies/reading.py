"""The package's one entrance: a text becomes what it says of a menu, or nothing."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from deliveries.replies.languages import LANGUAGES
from deliveries.replies.words import Meaning, Words

LONGEST = 120
"""Characters beyond which nobody just answers a menu."""

_WORD = re.compile(r"[^\W_]+")
# A span, a clock time, a date or a decimal is no answer to a menu.
_NUMBERS_TOGETHER = re.compile(r"\d\s*[-\u2013:./,h]\s*\d")
# "No 2" and "no, 2" both mean the second.
_NO_NUMBER = re.compile(r"^\W*no\b\W{0,3}(?=\d{1,2}\W*$)", re.IGNORECASE)
_MENU_LENGTH = 2
# "El 2" and "den 2." may be the second of the month.
_BEFORE_DATES = frozenset({"el", "le", "der", "den", "dia", "day", "jour", "tag"})


class _Part(StrEnum):
    """What a phrase is for."""

    MEANING = "meaning"
    ORDINAL = "ordinal"
    CARDINAL = "cardinal"
    DIGIT = "digit"
    NUMBERING = "numbering"
    NEGATION = "negation"
    FILLER = "filler"


_BESIDE_ONE = (_Part.MEANING, _Part.ORDINAL)


@dataclass(frozen=True)
class _Entry:
    part: _Part
    meaning: Meaning | None = None
    position: int = 0


@dataclass(frozen=True)
class Reply:
    """What an answer says.

    Attributes:
        meanings: What was said, usually one thing.
        positions: Positions counted from 1; -1 is the last.
        digits: All positions were plain numbers: no ordinals, and nothing that may be a date.
        is_negated: Something of it is not wanted.
        is_question: It was asked, not said.
    """

    meanings: frozenset[Meaning]
    positions: frozenset[int] = frozenset()
    digits: bool = False
    is_negated: bool = False
    is_question: bool = False

    @property
    def is_plain(self) -> bool:
        """It says one thing, and says that it is wanted."""
        return len(self.meanings) == 1 and not self.is_negated and not self.is_question


def read_reply(text: str) -> Reply | None:
    """Return what a text says of a menu, if it consists of nothing but such words."""
    if len(text) > LONGEST or _NUMBERS_TOGETHER.search(text):
        return None
    is_question = text.rstrip().endswith("?")
    words = plain_words(_NO_NUMBER.sub("", text))
    parts = _parts(words)
    if parts is None:
        return None
    meanings = {each.meaning for each in parts if each.meaning is not None}
    if not meanings:
        return None
    if len(meanings) > 1:
        meanings.discard(Meaning.WAIT)
    placed = [each for each in parts if each.meaning is Meaning.POSITION]
    return Reply(
        frozenset(meanings),
        frozenset(each.position for each in placed),
        digits=bool(placed)
        and all(each.part is not _Part.ORDINAL for each in placed)
        and not _BEFORE_DATES & set(words),
        is_negated=any(each.part is _Part.NEGATION for each in parts),
        is_question=is_question,
    )


def menu_number(text: str) -> int | None:
    """Return the one number that a text chooses from a menu: "2", "opt 2", "die zwei bitte"."""
    reply = read_reply(text)
    if reply is None or not reply.is_plain or not reply.digits or len(reply.positions) != 1:
        return None
    return next(iter(reply.positions))


def asks_back(text: str) -> bool:
    """Say whether a text asks something instead of answering."""
    if text.rstrip().endswith(("?", "\u061f")):
        return True
    words = plain_words(text[:LONGEST])
    return any(words[: len(phrase)] == list(phrase) for phrase in _phrases("questions"))


def is_small_talk(text: str) -> bool:
    """Say whether a text holds nothing but words of agreement and politeness, and menus' words."""
    return _parts(plain_words(text[:LONGEST])) is not None


def denies(text: str) -> bool:
    """Say whether a text holds a word by which something is not wanted."""
    said = f" {' '.join(plain_words(text))} "
    for phrase in _phrases("assurances"):
        said = said.replace(f" {' '.join(phrase)} ", " ")
    words = said.split()
    return any(_holds(words, phrase) for phrase in (*_phrases("negations"), ("no",)))


def speaks_of_two(text: str) -> bool:
    """Say whether a text joins two things, by a word or as two sentences."""
    words = plain_words(text)
    joined = any(_holds(words[1:-1], phrase) for phrase in _phrases("joiners"))
    return joined or bool(re.search(r"[.!?,;\n]\s*[^\W\d]", text.strip()))


def plain_words(text: str) -> list[str]:
    """Return the words of a text without case, accents, marks and invisible characters."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = (letter for letter in folded if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))
    return _WORD.findall("".join(kept).replace("\u20e3", " "))


def _parts(words: list[str]) -> list[_Entry] | None:
    """Return what each phrase is, the longest first; nothing if a word is none of ours."""
    parts: list[_Entry] = []
    at = 0
    table = _table()
    while at < len(words):
        for length in range(min(_longest(), len(words) - at), 0, -1):
            entry = _entry(table, tuple(words[at : at + length]))
            if entry is not None:
                parts.append(entry)
                at += length
                break
        else:
            return None
    return _without_idle_ones(parts)


def _entry(table: Mapping[tuple[str, ...], _Entry], phrase: tuple[str, ...]) -> _Entry | None:
    if len(phrase) == 1 and phrase[0].isdecimal() and len(phrase[0]) <= _MENU_LENGTH:
        return _Entry(_Part.DIGIT, Meaning.POSITION, int(phrase[0]))
    return table.get(phrase)


def _without_idle_ones(parts: list[_Entry]) -> list[_Entry]:
    """Take "one" for a number only where nothing else is chosen: "the second one", "one please"."""
    one = _Entry(_Part.CARDINAL, Meaning.POSITION, 1)
    others = [each for each in parts if each.meaning is not None and each != one]
    is_idle = bool(others) and all(each.part in _BESIDE_ONE for each in others)
    return [each for each in parts if each != one] if is_idle else parts


def _holds(words: list[str], phrase: tuple[str, ...]) -> bool:
    length = len(phrase)
    return any(tuple(words[at : at + length]) == phrase for at in range(len(words) - length + 1))


@cache
def _phrases(kind: str) -> tuple[tuple[str, ...], ...]:
    """Return all languages' phrases of a kind."""
    return tuple(
        tuple(plain_words(phrase)) for words in LANGUAGES for phrase in getattr(words, kind)
    )


@cache
def _longest() -> int:
    return max(len(phrase) for phrase in _table())


@cache
def _table() -> Mapping[tuple[str, ...], _Entry]:
    """Return every phrase of every language; what chooses goes before what changes nothing."""
    table: dict[tuple[str, ...], _Entry] = {}
    for words in LANGUAGES:
        for phrase, entry in _entries(words):
            table.setdefault(tuple(plain_words(phrase)), entry)
    for words in LANGUAGES:
        for part, phrases in _plain_parts(words):
            for phrase in phrases:
                table.setdefault(tuple(plain_words(phrase)), _Entry(part))
    table.setdefault(("no",), _Entry(_Part.NEGATION))
    return table


def _entries(words: Words) -> Iterator[tuple[str, _Entry]]:
    for phrase, position in words.ordinals.items():
        yield phrase, _Entry(_Part.ORDINAL, Meaning.POSITION, position)
    for phrase, position in words.cardinals.items():
        yield phrase, _Entry(_Part.CARDINAL, Meaning.POSITION, position)
    for meaning, phrases in words.phrases.items():
        for phrase in phrases:
            yield phrase, _Entry(_Part.MEANING, meaning)


def _plain_parts(words: Words) -> Iterable[tuple[_Part, tuple[str, ...]]]:
    return (
        (_Part.NEGATION, words.negations),
        (_Part.NUMBERING, words.numbering),
        (_Part.FILLER, words.fillers),
        (_Part.FILLER, words.joiners),
    )
