"""Stretches of time and their arithmetic."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple


class Span(NamedTuple):
    """Instants ``[start, end)``; ``None`` where it is open."""

    start: datetime | None
    end: datetime | None


def without(spans: Iterable[Span], barred: Span) -> list[Span]:
    """Return what is left of spans outside another, in order."""
    return [left for span in spans for left in _cut(span, barred)]


def _cut(span: Span, barred: Span) -> Iterable[Span]:
    if _starts_before_end(span, barred) and _starts_before_end(barred, span):
        if barred.start is not None and (span.start is None or span.start < barred.start):
            yield Span(span.start, barred.start)
        if barred.end is not None and (span.end is None or barred.end < span.end):
            yield Span(barred.end, span.end)
    else:
        yield span


def _starts_before_end(one: Span, other: Span) -> bool:
    return one.start is None or other.end is None or one.start < other.end


def is_empty(span: Span) -> bool:
    """Return whether a span holds no time, as "after midnight" of a day."""
    return span.start is not None and span.end is not None and span.start >= span.end


def from_now(span: Span, now: datetime) -> Span | None:
    """Return the part of a span that is not past, or None."""
    if is_empty(span):
        return None
    if span.end is not None and span.end <= now:
        return None
    if span.start is not None and span.start < now:
        return Span(now, span.end)
    return span


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans with neighbours that touch made one."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].end is not None and found[-1].end == span.start:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found
