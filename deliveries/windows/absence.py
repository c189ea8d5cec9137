"""The days that somebody is away: "from the 3rd till the 12th", "two weeks from monday"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from deliveries.windows.clauses import cut
from deliveries.windows.languages import language_of
from deliveries.windows.lexemes import Kind
from deliveries.windows.lexicon import lexicon_for
from deliveries.windows.pieces import Day, Reader
from deliveries.windows.scan import scan
from deliveries.windows.wishes import gather

LONGEST_DAYS = 9999
_DAYS = {"d": 1, "w": 7, "m": 30}
_NUMBERS = {
    word: number
    for number, words in {
        1: "a one ein eine einen einem einer un una uno une",
        2: "two couple zwei dos deux",
        3: "three drei tres trois",
        4: "four vier cuatro quatre",
        5: "five fünf cinco cinq",
        6: "six sechs seis",
        7: "seven sieben siete sept",
        8: "eight acht ocho huit",
        10: "ten zehn diez dix",
        14: "fourteen vierzehn catorce quatorze",
    }.items()
    for word in words.split()
}
_LENGTH = re.compile(
    r"(?<![\d.:/])(\d{1,4}|[^\W\d]+)(?:\s+of)?\s+"
    r"(?:(?P<d>days?|tagen?|tage|d[ií]as?|jours?)|(?P<w>weeks?|wks?|wochen?|semanas?|semaines?)"
    r"|(?P<m>months?|monaten?|monate?|mes(?:es)?|mois))\b",
    re.IGNORECASE,
)
_FORTNIGHT = re.compile(r"\bfortnight\b|\bquincena\b|\bquinzaine\b", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:back|return\w*|home again|zurück|wieder da|wieder hier|vuelvo|volvemos|regres\w+"
    r"|de retour|rentr\w+|revien\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Absence:
    """Days away.

    Attributes:
        first: The first of them.
        last: The last of them; none: the text does not say.
    """

    first: date
    last: date | None


def read_absence(text: str, *, now: datetime, zone: ZoneInfo, language: str) -> Absence | None:
    """Return the days that a text says somebody is away; nothing if it names none.

    "Until friday" alone ends with thursday: deliveries go on on friday. Between two dates both
    days are away. Nothing is checked against today: a day that has passed is read as next year's.

    Args:
        text: The message as it came.
        now: The instant it was written; aware.
        zone: Of the address.
        language: One that windows are read in.
    """
    today = now.astimezone(zone).date()
    length = _length(text)
    text = _FORTNIGHT.sub(" ", _LENGTH.sub(" ", text)) if length else text
    found = _named(text, today, language)
    firsts = [span.first for day in found for span in day.spans if span.first and _begins(day)]
    ends = [span.end for day in found for span in day.spans if span.end and _ends(day)]
    is_until = any(day.bound in (Kind.UNTIL, Kind.BEFORE, Kind.BY) for day in found)
    first = min(firsts, default=None)
    if length is not None and (first is not None or not ends):
        first = first or today
        return Absence(first, first + timedelta(days=length - 1))
    if not ends:
        return None if first is None else Absence(first, None)
    end = _later(max(ends), first)
    if first is None:
        return Absence(today, end - timedelta(days=1))
    if is_until and _is_of_barred(text, today, language) and not _BACK.search(text):
        end += timedelta(days=1)
    return Absence(first, max(first, end - timedelta(days=1)))


def _named(text: str, today: date, language: str) -> list[Day]:
    wished, barred = _days(text, today, language)
    return [*barred, *wished]


def _is_of_barred(text: str, today: date, language: str) -> bool:
    """Say whether "till the 12th" was read as a bar, which leaves the 12th itself free."""
    _, barred = _days(text, today, language)
    return any(day.bound is Kind.UNTIL for day in barred)


def _days(text: str, today: date, language: str) -> tuple[list[Day], list[Day]]:
    tables = language_of(language)
    reader = Reader(
        lexemes=lexicon_for(tables).read(text), language=tables, today=today, is_month_first=False
    )
    wishes = gather(cut(scan(reader)))
    wished = [entry.day for entry in wishes.wished if entry.day and not entry.day.anything]
    return wished, [entry.day for entry in wishes.barred if entry.day]


def _begins(day: Day) -> bool:
    return day.bound in (None, Kind.FROM, Kind.AFTER)


def _ends(day: Day) -> bool:
    return day.bound in (None, Kind.UNTIL, Kind.BEFORE, Kind.BY)


def _later(end: date, first: date | None) -> date:
    """Return the end after the beginning: the 12th that follows the 3rd is of the same month."""
    if first is None or end > first:
        return end
    last = end - timedelta(days=1)
    year, month = (first.year, first.month)
    if last.day < first.day:
        year, month = (year + month // 12, month % 12 + 1)
    day = min(last.day, monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=1)


def _length(text: str) -> int | None:
    if _FORTNIGHT.search(text):
        return 14
    for match in _LENGTH.finditer(text):
        word = match[1].lower()
        count = int(word) if word.isdecimal() else _NUMBERS.get(word, 0)
        if count:
            unit = next(each for each in _DAYS if match[each])
            return min(count * _DAYS[unit], LONGEST_DAYS)
    return None
