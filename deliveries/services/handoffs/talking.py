"""What agents write: words for the person, and notes that never leave."""

from datetime import datetime

from deliveries.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from deliveries.model.conversation import Conversation, ConversationState, Note
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.assigning import take
from deliveries.services.handoffs.leases import note_answered, note_at_work
from deliveries.services.handoffs.recording import audit, owned

TEXT_LENGTH = 1600
# Whoever answers such a chat has it: nobody else has, or it was given to them.
_ANSWERABLE = (ConversationState.QUEUED, ConversationState.ASSIGNED, ConversationState.SNOOZED)


def reply(
    work: UnitOfWork, conversation_id: str, *, agent_id: str, text: str, key: str, now: datetime
) -> None:
    """Send an agent's own words; sending the same key again sends nothing more.

    Answering a chat that waits takes it.

    Raises:
        ConflictError: If somebody else has the conversation, or the bot.
        NotAllowedError: If the person wants no messages, or no contact is left.
        InvalidInputError: If there are no words, or too many for one message.
    """
    said = _said(text)
    conversation = _taken(work, conversation_id, agent_id, now=now)
    contact_id = conversation.last_contact_id
    if contact_id is None or not work.contacts.get(contact_id).is_reachable:
        raise NotAllowedError(conversation_id)
    former = work.outbox.by_key(reply_key(conversation_id, key))
    if former is not None and former.sayings != said:
        # Its answer was lost, and the words were changed since: they are not to be lost as well.
        raise ConflictError(conversation_id)
    message_id = new_id("m")
    is_new = work.outbox.add_once(
        OutboxMessage(
            id=message_id,
            conversation_id=conversation_id,
            contact_id=contact_id,
            purpose=Purpose.AGENT,
            sayings=said,
            created_at=now,
            not_before=now,
            dedupe_key=reply_key(conversation_id, key),
            author_id=agent_id,
        )
    )
    if is_new:
        _note_answered(work, conversation_id, now=now)
        audit(work, conversation, "chat.replied", agent_id, now=now, message_id=message_id)


def _said(text: str) -> tuple[Saying]:
    words = text.strip()
    if not words or len(words) > TEXT_LENGTH:
        raise InvalidInputError("text")
    return (Saying("agent_text", {"text": words}),)


def _note_answered(work: UnitOfWork, conversation_id: str, *, now: datetime) -> None:
    handoff = work.handoffs.open_of(conversation_id)
    if handoff is not None:
        note_answered(handoff, now=now)


def send_again(
    work: UnitOfWork, conversation_id: str, *, agent_id: str, message_id: str, now: datetime
) -> None:
    """Send an agent's words anew that could not be delivered; asking twice sends them once.

    Raises:
        NotFoundError: If this chat has no words of an agent that failed by that id.
        ConflictError: If somebody else has the conversation, or the bot.
        NotAllowedError: If the person wants no messages, or no contact is left.
    """
    failed = work.outbox.get(message_id)
    is_theirs = failed.conversation_id == conversation_id and failed.purpose is Purpose.AGENT
    if not is_theirs or failed.state is not OutboxState.FAILED:
        raise NotFoundError(message_id)
    text = str(failed.sayings[0].facts["text"])
    key = again_key(message_id)
    reply(work, conversation_id, agent_id=agent_id, text=text, key=key, now=now)


def again_key(message_id: str) -> str:
    """Return the key under which a failed message is sent anew."""
    return f"again:{message_id}"


def reply_key(conversation_id: str, key: str) -> str:
    """Return what keeps an agent's words from being sent twice."""
    return f"agent:{conversation_id}:{key}"


def note(
    work: UnitOfWork, conversation_id: str, *, agent_id: str, text: str, now: datetime
) -> None:
    """Keep a note for colleagues; it never leaves.

    Raises:
        InvalidInputError: If it is empty.
    """
    if not text.strip():
        raise InvalidInputError("text")
    conversation = work.conversations.get(conversation_id)
    handoff = work.handoffs.open_of(conversation_id)
    if handoff is not None and handoff.agent_id == agent_id:
        note_at_work(handoff, now=now)
    kept = Note(new_id("n"), conversation.id, agent_id, text.strip(), now)
    work.notes.add(kept)
    audit(work, conversation, "chat.noted", agent_id, now=now, note_id=kept.id)


def _taken(work: UnitOfWork, conversation_id: str, agent_id: str, *, now: datetime) -> Conversation:
    conversation = work.conversations.get(conversation_id)
    is_free = conversation.owner_id in (None, agent_id)
    if conversation.state in _ANSWERABLE and is_free:
        take(work, conversation_id, agent_id=agent_id, version=conversation.version, now=now)
    return owned(work, conversation_id, agent_id)
