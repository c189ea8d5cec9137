"""What happened, for timelines, and what staff must do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from deliveries.model.saying import Fact


@dataclass(eq=False)
class HistoryEntry:
    """One thing that happened to a delivery or a conversation.

    Attributes:
        kind: A constant in the past tense, such as ``choice_confirmed``.
        actor: Who did it: ``recipient``, ``system``, ``planner``, ``driver`` or an agent's id.
    """

    kind: str
    at: datetime
    actor: str
    delivery_id: str | None = None
    conversation_id: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    seq: int | None = None


class TaskOutcome(StrEnum):
    """What came of a task; those from the third on are of claims only."""

    DONE = "done"
    NOT_NEEDED = "not_needed"
    FOUND = "found"
    REPLACED = "replaced"
    COMPENSATED = "compensated"
    PASSED_ON = "passed_on"
    REJECTED = "rejected"


@dataclass(eq=False)
class StaffTask:
    """Something that only a person can settle.

    Attributes:
        dedupe_key: One open task per cause.
        done_by: The agent who closed it; none: time or the system did.
        outcome: What came of it, one of ``TaskOutcome``.
        note: The agent's own words about it.
    """

    id: str
    kind: str
    dedupe_key: str
    created_at: datetime
    delivery_id: str | None = None
    conversation_id: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    done_at: datetime | None = None
    done_by: str | None = None
    outcome: str | None = None
    note: str | None = None


@dataclass(eq=False)
class DriverEvent:
    """What a driver's device reported; its id makes a repeat harmless.

    Attributes:
        kind: departed, position, arrived, delivered, failed or returned.
        details: Outcome, reason, proof, position: JSON values.
    """

    id: str
    kind: str
    at: datetime
    route_id: str
    stop_id: str | None = None
    delivery_id: str | None = None
    details: Mapping[str, Fact] = field(default_factory=dict)
