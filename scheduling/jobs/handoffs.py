"""Handoffs whose time has come: openings, lapsed offers, ends of pauses."""

from deliveries.services.handoffs.care import tend_handoffs
from scheduling.duty import Duty


def tend(duty: Duty) -> int:
    """Do what is due for handoffs; return for how many something was done.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    return tend_handoffs(duty.desk.unit_of_work, now=duty.clock.now())
