"""A visit as an Onfleet task.

Windows mean completion there and service start here: they are shifted by the time at the door.
"""

import math
from dataclasses import dataclass
from datetime import timedelta

from deliveries.model.route import Stop
from deliveries.ports import Visit
from integrations.calling.caller import Json
from integrations.planners.onfleet.api import ID_NAME, KEY_NAME, to_ms


@dataclass(frozen=True)
class Need:
    """What a task should say.

    Attributes:
        words: The place in words, for the driver.
        key: Of the change that wants it so.
    """

    visit: Visit
    words: str
    key: str

    @property
    def place(self) -> str:
        """The place, to see whether it is another."""
        visit = self.visit
        return f"{visit.lat:.6f},{visit.lon:.6f},{visit.pickup_point_id or ''}"


def written(need: Need, destination: str) -> dict[str, Json]:
    """Return the fields of a task that a change sets."""
    visit = need.visit
    at_door = timedelta(seconds=visit.setup_s + visit.service_duration_s)
    window = visit.window
    return {
        "destination": destination,
        "completeAfter": to_ms(window.start + at_door) if window else None,
        "completeBefore": to_ms(window.end + at_door) if window else None,
        # In whole minutes, never too few.
        "serviceTime": math.ceil(at_door.total_seconds() / 60),
        "quantity": visit.load,
        "metadata": [
            {"name": ID_NAME, "type": "string", "value": visit.delivery_id},
            {"name": KEY_NAME, "type": "string", "value": need.key},
        ],
    }


def visit_at(stop: Stop, delivery_id: str) -> Visit:
    """Return the visit that a stop makes to one of its deliveries."""
    return Visit(
        delivery_id=delivery_id,
        lat=stop.lat,
        lon=stop.lon,
        service_duration_s=stop.service_duration_s,
        load=max(1, stop.load // len(stop.delivery_ids)),
        window=stop.window,
        pickup_point_id=stop.pickup_point_id,
    )
