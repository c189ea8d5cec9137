"""Turns tokens into lexemes with a language's tables: longest phrase first, then small slips."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from deliveries.windows.conventions import MAX_LEXEMES
from deliveries.windows.lexemes import OTHER, Kind, Lexeme
from deliveries.windows.tokens import Token, fold, tokenise

type Meaning = tuple[Lexeme, ...]

_MARKS = {
    ",": Kind.COMMA,
    "\n": Kind.COMMA,
    ";": Kind.STOP,
    "!": Kind.STOP,
    "?": Kind.STOP,
    "…": Kind.STOP,
    ".": Kind.DOT,
    ":": Kind.COLON,
    "-": Kind.DASH,
    "/": Kind.SLASH,
    "&": Kind.AND,
    "+": Kind.PLUS,
    "#": Kind.HASH,
    "$": Kind.MONEY,
    "€": Kind.MONEY,
    "£": Kind.MONEY,
    "%": Kind.MONEY,
    "(": Kind.BRACKET,
    ")": Kind.BRACKET,
}
_MAX_DIGITS = 8
_SHORTEST_SLIP = 5
_LONGEST_SHORT = 4
_LONGEST_SLIP = 20
_SHORTEST_NAME = 6
_ORDINAL_MARK = (Lexeme(Kind.ORDINAL_MARK),)
_DOTTED = frozenset({Kind.WEEKDAY, Kind.MONTH, Kind.PART, Kind.ORDINAL, Kind.LABEL})


@dataclass(frozen=True)
class Entry:
    """Phrases (separated by ``|``) that mean the same run of lexemes."""

    meaning: Meaning
    phrases: str


@dataclass(frozen=True, eq=False)
class Language:
    """One language's words and the few rules in which it differs.

    ``slips`` are the kinds whose names are recognised with a letter wrong. ``real_words`` look
    like slips and are none. ``half_before`` says that "half five" is 4:30. ``street_endings``
    make a word a street (``Hauptstraße``). ``afternoon_below``: bare hours below it are in
    the afternoon. ``umlauts``: ä may be typed as ae. ``ordinal_marks`` stand right behind a
    number. ``next_weekday_is_coming``: "next friday" is the coming one (Spanish).
    ``bare_ordinals``: "3rd" alone is a date, not a floor. ``dates_after_weekdays``: "friday 4" is a
    date (Spanish, French), not an hour.
    """

    code: str
    entries: tuple[Entry, ...]
    real_words: frozenset[str] = frozenset()
    joins_apostrophes: bool = True
    half_before: bool = False
    day_dots: bool = False
    street_endings: tuple[str, ...] = ()
    afternoon_below: int = 8
    umlauts: bool = False
    next_weekday_is_coming: bool = False
    bare_ordinals: bool = False
    dates_after_weekdays: bool = False
    ordinal_marks: frozenset[str] = frozenset()


def say(kind: Kind, phrases: str, *, value: int = 0, name: str = "", plural: bool = False) -> Entry:
    """Return an entry whose phrases mean one lexeme."""
    return Entry((Lexeme(kind, value, name, plural),), phrases)


def say_all(meaning: Iterable[Lexeme], phrases: str) -> Entry:
    """Return an entry whose phrases mean several lexemes in a row."""
    return Entry(tuple(meaning), phrases)


class _Node:
    __slots__ = ("following", "meaning")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.meaning: Meaning | None = None


@dataclass
class Lexicon:
    """A language's phrases, ready for looking up."""

    language: Language
    root: _Node = field(default_factory=_Node)
    slips: dict[str, Meaning] = field(default_factory=dict)

    def read(self, text: str) -> list[Lexeme]:
        """Return the lexemes of a message; words without a meaning are ``OTHER``."""
        tokens = tokenise(text, joined=self.language.joins_apostrophes)
        found: list[Lexeme] = []
        at = 0
        while at < len(tokens) and len(found) < MAX_LEXEMES:
            at = self._take(tokens, at, found)
        return found

    def _take(self, tokens: list[Token], at: int, found: list[Lexeme]) -> int:
        token = tokens[at]
        meaning, end = self._longest(tokens, at)
        if meaning is None:
            end = at + 1
            meaning = self._alone(token)
        if token.glued and found and found[-1].kind is Kind.NUMBER:
            meaning = _ORDINAL_MARK if token.text in self.language.ordinal_marks else meaning
        if token.glued:
            meaning = (meaning[0]._replace(glued=True), *meaning[1:])
        dotted = meaning[-1].kind in _DOTTED and len(tokens[end - 1].text) <= _SHORTEST_SLIP
        if dotted and _is_word_at(tokens, end + 1):
            dotted = _may_be_short(meaning[-1].kind, tokens[end - 1].text)
        if dotted and end < len(tokens) and tokens[end].text == "." and tokens[end].glued:
            end += _is_abbreviation_dot(tokens, end)
        found.extend(meaning)
        return end

    def _longest(self, tokens: list[Token], at: int) -> tuple[Meaning | None, int]:
        node: _Node | None = self.root
        best: Meaning | None = None
        end = at
        position = at
        while position < len(tokens):
            node = node.following.get(tokens[position].text) if node else None
            if node is None:
                break
            position += 1
            if node.meaning is not None:
                best, end = node.meaning, position
            if _is_hyphen(tokens, position):
                position += 1
        return best, end

    def _alone(self, token: Token) -> Meaning:
        if token.is_number:
            value = int(token.text) if len(token.text) <= _MAX_DIGITS else -1
            return (Lexeme(Kind.NUMBER, value, text=token.text),)
        if not token.is_word:
            return (Lexeme(_MARKS.get(token.text, Kind.OTHER)),)
        endings = self.language.street_endings
        if endings and token.text.endswith(endings):
            return (Lexeme(Kind.STREET),)
        is_name_long = _SHORTEST_SLIP <= len(token.text) <= _LONGEST_SLIP
        if is_name_long and token.text not in self.language.real_words:
            for shorter in _without_one_letter(token.text):
                if shorter in self.slips:
                    return self.slips[shorter]
        return (OTHER,)

    def add(self, phrase: str, meaning: Meaning) -> None:
        """Add one phrase; the first meaning given to a phrase stays."""
        node = self.root
        for token in tokenise(phrase, joined=self.language.joins_apostrophes):
            node = node.following.setdefault(token.text, _Node())
        if node.meaning is None:
            node.meaning = meaning

    def add_slips(self, name: str, meaning: Meaning) -> None:
        """Recognise the name of a day or month with a letter wrong, missing or swapped."""
        folded = fold(name)
        if len(folded) >= _SHORTEST_NAME and folded.isalpha():
            for shorter in _without_one_letter(folded):
                self.slips.setdefault(shorter, meaning)


