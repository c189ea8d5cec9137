"""A locker is full when the van gets there: where else near it there is room, with consent only."""

from collections.abc import Sequence
from datetime import datetime

from deliveries.model.delivery import Delivery
from deliveries.ports import Geography, UnitOfWork
from deliveries.services.committing.offering import Choice
from deliveries.services.pickup_points.collecting import (
    Candidate,
    compartment,
    may_go,
    point_choice,
)
from deliveries.services.pickup_points.opening import open_on

REACH_M = 2_000
SHOWN = 1


def overflow_choices(
    work: UnitOfWork, geography: Geography, deliveries: Sequence[Delivery], *, now: datetime
) -> tuple[Choice, ...]:
    """Return the next point near the full one that has room and is still open today, if any is.

    The van is out with the parcels, so today it is; whether it can go there the planner says.
    """
    first = deliveries[0]
    full = work.pickup_points.find(first.place.pickup_point_id or "")
    if full is None:
        return ()
    found = []
    for point in work.pickup_points.all():
        metres = geography.distance_m((full.lat, full.lon), (point.lat, point.lon))
        left = work.holds.room(compartment(point, first))
        has_room = left is None or left >= len(deliveries)
        opens = tuple(span for span in open_on(point, first.date) if span.end > now)
        if point.id == full.id or metres > REACH_M or not has_room or not opens:
            continue
        if may_go(work, deliveries, point):
            found.append(Candidate(point, metres, first.date, opens))
    found.sort(key=lambda each: each.distance_m)
    return tuple(point_choice(each, deliveries) for each in found[:SHOWN])
