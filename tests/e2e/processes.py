"""The product's own processes, started and ended one by one, with their output in files."""

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
# The longest that anything is waited for, on a machine that is busy with other things.
PATIENCE_S = 90.0
LOOK_EVERY_S = 0.05
SHOWN_LINES = 15


def wait_until[T](
    look: Callable[[], T | None],
    what: str,
    *,
    patience_s: float = PATIENCE_S,
    every_s: float = LOOK_EVERY_S,
) -> T:
    """Look again and again until there is something, and return it."""
    give_up_at = time.monotonic() + patience_s
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > give_up_at:
            raise AssertionError(f"waited {patience_s:g} s in vain for {what}")
        time.sleep(every_s)


@dataclass(eq=False)
class Processes:
    """Processes by name; each appends what it says to a file of its name."""

    folder: Path
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        """Start a process in a group of its own, so that what it starts ends with it."""
        with self.log_of(name).open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 our own commands
                command,
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            log.write(f"$ {shlex.join(command[:3])}\n".encode())

    def check(self) -> None:
        """Fail if any process has ended by itself."""
        for name, process in self._running.items():
            if process.poll() is not None:
                raise AssertionError(f"{name} ended with {process.returncode}: {self.tail(name)}")

    def is_running(self, name: str) -> bool:
        """Say whether a process was started and not ended by us."""
        return name in self._running

    def running(self) -> list[str]:
        """Return what was started and not ended by us."""
        return list(self._running)

    def kill(self, name: str) -> None:
        """End a process at this instant, as a crash does."""
        self._end(name, signal.SIGKILL)

    def stop(self, name: str) -> None:
        """Ask a process to end."""
        self._end(name, signal.SIGTERM)

    def stop_all(self) -> None:
        """Ask all to end at once, and wait."""
        for process in self._running.values():
            _signal(process, signal.SIGTERM)
        for name in list(self._running):
            self._end(name, signal.SIGTERM)

    def log_of(self, name: str) -> Path:
        """Return the file that a process writes to."""
        return self.folder / f"{name}.log"

    def logs(self) -> dict[str, str]:
        """Return all that was written, by process."""
        return {
            each.stem: each.read_text("utf-8", "replace")
            for each in sorted(self.folder.glob("*.log"))
        }

    def tail(self, name: str) -> str:
        """Return the last lines of one process."""
        lines = self.log_of(name).read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-SHOWN_LINES:])

    def _end(self, name: str, how: signal.Signals) -> None:
        process = self._running.pop(name)
        _signal(process, how)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            _signal(process, signal.SIGKILL)
            process.wait()


def _signal(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, how)
