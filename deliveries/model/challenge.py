"""Codes that somebody must know: sent to one contact, typed in by whoever claims to hold it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deliveries.model.offer import Option


class ChallengeKind(StrEnum):
    """What a code opens."""

    STEP_UP = "step_up"
    DOOR_PIN = "door_pin"


class ChallengeState(StrEnum):
    """The life of a challenge."""

    OPEN = "open"
    PASSED = "passed"
    USED = "used"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(eq=False)
class Challenge:
    """A code that was sent, and what waits for it.

    The code is sealed and not hashed: a hash of six digits is guessed in a second by whoever has
    the table, a sealed one not without the key. It is wiped once the challenge is over.

    Attributes:
        conversation_id: Where the code is to be typed in; none: at the door.
        sent_to: The contact it was sent to.
        asked_by: The contact that wants what it opens.
        offer_id: The menu that the waiting choice was made from.
        option: The waiting choice.
        tries: Wrong codes so far.
        sent: How many codes were sent; only the last one counts.
    """

    id: str
    kind: ChallengeKind
    delivery_id: str
    sent_to: str
    created_at: datetime
    expires_at: datetime
    conversation_id: str | None = None
    asked_by: str | None = None
    offer_id: str | None = None
    option: Option | None = None
    code_sealed: bytes | None = None
    tries: int = 0
    sent: int = 1
    state: ChallengeState = ChallengeState.OPEN
    settled_at: datetime | None = None
    row_version: int = 1

    @property
    def is_open(self) -> bool:
        """It was neither passed, nor failed, nor given up; it may be past its time."""
        return self.state is ChallengeState.OPEN

    def settle(self, state: ChallengeState, *, now: datetime) -> None:
        """Bring it to its end, and forget the code."""
        self.state, self.settled_at, self.code_sealed = state, now, None
