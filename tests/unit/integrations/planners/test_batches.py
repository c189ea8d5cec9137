"""Many changes on one plan: routes that none of them touched are written as numbers once."""

from dataclasses import replace
from datetime import datetime, timedelta

from deliveries.model.route import Plan, RouteState
from deliveries.model.window import TimeWindow
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.mapping import Numbering
from integrations.planners.embedded.ticks import Ticks
from tests.builders import at
from tests.planned_days import an_empty_day, is_as_planned, some_visits

NOW = at(6)
VISITS = some_visits(18, windows=False)


def planner() -> EmbeddedPlanner:
    return EmbeddedPlanner(second_try=None)


def a_planned_day() -> Plan:
    plan = an_empty_day(vans=3)
    for visit in VISITS:
        planner().apply(plan, visit, visit.delivery_id, now=NOW, key="")
    plan.planned_at = NOW
    return plan


def change_all(plan: Plan, *, forgetting: bool) -> list[list[tuple[str, datetime | None]]]:
    """Give everybody another window, one after the other; return who is served when."""
    for number, visit in enumerate(VISITS):
        if forgetting:
            for route in plan.routes:
                planner().retime(route, now=NOW)
        hour = 9 + number % 6
        wanted = replace(visit, window=TimeWindow(at(hour), at(hour + 3)))
        planner().apply(plan, wanted, visit.delivery_id, now=NOW, key="")
    return [
        [(stop.delivery_ids[0], stop.service_at) for stop in route.stops] for route in plan.routes
    ]


def test_changes_in_a_row_come_out_as_if_each_were_the_first() -> None:
    plan = a_planned_day()
    together = change_all(plan, forgetting=False)
    assert together == change_all(a_planned_day(), forgetting=True)
    assert all(is_as_planned(route) for route in plan.routes)


def test_a_route_is_written_anew_when_it_changed_when_time_passed_and_when_it_left() -> None:
    route = a_planned_day().routes[0]
    numbering = Numbering(Ticks(route.shift_start), planner().travel)
    first = numbering.route(route, now=NOW)
    assert numbering.route(route, now=NOW) is first
    route.stops.pop()
    route.revision += 1
    changed = numbering.route(route, now=NOW)
    assert len(changed.stops) == len(first.stops) - 1
    late = numbering.route(route, now=route.shift_start + timedelta(hours=1))
    assert late.vehicle.start_s == 3600
    route.state = RouteState.DEPARTED
    assert numbering.route(route, now=route.shift_start).vehicle.is_under_way
