"""A plan to look at is kept in the process; whoever writes what, it is never an old one."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from deliveries.errors import ConflictError
from deliveries.model.route import Plan, RouteState, StopState, Unassigned
from deliveries.model.window import TimeWindow
from deliveries.ports import UnitOfWork
from integrations.storage import Storage, storage
from tests.builders import A_DAY, NOW, a_delivery, a_plan, a_route, a_stop, keep

type Change = Callable[[UnitOfWork], object]


def looked_at(store: Storage) -> Plan | None:
    with store.unit_of_work(read_only=True) as work:
        return work.plans.to_look_at("dep-1", A_DAY)


def read_afresh(store: Storage) -> str:
    with store.unit_of_work(read_only=True) as work:
        return repr(work.plans.of_day("dep-1", A_DAY))


def a_day_of_two_routes() -> Plan:
    return a_plan(
        routes=[
            a_route(
                stops=[a_stop(id="st-1"), a_stop(id="st-2", position=1, delivery_ids=("d-2",))]
            ),
            a_route(id="r-2", vehicle_id="v-2", stops=[]),
        ]
    )


def stop_retimed(work: UnitOfWork) -> None:
    work.plans.route("r-1").stops[0].service_at = NOW + timedelta(hours=9)


def stop_done(work: UnitOfWork) -> None:
    work.plans.route("r-1").stops[0].state = StopState.DONE


def stop_removed(work: UnitOfWork) -> None:
    work.plans.remove_stop(work.plans.route("r-1").stops[1])


def stop_taken_off(work: UnitOfWork) -> None:
    del work.plans.route("r-1").stops[1]


def stop_added(work: UnitOfWork) -> None:
    work.plans.route("r-2").stops.append(a_stop(id="st-3", route_id="r-2"))


def stop_moved(work: UnitOfWork) -> None:
    here, there = work.plans.route("r-1"), work.plans.route("r-2")
    stop = here.stops.pop()
    stop.position, stop.route_id = 0, "r-2"
    there.stops.append(stop)


def van_reported(work: UnitOfWork) -> None:
    route = work.plans.route("r-1")
    route.van_lat, route.van_lon, route.van_at = 52.5, 13.4, NOW


def route_departed(work: UnitOfWork) -> None:
    work.plans.route("r-1").state = RouteState.DEPARTED


def route_added(work: UnitOfWork) -> None:
    work.plans.get("plan-1").routes.append(a_route(id="r-3", vehicle_id="v-3", stops=[]))


def route_removed(work: UnitOfWork) -> None:
    del work.plans.get("plan-1").routes[1]


def day_planned(work: UnitOfWork) -> None:
    work.plans.get("plan-1").planned_at = NOW


def left_unassigned(work: UnitOfWork) -> None:
    work.plans.get("plan-1").unassigned = (Unassigned("d-9", "no_room"),)


def revision_raised(work: UnitOfWork) -> None:
    work.plans.raise_revision("plan-1", expected=1)


CHANGES = (
    stop_retimed,
    stop_done,
    stop_removed,
    stop_taken_off,
    stop_added,
    stop_moved,
    van_reported,
    route_departed,
    route_added,
    route_removed,
    day_planned,
    left_unassigned,
    revision_raised,
)


def test_a_plan_to_look_at_is_the_plan_and_is_read_once(store: Storage) -> None:
    keep(store, a_day_of_two_routes())

    assert repr(looked_at(store)) == read_afresh(store)
    first, second = looked_at(store), looked_at(store)
    assert first is not None
    assert second is not None
    assert all(a is b for a, b in zip(first.routes, second.routes, strict=True))


def test_with_a_plan_comes_what_recipients_were_told_for_that_day(store: Storage) -> None:
    told = {"promised_start": NOW, "promised_end": NOW + timedelta(hours=1)}
    another_day = {key: at + timedelta(days=3) for key, at in told.items()}
    keep(
        store,
        a_day_of_two_routes(),
        a_delivery(id="told-1", reference="O-1", **told),
        a_delivery(id="told-2", reference="O-2"),
        a_delivery(id="told-3", reference="O-3", **another_day),
    )
    expected = {"told-1": TimeWindow(NOW, NOW + timedelta(hours=1))}
    with store.unit_of_work(read_only=True) as work:
        to_look_at = work.plans.to_look_at("dep-1", A_DAY)
        to_change = work.plans.to_change("dep-1", A_DAY)
    assert to_look_at is not None
    assert to_change is not None
    assert [to_look_at.told, to_change.told] == [expected, expected]


def test_a_day_without_a_plan_has_none_to_look_at_until_it_is_made(store: Storage) -> None:
    assert looked_at(store) is None

    keep(store, a_day_of_two_routes())

    assert repr(looked_at(store)) == read_afresh(store)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_changes_is_seen_at_the_next_look(store: Storage, change: Change) -> None:
    keep(store, a_day_of_two_routes())
    before = looked_at(store)

    with store.unit_of_work() as work:
        change(work)
        work.commit()

    assert looked_at(store) is not before
    assert repr(looked_at(store)) == read_afresh(store)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_another_process_changes_is_seen_too(
    shared_store: Storage, url: str, change: Change
) -> None:
    # Each process has a store of its own.
    ours, theirs = shared_store, storage(url)
    keep(ours, a_day_of_two_routes())
    before = repr(looked_at(ours)), repr(looked_at(theirs))

    with theirs.unit_of_work() as work:
        change(work)
        work.commit()

    assert before[0] == before[1]
    assert repr(looked_at(ours)) == read_afresh(ours) == repr(looked_at(theirs))
    theirs.close()


def test_what_was_changed_outside_and_stored_again_is_seen(store: Storage) -> None:
    keep(store, a_day_of_two_routes())
    looked_at(store)
    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.get("plan-1")
    plan.routes[0].stops[1].load = 7
    keep(store, plan)

    assert repr(looked_at(store)) == read_afresh(store)


def test_what_was_taken_back_is_never_shown(store: Storage) -> None:
    keep(store, a_day_of_two_routes())
    with store.unit_of_work() as work:
        stop_done(work)
        work.flush()
        with pytest.raises(RuntimeError):
            work.plans.to_look_at("dep-1", A_DAY)

    assert repr(looked_at(store)) == read_afresh(store)


def test_a_change_of_a_stop_made_beside_another_one_is_refused(store: Storage) -> None:
    keep(store, a_day_of_two_routes())
    with store.unit_of_work(read_only=True) as work:
        plan = work.plans.get("plan-1")
    with store.unit_of_work() as work:
        stop_retimed(work)
        work.commit()
    plan.routes[0].stops[0].load = 2

    with pytest.raises(ConflictError):
        keep(store, plan)
