"""Sends back what could not be handed over and nobody decided about."""

from deliveries.services.days.returning import send_back_undecided
from scheduling.duty import Duty


def send_back(duty: Duty) -> int:
    """Send back what is due; return how many parcels.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    return send_back_undecided(duty.desk.unit_of_work, now=duty.clock.now())
