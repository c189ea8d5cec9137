"""Reads stretches of days: ``monday to wednesday``, ``before friday``, ``from the 3rd``."""

from datetime import timedelta

from deliveries.windows.calendar import DateSpan, next_weekday, one_day
from deliveries.windows.grammar_dates import DayAt, read_day_range_number
from deliveries.windows.grammar_days import read_plain_day
from deliveries.windows.lexemes import Kind
from deliveries.windows.pieces import Day, Reader

_BOUNDS = frozenset({Kind.AFTER, Kind.FROM, Kind.BEFORE, Kind.BY, Kind.UNTIL})
_TO = frozenset({Kind.TO, Kind.DASH, Kind.UNTIL})


def read_day(reader: Reader, at: int) -> DayAt:
    """Return the day or stretch of days that starts here and the position after it, or None."""
    lead = reader.kind(at)
    if lead is Kind.BETWEEN:
        return _read_range(reader, at + 1, _TO | {Kind.AND, Kind.OR})
    if lead in _BOUNDS:
        if lead is Kind.FROM:
            found = _read_range(reader, at + 1, _TO)
            if found:
                return found
        return _read_bound(reader, at, lead)
    found = _read_range(reader, at, _TO) or read_plain_day(reader, at)
    if not found:
        return None
    after = reader.kind(found[1])
    if after in {Kind.ONWARDS, Kind.EARLIER} and found[0].spans:
        bound = Kind.FROM if after is Kind.ONWARDS else Kind.BY
        return _bounded(found[0], bound), found[1] + 1
    return found


def _read_bound(reader: Reader, at: int, bound: Kind) -> DayAt:
    found = read_plain_day(reader, at + 1)
    if not found:
        return None
    day, end = found
    if not day.spans:
        return found
    return _bounded(day, bound), end + (reader.kind(end) is Kind.ONWARDS)


def _bounded(day: Day, bound: Kind) -> Day:
    first, end = day.spans[0].first, day.spans[-1].end
    spans = {
        Kind.AFTER: DateSpan(end, None),
        Kind.FROM: DateSpan(first, None),
        Kind.BEFORE: DateSpan(None, first),
        Kind.BY: DateSpan(None, end),
        Kind.UNTIL: DateSpan(None, end),
    }
    return Day((spans[bound],), bound=bound, base=DateSpan(first, end))


def until_exclusive(day: Day) -> Day:
    """Return "until monday" as absence means it: back on monday."""
    end = day.spans[0].end if day.spans else None
    if day.bound is not Kind.UNTIL or end is None:
        return day
    return day._replace(spans=(DateSpan(None, end - timedelta(days=1)),))


def _read_range(reader: Reader, at: int, joints: frozenset[Kind]) -> DayAt:
    start = read_plain_day(reader, at)
    if not start or reader.kind(start[1]) not in joints or not start[0].spans:
        return None
    end_at = start[1] + 1
    end = read_plain_day(reader, end_at) or read_day_range_number(reader, end_at, start[0])
    if not end or not end[0].spans:
        return None
    spans = _from_to(start[0], end[0])
    return (Day(spans), end[1]) if spans else None


def _from_to(start: Day, end: Day) -> tuple[DateSpan, ...]:
    first, last = start.spans[0].first, end.spans[-1].end
    if first is None or last is None:
        return ()
    if end.weekday >= 0 and end.weekday != start.weekday:
        last = one_day(next_weekday(first, end.weekday, inclusive=True)).end or last
    return (DateSpan(first, last),) if first < last else ()
