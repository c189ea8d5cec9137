"""Preferences, and the planner changes that carry them into the plan."""

from collections.abc import Sequence
from datetime import datetime
from typing import override

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, update

from deliveries.model.preference import LIVE_PREFERENCES, OPEN_CHANGES, PlannerChange, Preference
from integrations.storage.message_tables import OPEN_CHANGE, planner_changes, preferences
from integrations.storage.repositories.entities import SqlRepository, wake
from integrations.storage.tables import depots


class SqlPreferenceRepository(SqlRepository[Preference]):
    """Preferences in a database."""

    kind = Preference

    def live_of(self, delivery_id: str) -> Preference | None:
        """Return the pending or confirmed choice of a delivery."""
        return self._session.scalars(
            select(Preference)
            .where(
                preferences.c.delivery_id == delivery_id,
                preferences.c.state.in_(LIVE_PREFERENCES),
            )
            .order_by(preferences.c.version.desc())
            .limit(1)
        ).one_or_none()

    def latest_of(self, delivery_id: str) -> Preference | None:
        """Return the newest choice of a delivery, whatever became of it."""
        return self._session.scalars(
            select(Preference)
            .where(preferences.c.delivery_id == delivery_id)
            .order_by(preferences.c.version.desc())
            .limit(1)
        ).one_or_none()

    def before(self, preference: Preference) -> Preference | None:
        """Return the choice of the same delivery with the next lower version."""
        return self._session.scalars(
            select(Preference)
            .where(
                preferences.c.delivery_id == preference.delivery_id,
                preferences.c.version < preference.version,
            )
            .order_by(preferences.c.version.desc())
            .limit(1)
        ).one_or_none()

    def of(self, delivery_id: str) -> Sequence[Preference]:
        """Return all choices of a delivery, by version."""
        return self._session.scalars(
            select(Preference)
            .where(preferences.c.delivery_id == delivery_id)
            .order_by(preferences.c.version)
        ).all()


class SqlPlannerChangeRepository(SqlRepository[PlannerChange]):
    """Planner changes in a database."""

    kind = PlannerChange

    @override
    def add(self, entity: PlannerChange) -> None:
        """Keep a new change and wake whoever pushes them."""
        super().add(entity)
        wake(self._session, "changes")

    def claim_due(
        self, *, by: str, now: datetime, until: datetime, limit: int
    ) -> Sequence[PlannerChange]:
        """Claim open changes that are due, oldest first, by conditional updates.

        At most one change of a delivery is claimed at a time, the oldest open one. A depot's are
        claimed by one worker at a time, so that they reach its plans in the order of choosing.

        Args:
            by: Who claims.
            now: The machine's time.
            until: When the claim ends by itself.
            limit: At most so many.
        """
        self._session.flush()
        # Locked first, looked at next: so what others have just claimed is seen.
        locked = self._session.scalars(_DEPOTS).all()
        busy = set(self._session.scalars(_BUSY.where(planner_changes.c.claimed_until > now)))
        free = [depot_id for depot_id in locked if depot_id not in busy]
        due = self._session.scalars(_due(now, limit, free)).all()
        claimed = self._session.scalars(
            update(planner_changes)
            .where(planner_changes.c.id.in_(due), OPEN_CHANGE, _is_free(now))
            .values(claimed_by=by, claimed_until=until)
            .returning(planner_changes.c.id)
        ).all()
        return self._session.scalars(
            select(PlannerChange)
            .where(planner_changes.c.id.in_(claimed))
            .order_by(planner_changes.c.seq)
            .execution_options(populate_existing=True)
        ).all()

    def of_preference(self, preference_id: str) -> PlannerChange | None:
        """Return the change that carries a choice, the newest if there are several."""
        return self._session.scalars(
            select(PlannerChange)
            .where(planner_changes.c.preference_id == preference_id)
            .order_by(planner_changes.c.seq.desc())
            .limit(1)
        ).one_or_none()

    def open_count(self) -> int:
        """Return how many wait for a verdict."""
        count = select(func.count()).select_from(planner_changes).where(OPEN_CHANGE)
        return self._session.scalars(count).one()


def _is_free(now: datetime) -> ColumnElement[bool]:
    claimed_until = planner_changes.c.claimed_until
    return or_(claimed_until.is_(None), claimed_until <= now)


_BUSY = select(planner_changes.c.depot_id).where(OPEN_CHANGE).distinct()
# Others may refer to a locked depot, and nobody waits for it.
_DEPOTS = (
    select(depots.c.id)
    .where(depots.c.id.in_(select(planner_changes.c.depot_id).where(OPEN_CHANGE)))
    .with_for_update(key_share=True, skip_locked=True)
)


def _due(now: datetime, limit: int, depot_ids: Sequence[str]) -> Select[str]:
    """Return what finds and locks the oldest open change of each delivery that may be pushed."""
    next_attempt_at, older = planner_changes.c.next_attempt_at, planner_changes.alias("older")
    has_older = exists().where(
        older.c.state.in_(OPEN_CHANGES),
        older.c.delivery_id == planner_changes.c.delivery_id,
        older.c.seq < planner_changes.c.seq,
    )
    is_time = or_(next_attempt_at.is_(None), next_attempt_at <= now)
    return (
        select(planner_changes.c.id)
        .where(OPEN_CHANGE, planner_changes.c.depot_id.in_(depot_ids), is_time, ~has_older)
        .order_by(planner_changes.c.seq)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
