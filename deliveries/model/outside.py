"""What we keep about a planner that is somebody else's system."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deliveries.model.saying import Fact


@dataclass(eq=False)
class OutsideTask:
    """A delivery as another system knows it.

    Attributes:
        id: Made by ``task_id``: one task a delivery and system.
        external_id: That system's name for it.
        destination_id: That system's name for the place.
        place: The place it was told last, in words of ours, to see whether another is wanted.
        plan_id: The plan it was put on last.
        key: Idempotency key of the change that was sent last.
        job_id: What that system is still working on for this change; none: nothing.
        eta_at: When that system expects its driver to arrive.
        eta_noted_at: As of when; an older one that comes later is no news.
    """

    id: str
    planner: str
    delivery_id: str
    external_id: str
    destination_id: str = ""
    place: str = ""
    plan_id: str = ""
    key: str = ""
    job_id: str | None = None
    eta_at: datetime | None = None
    eta_noted_at: datetime | None = None


@dataclass(eq=False)
class PlannerEvent:
    """Something that another system reported of a delivery; its id makes a repeat harmless.

    Attributes:
        kind: departed, arrived, delivered, failed (as drivers report), eta, or changed: its plan is
            to be looked at.
        at: When it happened, as that system says.
        external_id: The task it is about.
        facts: The ETA, or the reason of a failure: JSON values.
        received_at: Technical time.
        worked_at: Technical time; none: it waits.
    """

    id: str
    planner: str
    kind: str
    at: datetime
    external_id: str
    received_at: datetime
    delivery_id: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    attempts: int = 0
    worked_at: datetime | None = None


@dataclass(eq=False)
class Spending:
    """What a planner that costs money was asked for in a day.

    Attributes:
        id: The planner and the day.
    """

    id: str
    cents: int = 0


def task_id(planner: str, delivery_id: str) -> str:
    """Return the id of a delivery's task in a system."""
    return f"{planner}:{delivery_id}"