def _is_word_at(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].is_word


def _may_be_short(kind: Kind, word: str) -> bool:
    """Return whether a dot before a word may end an abbreviation: "thur." may, "soir." not."""
    return len(word) < _LONGEST_SHORT or (len(word) == _LONGEST_SHORT and kind is not Kind.PART)


def _is_abbreviation_dot(tokens: list[Token], at: int) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is None or following.is_number or following.text in "-,/" or following.is_word


def _is_hyphen(tokens: list[Token], at: int) -> bool:
    return (
        at + 1 < len(tokens)
        and tokens[at].text == "-"
        and tokens[at].glued
        and tokens[at + 1].glued
    )


def _without_one_letter(word: str) -> Iterable[str]:
    yield word
    for at in range(len(word) - 1, -1, -1):
        yield word[:at] + word[at + 1 :]


_SLIPPING = frozenset({Kind.WEEKDAY, Kind.MONTH, Kind.DAY, Kind.PART, Kind.WEEKEND})


def build(language: Language) -> Lexicon:
    """Return the lexicon of a language."""
    lexicon = Lexicon(language)
    for entry in language.entries:
        for phrase in entry.phrases.split("|"):
            lexicon.add(phrase, entry.meaning)
            if language.umlauts:
                lexicon.add(_spelt_out(phrase), entry.meaning)
            if entry.meaning[0].kind in _SLIPPING:
                lexicon.add_slips(phrase, entry.meaning)
    return lexicon


def _spelt_out(phrase: str) -> str:
    return phrase.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


@cache
def lexicon_for(language: Language) -> Lexicon:
    """Return the lexicon of a language, built on first use."""
    return build(language)
