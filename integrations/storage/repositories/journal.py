"""What happened, what staff must do, and what drivers' devices reported."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from deliveries.model.history import DriverEvent, HistoryEntry, StaffTask
from integrations.storage.message_tables import NOT_DONE, driver_events, history, staff_tasks
from integrations.storage.repositories.entities import SqlRepository, insert_once


class SqlHistoryRepository(SqlRepository[HistoryEntry]):
    """What happened, in a database."""

    kind = HistoryEntry

    def of_delivery(self, delivery_id: str) -> Sequence[HistoryEntry]:
        """Return a delivery's entries, oldest first."""
        return self._session.scalars(
            select(HistoryEntry)
            .where(history.c.delivery_id == delivery_id)
            .order_by(history.c.at, history.c.seq)
        ).all()

    def of_conversation(self, conversation_id: str) -> Sequence[HistoryEntry]:
        """Return a conversation's entries, oldest first."""
        return self._session.scalars(
            select(HistoryEntry)
            .where(history.c.conversation_id == conversation_id)
            .order_by(history.c.at, history.c.seq)
        ).all()


class SqlStaffTaskRepository(SqlRepository[StaffTask]):
    """What staff must do, in a database."""

    kind = StaffTask

    def add_once(self, task: StaffTask) -> bool:
        """Keep a task; false if its cause already has an open one."""
        return insert_once(self._session, task, staff_tasks.c.dedupe_key, where=NOT_DONE)

    def open(self) -> Sequence[StaffTask]:
        """Return the tasks not done, oldest first."""
        return self._session.scalars(
            select(StaffTask).where(NOT_DONE).order_by(staff_tasks.c.created_at, staff_tasks.c.id)
        ).all()

    def open_before(self, at: datetime, *, kind: str) -> Sequence[StaffTask]:
        """Return the tasks of a kind that are not done and began at an instant or before it."""
        return self._session.scalars(
            select(StaffTask)
            .where(NOT_DONE, staff_tasks.c.kind == kind, staff_tasks.c.created_at <= at)
            .order_by(staff_tasks.c.created_at, staff_tasks.c.id)
        ).all()


class SqlDriverEventRepository(SqlRepository[DriverEvent]):
    """What drivers' devices reported, in a database."""

    kind = DriverEvent

    def add_once(self, event: DriverEvent) -> bool:
        """Keep an event; false if it was reported before."""
        return insert_once(self._session, event, driver_events.c.id)
