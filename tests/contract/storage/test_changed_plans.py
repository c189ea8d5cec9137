"""A plan that is read to be changed is the caller's alone until it is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from deliveries.errors import ConflictError
from deliveries.model.route import Plan, RouteState, Unassigned
from deliveries.ports import UnitOfWork
from integrations.storage import Storage
from tests.builders import A_DAY, NOW, a_delivery, a_plan, a_route, a_stop, keep

type Change = Callable[[Plan], object]


def a_day_of_two_routes() -> Plan:
    return a_plan(
        unassigned=(Unassigned("d-9", "no_room"),),
        routes=[
            a_route(
                stops=[a_stop(id="st-1"), a_stop(id="st-2", position=1, delivery_ids=("d-2",))]
            ),
            a_route(id="r-2", vehicle_id="v-2", stops=[]),
        ],
    )


def to_change(store: Storage) -> Plan:
    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.to_change("dep-1", A_DAY)
    assert plan is not None
    return plan


def stored(store: Storage) -> Plan:
    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.of_day("dep-1", A_DAY)
    assert plan is not None
    return plan


def keep_changes(store: Storage, plan: Plan) -> None:
    with store.unit_of_work() as work:
        work.plans.keep(plan, plan.routes)
        work.commit()


def retimed(plan: Plan) -> None:
    plan.routes[0].stops[0].service_at = NOW + timedelta(hours=9)


def removed(plan: Plan) -> None:
    del plan.routes[0].stops[1]


def added(plan: Plan) -> None:
    plan.routes[1].stops.append(a_stop(id="st-3", route_id="r-2", delivery_ids=("d-3",)))


def moved(plan: Plan) -> None:
    stop = plan.routes[0].stops.pop(0)
    stop.route_id = "r-2"
    plan.routes[1].stops.append(stop)
    plan.routes[0].stops[0].position = 0


def routed(plan: Plan) -> None:
    plan.routes[0].revision += 1
    plan.routes[0].end_at = NOW + timedelta(hours=9)


def assigned(plan: Plan) -> None:
    plan.unassigned = ()


def everything(plan: Plan) -> None:
    for change in (retimed, moved, removed_first, added, routed, assigned):
        change(plan)


def removed_first(plan: Plan) -> None:
    del plan.routes[0].stops[0]


CHANGES = (retimed, removed, added, moved, routed, assigned, everything)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_was_changed_outside_is_kept_as_it_is(store: Storage, change: Change) -> None:
    keep(store, a_day_of_two_routes())
    plan = to_change(store)
    assert repr(plan) == repr(stored(store))
    change(plan)
    keep_changes(store, plan)
    plan.revision += 1
    assert repr(stored(store)) == repr(plan)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_until_then_nobody_else_sees_it(store: Storage, change: Change) -> None:
    keep(store, a_day_of_two_routes())
    before = repr(stored(store))
    change(to_change(store))
    assert repr(to_change(store)) == before
    with store.unit_of_work(read_only=True) as work:
        assert repr(work.plans.to_look_at("dep-1", A_DAY)) == before


def test_it_can_be_read_and_changed_again_after_it_was_kept(store: Storage) -> None:
    keep(store, a_day_of_two_routes())
    for change in (moved, added, removed_first):
        plan = to_change(store)
        change(plan)
        keep_changes(store, plan)
    plan.revision += 1
    assert repr(stored(store)) == repr(plan)
    with store.unit_of_work(read_only=True) as work:
        assert repr(work.plans.to_look_at("dep-1", A_DAY)) == repr(plan)


def plan_changed(work: UnitOfWork) -> None:
    work.plans.raise_revision("plan-1", expected=1)


def route_departed(work: UnitOfWork) -> None:
    work.plans.route("r-1").state = RouteState.DEPARTED


def stop_retimed(work: UnitOfWork) -> None:
    work.plans.route("r-1").stops[0].arrival_at = NOW


@pytest.mark.parametrize(
    "meanwhile", [plan_changed, route_departed, stop_retimed], ids=lambda each: each.__name__
)
def test_what_somebody_else_changed_meanwhile_refuses_it(
    store: Storage, meanwhile: Callable[[UnitOfWork], object]
) -> None:
    keep(store, a_day_of_two_routes())
    plan = to_change(store)
    with store.unit_of_work() as work:
        meanwhile(work)
        work.commit()
    before = repr(stored(store))
    everything(plan)
    with pytest.raises(ConflictError):
        keep_changes(store, plan)
    assert repr(stored(store)) == before


def test_a_van_that_reports_from_another_route_refuses_nothing(store: Storage) -> None:
    keep(store, a_day_of_two_routes())
    plan = to_change(store)
    with store.unit_of_work() as work:
        work.plans.route("r-2").van_at = NOW
        work.commit()
    retimed(plan)
    with store.unit_of_work() as work:
        work.plans.keep(plan, plan.routes[:1])
        work.commit()
    assert stored(store).routes[0].stops[0].service_at == NOW + timedelta(hours=9)
    assert stored(store).routes[1].van_at == NOW


def test_it_is_kept_once(store: Storage) -> None:
    keep(store, a_day_of_two_routes())
    plan = to_change(store)
    keep_changes(store, plan)
    with pytest.raises(ConflictError):
        keep_changes(store, plan)


def test_what_is_taken_back_is_as_it_was(store: Storage) -> None:
    keep(store, a_day_of_two_routes())
    before = repr(stored(store))
    plan = to_change(store)
    everything(plan)
    with store.unit_of_work() as work:
        work.plans.keep(plan, plan.routes)
    assert repr(stored(store)) == before
    assert repr(to_change(store)) == before


def test_there_is_nothing_to_change_on_a_day_without_a_plan(store: Storage) -> None:
    with store.unit_of_work(read_only=True) as work:
        assert work.plans.to_change("dep-1", A_DAY) is None


def test_who_may_write_does_not_read_a_plan_beside_their_own(store: Storage) -> None:
    with store.unit_of_work() as work, pytest.raises(RuntimeError):
        work.plans.to_change("dep-1", A_DAY)


def test_deliveries_show_their_stop_whether_they_are_in_use_or_not(store: Storage) -> None:
    keep(store, a_delivery(id="d-7", reference="R-7"))
    stops = {
        "d-1": a_stop(service_at=NOW),
        "d-7": a_stop(id="st-7", arrival_at=NOW + timedelta(hours=1)),
        "d-gone": a_stop(id="st-8"),
    }
    with store.unit_of_work() as work:
        work.deliveries.get("d-1").recipient_name = "Somebody else"
        work.deliveries.show(stops)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        shown = [
            (each.route_id, each.stop_id, each.eta_at) for each in work.deliveries.many(list(stops))
        ]
        assert work.deliveries.get("d-1").recipient_name == "Somebody else"
    assert shown == [("r-1", "st-1", NOW), ("r-1", "st-7", NOW + timedelta(hours=1))]


def test_who_read_a_delivery_before_it_showed_another_stop_is_told(store: Storage) -> None:
    with store.unit_of_work(read_only=True) as work:
        delivery = work.deliveries.get("d-1")
    for _ in range(2):
        with store.unit_of_work() as work:
            work.deliveries.show({"d-1": a_stop(service_at=NOW)})
            work.commit()
    delivery.recipient_name = "Somebody else"
    with pytest.raises(ConflictError):
        keep(store, delivery)
