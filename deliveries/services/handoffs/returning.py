"""A person writes to a chat that was put off or resolved."""

from datetime import datetime

from deliveries.model.conversation import Conversation, ConversationState, HandoffState
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.assigning import LEASE, wake
from deliveries.services.handoffs.ending import end_grace
from deliveries.services.handoffs.hours import due_at
from deliveries.services.handoffs.reasons import priority_of
from deliveries.services.handoffs.recording import SYSTEM, remember

_AGAIN = "after_resolve"


def hear_person(
    work: UnitOfWork, conversation: Conversation, *, is_for_staff: bool, now: datetime
) -> None:
    """Bring a chat back to where what the person has just written is read.

    An agent who has it must answer in time, or it waits for anybody again.

    Args:
        work: The caller's unit of work.
        conversation: Theirs.
        is_for_staff: It may be meant for staff; not so an answer to the bot, such as a rating.
        now: The day's time.
    """
    if conversation.state is ConversationState.SNOOZED:
        wake(work, conversation, "recipient", now=now)
    elif conversation.state is ConversationState.HUMAN:
        handoff = work.handoffs.open_of(conversation.id)
        if handoff is not None and handoff.timer_at is None:
            handoff.timer_at = now + LEASE
    elif conversation.state is ConversationState.RESOLVED:
        handoff = work.handoffs.open_of(conversation.id)
        is_late = handoff is None or handoff.timer_at is None or now >= handoff.timer_at
        if is_late or handoff is None:
            end_grace(work, conversation, now=now)
        elif is_for_staff:
            handoff.state, handoff.timer_at = HandoffState.QUEUED, None
            handoff.summary = {**handoff.summary, "preferred": handoff.agent_id}
            handoff.agent_id = handoff.resolved_at = None
            handoff.queued_at = now
            handoff.due_at = due_at(work, conversation, priority_of(_AGAIN), since=now)
            conversation.pass_to(ConversationState.QUEUED)
            remember(work, conversation, "handoff_requested", SYSTEM, now=now, reason=_AGAIN)
