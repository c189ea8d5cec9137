"""Plans the days ahead."""

import structlog

from deliveries.services.daily_planning import DueDay, due_days, place_late_comers
from deliveries.services.planning import plan_day
from scheduling.duty import Duty

_log = structlog.get_logger()


def plan_days(duty: Duty) -> int:
    """Plan every day that is due; return how many there were.

    Another worker may be planning the same day: who is later finds it planned and leaves it.

    Raises:
        ConflictError: If a plan was changed meanwhile: the next tick tries again.
        UnavailableError: If the planner or the store cannot be reached.
    """
    with duty.desk.unit_of_work(read_only=True) as work:
        due = due_days(work, now=duty.clock.now())
    for each in due:
        _plan(duty, each)
    return len(due)


def _plan(duty: Duty, due: DueDay) -> None:
    unit_of_work, planner, now = duty.desk.unit_of_work, duty.desk.planner, duty.clock.now()
    fields = {"depot_id": due.depot_id, "day": due.day.isoformat()}
    if due.since is None:
        placed = place_late_comers(unit_of_work, planner, due.depot_id, due.day, now=now)
        _log.info("late_comers_placed", **fields, count=placed)
        return
    plan = plan_day(unit_of_work, planner, due.depot_id, due.day, now=now, since=due.since)
    stops = sum(len(route.stops) for route in plan.routes)
    _log.info("day_planned", **fields, stops=stops, unassigned=len(plan.unassigned))
