"""What time does to handoffs: openings, offers that nobody accepts, ends of pauses and of grace."""

from datetime import datetime

from deliveries.model.conversation import Handoff, HandoffState
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.handoffs.assigning import requeue, wake
from deliveries.services.handoffs.ending import end_grace
from deliveries.services.handoffs.lapsing import lapse
from deliveries.services.handoffs.recording import SYSTEM
from deliveries.services.handoffs.requesting import queue_deferred
from deliveries.services.handoffs.routing import note_passed
from deliveries.services.handoffs.waiting import remind
from deliveries.services.one_by_one import one_by_one


def tend_handoffs(unit_of_work: UnitOfWorkFactory, *, now: datetime) -> int:
    """Do what is due for handoffs; return for how many something was done.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with unit_of_work(read_only=True) as work:
        due = [handoff.id for handoff in work.handoffs.due(now)]
    return one_by_one(unit_of_work, due, lambda work, id_: _tend(work, id_, now=now))


def _tend(work: UnitOfWork, id_: str, *, now: datetime) -> bool:
    handoff = work.handoffs.get(id_)
    is_due = handoff.timer_at is not None and handoff.timer_at <= now
    if is_due:
        _go_on(work, handoff, now=now)
    return is_due


def _go_on(work: UnitOfWork, handoff: Handoff, *, now: datetime) -> None:
    conversation = work.conversations.get(handoff.conversation_id)
    match handoff.state:
        case HandoffState.DEFERRED:
            queue_deferred(work, conversation, handoff, now=now)
        case HandoffState.ASSIGNED:
            note_passed(handoff)
            requeue(work, conversation, SYSTEM, reason="offer_lapsed", now=now)
        case HandoffState.ACTIVE:
            lapse(work, conversation, handoff, reason="lease_ended", now=now)
        case HandoffState.SNOOZED:
            wake(work, conversation, SYSTEM, reason="time", now=now)
        case HandoffState.RESOLVED:
            end_grace(work, conversation, SYSTEM, reason="time", now=now)
        case HandoffState.QUEUED:
            remind(work, conversation, handoff, now=now)
        case _:
            handoff.timer_at = None
