"""What a recipient thought of a delivery, or of a talk with staff."""

from dataclasses import dataclass
from datetime import datetime

LOWEST, HIGHEST = 1, 5


@dataclass(eq=False)
class Rating:
    """A question for a rating, and what was answered.

    Attributes:
        delivery_id: What it is about, with the stop and route it ended at; none: a handoff.
        handoff_id: The talk with staff that it is about.
        due_at: When it is to be asked for; none: it was, or never will be.
        asked_at: When it was asked for.
        expires_at: Until then a bare digit may be meant for it.
        score: From 1, poor, to 5, very good; none: not answered.
        comment: In the recipient's own words.
        comment_until: So long what they write next may be their comment.
    """

    id: str
    conversation_id: str
    expires_at: datetime
    due_at: datetime | None = None
    asked_at: datetime | None = None
    delivery_id: str | None = None
    handoff_id: str | None = None
    stop_id: str | None = None
    route_id: str | None = None
    score: int | None = None
    scored_at: datetime | None = None
    comment: str | None = None
    comment_until: datetime | None = None
