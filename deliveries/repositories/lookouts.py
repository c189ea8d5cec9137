"""What may be due to be told, found by columns among any number of deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from deliveries.model.window import TimeWindow


class Candidate(NamedTuple):
    """A delivery about which something may be due: whether it is, only the delivery tells."""

    id: str
    person_id: str
    route_id: str | None
    eta_at: datetime | None


@dataclass(frozen=True)
class Lookout:
    """What to look for among the deliveries of one day in one zone that are on their way.

    Attributes:
        untold: Kinds of notices none of which was written about this attempt.
        eta: Between when and when they are expected; either end may be open.
        left_since: Their van has left, and not before that.
        seen_since: Their van has said since then where it is ...
        within_deg: ... which is no further north or south, and about as far east or west.
        waits_except: Their van has not left and is not to leave then; or they have none.
        promised_within: What they were told begins then, and the ETA lies outside of it.
    """

    zone: str
    day: date
    untold: tuple[str, ...] = ()
    eta: tuple[datetime | None, datetime | None] = (None, None)
    left_since: datetime | None = None
    seen_since: datetime | None = None
    within_deg: float = 0.0
    waits_except: TimeWindow | None = None
    promised_within: TimeWindow | None = None


class LookoutRepository(Protocol):
    """Deliveries about which something may be due; each look costs what it finds, about."""

    def zones(self) -> Sequence[str]:
        """Return the zones of deliveries on their way."""
        ...

    def find(self, lookout: Lookout) -> Sequence[Candidate]:
        """Return the deliveries that are to go to an address and are as looked for."""
        ...

    def brought_back(
        self, day: date, *, reason: str, untold: str, within: TimeWindow
    ) -> Sequence[Candidate]:
        """Return a day's deliveries that failed for a reason in a span and were not told of."""
        ...

    def failed(self, *, since: datetime) -> Sequence[str]:
        """Return the ids of deliveries whose last attempt failed, at an instant or after it."""
        ...

    def told(self, delivery_ids: Sequence[str]) -> frozenset[str]:
        """Return the dedupe keys of all notices about some deliveries."""
        ...
