"""Sends what waits in the outbox: claimed, gated, sent, and followed after a crash."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Sequence

import structlog

from bot.departure import Departure, NotSentError, OutcomeUnknownError
from bot.departures import Claimed, Departures
from bot.last_look import may_leave
from bot.metrics import Metrics
from bot.together import Together
from bot.transactions import Transactions
from deliveries.errors import AssistantError, UnavailableError
from deliveries.ports import UnitOfWork

_POLL_S = 0.5
_ROOM_WITHIN_S = 0.1
AT_ONCE = 32
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 120.0
_PAUSE_S = 1.0
_NOTHING = Claimed([], 0)

type _Note = Callable[[UnitOfWork], None]
type _Noted = tuple[Departure, _Note]

_log = structlog.get_logger()


class Outbox:
    """The sending loop of one gateway; any number of gateways share the rows."""

    def __init__(
        self,
        transactions: Transactions,
        departures: Departures,
        metrics: Metrics,
        *,
        at_once: int = AT_ONCE,
    ) -> None:
        """Send by the networks of the departures.

        Args:
            transactions: Where rows are claimed and noted.
            departures: What may leave.
            metrics: What is counted.
            at_once: How many the loop sends at the same time: what it has claimed goes before a
                reply that comes later, so a slow network gets few.
        """
        self._at_once = at_once
        self._transactions = transactions
        self._departures = departures
        self._metrics = metrics
        self._notes = Together[_Noted, bool](transactions, _note_all)
        self._looks = Together[Departure, bool](transactions, self._look, reads=True)
        self._under_way: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look for messages now instead of at the next poll."""
        self._woken.set()

    def claim(self, work: UnitOfWork, *, limit: int = 1) -> list[Departure]:
        """Claim in a caller's unit of work what it has just written, to ``post`` it afterwards."""
        return self._departures.claim(work, limit=limit).departures

    def post(self, departures: Sequence[Departure]) -> None:
        """Send what was claimed; returns at once."""
        for departure in departures:
            task = asyncio.create_task(self._see_off(departure))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def run(self) -> None:
        """Claim and send until cancelled; what is under way then is waited for by ``close``."""
        while True:
            self._woken.clear()
            room = self._at_once - len(self._under_way)
            claimed = await self._claim_and_post(room) if room > 0 else _NOTHING
            if claimed.has_held_back:
                # What was held back took the place of others.
                continue
            if claimed.count < room or not self._under_way:
                await self._wait_for_work(claimed.come_back_s)
            else:
                await self._wait_for_room()

    async def close(self) -> None:
        """Wait for what is under way."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _wait_for_room(self) -> None:
        """Wait until enough has left for a claim to be worth it; not for long: some may hang."""
        await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + _ROOM_WITHIN_S
        while len(self._under_way) > self._at_once // 2 and loop.time() < give_up_at:
            left_s = give_up_at - loop.time()
            await asyncio.wait(self._under_way, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)

    async def _wait_for_work(self, come_back_s: float | None) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), min(_POLL_S, come_back_s or _POLL_S))

    async def _claim_and_post(self, limit: int) -> Claimed:
        try:
            claimed = await self._transactions.run(
                lambda work: self._departures.claim(work, limit=limit)
            )
        except AssistantError as error:
            _log.warning("outbox_claim_failed", code=error.code)
            return _NOTHING
        self.post(claimed.departures)
        return claimed

    async def _see_off(self, departure: Departure) -> None:
        try:
            await self._send(departure)
        except AssistantError as error:
            # The database did not take the note: the row stays claimed, then it is reconciled.
            _log.error("departure_unnoted", message_id=departure.message_id, code=error.code)
        except Exception:  # noqa: BLE001 outermost loop: the row stays claimed, then it is reconciled
            _log.exception("departure_broken", message_id=departure.message_id)

    async def _send(self, departure: Departure) -> None:
        try:
            if departure.is_interrupted:
                await self._reconcile(departure)
                return
            network = self._departures.networks[departure.channel]
            if not await self._may_still_leave(departure):
                await self._hold_back(departure)
                return
            self._check_time(departure)
            with self._metrics.sending(departure.channel):
                provider_id = await network.send(departure)
        except NotSentError as error:
            await self._refuse(departure, error)
        except OutcomeUnknownError:
            await self._doubt(departure)
        except UnavailableError as error:
            await self._delay(departure, error)
        else:
            self._metrics.count_sent(departure.channel, departure.purpose)
            await self._note(
                departure, lambda work: self._departures.note_sent(work, departure, provider_id)
            )

    def _check_time(self, departure: Departure) -> None:
        if self._departures.is_late(departure):
            raise UnavailableError("waited for too long to leave under this claim")

    async def _reconcile(self, departure: Departure) -> None:
        network = self._departures.networks.get(departure.channel)
        candidates = await network.look_up(departure) if network else None
        if candidates is None:
            _log.warning("message_outcome_unknown", message_id=departure.message_id)
            await self._note(departure, lambda work: self._departures.note_lost(work, departure))
            return
        had_left = await self._transactions.run(
            lambda work: self._departures.note_found(work, departure, candidates)
        )
        _log.info("message_reconciled", message_id=departure.message_id, had_left=had_left)
        self.wake()

    async def _may_still_leave(self, departure: Departure) -> bool:
        """Look again: since it was claimed somebody may have said stop, or taken the chat over.

        What remains is the time that the call itself takes.
        """
        return self._departures.is_fresh(departure) or await self._looks.run(departure)

    def _look(self, work: UnitOfWork, departures: Sequence[Departure]) -> list[bool]:
        return may_leave(work, departures, now=self._departures.clock.now())

    async def _hold_back(self, departure: Departure) -> None:
        """Let the gate look again at what may not leave any more, which says what becomes of it."""
        _log.info("message_held_back", message_id=departure.message_id)
        await self._note(departure, lambda work: self._departures.note_held_back(work, departure))

    async def _refuse(self, departure: Departure, error: NotSentError) -> None:
        self._metrics.count_failed(departure.channel, error.reason)
        _log.info("message_refused", message_id=departure.message_id, reason=error.reason)
        await self._note(
            departure, lambda work: self._departures.note_refused(work, departure, error)
        )

    async def _doubt(self, departure: Departure) -> None:
        self._metrics.count_failed(departure.channel, "outcome_unknown")
        _log.warning("message_outcome_unknown", message_id=departure.message_id)
        await self._note(departure, lambda work: self._departures.note_unknown(work, departure))

    async def _delay(self, departure: Departure, error: UnavailableError) -> None:
        wait_s = error.retry_after_s or back_off_s(departure.attempts)
        self._metrics.count_failed(departure.channel, "unavailable")
        _log.info("message_delayed", message_id=departure.message_id, wait_s=round(wait_s, 1))
        # Whoever cannot be reached, or asks for patience, is left alone by all gateways.
        pause_s = error.retry_after_s or _PAUSE_S
        note = (
            (lambda work: self._departures.note_unknown(work, departure))
            if departure.is_interrupted
            else (
                lambda work: self._departures.note_delayed(
                    work, departure, wait_s=wait_s, pause_s=pause_s
                )
            )
        )
        await self._note(departure, note)

    async def _note(self, departure: Departure, note: _Note) -> None:
        """Note what became of a message; what waits behind it goes next."""
        if await self._notes.run((departure, note)):
            self.wake()


def _note_all(work: UnitOfWork, noted: Sequence[_Noted]) -> list[bool]:
    """Note what became of some messages; say of each whether others wait behind it."""
    work.outbox.lock_many([departure.message_id for departure, _ in noted])
    for _, note in noted:
        note(work)
    behind = work.outbox.unsent_of([departure.conversation_id for departure, _ in noted])
    return [departure.conversation_id in behind for departure, _ in noted]


def back_off_s(attempts: int) -> float:
    """Return how long to wait before the next attempt: doubling, and never all at once."""
    longest = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(attempts, 10))
    return longest * (0.5 + random.random() / 2)  # noqa: S311 spreads load, keeps no secret
