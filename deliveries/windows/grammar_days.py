"""Reads days: ``tomorrow``, ``next friday``, ``a week on monday``, ``end of the week``."""

from datetime import date, timedelta

from deliveries.windows.calendar import (
    DateSpan,
    days_of,
    horizon,
    join_days,
    month_of,
    next_holiday,
    next_weekday,
    one_day,
    week_of,
    weekday_in,
)
from deliveries.windows.conventions import HORIZON_DAYS
from deliveries.windows.grammar_dates import (
    DayAt,
    ends_as_something_else,
    is_day_ahead,
    read_date,
    read_month,
)
from deliveries.windows.grammar_months import read_edge_day, read_nth_weekday
from deliveries.windows.lexemes import Kind
from deliveries.windows.pieces import Day, Reader

_WEEK = 7
_SATURDAY = 5
_MOST_DAYS_AHEAD = 400
_FEW = 3
_SOON_DAYS = 62
_LAST_HOUR = 12
_QUALIFIERS = frozenset({Kind.THIS, Kind.NEXT, Kind.AFTER_NEXT, Kind.LAST})
_UNITS = {Kind.DAY_UNIT: 1, Kind.WEEK: _WEEK, Kind.FORTNIGHT: 2 * _WEEK, Kind.MONTH_UNIT: 30}
_BESIDE = frozenset({Kind.DAY_UNIT, Kind.WEEK, Kind.WEEKDAY})
_COUNTS = frozenset({Kind.NUMBER, Kind.A, Kind.COUPLE})


def read_plain_day(reader: Reader, at: int) -> DayAt:
    """Return the day that starts here, without any "from" or "until", and the position after."""
    start = reader.skip(at, Kind.ON, Kind.THE, Kind.LATER)
    for read in (
        read_nth_weekday,
        read_edge_day,
        _read_weeks_before,
        _read_beside,
        _read_edge,
        _read_qualified,
        _read_single,
        _read_counted,
    ):
        found = read(reader, start)
        if found:
            return found
    return read_date(reader, start)


def _shift(today: date, days: int) -> Day:
    return Day((one_day(today + timedelta(days=days)),))


def _read_single(reader: Reader, at: int) -> DayAt:
    lexeme, today = reader.at(at), reader.today
    if lexeme.kind is Kind.DAY:
        return _with_weeks(reader, _shift(today, lexeme.value), at + 1)
    if lexeme.kind is Kind.HOLIDAY:
        return Day((one_day(next_holiday(today, lexeme.name)),), exact=True), at + 1
    if lexeme.kind is Kind.LAST and lexeme.value and is_day_ahead(reader, at):
        return _shift(today, lexeme.value), at + 1
    read = _SINGLE.get(lexeme.kind)
    return read(reader, at) if read else None


def _read_working_days(reader: Reader, at: int) -> DayAt:
    return _within_week(reader, at + 1, _working_days(horizon(reader.today)), weekend=False)


def _read_every_day(reader: Reader, at: int) -> DayAt:
    week_at = reader.skip(at + 1, Kind.OF, Kind.IN, Kind.ON, Kind.THE)
    found = _read_qualified(reader, week_at)
    if found and reader.kind(week_at) in _QUALIFIERS:
        return found
    return Day((DateSpan(reader.today, None),), plural=True, anything=True), at + 1


def _working_days(span: DateSpan) -> tuple[DateSpan, ...]:
    return join_days([day for day in days_of(span) if day.weekday() < _SATURDAY])


def _within_week(
    reader: Reader, at: int, spans: tuple[DateSpan, ...], *, weekend: bool
) -> tuple[Day, int]:
    week_at = reader.skip(at, Kind.OF, Kind.IN, Kind.THE, Kind.ON)
    if reader.kind(week_at) in {Kind.THIS, Kind.NEXT} and reader.kind(week_at + 1) is Kind.WEEK:
        weeks = int(reader.kind(week_at) is Kind.NEXT)
        week = week_of(reader.today, weeks)
        return Day((_saturday_on(week),) if weekend else _working_days(week)), week_at + 2
    return Day(spans, plural=not weekend), at


