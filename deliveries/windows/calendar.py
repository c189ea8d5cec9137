"""Days on the calendar, and the instants of local times on them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from deliveries.windows.conventions import DAY_MIN, HORIZON_DAYS

_THURSDAY = 3
_MONDAY = 0


class DateSpan(NamedTuple):
    """Days ``[first, end)``; ``None`` where it is open."""

    first: date | None
    end: date | None


def one_day(day: date) -> DateSpan:
    """Return the span of a single day."""
    return DateSpan(day, day + timedelta(days=1))


def overlap(one: DateSpan, other: DateSpan) -> DateSpan | None:
    """Return the days in both spans, or None."""
    firsts = [first for first in (one.first, other.first) if first]
    ends = [end for end in (one.end, other.end) if end]
    first = max(firsts) if firsts else None
    end = min(ends) if ends else None
    if first and end and first >= end:
        return None
    return DateSpan(first, end)


def instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, of a local time of day.

    A time that the clocks skip moves forward by what they skip; one that comes twice is the
    earlier.

    Args:
        day: The local day.
        minutes: Minutes after midnight on the clock face; 1440 is the next midnight.
        zone: The local zone.
    """
    day += timedelta(days=minutes // DAY_MIN)
    wall = datetime.combine(day, time(minutes % DAY_MIN // 60, minutes % 60), tzinfo=zone)
    return wall.astimezone(UTC)


def next_weekday(after: date, weekday: int, *, inclusive: bool = False) -> date:
    """Return the first such weekday after a day, or on it if ``inclusive``."""
    ahead = (weekday - after.weekday()) % 7
    return after + timedelta(days=ahead if ahead or inclusive else 7)


def week_of(day: date, weeks: int = 0) -> DateSpan:
    """Return the week, Monday to Sunday, that lies ``weeks`` after the day's."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return DateSpan(monday, monday + timedelta(weeks=1))


def weekday_in(span: DateSpan, weekday: int) -> DateSpan | None:
    """Return the first such weekday of a span, or None."""
    if span.first is None:
        return None
    day = next_weekday(span.first, weekday, inclusive=True)
    return one_day(day) if span.end is None or day < span.end else None


def horizon(today: date) -> DateSpan:
    """Return the days that repeated wishes look ahead."""
    return DateSpan(today, today + timedelta(days=HORIZON_DAYS))


def days_of(span: DateSpan) -> list[date]:
    """Return the days of a span that is open on neither side."""
    first, end = span
    if first is None or end is None:
        return []
    return [first + timedelta(days=ahead) for ahead in range((end - first).days)]


def join_days(days: list[date]) -> tuple[DateSpan, ...]:
    """Return spans for days in ascending order, neighbours joined."""
    spans: list[DateSpan] = []
    for day in days:
        if spans and spans[-1].end == day:
            spans[-1] = DateSpan(spans[-1].first, day + timedelta(days=1))
        else:
            spans.append(one_day(day))
    return tuple(spans)


def month_of(day: date, months: int = 0) -> DateSpan:
    """Return the month that lies ``months`` after the day's."""
    first = _month_start(day.year, day.month - 1 + months)
    return DateSpan(first, _month_start(first.year, first.month))


def _month_start(year: int, months: int) -> date:
    return date(year + months // 12, months % 12 + 1, 1)


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_date(today: date, month: int, day: int) -> date | None:
    """Return the next such date from today on, or None if there is none within eight years."""
    for year in range(today.year, today.year + 9):
        found = make_date(year, month, day)
        if found and found >= today:
            return found
    return None


def next_day_of_month(today: date, day: int) -> date | None:
    """Return the next day with this number from today on, or None for numbers like 32."""
    for months in range(3):
        first = month_of(today, months).first
        found = make_date(first.year, first.month, day) if first else None
        if found and found >= today:
            return found
    return None


def easter(year: int) -> date:
    """Return Easter Sunday (Meeus, Jones and Butcher's rule for the Gregorian calendar)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, remainder = divmod(of_century, 4)
    sunday = (32 + 2 * rest + 2 * quarter - moon - remainder) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = next_weekday(date(year, month, 1), weekday, inclusive=True)
    return first + timedelta(weeks=nth - 1)


def _last(year: int, month: int, weekday: int) -> date:
    end = month_of(date(year, month, 1)).end or date(year, month, 28)
    return next_weekday(end - timedelta(days=8), weekday)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


_HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new_year": _fixed(1, 1),
    "epiphany": _fixed(1, 6),
    "epiphany_eve": _fixed(1, 5),
    "martin_luther_king": lambda year: _nth(year, 1, _MONDAY, 3),
    "republic_day_in": _fixed(1, 26),
    "valentine": _fixed(2, 14),
    "presidents": lambda year: _nth(year, 2, _MONDAY, 3),
    "st_patrick": _fixed(3, 17),
    "shrove_monday": _from_easter(-48),
    "shrove_tuesday": _from_easter(-47),
    "ash_wednesday": _from_easter(-46),
    "palm_sunday": _from_easter(-7),
    "maundy_thursday": _from_easter(-3),
    "good_friday": _from_easter(-2),
    "easter_saturday": _from_easter(-1),
    "easter": easter,
    "easter_monday": _from_easter(1),
    "anzac": _fixed(4, 25),
    "labour": _fixed(5, 1),
    "labour_us": lambda year: _nth(year, 9, _MONDAY, 1),
    "ascension": _from_easter(39),
    "whit_sunday": _from_easter(49),
    "whit_monday": _from_easter(50),
    "corpus_christi": _from_easter(60),
    "victory_fr": _fixed(5, 8),
    "memorial": lambda year: _last(year, 5, _MONDAY),
    "st_john": _fixed(6, 24),
    "juneteenth": _fixed(6, 19),
    "independence_us": _fixed(7, 4),
    "bastille": _fixed(7, 14),
    "swiss_national": _fixed(8, 1),
    "assumption": _fixed(8, 15),
    "independence_in": _fixed(8, 15),
    "german_unity": _fixed(10, 3),
    "gandhi": _fixed(10, 2),
    "hispanic": _fixed(10, 12),
    "columbus": lambda year: _nth(year, 10, _MONDAY, 2),
    "austrian_national": _fixed(10, 26),
    "halloween": _fixed(10, 31),
    "all_saints": _fixed(11, 1),
    "all_souls": _fixed(11, 2),
    "guy_fawkes": _fixed(11, 5),
    "armistice": _fixed(11, 11),
    "st_andrew": _fixed(11, 30),
    "thanksgiving": lambda year: _nth(year, 11, _THURSDAY, 4),
    "black_friday": lambda year: _nth(year, 11, _THURSDAY, 4) + timedelta(days=1),
    "cyber_monday": lambda year: _nth(year, 11, _THURSDAY, 4) + timedelta(days=4),
    "st_nicholas": _fixed(12, 6),
    "constitution_es": _fixed(12, 6),
    "immaculate": _fixed(12, 8),
    "christmas_eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "boxing": _fixed(12, 26),
    "new_years_eve": _fixed(12, 31),
}
HOLIDAY_NAMES = frozenset(_HOLIDAYS)


def next_holiday(today: date, name: str) -> date:
    """Return the next day of that name, today included."""
    this_year = _HOLIDAYS[name](today.year)
    return this_year if this_year >= today else _HOLIDAYS[name](today.year + 1)
