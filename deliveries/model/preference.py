"""A recipient's choice on its way into the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact


class PreferenceState(StrEnum):
    """The life of a choice; one delivery has at most one pending or confirmed at a time."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNDONE = "undone"
    REPLACED = "replaced"
    EXPIRED = "expired"


LIVE_PREFERENCES = frozenset({PreferenceState.PENDING, PreferenceState.CONFIRMED})


@dataclass(eq=False)
class Preference:
    """What a recipient chose for a delivery.

    Attributes:
        version: Counts the choices of one delivery.
        details: What was chosen, JSON values: ISO ``start`` and ``end``, a neighbour, a point …
        before: What held before (place, window, date), for undoing.
        hold_id: The capacity it takes.
    """

    id: str
    delivery_id: str
    version: int
    kind: OptionKind
    details: Mapping[str, Fact]
    chosen_at: datetime
    contact_id: str | None = None
    before: Mapping[str, Fact] = field(default_factory=dict)
    hold_id: str | None = None
    state: PreferenceState = PreferenceState.PENDING
    decided_at: datetime | None = None


class ChangeState(StrEnum):
    """The life of a planner change."""

    PENDING = "pending"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXPIRED = "expired"


OPEN_CHANGES = frozenset({ChangeState.PENDING, ChangeState.SENT})


@dataclass(eq=False)
class PlannerChange:
    """One constraint for the planner, written in the transaction of the choice.

    Attributes:
        idempotency_key: Delivery and preference version: pushing twice has one effect.
        depot_id: Whose plan it changes.
        expires_at: After it staff get a task instead of another try.
        next_attempt_at: Technical time (not the day's clock) of the next try; none: at once.
        reason: Why it was rejected, as a stable code.
    """

    id: str
    preference_id: str
    delivery_id: str
    depot_id: str
    idempotency_key: str
    created_at: datetime
    expires_at: datetime
    state: ChangeState = ChangeState.PENDING
    attempts: int = 0
    next_attempt_at: datetime | None = None
    claimed_by: str | None = None
    claimed_until: datetime | None = None
    reason: str | None = None
    decided_at: datetime | None = None


class VerdictKind(StrEnum):
    """What a planner says to a change."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PENDING = "pending"


class RejectionReason(StrEnum):
    """Why a planner says no."""

    NO_ROOM = "no_room"
    WINDOW_FULL = "window_full"
    ALREADY_LOADED = "already_loaded"
    ALREADY_PASSED = "already_passed"
    UNDER_WAY = "under_way"
    SHIFT_OVER = "shift_over"
    UNKNOWN = "unknown"
