"""What becomes of a change on a van that has left, by an independent forward pass."""

from dataclasses import replace
from datetime import timedelta

import pytest

from deliveries.model.preference import VerdictKind
from deliveries.model.route import Plan
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.mapping import in_order, new_stop
from integrations.planners.embedded.solver import solve
from tests.builders import at
from tests.planned_days import a_visit, an_empty_day, depart, is_as_planned, some_visits

NOW = at(10)
# Degrees of longitude at this latitude that take a van a minute.
A_MINUTE = 0.0053


def minutes(first: int, last: int) -> TimeWindow:
    return TimeWindow(NOW + timedelta(minutes=first), NOW + timedelta(minutes=last))


def a_street() -> tuple[Plan, Visit]:
    """A van that left, on its way to a house beside it, then far east, then back near.

    Who lives nearly as far east asks for a time that only the other way round can keep.
    """
    plan = an_empty_day(vans=1)
    (route,) = plan.routes
    west = route.depot_lon

    def house(id_: str, away: int, window: TimeWindow | None = None) -> Visit:
        lon = west + away * A_MINUTE
        return a_visit(delivery_id=id_, lat=route.depot_lat, lon=lon, window=window)

    asking = house("asks", 27)
    near = house("near", 0, minutes(0, 62))
    order = [house("next", 0), house("far", 30), near, asking]
    in_order(route, [new_stop(visit) for visit in order])
    plan.planned_at = at(5)
    route.start_at = NOW
    depart(route)
    route.van_lat, route.van_lon, route.van_at = route.depot_lat, west, NOW
    EmbeddedPlanner().retime(route, now=NOW)
    return plan, replace(asking, window=minutes(25, 50))


def order_of(plan: Plan) -> list[str]:
    return [stop.delivery_ids[0] for stop in plan.routes[0].stops]


def test_where_insertion_finds_no_place_a_solver_is_asked_and_the_next_stop_stays() -> None:
    plan, wanted = a_street()
    alone = EmbeddedPlanner(second_try=None)
    assert alone.apply(plan, wanted, "asks", now=NOW, key="").kind is VerdictKind.REJECTED
    planner = EmbeddedPlanner(second_try=lambda problem, s: solve(problem, budget_s=s))
    verdict = planner.apply(plan, wanted, "asks", now=NOW, key="")
    assert verdict.kind is VerdictKind.ACCEPTED
    assert order_of(plan) == ["next", "near", "asks", "far"]
    assert is_as_planned(plan.routes[0], since=NOW)


@pytest.mark.parametrize("seed", range(12))
def test_after_any_change_everything_holds_and_what_is_done_stays_done(seed: int) -> None:
    planner = EmbeddedPlanner(second_try=None)
    plan = an_empty_day(vans=1)
    (route,) = plan.routes
    visits = some_visits(16, seed=seed)
    for visit in visits:
        planner.apply(plan, visit, visit.delivery_id, now=at(5), key="")
    plan.planned_at = at(5)
    now = depart(route, done=2)
    planner.retime(route, now=now)
    done, on_board = order_of(plan)[:2], set(order_of(plan))
    for number, visit in enumerate(visits):
        first = order_of(plan)[2]
        wanted = TimeWindow(at(12 + number % 4), at(14 + number % 4))
        asked = replace(visit, window=wanted)
        planner.apply(plan, asked, visit.delivery_id, now=now, key="")
        # Somebody may be put before the next stop, nobody else overtakes it.
        assert first in {visit.delivery_id, *order_of(plan)[2:4]}
    assert order_of(plan)[:2] == done
    assert set(order_of(plan)) == on_board
    assert is_as_planned(route, since=now)
