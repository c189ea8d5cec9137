"""Works what people sent: one conversation at a time, in order, by any number of gateways."""

import asyncio
from time import perf_counter

import structlog

from bot.departure import Departure
from bot.dialogue import Dialogue
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.transactions import Transactions
from bot.turns import Turn, Turns
from deliveries.errors import AssistantError
from deliveries.ports import UnitOfWork

_POLL_S = 0.5
_AT_ONCE = 32
_AT_A_LOOK = 100

_log = structlog.get_logger()


class Inbox:
    """The working loop of one gateway.

    A conversation is woken by what arrives here; what another gateway left behind is found by
    looking for it twice a second.
    """

    def __init__(
        self,
        transactions: Transactions,
        turns: Turns,
        dialogue: Dialogue,
        outbox: Outbox,
        metrics: Metrics,
    ) -> None:
        """Answer by the dialogue, into the outbox."""
        self._transactions = transactions
        self._turns = turns
        self._dialogue = dialogue
        self._outbox = outbox
        self._metrics = metrics
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._active: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    def wake(self, conversation_id: str) -> None:
        """Work a conversation now; returns at once."""
        if conversation_id in self._active:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._work(conversation_id))
        self._active[conversation_id] = task

    async def run(self) -> None:
        """Look for what nobody works, until cancelled."""
        while True:
            try:
                waiting = await self._transactions.run(self._waiting)
            except AssistantError as error:
                _log.warning("inbox_look_failed", code=error.code)
                waiting = []
            for conversation_id in waiting:
                if conversation_id not in self._active:
                    self.wake(conversation_id)
            await asyncio.sleep(_POLL_S)

    async def close(self) -> None:
        """Wait until the turns under way are finished."""
        while self._active:
            await asyncio.gather(*self._active.values(), return_exceptions=True)

    def _waiting(self, work: UnitOfWork) -> list[str]:
        return list(work.conversations.waiting(now=self._turns.machine.now(), limit=_AT_A_LOOK))

    async def _work(self, conversation_id: str) -> None:
        try:
            async with self._places:
                has_more = True
                while has_more:
                    self._again.discard(conversation_id)
                    has_more = await self._turn(conversation_id)
                    has_more = has_more or conversation_id in self._again
        except AssistantError as error:
            # The messages are kept: they are looked for again.
            _log.warning("turn_failed", conversation_id=conversation_id, code=error.code)
        except Exception:  # noqa: BLE001 outermost loop: the claim ends by itself, then it is tried again
            _log.exception("turn_broken", conversation_id=conversation_id)
        finally:
            del self._active[conversation_id]

    async def _turn(self, conversation_id: str) -> bool:
        begun = perf_counter()
        turn, answered = await self._transactions.run(
            lambda work: self._take(work, conversation_id)
        )
        self._outbox.post(answered)
        if turn is None:
            return False
        answer = await self._dialogue.ask(turn.question)

        def finish(work: UnitOfWork) -> tuple[bool, list[Departure]]:
            has_more = self._turns.finish(work, turn, answer)
            return has_more, self._outbox.claim(work)

        has_more, departures = await self._transactions.run(finish)
        self._outbox.post(departures)
        self._metrics.observe_turn(
            perf_counter() - begun, "failed" if "failed" in answer.trace else "answered"
        )
        _log.info(
            "turn_worked",
            conversation_id=conversation_id,
            turn=turn.key,
            intent=answer.trace.get("intent"),
            action=answer.trace.get("action"),
            handoff=answer.handoff,
        )
        return has_more

    def _take(self, work: UnitOfWork, conversation_id: str) -> tuple[Turn | None, list[Departure]]:
        turn = self._turns.take(work, conversation_id)
        return turn, ([] if turn else self._outbox.claim(work))
