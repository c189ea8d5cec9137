"""Codes that were sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from deliveries.model.challenge import Challenge, ChallengeKind, ChallengeState
from integrations.storage.message_tables import challenges
from integrations.storage.repositories.entities import SqlRepository


class SqlChallengeRepository(SqlRepository[Challenge]):
    """Challenges in a database."""

    kind = Challenge

    def latest_of(self, conversation_id: str) -> Challenge | None:
        """Return the newest that is to be answered in a conversation."""
        return self._newest(challenges.c.conversation_id == conversation_id)

    def latest_sent_to(self, contact_id: str) -> Challenge | None:
        """Return the newest whose code went to a contact."""
        return self._newest(
            challenges.c.sent_to == contact_id, challenges.c.kind == ChallengeKind.STEP_UP
        )

    def door_pin(self, delivery_id: str) -> Challenge | None:
        """Return the newest PIN of a delivery."""
        return self._newest(
            challenges.c.delivery_id == delivery_id, challenges.c.kind == ChallengeKind.DOOR_PIN
        )

    def of_delivery_since(self, delivery_id: str, since: datetime) -> Sequence[Challenge]:
        """Return a delivery's, made at or after an instant."""
        return self._since(challenges.c.delivery_id == delivery_id, since)

    def asked_by_since(self, contact_id: str, since: datetime) -> Sequence[Challenge]:
        """Return those that a contact caused at or after an instant."""
        return self._since(challenges.c.asked_by == contact_id, since)

    def _newest(self, *conditions: ColumnElement[bool]) -> Challenge | None:
        # There is at most one open one; it may be as old as the one it took the place of.
        return self._session.scalars(
            select(Challenge)
            .where(*conditions)
            .order_by(
                (challenges.c.state == ChallengeState.OPEN).desc(),
                challenges.c.created_at.desc(),
                challenges.c.id.desc(),
            )
            .limit(1)
        ).one_or_none()

    def _since(self, condition: ColumnElement[bool], since: datetime) -> Sequence[Challenge]:
        return self._session.scalars(
            select(Challenge).where(condition, challenges.c.created_at >= since)
        ).all()
