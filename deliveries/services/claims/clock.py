"""The clock of a case: who misses a parcel was promised an answer, and it acts when none came."""

from datetime import datetime

from deliveries.model.history import StaffTask
from deliveries.model.ids import new_id
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.claims.missing import ANSWERED_WITHIN
from deliveries.services.handoffs import request
from deliveries.services.handoffs.recording import say
from deliveries.services.one_by_one import one_by_one

_CASE = "problem_missing"


def tend_cases(unit_of_work: UnitOfWorkFactory, *, now: datetime) -> int:
    """Close the cases whose time is over; who got no answer is told, and put before staff again.

    Returns:
        How many cases were closed.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    begun_by = now - ANSWERED_WITHIN
    with unit_of_work(read_only=True) as work:
        due = [task.id for task in work.tasks.open_before(begun_by, kind=_CASE)]
    return one_by_one(unit_of_work, due, lambda work, id_: _tend(work, id_, now=now))


def _tend(work: UnitOfWork, id_: str, *, now: datetime) -> bool:
    task = work.tasks.get(id_)
    is_open = task.done_at is None
    if is_open:
        _close(work, task, now=now)
    return is_open


def _close(work: UnitOfWork, task: StaffTask, *, now: datetime) -> None:
    task.done_at = now
    if task.conversation_id is None or work.handoffs.was_answered(
        task.conversation_id, since=task.created_at
    ):
        return
    conversation = work.conversations.get(task.conversation_id)
    facts = {**task.facts, "since": task.created_at.isoformat()}
    overdue = StaffTask(
        id=new_id("t"),
        kind="case_overdue",
        dedupe_key=f"overdue:{task.dedupe_key}",
        created_at=now,
        delivery_id=task.delivery_id,
        conversation_id=conversation.id,
        facts=facts,
    )
    work.tasks.add_once(overdue)
    told = request(work, conversation, "missing", now)
    say(work, conversation, Saying("missing_overdue"), *told, key=f"overdue:{task.id}", now=now)
