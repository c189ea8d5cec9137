"""Neighbours' consent, codes for handing over, and what waits at pickup points."""

from collections.abc import Sequence

from sqlalchemy import select

from deliveries.model.handover import Collection, HandoverCode, NeighbourRequest
from integrations.storage.handover_tables import (
    LIVE_REQUEST,
    NOT_ENDED,
    NOT_ERASED,
    collections,
    handover_codes,
    neighbour_requests,
)
from integrations.storage.repositories.entities import SqlRepository


class SqlNeighbourRequestRepository(SqlRepository[NeighbourRequest]):
    """Questions to neighbours in a database."""

    kind = NeighbourRequest

    def live(self) -> Sequence[NeighbourRequest]:
        """Return those asked or accepted, oldest first."""
        statement = select(NeighbourRequest).where(LIVE_REQUEST)
        return self._session.scalars(statement.order_by(*_BY_AGE)).all()

    def kept(self) -> Sequence[NeighbourRequest]:
        """Return those with personal data, oldest first."""
        statement = select(NeighbourRequest).where(NOT_ERASED)
        return self._session.scalars(statement.order_by(*_BY_AGE)).all()

    def of_contact(self, contact_id: str) -> Sequence[NeighbourRequest]:
        """Return what a contact was or is to be asked, oldest first."""
        statement = select(NeighbourRequest).where(neighbour_requests.c.contact_id == contact_id)
        return self._session.scalars(statement.order_by(*_BY_AGE)).all()


class SqlHandoverCodeRepository(SqlRepository[HandoverCode]):
    """Codes in a database."""

    kind = HandoverCode

    def live_of(self, delivery_ids: Sequence[str]) -> Sequence[HandoverCode]:
        """Return the codes that still open something, by delivery, oldest first."""
        table = handover_codes.c
        statement = (
            select(HandoverCode)
            .where(table.delivery_id.in_(delivery_ids), table.ended_at.is_(None))
            .order_by(table.delivery_id, table.made_at, table.id)
        )
        return self._session.scalars(statement).all()


class SqlCollectionRepository(SqlRepository[Collection]):
    """What waits at pickup points, in a database."""

    kind = Collection

    def waiting(self) -> Sequence[Collection]:
        """Return what waits anywhere, by last day, then id."""
        statement = select(Collection).where(NOT_ENDED)
        return self._session.scalars(
            statement.order_by(collections.c.last_day, collections.c.id)
        ).all()

    def waiting_of(self, delivery_id: str) -> Collection | None:
        """Return where and until when a delivery waits, if it does."""
        statement = select(Collection).where(collections.c.delivery_id == delivery_id, NOT_ENDED)
        return self._session.scalars(statement).one_or_none()


_BY_AGE = (neighbour_requests.c.made_at, neighbour_requests.c.id)
