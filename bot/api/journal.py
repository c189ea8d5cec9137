"""What left, what was held back and why, and what staff must do; no words of messages."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from bot.api.dependencies import Dependencies
from deliveries.model.history import StaffTask
from deliveries.model.message import OutboxMessage


class MessageOut(BaseModel):
    """A message on its way or at its end."""

    id: str
    created_at: datetime
    not_before: datetime
    sent_at: datetime | None
    expires_at: datetime | None
    conversation_id: str
    delivery_id: str | None
    purpose: str
    notice: str | None
    sayings: list[str]
    state: str
    reason: str | None
    segments: int | None
    attempts: int


class MessagesOut(BaseModel):
    """The newest messages, newest first."""

    messages: list[MessageOut]


class TaskOut(BaseModel):
    """Something that only a person can settle."""

    id: str
    kind: str
    created_at: datetime
    delivery_id: str | None
    conversation_id: str | None
    facts: dict[str, Any]


class TasksOut(BaseModel):
    """The tasks not done, oldest first."""

    tasks: list[TaskOut]


def add_journal_routes(router: APIRouter, dependencies: Dependencies) -> None:
    """Add the routes that show the journal."""

    @router.get("/messages", tags=["journal"])
    def get_messages(limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> MessagesOut:
        """Return the newest messages with their state, reason and segments."""
        with dependencies.unit_of_work(read_only=True) as work:
            newest = work.outbox.newest(limit=limit)
            return MessagesOut(messages=[_message(each) for each in newest])

    @router.get("/tasks", tags=["journal"])
    def get_tasks() -> TasksOut:
        """Return what waits for staff."""
        with dependencies.unit_of_work(read_only=True) as work:
            return TasksOut(tasks=[_task(each) for each in work.tasks.open()])


def _message(message: OutboxMessage) -> MessageOut:
    return MessageOut(
        id=message.id,
        created_at=message.created_at,
        not_before=message.not_before,
        sent_at=message.sent_at,
        expires_at=message.expires_at,
        conversation_id=message.conversation_id,
        delivery_id=message.delivery_id,
        purpose=message.purpose.value,
        notice=message.notice,
        sayings=[saying.name for saying in message.sayings],
        state=message.state.value,
        reason=message.reason,
        segments=message.segments,
        attempts=message.attempts,
    )


def _task(task: StaffTask) -> TaskOut:
    return TaskOut(
        id=task.id,
        kind=task.kind,
        created_at=task.created_at,
        delivery_id=task.delivery_id,
        conversation_id=task.conversation_id,
        facts=dict(task.facts),
    )
