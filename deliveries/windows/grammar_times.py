"""Reads times of day: parts, points, and stretches such as ``2-4`` or ``after half five``."""

from deliveries.windows.conventions import DAY_MIN, HABITS, LATEST_BARE_MIN, NOON_MIN, PARTS
from deliveries.windows.grammar_clock import read_clock
from deliveries.windows.grammar_dates import ends_as_something_else
from deliveries.windows.hours import is_working_range
from deliveries.windows.lexemes import CLAUSE_ENDS, Kind
from deliveries.windows.pieces import Clock, Delay, Reader, Shape, Time

type TimeAt = tuple[Time, int] | None

_BOUNDS = {
    Kind.AFTER: Shape.FROM,
    Kind.FROM: Shape.FROM,
    Kind.PAST: Shape.FROM,
    Kind.BEFORE: Shape.UNTIL,
    Kind.BY: Shape.UNTIL,
    Kind.UNTIL: Shape.UNTIL,
}
_TO = frozenset({Kind.TO, Kind.DASH, Kind.UNTIL})
_MOST_HOURS = 24 * 7
_LED_TO = _TO | {Kind.AND}
_LATE_ENDS = frozenset({"end_of_day", "daytime", "working_hours"})
_TIME_STARTS = frozenset(
    {
        Kind.NUMBER,
        Kind.NOON,
        Kind.MIDNIGHT,
        Kind.HALF,
        Kind.QUARTER,
        Kind.PART,
        Kind.WEEKDAY,
        Kind.THE,
    }
)
_DAYS = frozenset({Kind.DAY, Kind.WEEKDAY, Kind.PART})
_LED_DAYS = frozenset({Kind.DAY, Kind.WEEKDAY})
_LIST_MARKS = frozenset({Kind.OR, Kind.SLASH, Kind.COMMA})
_LONGEST_LIST = 6
_NUMERIC = frozenset({Kind.NUMBER, Kind.DASH, Kind.SLASH})


def read_time(reader: Reader, at: int, *, is_licensed: bool) -> TimeAt:
    """Return the time of day that starts here and the position after it, or None.

    Args:
        reader: The message.
        at: Where to start.
        is_licensed: Whether a day or part of the day stands right before, so that a bare number
            is an hour ("friday 5").
    """
    lead = reader.kind(at)
    if lead is Kind.BETWEEN:
        return _read_range(reader, reader.skip(at + 1, Kind.AT, Kind.THE), is_led=True)
    if lead in _BOUNDS:
        return _read_bound(reader, at)
    if lead in {Kind.AT, Kind.AROUND, Kind.ON, Kind.IN, Kind.THE}:
        return _read_led(reader, at)
    is_leading = reader.kind(at - 1) in CLAUSE_ENDS and reader.kind(at + 1) in _LED_DAYS
    if lead is Kind.MERIDIEM and (is_licensed or is_leading):
        name = "afternoon" if reader.at(at).value else "morning"
        return Time(Shape.PART, part=name), at + 1
    return (
        _read_word(reader, at)
        or _read_range(reader, at, is_led=is_licensed)
        or _read_point(reader, at, is_led=is_licensed, is_around=False)
    )


def read_delay(reader: Reader, at: int) -> tuple[Delay, int] | None:
    """Return a stretch counted in hours from now: ``in 2 hours``, ``within the hour``."""
    lead = reader.kind(at)
    if lead not in {Kind.IN, Kind.NEXT_FEW}:
        return None
    number = reader.skip(at + 1, Kind.THE, Kind.ON, Kind.NEXT, Kind.AROUND, Kind.ISH)
    is_stretch = lead is Kind.NEXT_FEW or reader.kind(number - 1) is Kind.NEXT
    lexeme = reader.at(number)
    if lexeme.kind is Kind.HOUR_UNIT and is_stretch:
        return Delay(0, 60 * (2 if lexeme.plural else 1)), number + 1
    if lexeme.kind not in {Kind.NUMBER, Kind.A, Kind.COUPLE}:
        return None
    hours = 1 if lexeme.kind is Kind.A else lexeme.value
    is_hours = reader.kind(number + 1) in {Kind.HOUR_UNIT, Kind.HOUR_MARK}
    if not is_hours or not 0 < hours <= _MOST_HOURS or reader.kind(number + 2) is Kind.NUMBER:
        return None
    minutes = hours * 60
    return (Delay(0, minutes) if is_stretch else Delay(minutes, minutes + 60)), number + 2


