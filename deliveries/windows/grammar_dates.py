"""Reads dates: ``25/11``, ``25th``, ``the 3rd``, ``nov 25``, ``25. November``, ISO dates."""

from datetime import date, timedelta

from deliveries.windows.calendar import (
    DateSpan,
    make_date,
    month_of,
    next_date,
    next_day_of_month,
    next_holiday,
    one_day,
)
from deliveries.windows.lexemes import CLAUSE_ENDS, Kind, Lexeme
from deliveries.windows.pieces import Day, Reader

type DayAt = tuple[Day, int] | None

_YEAR_DIGITS = 4
_TWO_DIGITS = 2
_LAST_DAY = 31
_MONTHS = 12
_CENTURY = 2000
_MOST_YEARS_AHEAD = 5
_LAST_HOUR = 24
_PASSED = frozenset(
    {Kind.OTHER, Kind.WEEKDAY, Kind.WEEK, Kind.WEEKEND, Kind.MONTH_UNIT, Kind.MONTH}
)
_AFTER_DAY = CLAUSE_ENDS | {
    Kind.PART,
    Kind.AT,
    Kind.AROUND,
    Kind.FROM,
    Kind.AFTER,
    Kind.BEFORE,
    Kind.BETWEEN,
    Kind.GOOD,
}
_ANCHOR_REACH = 12
_HALF_MONTH = 15
_LOOKAHEAD = 8
_JOINERS = frozenset({Kind.AND, Kind.OR, Kind.COMMA, Kind.DASH, Kind.TO, Kind.UNTIL, Kind.THE})
_UNITS = frozenset(
    {
        Kind.THINGS,
        Kind.MONEY,
        Kind.STREET,
        Kind.HASH,
        Kind.ORDINAL_MARK,
        Kind.DAY_UNIT,
        Kind.WEEK,
        Kind.MONTH_UNIT,
        Kind.HOUR_UNIT,
        Kind.FORTNIGHT,
    }
)
_MONTH_LEADS = frozenset({Kind.IN, Kind.NEXT, Kind.THIS})
_CLOCK_MARKS = frozenset({Kind.MERIDIEM, Kind.COLON, Kind.HOUR_MARK, Kind.ISH})
_AFTER_DAY_DOT = frozenset(
    {Kind.AT, Kind.AFTER, Kind.BEFORE, Kind.FROM, Kind.BETWEEN, Kind.PART, Kind.UNTIL}
)
_NO_ORDINALS = frozenset({Kind.THINGS, Kind.STREET, Kind.WEEKDAY, Kind.LABEL, Kind.FROM_NOW})
_NEVER_DATES = frozenset({(24, 7), (10, 10)})


def read_date(reader: Reader, at: int) -> DayAt:
    """Return the date that starts here and the position after it, or None."""
    first = reader.at(at)
    if first.kind is Kind.MONTH:
        return _read_month_first(reader, at)
    if first.kind is Kind.ORDINAL:
        return _read_ordinal(reader, first.value, at, at + 1)
    if first.kind is not Kind.NUMBER or (first.glued and reader.kind(at - 1) is Kind.OTHER):
        return None
    return (
        _read_iso(reader, at)
        or _read_slashed(reader, at)
        or _read_dotted(reader, at)
        or _read_day_number(reader, at)
    )


def day_of(found: date | None) -> Day | None:
    """Return a date as a piece, if there is one."""
    return Day((one_day(found),), exact=True) if found else None


def _dated(reader: Reader, day: int, month: int, year: Lexeme | None) -> Day | None:
    if year is None:
        return day_of(next_date(reader.today, month, day))
    value = year.value + (_CENTURY if len(year.text) == _TWO_DIGITS else 0)
    if abs(value - reader.today.year) > _MOST_YEARS_AHEAD:
        return None
    return day_of(make_date(value, month, day))


def _with_end(day: Day | None, end: int) -> DayAt:
    return (day, end) if day else None


