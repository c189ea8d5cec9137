"""Where is my parcel."""

from datetime import datetime

from actions.turns import GoalAction
from deliveries.services.conversing.goals import tell_where
from deliveries.services.conversing.turns import Answer, Desk, Heard


class TrackParcel(GoalAction):
    """Says where the parcels are."""

    def name(self) -> str:
        return "action_track_parcel"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return tell_where(desk, heard, now=now)
