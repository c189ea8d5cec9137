"""Where is my parcel."""

from datetime import datetime

from actions.turns import GoalAction
from deliveries.services.asking import where_is_it
from deliveries.services.turns import Answer, Desk, Heard


class TrackParcel(GoalAction):
    """Says where the parcels are."""

    def name(self) -> str:
        return "action_track_parcel"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return where_is_it(desk, heard, now=now)
