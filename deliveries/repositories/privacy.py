"""What is kept of people, over all tables at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from deliveries.model.delivery import Delivery
from deliveries.model.privacy import Copy, Period

type Record = Mapping[str, object]


@dataclass(frozen=True)
class Owned:
    """By what a person's rows are found.

    Attributes:
        person_id: Theirs; none: it is about these deliveries alone.
        delivery_ids: Of deliveries to them.
    """

    person_id: str | None = None
    conversation_id: str | None = None
    contact_ids: Sequence[str] = ()
    delivery_ids: Sequence[str] = ()


class PersonalDataRepository(Protocol):
    """Reads, strips and removes by statement: a person's traces may be many."""

    def deliveries_of(self, person_id: str) -> Sequence[Delivery]:
        """Return all deliveries to a person, by id."""
        ...

    def deliveries_before(self, day: date, *, limit: int) -> Sequence[Delivery]:
        """Return deliveries of days before from which nothing was taken yet, by date."""
        ...

    def of(self, owned: Owned) -> Mapping[str, Sequence[Record]]:
        """Return everything that is kept, by table; instants are UTC, sealed things left out."""
        ...

    def copies_elsewhere(self, owned: Owned) -> Sequence[Copy]:
        """Return what other systems were told, by their own names for it."""
        ...

    def is_leaving(self, conversation_id: str) -> bool:
        """Say whether a message is being sent at this moment."""
        ...

    def remove_traces(self, owned: Owned, *, now: datetime) -> None:
        """Remove what was said and empty what must stay, in every table but the entities' own."""
        ...

    def people_without_traces(self, before: datetime, *, limit: int) -> Sequence[str]:
        """Return who has no delivery with a name any more and was silent since, by id."""
        ...

    def remove_before(self, period: Period, instant: datetime, *, limit: int) -> int:
        """Remove rows that are kept for a period and are older; return how many there were.

        Args:
            period: Which tables.
            instant: What is from before it goes.
            limit: How many rows of each table at most.
        """
        ...
