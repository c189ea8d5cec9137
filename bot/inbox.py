"""Works what people sent: one conversation at a time, in order, by any number of gateways."""

import asyncio
from time import perf_counter

import structlog

from bot.dialogue import Dialogue
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.transactions import Transactions
from bot.turns import Taken, Turn, Turns
from deliveries.errors import AssistantError
from deliveries.ports import UnitOfWork

_POLL_S = 0.5
# A turn that breaks is tried again when its claim has ended; then a person sees to it.
_BREAKS_ALLOWED = 2
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
        self._next: dict[str, Turn | None] = {}
        self._broken: dict[str, int] = {}

    def take(self, work: UnitOfWork, conversation_id: str) -> Taken:
        """Take a conversation's next turn in a caller's unit of work, to ``go_on`` afterwards."""
        return self._turns.take(work, conversation_id)

    def go_on(self, conversation_id: str, taken: Taken) -> None:
        """Work what was taken; returns at once."""
        self._outbox.post(taken.departures)
        if conversation_id in self._active:
            # Either its last turn has just ended and we hold the next, or it has to look again.
            self._next[conversation_id] = taken.turn or self._next.get(conversation_id)
        elif taken.turn is not None:
            self._start(conversation_id, taken.turn)

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
                    self._start(conversation_id, None)
            await asyncio.sleep(_POLL_S)

    async def close(self) -> None:
        """Wait until the turns under way are finished."""
        while self._active:
            await asyncio.gather(*self._active.values(), return_exceptions=True)

    def _waiting(self, work: UnitOfWork) -> list[str]:
        now = self._turns.departures.machine.now()
        return list(work.conversations.waiting(now=now, limit=_AT_A_LOOK))

    def _start(self, conversation_id: str, turn: Turn | None) -> None:
        self._active[conversation_id] = asyncio.create_task(self._work(conversation_id, turn))

    async def _work(self, conversation_id: str, turn: Turn | None) -> None:
        try:
            async with self._places:
                has_more = True
                while has_more:
                    turn = turn or await self._take_next(conversation_id)
                    has_more = turn is not None and await self._answer(turn)
                    has_more = has_more or conversation_id in self._next
                    turn = self._next.pop(conversation_id, None)
        except AssistantError as error:
            # The messages are kept: they are looked for again.
            _log.warning("turn_failed", conversation_id=conversation_id, code=error.code)
        except Exception:  # noqa: BLE001 outermost loop: the claim ends by itself, then it is tried again
            _log.exception("turn_broken", conversation_id=conversation_id)
            await self._give_up_on(conversation_id)
        finally:
            self._next.pop(conversation_id, None)
            del self._active[conversation_id]

    async def _give_up_on(self, conversation_id: str) -> None:
        """Let a person take over a conversation whose turn breaks again and again."""
        self._broken[conversation_id] = self._broken.get(conversation_id, 0) + 1
        if self._broken[conversation_id] < _BREAKS_ALLOWED:
            return
        del self._broken[conversation_id]
        try:
            departures = await self._transactions.run(
                lambda work: self._turns.abandon(work, conversation_id)
            )
        except AssistantError as error:
            _log.warning("turn_not_abandoned", conversation_id=conversation_id, code=error.code)
        else:
            self._outbox.post(departures)

    async def _take_next(self, conversation_id: str) -> Turn | None:
        taken = await self._transactions.run(lambda work: self.take(work, conversation_id))
        self._outbox.post(taken.departures)
        return taken.turn

    async def _answer(self, turn: Turn) -> bool:
        """Answer a turn; say whether more messages wait."""
        begun = perf_counter()
        answer = await self._dialogue.ask(turn.question)
        finished = await self._transactions.run(lambda work: self._turns.finish(work, turn, answer))
        self._outbox.post(finished.departures)
        outcome = "failed" if "failed" in answer.trace else "answered"
        self._metrics.observe_turn(perf_counter() - begun, outcome)
        _log.info(
            "turn_worked",
            conversation_id=turn.conversation_id,
            turn=turn.key,
            intent=answer.trace.get("intent"),
            action=answer.trace.get("action"),
            handoff=answer.handoff,
        )
        return finished.has_more
