"""Handing over elsewhere than to the recipient: a neighbour's consent, codes, what waits."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class NeighbourState(StrEnum):
    """Where the question to a neighbour stands."""

    WANTED = "wanted"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SILENT = "silent"
    UNREACHABLE = "unreachable"
    WITHDRAWN = "withdrawn"
    DONE = "done"


LIVE_REQUESTS = frozenset({NeighbourState.ASKED, NeighbourState.ACCEPTED})


@dataclass(eq=False)
class NeighbourRequest:
    """A neighbour whose number was given, and what they say to taking parcels in.

    Attributes:
        contact_id: How to reach them; none once it was erased.
        name: As the recipient calls them; none once it was erased.
        message_id: The message that asked.
        offer_id: What they were shown to choose from.
        settled_at: When it was answered, or nothing came of it.
        erased_at: When number and name were taken away.
    """

    id: str
    delivery_ids: tuple[str, ...]
    contact_id: str | None
    name: str | None
    made_at: datetime
    state: NeighbourState = NeighbourState.WANTED
    message_id: str | None = None
    offer_id: str | None = None
    asked_at: datetime | None = None
    settled_at: datetime | None = None
    erased_at: datetime | None = None

    def settle(self, state: NeighbourState, *, now: datetime) -> None:
        """Note what became of it."""
        self.state, self.settled_at = state, now


class CodeKind(StrEnum):
    """By what right somebody with the code gets the parcel."""

    PICKUP = "pickup"
    NEIGHBOUR = "neighbour"
    COLLECTOR = "collector"


@dataclass(eq=False)
class HandoverCode:
    """A code that gets a delivery handed over; only sealed is it kept.

    Attributes:
        name: Who may come with it, if that is somebody else than the recipient.
        ended_at: Since when it opens nothing any more.
    """

    id: str
    delivery_id: str
    kind: CodeKind
    ciphertext: bytes
    made_at: datetime
    name: str | None = None
    ended_at: datetime | None = None


class CollectionOutcome(StrEnum):
    """How waiting at a pickup point ended."""

    COLLECTED = "collected"
    EXPIRED = "expired"
    MOVED = "moved"


@dataclass(eq=False)
class Collection:
    """A delivery that waits at a pickup point.

    Attributes:
        last_day: The last calendar day there on which it can be collected.
        extensions: How often the time was made longer.
    """

    id: str
    delivery_id: str
    pickup_point_id: str
    ready_at: datetime
    last_day: date
    extensions: int = 0
    ended_at: datetime | None = None
    outcome: CollectionOutcome | None = None
