"""N13: "it says delivered, but it is not here": what was reported, and a case with a clock.

The person is told what was reported, how far from the address, where to look and whom to ask,
before a colleague searches; the colleague gets the same evidence with the case.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.saying import (
    Fact,
    Saying,
    distance_fact,
    local_day,
    moment_fact,
    time_fact,
)
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.describing import spot_fact
from deliveries.services.days.journeys import WAITING

# By then a colleague has answered: carriers' usual promise of one working day.
ANSWERED_WITHIN = timedelta(hours=24)
# Reports come from the van: that near the door, it says nothing.
FAR_M = 75

# Whoever misses or unpacks something speaks of what came last, not of what comes next.
_LOOKED_AT = 5


def claimed(work: UnitOfWork, person_id: str) -> Delivery | None:
    """Return what a person's claim is about: what was handed over last, else their newest."""
    latest = work.deliveries.latest_of_person(person_id, limit=_LOOKED_AT)
    handed_over = (each for each in latest if each.status is DeliveryStatus.DELIVERED)
    return next(handed_over, latest[0] if latest else None)


def is_yet_to_come(delivery: Delivery, *, now: datetime) -> bool:
    """Say whether a delivery is under way and not late: nobody can miss it yet."""
    if delivery.status not in WAITING:
        return False
    if delivery.promised is not None:
        return now < delivery.promised.end
    return local_day(now, delivery.zone) <= delivery.date


def evidence_of(work: UnitOfWork, delivery: Delivery, *, now: datetime) -> dict[str, Fact]:
    """Return what is known of where a parcel went, for the colleague who looks for it."""
    reported = _reported(work, delivery)
    return {
        "status": delivery.status.value,
        "handed_to": delivery.handed_to,
        "delivered_at": delivery.status_at.isoformat() if delivery.status_at else None,
        "has_photo": delivery.proof_url is not None,
        "place": delivery.place.kind.value,
        "off_m": reported.get("off_m"),
        "lat": reported.get("lat"),
        "lon": reported.get("lon"),
        "route_id": delivery.route_id,
        "attempts": delivery.attempts,
        "due_at": (now + ANSWERED_WITHIN).isoformat(),
    }


def what_was_reported(work: UnitOfWork, delivery: Delivery, *, now: datetime) -> list[Saying]:
    """Return what the person is told; nothing of a parcel that nobody says was delivered."""
    if delivery.status is not DeliveryStatus.DELIVERED or delivery.status_at is None:
        return []
    handed_to = delivery.handed_to or "other"
    off_m = _reported(work, delivery).get("off_m")
    told = [
        Saying(
            "missing_reported",
            {
                "handed_to": handed_to,
                "at": time_fact(delivery.status_at, delivery.zone),
                "words": spot_fact(delivery.place.words or ""),
                "photo": delivery.proof_url is not None,
            },
        )
    ]
    if isinstance(off_m, int) and off_m > FAR_M:
        told.append(Saying("missing_far", {"distance": distance_fact(off_m)}))
    told.append(Saying(f"missing_look_{'neighbour' if handed_to == 'neighbour' else 'around'}"))
    by = moment_fact(now + ANSWERED_WITHIN, delivery.zone)
    return [*told, Saying("missing_case", {"by": by})]


def _reported(work: UnitOfWork, delivery: Delivery) -> Mapping[str, Fact]:
    entries = [each for each in work.history.of_delivery(delivery.id) if each.kind == "delivered"]
    return entries[-1].facts if entries else {}
