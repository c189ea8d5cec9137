"""Neighbours who were asked: what their silence means, and that they are forgotten in time."""

from deliveries.services.neighbours.care import erase_neighbours, settle_requests
from scheduling.duty import Duty


def settle_neighbours(duty: Duty) -> int:
    """Settle requests of which nothing can come any more; return how many.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    return settle_requests(duty.desk.unit_of_work, now=duty.clock.now())


def forget_neighbours(duty: Duty) -> int:
    """Erase numbers and names of neighbours whose part is over; return how many.

    Raises:
        ConflictError: If somebody else was faster: the next tick finds what is left.
        UnavailableError: If the store cannot be reached.
    """
    return erase_neighbours(duty.desk.unit_of_work, now=duty.clock.now())
