"""Gives back capacity that was kept for people who did not decide in time."""

from deliveries.services.committing.holding import release_ended_holds
from scheduling.duty import Duty


def release_holds(duty: Duty) -> int:
    """Release the holds that have ended; return how many.

    Raises:
        ConflictError: If somebody else was faster: the next tick finds what is left.
        UnavailableError: If the store cannot be reached.
    """
    with duty.desk.unit_of_work(read_only=True) as work:
        if not work.holds.ended(now=duty.clock.now(), limit=1):
            return 0
    with duty.desk.unit_of_work() as work:
        released = release_ended_holds(work, now=duty.clock.now())
        work.commit()
    return released
