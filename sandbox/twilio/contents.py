"""WhatsApp at the stand-in: what its templates say, and who wrote within the last day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.twilio.errors import RefusedCallError

PREFIX = "whatsapp:"
OUTSIDE_SESSION = 63016
SESSION = timedelta(hours=24)
_PLACE = re.compile(r"\{\{(\d+)\}\}")


@dataclass(frozen=True)
class Content:
    """A template: its text with places, its buttons as pairs of label and payload.

    Attributes:
        is_approved: WhatsApp takes it outside of sessions too.
    """

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    is_approved: bool = True

    def filled(self, variables: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
        """Return its text and buttons with the places filled."""

        def fill(text: str) -> str:
            return _PLACE.sub(lambda found: variables.get(found[1], ""), text)

        return fill(self.text), [(fill(label), fill(payload)) for label, payload in self.buttons]


@dataclass
class WhatsApp:
    """Templates by id, and when each person wrote last."""

    contents: dict[str, Content] = field(default_factory=dict)
    heard_at: dict[str, datetime] = field(default_factory=dict)

    def say(self, sid: str, variables: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
        """Return what a template says.

        Raises:
            RefusedCallError: 21655 if there is none.
        """
        content = self.contents.get(sid)
        if content is None:
            raise RefusedCallError(21655, "The ContentSid is Invalid")
        return content.filled(variables)

    def refusal(self, to: str, sid: str | None, now: datetime) -> int | None:
        """Return why WhatsApp does not take a message; none: it does."""
        heard_at = self.heard_at.get(to)
        if not to.startswith(PREFIX) or (heard_at is not None and now - heard_at < SESSION):
            return None
        content = self.contents.get(sid or "")
        return None if content is not None and content.is_approved else OUTSIDE_SESSION
