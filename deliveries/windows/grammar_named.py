"""Reads days counted from the one just named: ``the day after``, ``the friday after``."""

from datetime import date, timedelta

from deliveries.windows.calendar import DateSpan, next_holiday, next_weekday, one_day
from deliveries.windows.conventions import PARTS
from deliveries.windows.grammar_dates import DayAt
from deliveries.windows.grammar_spans import bounded, read_day
from deliveries.windows.lexemes import CLAUSE_ENDS, Kind
from deliveries.windows.pieces import Clock, Day, Piece, Reader, Shape, Time

_WEEK = 7
_WEEKEND = 2
_COUNTED = frozenset({Kind.OR, Kind.AND, Kind.NUMBER})


def days_after(reader: Reader, named: date | None, days: int) -> Day:
    """Return the day so many days after the one just named, or after today."""
    return Day((one_day((named or reader.today) + timedelta(days=days)),), exact=True)


def read_week_after(reader: Reader, at: int, named: Day | None) -> DayAt:
    """Read "the week after new year", and the weekend of "not this weekend, the one after"."""
    holiday = reader.at(at + 1)
    if holiday.kind is Kind.HOLIDAY:
        first = next_holiday(reader.today, holiday.name) + timedelta(days=1)
        return Day((DateSpan(first, first + timedelta(days=_WEEK)),)), at + 2
    start, end = named.spans[0] if named and len(named.spans) == 1 else (None, None)
    if start is None or end is None or (end - start).days not in {_WEEKEND, _WEEK}:
        return None
    return Day((DateSpan(start + timedelta(days=_WEEK), end + timedelta(days=_WEEK)),)), at + 1


def opened(pieces: list[Piece]) -> list[Piece]:
    """Return a day and its part as a stretch from the part's start on, if they are these."""
    day, part = (*pieces, None, None)[:2]
    if not isinstance(day, Day) or not isinstance(part, Time) or part.shape is not Shape.PART:
        return pieces
    if len(day.spans) != 1 or day.bound or day.anything:
        return pieces
    start = Clock(PARTS[part.part][0], sure=True, marked=True)
    return [bounded(day, Kind.FROM), Time(Shape.POINT, start=start)]


def read_day_after(reader: Reader, at: int, named: date | None) -> DayAt:
    """Return the day that starts here if it is counted from the one just named, or None."""
    found = _read_after(reader, at, named)
    other = read_day(reader, at) if found else None
    return None if other and found and other[1] > found[1] else found


def _read_after(reader: Reader, at: int, named: date | None) -> DayAt:
    unit = reader.skip(at, Kind.THE, Kind.ON)
    kind, following = reader.kind(unit), reader.kind(unit + 1)
    if kind is Kind.DAY_UNIT and following is Kind.AFTER:
        return days_after(reader, named, 1), unit + 2
    if named is None:
        return None
    if kind is Kind.NEXT and unit > at and following in CLAUSE_ENDS:
        return days_after(reader, named, _WEEK), unit + 1
    if kind is Kind.NEXT and following is Kind.DAY_UNIT and reader.kind(unit + 2) not in _COUNTED:
        return days_after(reader, named, 1), unit + 2
    is_last = reader.kind(unit + 2) in CLAUSE_ENDS
    if kind is Kind.WEEKDAY and following is Kind.AFTER and is_last:
        return Day((one_day(next_weekday(named, reader.at(unit).value)),), exact=True), unit + 2
    return None
