"""Runs the three listeners of the sandbox in one event loop."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Iterator, Mapping

import uvicorn
from starlette.applications import Starlette

HOST = "127.0.0.1"
_GRACE_S = 1


class PortTakenError(OSError):
    """Another process listens on a port that the sandbox needs."""


class _Server(uvicorn.Server):
    """A server that leaves signals to the loop, which stops all three together."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture nothing."""
        yield

    def abort(self, client: tuple[str, int] | None) -> bool:
        """Reset the connection of a caller; False if it is not there any more."""
        for connection in self.server_state.connections:
            transport = getattr(connection, "transport", None)
            if transport is None or getattr(connection, "client", None) != client:
                continue
            plug = transport.get_extra_info("socket")
            if plug is not None:
                plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
            return True
        return False


def open_port(port: int) -> socket.socket:
    """Listen on a loopback port; 0 takes a free one.

    Raises:
        PortTakenError: If somebody else listens there.
    """
    try:
        return socket.create_server((HOST, port))
    except OSError as exc:
        raise PortTakenError(f"port {port} of {HOST} is taken") from exc


async def serve(apps: Mapping[socket.socket, Starlette], stop: asyncio.Event) -> None:
    """Serve each application on its socket until ``stop`` is set."""
    servers = {}
    for plug, app in apps.items():
        config = uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=_GRACE_S,
        )
        servers[plug] = _Server(config)
        app.state.abort = servers[plug].abort

    async def end() -> None:
        await stop.wait()
        for server in servers.values():
            server.should_exit = True

    async with asyncio.TaskGroup() as group:
        ending = group.create_task(end())
        await asyncio.gather(*(server.serve(sockets=[plug]) for plug, server in servers.items()))
        ending.cancel()
