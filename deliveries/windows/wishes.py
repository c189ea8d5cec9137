"""Turns runs into what is wished and what is barred."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from deliveries.windows.calendar import horizon
from deliveries.windows.clauses import Run
from deliveries.windows.conventions import DAY_MIN, NOON_MIN, PARTS
from deliveries.windows.entries import Entry, compose
from deliveries.windows.grammar_spans import until_exclusive
from deliveries.windows.lexemes import Kind
from deliveries.windows.pieces import Day, Mark, Shape, Time


@dataclass
class Wishes:
    """Entries wished for and barred, in the message's order.

    ``contexts`` are days that an exclusion names as possible otherwise: "at work till 5 tomorrow".
    """

    wished: list[Entry] = field(default_factory=list)
    barred: list[Entry] = field(default_factory=list)
    contexts: list[Entry] = field(default_factory=list)


def gather(runs: Sequence[Run]) -> Wishes:
    """Return the wishes and exclusions of a message."""
    wishes = Wishes()
    _share_contrasted_days(runs)
    last_day: Day | None = None
    only_times_barred = False
    for run in runs:
        if not run.continues:
            last_day = None
        entries = compose(run.pieces)
        if run.negation:
            for entry in entries:
                _bar(wishes, entry, run.negation, last_day)
        else:
            if not run.continues or only_times_barred:
                _join_sentences(wishes, entries)
            known = len(wishes.wished)
            _wish(wishes, entries, last_day, is_opposed=run.opposes)
            if run.is_preferred and all(entry.day for entry in wishes.wished[known:]):
                wishes.wished = wishes.wished[known:] + wishes.wished[:known]
        is_aside = run.negation and all(entry.day and not entry.times for entry in entries)
        if is_aside and wishes.wished and wishes.wished[-1].day and not wishes.wished[-1].times:
            last_day = None
            only_times_barred = False
            continue
        only_times_barred = bool(run.negation) and not any(entry.day for entry in entries)
        last_day = next((entry.day for entry in reversed(entries) if entry.day), last_day)
    if wishes.contexts and all(_is_anything(entry) for entry in wishes.wished):
        wishes.wished = []
    return wishes


def _share_contrasted_days(runs: Sequence[Run]) -> None:
    """Give the friday of "3pm not 2pm on friday" to the time that is wished."""
    for run, contrast in pairwise(runs):
        if run.negation or contrast.negation is not Kind.NOT or not contrast.continues:
            continue
        is_timed = isinstance(run.pieces[-1], Time)
        if not is_timed or any(isinstance(piece, Day) for piece in run.pieces):
            continue
        sorts = [type(piece) for piece in contrast.pieces if not isinstance(piece, Mark)]
        if sorts == [Time, Day]:
            day = next(piece for piece in contrast.pieces if isinstance(piece, Day))
            run.pieces.append(day)
            contrast.pieces = [piece for piece in contrast.pieces if piece is not day]


def _join_sentences(wishes: Wishes, entries: list[Entry]) -> None:
    """Read "after 5. thursday" as one wish."""
    last = wishes.wished[-1] if wishes.wished else None
    if last and entries and _narrows(last, entries[0]):
        is_whole = last.times[0].shape is Shape.ALL_DAY
        last.times = [*([] if is_whole else last.times), entries.pop(0).times[0]]
        return
    if not last or not entries or last.day or last.delay or not last.times:
        return
    day = entries[0].day
    if day and not day.anything and not entries[0].times:
        entries[0].times = wishes.wished.pop().times


def _narrows(last: Entry, entry: Entry) -> bool:
    """Return whether a bound falls into the part of the day just wished: "tonight? after 6".

    What is left of today is such a part: "later today? after 4".
    """
    if entry.day or len(entry.times) != 1 or len(last.times) != 1:
        return False
    part, bound = last.times[0], entry.times[0]
    clock = bound.start if bound.shape is Shape.FROM else bound.end
    is_part = part.shape is Shape.PART or (part.shape is Shape.ALL_DAY and last.day is not None)
    if not is_part or bound.shape not in {Shape.FROM, Shape.UNTIL} or not clock:
        return False
    start, end = PARTS[part.part] if part.part else (0, DAY_MIN)
    halves = (clock.minutes,) if clock.sure else (clock.minutes, clock.minutes + NOON_MIN)
    return any(start < minutes < end for minutes in halves)


def _is_anything(entry: Entry) -> bool:
    """Return whether a wish is the "any time" of "I work until 5, any time after that"."""
    return entry.day is not None and entry.day.anything and not entry.times


def _wish(wishes: Wishes, entries: list[Entry], last_day: Day | None, *, is_opposed: bool) -> None:
    for entry in entries:
        last = wishes.wished[-1] if wishes.wished else None
        is_untimed = last is not None and last.day is not None and not last.times
        is_next = is_opposed if last_day else entry is entries[0]
        if last and is_untimed and is_next and entry.times and not entry.day:
            _say_of_all(wishes, entry.times, is_opposed=is_opposed)
            continue
        if is_opposed and _restates(wishes, entry):
            continue
        if entry.day is None and entry.times and last_day and not last_day.bound:
            entry.day = last_day
            wishes.barred = [
                barred for barred in wishes.barred if barred.times or barred.day is not last_day
            ]
        wishes.wished.append(entry)


def _say_of_all(wishes: Wishes, times: list[Time], *, is_opposed: bool) -> None:
    """Give times to the day said last, and after "but" to all: "thu or fri, but after 5"."""
    wishes.wished[-1].times = times
    for wished in reversed(wishes.wished[:-1]):
        if not is_opposed or wished.times or not wished.day or wished.day.anything:
            return
        wished.times = list(times)


def _restates(wishes: Wishes, entry: Entry) -> bool:
    """Read "sat or sun, but sunday not before 11": the day said twice gets the times."""
    for wished in wishes.wished:
        if wished.day and entry.day and wished.day.spans == entry.day.spans and not wished.times:
            wished.times = entry.times
            return True
    return False


def _bar(wishes: Wishes, entry: Entry, negation: Kind, last_day: Day | None) -> None:
    if entry.delay:
        return
    if _takes_back(wishes, entry, last_day):
        entry.day = wishes.wished.pop().day
    if entry.day and not entry.times:
        _bar_day(wishes, entry, entry.day, negation)
        return
    if entry.day and entry.times:
        _bar_day_and_time(wishes, entry, negation)
        return
    wishes.barred.append(entry)
    if last_day is None and _is_clocked(entry.times):
        wishes.contexts.append(Entry(times=[_rest_of(entry.times[0])]))


def _takes_back(wishes: Wishes, entry: Entry, last_day: Day | None) -> bool:
    """Return whether "tomorrow I'm out all day" bars the day that stood before it."""
    last = wishes.wished[-1] if wishes.wished else None
    is_whole = all(time.shape is Shape.ALL_DAY for time in entry.times)
    return bool(
        entry.times and is_whole and not entry.day and last and last.day is last_day and last_day
    )


def _rest_of(time: Time) -> Time:
    """Return what is left of a day by a barred bound: not before noon is from noon."""
    if time.shape is Shape.UNTIL:
        return Time(Shape.FROM, start=time.end)
    if time.shape is Shape.FROM:
        return Time(Shape.UNTIL, end=time.start)
    return Time(Shape.ALL_DAY)


def _within_horizon(day: Day | None) -> Day | None:
    """Return "every day" as the days ahead: what is left of each of them is listed."""
    first = day.spans[0].first if day and day.anything else None
    return Day((horizon(first),)) if first else day


def _is_clocked(times: Sequence[Time]) -> bool:
    return any(time.shape not in {Shape.PART, Shape.ALL_DAY} for time in times)


def _bar_day(wishes: Wishes, entry: Entry, day: Day, negation: Kind) -> None:
    if negation in {Kind.AWAY, Kind.NOT, Kind.BAD} and day.bound in {Kind.UNTIL, Kind.BEFORE}:
        entry.day = until_exclusive(day)
    wishes.barred.append(entry)


def _bar_day_and_time(wishes: Wishes, entry: Entry, negation: Kind) -> None:
    is_whole = all(time.shape is Shape.ALL_DAY for time in entry.times)
    day_stays = entry.is_time_first or _is_clocked(entry.times)
    is_open = entry.day is None or entry.day.bound is not None
    if day_stays and not is_whole and negation is not Kind.EXCEPT and not is_open:
        wishes.contexts.append(Entry(day=_within_horizon(entry.day)))
    wishes.barred.append(entry)
