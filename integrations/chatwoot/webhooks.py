"""What Chatwoot's inbox webhook says, as what an agent did.

Events come twice, out of order, and not always under the name one expects: an assignment may come
as ``conversation_updated`` alone (chatwoot/chatwoot#9277). What counts is how a conversation
stands, never what the event is called.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from deliveries.errors import UnreadableError
from deliveries.staff_surfaces import Moved, Words
from integrations.chatwoot.signatures import is_genuine

NAME = "chatwoot"

# What we post carries such an id, and comes back to us by webhook.
OURS = "doorstep:"
_CASE_EVENTS = frozenset(
    {"conversation_created", "conversation_status_changed", "conversation_updated"}
)


class CaseStatus(StrEnum):
    """Chatwoot's own words for how a conversation stands."""

    OPEN = "open"
    RESOLVED = "resolved"
    PENDING = "pending"
    SNOOZED = "snoozed"


@dataclass(frozen=True)
class ChatwootWebhook:
    """The webhook of one inbox.

    Attributes:
        secret: What it signs with; empty: nothing is genuine.
        machine_now: Tells the machine's time, against old signatures.
    """

    inbox: int
    secret: str
    machine_now: Callable[[], datetime]

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Say whether Chatwoot sent this, lately."""
        return is_genuine(
            self.secret,
            timestamp=headers.get("x-chatwoot-timestamp"),
            signature=headers.get("x-chatwoot-signature"),
            body=body,
            now=self.machine_now(),
        )

    def read(self, body: bytes) -> Words | Moved | None:
        """Read what an agent did in our inbox; none: nothing that concerns us.

        Our own posts that come back, bots, templates and activity lines do not.

        Raises:
            UnreadableError: If it is not one of Chatwoot's events.
        """
        try:
            event: dict[str, Any] = json.loads(body)
            name = event["event"]
            if name == "message_created":
                return _read_message(event, self.inbox)
            if name in _CASE_EVENTS and int(event["inbox_id"]) == self.inbox:
                return Moved(str(int(event["id"])))
        except (ValueError, TypeError, KeyError, AttributeError) as exc:
            raise UnreadableError("chatwoot webhook") from exc
        return None


def _read_message(event: dict[str, Any], inbox: int) -> Words | None:
    sender = event.get("sender") or {}
    is_agents = (
        event["message_type"] == "outgoing"
        and sender.get("type") == "user"
        and int(event["inbox"]["id"]) == inbox
        and not str(event.get("source_id") or "").startswith(OURS)
    )
    if not is_agents:
        return None
    return Words(
        surface=NAME,
        place=str(int(event["conversation"]["id"])),
        message_id=str(int(event["id"])),
        account=str(int(sender["id"])),
        text=str(event.get("content") or ""),
        is_note=bool(event["private"]),
    )
