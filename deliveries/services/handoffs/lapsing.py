"""What becomes of a chat when an agent's hold on it ends by itself."""

from datetime import datetime

from deliveries.model.conversation import Conversation, Handoff
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.assigning import requeue
from deliveries.services.handoffs.ending import let_go
from deliveries.services.handoffs.hours import delivery_of
from deliveries.services.handoffs.leases import is_answered
from deliveries.services.handoffs.recording import SYSTEM
from deliveries.services.messages.sending import quiet_until, zone_of


def lapse(
    work: UnitOfWork, conversation: Conversation, handoff: Handoff, *, reason: str, now: datetime
) -> None:
    """Take a chat from an agent: who waits waits for anybody, else the bot has it, and says so.

    At night nothing is said: what an agent answered stays theirs until people are up.

    Args:
        work: The caller's unit of work.
        conversation: The chat.
        handoff: Its handoff; active.
        reason: Why, as a code for the log: ``lease_ended`` or ``agent_gone``.
        now: The day's time.
    """
    if not is_answered(handoff):
        requeue(work, conversation, SYSTEM, reason=reason, now=now)
        return
    morning = sleeps_until(work, conversation, now=now)
    if morning is None:
        let_go(work, conversation, reason=reason, now=now)
    else:
        handoff.timer_at = morning


def sleeps_until(work: UnitOfWork, conversation: Conversation, *, now: datetime) -> datetime | None:
    """Return when the person's night is over; none: it is day."""
    person = work.people.get(conversation.person_id)
    return quiet_until(now, zone_of(person, delivery_of(work, conversation)))
