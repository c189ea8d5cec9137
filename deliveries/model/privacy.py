"""How long what is known of people is kept."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Period(StrEnum):
    """What is kept equally long."""

    WORDS = "words"
    DELIVERIES = "deliveries"
    WHEREABOUTS = "whereabouts"


@dataclass(frozen=True)
class Periods:
    """How long each is kept; an installation may keep it shorter or longer.

    Attributes:
        words: What was said: messages, notes, summaries, drafts.
        deliveries: Names, addresses and wishes, from the service day on.
        whereabouts: Where vans and drivers were, and what opened doors and sessions.
    """

    words: timedelta = timedelta(days=180)
    deliveries: timedelta = timedelta(days=400)
    whereabouts: timedelta = timedelta(days=30)

    def of(self, period: Period) -> timedelta:
        """Return how long one is kept."""
        return {
            Period.WORDS: self.words,
            Period.DELIVERIES: self.deliveries,
            Period.WHEREABOUTS: self.whereabouts,
        }[period]


@dataclass(frozen=True)
class Copy:
    """What another system holds of a person.

    Attributes:
        system: The planner's or surface's name.
        name: The other system's own id of it.
    """

    system: str
    name: str
