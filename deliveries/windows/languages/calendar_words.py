"""Builds the entries that every language lists: weekdays, months, ordinals, numbers, holidays."""

from collections.abc import Mapping, Sequence

from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import Entry, say


def weekdays(names: Sequence[str], *, plural: bool = False) -> list[Entry]:
    """Return entries for Monday to Sunday."""
    return [
        say(Kind.WEEKDAY, phrases, value=day, plural=plural) for day, phrases in enumerate(names)
    ]


def months(names: Sequence[str]) -> list[Entry]:
    """Return entries for January to December."""
    return [say(Kind.MONTH, phrases, value=month) for month, phrases in enumerate(names, start=1)]


def ordinals(names: Mapping[int, str]) -> list[Entry]:
    """Return entries for days of the month written as words."""
    return [say(Kind.ORDINAL, phrases, value=day) for day, phrases in names.items()]


def numbers(names: Mapping[int, str]) -> list[Entry]:
    """Return entries for numbers written as words."""
    return [
        Entry((Lexeme(Kind.NUMBER, number, text=str(number), spelt=True),), phrases)
        for number, phrases in names.items()
    ]


def holidays(names: Mapping[str, str]) -> list[Entry]:
    """Return entries for the calendar's holidays by their key."""
    return [say(Kind.HOLIDAY, phrases, name=name) for name, phrases in names.items()]
