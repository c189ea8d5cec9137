"""Many callers' small changes in one transaction: a commit costs more than most of them."""

import asyncio
from collections.abc import Callable, Sequence

from bot.transactions import Transactions
from deliveries.errors import UnavailableError
from deliveries.ports import UnitOfWork

AT_MOST = 64
# What comes within so short a time goes together; nobody notices it.
GATHERS_S = 0.01


class Together[Change, Answer]:
    """Keeps changes a batch at a time: what comes while one batch is written is the next one.

    Whoever asks goes on once their change is committed, so nothing is promised too early.
    """

    def __init__(
        self,
        transactions: Transactions,
        keep: Callable[[UnitOfWork, Sequence[Change]], Sequence[Answer]],
        *,
        at_most: int = AT_MOST,
        reads: bool = False,
    ) -> None:
        """Write by a use case for many.

        Args:
            transactions: Where batches are written.
            keep: Makes changes and returns an answer to each; repeatable from its start.
            at_most: So many changes in a batch.
            reads: Nothing is changed, only asked, and at once: a look costs no commit.
        """
        self._run = transactions.read if reads else transactions.run
        self._keep = keep
        self._at_most = at_most
        self._gathers_s = 0.0 if reads else GATHERS_S
        self._waiting: list[tuple[Change, asyncio.Future[Answer]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def run(self, change: Change) -> Answer:
        """Make a change; it is committed once this returns.

        Raises:
            ConflictError: If others were faster every time.
            UnavailableError: If the database cannot be reached.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, answer))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        return await answer

    async def _write(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(self._gathers_s)
                batch = self._waiting[: self._at_most]
                del self._waiting[: self._at_most]
                await self._settle(batch)
        finally:
            self._writer = None

    async def _settle(self, batch: Sequence[tuple[Change, asyncio.Future[Answer]]]) -> None:
        changes = [change for change, _ in batch]
        try:
            answers = await self._run(lambda work: self._keep(work, changes))
        except Exception as error:  # noqa: BLE001 it is raised to whoever asked
            if len(batch) == 1 or isinstance(error, UnavailableError):
                _refuse(batch, error)
                return
            # One of them spoils it for all: each for itself.
            for each in batch:
                await self._settle([each])
            return
        for (_, waiting), answer in zip(batch, answers, strict=True):
            if not waiting.done():
                waiting.set_result(answer)


def _refuse[Change, Answer](
    batch: Sequence[tuple[Change, asyncio.Future[Answer]]], error: Exception
) -> None:
    for _, waiting in batch:
        if not waiting.done():
            waiting.set_exception(error)
