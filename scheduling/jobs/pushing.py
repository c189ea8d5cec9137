"""Pushes recipients' choices to the planner."""

from deliveries.services.committing.pushing import Pushing
from scheduling.duty import Duty


def push_choices(duty: Duty) -> int:
    """Push until nothing is due; return how many changes there were.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    pushing = Pushing(duty.desk)
    pushed = 0
    while count := pushing.push_due(
        by=duty.name, now=duty.clock.now(), technical_now=duty.machine.now()
    ):
        pushed += count
    return pushed
