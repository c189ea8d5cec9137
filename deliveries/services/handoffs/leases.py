"""For how long an agent has a chat by themselves: every hold ends, whatever nobody does.

A hold is an active handoff. While the person waits it is a lease of twenty minutes; once the agent
has answered it lasts as long as a talk can pause. Which of the two it is stands in the handoff's
summary, beside the other marks that staff do not read.
"""

from datetime import datetime, timedelta

from deliveries.model.conversation import Handoff, HandoffState

# An agent who lets somebody wait for so long is gone: the chat waits for anybody again.
LEASE = timedelta(minutes=20)
# Once the agent has answered, a talk in which nobody writes for so long is over. Longer than any
# pause in which somebody asks a depot or sits in a meeting; short enough for notices of the day.
SILENCE = timedelta(hours=4)

_ANSWERED = "answered"


def is_answered(handoff: Handoff) -> bool:
    """Say whether the agent wrote last: nobody waits for them."""
    return handoff.summary.get(_ANSWERED) is True


def hold(handoff: Handoff, *, now: datetime) -> None:
    """Let the hold run from now on: the person waits for the agent."""
    handoff.summary = {**handoff.summary, _ANSWERED: False}
    handoff.state, handoff.timer_at = HandoffState.ACTIVE, now + LEASE


def note_answered(handoff: Handoff, *, now: datetime) -> None:
    """Note that the agent has answered, which makes the hold as long as a talk can pause."""
    handoff.summary = {**handoff.summary, _ANSWERED: True}
    handoff.answered_at, handoff.timer_at = handoff.answered_at or now, now + SILENCE


def note_heard(handoff: Handoff, *, now: datetime) -> None:
    """Note that the person has written: who waits already waits no less long for it."""
    if is_answered(handoff) or handoff.timer_at is None:
        hold(handoff, now=now)


def note_at_work(handoff: Handoff, *, now: datetime) -> None:
    """Note that the agent is at work on the chat: their hold begins anew."""
    if handoff.state is HandoffState.ACTIVE:
        handoff.timer_at = now + (SILENCE if is_answered(handoff) else LEASE)
