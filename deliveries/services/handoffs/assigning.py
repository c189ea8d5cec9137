"""Whose a chat is: taken, given to a colleague, given up, put off."""

from datetime import datetime, timedelta

from deliveries.errors import ConflictError, InvalidInputError
from deliveries.model.conversation import (
    Conversation,
    ConversationState,
    Handoff,
    HandoffState,
)
from deliveries.model.staff import Permission, may
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.hours import due_at
from deliveries.services.handoffs.reasons import LEAST_URGENT, MOST_URGENT
from deliveries.services.handoffs.recording import audit, owned, remember, unmoved
from deliveries.services.handoffs.requesting import new_handoff

# Whoever is given a chat has so long to accept it; then it waits for anybody again.
ACCEPT_WITHIN = timedelta(minutes=2)
# An agent who lets somebody wait for so long is gone: the chat waits for anybody again.
LEASE = timedelta(minutes=20)
LONGEST_PUT_OFF = timedelta(days=30)


def take(
    work: UnitOfWork, conversation_id: str, *, agent_id: str, version: int, now: datetime
) -> None:
    """Give a conversation, waiting or live with the bot, to an agent; the bot is silent from here.

    Args:
        work: The caller's unit of work.
        conversation_id: The conversation.
        agent_id: Who takes it.
        version: The version the agent saw.
        now: The day's time.

    Raises:
        ConflictError: If it has moved on, or somebody else has it.
    """
    before = work.conversations.get(conversation_id)
    if before.state is ConversationState.SNOOZED and before.owner_id != agent_id:
        raise ConflictError(conversation_id)
    work.conversations.take(conversation_id, agent_id=agent_id, version=version)
    work.outbox.suppress_bot(conversation_id, reason="human_took_over")
    conversation = work.conversations.get(conversation_id)
    handoff = _open(work, conversation, now=now)
    handoff.state, handoff.agent_id = HandoffState.ACTIVE, agent_id
    handoff.claimed_at, handoff.timer_at = handoff.claimed_at or now, now + LEASE
    remember(work, conversation, "conversation_taken", agent_id, now=now)
    audit(work, conversation, "chat.taken", agent_id, now=now, owner=agent_id)


def assign(
    work: UnitOfWork,
    conversation_id: str,
    *,
    to: str,
    agent_id: str,
    version: int,
    now: datetime,
) -> None:
    """Give a chat to a colleague, who has two minutes to accept it by taking or answering it.

    Args:
        work: The caller's unit of work.
        conversation_id: The conversation.
        to: The colleague.
        agent_id: Who gives it: whoever has it, or a lead.
        version: The version the agent saw.
        now: The day's time.

    Raises:
        ConflictError: If it has moved on.
        NotFoundError: If there is no such colleague.
        InvalidInputError: If they may not work on chats.
    """
    conversation = unmoved(work, conversation_id, version)
    colleague = work.agents.get(to)
    if colleague.disabled_at is not None or not may(colleague.role, Permission.WORK_CHATS):
        raise InvalidInputError("to")
    handoff = _open(work, conversation, now=now)
    before = conversation.owner_id
    work.outbox.suppress_bot(conversation_id, reason="human_took_over")
    conversation.pass_to(ConversationState.ASSIGNED, owner_id=to)
    handoff.state, handoff.agent_id = HandoffState.ASSIGNED, to
    handoff.timer_at = now + ACCEPT_WITHIN
    remember(work, conversation, "conversation_assigned", agent_id, now=now)
    audit(
        work, conversation, "chat.assigned", agent_id, now=now, before={"owner": before}, owner=to
    )


def release(
    work: UnitOfWork, conversation_id: str, *, agent_id: str, version: int, now: datetime
) -> None:
    """Give a chat back into the queue, as old as it is.

    Raises:
        ConflictError: If the agent does not have it, or it has moved on.
    """
    unmoved(work, conversation_id, version)
    conversation = owned(work, conversation_id, agent_id)
    requeue(work, conversation, agent_id, now=now)
    audit(work, conversation, "chat.released", agent_id, now=now, owner=None)


def requeue(work: UnitOfWork, conversation: Conversation, actor: str, *, now: datetime) -> None:
    """Let a chat wait for anybody, as old as it is."""
    handoff = _open(work, conversation, now=now)
    conversation.pass_to(ConversationState.QUEUED)
    handoff.state, handoff.agent_id, handoff.timer_at = HandoffState.QUEUED, None, None
    remember(work, conversation, "conversation_requeued", actor, now=now)


def put_off(
    work: UnitOfWork,
    conversation_id: str,
    *,
    until: datetime,
    agent_id: str,
    version: int,
    now: datetime,
) -> None:
    """Put a chat away until a time, or until the person writes; it stays the agent's.

    Raises:
        ConflictError: If the agent does not have it, or it has moved on.
        InvalidInputError: If the time is past, or more than a month away.
    """
    if not now < until <= now + LONGEST_PUT_OFF:
        raise InvalidInputError("until")
    unmoved(work, conversation_id, version)
    conversation = owned(work, conversation_id, agent_id)
    handoff = _open(work, conversation, now=now)
    conversation.pass_to(ConversationState.SNOOZED, owner_id=agent_id)
    handoff.state, handoff.timer_at = HandoffState.SNOOZED, until
    remember(work, conversation, "conversation_put_off", agent_id, now=now)
    audit(work, conversation, "chat.put_off", agent_id, now=now, until=until.isoformat())


def wake(work: UnitOfWork, conversation: Conversation, actor: str, *, now: datetime) -> None:
    """Bring back a chat that was put off to whoever has it."""
    handoff = _open(work, conversation, now=now)
    conversation.pass_to(ConversationState.HUMAN, owner_id=conversation.owner_id)
    handoff.state, handoff.timer_at = HandoffState.ACTIVE, now + LEASE
    remember(work, conversation, "conversation_back", actor, now=now)


def prioritise(
    work: UnitOfWork,
    conversation_id: str,
    *,
    priority: int,
    agent_id: str,
    version: int,
    now: datetime,
) -> None:
    """Say how urgent a chat is, from 1 to 4; its target counts from when it was queued.

    Raises:
        ConflictError: If it has moved on, or nobody is asked for.
        InvalidInputError: If there is no such priority.
    """
    if not MOST_URGENT <= priority <= LEAST_URGENT:
        raise InvalidInputError("priority")
    conversation = unmoved(work, conversation_id, version)
    handoff = work.handoffs.open_of(conversation_id)
    if handoff is None:
        raise ConflictError(conversation_id)
    before = handoff.priority
    handoff.priority = priority
    since = handoff.queued_at or handoff.requested_at
    handoff.due_at = due_at(work, conversation, priority, since=since)
    remember(work, conversation, "priority_set", agent_id, now=now, priority=priority)
    audit(
        work,
        conversation,
        "chat.prioritised",
        agent_id,
        now=now,
        before={"priority": before},
        priority=priority,
    )


def _open(work: UnitOfWork, conversation: Conversation, *, now: datetime) -> Handoff:
    """Return the conversation's open handoff, or one that staff themselves begin."""
    handoff = work.handoffs.open_of(conversation.id)
    if handoff is None:
        handoff = new_handoff(work, conversation, "staff", now=now)
        work.handoffs.add(handoff)
    return handoff
