"""Instants as whole seconds, as insertion and the solver count."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from deliveries.model.window import TimeWindow


@dataclass(frozen=True, slots=True)
class Ticks:
    """Instants as whole seconds after one of them, and back."""

    zero: datetime

    def at(self, instant: datetime) -> int:
        """Return the first whole second that is not before the instant."""
        return ceil((instant - self.zero).total_seconds())

    def span(self, window: TimeWindow) -> tuple[int, int]:
        """Return the first and last second of a half-open window."""
        first = self.at(window.start)
        return first, max(first, self.at(window.end) - 1)

    def instant(self, second: int) -> datetime:
        """Return the instant, in UTC."""
        return self.zero.astimezone(UTC) + timedelta(seconds=second)
