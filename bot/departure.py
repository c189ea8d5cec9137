"""What leaves by a network, and what a network can answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.wording.render import Rendered
from deliveries.errors import RejectedError, UnavailableError
from deliveries.model.message import Form, Purpose
from deliveries.model.network import Coordinates
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.services.messages.receipts import Reach


@dataclass(frozen=True)
class Shape:
    """How a message is shown, where the network can.

    Attributes:
        photo_url: A picture above the words.
        place: What is shown on the map, with ``title`` and ``address`` if it has them.
        live_s: For so long the place may move.
        changes: The network's id of the message in whose place it is shown.
    """

    form: Form = Form.WORDS
    photo_url: str | None = None
    place: Coordinates | None = None
    title: str = ""
    address: str = ""
    live_s: int = 0
    changes: str | None = None


@dataclass(frozen=True)
class Departure:
    """A message on its way out: claimed, rendered, marked ``sending`` and committed.

    Attributes:
        leave_by: By the machine's clock; later, our claim on it could end while it is being sent.
        lifetime_s: After so many seconds the network should drop it.
        is_interrupted: An earlier send was under way when its process died.
        heard_s: So many seconds ago the contact wrote to us last; none: never.
    """

    message_id: str
    attempt_id: str
    contact_id: str
    conversation_id: str
    purpose: Purpose
    channel: Channel
    address: ContactAddress
    rendered: Rendered
    attempts: int
    created_at: datetime
    leave_by: datetime
    lifetime_s: int | None = None
    is_interrupted: bool = False
    shape: Shape = Shape()
    heard_s: float | None = None


class NotSentError(RejectedError):
    """The network refuses this message for good.

    Attributes:
        reason: Stable code.
        reach: What the refusal says about the contact.
        dead_for: For so long nothing else is expected to arrive there.
    """

    def __init__(
        self,
        reason: str,
        *,
        reach: Reach = Reach.UNCHANGED,
        dead_for: timedelta | None = None,
    ) -> None:
        """Keep why."""
        super().__init__(reason)
        self.reason = reason
        self.reach = reach
        self.dead_for = dead_for


class OutcomeUnknownError(UnavailableError):
    """The connection broke after the request was on its way: it may have left."""


class Network(Protocol):
    """A channel's way out."""

    async def send(self, departure: Departure) -> str:
        """Send and return the network's id of the message.

        Raises:
            NotSentError: If it will never be taken.
            OutcomeUnknownError: If it may have left.
            UnavailableError: If it has not left and may be sent again later.
        """
        ...

    async def look_up(self, departure: Departure) -> Sequence[str] | None:
        """Return ids of messages that could be this one, newest first; none: there is no list.

        Raises:
            UnavailableError: If the network cannot be asked now.
        """
        ...

    async def close(self) -> None:
        """Close connections."""
        ...
