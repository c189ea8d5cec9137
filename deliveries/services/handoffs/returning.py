"""A person writes to a chat that was put off or resolved."""

from datetime import datetime

from deliveries.model.conversation import Conversation, ConversationState, Handoff, HandoffState
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.assigning import wake
from deliveries.services.handoffs.ending import end_grace
from deliveries.services.handoffs.hours import due_at
from deliveries.services.handoffs.leases import note_heard
from deliveries.services.handoffs.reasons import priority_of
from deliveries.services.handoffs.recording import RECIPIENT, SYSTEM, remember
from deliveries.services.handoffs.requesting import queue

_AGAIN = "after_resolve"


def hear_person(
    work: UnitOfWork, conversation: Conversation, *, is_for_staff: bool, now: datetime
) -> None:
    """Bring a chat back to where what the person has just written is read.

    An agent who has it must answer in time, or it waits for anybody again.

    Args:
        work: The caller's unit of work.
        conversation: Theirs.
        is_for_staff: It may be meant for staff; not so what only the bot can answer, a choice from
            its menu: where nobody is at the chat, the bot has it from here on.
        now: The day's time.
    """
    handoff = work.handoffs.open_of(conversation.id)
    match conversation.state:
        case ConversationState.SNOOZED:
            wake(work, conversation, RECIPIENT, reason="wrote", now=now)
        case ConversationState.HUMAN if handoff is not None:
            note_heard(handoff, now=now)
        case ConversationState.RESOLVED:
            _come_back(work, conversation, handoff, is_for_staff=is_for_staff, now=now)


def _come_back(
    work: UnitOfWork,
    conversation: Conversation,
    handoff: Handoff | None,
    *,
    is_for_staff: bool,
    now: datetime,
) -> None:
    """Let who writes after a resolve be read by staff in the half hour of grace, else the bot."""
    if handoff is None or handoff.timer_at is None or now >= handoff.timer_at:
        end_grace(work, conversation, SYSTEM, reason="time", now=now)
        return
    if not is_for_staff:
        end_grace(work, conversation, RECIPIENT, reason="chose", now=now)
        return
    handoff.state, handoff.timer_at = HandoffState.QUEUED, None
    handoff.summary = {**handoff.summary, "preferred": handoff.agent_id}
    handoff.agent_id = handoff.resolved_at = None
    handoff.queued_at = now
    handoff.due_at = due_at(work, conversation, priority_of(_AGAIN), since=now)
    queue(work, conversation, RECIPIENT, reason=_AGAIN, now=now)
    remember(work, conversation, "handoff_requested", SYSTEM, now=now, reason=_AGAIN)
