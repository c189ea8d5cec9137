"""Faults that tests plan for the next calls to a stand-in."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class FaultError(ValueError):
    """A planned fault has a field that nobody knows, or a value of the wrong kind."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call; the default is nothing.

    Attributes:
        fail: Answer this HTTP status and do nothing.
        retry_after: Seconds told with a 429.
        timeout_before: Do nothing, keep the caller waiting so long, then cut the connection.
        timeout_after: Do the work, keep the caller waiting so long, then cut the connection.
        reset: Cut the connection at once and do nothing.
        reset_after: Do the work, then cut the connection without an answer.
        duplicate_callbacks: Send every status callback of this message twice.
        reorder_callbacks: Send the callback of ``sent`` after the final one.
        undelivered: The message ends as undelivered with this Twilio code.
        failed: The message ends as failed with this Twilio code before it is sent.
    """

    fail: int | None = None
    retry_after: int | None = None
    timeout_before: float = 0.0
    timeout_after: float = 0.0
    reset: bool = False
    reset_after: bool = False
    duplicate_callbacks: bool = False
    reorder_callbacks: bool = False
    undelivered: int | None = None
    failed: int | None = None


NO_FAULT = Fault()


def read_fault(given: Mapping[str, Any]) -> Fault:
    """Build a fault from JSON.

    Raises:
        FaultError: If a field is unknown or of the wrong kind.
    """
    known = {entry.name: entry.default for entry in fields(Fault)}
    for name, value in given.items():
        if name not in known:
            raise FaultError(f"no such fault: {name}")
        kind = bool if isinstance(known[name], bool) else int | float
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise FaultError(f"{name} has a value of the wrong kind")
    return Fault(**given)


@dataclass
class _Planned:
    operation: str
    address: str | None
    times: int
    fault: Fault


@dataclass
class FaultPlan:
    """The faults waiting for calls, used up in the order in which they were planned."""

    _waiting: list[_Planned] = field(default_factory=list)

    def add(
        self, fault: Fault, *, operation: str = "*", address: str | None = None, times: int = 1
    ) -> None:
        """Plan a fault for the next ``times`` calls of an operation, or of any with ``*``."""
        self._waiting.append(_Planned(operation, address, times, fault))

    def clear(self) -> None:
        """Forget every fault that has not happened yet."""
        self._waiting.clear()

    def count(self) -> int:
        """Return how many calls are still to go wrong."""
        return sum(planned.times for planned in self._waiting)

    def take(self, operation: str, address: str | None = None) -> Fault:
        """Return the fault for this call and count it as used; mostly there is none."""
        for planned in self._waiting:
            if planned.operation not in ("*", operation):
                continue
            if planned.address is not None and planned.address != address:
                continue
            planned.times -= 1
            if planned.times <= 0:
                self._waiting.remove(planned)
            return planned.fault
        return NO_FAULT


class CutConnection(Response):
    """An answer that never comes: the connection is aborted instead.

    The server that owns the sockets offers ``app.state.abort``; without it (an application
    called in process) the answer breaks off after its headers.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Abort the caller's connection."""
        del receive
        abort = getattr(scope["app"].state, "abort", None)
        if abort is not None and abort(scope["client"]):
            return
        headers = [(b"content-length", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


async def answer_with_fault(
    fault: Fault,
    work: Callable[[], Awaitable[Response]],
    refuse: Callable[[Fault], Response],
) -> Response:
    """Answer a call as its planned fault says; without one, do the work and answer."""
    if fault.timeout_before:
        await asyncio.sleep(fault.timeout_before)
        return CutConnection()
    if fault.reset:
        return CutConnection()
    if fault.fail is not None:
        return refuse(fault)
    response = await work()
    if fault.timeout_after:
        await asyncio.sleep(fault.timeout_after)
        return CutConnection()
    return CutConnection() if fault.reset_after else response
