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

SYSTEM = "system"


def remember(
    work: UnitOfWork,
    conversation: Conversation,
    kind: str,
    actor: str,
    *,
    now: datetime,
    **facts: Fact,
) -> None:
    """Write an act into the timeline; of staff, into the audit log too."""
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
    """Write an act of staff into the log."""
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
