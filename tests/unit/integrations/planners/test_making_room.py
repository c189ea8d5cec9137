"""Windows that insertion refuses, served after all by changing the orders of other vans."""

from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta

from deliveries.insertion.problem import Problem, Solution, Unassigned, UnassignedReason
from deliveries.model.preference import RejectionReason, VerdictKind
from deliveries.model.route import Plan
from deliveries.model.window import TimeWindow
from deliveries.ports import Verdict, Visit, WantedWindow
from deliveries.services.notices.promises import breaks
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.solver import solve
from tests.builders import at
from tests.planned_days import (
    a_full_plan,
    an_empty_day,
    depart,
    is_as_planned,
    route_of,
    some_visits,
    stops_of,
)

NOW = at(5)
PLANNER = EmbeddedPlanner(
    budget_s=1, room_s=1, solver=lambda problem, budget_s: solve(problem, budget_s=budget_s)
)


def state(plan: Plan) -> list[list[tuple[str, tuple[str, ...], datetime | None]]]:
    return [
        [(stop.id, stop.delivery_ids, stop.service_at) for stop in route.stops]
        for route in plan.routes
    ]


def make_room(plan: Plan, visit: Visit, planner: EmbeddedPlanner = PLANNER) -> Verdict:
    return planner.make_room(plan, visit, visit.delivery_id, now=NOW)


def searched(plan: Plan, visit: Visit) -> bool:
    assert visit.window is not None
    wanted = [WantedWindow("w", visit, visit.window)]
    return bool(PLANNER.search_windows(plan, wanted, now=NOW))


def test_a_stop_goes_to_another_van_to_make_room() -> None:
    plan, visit = a_full_plan()
    refused = PLANNER.apply(plan, visit, "wanted", now=NOW, key="k")
    before = state(plan)
    found = searched(plan, visit)

    verdict = make_room(plan, visit) if state(plan) == before else None

    assert refused.reason is RejectionReason.NO_ROOM
    assert found
    assert verdict is not None
    assert verdict.kind is VerdictKind.ACCEPTED
    assert route_of(plan, "wanted") is not route_of(plan, "small")
    [stop] = stops_of(plan, "wanted")
    assert verdict.eta_at == stop.service_at
    assert all(is_as_planned(route) for route in plan.routes)
    assert sorted(id_ for r in plan.routes for s in r.stops for id_ in s.delivery_ids) == [
        "large",
        "middle",
        "small",
        "wanted",
    ]


def test_who_was_told_a_time_is_not_let_down_for_it() -> None:
    plan, visit = a_full_plan(takes_s=3600)
    untold = deepcopy(plan)
    plan.told = {
        id_: TimeWindow(at_, at_ + timedelta(minutes=30))
        for id_ in ("large", "small")
        if (at_ := stops_of(plan, id_)[0].service_at) is not None
    }
    before = state(plan)

    verdict = make_room(plan, visit)

    assert make_room(untold, visit).kind is VerdictKind.ACCEPTED
    assert verdict.kind is VerdictKind.REJECTED
    assert state(plan) == before


def test_what_is_out_stays_as_it_is() -> None:
    plan, visit = a_full_plan()
    depart(route_of(plan, "small"))
    before = state(plan)
    assert not searched(plan, visit)
    assert make_room(plan, visit).kind is VerdictKind.REJECTED
    assert state(plan) == before


def test_a_solver_that_leaves_somebody_out_is_not_believed() -> None:
    plan, visit = a_full_plan()

    def forgetful(problem: Problem, budget_s: float) -> Solution:
        found = solve(problem, budget_s=budget_s)
        routes = tuple(route.with_stops(route.stops[:-1]) for route in found.routes)
        left = [stop for route in found.routes for stop in route.stops[-1:]]
        gone = tuple(Unassigned(stop.stop_id, UnassignedReason.NO_ROOM) for stop in left)
        return Solution(routes, gone)

    before = state(plan)
    verdict = make_room(plan, visit, EmbeddedPlanner(solver=forgetful))
    assert verdict.kind is VerdictKind.REJECTED
    assert state(plan) == before


def test_what_insertion_refuses_on_a_tight_day_is_found_and_everybody_else_keeps_theirs() -> None:
    plan = an_empty_day(vans=1, shift_end=at(14))
    visits = [replace(each, service_duration_s=660) for each in some_visits(20)]
    PLANNER.plan_day(plan, visits)
    plan.planned_at = NOW
    plan.told = told_about(plan)
    half_hours = [TimeWindow(at(hour), at(hour, 30)) for hour in (9, 11)]
    asked = [replace(each, window=window) for each in visits for window in half_hours]
    refused = [each for each in asked if not is_quoted(plan, each)]

    made = 0
    for visit in refused:
        copy = deepcopy(plan)
        if make_room(copy, visit).kind is VerdictKind.ACCEPTED:
            made += 1
            check(copy, plan, visit)

    assert made > 0


def is_quoted(plan: Plan, visit: Visit) -> bool:
    assert visit.window is not None
    return bool(PLANNER.quote(plan, [WantedWindow("w", visit, visit.window)], now=NOW))


def told_about(plan: Plan) -> dict[str, TimeWindow]:
    """Tell everybody of every second stop an hour around when they are served."""
    return {
        id_: TimeWindow(at_ - timedelta(minutes=30), at_ + timedelta(minutes=30))
        for route in plan.routes
        for stop in route.stops[::2]
        for id_ in stop.delivery_ids
        if (at_ := stop.service_at) is not None
    }


def check(plan: Plan, before: Plan, visit: Visit) -> None:
    """See that the visit is served as wanted, and that nobody lost anything by it."""
    [stop] = stops_of(plan, visit.delivery_id)
    assert visit.window is not None
    assert stop.service_at is not None
    assert visit.window.start <= stop.service_at < visit.window.end
    assert all(is_as_planned(route) for route in plan.routes)
    for id_, promise in (before.told or {}).items():
        [other] = stops_of(plan, id_)
        assert other.service_at is not None
        assert id_ == visit.delivery_id or not breaks(other.service_at, promise)
    assert len([s for r in plan.routes for s in r.stops]) == len(
        [s for r in before.routes for s in r.stops]
    )
