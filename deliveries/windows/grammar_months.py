"""Reads weekdays by their place in the month: ``the last friday of the month``."""

from datetime import date, timedelta

from deliveries.windows.calendar import (
    DateSpan,
    days_of,
    month_of,
    next_date,
    next_day_of_month,
    one_day,
)
from deliveries.windows.grammar_dates import DayAt
from deliveries.windows.lexemes import Kind
from deliveries.windows.pieces import Day, Reader

_MOST = 5


def read_nth_weekday(reader: Reader, at: int) -> DayAt:
    """Return "the first monday in december" and the position after it, or None."""
    lead, weekday = reader.at(at), reader.at(at + 1)
    if lead.kind not in {Kind.NTH, Kind.ORDINAL, Kind.LAST} or weekday.kind is not Kind.WEEKDAY:
        return None
    place = -1 if lead.kind is Kind.LAST else lead.value - 1
    found = _read_month(reader, reader.skip(at + 2, Kind.OF, Kind.IN, Kind.THE, Kind.ON, Kind.FROM))
    if not found or place >= _MOST:
        return None
    months, end = found
    for month in months:
        days = [day for day in days_of(month) if day.weekday() == weekday.value]
        day = days[place] if place < len(days) else None
        if day and day >= reader.today:
            return Day((one_day(day),), exact=True), end
    return None


def read_edge_day(reader: Reader, at: int) -> DayAt:
    """Return "the last day of the month" or its first, and the position after it, or None."""
    if reader.kind(at) is Kind.NTH and reader.at(at).value == 1:
        return _read_first_day(reader, at + 1)
    if reader.kind(at) is not Kind.LAST or reader.kind(at + 1) is not Kind.DAY_UNIT:
        return None
    found = _read_month(reader, reader.skip(at + 2, Kind.OF, Kind.IN, Kind.THE, Kind.ON, Kind.FROM))
    end = found[0][0].end if found else None
    return (
        (Day((one_day(end - timedelta(days=1)),), exact=True), found[1]) if found and end else None
    )


def _read_first_day(reader: Reader, at: int) -> DayAt:
    unit = reader.skip(at, Kind.OF, Kind.IN, Kind.THE, Kind.ON, Kind.FROM)
    if reader.kind(unit) is not Kind.MONTH_UNIT or unit == at:
        return None
    first = next_day_of_month(reader.today, 1)
    return (Day((one_day(first),), exact=True), unit + 1) if first else None


def _read_month(reader: Reader, at: int) -> tuple[list[DateSpan], int] | None:
    """Return the months that may be meant, in the order of time."""
    kind, following = reader.kind(at), reader.kind(at + 1)
    if kind is Kind.MONTH:
        first: date | None = next_date(reader.today.replace(day=1), reader.at(at).value, 1)
        return ([month_of(first), month_of(first, 12)], at + 1) if first else None
    if kind is Kind.MONTH_UNIT:
        ahead = int(following is Kind.NEXT)
        return [month_of(reader.today, ahead), month_of(reader.today, 1)], at + 1 + ahead
    if kind in {Kind.THIS, Kind.NEXT} and following is Kind.MONTH_UNIT:
        return [month_of(reader.today, int(kind is Kind.NEXT))], at + 2
    return None
