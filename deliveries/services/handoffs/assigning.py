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
from deliveries.services.handoffs.leases import hold
from deliveries.services.handoffs.reasons import LEAST_URGENT, MOST_URGENT
from deliveries.services.handoffs.recording import (
    audit,
    log_move,
    move,
    owned,
    remember,
    standing,
    unmoved,
)
from deliveries.services.handoffs.requesting import new_handoff
from deliveries.services.staff.scope import is_within

# Whoever is given a chat has so long to accept it; then it waits for anybody again.
ACCEPT_WITHIN = timedelta(minutes=2)
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
    stood = standing(before)
    work.conversations.take(conversation_id, agent_id=agent_id, version=version)
    work.outbox.suppress_bot(conversation_id, reason="human_took_over")
    conversation = work.conversations.get(conversation_id)
    handoff = _open(work, conversation, now=now)
    handoff.agent_id, handoff.claimed_at = agent_id, handoff.claimed_at or now
    hold(handoff, now=now)
    remember(work, conversation, "conversation_taken", agent_id, now=now)
    log_move(
        work,
        conversation,
        stood,
        action="chat.taken",
        actor=agent_id,
        reason=handoff.reason,
        now=now,
    )


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
        InvalidInputError: If they may not work on chats, or may not see this one.
    """
    conversation = unmoved(work, conversation_id, version)
    colleague = work.agents.get(to)
    if colleague.disabled_at is not None or not may(colleague.role, Permission.WORK_CHATS):
        raise InvalidInputError("to")
    if not is_within(work, colleague, conversation_id):
        raise InvalidInputError("to")
    handoff = _open(work, conversation, now=now)
    _offer(work, conversation, handoff, to=to, actor=agent_id, now=now)
    remember(work, conversation, "conversation_assigned", agent_id, now=now)


def _offer(
    work: UnitOfWork,
    conversation: Conversation,
    handoff: Handoff,
    *,
    to: str,
    actor: str,
    now: datetime,
) -> None:
    work.outbox.suppress_bot(conversation.id, reason="human_took_over")
    move(
        work,
        conversation,
        ConversationState.ASSIGNED,
        action="chat.assigned",
        actor=actor,
        now=now,
        owner_id=to,
        reason=handoff.reason,
    )
    handoff.state, handoff.agent_id = HandoffState.ASSIGNED, to
    handoff.timer_at = now + ACCEPT_WITHIN


def release(
    work: UnitOfWork, conversation_id: str, *, agent_id: str, version: int, now: datetime
) -> None:
    """Give a chat back into the queue, as old as it is.

    Raises:
        ConflictError: If the agent does not have it, or it has moved on.
    """
    unmoved(work, conversation_id, version)
    conversation = owned(work, conversation_id, agent_id)
    requeue(work, conversation, agent_id, reason="released", now=now)


def requeue(
    work: UnitOfWork, conversation: Conversation, actor: str, *, reason: str, now: datetime
) -> None:
    """Let a chat wait for anybody, as old as it is.

    Args:
        work: The caller's unit of work.
        conversation: The chat.
        actor: Who does it.
        reason: Why, as a code for the log: ``released``, ``offer_lapsed``, ``lease_ended`` …
        now: The day's time.
    """
    handoff = _open(work, conversation, now=now)
    action = "chat.released" if reason == "released" else "chat.requeued"
    move(
        work,
        conversation,
        ConversationState.QUEUED,
        action=action,
        actor=actor,
        now=now,
        reason=reason,
    )
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
    move(
        work,
        conversation,
        ConversationState.SNOOZED,
        action="chat.put_off",
        actor=agent_id,
        now=now,
        owner_id=agent_id,
        reason=handoff.reason,
        until=until.isoformat(),
    )
    handoff.state, handoff.timer_at = HandoffState.SNOOZED, until
    remember(work, conversation, "conversation_put_off", agent_id, now=now)


def wake(
    work: UnitOfWork, conversation: Conversation, actor: str, *, reason: str, now: datetime
) -> None:
    """Bring back a chat that was put off to whoever has it; they have a lease on it again.

    Args:
        work: The caller's unit of work.
        conversation: The chat.
        actor: Who does it.
        reason: Why, as a code for the log: ``time`` or ``wrote``.
        now: The day's time.
    """
    handoff = _open(work, conversation, now=now)
    move(
        work,
        conversation,
        ConversationState.HUMAN,
        action="chat.back",
        actor=actor,
        now=now,
        owner_id=conversation.owner_id,
        reason=reason,
    )
    hold(handoff, now=now)
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
