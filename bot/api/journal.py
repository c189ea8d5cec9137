"""What left, what was held back and why, and what staff must do; no words of messages."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from bot.api.dependencies import Dependencies
from bot.wording.held import why
from deliveries.errors import InvalidInputError
from deliveries.model.history import StaffTask
from deliveries.model.message import OutboxMessage
from deliveries.model.rating import Rating


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
    why: str
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


class RatingOut(BaseModel):
    """What a recipient thought, from 1 to 5, of a delivery or of a talk with staff."""

    id: str
    delivery_id: str | None
    handoff_id: str | None
    stop_id: str | None
    route_id: str | None
    score: int | None
    scored_at: datetime | None
    comment: str | None


class RatingsOut(BaseModel):
    """Ratings, oldest first."""

    ratings: list[RatingOut]


class TasksOut(BaseModel):
    """The tasks not done, oldest first."""

    tasks: list[TaskOut]


def add_journal_routes(router: APIRouter, dependencies: Dependencies) -> None:
    """Add the routes that show the journal."""

    @router.get("/messages", tags=["journal"])
    def get_messages(
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        held: Annotated[bool, Query(description="only what was held back, or waits")] = False,  # noqa: FBT002 a query parameter
        reason: Annotated[str | None, Query(description="only those with this reason")] = None,
    ) -> MessagesOut:
        """Return the newest messages with their state, reason and segments.

        Held back is what never leaves and what waits for a reason; ``reason`` is its stable code
        and ``why`` the same in words.
        """
        with dependencies.unit_of_work(read_only=True) as work:
            if held or reason is not None:
                newest = work.outbox.held(reason=reason, limit=limit)
            else:
                newest = work.outbox.newest(limit=limit)
            return MessagesOut(messages=[_message(each) for each in newest])

    @router.get("/ratings", tags=["journal"])
    def get_ratings(
        since: Annotated[datetime | None, Query(description="ISO 8601 with offset")] = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> RatingsOut:
        """Return what recipients answered from an instant on; without one, in the last week."""
        start = since or dependencies.clock.now() - timedelta(days=7)
        if start.tzinfo is None:
            raise InvalidInputError("since has no offset")
        with dependencies.unit_of_work(read_only=True) as work:
            found = work.ratings.since(start, limit=limit)
            return RatingsOut(ratings=[_rating(each) for each in found])

    @router.get("/tasks", tags=["journal"])
    def get_tasks() -> TasksOut:
        """Return what waits for staff."""
        with dependencies.unit_of_work(read_only=True) as work:
            return TasksOut(tasks=[_task(each) for each in work.tasks.open()])


def _rating(rating: Rating) -> RatingOut:
    return RatingOut(
        id=rating.id,
        delivery_id=rating.delivery_id,
        handoff_id=rating.handoff_id,
        stop_id=rating.stop_id,
        route_id=rating.route_id,
        score=rating.score,
        scored_at=rating.scored_at,
        comment=rating.comment,
    )


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
        why=why(message.reason),
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
