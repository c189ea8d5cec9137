"""What reports read, in a database."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import ColumnElement, Table, exists, func, or_, select, true
from sqlalchemy.orm import Session

from deliveries.model.conversation import HandoffState
from deliveries.model.report import Case, Scores
from integrations.storage.message_tables import conversations, handoffs, inbound, ratings
from integrations.storage.repositories.chat_lists import is_of

_COLUMNS = [handoffs.c[each.name] for each in fields(Case)]


class SqlReportRepository:
    """Figures from a database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def cases(
        self, first: datetime, end: datetime, *, shippers: Sequence[str] = ()
    ) -> Sequence[Case]:
        """Return the handoffs requested from ``first`` until before ``end``, oldest first."""
        is_asked = handoffs.c.requested_at >= first, handoffs.c.requested_at < end
        return self._cases(*is_asked, _is_of(handoffs, shippers))

    def open_cases(self, *, shippers: Sequence[str] = ()) -> Sequence[Case]:
        """Return those that wait for an agent or are with one, oldest first."""
        return self._cases(handoffs.c.state != HandoffState.CLOSED, _is_of(handoffs, shippers))

    def _cases(self, *conditions: ColumnElement[bool]) -> Sequence[Case]:
        wanted = select(*_COLUMNS).where(*conditions)
        by_age = wanted.order_by(handoffs.c.requested_at, handoffs.c.id)
        return [Case(**row) for row in self._session.execute(by_age).mappings()]

    def talks(
        self, first: datetime, end: datetime, *, shippers: Sequence[str] = ()
    ) -> tuple[int, int]:
        """Return in how many chats people wrote, and in how many of them staff were asked for."""
        wrote = (
            select(inbound.c.conversation_id)
            .where(inbound.c.received_at >= first, inbound.c.received_at < end)
            .where(_is_of(inbound, shippers))
            .distinct()
            .subquery()
        )
        is_open = or_(handoffs.c.closed_at.is_(None), handoffs.c.closed_at >= first)
        asked = (
            select(handoffs.c.conversation_id)
            .where(handoffs.c.requested_at < end, is_open)
            .distinct()
            .subquery()
        )
        both = wrote.outerjoin(asked, asked.c.conversation_id == wrote.c.conversation_id)
        counts = select(func.count(), func.count(asked.c.conversation_id)).select_from(both)
        talks, with_staff = self._session.execute(counts).one()
        return talks, with_staff

    def scores(
        self, first: datetime, end: datetime, *, of_talks: bool, shippers: Sequence[str] = ()
    ) -> Scores:
        """Return what people thought of talks with staff, or of deliveries."""
        about = ratings.c.handoff_id if of_talks else ratings.c.delivery_id
        count, total = self._session.execute(
            select(func.count(), func.sum(ratings.c.score)).where(
                ratings.c.scored_at >= first,
                ratings.c.scored_at < end,
                about.is_not(None),
                _is_of(ratings, shippers),
            )
        ).one()
        return Scores(count, total / count) if count else Scores()


def _is_of(rows: Table, shippers: Sequence[str]) -> ColumnElement[bool]:
    """Say whether rows are of chats with recipients of some shippers; none named: always."""
    if not shippers:
        return true()
    of = exists().where(conversations.c.id == rows.c.conversation_id, is_of(shippers))
    return of.correlate(rows)
