"""Why a chat is on agents' screens, at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.console.plain_words import CAUSES, GOALS, OTHER_OUTCOMES, OUTCOMES, REASONS
from deliveries.model.conversation import Conversation, Handoff
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.hurrying import Cause


@dataclass(frozen=True)
class Why:
    """What an agent should know before reading the thread.

    Attributes:
        causes: What made it more urgent than its reason alone.
        goal: What the person was arranging with the assistant; empty: nothing.
        before: What came of their last talk with staff, and when; empty: there was none.
    """

    reason: str
    since: datetime
    causes: Sequence[str]
    goal: str
    before: str


def why_here(work: UnitOfWork, conversation: Conversation, *, zone: str) -> Why | None:
    """Return why a person is needed, with the hours of a place; none: nobody asked for one."""
    handoff = work.handoffs.open_of(conversation.id)
    if handoff is None:
        return None
    place = ZoneInfo(zone)
    raised, goal = handoff.summary.get("raised"), handoff.summary.get("goal")
    return Why(
        reason=REASONS.get(handoff.reason, handoff.reason),
        since=handoff.requested_at.astimezone(place),
        causes=[CAUSES[Cause(str(each))] for each in raised] if isinstance(raised, list) else [],
        goal=GOALS.get(goal, "") if isinstance(goal, str) else "",
        before=_before(work.handoffs.last_of(conversation.id), place),
    )


def _before(last: Handoff | None, place: ZoneInfo) -> str:
    if last is None or last.closed_at is None:
        return ""
    reason = REASONS.get(last.reason, last.reason)
    outcome = {**OUTCOMES, **OTHER_OUTCOMES}.get(last.outcome or "unspecified", "")
    return f"{reason}, {last.closed_at.astimezone(place):%a %d %b}: {outcome}"