def _saturday_on(week: DateSpan) -> DateSpan:
    return DateSpan(week.end and week.end - timedelta(days=2), week.end)


def _read_weekend(reader: Reader, at: int) -> DayAt:
    if reader.at(at).plural:
        days = [reader.today + timedelta(days=ahead) for ahead in range(HORIZON_DAYS)]
        return Day(join_days([d for d in days if d.weekday() >= _SATURDAY]), plural=True), at + 1
    span = _saturday_on(week_of(reader.today))
    day, end = _within_week(reader, at + 1, (span,), weekend=True)
    if reader.kind(end) is Kind.NEXT:
        return Day((_saturday_on(week_of(reader.today, 1)),)), end + 1
    return day, end


def _read_weekday(reader: Reader, at: int) -> DayAt:
    lexeme = reader.at(at)
    if lexeme.plural:
        days = [reader.today + timedelta(days=ahead) for ahead in range(HORIZON_DAYS)]
        spans = join_days([day for day in days if day.weekday() == lexeme.value])
        return Day(spans, weekday=lexeme.value, plural=True), at + 1
    coming = next_weekday(reader.today, lexeme.value)
    end = at + 1
    qualifier = reader.kind(end)
    week_at = end + 1
    is_next = qualifier is Kind.NEXT and not _opens_next_day(reader, week_at)
    if is_next or qualifier in {Kind.AFTER_NEXT, Kind.LAST}:
        return _qualified_weekday(reader, qualifier, lexeme.value), week_at
    in_week = _read_week_after(reader, end, lexeme.value)
    if in_week:
        return in_week
    numbered = _read_weekday_number(reader, end, lexeme.value, coming)
    if numbered:
        return numbered
    return _with_weeks(reader, Day((one_day(coming),), weekday=lexeme.value), end)


def _read_week_after(reader: Reader, at: int, weekday: int) -> DayAt:
    """Read the week of "wednesday of next week"."""
    week_at = reader.skip(at, Kind.OF, Kind.IN, Kind.THE, Kind.ON)
    qualifier = reader.kind(week_at)
    if qualifier not in _QUALIFIERS or reader.kind(week_at + 1) is not Kind.WEEK:
        return None
    weeks = _units(reader, qualifier, Kind.WEEK)
    found = weekday_in(weeks[0], weekday) if weeks else None
    return (Day((found,), exact=True, within=weeks[0]), week_at + 2) if found else None


def _opens_next_day(reader: Reader, at: int) -> bool:
    return reader.kind(at) in {Kind.WEEKDAY, Kind.WEEKEND, Kind.MONTH_UNIT, Kind.WEEK}


