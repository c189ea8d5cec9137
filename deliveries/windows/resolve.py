"""Sets wishes and exclusions on the calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from deliveries.windows.calendar import DateSpan, instant, join_days, one_day
from deliveries.windows.conventions import DAY_MIN, HORIZON_DAYS, MAX_WISHES, PARTS
from deliveries.windows.entries import Entry
from deliveries.windows.hours import Setting, Stretch, join
from deliveries.windows.lexemes import Kind
from deliveries.windows.pieces import Day, Shape, Time
from deliveries.windows.spans import Span, from_now, is_empty, joined, without
from deliveries.windows.wishes import Wishes

_STARTING = frozenset({Shape.POINT, Shape.FROM})


@dataclass(frozen=True)
class Moment:
    """Where and when the message was written, and how its language reads hours."""

    local: datetime
    zone: ZoneInfo
    afternoon_below: int

    @property
    def now(self) -> datetime:
        """The instant in UTC, so that arithmetic counts what passes and not what clocks show."""
        return self.local.astimezone(UTC)

    @property
    def today(self) -> date:
        """The local day."""
        return self.local.date()

    @property
    def passed_min(self) -> int:
        """Minutes of the local day that have passed, rounded down."""
        return self.local.hour * 60 + self.local.minute


def resolve(wishes: Wishes, moment: Moment) -> list[Span]:
    """Return the windows wished for, exclusions applied, in the order of preference."""
    bars = _distinct(wishes.barred)
    fixed = [entry for entry in bars if not _repeats(entry)]
    daily = [entry for entry in bars if _repeats(entry)]
    barred = [span for entry in fixed for span in _barred(entry, entry.day, moment)]
    bases = _distinct(wishes.wished or wishes.contexts)
    found: list[Span] = []
    for base in bases:
        hinted = [_hinted(entry, base) for entry in daily]
        found.extend(_left(_wished(base, moment), barred, hinted, moment))
    if not bases and wishes.barred:
        found.extend(_left(_rest(wishes, moment), barred, daily, moment))
    return list(dict.fromkeys(found))[: MAX_WISHES * 2]


def _hinted(entry: Entry, base: Entry) -> Entry:
    """Return "not after 8" with the evening of the wish it narrows, so that 8 is 20:00."""
    has_part = any(time.shape is Shape.PART for time in entry.times)
    if entry.day or has_part:
        return entry
    parts = [time for time in base.times if time.shape is Shape.PART]
    return Entry(times=[*parts, *entry.times]) if entry.times else entry


def _distinct(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries without repetitions, as many as a person may mean."""
    found: list[Entry] = []
    for entry in entries:
        if len(found) < MAX_WISHES and not any(entry.says(other) for other in found):
            found.append(entry)
    return found


def _repeats(entry: Entry) -> bool:
    """Return whether an exclusion says no date: a time of day, or a bare weekday."""
    return entry.day is None or (entry.day.weekday >= 0 and not entry.day.exact)


def _left(
    spans: Iterable[Span], barred: Sequence[Span], daily: Sequence[Entry], moment: Moment
) -> list[Span]:
    left = _to_come(spans, moment)
    bars = list(barred)
    for entry in daily:
        for span in left:
            bars.extend(_barred(entry, _bars_in(entry, span, moment), moment))
    for bar in bars:
        left = left if is_empty(bar) else without(left, bar)
    return _to_come(left, moment)


def _to_come(spans: Iterable[Span], moment: Moment) -> list[Span]:
    return [span for span in (from_now(span, moment.now) for span in spans) if span]


def _days_of(span: Span, moment: Moment) -> DateSpan:
    first = span.start.astimezone(moment.zone).date() if span.start else moment.today
    if span.end is None:
        return DateSpan(first, first + timedelta(days=HORIZON_DAYS))
    return DateSpan(first, span.end.astimezone(moment.zone).date() + timedelta(days=1))


def _bars_in(entry: Entry, span: Span, moment: Moment) -> Day:
    """Return the days of a span that an exclusion bars: all, or its weekday."""
    days = _days_of(span, moment)
    if entry.day is None:
        return Day((days,))
    if span.end is None:
        return entry.day
    weekday = entry.day.weekday
    return Day(join_days([day for day in _days((days,), moment.today) if day.weekday() == weekday]))


def _rest(wishes: Wishes, moment: Moment) -> list[Span]:
    """Return what exclusions alone are taken from: all time, or the days ahead if repeated."""
    is_repeated = any(entry.day is None or entry.day.plural for entry in wishes.barred)
    if not is_repeated:
        return [Span(moment.now, None)]
    end = instant(moment.today + timedelta(days=HORIZON_DAYS), 0, moment.zone)
    return [Span(moment.now, end)]


def _wished(entry: Entry, moment: Moment) -> list[Span]:
    if entry.delay:
        start = moment.now + timedelta(minutes=entry.delay.start_min)
        end_min = entry.delay.end_min
        if end_min is None:
            return [Span(start, instant(start.date() + timedelta(days=1), 0, moment.zone))]
        return [Span(start, moment.now + timedelta(minutes=end_min))]
    day = entry.day
    if entry.times and (day is None or (day.anything and not day.plural)):
        return _on_next_day(entry.times, moment)
    if day is None:
        return []
    if not entry.times:
        return [_whole(span, moment) for span in day.spans]
    return _timed(day, entry.times, moment)


