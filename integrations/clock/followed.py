"""The sandbox's clock, followed over HTTP."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import structlog

from deliveries.errors import AdapterError, UnavailableError, UnreadableError
from deliveries.ports import Clock

_log = structlog.get_logger()

_POLL_S = 0.25
_TIMEOUT_S = 2.0
# A network is slower than a clock: only what cannot be its delay is worth a word.
_BEHIND = timedelta(hours=1)


@dataclass(frozen=True)
class _Reading:
    """What the other clock showed, and when on our own.

    Attributes:
        rate: Its seconds per second of ours; zero while it is paused.
    """

    shown: datetime
    read_at_s: float
    rate: float

    def at(self, monotonic_s: float) -> datetime:
        return self.shown + timedelta(seconds=(monotonic_s - self.read_at_s) * self.rate)


class FollowedClock:
    """Tells the time of a clock that may run fast, stand still and jump ahead.

    It asks four times a second and reckons in between, also while the other side is silent. It
    never goes backwards: when it ran ahead of the other it stands still until that caught up.
    """

    def __init__(
        self,
        url: str,
        *,
        transport: httpx.BaseTransport | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._transport = transport
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._reading: _Reading | None = None
        self._told: datetime | None = None
        self._is_ahead = False
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, *, patience_s: float = 15.0) -> None:
        """Read the clock, then follow it from a thread of its own.

        Args:
            patience_s: How long to wait for the first answer; the other side may be starting too.

        Raises:
            UnavailableError: If it does not answer in time.
            UnreadableError: If its answer is no clock's.
        """
        give_up_at_s = self._monotonic() + patience_s
        client = httpx.Client(transport=self._transport, timeout=_TIMEOUT_S, trust_env=False)
        try:
            while not self._read_once(client, is_last=self._monotonic() >= give_up_at_s):
                self._stopped.wait(_POLL_S)
        except AdapterError:
            client.close()
            raise
        self._thread = threading.Thread(
            target=self._follow, args=(client,), name="clock", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop following; ``now`` goes on by reckoning."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def now(self) -> datetime:
        """Return the instant, aware, in UTC.

        Raises:
            UnavailableError: If the clock was never read.
        """
        with self._lock:
            if self._reading is None:
                raise UnavailableError("the clock was not read yet")
            reckoned = self._reading.at(self._monotonic())
            if self._told is None or reckoned > self._told:
                self._told = reckoned
            return self._told

    def read(self, client: httpx.Client) -> None:
        """Ask the other clock once.

        Raises:
            UnavailableError: If it does not answer.
            UnreadableError: If its answer is no clock's.
        """
        asked_at_s = self._monotonic()
        try:
            answer = client.get(self._url)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise UnavailableError("the clock does not answer") from error
        # It showed that time about half-way between question and answer.
        read_at_s = (asked_at_s + self._monotonic()) / 2
        reading = _parse(answer, read_at_s)
        with self._lock:
            was_ahead, told = self._is_ahead, self._told
            self._reading = reading
            self._is_ahead = told is not None and reading.shown < told - _BEHIND
        if self._is_ahead and not was_ahead:
            _log.warning("clock_set_back")

    def _read_once(self, client: httpx.Client, *, is_last: bool) -> bool:
        try:
            self.read(client)
        except UnavailableError:
            if is_last:
                raise
            return False
        return True

    def _follow(self, client: httpx.Client) -> None:
        is_lost = False
        with closing(client):
            while not self._stopped.wait(_POLL_S):
                try:
                    self.read(client)
                except AdapterError as error:
                    if not is_lost:
                        _log.warning("clock_lost", code=error.code)
                    is_lost = True
                else:
                    is_lost = False


def _parse(answer: httpx.Response, read_at_s: float) -> _Reading:
    try:
        shown = answer.json()
        now = datetime.fromisoformat(shown["now"])
        rate = 0.0 if shown["paused"] else float(shown["rate"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError("the answer is no clock's") from error
    if now.tzinfo is None or rate < 0:
        raise UnreadableError("the answer is no clock's")
    return _Reading(now.astimezone(UTC), read_at_s, rate)


_: type[Clock] = FollowedClock
