"""Sends what waits in the outbox: claimed, gated, sent, and followed after a crash."""

import asyncio
import random
from collections.abc import Callable, Sequence

import structlog

from bot.departure import Departure, NotSentError, OutcomeUnknownError
from bot.departures import Departures
from bot.metrics import Metrics
from bot.transactions import Transactions
from deliveries.errors import AssistantError, UnavailableError
from deliveries.ports import UnitOfWork

_POLL_S = 0.5
_AT_ONCE = 32
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 120.0

type _Note = Callable[[UnitOfWork], None]

_log = structlog.get_logger()


class Outbox:
    """The sending loop of one gateway; any number of gateways share the rows."""

    def __init__(
        self, transactions: Transactions, departures: Departures, metrics: Metrics
    ) -> None:
        """Send by the networks of the departures."""
        self._transactions = transactions
        self._departures = departures
        self._metrics = metrics
        self._under_way: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._is_closing = False

    def wake(self) -> None:
        """Look for messages now instead of at the next poll."""
        self._woken.set()

    def claim(self, work: UnitOfWork, *, limit: int = 1) -> list[Departure]:
        """Claim in a caller's unit of work what it has just written, to ``post`` it afterwards."""
        if self._is_closing:
            return []
        return self._departures.claim(work, limit=limit)

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
            room = _AT_ONCE - len(self._under_way)
            if room > 0:
                await self._claim_and_post(room)
            try:
                await asyncio.wait_for(self._woken.wait(), _POLL_S)
            except TimeoutError:
                continue

    async def close(self) -> None:
        """Claim nothing more and wait for what is under way."""
        self._is_closing = True
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _claim_and_post(self, limit: int) -> None:
        try:
            self.post(await self._transactions.run(lambda work: self.claim(work, limit=limit)))
        except AssistantError as error:
            _log.warning("outbox_claim_failed", code=error.code)

    async def _see_off(self, departure: Departure) -> None:
        try:
            following = await self._send(departure)
        except AssistantError as error:
            # The database did not take the note: the row stays claimed, then it is reconciled.
            _log.error("departure_unnoted", message_id=departure.message_id, code=error.code)
            return
        except Exception:  # noqa: BLE001 outermost loop: the row stays claimed, then it is reconciled
            _log.exception("departure_broken", message_id=departure.message_id)
            return
        self.post(following)

    async def _send(self, departure: Departure) -> list[Departure]:
        try:
            if departure.is_interrupted:
                return await self._reconcile(departure)
            network = self._departures.networks[departure.channel]
            with self._metrics.sending(departure.channel):
                provider_id = await network.send(departure)
        except NotSentError as error:
            return await self._refuse(departure, error)
        except OutcomeUnknownError:
            return await self._doubt(departure)
        except UnavailableError as error:
            return await self._delay(departure, error)
        self._metrics.count_sent(departure.channel, departure.purpose)
        return await self._note(
            lambda work: self._departures.note_sent(work, departure, provider_id)
        )

    async def _reconcile(self, departure: Departure) -> list[Departure]:
        network = self._departures.networks.get(departure.channel)
        candidates = await network.look_up(departure) if network else None
        if candidates is None:
            _log.warning("message_outcome_unknown", message_id=departure.message_id)
            return await self._note(lambda work: self._departures.note_lost(work, departure))

        def note(work: UnitOfWork) -> tuple[bool, list[Departure]]:
            had_left = self._departures.note_found(work, departure, candidates)
            return had_left, self.claim(work)

        had_left, following = await self._transactions.run(note)
        _log.info("message_reconciled", message_id=departure.message_id, had_left=had_left)
        return following

    async def _refuse(self, departure: Departure, error: NotSentError) -> list[Departure]:
        self._metrics.count_failed(departure.channel, error.reason)
        _log.info("message_refused", message_id=departure.message_id, reason=error.reason)
        return await self._note(lambda work: self._departures.note_refused(work, departure, error))

    async def _doubt(self, departure: Departure) -> list[Departure]:
        self._metrics.count_failed(departure.channel, "outcome_unknown")
        _log.warning("message_outcome_unknown", message_id=departure.message_id)
        return await self._note(lambda work: self._departures.note_unknown(work, departure))

    async def _delay(self, departure: Departure, error: UnavailableError) -> list[Departure]:
        wait_s = error.retry_after_s or back_off_s(departure.attempts)
        self._metrics.count_failed(departure.channel, "unavailable")
        _log.info("message_delayed", message_id=departure.message_id, wait_s=round(wait_s, 1))
        if departure.is_interrupted:
            return await self._note(lambda work: self._departures.note_unknown(work, departure))
        return await self._note(
            lambda work: self._departures.note_delayed(work, departure, wait_s=wait_s)
        )

    async def _note(self, note: _Note) -> list[Departure]:
        """Note what became of a message and claim the next one in the same unit of work."""

        def use_case(work: UnitOfWork) -> list[Departure]:
            note(work)
            return self.claim(work)

        return await self._transactions.run(use_case)


def back_off_s(attempts: int) -> float:
    """Return how long to wait before the next attempt: doubling, and never all at once."""
    longest = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(attempts, 10))
    return longest * (0.5 + random.random() / 2)  # noqa: S311 spreads load, keeps no secret