def _whole(span: DateSpan, moment: Moment) -> Span:
    return Span(
        instant(span.first, 0, moment.zone) if span.first else None,
        instant(span.end, 0, moment.zone) if span.end else None,
    )


def _timed(day: Day, times: Sequence[Time], moment: Moment) -> list[Span]:
    if day.bound and day.base:
        bounded = _bounded(day, day.base, times, moment)
        if bounded:
            return [bounded]
    found: list[Span] = []
    is_whole = all(time.shape is Shape.ALL_DAY for time in times)
    if is_whole:
        return [_whole(span, moment) for span in day.spans]
    for each in _days(day.spans, moment.today):
        found.extend(_on(each, times, moment, shifts=True))
    return joined(found)


def _days(spans: Sequence[DateSpan], today: date) -> Iterator[date]:
    for span in spans:
        first = max(span.first or today, today)
        end = span.end or first + timedelta(days=HORIZON_DAYS)
        for ahead in range(min((end - first).days, HORIZON_DAYS * 5)):
            yield first + timedelta(days=ahead)


def _bounded(day: Day, base: DateSpan, times: Sequence[Time], moment: Moment) -> Span | None:
    """Return "by friday at 5" or "from monday noon": a bound with a time of its own."""
    time = times[0]
    if time.plural or base.first is None:
        return None
    if time.shape is Shape.UNTIL and day.bound in {Kind.BY, Kind.UNTIL}:
        last = join(times, _setting(moment, base.first, shifts=True))[0].end
        return Span(None, instant(base.first, last, moment.zone))
    if time.shape not in {Shape.POINT, Shape.PART}:
        return None
    start, end, _ = join(times, _setting(moment, base.first, shifts=True))[0]
    if day.bound in {Kind.FROM, Kind.AFTER}:
        is_after_part = day.bound is Kind.AFTER and time.shape is Shape.PART
        return Span(instant(base.first, end if is_after_part else start, moment.zone), None)
    is_until_part = time.shape is Shape.PART and day.bound is not Kind.BEFORE
    is_until_part = is_until_part and time.part != "lunchtime"
    return Span(None, instant(base.first, end if is_until_part else start, moment.zone))


def _setting(moment: Moment, day: date, *, shifts: bool) -> Setting:
    is_today = shifts and day == moment.today
    return Setting(moment.afternoon_below, moment.passed_min if is_today else 0)


def _on(day: date, times: Sequence[Time], moment: Moment, *, shifts: bool) -> list[Span]:
    setting = _setting(moment, day, shifts=shifts)
    found = []
    for stretch in join(times, setting):
        is_tonight = shifts and day == moment.today
        settled = _late_tonight(stretch, times, moment) if is_tonight else stretch
        found.append(_span(day, settled, moment))
    return found


def _late_tonight(stretch: Stretch, times: Sequence[Time], moment: Moment) -> Stretch:
    """Let "tonight" after nine run to midnight."""
    is_evening = all(time.shape is Shape.PART for time in times) and stretch[:2] == PARTS["evening"]
    if is_evening and moment.passed_min >= stretch.end:
        return Stretch(stretch.start, DAY_MIN)
    return stretch


def _span(day: date, stretch: Stretch, moment: Moment) -> Span:
    start = instant(day, stretch.start, moment.zone)
    end = instant(day, stretch.end, moment.zone)
    length = timedelta(minutes=stretch.end - stretch.start)
    if stretch.is_point or end <= start:
        end = start + length
    return Span(start, end)


def _on_next_day(times: Sequence[Time], moment: Moment) -> list[Span]:
    """Return times without a day: today if they are ahead, else tomorrow."""
    if all(time.shape is Shape.ALL_DAY for time in times):
        return [_whole(one_day(moment.today), moment)]
    if any(time.plural for time in times):
        ahead = DateSpan(moment.today, moment.today + timedelta(days=HORIZON_DAYS))
        return _timed(Day((ahead,)), times, moment)
    today = _on(moment.today, times, moment, shifts=False)
    if all(_is_ahead(span, times, moment.now) for span in today):
        return today
    return _on(moment.today + timedelta(days=1), times, moment, shifts=False)


def _is_ahead(span: Span, times: Sequence[Time], now: datetime) -> bool:
    if times[-1].shape in _STARTING and not times[-1].around:
        return span.start is None or span.start >= now
    return span.end is None or span.end > now


def _barred(entry: Entry, day: Day | None, moment: Moment) -> Iterator[Span]:
    times = [time for time in entry.times if time.shape is not Shape.ALL_DAY]
    if day is None:
        return
    if not times:
        yield from (_whole(span, moment) for span in day.spans)
        return
    for each in _days(day.spans, moment.today):
        for stretch in join(times, _setting(moment, each, shifts=True), is_barred=True):
            yield _span(each, stretch, moment)
