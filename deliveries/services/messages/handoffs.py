"""Passing a chat to a person of our staff and back: who may speak is decided here only."""

from collections.abc import Mapping
from datetime import datetime

from deliveries.errors import ConflictError, InvalidInputError, NotAllowedError
from deliveries.model.conversation import (
    Conversation,
    ConversationState,
    Handoff,
    HandoffState,
    Note,
)
from deliveries.model.history import HistoryEntry
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork
from deliveries.services.staff.auditing import record

PRIORITIES: Mapping[str, int] = {
    "asked": 3,
    "fallback": 4,
    "wish": 4,
    "bot_down": 3,
    "damage": 2,
    "missing": 2,
    "complaint": 3,
    "staff": 3,
    "wrong_codes": 2,
    "code_unreachable": 3,
    "code_limit": 3,
    "not_me": 1,
}
LEAST_URGENT = 4
TEXT_LENGTH = 1600
WAY_BACK = "bot"
# What the audit log calls it.
_CHAT = "conversation"


def request(
    work: UnitOfWork, conversation: Conversation, reason: str, now: datetime
) -> tuple[Saying, ...]:
    """Queue a conversation for staff; return what the person is told, nothing the second time.

    A second request while one is open may raise its priority and never lowers it.
    """
    priority = PRIORITIES.get(reason, LEAST_URGENT)
    handoff = work.handoffs.open_of(conversation.id)
    if handoff is not None:
        handoff.priority = min(handoff.priority, priority)
        return ()
    work.handoffs.add(
        Handoff(
            id=new_id("k"),
            conversation_id=conversation.id,
            reason=reason,
            priority=priority,
            requested_at=now,
            summary=_summary(conversation),
        )
    )
    conversation.pass_to(ConversationState.QUEUED)
    _remember(work, conversation, "handoff_requested", "recipient", {"reason": reason}, now=now)
    return (Saying(f"handoff_{reason}" if reason in PRIORITIES else "handoff_asked"),)


def take(
    work: UnitOfWork, conversation_id: str, *, agent_id: str, version: int, now: datetime
) -> None:
    """Give a conversation, queued or live with the bot, to an agent; the bot is silent from here.

    Args:
        work: The caller's unit of work.
        conversation_id: The conversation.
        agent_id: Who takes it.
        version: The version the agent saw.
        now: The day's time.

    Raises:
        ConflictError: If it has moved on, or somebody else has it.
    """
    work.conversations.take(conversation_id, agent_id=agent_id, version=version)
    work.outbox.suppress_bot(conversation_id, reason="human_took_over")
    conversation = work.conversations.get(conversation_id)
    handoff = work.handoffs.open_of(conversation_id)
    if handoff is None:
        handoff = Handoff(
            id=new_id("k"),
            conversation_id=conversation_id,
            reason="staff",
            priority=PRIORITIES["staff"],
            requested_at=now,
            summary=_summary(conversation),
        )
        work.handoffs.add(handoff)
    handoff.state, handoff.agent_id, handoff.claimed_at = HandoffState.ACTIVE, agent_id, now
    _remember(work, conversation, "conversation_taken", agent_id, {}, now=now)
    after: dict[str, Fact] = {"owner": agent_id, "epoch": conversation.epoch}
    record(work, agent_id, "chat.taken", _CHAT, conversation_id, after=after, now=now)


def reply(
    work: UnitOfWork, conversation_id: str, *, agent_id: str, text: str, key: str, now: datetime
) -> None:
    """Send an agent's own words; sending the same key again sends nothing more.

    Raises:
        ConflictError: If the agent does not have the conversation.
        NotAllowedError: If the person wants no messages, or no contact is left.
        InvalidInputError: If there are no words, or too many for one message.
    """
    words = text.strip()
    if not words or len(words) > TEXT_LENGTH:
        raise InvalidInputError("text")
    conversation = _owned(work, conversation_id, agent_id)
    contact_id = conversation.last_contact_id
    if contact_id is None or not work.contacts.get(contact_id).is_reachable:
        raise NotAllowedError(conversation_id)
    message_id = new_id("m")
    is_new = work.outbox.add_once(
        OutboxMessage(
            id=message_id,
            conversation_id=conversation_id,
            contact_id=contact_id,
            purpose=Purpose.AGENT,
            sayings=(Saying("agent_text", {"text": words}),),
            created_at=now,
            not_before=now,
            dedupe_key=f"agent:{conversation_id}:{key}",
            author_id=agent_id,
        )
    )
    if is_new:
        after: dict[str, Fact] = {"message_id": message_id}
        record(
            work, agent_id, "chat.replied", "conversation", conversation_id, after=after, now=now
        )


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
    kept = Note(new_id("n"), conversation.id, agent_id, text.strip(), now)
    work.notes.add(kept)
    after: dict[str, Fact] = {"note_id": kept.id}
    record(work, agent_id, "chat.noted", _CHAT, conversation_id, after=after, now=now)