def _read_word(reader: Reader, at: int) -> TimeAt:
    lexeme = reader.at(at)
    end = at + 1
    if lexeme.kind is Kind.PART:
        return Time(Shape.PART, part=lexeme.name, plural=lexeme.plural), end
    if lexeme.kind is Kind.ALL_DAY:
        return Time(Shape.ALL_DAY), end
    if lexeme.kind is Kind.HABIT_FROM:
        begun, after = _read_habit_hour(reader, lexeme.name, end)
        return Time(Shape.FROM, start=begun), after
    if lexeme.kind is Kind.HABIT_UNTIL:
        clock, after = _read_habit_hour(reader, lexeme.name, end)
        return Time(Shape.UNTIL, end=clock), after
    return None


def _read_habit_hour(reader: Reader, habit: str, end: int) -> tuple[Clock, int]:
    """Read the hour of "home from work at half 6", or else the habit's own."""
    named = read_clock(reader, end + 1) if reader.kind(end) is Kind.AT else None
    return named or (_exactly(HABITS[habit]), end)


def _exactly(minutes: int) -> Clock:
    return Clock(minutes, sure=True, marked=True)


def _read_bound(reader: Reader, at: int) -> TimeAt:
    shape = _BOUNDS[reader.kind(at)]
    is_from = reader.kind(at) is Kind.FROM
    inner = reader.skip(at + 1, Kind.AT, Kind.AROUND, Kind.THE, Kind.BY, Kind.ON)
    if reader.kind(inner) in {Kind.AFTER, Kind.BEFORE}:
        shape = _BOUNDS[reader.kind(inner)]
        inner += 1
    stretch = _read_range(reader, inner, is_led=True) if is_from else None
    if stretch:
        return stretch
    part = reader.at(inner)
    if part.kind is Kind.PART:
        return _bounded_part(reader.kind(at), shape, part.name), inner + 1
    found = read_clock(reader, inner)
    if not found or not _stands_free(reader, inner, found[1], found[0]):
        return None
    end = reader.skip(found[1], Kind.ISH, Kind.ONWARDS)
    return _bounded(shape, found[0]), end


def _bounded(shape: Shape, clock: Clock) -> Time:
    return Time(shape, start=clock) if shape is Shape.FROM else Time(shape, end=clock)


def _bounded_part(bound: Kind, shape: Shape, name: str) -> Time:
    start, end = PARTS[name]
    if bound is Kind.AFTER:
        return Time(shape, start=_exactly(end))
    if bound is Kind.FROM:
        return Time(shape, start=_exactly(start))
    return Time(shape, end=_exactly(end if name in _LATE_ENDS else start))


def _read_led(reader: Reader, at: int) -> TimeAt:
    """Read what a preposition leads: ``at 5``, ``around lunchtime``, ``in the morning``."""
    inner = reader.skip(at, Kind.AT, Kind.AROUND, Kind.ON, Kind.IN, Kind.THE)
    leads = {reader.kind(lead) for lead in range(at, inner)}
    word = _read_word(reader, inner)
    if word:
        return word
    if not leads & {Kind.AT, Kind.AROUND}:
        return None
    is_around = Kind.AROUND in leads
    return _read_range(reader, inner, is_led=True) or _read_point(
        reader, inner, is_led=True, is_around=is_around
    )


def _read_range(reader: Reader, at: int, *, is_led: bool) -> TimeAt:
    start = read_clock(reader, at)
    if not start:
        return None
    joint = start[1]
    if reader.kind(joint) not in (_LED_TO if is_led else _TO) and not _joins_marks(reader, joint):
        return None
    second_at = reader.skip(joint + 1, Kind.AT, Kind.AROUND, Kind.THE)
    end = read_clock(reader, second_at)
    if not end or not _stands_free(reader, at, end[1], end[0]):
        return None
    is_marked = start[0].marked or end[0].marked
    if (
        not is_led
        and not is_marked
        and not _is_plain_range(reader, at, second_at, start[0], end[0])
    ):
        return None
    after = reader.skip(end[1], Kind.ISH)
    return Time(Shape.RANGE, start=start[0], end=end[0]), after


def _joins_marks(reader: Reader, joint: int) -> bool:
    """Return whether a slash joins two marked hours: ``14h/16h``."""
    is_slash = reader.kind(joint) is Kind.SLASH and reader.kind(joint - 1) is Kind.HOUR_MARK
    return is_slash and reader.kind(joint + 2) is Kind.HOUR_MARK


