"""Runs the synchronous services of the core from the event loop, in a bounded pool of threads."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from deliveries.errors import ConflictError
from deliveries.ports import UnitOfWork, UnitOfWorkFactory

_ATTEMPTS = 4


class Transactions:
    """Opens, commits and, after a conflict, repeats units of work."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, *, threads: int) -> None:
        """Use so many threads; SQLite has one writer, and waiting for it in line is quickest."""
        self._unit_of_work = unit_of_work
        self._pool = ThreadPoolExecutor(
            threads, thread_name_prefix="transactions", initializer=self._mark_thread
        )
        self._here = threading.local()

    @property
    def is_current_thread_ours(self) -> bool:
        """The calling thread belongs to the pool: what it commits, its caller knows about."""
        return getattr(self._here, "is_ours", False)

    async def run[T](self, use_case: Callable[[UnitOfWork], T]) -> T:
        """Run a use case in a unit of work and commit it.

        The use case must be repeatable from its start: after a conflict it runs again in a new
        unit of work.

        Raises:
            ConflictError: If others were faster every time.
            UnavailableError: If the database cannot be reached.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._run, use_case)

    async def read[T](self, use_case: Callable[[UnitOfWork], T]) -> T:
        """Run a use case that only reads; it waits for nobody who writes.

        Raises:
            UnavailableError: If the database cannot be reached.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._read, use_case)

    def close(self) -> None:
        """Wait for what runs and end the threads."""
        self._pool.shutdown(wait=True)

    def _run[T](self, use_case: Callable[[UnitOfWork], T]) -> T:
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._run_once(use_case)
            except ConflictError:
                continue
        return self._run_once(use_case)

    def _run_once[T](self, use_case: Callable[[UnitOfWork], T]) -> T:
        with self._unit_of_work() as work:
            result = use_case(work)
            work.commit()
            return result

    def _read[T](self, use_case: Callable[[UnitOfWork], T]) -> T:
        with self._unit_of_work(read_only=True) as work:
            return use_case(work)

    def _mark_thread(self) -> None:
        self._here.is_ours = True
