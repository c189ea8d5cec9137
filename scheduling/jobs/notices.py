"""Writes the notices that are due."""

from deliveries.services.notices.noticing import write_due_notices
from scheduling.duty import Duty

# Of a morning's hundred thousand; then who is about to be reached is looked for again.
AT_ONCE = 1000


def write_notices(duty: Duty) -> int:
    """Write every notice that is due; return how many are to leave.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    written = some = write_due_notices(duty.desk.unit_of_work, now=duty.clock.now(), most=AT_ONCE)
    while some >= AT_ONCE:
        some = write_due_notices(duty.desk.unit_of_work, now=duty.clock.now(), most=AT_ONCE)
        written += some
    return written