def _is_plain_range(reader: Reader, at: int, second_at: int, start: Clock, end: Clock) -> bool:
    """Return whether two bare numbers look like hours that a driver works."""
    digits = {len(reader.at(at).text), len(reader.at(second_at).text)}
    is_mixed = max(digits) > 2 and min(digits) <= 2  # noqa: PLR2004 - the digits of an hour
    if reader.kind(at - 1) in _NUMERIC or is_mixed:
        return False
    return is_working_range(start, end)


def _read_point(reader: Reader, at: int, *, is_led: bool, is_around: bool) -> TimeAt:
    found = read_clock(reader, at)
    if not found:
        return None
    clock, end = found
    before_ish = reader.skip(end, Kind.DASH) if reader.at(end).glued else end
    is_ish = reader.kind(before_ish) is Kind.ISH
    end = before_ish + 1 if is_ish else end
    open_side = _read_open_side(reader, end)
    is_beside = reader.kind(at + 1) is Kind.DOT and end > at + 1 and reader.kind(end) in _DAYS
    if not (clock.marked or is_ish or is_led or is_beside or open_side):
        return _read_listed(reader, clock, end)
    is_round_the_clock = clock.minutes == DAY_MIN and reader.kind(at) is Kind.NUMBER and not is_led
    if is_round_the_clock or not (is_ish or _stands_free(reader, at, end, clock)):
        return None
    if clock.minutes >= LATEST_BARE_MIN and not clock.marked and not is_around:
        return None
    if open_side:
        return _bounded(open_side[0], clock), open_side[1]
    return Time(Shape.POINT, start=clock, around=is_around or is_ish), end


def _read_open_side(reader: Reader, at: int) -> tuple[Shape, int] | None:
    """Read what leaves a time open: ``onwards``, ``or later``, ``or before``, ``spätestens``."""
    if reader.kind(at) is Kind.BY and reader.kind(at + 1) in {Kind.END, Kind.DOT, Kind.COMMA}:
        return Shape.UNTIL, at + 1
    at += reader.kind(at) is Kind.COMMA and reader.kind(at + 1) is Kind.ONWARDS
    joint = at + 1 if reader.kind(at) in {Kind.OR, Kind.AND} else at
    kind = reader.kind(joint)
    is_plus = kind is Kind.PLUS and reader.kind(joint + 1) not in _TIME_STARTS
    if kind is Kind.ONWARDS or is_plus:
        return Shape.FROM, joint + 1
    if kind is Kind.EARLIER:
        return Shape.UNTIL, joint + 1
    is_alone = joint > at and reader.kind(joint + 1) not in _TIME_STARTS
    if is_alone and kind in {Kind.AFTER, Kind.BEFORE}:
        return _BOUNDS[kind], joint + 1
    return None


def _read_listed(reader: Reader, clock: Clock, end: int) -> TimeAt:
    """Read the 3 of ``3 or 4pm`` and ``3 or 4 on friday``: it shares the mark of what follows."""
    joint = end
    other = None
    while not other and reader.kind(joint) in _LIST_MARKS and joint < end + _LONGEST_LIST:
        following = read_clock(reader, joint + 1)
        if not following or clock.sure:
            return None
        joint = following[1]
        other = following if reader.kind(joint) is not Kind.OR else None
    if not other or reader.kind(other[1] - 1) in _LIST_MARKS:
        return None
    is_marked = other[0].sure and other[0].marked
    is_beside_day = reader.kind(reader.skip(other[1], Kind.ON)) in {Kind.DAY, Kind.WEEKDAY}
    if reader.kind(end) is Kind.COMMA and not is_marked:
        return None
    if not (is_marked or (is_beside_day and clock.minutes <= NOON_MIN)):
        return None
    if not is_marked or reader.kind(other[1] - 1) is not Kind.MERIDIEM:
        return Time(Shape.POINT, start=clock._replace(marked=True)), end
    is_afternoon = other[0].minutes >= NOON_MIN
    minutes = clock.minutes % NOON_MIN + (NOON_MIN if is_afternoon else 0)
    return Time(Shape.POINT, start=Clock(minutes % DAY_MIN, sure=True, marked=True)), end


def _stands_free(reader: Reader, at: int, end: int, clock: Clock) -> bool:
    """Return whether a number is no part of something longer: a phone number, an address."""
    following = reader.at(end)
    if clock.marked:
        return following.kind is not Kind.THINGS
    if ends_as_something_else(reader, end):
        return False
    if following.kind is Kind.NUMBER and not following.spelt:
        return False
    if following.kind is Kind.DASH and reader.kind(end + 1) is Kind.NUMBER:
        return False
    return not (reader.at(at).glued and reader.kind(at - 1) in {Kind.PLUS, Kind.HASH})
