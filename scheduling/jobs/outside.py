"""Works what an outside planner reports, and takes its plans over."""

from deliveries.services.days.outside import follow_plans, work_planner_events
from scheduling.duty import Duty


def hear_planner(duty: Duty) -> int:
    """Work the planner's events; return how many were settled.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    return work_planner_events(duty.desk, now=duty.clock.now(), technical_now=duty.machine.now())


def follow_planner(duty: Duty) -> int:
    """Look at the planner's plans; return how many were changed over there.

    Raises:
        UnavailableError: If the store or the planner cannot be reached.
        UnreadableError: If the planner answers what we cannot map.
    """
    return follow_plans(duty.desk, now=duty.clock.now())