def _read_weekday_number(reader: Reader, at: int, weekday: int, coming: date) -> DayAt:
    number = reader.at(at)
    if number.kind is not Kind.NUMBER or number.spelt or len(number.text) > 2:  # noqa: PLR2004 - the digits of a day
        return None
    following = reader.kind(at + 1)
    if following is Kind.TO and reader.kind(at + 2) is Kind.PART:
        following = Kind.PART
    joins = {Kind.MERIDIEM, Kind.HOUR_MARK, Kind.COLON, Kind.DASH, Kind.TO, Kind.SLASH, Kind.DOT}
    if following in joins | {Kind.ISH, Kind.MONTH, Kind.ORDINAL_MARK, Kind.UNTIL, Kind.PAST}:
        return None
    if ends_as_something_else(reader, at + 1):
        return None
    for weeks in range(_SOON_DAYS // _WEEK):
        day = coming + timedelta(weeks=weeks)
        is_date = reader.language.dates_after_weekdays or number.value > _LAST_HOUR
        if day.day == number.value and (weeks == 0 or is_date):
            return Day((one_day(day),), weekday=weekday, exact=True), at + 1
    return None


def _with_weeks(reader: Reader, day: Day, at: int) -> DayAt:
    """Add what may follow a day: ``friday week``, ``tomorrow fortnight``."""
    unit_at, count = at, 1
    if reader.kind(at) is Kind.IN and reader.kind(at + 1) in _COUNTS:
        unit_at, count = at + 2, _count(reader, at + 1)
    unit = reader.kind(unit_at)
    days = count * _UNITS.get(unit, 0)
    if unit not in {Kind.WEEK, Kind.FORTNIGHT} and (unit_at == at or days % _WEEK):
        return day, at
    first = day.spans[0].first
    if days <= 0 or first is None or _opens_range(reader, unit_at):
        return day, at
    return Day((one_day(first + timedelta(days=days)),), exact=True), unit_at + 1


def _opens_range(reader: Reader, at: int) -> bool:
    """Return whether a week is the next expression's: ``lunes semana que viene``."""
    return reader.kind(at + 1) in {Kind.NEXT, Kind.AFTER_NEXT}


def _read_qualified(reader: Reader, at: int) -> DayAt:
    qualifier = reader.kind(at)
    noun = reader.at(at + 1)
    if qualifier not in _QUALIFIERS:
        return _read_unit_first(reader, at)
    if noun.kind is Kind.WEEKDAY:
        found = _qualified_weekday(reader, qualifier, noun.value)
        return found, at + 2
    if noun.kind in {Kind.WEEK, Kind.WEEKEND, Kind.MONTH_UNIT}:
        return Day(_units(reader, qualifier, noun.kind)), at + 2
    if noun.kind is Kind.DAY_UNIT and qualifier is Kind.NEXT and not noun.plural:
        return _shift(reader.today, 1), at + 2
    if noun.kind in {Kind.HOLIDAY, Kind.MONTH}:
        return _read_single(reader, at + 1) or read_date(reader, at + 1)
    return None


def _read_unit_first(reader: Reader, at: int) -> DayAt:
    """Read the order of Spanish and French: ``semana que viene``, ``semaine prochaine``."""
    unit, qualifier = reader.kind(at), reader.kind(at + 1)
    if unit not in {Kind.WEEK, Kind.WEEKEND, Kind.MONTH_UNIT}:
        return None
    if qualifier in {Kind.NEXT, Kind.AFTER_NEXT, Kind.LAST}:
        after = at + 2
        if not (unit is Kind.WEEK and reader.kind(after) is Kind.WEEK):
            return Day(_units(reader, qualifier, unit)), after
    return None


def _units(reader: Reader, qualifier: Kind, unit: Kind) -> tuple[DateSpan, ...]:
    if qualifier is Kind.LAST:
        return ()
    ahead = {Kind.THIS: 0, Kind.NEXT: 1, Kind.AFTER_NEXT: 2}[qualifier]
    if unit is Kind.MONTH_UNIT:
        return (month_of(reader.today, ahead),)
    is_coming = unit is Kind.WEEKEND and reader.language.next_weekday_is_coming
    if is_coming and qualifier is Kind.NEXT and reader.today.weekday() < _SATURDAY:
        ahead = 0
    week = week_of(reader.today, ahead)
    return (_saturday_on(week),) if unit is Kind.WEEKEND else (week,)


def _qualified_weekday(reader: Reader, qualifier: Kind, weekday: int) -> Day:
    if qualifier is Kind.LAST:
        return Day(())
    is_coming = qualifier is Kind.NEXT and reader.language.next_weekday_is_coming
    if is_coming:
        return Day((one_day(next_weekday(reader.today, weekday)),), exact=True)
    if qualifier is Kind.THIS:
        return Day((one_day(next_weekday(reader.today, weekday, inclusive=True)),), exact=True)
    week = week_of(reader.today, 1 if qualifier is Kind.NEXT else 2)
    found = weekday_in(week, weekday)
    return Day((found,) if found else (), exact=True)


def _read_edge(reader: Reader, at: int) -> DayAt:
    edge = reader.kind(at)
    if edge is Kind.WEEK_OF:
        day = read_date(reader, reader.skip(at + 1, Kind.THE, Kind.ON, Kind.WEEKDAY))
        first = day[0].spans[0].first if day else None
        return (Day((week_of(first),)), day[1]) if day and first else None
    if edge not in {Kind.START_OF, Kind.MIDDLE_OF, Kind.END_OF}:
        return None
    noun = reader.skip(at + 1, Kind.OF, Kind.THE, Kind.IN, Kind.ON, Kind.DASH)
    found = _read_qualified(reader, noun) or _read_bare_unit(reader, noun)
    if not found or not found[0].spans:
        return found
    span = found[0].spans[0]
    if span.first is None or span.end is None:
        return None
    length = (span.end - span.first).days
    if reader.at(at).value:
        first_days = DateSpan(span.first, span.first + timedelta(days=reader.at(at).value))
        return Day((first_days,)), found[1]
    return Day((_edge_of(edge, span.first, span.end, length),)), found[1]


def _edge_of(edge: Kind, first: date, end: date, length: int) -> DateSpan:
    if length == _WEEK:
        cuts = {Kind.START_OF: (0, 2), Kind.MIDDLE_OF: (2, 3), Kind.END_OF: (3, 5)}[edge]
        return DateSpan(first + timedelta(days=cuts[0]), first + timedelta(days=cuts[1]))
    third = timedelta(days=10 if length > _WEEK else 1)
    if edge is Kind.START_OF:
        return DateSpan(first, first + third)
    return (
        DateSpan(first + third, end - third)
        if edge is Kind.MIDDLE_OF
        else DateSpan(end - third, end)
    )


def _read_bare_unit(reader: Reader, at: int) -> DayAt:
    unit = reader.kind(at)
    if unit in {Kind.WEEK, Kind.WEEKEND, Kind.MONTH_UNIT}:
        return Day(_units(reader, Kind.THIS, unit)), at + 1
    return read_month(reader, at)


_SINGLE = {
    Kind.WEEKDAY: _read_weekday,
    Kind.WEEKDAYS: _read_working_days,
    Kind.WEEKEND: _read_weekend,
    Kind.EVERY_DAY: _read_every_day,
}


def _count(reader: Reader, at: int) -> int:
    lexeme = reader.at(at)
    if lexeme.kind is Kind.A:
        return 1
    return lexeme.value if lexeme.kind in _COUNTS and lexeme.value < _MOST_DAYS_AHEAD else -1


def _read_counted(reader: Reader, at: int) -> DayAt:
    """Read ``in two days``, ``three days from now``, ``the next 3 days``."""
    lead = reader.kind(at)
    if lead is Kind.NEXT_FEW or (lead is Kind.NEXT and reader.kind(at + 1) in _COUNTS):
        return _read_stretch(reader, at + 1)
    number = reader.skip(at, Kind.IN)
    is_uncounted = reader.kind(number) is Kind.FORTNIGHT and number > at
    count = 1 if is_uncounted else _count(reader, number)
    after = number + 2 - is_uncounted
    unit = reader.kind(after - 1)
    if count < 0 or unit not in _UNITS:
        return None
    days = count * _UNITS[unit]
    if reader.kind(after) in {Kind.AGO, Kind.FROM_NOW}:
        is_past = reader.kind(after) is Kind.AGO
        return Day(()) if is_past else _shift(reader.today, days), after + 1
    if reader.kind(after) is Kind.FROM and reader.kind(after + 1) is Kind.DAY:
        return _shift(reader.today, days + reader.at(after + 1).value), after + 2
    if number == at:
        return None
    return _read_weekday_then(reader, days, after) or (_shift(reader.today, days), after)


def _read_weekday_then(reader: Reader, days: int, after: int) -> DayAt:
    """Read the saturday of "in two weeks on saturday" and of "in two weeks, saturday"."""
    at = reader.skip(after, Kind.ON, Kind.THE, Kind.COMMA)
    named = reader.at(at)
    if days % _WEEK == 0 and named.kind is Kind.WEEKDAYS:
        return Day(_working_days(week_of(reader.today, days // _WEEK))), at + 1
    if days % _WEEK or named.kind is not Kind.WEEKDAY or named.plural:
        return None
    found = weekday_in(week_of(reader.today, days // _WEEK), named.value)
    return (Day((found,), exact=True), at + 1) if found else None


def _read_stretch(reader: Reader, at: int) -> DayAt:
    at = reader.skip(at, Kind.THE, Kind.NEXT)
    unit_at = reader.skip(at + 1, Kind.NEXT)
    count, unit = _count(reader, at), reader.kind(unit_at)
    if reader.kind(at) in {Kind.DAY_UNIT, Kind.WEEK}:
        count, unit, unit_at = _FEW if reader.at(at).plural else 1, reader.kind(at), at
    if count < 0 or unit not in _UNITS:
        return None
    today = reader.today
    return Day((DateSpan(today, today + timedelta(days=count * _UNITS[unit] + 1)),)), unit_at + 1


def _read_beside(reader: Reader, at: int) -> DayAt:
    """Read ``the day after christmas``, ``two days before the 5th``, ``friday before easter``."""
    unit_at = at + (reader.kind(at) in _COUNTS)
    unit, way = reader.kind(unit_at), reader.kind(unit_at + 1)
    if way not in {Kind.BEFORE, Kind.AFTER} or unit not in _BESIDE:
        return None
    found = read_date(reader, reader.skip(unit_at + 2, Kind.ON, Kind.THE)) or _read_single(
        reader, reader.skip(unit_at + 2, Kind.ON, Kind.THE)
    )
    first = found[0].spans[0].first if found and found[0].exact and found[0].spans else None
    if not found or first is None:
        return None
    count = _count(reader, at) if unit_at > at else 1
    if unit is Kind.WEEKDAY:
        day = _weekday_beside(first, reader.at(unit_at).value, is_before=way is Kind.BEFORE)
        return Day((one_day(day),), exact=True), found[1]
    days = timedelta(days=count if way is Kind.AFTER else -count)
    if unit is Kind.WEEK:
        week = DateSpan(first - timedelta(days=_WEEK), first)
        after = DateSpan(first + timedelta(days=1), first + timedelta(days=_WEEK + 1))
        return Day((week if way is Kind.BEFORE else after,)), found[1]
    return Day((one_day(first + days),), exact=True), found[1]


def _weekday_beside(day: date, weekday: int, *, is_before: bool) -> date:
    following = next_weekday(day, weekday)
    return next_weekday(day - timedelta(days=_WEEK + 1), weekday) if is_before else following


def _read_weeks_before(reader: Reader, at: int) -> DayAt:
    """Read ``a week on friday``, ``two weeks from tomorrow``, ``week on monday``."""
    has_count = reader.kind(at) in _COUNTS
    unit = at + has_count
    count = _count(reader, at) if has_count else 1
    if count < 0 or reader.kind(unit) not in {Kind.WEEK, Kind.FORTNIGHT}:
        return None
    joint = unit + 1
    is_joined = reader.kind(joint) in {Kind.ON, Kind.FROM}
    if not is_joined and not (has_count and reader.kind(joint) in {Kind.DAY, Kind.WEEKDAY}):
        return None
    found = _read_single(reader, reader.skip(joint + is_joined, Kind.ON, Kind.THE))
    if not found or not found[0].spans or found[0].spans[0].first is None:
        return None
    days = count * _UNITS[reader.kind(unit)]
    return Day((one_day(found[0].spans[0].first + timedelta(days=days)),), exact=True), found[1]
