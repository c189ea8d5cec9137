"""Better routes where people were promised times: the van waits rather than come too early."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from deliveries import insertion
from deliveries.insertion.problem import Problem, Solution
from deliveries.model.route import Plan, Stop
from deliveries.model.window import TimeWindow
from deliveries.ports import Improvement
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.mapping import in_order, new_stop
from tests.builders import at
from tests.planned_days import a_visit, an_empty_day, is_as_planned, stops_of

NOW = at(5)
# Degrees of longitude at this latitude that take a van a minute.
A_MINUTE = 0.0053
BETTER = ["near", "far", "farther"]


def a_detour() -> Plan:
    """A van that drives past a house on its way east, turns, serves it, and drives east again."""
    plan = an_empty_day(vans=1)
    (route,) = plan.routes
    minutes_east = {"far": 30, "near": 20, "farther": 31}
    visits = [
        a_visit(
            delivery_id=id_, lat=route.depot_lat, lon=route.depot_lon + minutes * A_MINUTE, load=1
        )
        for id_, minutes in minutes_east.items()
    ]
    in_order(route, [new_stop(visit) for visit in visits])
    EmbeddedPlanner().retime(route, now=NOW)
    return plan


def found(problem: Problem, _budget_s: float, plan: Plan) -> Solution:
    """Solve it as any solver would whose vans wait: past each house once, the near one first."""
    (order,) = problem.initial or ((),)
    ids = {stop.delivery_ids[0]: stop.id for stop in plan.routes[0].stops}
    assert sorted(order) == sorted(ids.values())
    by_id = {stop.stop_id: stop for stop in problem.stops}
    stops = tuple(by_id[ids[name]] for name in BETTER)
    return Solution((insertion.Route(problem.vehicles[0], stops),), ())


def improve(plan: Plan, promises: Mapping[str, TimeWindow]) -> Improvement | None:
    planner = EmbeddedPlanner(solver=lambda problem, s: found(problem, s, plan))
    return planner.improve(plan, promises, now=NOW)


def eta(plan: Plan, delivery_id: str) -> datetime:
    (stop,) = stops_of(plan, delivery_id)
    assert stop.service_at is not None
    return stop.service_at


def served(plan: Plan) -> list[str]:
    return [stop.delivery_ids[0] for stop in plan.routes[0].stops]


def near(plan: Plan) -> Stop:
    (stop,) = stops_of(plan, "near")
    return stop


def from_now_planned(plan: Plan) -> TimeWindow:
    """Return the promise that begins when the near house is served as things are."""
    return TimeWindow(eta(plan, "near"), eta(plan, "near") + timedelta(hours=2))


def test_a_van_that_would_come_before_what_was_promised_waits_and_the_route_is_taken() -> None:
    plan = a_detour()
    promise = from_now_planned(plan)
    better = improve(plan, {"near": promise})
    assert better is not None
    assert better.saved_s > 15 * 60
    assert served(plan) == BETTER
    assert eta(plan, "near") == near(plan).not_before == promise.start
    assert eta(plan, "far") > promise.start


def test_the_van_still_waits_when_the_route_is_timed_again() -> None:
    plan = a_detour()
    promise = from_now_planned(plan)
    improve(plan, {"near": promise})
    times = [stop.service_at for stop in plan.routes[0].stops]
    EmbeddedPlanner().retime(plan.routes[0], now=NOW)
    assert [stop.service_at for stop in plan.routes[0].stops] == times


def test_nobody_waits_where_nothing_breaks() -> None:
    plan = a_detour()
    early = TimeWindow(plan.routes[0].shift_start, eta(plan, "near") + timedelta(hours=1))
    assert improve(plan, {"near": early}) is not None
    assert near(plan).not_before is None
    assert is_as_planned(plan.routes[0], since=NOW)


def test_a_wait_that_lets_somebody_else_down_is_no_improvement() -> None:
    plan = a_detour()
    far = TimeWindow(eta(plan, "far") - timedelta(hours=1), eta(plan, "far"))
    as_it_was = served(plan)
    # Waiting at the near house makes the far one, which was first, nearly half an hour late.
    promises = {"near": from_now_planned(plan), "far": far}
    assert improve(plan, promises) is None
    assert served(plan) == as_it_was
    assert near(plan).not_before is None


@pytest.mark.parametrize("is_wish", [True, False])
def test_who_asks_for_another_time_is_not_waited_for_any_longer(*, is_wish: bool) -> None:
    plan = a_detour()
    improve(plan, {"near": from_now_planned(plan)})
    stop = near(plan)
    window = TimeWindow(at(14), at(16)) if is_wish else None
    moved = a_visit(delivery_id="near", lat=stop.lat, lon=stop.lon + A_MINUTE, window=window)
    EmbeddedPlanner(second_try=None).apply(plan, moved, "near", now=NOW, key="")
    assert near(plan).not_before is None
