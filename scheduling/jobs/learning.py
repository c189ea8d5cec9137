"""Learns from finished days how wrong expected arrivals are."""

from deliveries.services.etas.learning import learn_from_finished_days
from scheduling.duty import Duty


def learn_from_days(duty: Duty) -> int:
    """Learn from every day that is over; return how many there were.

    Raises:
        UnavailableError: If the store or the planner cannot be reached.
    """
    return learn_from_finished_days(duty.desk, now=duty.clock.now())