def hand_back(
    work: UnitOfWork,
    conversation_id: str,
    *,
    agent_id: str,
    outcome: str,
    version: int,
    now: datetime,
) -> None:
    """Give the conversation back to the bot, with what was settled; the person is told.

    What was said to the agent is not answered again: those messages count as worked. No choice is
    left half-made: the bot starts afresh with the deliveries as they now stand.

    Raises:
        ConflictError: If the agent does not have it, or it has moved on.
    """
    conversation = _owned(work, conversation_id, agent_id)
    if conversation.version != version:
        raise ConflictError(conversation_id)
    handoff = work.handoffs.open_of(conversation_id)
    if handoff is not None:
        handoff.state, handoff.closed_at, handoff.outcome = HandoffState.CLOSED, now, outcome
    _return_to_bot(conversation)
    _remember(work, conversation, "handed_back", agent_id, {"outcome": outcome}, now=now)
    record(
        work,
        agent_id,
        "chat.handed_back",
        _CHAT,
        conversation_id,
        before={"owner": agent_id},
        after={"outcome": outcome, "epoch": conversation.epoch},
        now=now,
    )
    _say(
        work, conversation, Saying("handed_back"), key=f"handed_back:{conversation.epoch}", now=now
    )


def is_way_back(text: str) -> bool:
    """Say whether somebody waiting in the queue asks for the bot again."""
    return text.strip().strip(".!").casefold() == WAY_BACK


def give_up_waiting(work: UnitOfWork, conversation: Conversation, *, now: datetime) -> None:
    """Let somebody who is waiting for a person go on with the bot instead.

    Raises:
        ConflictError: If an agent has the conversation already.
    """
    if conversation.state is not ConversationState.QUEUED:
        raise ConflictError(conversation.id)
    handoff = work.handoffs.open_of(conversation.id)
    if handoff is not None:
        handoff.state, handoff.closed_at = HandoffState.CLOSED, now
        handoff.outcome = "customer_returned_to_bot"
    _return_to_bot(conversation)
    _remember(work, conversation, "returned_to_bot", "recipient", {}, now=now)
    saying = Saying("returned_to_bot")
    _say(work, conversation, saying, key=f"returned_to_bot:{conversation.epoch}", now=now)


def _return_to_bot(conversation: Conversation) -> None:
    conversation.pass_to(ConversationState.BOT)
    conversation.draft = None
    conversation.misunderstandings = 0


def _owned(work: UnitOfWork, conversation_id: str, agent_id: str) -> Conversation:
    conversation = work.conversations.get(conversation_id)
    if conversation.state is not ConversationState.HUMAN or conversation.owner_id != agent_id:
        raise ConflictError(conversation_id)
    return conversation


def _summary(conversation: Conversation) -> dict[str, Fact]:
    """Return what an agent should know at a glance; ids and goals, no personal data."""
    draft = conversation.draft
    return {
        "delivery_ids": list(conversation.focus),
        "goal": draft.goal if draft else None,
        "asked": draft.asked if draft else None,
    }


def _say(
    work: UnitOfWork, conversation: Conversation, saying: Saying, *, key: str, now: datetime
) -> None:
    if conversation.last_contact_id is None:
        return
    work.outbox.add_once(
        OutboxMessage(
            id=new_id("m"),
            conversation_id=conversation.id,
            contact_id=conversation.last_contact_id,
            purpose=Purpose.REPLY,
            sayings=(saying,),
            created_at=now,
            not_before=now,
            dedupe_key=f"{conversation.id}:{key}",
            epoch=conversation.epoch,
        )
    )


def _remember(
    work: UnitOfWork,
    conversation: Conversation,
    kind: str,
    actor: str,
    facts: dict[str, Fact],
    *,
    now: datetime,
) -> None:
    work.history.add(
        HistoryEntry(
            kind,
            now,
            actor,
            conversation_id=conversation.id,
            facts={**facts, "epoch": conversation.epoch},
        )
    )
