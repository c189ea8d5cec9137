"""Chats of agents whose console is gone: who waits for such an agent waits for anybody again."""

from contextlib import suppress
from datetime import datetime, timedelta

from deliveries.errors import ConflictError
from deliveries.model.conversation import Handoff, HandoffState
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.handoffs.assigning import LEASE, requeue
from deliveries.services.handoffs.recording import SYSTEM

# So long may a laptop be between two rooms before its chats are somebody else's.
REQUEUED_AFTER = timedelta(minutes=2)


def requeue_lost(unit_of_work: UnitOfWorkFactory, *, now: datetime, machine_now: datetime) -> int:
    """Queue the chats again in which a person waits for an agent who is gone; return how many.

    Chats whose agent has answered stay theirs until the person writes; lists show that the agent
    is away. Who works in another place than the console gives no signs, and keeps the longer lease.

    Args:
        unit_of_work: The store.
        now: The day's time.
        machine_now: The machine's time, by which consoles give signs.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    # A lease that runs says that the person waits, and since when.
    waiting_until = now + LEASE - REQUEUED_AFTER
    gone_since = machine_now - REQUEUED_AFTER
    with unit_of_work(read_only=True) as work:
        due = work.handoffs.due(waiting_until)
        lost = [each.id for each in due if _is_lost(work, each, gone_since)]
    requeued = 0
    for id_ in lost:
        # They may be back, or a colleague may have just taken it.
        with suppress(ConflictError), unit_of_work() as work:
            handoff = work.handoffs.get(id_)
            if _is_lost(work, handoff, gone_since) and _waits(handoff, waiting_until):
                conversation = work.conversations.get(handoff.conversation_id)
                requeue(work, conversation, SYSTEM, now=now)
                work.commit()
                requeued += 1
    return requeued


def _waits(handoff: Handoff, until: datetime) -> bool:
    return handoff.timer_at is not None and handoff.timer_at <= until


def _is_lost(work: UnitOfWork, handoff: Handoff, gone_since: datetime) -> bool:
    """Say whether an agent who had the chat on screen has given no sign since."""
    if handoff.state is not HandoffState.ACTIVE or handoff.agent_id is None:
        return False
    attendance = work.attendances.find(handoff.agent_id)
    if attendance is None or attendance.seen_at > gone_since:
        return False
    looked = work.chat_views.of(handoff.conversation_id)
    return any(view.agent_id == handoff.agent_id for view in looked)
