"""Whole days: every visit once, every window kept, what fits nowhere named."""

from deliveries.model.route import Plan, RouteState
from deliveries.ports import RoutePlanner, Visit
from tests.builders import at
from tests.planned_days import (
    a_visit,
    an_empty_day,
    is_as_planned,
    some_visits,
    stops_of,
    two_hours,
)


def on(plan: Plan) -> list[str]:
    stops = [stop for route in plan.routes for stop in route.stops]
    return sorted(id_ for stop in stops for id_ in stop.delivery_ids)


def ids(visits: list[Visit]) -> list[str]:
    return sorted(visit.delivery_id for visit in visits)


def test_every_visit_is_on_one_route_that_can_be_driven(planner: RoutePlanner) -> None:
    plan, visits = an_empty_day(vans=3), some_visits(40)
    assert planner.plan_day(plan, visits) == ()
    assert on(plan) == ids(visits)
    assert all(is_as_planned(route) for route in plan.routes)
    for route in plan.routes:
        assert [stop.position for stop in route.stops] == list(range(len(route.stops)))
        assert {stop.route_id for stop in route.stops} <= {route.id}


def test_what_fits_on_no_van_is_named_with_a_reason(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=1, capacity=10)
    far = a_visit(delivery_id="far", lat=53.0)
    huge = a_visit(delivery_id="huge", load=11)
    left = planner.plan_day(plan, [a_visit(), far, huge])
    assert on(plan) == ["d-1"]
    assert sorted(each.delivery_id for each in left) == ["far", "huge"]
    assert all(each.reason for each in left)


def test_parcels_for_one_pickup_point_are_one_stop(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=2)
    visits = [
        a_visit(
            delivery_id=f"d-{number}", pickup_point_id="pp-1", setup_s=180, service_duration_s=30
        )
        for number in range(5)
    ]
    assert planner.plan_day(plan, visits) == ()
    (stop,) = {stop.id: stop for id_ in ids(visits) for stop in stops_of(plan, id_)}.values()
    assert (stop.service_duration_s, stop.load) == (180 + 5 * 30, 5)


def test_vans_that_left_are_not_planned(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=2)
    plan.routes[0].state = RouteState.DEPARTED
    assert planner.plan_day(plan, some_visits(8)) == ()
    assert plan.routes[0].stops == []
    assert len(plan.routes[1].stops) == 8


def test_without_a_van_nothing_is_planned_and_all_is_named(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=0)
    assert [each.delivery_id for each in planner.plan_day(plan, [a_visit()])] == ["d-1"]


def test_a_day_without_visits_is_an_empty_plan(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=2)
    assert planner.plan_day(plan, []) == ()
    assert on(plan) == []


def test_windows_are_kept(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=2)
    visits = [
        a_visit(delivery_id=f"d-{hour}", lat=51.5 + hour / 1000, window=two_hours(hour))
        for hour in range(8, 16)
    ]
    assert planner.plan_day(plan, visits) == ()
    for visit in visits:
        (stop,) = stops_of(plan, visit.delivery_id)
        assert stop.window == visit.window
        assert stop.window is not None
        assert stop.service_at is not None
        assert stop.window.holds(stop.service_at)
    assert min(route.start_at for route in plan.routes if route.start_at) >= at(8)
