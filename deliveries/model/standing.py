"""What a recipient wants of every delivery to them, until they say otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deliveries.model.saying import Fact


class StandingKind(StrEnum):
    """What a standing wish is about; a person has at most one of each kind at a time."""

    AWAY = "away"
    PLACE = "place"
    DOOR = "door"


@dataclass(eq=False)
class StandingWish:
    """One wish that stands.

    Attributes:
        details: What is wanted, JSON values: a neighbour, a safe place, minutes at the door.
        first_day: Of an absence: the first day without deliveries.
        last_day: Of an absence: the last one.
        ended_at: Since when it counts no more.
    """

    id: str
    person_id: str
    kind: StandingKind
    details: Mapping[str, Fact]
    since: datetime
    first_day: date | None = None
    last_day: date | None = None
    ended_at: datetime | None = None

    def covers(self, day: date) -> bool:
        """Say whether an absence includes a day."""
        if self.first_day is None or self.last_day is None:
            return False
        return self.first_day <= day <= self.last_day
