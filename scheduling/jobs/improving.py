"""Looks for better routes after changes."""

import structlog

from deliveries.errors import AssistantError
from deliveries.ports import PlanImprover
from deliveries.services.days.improving import days_to_improve, improve_day
from scheduling.duty import Duty

_log = structlog.get_logger()


def improve_plans(duty: Duty) -> int:
    """Look for better routes of every day that changed; return how many got them.

    A planner that keeps the plan elsewhere does so by itself.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    unit_of_work, planner = duty.desk.unit_of_work, duty.desk.planner
    if not isinstance(planner, PlanImprover):
        return 0
    with unit_of_work(read_only=True) as work:
        days = days_to_improve(work, now=duty.clock.now())
    improved = 0
    for depot_id, day in days:
        fields = {"depot_id": depot_id, "day": day.isoformat()}
        try:
            found = improve_day(unit_of_work, planner, depot_id, day, now=duty.clock.now())
        except AssistantError as error:
            _log.warning("day_not_improved", **fields, code=error.code)
            continue
        if found is not None:
            improved += 1
            _log.info("day_improved", **fields, saved_s=found.saved_s, moved=found.moved)
    return improved
