"""Capacity that was kept for somebody who did not decide in time."""

from datetime import datetime

from deliveries.ports import UnitOfWork

BATCH = 200


def release_ended_holds(work: UnitOfWork, *, now: datetime) -> int:
    """Give back what offers hold past their time; return how many holds that were."""
    ended = work.holds.ended(now=now, limit=BATCH)
    for hold in ended:
        work.holds.release(hold.id)
    return len(ended)
