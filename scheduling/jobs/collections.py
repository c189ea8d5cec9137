"""Parcels that wait at pickup points: reminded of, warned of, sent back."""

from deliveries.services.pickup_points.care import care_for_waiting
from scheduling.duty import Duty


def care_for_collections(duty: Duty) -> int:
    """Do what is due for what waits; return for how many parcels something was done.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    return care_for_waiting(duty.desk.unit_of_work, now=duty.clock.now())
