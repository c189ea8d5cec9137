"""Who is offered a chat that waits: those who are there, want more, and can answer it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from deliveries.model.conversation import (
    Conversation,
    ConversationState,
    Handoff,
    HandoffState,
)
from deliveries.model.staff import Attendance, Permission, may
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.handoffs.assigning import assign
from deliveries.services.handoffs.hours import delivery_of
from deliveries.services.handoffs.hurrying import SAME_MATTER
from deliveries.services.handoffs.recording import SYSTEM
from deliveries.services.one_by_one import one_by_one
from deliveries.services.staff.attending import SEEN_WITHIN
from deliveries.services.staff.scope import is_within

# Whoever has let an offer lapse is not offered the same chat again.
_PASSED, _PREFERRED = "passed", "preferred"
_THEIRS = frozenset({ConversationState.ASSIGNED, ConversationState.HUMAN})


def offer_waiting(unit_of_work: UnitOfWorkFactory, *, now: datetime, machine_now: datetime) -> int:
    """Offer each chat that waits to somebody eligible; return how many were offered.

    Where nobody is, it waits for whoever takes it.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with unit_of_work(read_only=True) as work:
        if not work.attendances.taking(seen_since=machine_now - SEEN_WITHIN):
            return 0
        queued = [each.id for each in work.handoffs.queue() if each.state is HandoffState.QUEUED]

    def offer(work: UnitOfWork, id_: str) -> bool:
        return _offer(work, work.handoffs.get(id_), now=now, machine_now=machine_now)

    return one_by_one(unit_of_work, queued, offer)


def note_passed(handoff: Handoff) -> None:
    """Note that whoever a chat was offered to has let the offer lapse."""
    passed = _listed(handoff.summary, _PASSED)
    handoff.summary = {**handoff.summary, _PASSED: [*passed, handoff.agent_id]}


def _offer(work: UnitOfWork, handoff: Handoff, *, now: datetime, machine_now: datetime) -> bool:
    if handoff.state is not HandoffState.QUEUED:
        return False
    conversation = work.conversations.get(handoff.conversation_id)
    to = eligible_for(work, conversation, handoff, now=now, machine_now=machine_now)
    if to is None:
        return False
    version = conversation.version
    assign(work, conversation.id, to=to, agent_id=SYSTEM, version=version, now=now)
    return True


def eligible_for(
    work: UnitOfWork,
    conversation: Conversation,
    handoff: Handoff,
    *,
    now: datetime,
    machine_now: datetime,
) -> str | None:
    """Return whom to offer a chat: who had it within a day, else who has the fewest; none: nobody.

    Nobody who is away, has enough, may not answer, writes other languages, answers for other
    shippers, or has let this chat pass.
    """
    load = Counter(each.owner_id for each in work.conversations.in_hands() if each.state in _THEIRS)
    language = work.people.get(conversation.person_id).language
    delivery = delivery_of(work, conversation)
    shipper_id = delivery.shipper_id if delivery else None
    passed = _listed(handoff.summary, _PASSED)
    able = [
        each
        for each in work.attendances.taking(seen_since=machine_now - SEEN_WITHIN)
        if load[each.agent_id] < each.most
        and each.agent_id not in passed
        and (not each.languages or language in each.languages)
        and (not each.shippers or shipper_id in each.shippers)
        and _may_answer(work, each, conversation)
    ]
    preferred = _preferred(work, conversation, handoff, now=now)
    able.sort(key=lambda each: (each.agent_id != preferred, load[each.agent_id], each.agent_id))
    return able[0].agent_id if able else None


def _may_answer(work: UnitOfWork, attendance: Attendance, conversation: Conversation) -> bool:
    agent = work.agents.get(attendance.agent_id)
    may_work = agent.disabled_at is None and may(agent.role, Permission.WORK_CHATS)
    return may_work and is_within(work, agent, conversation.id)


def _preferred(
    work: UnitOfWork, conversation: Conversation, handoff: Handoff, *, now: datetime
) -> str | None:
    """Return who had the person's last talk, if that was within a day."""
    named = handoff.summary.get(_PREFERRED)
    if isinstance(named, str):
        return named
    last = work.handoffs.last_of(conversation.id)
    is_fresh = last is not None and last.closed_at and now - last.closed_at < SAME_MATTER
    return last.agent_id if last is not None and is_fresh else None


def _listed(summary: Mapping[str, object], name: str) -> list[str]:
    value = summary.get(name)
    return [str(each) for each in value] if isinstance(value, list) else []
