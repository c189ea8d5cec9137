"""Lets parcels go on whose recipients are back."""

from deliveries.services.wishes.absences import resume_after_absences
from scheduling.duty import Duty


def end_absences(duty: Duty) -> int:
    """End the holds whose last evening has come; return how many parcels go on.

    Raises:
        ConflictError: If somebody else was faster: the next tick finds what is left.
        UnavailableError: If the store cannot be reached.
    """
    return resume_after_absences(duty.desk.unit_of_work, now=duty.clock.now())
