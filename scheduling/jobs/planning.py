"""Plans the days ahead."""

import structlog

from deliveries.errors import AssistantError
from deliveries.services.days.daily_planning import DueDay, due_days, place_late_comers
from deliveries.services.days.planning import plan_day
from scheduling.duty import Duty

_log = structlog.get_logger()


def plan_days(duty: Duty) -> int:
    """Plan every day that is due; return how many were planned.

    Another worker may be planning the same day: who is later finds it planned and leaves it. A day
    that cannot be planned now is tried again with the next call, and keeps no other from it.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with duty.desk.unit_of_work(read_only=True) as work:
        due = due_days(work, now=duty.clock.now())
    planned = 0
    for each in due:
        try:
            _plan(duty, each)
        except AssistantError as error:
            _log.warning("day_not_planned", **_fields(each), code=error.code)
        else:
            planned += 1
    return planned


def _plan(duty: Duty, due: DueDay) -> None:
    unit_of_work, planner, now = duty.desk.unit_of_work, duty.desk.planner, duty.clock.now()
    if due.since is None:
        placed = place_late_comers(unit_of_work, planner, due.depot_id, due.day, now=now)
        _log.info("late_comers_placed", **_fields(due), count=placed)
        return
    plan = plan_day(unit_of_work, planner, due.depot_id, due.day, now=now, since=due.since)
    stops = sum(len(route.stops) for route in plan.routes)
    _log.info("day_planned", **_fields(due), stops=stops, unassigned=len(plan.unassigned))


def _fields(due: DueDay) -> dict[str, str]:
    return {"depot_id": due.depot_id, "day": due.day.isoformat()}
