"""What is written down of every act: in the timeline, and in the log of what staff did."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from deliveries.errors import ConflictError
from deliveries.model.conversation import Conversation, ConversationState
from deliveries.model.history import HistoryEntry
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork
from deliveries.services.staff.auditing import record

SYSTEM, RECIPIENT = "system", "recipient"


def remember(
    work: UnitOfWork,
    conversation: Conversation,
    kind: str,
    actor: str,
    *,
    now: datetime,
    **facts: Fact,
) -> None:
    """Write an act into the timeline."""
    work.history.add(
        HistoryEntry(
            kind,
            now,
            actor,
            conversation_id=conversation.id,
            facts={**facts, "epoch": conversation.epoch},
        )
    )


def audit(
    work: UnitOfWork,
    conversation: Conversation,
    action: str,
    actor: str,
    *,
    now: datetime,
    before: Mapping[str, Fact] | None = None,
    **after: Fact,
) -> None:
    """Write an act of staff, or a change of who may speak, into the log."""
    record(
        work,
        actor,
        action,
        "conversation",
        conversation.id,
        before=before,
        after={**after, "epoch": conversation.epoch},
        now=now,
    )


def standing(conversation: Conversation) -> dict[str, Fact]:
    """Return who may speak in a conversation, as the log keeps it."""
    return {"state": conversation.state.value, "owner": conversation.owner_id}


def move(
    work: UnitOfWork,
    conversation: Conversation,
    to: ConversationState,
    *,
    action: str,
    actor: str,
    reason: str,
    now: datetime,
    owner_id: str | None = None,
    **facts: Fact,
) -> None:
    """Change who may speak, with a row in the log: who did it, from what to what, and why.

    Args:
        work: The caller's unit of work.
        conversation: The conversation.
        to: How it stands from now on.
        action: A constant such as ``chat.queued``.
        actor: An agent's id, ``recipient`` or ``system``.
        reason: Why, as a code.
        now: The day's time.
        owner_id: The agent who has it from now on.
        facts: What else belongs to it; codes and ids only.
    """
    before = standing(conversation)
    conversation.pass_to(to, owner_id=owner_id)
    log_move(
        work, conversation, before, action=action, actor=actor, reason=reason, now=now, **facts
    )


def log_move(
    work: UnitOfWork,
    conversation: Conversation,
    before: Mapping[str, Fact],
    *,
    action: str,
    actor: str,
    reason: str,
    now: datetime,
    **facts: Fact,
) -> None:
    """Write a change of who may speak into the log, made by other means than ``move``."""
    after = {**standing(conversation), "reason": reason, **facts}
    audit(work, conversation, action, actor, now=now, before=before, **after)


def owned(work: UnitOfWork, conversation_id: str, agent_id: str) -> Conversation:
    """Return a conversation that an agent has.

    Raises:
        ConflictError: If they do not have it.
    """
    conversation = work.conversations.get(conversation_id)
    if conversation.state is not ConversationState.HUMAN or conversation.owner_id != agent_id:
        raise ConflictError(conversation_id)
    return conversation


def unmoved(work: UnitOfWork, conversation_id: str, version: int) -> Conversation:
    """Return a conversation as an agent saw it.

    Raises:
        ConflictError: If it has moved on since.
    """
    conversation = work.conversations.get(conversation_id)
    if conversation.version != version:
        raise ConflictError(conversation_id)
    return conversation


def say(
    work: UnitOfWork,
    conversation: Conversation,
    *sayings: Saying,
    key: str,
    now: datetime,
    after: timedelta = timedelta(0),
) -> None:
    """Tell the person something, at once or after a while, by the contact they wrote from last."""
    if conversation.last_contact_id is None:
        return
    work.outbox.add_once(
        OutboxMessage(
            id=new_id("m"),
            conversation_id=conversation.id,
            contact_id=conversation.last_contact_id,
            purpose=Purpose.REPLY,
            sayings=sayings,
            created_at=now,
            not_before=now + after,
            dedupe_key=f"{conversation.id}:{key}:{conversation.epoch}",
            epoch=conversation.epoch,
        )
    )
