"""Reads stretches of days: ``monday to wednesday``, ``before friday``, ``from the 3rd``."""

from deliveries.windows.calendar import DateSpan, next_weekday, one_day, weekday_in
from deliveries.windows.grammar_dates import DayAt, read_day_range_number
from deliveries.windows.grammar_days import read_plain_day
from deliveries.windows.lexemes import Kind
from deliveries.windows.pieces import Day, Reader

_BOUNDS = {
    Kind.AFTER: Kind.AFTER,
    Kind.FROM: Kind.FROM,
    Kind.BEFORE: Kind.BEFORE,
    Kind.BY: Kind.BY,
    Kind.UNTIL: Kind.UNTIL,
    Kind.EARLIER: Kind.BY,
}
_TO = frozenset({Kind.TO, Kind.DASH, Kind.UNTIL})
_CLOCK_BOUNDS = frozenset({Kind.AFTER, Kind.FROM, Kind.BETWEEN})
_BETWEEN_TO = _TO | {Kind.AND, Kind.OR}


def read_day(reader: Reader, at: int) -> DayAt:
    """Return the day or stretch of days that starts here and the position after it, or None."""
    lead = reader.kind(at)
    if lead is Kind.BETWEEN:
        return _to_range(reader, read_plain_day(reader, at + 1), _BETWEEN_TO)
    if lead is Kind.UNTIL and reader.kind(at + 1) is Kind.AFTER:
        return _until_after(read_plain_day(reader, at + 2))
    if lead in _BOUNDS:
        start = read_plain_day(reader, at + 1)
        found = _to_range(reader, start, _TO) if lead is Kind.FROM else None
        if start and reader.at(at).name == "now":
            return _to_range_from_now(reader, start)
        if start and reader.at(at).text and reader.kind(start[1]) in _CLOCK_BOUNDS:
            return start
        return found or _to_bound(reader, start, _BOUNDS[lead])
    start = read_plain_day(reader, at)
    return _to_range(reader, start, _TO) or _open_side(reader, start)


def _open_side(reader: Reader, found: DayAt) -> DayAt:
    """Read what may open a day on one side: ``monday onwards``, ``friday at the latest``."""
    if not found or not found[0].spans:
        return found
    after = reader.kind(found[1])
    if after is Kind.BY and reader.kind(found[1] + 1) in {Kind.END, Kind.DOT, Kind.COMMA}:
        after = Kind.EARLIER
    if after not in {Kind.ONWARDS, Kind.EARLIER}:
        return found
    bound = Kind.FROM if after is Kind.ONWARDS else Kind.BY
    return bounded(found[0], bound), found[1] + 1


def _to_range_from_now(reader: Reader, found: tuple[Day, int]) -> DayAt:
    """Read "between now and friday"."""
    day, end = found
    last = day.spans[-1].end if day.spans else None
    return (Day((DateSpan(reader.today, last),)), end) if last else None


def _to_bound(reader: Reader, found: DayAt, bound: Kind) -> DayAt:
    if not found or not found[0].spans:
        return found
    day, end = found
    return bounded(day, bound), end + (reader.kind(end) is Kind.ONWARDS)


def bounded(day: Day, bound: Kind) -> Day:
    """Return the days before, after, from or until a day."""
    first, end = day.spans[0].first, day.spans[-1].end
    spans = {
        Kind.AFTER: DateSpan(end, None),
        Kind.FROM: DateSpan(first, None),
        Kind.BEFORE: DateSpan(None, first),
        Kind.BY: DateSpan(None, end),
        Kind.UNTIL: DateSpan(None, end),
    }
    return Day((spans[bound],), bound=bound, base=DateSpan(first, end))


def _until_after(found: DayAt) -> DayAt:
    """Read "leave it till after the weekend": until the day that follows."""
    end = found[0].spans[-1].end if found and found[0].spans else None
    if not found or end is None:
        return None
    return Day((DateSpan(None, end),), bound=Kind.UNTIL, base=DateSpan(end, end)), found[1]


def until_exclusive(day: Day) -> Day:
    """Return "until monday" as absence means it: back on monday."""
    if day.bound is not Kind.UNTIL or day.base is None:
        return day
    return day._replace(spans=(DateSpan(None, day.base.first),))


def _to_range(reader: Reader, start: DayAt, joints: frozenset[Kind]) -> DayAt:
    if not start or reader.kind(start[1]) not in joints or not start[0].spans:
        return None
    end_at = start[1] + 1
    is_named = reader.kind(start[1] - 1) is Kind.HOLIDAY
    end = read_plain_day(reader, end_at)
    if not end and not is_named:
        may_turn = reader.kind(start[1]) is not Kind.DASH
        end = read_day_range_number(reader, end_at, start[0], may_turn=may_turn)
    if not end or not end[0].spans:
        return None
    spans = _from_to(start[0], end[0])
    return (Day(spans), end[1]) if spans else None


def _from_to(start: Day, end: Day) -> tuple[DateSpan, ...]:
    if end.within and start.weekday >= 0 and not start.exact:
        found = weekday_in(end.within, start.weekday)
        start = Day((found,)) if found else start
    first, last = start.spans[0].first, end.spans[-1].end
    if first is None or last is None:
        return ()
    if end.weekday >= 0 and end.weekday != start.weekday:
        last = one_day(next_weekday(first, end.weekday, inclusive=True)).end or last
    return (DateSpan(first, last),) if first < last else ()