def _read_iso(reader: Reader, at: int) -> DayAt:
    year, month, day = reader.at(at), reader.at(at + 2), reader.at(at + 4)
    if len(year.text) != _YEAR_DIGITS or {month.kind, day.kind} != {Kind.NUMBER}:
        return None
    separators = {reader.kind(at + 1), reader.kind(at + 3)}
    if separators not in ({Kind.DASH}, {Kind.SLASH}, {Kind.DOT}) or day.value > _LAST_DAY:
        return None
    return _with_end(_dated(reader, day.value, month.value, year), at + 5)


def _read_slashed(reader: Reader, at: int) -> DayAt:
    first, separator, second = reader.at(at), reader.at(at + 1), reader.at(at + 2)
    if separator.kind not in {Kind.SLASH, Kind.DASH} or not (separator.glued and second.glued):
        return None
    if second.kind is not Kind.NUMBER:
        return None
    if _is_year(reader, at + 3, separator.kind):
        found = _ordered(reader, first.value, second.value, reader.at(at + 4))
        return _with_end(found, at + 5)
    is_hours = separator.kind is Kind.DASH and first.value <= _LAST_HOUR
    if is_hours or (first.value, second.value) in _NEVER_DATES:
        return None
    is_chain = reader.kind(at + 3) is separator.kind and reader.kind(at + 4) is Kind.NUMBER
    if is_chain or ends_as_something_else(reader, at + 3):
        return None
    return _with_end(_ordered(reader, first.value, second.value, None), at + 3)


def _is_year(reader: Reader, at: int, separator: Kind) -> bool:
    year = reader.at(at + 1)
    return (
        reader.kind(at) is separator
        and year.kind is Kind.NUMBER
        and len(year.text) in {_TWO_DIGITS, _YEAR_DIGITS}
        and year.glued
    )


def _ordered(reader: Reader, one: int, other: int, year: Lexeme | None) -> Day | None:
    day, month = (other, one) if reader.is_month_first else (one, other)
    if month > _MONTHS:
        day, month = month, day
    if not (1 <= day <= _LAST_DAY and 1 <= month <= _MONTHS):
        return None
    return _dated(reader, day, month, year)


def _read_dotted(reader: Reader, at: int) -> DayAt:
    day, dot, month = reader.at(at), reader.at(at + 1), reader.at(at + 2)
    if dot.kind is not Kind.DOT or month.kind is not Kind.NUMBER or not dot.glued:
        return None
    if not (1 <= day.value <= _LAST_DAY and 1 <= month.value <= _MONTHS):
        return None
    if reader.kind(at + 3) is Kind.DOT:
        has_year = _is_year(reader, at + 3, Kind.DOT)
        year = reader.at(at + 4) if has_year else None
        may_be = has_year or reader.language.day_dots
        end = at + 5 if has_year else at + 4
        return _with_end(_dated(reader, day.value, month.value, year), end) if may_be else None
    is_date = day.value > _LAST_HOUR or (
        reader.language.day_dots
        and (reader.kind(at - 1) is Kind.WEEKDAY or reader.at(at - 1).name == "date")
    )
    if not is_date or reader.kind(at + 3) in {Kind.HOUR_MARK, Kind.MERIDIEM, Kind.MONEY}:
        return None
    return _with_end(_dated(reader, day.value, month.value, None), at + 3)


def _read_day_number(reader: Reader, at: int) -> DayAt:
    day = reader.at(at).value
    if not 1 <= day <= _LAST_DAY:
        return None
    mark = reader.at(at + 1)
    if mark.kind is Kind.ORDINAL_MARK:
        return _read_ordinal(reader, day, at, at + 2)
    if mark.kind is Kind.DOT and mark.glued and reader.language.day_dots:
        return _read_day_dot(reader, at)
    is_before_month = reader.kind(reader.skip(at + 1, Kind.OF)) is Kind.MONTH
    if is_before_month or _shared_month(reader, at + 1):
        return _read_ordinal(reader, day, at, at + 1)
    before = reader.at(at - 1)
    is_the = before.kind is Kind.THE and reader.kind(at - 2) is Kind.ON
    is_led = (before.name == "date" or is_the or is_moved(reader, at)) and not _counts_or_dials(
        reader, at
    )
    if is_led and not ends_as_something_else(reader, at + 1):
        return _with_end(day_of(_next_day(reader, at, day)), at + 1)
    return None


