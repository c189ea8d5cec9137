"""Writes the notices that are due."""

from deliveries.services.notices.noticing import write_due_notices
from scheduling.duty import Duty


def write_notices(duty: Duty) -> int:
    """Write every notice that is due; return how many are to leave.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    return write_due_notices(duty.desk.unit_of_work, now=duty.clock.now())
