"""Reads a single time of day: ``5``, ``5pm``, ``14h30``, ``half past five``, ``noon``."""

from deliveries.windows.conventions import DAY_MIN, LATE_PARTS, MORNING_PARTS, NOON_MIN
from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.pieces import Clock, Reader

type ClockAt = tuple[Clock, int] | None

_HOUR_MIN = 60
_TWELVE = 12
_MIDNIGHT_HOUR = 24
_HALF_MIN = 30
_QUARTER_MIN = 15
_TWO_DIGITS = 2
_COMPACT_DIGITS = 4
_SHORT_COMPACT_DIGITS = 3
_SPELT_MINUTES = frozenset({10, 20})
_LATE_MINUTES = frozenset({20, 25})
_COUNTED_MINUTES = frozenset({5, 10, 20, 25})
_LEADS = frozenset({Kind.OF, Kind.FROM, Kind.BETWEEN})
_SEPARATORS = frozenset({Kind.COLON, Kind.DOT})


def read_clock(reader: Reader, at: int) -> ClockAt:
    """Return the time of day that starts here and the position after it, or None."""
    found = _read_face(reader, at)
    if not found:
        return None
    clock, end = found
    suffix = reader.at(end)
    if suffix.kind is Kind.MINUTE_SUFFIX:
        clock = clock._replace(minutes=(clock.minutes + suffix.value) % DAY_MIN, marked=True)
        end += 1
    return _read_meridiem(reader, clock, end)


def _read_meridiem(reader: Reader, clock: Clock, end: int) -> ClockAt:
    meridiem = reader.at(end)
    if meridiem.kind is Kind.PART and meridiem.value and not clock.sure:
        return _in_part(clock, meridiem.name), end + 1
    if meridiem.kind is not Kind.MERIDIEM:
        return clock, end
    if clock.minutes >= NOON_MIN + _HOUR_MIN:
        return clock._replace(sure=True, marked=True), end + 1
    minutes = clock.minutes % NOON_MIN + meridiem.value * _HOUR_MIN
    return Clock(minutes or DAY_MIN, sure=True, marked=True), end + 1


def _in_part(clock: Clock, part: str) -> Clock:
    """Return the hour of "3 de la tarde", where a part of the day stands for am or pm."""
    if part in MORNING_PARTS:
        return Clock(clock.minutes, sure=True, marked=True)
    is_midnight = part in LATE_PARTS and clock.minutes // _HOUR_MIN == _TWELVE
    minutes = clock.minutes % NOON_MIN + (DAY_MIN if is_midnight else NOON_MIN)
    return Clock(minutes, sure=True, marked=True)


def _read_face(reader: Reader, at: int) -> ClockAt:
    kind = reader.kind(at)
    if kind is Kind.NOON:
        return Clock(NOON_MIN, sure=True, marked=True), at + 1
    if kind is Kind.MIDNIGHT:
        return Clock(DAY_MIN, sure=True, marked=True), at + 1
    if kind is Kind.HALF:
        return _read_half(reader, at + 1)
    if kind is Kind.QUARTER:
        return _read_quarter(reader, at)
    if kind is Kind.NUMBER:
        return _read_number(reader, at)
    return None


def _read_quarter(reader: Reader, at: int) -> ClockAt:
    """Read ``quarter past 5``, and the ``viertel fünf`` (4:15) of half-before languages."""
    minutes = reader.at(at).value or _QUARTER_MIN
    hour = _read_hour(reader, at + 1) if reader.language.half_before else None
    if hour:
        total = (hour[0] - 1) * _HOUR_MIN + minutes
        return Clock(total % DAY_MIN, sure=hour[0] > _TWELVE, marked=True), hour[1]
    return _read_shift(reader, at + 1, minutes)


def _read_half(reader: Reader, at: int) -> ClockAt:
    has_past = reader.kind(at) in {Kind.PAST, Kind.AFTER}
    hour = _read_hour(reader, at + has_past)
    if not hour:
        return None
    minutes = hour[0] * _HOUR_MIN + _HALF_MIN
    if reader.language.half_before and not has_past:
        minutes -= _HOUR_MIN
    return Clock(minutes % DAY_MIN, sure=hour[0] > _TWELVE, marked=True), hour[1]


def _read_shift(reader: Reader, at: int, minutes: int) -> ClockAt:
    way = reader.kind(at)
    if way is Kind.HALF and reader.language.half_before:
        return None
    if way in {Kind.PAST, Kind.AFTER}:
        shift = minutes
    elif way in {Kind.TO_HOUR, Kind.TO, Kind.BEFORE}:
        shift = -minutes
    else:
        return None
    hour = _read_hour(reader, at + 1)
    if not hour:
        return None
    total = (hour[0] * _HOUR_MIN + shift) % DAY_MIN
    return Clock(total, sure=hour[0] > _TWELVE, marked=True), hour[1]


