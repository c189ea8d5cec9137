"""The port to other places than our console where agents work: a forum, a help desk.

What an agent does there comes in through ``deliveries.services.surfaces.hearing`` and passes the
same checks as in the console; who may speak is decided by us alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Author(StrEnum):
    """Who wrote a line."""

    RECIPIENT = "recipient"
    ASSISTANT = "assistant"
    AGENT = "agent"
    NOTE = "note"


@dataclass(frozen=True)
class Line:
    """A line of a thread, as agents read it.

    Attributes:
        ref: Our id of it: a surface that can tell takes it once.
    """

    ref: str
    author: Author
    text: str
    at: datetime


@dataclass(frozen=True)
class Case:
    """What a surface needs to know to open a case; ids, codes and words without personal data.

    Attributes:
        facts: What it is about, by name.
        title: A few words for a list.
        priority: 1 is most urgent, 4 least.
    """

    conversation_id: str
    person_id: str
    title: str
    reason: str
    priority: int
    facts: Mapping[str, str]


class Stand(StrEnum):
    """How a case stands."""

    WAITING = "waiting"
    WITH_AGENT = "with_agent"
    SNOOZED = "snoozed"
    WITH_BOT = "with_bot"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Standing:
    """How a case stands, and whose it is.

    Attributes:
        account: The agent's on that surface; none: nobody's, or somebody's without an account.
        until: When a snoozed one wakes.
    """

    stand: Stand
    account: str | None = None
    until: datetime | None = None

    @property
    def key(self) -> str:
        """Return it in one word, to compare."""
        return f"{self.stand.value}:{self.account or ''}"


@dataclass(frozen=True)
class Words:
    """What an agent wrote on a surface.

    Attributes:
        surface: Its name.
        place: Where on it.
        message_id: The surface's id: it may come again.
        account: Who wrote, by the surface's id.
        is_note: For colleagues only.
    """

    surface: str
    place: str
    message_id: str
    account: str
    text: str
    is_note: bool = False


@dataclass(frozen=True)
class Moved:
    """Agents moved a case on a surface: it is to be asked how the case stands."""

    place: str


class StaffSurface(Protocol):
    """A place where agents see cases; every method is idempotent as far as the place allows.

    Each raises:
        UnavailableError: Try again later.
        NotFoundError: The place is gone: open the case anew.
        RejectedError: This will never be taken.
        UnreadableError: The answer is none we know.
    """

    @property
    def name(self) -> str:
        """Return the surface's name: lower case, as in settings and keys."""
        ...

    async def open(self, case: Case) -> str:
        """Make a place for a case and return it; agents are not told yet."""
        ...

    async def post(self, place: str, lines: Sequence[Line], *, again: bool) -> Sequence[str]:
        """Show lines, in order, and return the surface's ids of them.

        Args:
            place: Where.
            lines: In order.
            again: They may be there already: an earlier attempt was cut off.
        """
        ...

    async def show(self, place: str, case: Case, standing: Standing) -> None:
        """Show how a case stands and what it is about."""
        ...

    async def look(self, place: str) -> Standing | None:
        """Return how a case stands there; none: agents cannot move it there but by their words."""
        ...

    async def report(self, place: str, external_id: str, outcome: str) -> None:
        """Tell an agent what became of their words: ``delivered``, or why they were not sent."""
        ...

    async def close(self) -> None:
        """Close connections."""
        ...


class StaffWebhook(Protocol):
    """How a surface reports by itself."""

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Say whether the surface sent this; never, where there is no secret to tell by."""
        ...

    def read(self, body: bytes) -> Words | Moved | None:
        """Read what an agent did; none: nothing that concerns us.

        Raises:
            UnreadableError: If it is none of the surface's reports.
        """
        ...
