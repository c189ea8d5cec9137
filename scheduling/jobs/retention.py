"""Forgets what was kept for long enough."""

from deliveries.services.privacy import keeping
from scheduling.duty import Duty


def forget_old(duty: Duty) -> int:
    """Forget everything that is older than its period; return how many rows it were.

    Raises:
        ConflictError: If somebody changed a row meanwhile: the next tick finds what is left.
        UnavailableError: If the store cannot be reached.
    """
    forgotten = 0
    while batch := _forget_batch(duty):
        forgotten += batch
    return forgotten


def _forget_batch(duty: Duty) -> int:
    with duty.desk.unit_of_work() as work:
        forgotten = keeping.forget_old(work, duty.periods, now=duty.clock.now())
        work.commit()
    return forgotten
