"""The message log and the live feed that the page listens to."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Channel = Literal["sms", "telegram", "whatsapp"]
Direction = Literal["in", "out"]

_MAX_ENTRIES = 5000
_MAX_WAITING = 2000


@dataclass
class Entry:
    """One message as the log and the phones show it.

    Attributes:
        id: Unique over both channels.
        direction: ``in`` is from a person to the product, ``out`` is to a person.
        address: The person's phone number, or the Telegram chat's id in decimal.
        state: The provider's word for where the message is.
        content: What only Telegram has: keyboard, photo, location, contact, edits.
    """

    id: str
    at: str
    channel: Channel
    direction: Direction
    address: str
    text: str
    state: str
    segments: int | None = None
    encoding: str | None = None
    error: int | None = None
    content: dict[str, Any] = field(default_factory=dict)


class Feed:
    """Hands every published event to everybody who listens at that moment."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[dict[str, Any] | None]] = set()

    def publish(self, kind: str, data: Any) -> None:  # noqa: ANN401 - any JSON value
        """Send an event; a listener too slow to read gets None and has to begin again."""
        for queue in list(self._listeners):
            if queue.qsize() >= _MAX_WAITING:
                self._listeners.discard(queue)
                queue.put_nowait(None)
                continue
            queue.put_nowait({"kind": kind, "data": data})

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[dict[str, Any] | None]]:
        """Give a queue that receives what is published until the block is left."""
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)


class Journal:
    """Keeps the newest messages of both channels in the order in which they began."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._entries: dict[str, Entry] = {}
        self._order: deque[str] = deque()

    def put(self, entry: Entry) -> None:
        """Add a message, or replace what is known about it."""
        if entry.id not in self._entries:
            self._order.append(entry.id)
            if len(self._order) > _MAX_ENTRIES:
                self._entries.pop(self._order.popleft(), None)
        self._entries[entry.id] = entry
        self._feed.publish("message", asdict(entry))

    def remove(self, entry_id: str) -> None:
        """Forget a message that was deleted at the provider."""
        if self._entries.pop(entry_id, None) is not None:
            self._order.remove(entry_id)
            self._feed.publish("message_removed", entry_id)

    def entries(self, *, address: str | None = None, channel: str | None = None) -> list[Entry]:
        """Return messages, oldest first, of one person or channel if asked."""
        return [
            entry
            for entry in (self._entries[key] for key in self._order)
            if (address is None or entry.address == address)
            and (channel is None or entry.channel == channel)
        ]
