"""What happened, what staff must do, and what drivers' devices reported."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, true, update

from deliveries.model.history import DriverEvent, HistoryEntry, StaffTask
from integrations.storage.message_tables import (
    NOT_DONE,
    conversations,
    driver_events,
    history,
    staff_tasks,
)
from integrations.storage.repositories.chat_lists import is_of
from integrations.storage.repositories.entities import SqlRepository, insert_once, touch
from integrations.storage.tables import deliveries


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

    def listed(self, *, is_done: bool, shippers: Sequence[str], limit: int) -> Sequence[StaffTask]:
        """Return tasks within a limit: the open ones oldest first, or those done newest first."""
        wanted = select(StaffTask).where(_is_of(shippers)).limit(limit)
        done_at, created_at = staff_tasks.c.done_at, staff_tasks.c.created_at
        if is_done:
            wanted = wanted.where(done_at.is_not(None)).order_by(done_at.desc(), staff_tasks.c.id)
        else:
            wanted = wanted.where(NOT_DONE).order_by(created_at, staff_tasks.c.id)
        return self._session.scalars(wanted).all()

    def open_of(self, delivery_ids: Sequence[str]) -> Sequence[StaffTask]:
        """Return the tasks not done about some deliveries, oldest first."""
        return self._session.scalars(
            select(StaffTask)
            .where(NOT_DONE, staff_tasks.c.delivery_id.in_(delivery_ids))
            .order_by(staff_tasks.c.created_at, staff_tasks.c.id)
        ).all()

    def within(self, ids: Collection[str], shippers: Sequence[str]) -> set[str]:
        """Return which of some tasks are within a limit; all of them if there is none."""
        wanted = select(staff_tasks.c.id).where(staff_tasks.c.id.in_(ids), _is_of(shippers))
        return set(self._session.scalars(wanted))

    def close(self, id_: str, *, at: datetime, by: str, outcome: str, note: str | None) -> bool:
        """Close a task by a conditional update; false if it is closed already."""
        closed = touch(
            self._session,
            update(staff_tasks)
            .where(staff_tasks.c.id == id_, NOT_DONE)
            .values(done_at=at, done_by=by, outcome=outcome, note=note),
        )
        self._reread(id_)
        return closed == 1

    def open_before(self, at: datetime, *, kind: str) -> Sequence[StaffTask]:
        """Return the tasks of a kind that are not done and began at an instant or before it."""
        return self._session.scalars(
            select(StaffTask)
            .where(NOT_DONE, staff_tasks.c.kind == kind, staff_tasks.c.created_at <= at)
            .order_by(staff_tasks.c.created_at, staff_tasks.c.id)
        ).all()


def _is_of(shippers: Sequence[str]) -> ColumnElement[bool]:
    """Say whether a task is about a delivery of some shippers, or about none but their chat."""
    if not shippers:
        return true()
    delivery = exists().where(
        deliveries.c.id == staff_tasks.c.delivery_id, deliveries.c.shipper_id.in_(shippers)
    )
    chat = exists().where(conversations.c.id == staff_tasks.c.conversation_id, is_of(shippers))
    about_none = staff_tasks.c.delivery_id.is_(None)
    return or_(delivery.correlate(staff_tasks), and_(about_none, chat.correlate(staff_tasks)))


class SqlDriverEventRepository(SqlRepository[DriverEvent]):
    """What drivers' devices reported, in a database."""

    kind = DriverEvent

    def add_once(self, event: DriverEvent) -> bool:
        """Keep an event; false if it was reported before."""
        return insert_once(self._session, event, driver_events.c.id)
