"""A talk that goes on and on without an outcome: a person may see what the bot does not."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from deliveries.model.conversation import Conversation
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork

LONG_TALK = "turns"
TURNS = 8
# After so long a silence, another talk begins.
_SILENCE = timedelta(hours=1)
# Several messages may be one turn.
_LOOKED_AT = 40
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


def is_outcome(sayings: Iterable[Saying]) -> bool:
    """Say whether an answer settled something: a wish was noted, none is left, or it was told.

    That a person takes over is an outcome as well.
    """
    return any(
        each.name in _OUTCOMES or each.name.endswith("_noted") or each.name.startswith(_TOLD)
        for each in sayings
    )


def goes_on_and_on(work: UnitOfWork, conversation: Conversation, *, now: datetime) -> bool:
    """Say whether the last turns of a talk settled nothing, the one just answered among them.

    Each turn's messages say in their trace which turn they were answered in, and whether that
    settled something. What an agent dealt with is another talk.
    """
    last = work.handoffs.last_of(conversation.id)
    since = last.closed_at if last else None
    turns: set[object] = set()
    later = now
    for message in reversed(work.inbound.of(conversation.id, limit=_LOOKED_AT)):
        trace = message.trace or {}
        is_of_before = since is not None and message.received_at <= since
        if is_of_before or trace.get("settled") or later - message.received_at > _SILENCE:
            return False
        if "turn" in trace:
            turns.add(trace["turn"])
        if len(turns) == TURNS:
            return True
        later = message.received_at
    return False