def is_moved(reader: Reader, at: int) -> bool:
    """Return whether "move it to" leads a number where that leads a date: "cámbienlo al 30"."""
    is_asked = reader.kind(at - 2) in {Kind.MOVE, Kind.REQUEST}
    is_to = reader.kind(at - 1) is Kind.TO
    return reader.language.dates_after_weekdays and is_asked and is_to


def _next_day(reader: Reader, at: int, day: int) -> date | None:
    """Return the next such day of a month: the one nearest to a holiday named just before.

    "Not on christmas day, the 28th" is in December.
    """
    for before in range(at - 1, max(at - _ANCHOR_REACH, -1), -1):
        if reader.kind(before) is Kind.HOLIDAY:
            holiday = next_holiday(reader.today, reader.at(before).name)
            first = max(reader.today, holiday - timedelta(days=_HALF_MONTH))
            return next_day_of_month(first, day)
    return next_day_of_month(reader.today, day)


def _counts_or_dials(reader: Reader, at: int) -> bool:
    """Return whether an article leads no date: "mit den 2 Hunden", "en el 14", "le 06 11 22"."""
    following = reader.kind(at + 1)
    if following is Kind.NUMBER and reader.kind(at + 2) is Kind.NUMBER:
        return True
    if following is Kind.OF and reader.kind(at + 2) is Kind.NUMBER:
        return reader.kind(at + 3) in CLAUSE_ENDS
    is_counted = bool(reader.at(at - 1).value) and following is Kind.OTHER
    return is_counted or reader.kind(at - 2) is Kind.IN


def _read_day_dot(reader: Reader, at: int) -> DayAt:
    day = reader.at(at).value
    if reader.kind(at + 2) is Kind.NUMBER and reader.at(at + 2).glued:
        return None
    found = _read_ordinal(reader, day, at, at + 2)
    if not found and reader.kind(at + 2) in _AFTER_DAY_DOT:
        return _with_end(day_of(_next_day(reader, at, day)), at + 2)
    return found


def _is_led(reader: Reader, at: int) -> bool:
    """Return whether an article or weekday stands before a number: ``am 25.``, ``viernes 3º``."""
    before = reader.at(at - 1 - (reader.kind(at - 1) is Kind.COMMA))
    return before.kind is Kind.WEEKDAY or before.name == "date"


def ends_as_something_else(reader: Reader, at: int) -> bool:
    """Return whether what follows a number shows that it is no day and no hour."""
    following = reader.at(at)
    if following.kind in _UNITS:
        return True
    if following.kind is Kind.OTHER and following.glued:
        return True
    if following.kind in {Kind.SLASH, Kind.COLON} and following.glued:
        return reader.kind(at + 1) is Kind.NUMBER
    for ahead in range(at, at + 4):
        if reader.kind(ahead) is Kind.STREET:
            return True
        if reader.kind(ahead) not in {Kind.OTHER, Kind.OF, Kind.THE}:
            return False
    return False


def _read_ordinal(reader: Reader, day: int, at: int, after: int) -> DayAt:
    month_at = reader.skip(after, Kind.OF, Kind.THE)
    month = reader.at(month_at)
    if month.kind is Kind.MONTH:
        year_at = reader.skip(month_at + 1, Kind.OF)
        year = reader.at(year_at)
        has_year = year.kind is Kind.NUMBER and len(year.text) == _YEAR_DIGITS
        has_year = has_year and _CENTURY <= year.value < _CENTURY + 100
        found = _dated(reader, day, month.value, year if has_year else None)
        return _with_end(found, year_at + 1 if has_year else month_at + 1)
    shared = _shared_month(reader, after)
    if shared:
        return _with_end(_dated(reader, day, shared, None), after)
    if month.kind is Kind.NEXT and reader.kind(month_at + 1) is Kind.MONTH_UNIT:
        first = month_of(reader.today, 1).first
        found_day = make_date(first.year, first.month, day) if first else None
        return _with_end(day_of(found_day), month_at + 2)
    is_led = reader.language.bare_ordinals or _is_led(reader, at)
    if not is_led or reader.kind(after) in _NO_ORDINALS:
        return None
    return _with_end(day_of(_next_day(reader, at, day)), after)


