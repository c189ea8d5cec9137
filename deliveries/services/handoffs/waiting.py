"""How long somebody waits for a person: an honest guess, and one word to who waits long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median

from deliveries.model.conversation import Conversation, Handoff, HandoffState
from deliveries.model.saying import Saying, moment_fact
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.hours import opens_at
from deliveries.services.handoffs.recording import say

# Who still waits then is told once that their place is kept.
REMINDED_AFTER = timedelta(minutes=10)
# The last hours say most of the next one; without enough of them, the last weeks.
_LATELY, _LONG = timedelta(hours=2), timedelta(days=21)
FEWEST = 5
_MOST = 200
# A guess is a range, rounded up; nobody is told a wait that they would not believe.
_EARLIEST, _LATEST, _STEP, _LONGEST = 0.75, 1.5, 5, 240


@dataclass(frozen=True)
class Wait:
    """How many minutes somebody waits, between two numbers."""

    least: int
    most: int

    def saying(self) -> Saying:
        """Tell it."""
        if self.least == self.most:
            return Saying("handoff_wait_within", {"minutes": self.most})
        return Saying("handoff_wait", {"least": self.least, "most": self.most})


def wait_of(work: UnitOfWork, handoff: Handoff, *, now: datetime) -> Wait | None:
    """Return how long a handoff that is queued will wait; none: too little is known to say.

    The place in the queue over the agents at work, times how long a talk takes; not less than the
    last few have waited.
    """
    talks = work.handoffs.taken_since(now - _LATELY, limit=_MOST)
    at_work = {each.agent_id for each in talks if each.agent_id}
    if len(_lengths(talks)) < FEWEST:
        talks = work.handoffs.taken_since(now - _LONG, limit=_MOST)
    lengths = _lengths(talks)
    if not at_work or len(lengths) < FEWEST:
        return None
    before = (handoff.priority, handoff.requested_at)
    place = 1 + sum(
        each.state is HandoffState.QUEUED and (each.priority, each.requested_at) < before
        for each in work.handoffs.queue()
        if each.id != handoff.id
    )
    waited = median(_waited(each) for each in talks)
    guess = max(place / len(at_work) * median(lengths), waited)
    wait = Wait(_rounded(guess * _EARLIEST), _rounded(guess * _LATEST))
    return wait if wait.most <= _LONGEST else None


def remind(
    work: UnitOfWork, conversation: Conversation, handoff: Handoff, *, now: datetime
) -> None:
    """Tell somebody who has waited long that their place is kept, or when staff are back."""
    handoff.timer_at = None
    opening = opens_at(work, conversation, now=now)
    told = Saying("handoff_still_waiting")
    if opening is not None:
        told = Saying("handoff_waits_for_opening", {"opens": moment_fact(*opening)})
    say(work, conversation, told, key="still_waiting", now=now)


def _lengths(talks: Sequence[Handoff]) -> list[float]:
    """Return how many minutes each talk that is over took."""
    ends = [(each.claimed_at, each.resolved_at or each.closed_at) for each in talks]
    return [_minutes(end - begun) for begun, end in ends if begun and end]


def _waited(talk: Handoff) -> float:
    """Return how many minutes somebody waited in the queue, from the opening on if they did."""
    queued_at = talk.queued_at or talk.requested_at
    return max(0.0, _minutes((talk.claimed_at or queued_at) - queued_at))


def _minutes(length: timedelta) -> float:
    return length.total_seconds() / 60


def _rounded(minutes: float) -> int:
    return max(1, ceil(minutes / _STEP)) * _STEP
