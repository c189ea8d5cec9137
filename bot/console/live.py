"""Tells agents' screens at once what changed: server-sent events from a table of events."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog

from deliveries.errors import AssistantError
from deliveries.model.console import ChatEvent
from deliveries.ports import UnitOfWorkFactory

# Writers may commit in another order than they number their events. So whoever reads stays at the
# first number that is missing until it is there, or surely belongs to a commit that never came; a
# screen that comes back is told the last ones again. Who hears of a change twice just looks twice.
STRAGGLES_FOR = timedelta(seconds=10)
OVERLAP = 200
REPLAYED_AT_MOST = 500
READ_AT_MOST = 5000
KEPT_FOR = timedelta(hours=24)
FORGOTTEN_EVERY = timedelta(hours=1)
BEAT_S = 15.0

_log = structlog.get_logger()


@dataclass(eq=False)
class _Screen:
    """One connection, with what it has still to be told.

    Attributes:
        shippers: Whose recipients its agent may see; none: everybody's.
    """

    shippers: tuple[str, ...] = ()
    waiting: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)


class Live:
    """Reads new events once for all screens of this process while there are any."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, *, poll_s: float) -> None:
        """Look for events when rung, and every ``poll_s`` for those of other processes."""
        self._unit_of_work = unit_of_work
        self._poll_s = poll_s
        self._screens: set[_Screen] = set()
        self._rung: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._begun: asyncio.Future[None] | None = None
        self._floor = 0
        self._told: set[int] = set()
        self._closed = False

    def ring(self) -> None:
        """Say that there is something new; called in any thread."""
        if self._loop is not None and self._rung is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._rung.set)

    def close(self) -> None:
        """Let every screen go, so that the process can end; they come back by themselves."""
        self._closed = True
        for screen in self._screens:
            screen.waiting.put_nowait(None)

    def newest(self) -> int:
        """Return the number of the newest event."""
        with self._unit_of_work(read_only=True) as work:
            return work.chat_events.newest()

    async def follow(
        self,
        since: int | None,
        is_signed_in: Callable[[], bool],
        *,
        shippers: tuple[str, ...] = (),
    ) -> AsyncIterator[str]:
        """Yield a screen's stream: what it missed, then what comes, with a beat in between.

        Args:
            since: The last event the screen knows; none: it has just read everything.
            is_signed_in: Asked at every beat; the stream ends with the session.
            shippers: Only their recipients' chats are told of; none: all.
        """
        screen = _Screen(shippers)
        self._screens.add(screen)
        try:
            await self._start()
            for message in await asyncio.to_thread(self._missed, since, shippers):
                yield message
            loop = asyncio.get_running_loop()
            beats_at = loop.time() + BEAT_S
            while not self._closed:
                try:
                    async with asyncio.timeout_at(beats_at):
                        told = await screen.waiting.get()
                except TimeoutError:
                    # However much there is to tell: the session may end, and its agent is there.
                    beats_at = loop.time() + BEAT_S
                    if not await asyncio.to_thread(is_signed_in):
                        yield _message("ended")
                        return
                    yield _message("beat")
                    continue
                if told is None:
                    return
                yield told
        finally:
            self._screens.discard(screen)

    def _missed(self, since: int | None, shippers: tuple[str, ...]) -> list[str]:
        with self._unit_of_work(read_only=True) as work:
            newest, oldest = work.chat_events.newest(), work.chat_events.oldest()
            if since is None:
                return [_message("hello", seq=newest)]
            found = work.chat_events.since(max(0, since - OVERLAP), limit=REPLAYED_AT_MOST + 1)
        is_gap = since > newest or since < oldest - 1 or len(found) > REPLAYED_AT_MOST
        if is_gap:
            return [_message("reset", seq=newest)]
        seen = self._within(list(found), shippers)
        return [_message("hello", seq=max(since, 0)), *_each_once(seen)]

    async def _start(self) -> None:
        """Begin to read, from now on; what is there already counts as told."""
        if self._task is None or self._task.done() or self._begun is None:
            self._loop, self._rung = asyncio.get_running_loop(), asyncio.Event()
            self._begun = asyncio.ensure_future(asyncio.to_thread(self._begin))
            self._task = self._loop.create_task(self._run(self._begun, self._rung))
        await asyncio.shield(self._begun)

    async def _run(self, begun: asyncio.Future[None], rung: asyncio.Event) -> None:
        forgotten_at = datetime.now(UTC)
        await begun
        while self._screens and not self._closed:
            with suppress(TimeoutError):
                await asyncio.wait_for(rung.wait(), self._poll_s)
            rung.clear()
            try:
                limits = {screen.shippers for screen in self._screens}
                told = await asyncio.to_thread(self._read, limits)
                if datetime.now(UTC) - forgotten_at > FORGOTTEN_EVERY:
                    forgotten_at = datetime.now(UTC)
                    await asyncio.to_thread(self._forget)
            except AssistantError as error:
                _log.warning("screens_not_told", error=error.code)
                await asyncio.sleep(1)
                continue
            for screen in self._screens:
                # One that has come since reads itself what it missed.
                for message in told.get(screen.shippers, ()):
                    screen.waiting.put_nowait(message)

    def _read(self, limits: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], list[str]]:
        """Return what was not told yet, as each of some limits lets it be told."""
        new = self._new()
        return {limit: _each_once(self._within(new, limit)) for limit in limits}

    def _within(self, events: list[ChatEvent], shippers: tuple[str, ...]) -> list[ChatEvent]:
        """Return the events of chats that a limit lets through."""
        if not shippers or not events:
            return events
        with self._unit_of_work(read_only=True) as work:
            seen = work.chat_lists.within({each.conversation_id for each in events}, shippers)
        return [each for each in events if each.conversation_id in seen]

    def _new(self) -> list[ChatEvent]:
        """Return what was not told yet."""
        with self._unit_of_work(read_only=True) as work:
            found = work.chat_events.since(self._floor, limit=READ_AT_MOST)
        new = [each for each in found if each.seq not in self._told]
        self._told.update(each.seq for each in new if each.seq is not None)
        given_up = datetime.now(UTC) - STRAGGLES_FOR
        for each in found:
            if each.seq is None or (each.seq != self._floor + 1 and each.at > given_up):
                break
            self._floor = each.seq
        self._told = {seq for seq in self._told if seq > self._floor}
        return new

    def _begin(self) -> None:
        """Take what is there as told."""
        with self._unit_of_work(read_only=True) as work:
            newest = work.chat_events.newest()
            found = work.chat_events.since(max(0, newest - OVERLAP), limit=REPLAYED_AT_MOST)
        given_up = datetime.now(UTC) - STRAGGLES_FOR
        recent = [each.seq for each in found if each.seq is not None and each.at > given_up]
        self._floor = min(recent, default=newest + 1) - 1
        self._told = set(recent)

    def _forget(self) -> None:
        with self._unit_of_work() as work:
            work.chat_events.forget_before(datetime.now(UTC) - KEPT_FOR)
            work.commit()


def _each_once(events: Iterable[ChatEvent]) -> list[str]:
    """Return events as messages; of several about one thing the last."""
    last = {(each.conversation_id, each.kind): each for each in events}
    ordered = sorted(last.values(), key=lambda each: each.seq or 0)
    return [_message(each.kind.value, seq=each.seq, chat=each.conversation_id) for each in ordered]


def _message(kind: str, *, seq: int | None = None, **facts: str) -> str:
    number = "" if seq is None else f"id: {seq}\n"
    return f"{number}event: {kind}\ndata: {json.dumps(facts)}\n\n"
