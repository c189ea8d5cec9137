"""Settles which half of the day an hour is in, and joins the times said of one day."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from deliveries.windows.conventions import (
    ANY_HALF_PARTS,
    AROUND_MIN,
    BARRED_PARTS,
    DAY_MIN,
    FIRST_MORNING_HOUR,
    FIRST_WORKING_MIN,
    LAST_SHIFTED_MIN,
    LAST_WORKING_MIN,
    LATE_PARTS,
    MORNING_PARTS,
    NOON_MIN,
    PARTS,
    POINT_MIN,
)
from deliveries.windows.pieces import Clock, Shape, Time

_HOUR_MIN = 60


class Stretch(NamedTuple):
    """Minutes ``[start, end)`` of a day. ``is_point``: a single time, an hour on any clock."""

    start: int
    end: int
    is_point: bool = False


class Setting(NamedTuple):
    """What decides a bare hour: the language's habit, and how much of today has passed."""

    afternoon_below: int = FIRST_MORNING_HOUR
    passed_min: int = 0


def join(times: Sequence[Time], setting: Setting, *, is_barred: bool = False) -> list[Stretch]:
    """Return the stretches that times said of one day come to.

    Parts decide the half of the day of hours beside them; bounds and parts narrow each other.

    Args:
        times: What was said, e.g. "evening" and "after 6".
        setting: How bare hours are read.
        is_barred: Whether the times are excluded, so that "morning" starts at midnight.
    """
    parts = [time for time in times if time.shape is Shape.PART]
    clocks = [time for time in times if time.shape not in {Shape.PART, Shape.ALL_DAY}]
    if not clocks:
        table = PARTS | BARRED_PARTS if is_barred else PARTS
        return [Stretch(*table[part.part]) for part in parts] or [Stretch(0, DAY_MIN)]
    hint = parts[0].part if parts else ""
    merged = _merge_bounds(clocks)
    stretches = [_settle_time(clock, hint, setting) for clock in merged]
    if is_barred:
        return stretches
    return [_narrow(stretch, clock, hint) for stretch, clock in zip(stretches, merged, strict=True)]


def _merge_bounds(clocks: list[Time]) -> list[Time]:
    if [clock.shape for clock in clocks] == [Shape.FROM, Shape.UNTIL]:
        return [Time(Shape.RANGE, start=clocks[0].start, end=clocks[1].end)]
    if [clock.shape for clock in clocks] == [Shape.UNTIL, Shape.FROM]:
        return [Time(Shape.RANGE, start=clocks[1].start, end=clocks[0].end)]
    return clocks


def _narrow(stretch: Stretch, time: Time, hint: str) -> Stretch:
    if not hint or time.shape in {Shape.POINT, Shape.RANGE}:
        return stretch
    start, end = PARTS[hint]
    if time.shape is Shape.UNTIL and start < stretch.end:
        return Stretch(start, stretch.end)
    if time.shape is Shape.FROM and stretch.start < end and hint not in LATE_PARTS:
        return Stretch(stretch.start, end)
    return stretch


def _settle_time(time: Time, hint: str, setting: Setting) -> Stretch:
    if time.start and time.end:
        return _settle_range(time.start, time.end, hint, setting)
    if time.shape is Shape.FROM and time.start:
        return Stretch(_settle(time.start, hint, setting), DAY_MIN)
    if time.end:
        return Stretch(0, _settle(time.end, hint, setting))
    start = _settle(time.start, hint, setting) if time.start else 0
    if time.around:
        return Stretch(max(start - AROUND_MIN, 0), start + AROUND_MIN)
    return Stretch(start, start + POINT_MIN, is_point=True)


def _halves(clock: Clock) -> tuple[int, ...]:
    if clock.sure or clock.minutes >= NOON_MIN + _HOUR_MIN:
        return (clock.minutes,)
    morning = clock.minutes % NOON_MIN
    return (morning, morning + NOON_MIN)


def _settle(clock: Clock, hint: str, setting: Setting) -> int:
    halves = _halves(clock)
    if len(halves) == 1:
        return halves[0]
    morning, afternoon = halves
    if hint and hint not in ANY_HALF_PARTS:
        is_morning = hint in MORNING_PARTS and clock.minutes < NOON_MIN
        return morning if is_morning else afternoon
    if morning < setting.afternoon_below * _HOUR_MIN:
        return afternoon
    has_passed = morning <= setting.passed_min < afternoon <= LAST_SHIFTED_MIN
    return afternoon if has_passed else morning


def _settle_range(start: Clock, end: Clock, hint: str, setting: Setting) -> Stretch:
    pairs = [(s, e) for s in _halves(start) for e in _halves(end) if s < e]
    if not pairs:
        return Stretch(*_crossing(start, end, hint, setting))
    if start.sure:
        return Stretch(*min(pairs, key=lambda pair: pair[1]))
    if end.sure:
        return Stretch(*max(pairs, key=lambda pair: pair[0]))
    first = _settle(start, hint, setting._replace(afternoon_below=FIRST_WORKING_MIN // _HOUR_MIN))
    if hint and hint not in ANY_HALF_PARTS:
        hinted = [pair for pair in pairs if pair[0] == first]
        return Stretch(*min(hinted or pairs, key=_length))
    working = [pair for pair in pairs if _is_worked(pair)]
    settled = [pair for pair in working if pair[0] == first and pair[0] >= setting.passed_min]
    ahead = [pair for pair in working if pair[1] > setting.passed_min]
    return Stretch(*min(settled or ahead or working or pairs, key=_length))


def _crossing(start: Clock, end: Clock, hint: str, setting: Setting) -> tuple[int, int]:
    """Return a stretch for hours in no order: it ends at midnight."""
    del end
    return _settle(start, hint, setting), DAY_MIN


def _length(pair: tuple[int, int]) -> int:
    return pair[1] - pair[0]


def _is_worked(pair: tuple[int, int]) -> bool:
    return pair[0] >= FIRST_WORKING_MIN and pair[1] <= LAST_WORKING_MIN + _HOUR_MIN


def is_working_range(start: Clock, end: Clock) -> bool:
    """Return whether some reading of two hours lies within a driver's day."""
    return any(_is_worked(pair) for pair in _pairs(start, end))


def _pairs(start: Clock, end: Clock) -> Iterable[tuple[int, int]]:
    return ((s, e) for s in _halves(start) for e in _halves(end) if s < e)
