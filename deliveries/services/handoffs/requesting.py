"""Asking for a person: queued, or put off until staff are there."""

from datetime import datetime

from deliveries.model.conversation import (
    Conversation,
    ConversationState,
    Handoff,
    HandoffState,
)
from deliveries.model.ids import new_id
from deliveries.model.saying import Fact, Saying, moment_fact
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.hours import delivery_of, due_at, opens_at
from deliveries.services.handoffs.hurrying import causes_to_hurry
from deliveries.services.handoffs.on_call import alert
from deliveries.services.handoffs.reasons import (
    MOST_URGENT,
    PRIORITIES,
    priority_of,
    raised,
)
from deliveries.services.handoffs.recording import RECIPIENT, SYSTEM, move, remember
from deliveries.services.handoffs.waiting import REMINDED_AFTER, wait_of

# To these the bot has no other words; whoever asks again is to hear that they are heard.
_ANSWERED_BY_NOTHING_ELSE = frozenset({"asked", "fallback"})


def request(
    work: UnitOfWork, conversation: Conversation, reason: str, now: datetime
) -> tuple[Saying, ...]:
    """Queue a conversation for staff; return what the person is told, nothing while they wait.

    A second request while one is open may raise its priority and never lowers it. Out of hours the
    bot goes on and the request waits for the opening, unless it is of the most urgent kind.
    """
    handoff = work.handoffs.open_of(conversation.id)
    if handoff is not None and handoff.state is not HandoffState.RESOLVED:
        return _again(work, conversation, handoff, reason, now=now)
    if handoff is not None:
        handoff.close(now)
    handoff = new_handoff(work, conversation, reason, now=now)
    work.handoffs.add(handoff)
    opening = opens_at(work, conversation, now=now)
    if opening is not None and handoff.priority > MOST_URGENT:
        instant, zone = opening
        handoff.state, handoff.timer_at = HandoffState.DEFERRED, instant
        remember(work, conversation, "handoff_deferred", "recipient", now=now, reason=reason)
        return (Saying("handoff_deferred", {"opens": moment_fact(instant, zone)}),)
    queue(work, conversation, RECIPIENT, reason=reason, now=now)
    handoff.queued_at, handoff.timer_at = now, now + REMINDED_AFTER
    alert(work, conversation, handoff, now=now)
    remember(work, conversation, "handoff_requested", "recipient", now=now, reason=reason)
    told = Saying(f"handoff_{reason}" if reason in PRIORITIES else "handoff_asked")
    wait = wait_of(work, handoff, now=now) if opening is None else None
    return (told, wait.saying()) if wait else (told,)


def queue(
    work: UnitOfWork, conversation: Conversation, actor: str, *, reason: str, now: datetime
) -> None:
    """Let a chat that nobody has had yet, or that was over, wait for staff."""
    state = ConversationState.QUEUED
    move(work, conversation, state, action="chat.queued", actor=actor, now=now, reason=reason)


def new_handoff(
    work: UnitOfWork, conversation: Conversation, reason: str, *, now: datetime
) -> Handoff:
    """Return a handoff of a conversation, with what an agent should know at a glance."""
    causes = causes_to_hurry(work, conversation, now=now)
    priority = raised(priority_of(reason), len(causes))
    return Handoff(
        id=new_id("k"),
        conversation_id=conversation.id,
        reason=reason,
        priority=priority,
        requested_at=now,
        due_at=due_at(work, conversation, priority, since=now),
        summary={**_summary(conversation), "raised": list(causes)},
    )


def _again(
    work: UnitOfWork, conversation: Conversation, handoff: Handoff, reason: str, *, now: datetime
) -> tuple[Saying, ...]:
    # What is more urgent than what was asked for first is what an agent should see.
    priority = min(handoff.priority, priority_of(reason))
    if priority_of(reason) < priority_of(handoff.reason):
        handoff.reason = reason
    if priority < handoff.priority:
        handoff.priority = priority
        sooner = due_at(work, conversation, priority, since=now)
        handoff.due_at = min(handoff.due_at or sooner, sooner)
        alert(work, conversation, handoff, now=now)
    if handoff.state is HandoffState.DEFERRED and priority == MOST_URGENT:
        queue_deferred(work, conversation, handoff, now=now)
        return (Saying(f"handoff_{reason}"),)
    is_put_off = handoff.state is HandoffState.DEFERRED and handoff.timer_at is not None
    if is_put_off and reason in _ANSWERED_BY_NOTHING_ELSE:
        delivery = delivery_of(work, conversation)
        zone = delivery.zone if delivery else "UTC"
        return (Saying("handoff_deferred", {"opens": moment_fact(handoff.timer_at or now, zone)}),)
    return ()


def queue_deferred(
    work: UnitOfWork, conversation: Conversation, handoff: Handoff, *, now: datetime
) -> None:
    """Queue what waited for the opening, as old as it is; the person is not asked again."""
    handoff.state, handoff.timer_at = HandoffState.QUEUED, now + REMINDED_AFTER
    handoff.queued_at = now
    handoff.due_at = due_at(work, conversation, handoff.priority, since=now)
    queue(work, conversation, SYSTEM, reason=handoff.reason, now=now)
    remember(work, conversation, "handoff_requested", SYSTEM, now=now, reason=handoff.reason)


def _summary(conversation: Conversation) -> dict[str, Fact]:
    """Return what an agent should know at a glance; ids and goals, no personal data."""
    draft = conversation.draft
    return {
        "delivery_ids": list(conversation.focus),
        "goal": draft.goal if draft else None,
        "asked": draft.asked if draft else None,
    }
