"""Lets chats follow the vans that they show."""

from deliveries.services.notices.following import follow_vans
from scheduling.duty import Duty


def follow(duty: Duty) -> int:
    """Write what is to change in chats; return how many follow something that moved.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    return follow_vans(duty.desk.unit_of_work, now=duty.clock.now())