def _read_hour(reader: Reader, at: int) -> tuple[int, int] | None:
    lexeme = reader.at(at)
    if lexeme.kind is Kind.NOON:
        return _TWELVE, at + 1
    if lexeme.kind is Kind.NUMBER and 1 <= lexeme.value <= _MIDNIGHT_HOUR:
        return lexeme.value, at + 1 + (reader.kind(at + 1) is Kind.HOUR_MARK)
    return None


def _read_number(reader: Reader, at: int) -> ClockAt:
    lexeme = reader.at(at)
    if lexeme.glued and reader.kind(at - 1) is Kind.OTHER:
        return None
    if lexeme.value > _MIDNIGHT_HOUR or len(lexeme.text) >= _SHORT_COMPACT_DIGITS:
        return _read_compact(reader, lexeme, at) or _read_minutes_past(reader, lexeme, at)
    if lexeme.value < 0:
        return None
    return (
        _read_minutes(reader, lexeme, at)
        or _read_minutes_past(reader, lexeme, at)
        or _read_marked_hour(reader, lexeme, at)
    )


def _read_compact(reader: Reader, lexeme: Lexeme, at: int) -> ClockAt:
    hour, minute = divmod(lexeme.value, 100)
    if hour > _MIDNIGHT_HOUR or minute >= _HOUR_MIN:
        return None
    meridiem = reader.kind(at + 1) is Kind.MERIDIEM
    mark = reader.kind(at + 1) is Kind.HOUR_MARK
    if len(lexeme.text) == _SHORT_COMPACT_DIGITS and not (meridiem or mark):
        return None
    if len(lexeme.text) not in {_SHORT_COMPACT_DIGITS, _COMPACT_DIGITS}:
        return None
    return Clock(hour * _HOUR_MIN + minute, sure=True, marked=meridiem or mark), at + 1 + mark


def _read_minutes(reader: Reader, hour: Lexeme, at: int) -> ClockAt:
    separator, minute = reader.at(at + 1), reader.at(at + 2)
    if minute.kind is not Kind.NUMBER or len(minute.text) != _TWO_DIGITS or hour.spelt:
        return None
    if minute.value >= _HOUR_MIN:
        return None
    if separator.kind in _SEPARATORS:
        if not (separator.glued and minute.glued):
            return None
    elif separator.kind is not Kind.HOUR_MARK:
        return None
    if reader.kind(at + 3) in {Kind.DOT, Kind.COLON} and reader.kind(at + 4) is Kind.NUMBER:
        return None
    end = at + 3 + (reader.kind(at + 3) is Kind.HOUR_MARK)
    marked = separator.kind is not Kind.DOT or end > at + 3
    return Clock(hour.value * _HOUR_MIN + minute.value, _is_sure(hour), marked), end


def _is_sure(hour: Lexeme) -> bool:
    return hour.value > _TWELVE or hour.value == 0 or hour.text.startswith("0")


def _read_minutes_past(reader: Reader, lexeme: Lexeme, at: int) -> ClockAt:
    if not 0 < lexeme.value < _HOUR_MIN:
        return None
    way = reader.skip(at + 1, Kind.THINGS) if reader.kind(at + 2) is Kind.PAST else at + 1
    past = reader.at(way)
    is_spelt = lexeme.spelt and lexeme.value in _SPELT_MINUTES
    is_late = lexeme.value in _LATE_MINUTES and 0 < reader.at(way + 1).value <= _TWELVE
    is_spelt_to = past.kind is Kind.TO and (is_spelt or is_late)
    is_spelt_to = is_spelt_to and reader.kind(at - 1) not in _LEADS
    is_counted = (
        reader.language.half_before
        and past.kind in {Kind.AFTER, Kind.BEFORE}
        and lexeme.value in _COUNTED_MINUTES
    )
    if past.kind not in {Kind.PAST, Kind.TO_HOUR} and not (is_spelt_to or is_counted):
        return None
    if reader.kind(way + 1) is Kind.HALF and reader.language.half_before:
        half = _read_half(reader, way + 2)
        shift = lexeme.value if past.kind in {Kind.PAST, Kind.AFTER} else -lexeme.value
        return half and (half[0]._replace(minutes=half[0].minutes + shift), half[1])
    return _read_shift(reader, way, lexeme.value)


def _read_marked_hour(reader: Reader, lexeme: Lexeme, at: int) -> ClockAt:
    marked = reader.kind(at + 1) is Kind.HOUR_MARK
    clock = Clock(lexeme.value * _HOUR_MIN, sure=_is_sure(lexeme), marked=marked)
    return clock, at + 1 + marked
