"""How fast a sender may send."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SenderLimit:
    """A bucket that refills evenly; what is sent takes from it.

    Attributes:
        key: Of the sender, the same in every process.
        per_s: How much it refills a second; none: without limit, though it can be paused.
        burst: How much it holds.
    """

    key: str
    per_s: float | None
    burst: float = 1.0
