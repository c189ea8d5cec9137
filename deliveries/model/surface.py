"""Other places than our console where agents work, and what is shown there of our chats."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False)
class SurfaceCase:
    """A conversation as it is shown on a surface.

    Attributes:
        id: Of the handoff for which it was first shown there, with the surface's name.
        place: What the surface calls it (a topic, a case number); none: not there yet.
        shown: The standing that the surface was last told, or told us.
        moves: How often something happened that is to be posted, shown or reported there.
        told: Up to which of the moves it was told.
        to_check: The surface said that it moved there: it is asked how it stands.
        is_over: The bot has the conversation again, and the surface knows.
        attempts: How often in a row the surface failed.
        retry_at: By the machine's clock, after a failure.
    """

    id: str
    surface: str
    conversation_id: str
    opened_at: datetime
    place: str | None = None
    shown: str = ""
    moves: int = 1
    told: int = 0
    to_check: bool = False
    is_over: bool = False
    attempts: int = 0
    retry_at: datetime | None = None


@dataclass(eq=False)
class SurfaceLine:
    """Something of a thread that a surface has, or has sent us.

    Attributes:
        id: Surface and ``ref``: one line is there once.
        ref: Our id of it; ``heard:…`` for what came from there.
        external_id: The surface's id of it, where it is known.
        told: What the agent there was last told about its sending.
        owed: What they are to be told.
    """

    id: str
    surface: str
    ref: str
    conversation_id: str
    external_id: str | None = None
    told: str | None = None
    owed: str | None = None


@dataclass(eq=False)
class SurfaceMember:
    """An account on a surface that belongs to an agent; others may do nothing.

    Attributes:
        id: Surface and the surface's id of the account.
    """

    id: str
    surface: str
    external_id: str
    agent_id: str


@dataclass(eq=False)
class SurfaceFollower:
    """Up to where a surface was told of what moved, and who tells it now.

    Attributes:
        id: The surface.
        seq: Of the newest event that was seen.
        claimed_until: By the machine's clock.
    """

    id: str
    seq: int = 0
    claimed_by: str | None = None
    claimed_until: datetime | None = None


def line_id(surface: str, ref: str) -> str:
    """Return the id of a line on a surface."""
    return f"{surface}:{ref}"
