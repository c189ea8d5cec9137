"""Puts days and times that belong together into entries: one entry, one alternative."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from deliveries.windows.calendar import DateSpan, days_of, join_days, overlap, weekday_in
from deliveries.windows.conventions import PARTS, POINT_MIN
from deliveries.windows.lexemes import Kind
from deliveries.windows.pieces import Day, Delay, Mark, Piece, Shape, Time

_CLOCKS = frozenset({Shape.POINT, Shape.RANGE, Shape.FROM, Shape.UNTIL})
_LOOSE = frozenset({None, Kind.COMMA, Kind.GOOD})
_FRESH = frozenset({Kind.GOOD, Kind.ELSE})
_BOUNDS = frozenset({Shape.FROM, Shape.UNTIL})


@dataclass
class Entry:
    """A day with the times said of it; either may be missing.

    ``joint`` is how it hangs on the entry before: ``OR``, ``AND``, ``COMMA``, ``GOOD`` or ``ELSE``
    ("friday works or saturday after 5": the time is Saturday's alone) or, for a fresh start, None.
    """

    day: Day | None = None
    times: list[Time] = field(default_factory=list)
    delay: Delay | None = None
    is_time_first: bool = False
    joint: Kind | None = None

    def says(self, other: "Entry") -> bool:
        """Return whether another entry says the same."""
        return (self.day, self.times, self.delay) == (other.day, other.times, other.delay)


def compose(pieces: Sequence[Piece]) -> list[Entry]:
    """Return the entries of pieces that are all wishes, or all exclusions."""
    entries: list[Entry] = []
    joint: Kind | None = None
    for piece in pieces:
        if isinstance(piece, Mark):
            joint = _stronger(joint, piece.kind)
            continue
        _place(entries, piece, joint)
        joint = None
    _merge_bounds(entries)
    _share_weeks(entries)
    _share_times_backwards(entries)
    _share_times_forwards(entries)
    _spread_alternatives(entries)
    _share_days(entries)
    return entries


def _merge_bounds(entries: list[Entry]) -> None:
    """Drop a bound that says again, or says better, what the day's time before it says.

    "After school on thursday, 3.15 onwards" is from 3.15; "at 8 on friday, I leave at 9" is at 8.
    """
    for at in range(len(entries) - 1, 0, -1):
        before, entry = entries[at - 1], entries[at]
        is_bound = entry.day is None and len(entry.times) == 1
        if not is_bound or not before.day or entry.joint is not Kind.COMMA or not before.times:
            continue
        said, bound = before.times[-1], entry.times[0]
        if said.shape is Shape.FROM and bound.shape is Shape.FROM:
            before.times[-1] = bound
            del entries[at]
        elif bound.shape is Shape.UNTIL and _ends_within(said, bound):
            del entries[at]


def _ends_within(said: Time, bound: Time) -> bool:
    """Return whether a point or stretch is over by the time that a bound names."""
    end = said.end if said.shape is Shape.RANGE else said.start
    if said.shape not in {Shape.POINT, Shape.RANGE} or end is None or bound.end is None:
        return False
    lasts = POINT_MIN if said.shape is Shape.POINT else 0
    return end.minutes + lasts <= bound.end.minutes


def _stronger(joint: Kind | None, kind: Kind) -> Kind | None:
    if joint is Kind.GOOD and kind is Kind.OR:
        return Kind.ELSE
    if kind in {Kind.OR, Kind.AND} and joint not in _FRESH:
        return kind
    if kind is Kind.GOOD or joint is None:
        return kind
    return joint


def _place(entries: list[Entry], piece: Piece, joint: Kind | None) -> None:
    last = entries[-1] if entries else None
    if isinstance(piece, Day):
        _place_day(entries, last, piece, joint)
    elif isinstance(piece, Time):
        _place_time(entries, last, piece, joint)
    elif isinstance(piece, Delay):
        entries.append(Entry(delay=piece, joint=joint))


def _place_day(entries: list[Entry], last: Entry | None, day: Day, joint: Kind | None) -> None:
    if last and not last.delay and (joint in _LOOSE or _closes(last.day, day)):
        if last.day is None:
            last.day, last.is_time_first = day, True
            return
        narrowed = narrow(last.day, day, is_beside=joint is None)
        if narrowed:
            last.day = narrowed
            return
    entries.append(Entry(day=day, joint=joint or Kind.COMMA))


def _closes(one: Day | None, other: Day) -> bool:
    """Return whether two bounds make a stretch: "after the 25th and before the 30th"."""
    if one is None or one.bound is None or other.bound is None:
        return False
    return (one.spans[0].first is None) != (other.spans[0].first is None)


def _place_time(entries: list[Entry], last: Entry | None, time: Time, joint: Kind | None) -> None:
    if last and last.times and joint is None and _refine(last.times, time):
        return
    if last and not last.delay and _belongs(last, time, joint):
        last.times.append(time)
    else:
        entries.append(Entry(times=[time], joint=joint or Kind.COMMA))


def _refine(times: list[Time], time: Time) -> bool:
    """Join "late" and "morning" that a day separates: "late on friday morning"."""
    for modifier, part in ((times[-1], time), (time, times[-1])):
        joined = f"{modifier.part}_{'evening' if part.part == 'night' else part.part}"
        if modifier.part in {"early", "late"} and joined in PARTS:
            times[-1] = part._replace(part=joined)
            return True
    return False


def _belongs(entry: Entry, time: Time, joint: Kind | None) -> bool:
    if joint is Kind.OR:
        return False
    if not entry.times:
        return True
    last = entry.times[-1]
    if {last.shape, time.shape} == _BOUNDS:
        return True
    if joint is Kind.AND:
        return False
    if last.shape is Shape.ALL_DAY or time.shape is Shape.ALL_DAY:
        return True
    return (last.shape is Shape.PART) != (time.shape is Shape.PART)


def narrow(one: Day, other: Day, *, is_beside: bool) -> Day | None:
    """Return the days that two expressions beside each other mean together, or None.

    ``is_beside``: no comma stands between; then a date beats a weekday that does not fit it.
    """
    if one.anything or other.anything:
        return other if one.anything else one
    if not one.spans or not other.spans:
        return None
    for repeated, frame in ((one, other), (other, one)):
        if repeated.plural and not frame.plural and not frame.bound:
            return _narrow_repeated(repeated, frame)
    for weekday, frame in ((one, other), (other, one)):
        if weekday.weekday >= 0 and not weekday.exact and frame.weekday < 0:
            return _narrow_weekday(weekday, frame, is_beside=is_beside)
    for bound, frame in ((one, other), (other, one)):
        if bound.bound and not frame.bound:
            return _narrow_bound(bound, frame)
    common = overlap(one.spans[0], other.spans[0])
    return Day((common,), exact=one.exact or other.exact) if common else None


def _narrow_bound(bound: Day, frame: Day) -> Day | None:
    """Return the "next week" that "from wednesday" cuts."""
    span = bound.spans[0]
    base = bound.base.first if bound.base else None
    inside = weekday_in(frame.spans[0], base.weekday()) if base else None
    if base and inside and inside.first and days_of(frame.spans[0])[7:] == []:
        ahead = inside.first - base
        span = DateSpan(span.first and span.first + ahead, span.end and span.end + ahead)
    common = overlap(span, frame.spans[0])
    return Day((common,)) if common else None


def _narrow_repeated(repeated: Day, frame: Day) -> Day | None:
    """Return the "weekdays" that lie in the "next week" beside them."""
    first, end = frame.spans[0]
    if first is None or end is None:
        return None
    wanted = {day.weekday() for span in repeated.spans for day in days_of(span)}
    days = [day for day in days_of(frame.spans[0]) if day.weekday() in wanted]
    return Day(join_days(days)) if days else None


def _narrow_weekday(weekday: Day, frame: Day, *, is_beside: bool) -> Day | None:
    span = frame.spans[0]
    if frame.within and len(days_of(frame.within)) > 1:
        return None
    if frame.bound:
        common = overlap(weekday.spans[0], span)
        return Day((common,)) if common else None
    found = weekday_in(span, weekday.weekday)
    if found:
        return Day((found,), exact=True, within=span)
    return frame if is_beside and frame.exact else None


def _share_weeks(entries: list[Entry]) -> None:
    """Let "tuesday or wednesday next week" put both days into that week, in either order."""
    within = None
    for entry, following in zip(reversed(entries[:-1]), reversed(entries[1:]), strict=True):
        within = following.day.within if following.day else within
        _put_into(entry, within)
    within = None
    for entry in entries:
        if entry.day and entry.day.within:
            within = entry.day.within
        elif entry.joint in {Kind.OR, Kind.AND, Kind.COMMA}:
            _put_into(entry, within)


def _put_into(entry: Entry, within: DateSpan | None) -> None:
    day = entry.day
    if within and day and day.weekday >= 0 and not (day.exact or day.plural):
        found = weekday_in(within, day.weekday)
        entry.day = Day((found,), exact=True, within=within) if found else day


def _share_times_backwards(entries: list[Entry]) -> None:
    """Let "friday or saturday after 5" mean after 5 on both."""
    times: list[Time] = []
    for at in range(len(entries) - 1, -1, -1):
        entry = entries[at]
        if entry.day and entry.times:
            times = [] if entry.is_time_first else entry.times
        elif entry.day and times and _is_one_day(entry.day):
            entry.times = list(times)
        else:
            times = []
        if entry.joint is None or entry.joint in _FRESH:
            times = []


def _is_one_day(day: Day) -> bool:
    """Return whether a day is no stretch: "this weekend or monday evening" is all weekend."""
    first, end = day.spans[0] if day.spans else (None, None)
    return day.weekday >= 0 or (first is not None and end is not None and (end - first).days == 1)


def _share_times_forwards(entries: list[Entry]) -> None:
    """Let "after 5 on friday or saturday" mean after 5 on both."""
    times: list[Time] = []
    for entry in entries:
        if entry.day and entry.times:
            times = entry.times if entry.is_time_first else []
        elif entry.day and times and entry.joint in {Kind.OR, Kind.AND, Kind.COMMA}:
            entry.times = list(times)
        else:
            times = []


def _spread_alternatives(entries: list[Entry]) -> None:
    """Let "thursday or friday, before 9 or after 6" mean both times on both days."""
    for at in range(len(entries) - 1, 1, -1):
        entry, last = entries[at], entries[at - 1]
        if entry.day or not entry.times or entry.joint is not Kind.OR:
            continue
        if not last.day or not last.times or last.is_time_first:
            continue
        before = at - 2
        while before >= 0 and entries[before].day and entries[before].times == last.times:
            shared = Entry(day=entries[before].day, times=list(entry.times), joint=Kind.OR)
            entries.insert(before + 1, shared)
            before -= 1


def _share_days(entries: list[Entry]) -> None:
    """Let "tomorrow morning or afternoon" mean tomorrow twice."""
    for at, entry in enumerate(entries):
        if entry.day or entry.delay or not entry.times:
            continue
        before = entries[at - 1] if at else None
        if before and before.day and before.times:
            entry.day = before.day
            continue
        for following in entries[at + 1 : at + 4]:
            if following.day and following.is_time_first:
                entry.day = following.day
            if following.day or following.delay:
                break
