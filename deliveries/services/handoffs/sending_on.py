"""Notices that wait because an agent has the chat: the agent may have one sent at once."""

from datetime import datetime

from deliveries.errors import ConflictError, NotAllowedError, NotFoundError
from deliveries.model.message import Form, OutboxMessage, OutboxState, Purpose
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.recording import audit, owned, remember
from deliveries.services.messages.sending import HELD_BY_LEASE

# Codes go to a contact for a choice that the bot asked about: they are sent anew, not on.
_OFFERED = frozenset({Purpose.NOTICE, Purpose.CONFIRMATION})


def is_held(message: OutboxMessage) -> bool:
    """Say whether a message waits for nothing but the agent who has the chat."""
    is_words = message.purpose in _OFFERED and message.form is Form.WORDS
    is_waiting = message.state is OutboxState.QUEUED and message.reason == HELD_BY_LEASE
    return is_words and is_waiting and message.author_id is None


def send_held(
    work: UnitOfWork, conversation_id: str, *, agent_id: str, message_id: str, now: datetime
) -> None:
    """Have a notice sent that waits because the agent has the chat; asking twice sends it once.

    It is the agent's to answer for from here on, and passes the gate as ever but for their own
    lease: stop, quiet hours, its expiry and the budget of its parcel hold. It is the same message
    that would have left when the chat is handed back, so it does not leave then as well.

    Raises:
        NotFoundError: If this chat has no such message.
        ConflictError: If the agent does not have the chat, or the message does not wait for them.
        NotAllowedError: If the person wants no messages, or cannot be reached there.
    """
    conversation = owned(work, conversation_id, agent_id)
    message = work.outbox.lock(message_id)
    if message is None or message.conversation_id != conversation_id:
        raise NotFoundError(message_id)
    if message.author_id == agent_id and message.purpose in _OFFERED:
        return
    if not is_held(message):
        raise ConflictError(message_id)
    contact = work.contacts.get(message.contact_id)
    theirs = work.contacts.of_person(contact.person_id)
    if not contact.is_reachable or any(each.opted_out_at for each in theirs):
        raise NotAllowedError(message_id)
    message.author_id, message.reason, message.not_before = agent_id, None, now
    remember(work, conversation, "notice_sent_on", agent_id, now=now)
    audit(
        work,
        conversation,
        "chat.notice_sent",
        agent_id,
        now=now,
        message_id=message_id,
        notice=message.notice,
    )
