"""One address before several gateways: each connection goes to one that lives, in turn."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

CHUNK = 65_536


@dataclass(eq=False)
class Proxy:
    """Passes bytes on and knows nothing of what they say.

    Attributes:
        ports: Where the gateways listen; one that refuses the connection is passed by.
    """

    port: int
    ports: Sequence[int]
    _turn: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, stop: asyncio.Event) -> None:
        """Listen until told to stop."""
        server = await asyncio.start_server(self._connect, "127.0.0.1", self.port)
        async with server:
            await stop.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        gateway = await self._open()
        if gateway is None:
            writer.close()
            return
        theirs, ours = gateway
        for source, target in ((reader, ours), (theirs, writer)):
            task = asyncio.create_task(_pass_on(source, target))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in self.ports:
            self._turn = (self._turn + 1) % len(self.ports)
            with contextlib.suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", self.ports[self._turn])
        return None


@contextlib.contextmanager
def a_proxy(port: int, ports: Sequence[int]) -> Iterator[None]:
    """Serve from a thread until the block ends."""
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=[Proxy(port, ports).serve(stop)])
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.CancelledError):
        while chunk := await source.read(CHUNK):
            target.write(chunk)
            await target.drain()
    target.close()
