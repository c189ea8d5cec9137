"""Chats of agents whose console is gone: others have them again, sooner than by time alone."""

from contextlib import suppress
from datetime import datetime, timedelta

from deliveries.errors import ConflictError
from deliveries.model.conversation import Handoff, HandoffState
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.handoffs.lapsing import lapse, sleeps_until
from deliveries.services.handoffs.leases import LEASE, SILENCE, is_answered

# So long may a laptop be between two rooms before its chats are somebody else's.
REQUEUED_AFTER = timedelta(minutes=2)
# So long may lunch be, where nobody waits.
LET_GO_AFTER = timedelta(hours=1)


def requeue_lost(unit_of_work: UnitOfWorkFactory, *, now: datetime, machine_now: datetime) -> int:
    """Take chats from agents who are gone; return how many.

    Where the person waits, the chat is queued again after two minutes. What the agent answered
    stays theirs for an hour, in which lists show that they are away, or until the person writes;
    then the bot has it. Who works in another place than the console gives no signs, and keeps the
    longer lease.

    Args:
        unit_of_work: The store.
        now: The day's time.
        machine_now: The machine's time, by which consoles give signs.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    soon = now + max(LEASE - REQUEUED_AFTER, SILENCE - LET_GO_AFTER)
    with unit_of_work(read_only=True) as work:
        due = work.handoffs.due(soon)
        lost = [each.id for each in due if _is_lost(work, each, now, machine_now)]
    taken = 0
    for id_ in lost:
        # They may be back, or a colleague may have just taken it.
        with suppress(ConflictError), unit_of_work() as work:
            handoff = work.handoffs.get(id_)
            if _is_lost(work, handoff, now, machine_now):
                conversation = work.conversations.get(handoff.conversation_id)
                lapse(work, conversation, handoff, reason="agent_gone", now=now)
                work.commit()
                taken += 1
    return taken


def _is_lost(work: UnitOfWork, handoff: Handoff, now: datetime, machine_now: datetime) -> bool:
    """Say whether an agent who had the chat on screen has been gone for too long for it."""
    if handoff.state is not HandoffState.ACTIVE or handoff.agent_id is None:
        return False
    answered = is_answered(handoff)
    length, patience = (SILENCE, LET_GO_AFTER) if answered else (LEASE, REQUEUED_AFTER)
    # The end of a hold says since when it runs.
    if handoff.timer_at is None or handoff.timer_at > now + length - patience:
        return False
    attendance = work.attendances.find(handoff.agent_id)
    if attendance is None or attendance.seen_at > machine_now - patience:
        return False
    looked = work.chat_views.of(handoff.conversation_id)
    if not any(view.agent_id == handoff.agent_id for view in looked):
        return False
    conversation = work.conversations.get(handoff.conversation_id)
    return not answered or sleeps_until(work, conversation, now=now) is None