def _shared_month(reader: Reader, at: int) -> int:
    """Return the month that closes a list such as ``3rd, 4th or 5th of december``, or 0."""
    joined = False
    for ahead in range(at, at + _LOOKAHEAD):
        kind = reader.kind(ahead)
        if kind is Kind.MONTH:
            return reader.at(ahead).value if joined else 0
        if kind in _JOINERS:
            joined = True
        elif kind not in {Kind.NUMBER, Kind.ORDINAL, Kind.ORDINAL_MARK, Kind.OF, Kind.DOT}:
            return 0
    return 0


def _read_month_first(reader: Reader, at: int) -> DayAt:
    month = reader.at(at).value
    day_at = reader.skip(at + 1, Kind.THE)
    day = reader.at(day_at)
    if day.kind in {Kind.NUMBER, Kind.ORDINAL} and 1 <= day.value <= _LAST_DAY:
        end = day_at + 1 + (reader.kind(day_at + 1) is Kind.ORDINAL_MARK)
        if reader.kind(end) not in {Kind.MERIDIEM, Kind.COLON, Kind.HOUR_MARK}:
            return _read_year(reader, day.value, month, end)
    return read_month(reader, at) if reader.kind(at - 1) in _MONTH_LEADS else None


def read_month(reader: Reader, at: int) -> DayAt:
    """Return the month named here as a stretch of days, or None."""
    month = reader.at(at)
    if month.kind is not Kind.MONTH:
        return None
    first = next_date(reader.today.replace(day=1), month.value, 1)
    return (Day((month_of(first),)), at + 1) if first else None


def _read_year(reader: Reader, day: int, month: int, end: int) -> DayAt:
    year_at = reader.skip(end, Kind.COMMA)
    year = reader.at(year_at)
    is_year = year.kind is Kind.NUMBER and len(year.text) == _YEAR_DIGITS
    if is_year and _CENTURY <= year.value < _CENTURY + 100:
        return _with_end(_dated(reader, day, month, year), year_at + 1)
    return _with_end(_dated(reader, day, month, None), end)


def read_day_range_number(reader: Reader, at: int, start: Day, *, may_turn: bool = False) -> DayAt:
    """Return the end of ``nov 23-25``: a bare number as a later day of the same month.

    With ``may_turn`` a smaller number is a day of the month after.
    """
    number = reader.at(at)
    first: DateSpan = start.spans[0]
    if number.kind is not Kind.NUMBER or not start.exact or first.first is None:
        return None
    is_dotted = reader.language.day_dots and reader.at(at + 1).glued
    is_dotted = is_dotted and reader.kind(at + 1) is Kind.DOT
    if is_dotted and reader.kind(at + 2) is Kind.NUMBER:
        return None
    end = at + 1 + (is_dotted or reader.kind(at + 1) is Kind.ORDINAL_MARK)
    found = make_date(first.first.year, first.first.month, number.value)
    if may_turn and found and found < first.first:
        found = next_day_of_month(first.first, number.value)
    if not found or found <= first.first or reader.kind(end) in _CLOCK_MARKS:
        return None
    return None if ends_as_something_else(reader, end) else _with_end(day_of(found), end)


def is_day_ahead(reader: Reader, at: int) -> bool:
    """Return whether the Spanish "pasado" is the day after tomorrow, not the past."""
    return reader.kind(at - 1) not in _PASSED and reader.kind(at + 1) in _AFTER_DAY
