"""From the legs of finished days to the paces that the next days are planned and timed with."""

from datetime import timedelta

import pytest

from deliveries.model.eta import EtaCalibration, EtaDay
from deliveries.model.route import Route, RouteState, StopState
from deliveries.services.days.planning import plan_day, plan_of_day
from deliveries.services.etas.pacing import Learned, learned_paces, paces_from, stop_paces_from
from deliveries.services.etas.replaying import replayed
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.solver import solve
from integrations.storage import Storage
from tests.builders import A_DAY, NOW, a_stocked_storage, at
from tests.planned_days import an_empty_day, depart, some_visits

SLOW = tuple(1.6 if hour in (8, 9, 10) else 1.0 for hour in range(24))


def a_day_of(paces: dict[str, tuple[int, int, int]], number: int = 0) -> EtaDay:
    return EtaDay("dep-1", A_DAY + timedelta(days=number), NOW, paces=paces)


def taught(store: Storage, paces: dict[str, float]) -> None:
    with store.unit_of_work() as work:
        taught = EtaCalibration("dep-1", NOW, paces=paces, stop_paces={"address": 1.1})
        work.etas.add_calibration(taught)
        work.commit()


@pytest.mark.parametrize(
    ("legs", "pace"), [(59, None), (60, 1.25), (180, 1.375), (6_000, 1.495)], ids=str
)
def test_an_hour_is_believed_the_more_legs_were_driven_in_it(legs: int, pace: float | None) -> None:
    assert paces_from([a_day_of({"8": (300 * legs, 450 * legs, legs)})]).get("8") == pace


def test_days_are_taken_together_and_hours_apart() -> None:
    first = a_day_of({"8": (9_000, 18_000, 30), "9": (18_000, 18_000, 60)})
    second = a_day_of({"8": (9_000, 9_000, 30)}, 1)
    assert paces_from([first, second]) == {"8": 1.25, "9": 1.0}


def test_a_pace_beyond_all_traffic_is_not_believed() -> None:
    days = [a_day_of({"8": (100_000, 900_000, 9_000), "9": (100_000, 1_000, 9_000)})]
    assert paces_from(days) == {"8": 2.0, "9": 0.5}


def test_stops_are_learned_of_by_their_kind_and_not_before_there_are_enough() -> None:
    before = EtaDay("dep-1", A_DAY, NOW)
    day = EtaDay("dep-1", A_DAY, NOW)
    day.stop_paces = {"address": (12_000, 18_000, 60), "pickup_point": (9_000, 20_000, 59)}
    assert stop_paces_from([before, day]) == {"address": 1.25}


def test_a_plan_has_the_paces_that_its_depot_has_learned() -> None:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        assert learned_paces(work, "dep-1") == Learned()
        assert [route.paces for route in plan_of_day(work, "dep-1", A_DAY).routes] == [None]
        work.commit()
    taught(store, {"8": 1.4, "17": 1.2})
    expected = tuple({8: 1.4, 17: 1.2}.get(hour, 1.0) for hour in range(24))
    # What was begun before is planned with what is known by then.
    planner = EmbeddedPlanner(solver=lambda problem, _: solve(problem, budget_s=0.2))
    plan_day(store.unit_of_work, planner, "dep-1", A_DAY, now=NOW)
    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.of_day("dep-1", A_DAY)
        assert plan is not None
        assert [route.paces for route in plan.routes] == [expected]
        assert [route.stop_paces for route in plan.routes] == [{"address": 1.1}]
        looked_at = work.plans.to_look_at("dep-1", A_DAY)
        assert looked_at is not None
        assert [route.paces for route in looked_at.routes] == [expected]
        assert [route.stop_paces for route in looked_at.routes] == [{"address": 1.1}]
    store.close()


def a_driven_route(paces: tuple[float, ...] | None) -> Route:
    """A route that was driven exactly as slowly as ``SLOW`` says, planned with other paces."""
    plan = an_empty_day(vans=1, paces=SLOW)
    planner = EmbeddedPlanner()
    for visit in some_visits(12, windows=False):
        planner.apply(plan, visit, visit.delivery_id, now=at(5), key="")
    (route,) = plan.routes
    depart(route, done=len(route.stops))
    route.state, route.paces = RouteState.FINISHED, paces
    assert all(stop.state is StopState.DONE for stop in route.stops)
    return route


def test_what_is_learned_is_against_the_map_whatever_the_day_was_planned_with() -> None:
    planner = EmbeddedPlanner()
    fresh, again = (replayed(planner, a_driven_route(paces)) for paces in (None, SLOW))
    assert fresh.paces == again.paces
    planned_s, driven_s, legs = fresh.paces["8"]
    assert legs > 3
    assert driven_s / planned_s == pytest.approx(1.6, abs=0.01)


def test_a_stop_is_learned_of_against_what_was_told_of_it_without_waits_and_pauses() -> None:
    route = a_driven_route(None)
    first, second, third, *others = route.stops
    for stop, minutes in ((first, 4), (second, 40), *((each, 2) for each in (third, *others))):
        stop.service_duration_s = 120
        assert stop.arrival_at is not None
        stop.leave_at = stop.arrival_at + timedelta(minutes=minutes)
    third.window_start = third.arrival_at + timedelta(minutes=1) if third.arrival_at else None
    learned = replayed(EmbeddedPlanner(), route).stop_paces
    # Who stood there for forty minutes had a break; who waited for a minute handed over in one.
    count = len(route.stops) - 1
    assert dict(learned) == {"address": [120 * count, 120 * count + 120 - 60, count]}


def test_who_plans_with_what_was_learned_is_wrong_by_less() -> None:
    planner = EmbeddedPlanner()
    fresh, again = (replayed(planner, a_driven_route(paces)) for paces in (None, SLOW))
    assert max(abs(each.error_s) for each in again.errors) <= 1
    assert max(abs(each.error_s) for each in fresh.errors) > 600
