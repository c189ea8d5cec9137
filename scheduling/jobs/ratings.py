"""Asks how deliveries went."""

from deliveries.services.ratings.asking import ask_due_ratings
from scheduling.duty import Duty


def ask_for_ratings(duty: Duty) -> int:
    """Ask for the ratings that are due; return how many were asked for.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    return ask_due_ratings(duty.desk.unit_of_work, now=duty.clock.now())
