"""VROOM in process through pyvroom (extra ``vroom``): in a process of its own, which can be killed.

pyvroom holds the interpreter all the time it solves, and its time limit makes plans worse.
"""

import json
import multiprocessing
import signal
import tempfile
import threading
from collections.abc import Mapping
from importlib.util import find_spec
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from deliveries.errors import RejectedError, UnavailableError
from integrations.calling.caller import Json

_FAREWELL_S = 1.0
_INPUT_ERROR, _INTERNAL_ERROR = 2, 1


class VroomProcess:
    """A process that solves: started by the first problem, used again by the next ones.

    Threads may share it; their problems are solved one after the other.
    """

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._worker: tuple[SpawnProcess, Connection[tuple[str, int], str]] | None = None

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return self._worker[0].pid if self._worker is not None else None

    def solve(self, problem: Mapping[str, Json], *, level: int, timeout_s: float) -> Json:
        """Return VROOM's answer, errors included.

        Raises:
            UnavailableError: If the process died or did not answer in time; it is killed then.
        """
        with self._lock:
            try:
                connection = self._started()
                connection.send((json.dumps(problem), level))
                answer: Json = json.loads(_answer(connection, timeout_s))
            except (EOFError, OSError) as error:
                self._kill()
                raise UnavailableError("VROOM's process ended") from error
            except BaseException:
                # An answer nobody waits for must not be taken for the next one's.
                self._kill()
                raise
        return answer

    def check(self) -> None:
        """See that pyvroom is there.

        Raises:
            RejectedError: If it is not.
        """
        if find_spec("vroom") is None:
            raise RejectedError("pyvroom is not installed: install doorstep[vroom]")

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._kill()

    def _started(self) -> "Connection[tuple[str, int], str]":
        if self._worker is not None and self._worker[0].is_alive():
            return self._worker[1]
        self._kill()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), name="vroom", daemon=True)
        process.start()
        theirs.close()
        self._worker = process, ours
        return ours

    def _kill(self) -> None:
        if self._worker is not None:
            process, connection = self._worker
            self._worker = None
            connection.close()
            process.kill()
            process.join(_FAREWELL_S)


def _answer(connection: "Connection[tuple[str, int], str]", timeout_s: float) -> str:
    if not connection.poll(timeout_s):
        raise UnavailableError("VROOM did not answer in time")
    return connection.recv()


def _serve(connection: "Connection[str, tuple[str, int]]") -> None:
    """Solve what comes until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            problem, level = connection.recv()
        except EOFError:
            return
        try:
            connection.send(solve_here(problem, level))
        except OSError:
            return


def solve_here(problem: str, level: int) -> str:
    """Return pyvroom's answer to VROOM's JSON; holds the interpreter until it is there."""
    import vroom

    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(problem)
        file.flush()
        try:
            asked = vroom.Input.from_json(Path(file.name))
            answer = asked.solve(exploration_level=level, nb_threads=1).to_dict()
        except Exception as error:  # noqa: BLE001 pyvroom's errors share nothing but this
            is_input = "Input" in type(error).__name__
            code = _INPUT_ERROR if is_input else _INTERNAL_ERROR
            return json.dumps({"code": code, "error": str(error)})
    return json.dumps(answer)
