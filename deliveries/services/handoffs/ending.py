"""How a talk with staff ends: handed back to the bot, resolved, or given up by the person."""

from datetime import datetime, timedelta

from deliveries.errors import ConflictError, InvalidInputError
from deliveries.model.conversation import (
    Conversation,
    ConversationState,
    Handoff,
    HandoffState,
    Outcome,
)
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.hours import returns_silently
from deliveries.services.handoffs.recording import (
    RECIPIENT,
    SYSTEM,
    move,
    owned,
    remember,
    say,
    unmoved,
)
from deliveries.services.handoffs.settled import told_on_return
from deliveries.services.ratings.asking import ask_about_handoff

WAY_BACK = "bot"
# Whoever writes so soon after it was resolved is not done yet.
GRACE = timedelta(minutes=30)
ASKED_AFTER = timedelta(minutes=2)
# Whoever was hurt or frightened is not asked for a grade.
_NOT_RATED = frozenset({"safety", "not_me"})
_WAITING = (ConversationState.QUEUED, ConversationState.ASSIGNED)


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
        InvalidInputError: If there is no such outcome.
    """
    _check(outcome)
    unmoved(work, conversation_id, version)
    conversation = owned(work, conversation_id, agent_id)
    begun = _close(work, conversation, outcome, "chat.handed_back", agent_id, now=now)
    remember(work, conversation, "handed_back", agent_id, now=now, outcome=outcome)
    _tell_of_return(work, conversation, since=begun, now=now)


def let_go(work: UnitOfWork, conversation: Conversation, *, reason: str, now: datetime) -> None:
    """Give a talk that has died down back to the bot as its agent would have; the person is told.

    Args:
        work: The caller's unit of work.
        conversation: The chat; its agent wrote last.
        reason: Why, as a code for the log.
        now: The day's time.
    """
    outcome = Outcome.NO_ANSWER
    action = "chat.lease_ended"
    begun = _close(work, conversation, outcome, action, SYSTEM, reason=reason, now=now)
    remember(work, conversation, "lease_ended", SYSTEM, now=now)
    _tell_of_return(work, conversation, since=begun, now=now)


def _tell_of_return(
    work: UnitOfWork, conversation: Conversation, *, since: datetime | None, now: datetime
) -> None:
    """Say that the assistant is back, unless the shipper wants nothing said."""
    told = told_on_return(work, conversation, since=since or now)
    if not returns_silently(work, conversation):
        say(work, conversation, *told, key="handed_back", now=now)


def resolve(
    work: UnitOfWork,
    conversation_id: str,
    *,
    agent_id: str,
    outcome: str,
    version: int,
    now: datetime,
) -> None:
    """Note that nothing is left to do; the bot has the conversation from the next message on.

    Who writes within half an hour is not done yet and comes back to staff; see ``returning``.

    Raises:
        ConflictError: If the agent does not have it, or it has moved on.
        InvalidInputError: If there is no such outcome.
    """
    _check(outcome)
    unmoved(work, conversation_id, version)
    conversation = owned(work, conversation_id, agent_id)
    handoff = work.handoffs.open_of(conversation_id)
    move(
        work,
        conversation,
        ConversationState.RESOLVED,
        action="chat.resolved",
        actor=agent_id,
        reason=_reason_of(handoff),
        now=now,
        outcome=outcome,
    )
    conversation.draft, conversation.misunderstandings = None, 0
    if handoff is not None:
        handoff.state, handoff.timer_at = HandoffState.RESOLVED, now + GRACE
        handoff.outcome, handoff.resolved_at = outcome, now
        _ask_how_it_was(work, conversation, handoff, now=now)
    remember(work, conversation, "conversation_resolved", agent_id, now=now, outcome=outcome)


def _ask_how_it_was(
    work: UnitOfWork, conversation: Conversation, handoff: Handoff, *, now: datetime
) -> None:
    """Ask once, two minutes later, how the talk was; not where asking would be an insult."""
    contact = work.contacts.find(conversation.last_contact_id or "")
    is_reachable = contact is not None and contact.is_reachable
    if handoff.reason in _NOT_RATED or handoff.answered_at is None or not is_reachable:
        return
    asked_at = now + ASKED_AFTER
    facts = ask_about_handoff(work, conversation.id, handoff.id, now=asked_at)
    key = f"rate_talk:{handoff.id}"
    say(work, conversation, Saying("rate_talk", facts), key=key, now=now, after=ASKED_AFTER)


def is_way_back(text: str) -> bool:
    """Say whether somebody waiting in the queue asks for the bot again."""
    return text.strip().strip(".!").casefold() == WAY_BACK


def give_up_waiting(work: UnitOfWork, conversation: Conversation, *, now: datetime) -> None:
    """Let somebody who is waiting for a person go on with the bot instead.

    Raises:
        ConflictError: If an agent has the conversation already.
    """
    if conversation.state not in _WAITING:
        raise ConflictError(conversation.id)
    _close(work, conversation, Outcome.RETURNED_TO_BOT, "chat.returned_to_bot", RECIPIENT, now=now)
    remember(work, conversation, "returned_to_bot", RECIPIENT, now=now)
    say(work, conversation, Saying("returned_to_bot"), key="returned_to_bot", now=now)


def end_grace(
    work: UnitOfWork, conversation: Conversation, actor: str, *, reason: str, now: datetime
) -> None:
    """Close what was resolved: the conversation is the bot's again, silently.

    Args:
        work: The caller's unit of work.
        conversation: The chat.
        actor: Who does it.
        reason: Why, as a code for the log: ``time`` or ``chose``.
        now: The day's time.
    """
    handoff = work.handoffs.open_of(conversation.id)
    outcome = (handoff.outcome if handoff else None) or Outcome.UNSPECIFIED
    _close(work, conversation, outcome, "chat.grace_ended", actor, reason=reason, now=now)


def _check(outcome: str) -> None:
    if outcome not in list(Outcome) or outcome == Outcome.RETURNED_TO_BOT:
        raise InvalidInputError("outcome")


def _close(
    work: UnitOfWork,
    conversation: Conversation,
    outcome: str,
    action: str,
    actor: str,
    *,
    reason: str | None = None,
    now: datetime,
) -> datetime | None:
    """Give the conversation to the bot; return when the agent took it, if one did."""
    handoff = work.handoffs.open_of(conversation.id)
    move(
        work,
        conversation,
        ConversationState.BOT,
        action=action,
        actor=actor,
        reason=reason or _reason_of(handoff),
        now=now,
        outcome=outcome,
    )
    conversation.draft, conversation.misunderstandings = None, 0
    if handoff is None:
        return None
    handoff.outcome = outcome
    handoff.close(now)
    return handoff.claimed_at


def _reason_of(handoff: Handoff | None) -> str:
    return handoff.reason if handoff else "staff"
