"""Wakes other processes when a commit has work for them (PostgreSQL's LISTEN and NOTIFY)."""

import threading
from collections.abc import Callable

import psycopg
import structlog

from integrations.storage.engines import database_url

KINDS = ("changes", "chats", "inbound", "outbox")

_log = structlog.get_logger()

# A signal is looked for this often while none comes, so that ``stop`` is noticed.
_LISTEN_S = 1.0
_RECONNECT_S = 2.0


def channel_of(kind: str) -> str:
    """Return the channel on which work of a kind is announced."""
    return f"doorstep_{kind}"


class WakeupListener:
    """Calls back when any process committed work, from a thread of its own.

    After every connect all kinds are announced: something may have been missed meanwhile.
    """

    def __init__(self, url: str, on_wakeup: Callable[[frozenset[str]], None]) -> None:
        self._address = database_url(url)
        self._on_wakeup = on_wakeup
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen.

        Raises:
            ValueError: If the database is not PostgreSQL; SQLite announces nothing.
        """
        if self._address.get_backend_name() != "postgresql":
            raise ValueError("only PostgreSQL announces commits")
        self._thread = threading.Thread(target=self._run, name="wakeups", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and wait until that is so."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        address = self._address.set(drivername="postgresql").render_as_string(hide_password=False)
        while not self._stopped.is_set():
            try:
                with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
                    self._listen(connection)
            except psycopg.OperationalError as error:
                _log.warning("wakeups_interrupted", error=type(error).__name__)
                self._stopped.wait(_RECONNECT_S)

    def _listen(self, connection: psycopg.Connection) -> None:
        kinds = {channel_of(kind): kind for kind in KINDS}
        for channel in kinds:
            connection.execute(f'LISTEN "{channel}"')
        self._on_wakeup(frozenset(KINDS))
        while not self._stopped.is_set():
            announced = connection.notifies(timeout=_LISTEN_S, stop_after=1)
            woken = frozenset(kinds[note.channel] for note in announced if note.channel in kinds)
            if woken:
                self._on_wakeup(woken)
