"""The plan of a day: blank, filled, stored, mirrored, made once."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

import pytest

from deliveries.errors import ConflictError, UnavailableError
from deliveries.model.delivery import Delivery, DeliveryStatus, Place, PlaceKind
from deliveries.model.route import Plan, RouteState, Stop, StopKind, StopState, Unassigned
from deliveries.ports import Visit
from deliveries.services.days.planning import blank_plan, mirror, plan_day, plan_of_day
from integrations.planners.embedded import EmbeddedPlanner
from integrations.storage import Storage
from tests.builders import (
    A_DAY,
    NOW,
    a_delivery,
    a_depot,
    a_stocked_storage,
    a_vehicle,
    at,
    keep,
)
from tests.doubles import OpenPlanner
from tests.planned_days import is_as_planned


class ByInsertion(OpenPlanner):
    """Plans a day visit by visit, after what a test lets happen meanwhile."""

    def __init__(self, *meanwhile: Callable[[], None], left_out: Sequence[str] = ()) -> None:
        super().__init__()
        self.meanwhile = list(meanwhile)
        self.left_out = left_out
        self.asked = 0

    def plan_day(self, plan: Plan, visits: Sequence[Visit]) -> tuple[Unassigned, ...]:
        self.asked += 1
        if self.meanwhile:
            self.meanwhile.pop(0)()
        for visit in visits:
            if visit.delivery_id not in self.left_out:
                EmbeddedPlanner().apply(plan, visit, visit.delivery_id, now=at(5), key="")
        return tuple(Unassigned(id_, "no_room") for id_ in self.left_out)


def plan(store: Storage, planner: OpenPlanner, **different: datetime) -> Plan:
    return plan_day(store.unit_of_work, planner, "dep-1", A_DAY, **{"now": NOW, **different})


def delivery(store: Storage, id_: str = "d-1") -> Delivery:
    with store.unit_of_work(read_only=True) as work:
        return work.deliveries.get(id_)


def stored(store: Storage) -> Plan:
    with store.unit_of_work(read_only=True) as work:
        found = work.plans.of_day("dep-1", A_DAY)
        assert found is not None
        return found


def stops(plan: Plan) -> list[Stop]:
    return [stop for route in plan.routes for stop in route.stops]


def test_a_blank_plan_has_an_empty_route_for_every_vehicle() -> None:
    vans = [a_vehicle(), a_vehicle(id="v-2", capacity=20)]
    plan = blank_plan(a_depot(), vans, A_DAY)
    assert [(route.vehicle_id, route.capacity, route.stops) for route in plan.routes] == [
        ("v-1", 80, []),
        ("v-2", 20, []),
    ]


def test_shifts_are_local_and_kept_in_utc() -> None:
    summer = date(2026, 7, 1)
    (route,) = blank_plan(a_depot(), [a_vehicle()], summer).routes
    assert route.shift_start == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert route.shift_end == datetime(2026, 7, 1, 17, tzinfo=UTC)


def test_a_night_shift_ends_the_day_after() -> None:
    night = a_vehicle(shift_start=time(20), shift_end=time(4))
    (route,) = blank_plan(a_depot(), [night], A_DAY).routes
    assert route.shift_end == datetime(2026, 3, 11, 4, tzinfo=UTC)


def test_the_plan_of_a_day_is_made_once() -> None:
    store = a_stocked_storage()
    ids = set()
    for _ in range(2):
        with store.unit_of_work() as work:
            ids.add(plan_of_day(work, "dep-1", A_DAY).id)
            work.commit()
    assert len(ids) == 1


def test_a_planned_day_is_stored_and_shown_on_its_deliveries() -> None:
    store = a_stocked_storage()
    plan(store, ByInsertion())
    (stop,) = stops(stored(store))
    assert stored(store).planned_at == NOW
    shown = delivery(store)
    assert (shown.route_id, shown.stop_id) == (stop.route_id, stop.id)
    assert shown.eta_at == stop.service_at
    assert all(is_as_planned(route) for route in stored(store).routes)


@pytest.mark.parametrize(
    "status",
    [
        DeliveryStatus.DELIVERED,
        DeliveryStatus.CANCELLED,
        DeliveryStatus.ON_HOLD,
        DeliveryStatus.READY_FOR_PICKUP,
    ],
)
def test_what_needs_no_visit_gets_none(status: DeliveryStatus) -> None:
    store = a_stocked_storage(a_delivery(id="d-2", reference="O-2", status=status))
    plan(store, ByInsertion())
    assert [stop.delivery_ids for stop in stops(stored(store))] == [("d-1",)]


def test_deliveries_go_to_the_place_and_window_that_hold() -> None:
    at_point = Place(PlaceKind.PICKUP_POINT, pickup_point_id="pp-1")
    store = a_stocked_storage(
        a_delivery(id="d-2", reference="O-2", place=at_point),
        a_delivery(id="d-3", reference="O-3", window_start=at(14), window_end=at(16)),
    )
    plan(store, ByInsertion())
    by_delivery = {stop.delivery_ids[0]: stop for stop in stops(stored(store))}
    assert by_delivery["d-2"].kind is StopKind.PICKUP_POINT
    assert by_delivery["d-3"].window is not None
    assert by_delivery["d-3"].window.start == at(14)


def test_what_fits_nowhere_becomes_a_task_once_and_shows_no_route() -> None:
    store = a_stocked_storage()
    plan(store, ByInsertion())
    for _ in range(2):
        plan(store, ByInsertion(left_out=["d-1"]))
    shown = delivery(store)
    assert (shown.route_id, shown.stop_id, shown.eta_at) == (None, None, None)
    with store.unit_of_work(read_only=True) as work:
        (task,) = work.tasks.open()
    assert (task.kind, task.delivery_id, task.facts["reason"]) == ("unassigned", "d-1", "no_room")


def test_planning_again_replaces_stops_and_leaves_none_behind() -> None:
    store = a_stocked_storage()
    plan(store, ByInsertion())
    (before,) = stops(stored(store))
    plan(store, ByInsertion())
    (after,) = stops(stored(store))
    assert after.id != before.id
    assert delivery(store).stop_id == after.id


def test_a_route_that_departed_is_not_planned_again() -> None:
    store = a_stocked_storage(a_vehicle(id="v-2"))
    plan(store, ByInsertion())
    route_id = delivery(store).route_id
    assert route_id is not None
    with store.unit_of_work() as work:
        work.plans.route(route_id).state = RouteState.DEPARTED
        work.commit()
    keep(store, a_delivery(id="d-2", reference="O-2"))
    before = delivery(store)
    plan(store, ByInsertion())
    after = delivery(store)
    assert (after.route_id, after.stop_id) == (before.route_id, before.stop_id)
    assert delivery(store, "d-2").route_id not in (None, route_id)


def test_planning_again_knows_new_vehicles_and_forgets_those_that_left() -> None:
    store = a_stocked_storage()
    plan(store, ByInsertion())
    keep(store, a_vehicle(id="v-2"))
    with store.unit_of_work() as work:
        work.vehicles.get("v-1").capacity = 12
        work.commit()
    plan(store, ByInsertion())
    vans = [(route.vehicle_id, route.capacity) for route in stored(store).routes]
    assert vans == [("v-1", 12), ("v-2", 80)]


def test_a_change_while_the_planner_works_makes_it_plan_once_more() -> None:
    store = a_stocked_storage()
    plan(store, ByInsertion())
    planner = ByInsertion(lambda: raise_revision(store))
    plan(store, planner)
    assert planner.asked == 2
    assert stored(store).revision == 4


def test_two_changes_while_the_planner_works_are_one_too_many() -> None:
    store = a_stocked_storage()
    plan(store, ByInsertion())
    planner = ByInsertion(lambda: raise_revision(store), lambda: raise_revision(store))
    with pytest.raises(ConflictError):
        plan(store, planner)


def test_a_plan_made_recently_is_left_alone() -> None:
    store = a_stocked_storage()
    plan(store, ByInsertion())
    planner = ByInsertion()
    plan(store, planner, since=NOW)
    assert planner.asked == 0


def test_two_at_once_plan_a_day_once() -> None:
    store = a_stocked_storage()
    second = ByInsertion()
    first = ByInsertion(lambda: plan_and_forget(store, second))
    plan(store, first, since=NOW)
    assert (first.asked, second.asked) == (1, 1)
    assert stored(store).revision == 2


def test_a_planner_that_is_away_changes_nothing() -> None:
    store = a_stocked_storage()
    plan(store, ByInsertion())
    before = [stop.id for stop in stops(stored(store))]
    with pytest.raises(UnavailableError):
        plan(store, ByInsertion(away))
    assert [stop.id for stop in stops(stored(store))] == before


def test_what_was_handed_over_keeps_what_it_showed() -> None:
    store = a_stocked_storage()
    plan(store, ByInsertion())
    with store.unit_of_work() as work:
        found = work.plans.of_day("dep-1", A_DAY)
        assert found is not None
        for route in found.routes:
            route.state = RouteState.DEPARTED
            for stop in route.stops:
                stop.state = StopState.DONE
        work.deliveries.get("d-1").move_to(DeliveryStatus.DELIVERED, now=NOW)
        before = work.deliveries.get("d-1").stop_id
        mirror(work, found)
        work.commit()
    assert delivery(store).stop_id == before


def plan_and_forget(store: Storage, planner: OpenPlanner) -> None:
    plan(store, planner, since=NOW)


def raise_revision(store: Storage) -> None:
    with store.unit_of_work() as work:
        found = work.plans.of_day("dep-1", A_DAY)
        assert found is not None
        work.plans.raise_revision(found.id, expected=found.revision)
        work.commit()


def away() -> None:
    raise UnavailableError("away")
