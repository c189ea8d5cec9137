"""The simulated clock that the sandbox and, by polling it, the whole product live by."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

MIN_RATE = 1.0
MAX_RATE = 600.0
# Who follows by polling hears of a slower clock this much later, and has reckoned on meanwhile.
FOLLOWERS_HEAR_AFTER_S = 1.0


class ClockError(ValueError):
    """The clock was asked for something it does not do, such as going backwards."""


class SimulatedClock:
    """A clock that runs at 1x to 600x, can pause and jump ahead, and never goes backwards."""

    def __init__(
        self,
        start: datetime,
        *,
        rate: float = 1.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._anchor = start.astimezone(UTC)
        self._monotonic = monotonic
        self._anchored_at = monotonic()
        self._rate = rate
        self._is_paused = False
        self._version = 1
        self._listeners: list[Callable[[], None]] = []

    @property
    def rate(self) -> float:
        """Simulated seconds per real second while the clock is not paused."""
        return self._rate

    @property
    def is_paused(self) -> bool:
        """Whether simulated time stands still."""
        return self._is_paused

    @property
    def _speed(self) -> float:
        return 0.0 if self._is_paused else self._rate

    def now(self) -> datetime:
        """Return the simulated instant, in UTC."""
        elapsed_s = (self._monotonic() - self._anchored_at) * self._speed
        return self._anchor + timedelta(seconds=elapsed_s)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each change of rate, pause or jump."""
        self._listeners.append(listener)

    def represent(self) -> dict[str, Any]:
        """Return what ``GET /clock`` answers."""
        return {
            "now": self.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "rate": self._rate,
            "paused": self._is_paused,
            "version": self._version,
        }

    def change(
        self,
        *,
        rate: float | None = None,
        paused: bool | None = None,
        jump_to: datetime | None = None,
    ) -> None:
        """Change the rate, pause or resume, and jump ahead, in one step.

        A clock that slows down or pauses leaps to where nobody who followed it has been yet: they
        do not go back, and what one of them wrote would be in the future of all others for ever.

        Raises:
            ClockError: If the rate is out of bounds or the jump would go backwards. Nothing has
                changed then.
        """
        now = self.now()
        if rate is not None and not MIN_RATE <= rate <= MAX_RATE:
            raise ClockError(f"the rate is between {MIN_RATE:g} and {MAX_RATE:g}")
        if jump_to is not None and jump_to < now:
            raise ClockError("the clock never goes backwards")
        speed = self._speed
        self._rate = self._rate if rate is None else rate
        self._is_paused = self._is_paused if paused is None else paused
        lead_s = FOLLOWERS_HEAR_AFTER_S * max(speed - self._speed, 0.0)
        self._anchor = max(now + timedelta(seconds=lead_s), jump_to or now).astimezone(UTC)
        self._anchored_at = self._monotonic()
        self._version += 1
        for listener in self._listeners:
            listener()
