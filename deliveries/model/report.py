"""What a lead wants to know of a day: the queue, and how staff and the assistant did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deliveries.model.conversation import HandoffState
from deliveries.model.eta import EtaReport


@dataclass(frozen=True)
class Case:
    """A handoff as reports read it: no person, no words."""

    id: str
    reason: str
    priority: int
    state: HandoffState
    requested_at: datetime
    agent_id: str | None
    claimed_at: datetime | None
    answered_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    outcome: str | None

    @property
    def waited(self) -> timedelta | None:
        """How long it took until a person answered."""
        return self.answered_at - self.requested_at if self.answered_at else None

    @property
    def handled(self) -> timedelta | None:
        """How long an agent had it, until nothing was left to do."""
        ended_at = self.resolved_at or self.closed_at
        return ended_at - self.claimed_at if ended_at and self.claimed_at else None

    @property
    def was_in_time(self) -> bool | None:
        """It was answered by its target; none: it has no target, or nobody has answered yet."""
        if self.due_at is None or self.answered_at is None:
            return None
        return self.answered_at <= self.due_at


@dataclass(frozen=True)
class Spread:
    """How long something took.

    Attributes:
        median: Half took no longer; none: there was none.
        p90: Nine of ten took no longer.
    """

    count: int
    median: timedelta | None = None
    p90: timedelta | None = None


@dataclass(frozen=True)
class Group:
    """Cases that have something in common.

    Attributes:
        key: The reason, or the agent's id.
        in_time: Of those answered that have a target, how many were answered by it.
        answered: How many were answered that have a target.
    """

    key: str
    cases: int
    waited: Spread
    handled: Spread
    in_time: int
    answered: int


@dataclass(frozen=True)
class Queue:
    """What waits at this moment.

    Attributes:
        overdue: How many of them should have been answered by now.
        oldest: When the one that has waited longest was asked for.
        reasons: How many wait for each.
        with_agents: How many chats agents have.
    """

    waiting: int
    overdue: int
    oldest: datetime | None
    reasons: Mapping[str, int]
    with_agents: int


@dataclass(frozen=True)
class Scores:
    """What people thought, from 1 to 5."""

    count: int = 0
    mean: float | None = None


@dataclass(frozen=True)
class Day:
    """The figures of one day.

    Attributes:
        talks: In how many conversations people wrote.
        finished_by_bot: Of these, in how many no person was asked for, before or then.
        staff: The chats that were passed to staff on that day.
    """

    day: date
    talks: int
    finished_by_bot: int
    staff: Group


@dataclass(frozen=True)
class Report:
    """The figures of some days.

    Attributes:
        first: The first instant they are about.
        end: The first instant that they are not about any more.
        queue: As it is now, whatever days are asked for.
        cases: The handoffs requested in them, oldest first.
        outcomes: How often each.
        days: The same day by day; a talk over two days counts on both.
        talks: In how many conversations people wrote.
        finished_by_bot: Of these, in how many no person was asked for, before or then.
        talk_scores: Of talks with staff.
        delivery_scores: Of deliveries.
        etas: By depot, how often the windows told on its finished days were true, and how wide.
    """

    first: datetime
    end: datetime
    queue: Queue
    cases: Sequence[Case]
    waited: Spread
    handled: Spread
    reasons: Sequence[Group]
    agents: Sequence[Group]
    outcomes: Mapping[str, int]
    days: Sequence[Day]
    talks: int
    finished_by_bot: int
    talk_scores: Scores
    delivery_scores: Scores
    etas: Mapping[str, EtaReport]
