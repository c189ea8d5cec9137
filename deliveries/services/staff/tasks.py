"""What only a person can settle: closed with what came of it, within an agent's limit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from deliveries.errors import ConflictError, InvalidInputError, NotFoundError
from deliveries.model.history import HistoryEntry, StaffTask, TaskOutcome
from deliveries.model.saying import Fact
from deliveries.model.staff import Agent
from deliveries.ports import UnitOfWork
from deliveries.services.staff.auditing import record

NOTE_LENGTH = 1000
# Somebody waits for an answer about a parcel: saying that it is done says nothing to them.
_CLAIMS = ("claim", "case_overdue")
_CLAIM_MARK = "problem_"
_PLAIN = (TaskOutcome.DONE, TaskOutcome.NOT_NEEDED)
_OF_CLAIMS = tuple(each for each in TaskOutcome if each not in _PLAIN)


@dataclass(frozen=True)
class Closing:
    """How an agent closes a task.

    Attributes:
        outcome: One of those that ``outcomes_of`` names for it.
        note: Their own words for colleagues; may be empty. Never sent.
    """

    task_id: str
    outcome: str
    note: str


def is_claim(task: StaffTask) -> bool:
    """Say whether a task is about a parcel that a person misses, or got damaged."""
    return task.kind in _CLAIMS or task.kind.startswith(_CLAIM_MARK)


def outcomes_of(task: StaffTask) -> Sequence[TaskOutcome]:
    """Return how a task can end."""
    return (*_OF_CLAIMS, TaskOutcome.NOT_NEEDED) if is_claim(task) else _PLAIN


def close_task(work: UnitOfWork, agent: Agent, closing: Closing, *, now: datetime) -> StaffTask:
    """Close a task; of a claim the parcel's timeline says what came of it.

    Args:
        work: The caller's unit of work.
        agent: Who closes it; their permission has been checked.
        closing: What came of it.
        now: The day's time.

    Raises:
        ConflictError: If it is closed already.
        InvalidInputError: If it cannot end like that, or the note is too long.
        NotFoundError: If there is none, or it is beyond the agent's limit.
    """
    task = work.tasks.get(closing.task_id)
    if not work.tasks.within([task.id], agent.scope):
        raise NotFoundError(task.id)
    note = closing.note.strip()
    if closing.outcome not in outcomes_of(task) or len(note) > NOTE_LENGTH:
        raise InvalidInputError("outcome")
    if not work.tasks.close(
        task.id, at=now, by=agent.id, outcome=closing.outcome, note=note or None
    ):
        raise ConflictError(task.id)
    after: Mapping[str, Fact] = {"kind": task.kind, "outcome": closing.outcome}
    action = "claim.closed" if is_claim(task) else "task.closed"
    record(work, agent.id, action, "task", task.id, after=after, now=now)
    if is_claim(task):
        entry = HistoryEntry("claim_closed", now, agent.id, task.delivery_id, task.conversation_id)
        entry.facts = {"outcome": closing.outcome}
        work.history.add(entry)
    return task
