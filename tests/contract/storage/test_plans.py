from datetime import timedelta

import pytest

from deliveries.errors import ConflictError, NotFoundError
from deliveries.model.route import Plan, RouteState
from integrations.storage import Storage
from tests.builders import A_DAY, NOW, a_depot, a_plan, a_route, a_stop, keep


def two_routes() -> Plan:
    return a_plan(
        routes=[
            a_route(
                id="r-2",
                vehicle_id="v-2",
                stops=[a_stop(id="st-3", route_id="r-2", delivery_ids=("d-3",))],
            ),
            a_route(
                stops=[
                    a_stop(id="st-2", position=1, delivery_ids=("d-2",)),
                    a_stop(id="st-1", position=0),
                ]
            ),
        ]
    )


def order(plan: Plan | None) -> dict[str, list[str]]:
    assert plan is not None
    return {route.id: [stop.id for stop in route.stops] for route in plan.routes}


def test_routes_come_by_vehicle_and_stops_in_order(store: Storage) -> None:
    keep(store, two_routes())

    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.of_day("dep-1", A_DAY)

        assert plan is not None
        assert [route.id for route in plan.routes] == ["r-1", "r-2"]
        assert order(plan) == {"r-1": ["st-1", "st-2"], "r-2": ["st-3"]}
        assert work.plans.route("r-2") is plan.routes[1]


def test_plans_are_found_by_day(store: Storage) -> None:
    tomorrow = A_DAY + timedelta(days=1)
    keep(
        store,
        a_depot(id="dep-0"),
        two_routes(),
        a_plan(id="plan-0", depot_id="dep-0"),
        a_plan(id="plan-2", date=tomorrow),
    )

    with store.unit_of_work(read_only=True) as work:
        assert [plan.id for plan in work.plans.on_day(A_DAY)] == ["plan-0", "plan-1"]
        assert work.plans.of_day("dep-0", tomorrow) is None
    with pytest.raises(ConflictError):
        keep(store, a_plan(id="plan-3"))


def test_a_stop_taken_off_its_route_is_forgotten(store: Storage) -> None:
    keep(store, two_routes())
    with store.unit_of_work() as work:
        route = work.plans.route("r-1")
        stop = route.stops.pop(0)
        work.plans.remove_stop(stop)
        work.commit()
        work.plans.remove_stop(stop)

    with store.unit_of_work(read_only=True) as work:
        assert order(work.plans.get("plan-1")) == {"r-1": ["st-2"], "r-2": ["st-3"]}


def test_a_stop_that_was_never_kept_can_be_forgotten(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.plans.remove_stop(a_stop())
        work.commit()


@pytest.mark.parametrize("appended_first", [True, False])
def test_a_stop_moves_to_another_route(store: Storage, *, appended_first: bool) -> None:
    keep(store, two_routes())
    with store.unit_of_work() as work:
        here, there = work.plans.route("r-1"), work.plans.route("r-2")
        stop = here.stops[0]
        if appended_first:
            there.stops.append(stop)
            here.stops.remove(stop)
        else:
            here.stops.remove(stop)
            there.stops.append(stop)
        stop.position = 1
        work.commit()

        assert stop.route_id == "r-2"
    with store.unit_of_work(read_only=True) as work:
        assert order(work.plans.get("plan-1")) == {"r-1": ["st-2"], "r-2": ["st-3", "st-1"]}


def test_stops_change_places(store: Storage) -> None:
    keep(store, two_routes())
    with store.unit_of_work() as work:
        route = work.plans.route("r-1")
        route.stops.reverse()
        route.stops.insert(1, a_stop(id="st-9", delivery_ids=()))
        for position, stop in enumerate(route.stops):
            stop.position = position
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        assert order(work.plans.get("plan-1"))["r-1"] == ["st-2", "st-9", "st-1"]


def test_a_plan_may_be_filled_outside_and_added_again(store: Storage) -> None:
    keep(store, two_routes())
    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.get("plan-1")
    plan.planned_at = NOW
    plan.routes[0].stops.pop()
    plan.routes[1].stops.append(a_stop(id="st-4", route_id="r-2", position=1))
    plan.routes.append(a_route(id="r-3", vehicle_id="v-3", stops=[]))
    with store.unit_of_work() as work:
        work.plans.add(plan)
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        found = work.plans.get("plan-1")
        assert found.planned_at == NOW
        assert order(found) == {"r-1": ["st-1"], "r-2": ["st-3", "st-4"], "r-3": []}


def test_a_route_changed_by_somebody_else_meanwhile_is_refused(store: Storage) -> None:
    keep(store, two_routes())
    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.get("plan-1")
    with store.unit_of_work() as work:
        work.plans.route("r-1").state = RouteState.DEPARTED
        work.commit()
    plan.routes[0].revision += 1

    with pytest.raises(ConflictError):
        keep(store, plan)


def test_a_stop_forgotten_by_somebody_else_meanwhile_is_a_conflict(store: Storage) -> None:
    keep(store, two_routes())
    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.get("plan-1")
    with store.unit_of_work() as work:
        del work.plans.route("r-1").stops[0]
        work.commit()
    plan.routes[0].stops[0].load = 2

    with pytest.raises(ConflictError):
        keep(store, plan)


def test_a_revision_is_raised_from_the_expected_one_only(store: Storage) -> None:
    keep(store, two_routes())
    with store.unit_of_work() as work:
        plan = work.plans.get("plan-1")
        raised = work.plans.raise_revision("plan-1", expected=1)
        with pytest.raises(ConflictError):
            work.plans.raise_revision("plan-1", expected=1)
        plan.planned_at = NOW
        work.commit()

        assert (raised, plan.revision) == (2, 2)
    with store.unit_of_work() as work, pytest.raises(ConflictError):
        work.plans.raise_revision("plan-404", expected=1)
    with store.unit_of_work(read_only=True) as work, pytest.raises(NotFoundError):
        work.plans.get("plan-404")
