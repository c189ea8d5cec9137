"""Keeps calls below what the other side allows."""

import threading
import time
from collections.abc import Callable


class Pace:
    """Lets so many calls through in a second, and makes the others wait their turn.

    Threads may share it. Other processes have their own: with several, give each its share.
    """

    def __init__(
        self,
        per_s: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Keep the rate.

        Args:
            per_s: Calls a second.
            clock: Tells time.
            sleep: Waits for so many seconds.
        """
        self._gap_s = 1.0 / per_s
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = clock()

    def wait(self) -> None:
        """Return when the next call may be made."""
        with self._lock:
            now = self._clock()
            at = max(now, self._next)
            self._next = at + self._gap_s
        if at > now:
            self._sleep(at - now)
