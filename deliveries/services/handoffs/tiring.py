"""A talk that leads nowhere: a person may see, or be able to do, what the bot does not."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from deliveries.model.conversation import Conversation
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.hours import support_of

# What fails again will hardly work the third time.
FAILURES = 2
_LATELY = timedelta(minutes=10)
# After so long a silence, another talk begins.
_SILENCE = timedelta(hours=1)
# Several messages may be one turn.
_MESSAGES_A_TURN = 5
_OUTCOMES = frozenset(
    {
        "all_right",
        "as_planned",
        "kept_as_is",
        "language_switched",
        "you_are_welcome",
        "wrong_person_done",
        "standing_removed",
    }
)
# Where the parcel is: who asks on the bus every five minutes is answered each time.
_TOLD = ("track_", "ended_")
_FAILED = frozenset(
    {"error_unavailable", "error_adapter_failed", "error_rejected", "error_unreadable"}
)
_ASKED_AGAIN = ("not_understood", "which_number")


class CameTo(StrEnum):
    """What a turn came to, as its messages' traces keep it."""

    SETTLED = "settled"
    FAILED = "failed"
    MISUNDERSTOOD = "misunderstood"
    OPEN = "open"


def came_to(sayings: Iterable[Saying], *, is_passed_on: bool) -> CameTo:
    """Return what a turn came to by its answer.

    Settled is what was noted, told, or no longer wanted, and what a person takes over.
    """
    names = [each.name for each in sayings]
    if is_passed_on or any(_is_outcome(name) for name in names):
        return CameTo.SETTLED
    if any(name in _FAILED for name in names):
        return CameTo.FAILED
    if any(name.startswith(_ASKED_AGAIN) for name in names):
        return CameTo.MISUNDERSTOOD
    return CameTo.OPEN


def why_a_person(
    work: UnitOfWork, conversation: Conversation, result: CameTo, *, now: datetime
) -> str | None:
    """Return why a person should take over after a turn; none: the bot goes on.

    Something failed twice, three turns within ten minutes were not understood (one more than the
    shipper allows in a row), or many turns settled nothing; all since the last that did.

    Args:
        work: The caller's unit of work.
        conversation: The talk.
        result: What the turn came to that is being answered.
        now: The day's time.
    """
    if result is CameTo.SETTLED:
        return None
    support = support_of(work, conversation)
    before = _unsettled(work, conversation, now=now, limit=support.turns)
    turns = [(result.value, now), *before]
    results = [result for result, _ in turns]
    lost = [at for result, at in turns if result == CameTo.MISUNDERSTOOD and now - at < _LATELY]
    if results.count(CameTo.FAILED) >= FAILURES:
        return "tool_failed"
    if len(lost) > support.misunderstandings:
        return "fallback"
    return "turns" if len(turns) >= support.turns else None


def misunderstood(work: UnitOfWork, conversation: Conversation) -> bool:
    """Count a turn in vain; say whether it is one too many in a row, and the count begins anew.

    How many are too many says the shipper.
    """
    conversation.misunderstandings += 1
    if conversation.misunderstandings < support_of(work, conversation).misunderstandings:
        return False
    conversation.misunderstandings = 0
    return True


def _is_outcome(name: str) -> bool:
    return name in _OUTCOMES or name.endswith("_noted") or name.startswith(_TOLD)


def _unsettled(
    work: UnitOfWork, conversation: Conversation, *, now: datetime, limit: int
) -> Iterator[tuple[str, datetime]]:
    """Yield what earlier turns since the last outcome came to, the newest first.

    Each answered turn's messages say in their trace which turn they were answered in and what it
    came to. What an agent dealt with is another talk.
    """
    last = work.handoffs.last_of(conversation.id)
    since = last.closed_at if last else None
    seen: set[object] = set()
    later = now
    for message in reversed(work.inbound.of(conversation.id, limit=limit * _MESSAGES_A_TURN)):
        trace = message.trace or {}
        is_of_before = since is not None and message.received_at <= since
        is_over = is_of_before or trace.get("came_to") == CameTo.SETTLED
        if is_over or later - message.received_at > _SILENCE:
            return
        later = message.received_at
        if "came_to" in trace and trace["turn"] not in seen:
            seen.add(trace["turn"])
            yield str(trace["came_to"]), message.received_at
