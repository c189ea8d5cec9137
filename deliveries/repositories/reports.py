"""What reports read: figures by column, no people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from deliveries.model.report import Case, Scores


class ReportRepository(Protocol):
    """Each question is one statement, however many rows it is about.

    ``shippers`` limits the figures to chats of their recipients; none: no limit.
    """

    def cases(
        self, first: datetime, end: datetime, *, shippers: Sequence[str] = ()
    ) -> Sequence[Case]:
        """Return the handoffs requested from ``first`` until before ``end``, oldest first."""
        ...

    def open_cases(self, *, shippers: Sequence[str] = ()) -> Sequence[Case]:
        """Return those that wait for an agent or are with one, oldest first."""
        ...

    def talks(
        self, first: datetime, end: datetime, *, shippers: Sequence[str] = ()
    ) -> tuple[int, int]:
        """Return in how many chats people wrote, and in how many of them staff were asked for.

        What staff were asked for earlier counts, if it was not over by then.
        """
        ...

    def scores(
        self, first: datetime, end: datetime, *, of_talks: bool, shippers: Sequence[str] = ()
    ) -> Scores:
        """Return what people thought of talks with staff, or of deliveries."""
        ...
