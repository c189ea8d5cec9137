"""The half-open span of time in which something is promised."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, order=True)
class TimeWindow:
    """A span ``[start, end)``; both instants are aware and kept in UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse naive instants and spans that are empty or run backwards."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            message = "a window needs aware instants"
            raise ValueError(message)
        if self.start >= self.end:
            message = "a window ends after it starts"
            raise ValueError(message)
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))

    @property
    def duration(self) -> timedelta:
        """How long it is."""
        return self.end - self.start

    def widened(self, by: timedelta) -> "TimeWindow":
        """Return the span that begins so much earlier and ends so much later."""
        return TimeWindow(self.start - by, self.end + by)

    def holds(self, instant: datetime) -> bool:
        """Say whether the instant lies inside."""
        return self.start <= instant < self.end

    def overlaps(self, other: "TimeWindow") -> bool:
        """Say whether both share at least one instant."""
        return self.start < other.end and other.start < self.end

    def within(self, other: "TimeWindow") -> bool:
        """Say whether the whole of this window lies in the other."""
        return other.start <= self.start and self.end <= other.end
