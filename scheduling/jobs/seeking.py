"""Looks for windows that were refused at once."""

from deliveries.ports import PlanImprover
from deliveries.services.committing.seeking import seek_windows
from scheduling.duty import Duty


def seek_refused_windows(duty: Duty) -> int:
    """Look for what people wished for and no single change has room for; return what was found.

    A planner that keeps the plan elsewhere cannot be asked.

    Raises:
        UnavailableError: If the planner or the store cannot be reached.
        UnreadableError: If the planner answers what we cannot map.
    """
    planner = duty.desk.planner
    if not isinstance(planner, PlanImprover):
        return 0
    return seek_windows(duty.desk.unit_of_work, planner, now=duty.clock.now())
