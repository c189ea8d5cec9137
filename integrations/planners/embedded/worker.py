"""Runs the solver in a process of its own, which can be killed.

PyVRP is native code that holds the interpreter for tenths of a second at a time and obeys no
time-out but its own. Apart it slows nobody down, and a solve that hangs or crashes is an error.
"""

import multiprocessing
import signal
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Self

from deliveries.errors import UnavailableError
from deliveries.insertion.problem import Problem, Solution
from integrations.planners.embedded.solver import solve

# What a solve may take beyond its budget: the start of the process, repair of a hard day.
GRACE_S = 15.0
_FAREWELL_S = 1.0


class SolverTimeoutError(UnavailableError):
    """The solver did not answer in time; its process was killed."""


class SolverCrashedError(UnavailableError):
    """The solver's process ended, or the solve failed in it."""


@dataclass(frozen=True, slots=True)
class _Job:
    problem: Problem
    budget_s: float
    seed: int


@dataclass(frozen=True, slots=True)
class _Failure:
    text: str


class SolverProcess:
    """A solver in its own process: started by the first solve, used again by the next ones.

    Threads may share it; their solves run one after the other. The process ends with the one that
    started it, however that ends.
    """

    def __init__(self, *, grace_s: float = GRACE_S) -> None:
        self._grace_s = grace_s
        self._lock = threading.Lock()
        self._worker: tuple[SpawnProcess, Connection[_Job, Solution | _Failure]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        worker = self._worker
        return worker[0].pid if worker is not None else None

    def solve(self, problem: Problem, budget_s: float, *, seed: int = 0) -> Solution:
        """Return what ``solver.solve`` finds; takes about the budget, so never in a transaction.

        Raises:
            ValueError: If the budget is not positive.
            SolverTimeoutError: If there is no answer long after the budget.
            SolverCrashedError: If the process dies or the solve fails.
        """
        if not budget_s > 0:
            msg = "the solver needs a budget above 0 seconds"
            raise ValueError(msg)
        with self._lock:
            try:
                connection = self._started()
                connection.send(_Job(problem, budget_s, seed))
                answer = self._answer(connection, budget_s + self._grace_s)
            except (EOFError, OSError) as exc:
                self._kill()
                raise SolverCrashedError("the solver's process ended") from exc
            except BaseException:
                # An answer to a question nobody waits for must not be taken for the next one's.
                self._kill()
                raise
        if isinstance(answer, _Failure):
            raise SolverCrashedError(answer.text)
        return answer

    def close(self) -> None:
        """End the process; the next solve would start another."""
        with self._lock:
            if self._worker is not None:
                process, connection = self._worker
                connection.close()
                process.join(_FAREWELL_S)
                self._kill()

    def _started(self) -> "Connection[_Job, Solution | _Failure]":
        if self._worker is not None:
            process, connection = self._worker
            if process.is_alive():
                return connection
            self._kill()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), name="solver", daemon=True)
        process.start()
        theirs.close()
        self._worker = process, ours
        return ours

    def _answer(
        self, connection: "Connection[_Job, Solution | _Failure]", timeout_s: float
    ) -> Solution | _Failure:
        if not connection.poll(timeout_s):
            raise SolverTimeoutError(f"no answer from the solver within {timeout_s:g} s")
        return connection.recv()

    def _kill(self) -> None:
        if self._worker is not None:
            process, connection = self._worker
            self._worker = None
            process.kill()
            process.join()
            process.close()
            connection.close()


def _serve(connection: "Connection[Solution | _Failure, _Job]") -> None:
    """Solve what comes until the other side is gone."""
    # Ctrl-C reaches the whole group; who started us decides when we end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            job = connection.recv()
            answer: Solution | _Failure = solve(job.problem, budget_s=job.budget_s, seed=job.seed)
        except EOFError:
            return
        except Exception as exc:  # noqa: BLE001 - the outermost loop of a process
            answer = _Failure(f"{type(exc).__name__}: {exc}")
        try:
            connection.send(answer)
        except OSError:
            return
