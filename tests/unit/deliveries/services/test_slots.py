"""Which windows are offered: only those that hold together with all that is known."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from deliveries.model.delivery import DoorNeeds
from deliveries.model.preference import ChangeState
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit
from deliveries.services.committing.slots import Slot, best_of, ground_for, servable
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.daily_planning import due_days
from deliveries.services.days.planning import plan_of_day
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from tests.builders import A_DAY, ZONE, a_delivery, at, keep
from tests.doubles import OpenVault
from tests.planned_days import two_hours
from tests.unit.deliveries.services.pushed import Depot

TOMORROW, LATER = A_DAY + timedelta(days=1), A_DAY + timedelta(days=3)
INSERTION = EmbeddedPlanner(second_try=None)


def offered(depot: Depot, ids: Sequence[str], *windows: TimeWindow) -> list[TimeWindow]:
    with depot.store.unit_of_work(read_only=True) as work:
        ground = ground_for(work, work.deliveries.many(ids), windows)
    desk = Desk(depot.store.unit_of_work, INSERTION, RoadGeography(), OpenVault())
    return [slot.window for slot in servable(desk, ground, now=depot.now)]


def give_vans(depot: Depot, *, capacity: int) -> None:
    with depot.store.unit_of_work() as work:
        for vehicle in work.vehicles.of_depot("dep-1"):
            vehicle.capacity = capacity
        work.commit()


@pytest.mark.parametrize(("already", "expected"), [(9, 1), (10, 0)])
def test_a_day_without_a_plan_is_full_once_its_parcels_fill_the_vans(
    already: int, expected: int
) -> None:
    depot = Depot(planner=INSERTION)
    give_vans(depot, capacity=10)
    for number in range(already):
        parcel = a_delivery(id=f"f-{number}", reference=f"F-{number}", date=LATER, load=1)
        keep(depot.store, parcel)
    window = TimeWindow(at(11, day=LATER), at(13, day=LATER))

    assert len(offered(depot, ["d-1"], window)) == expected


@pytest.mark.parametrize(("capacity", "expected"), [(1, 0), (2, 1)])
def test_two_parcels_of_one_person_need_room_for_both(capacity: int, expected: int) -> None:
    depot = Depot(planner=INSERTION)
    keep(depot.store, a_delivery(id="d-2", reference="O-2", load=1))
    with depot.store.unit_of_work() as work:
        work.deliveries.get("d-1").load = 1
        plan_of_day(work, "dep-1", TOMORROW).planned_at = at(5)
        work.flush()
        for route in plan_of_day(work, "dep-1", TOMORROW).routes:
            route.capacity = capacity
        work.commit()
    window = TimeWindow(at(11, day=TOMORROW), at(13, day=TOMORROW))

    assert len(offered(depot, ["d-1", "d-2"], window)) == expected


@pytest.mark.parametrize("takes_s", range(12_000, 13_600, 200))
def test_what_is_offered_to_who_needs_time_at_the_door_is_accepted(takes_s: int) -> None:
    depot = Depot(planner=INSERTION)
    keep(depot.store, a_delivery(id="d-2", reference="O-2"))
    with depot.store.unit_of_work() as work:
        work.deliveries.get("d-1").door = DoorNeeds(10, (), None)
        plan = plan_of_day(work, "dep-1", A_DAY)
        for route in plan.routes:
            route.shift_end = at(13)
        visit = Visit("d-2", 51.5, -0.05, takes_s, 1, window=two_hours(9))
        INSERTION.apply(plan, visit, "d-2", now=at(5), key="")
        work.commit()
    depot.now = at(6)
    is_offered = bool(offered(depot, ["d-1"], two_hours(11)))
    depot.choose_window(11)
    depot.push()

    assert is_offered == (depot.change().state is ChangeState.ACCEPTED)


def test_the_cheapest_are_shown_in_the_order_of_the_calendar() -> None:
    windows = [two_hours(9), two_hours(12), TimeWindow(at(9, day=TOMORROW), at(11, day=TOMORROW))]
    slots = [Slot(window, cost) for window, cost in zip(windows, (800, 0, 10), strict=True)]
    cheapest_first = sorted(slots, key=lambda slot: slot.added_s)

    shown, _ = best_of(cheapest_first, (), zone=ZONE, shown=2)

    assert [slot.added_s for slot in shown] == [0, 10]


@pytest.mark.parametrize("is_told", [False, True])
def test_what_people_were_told_of_tomorrow_is_not_planned_again_for_a_late_parcel(
    *, is_told: bool
) -> None:
    depot = Depot()
    keep(depot.store, a_delivery(id="d-2", reference="O-2"))
    yesterday = A_DAY - timedelta(days=1)
    with depot.store.unit_of_work() as work:
        plan_of_day(work, "dep-1", A_DAY).planned_at = at(10, day=yesterday)
        if is_told:
            work.deliveries.get("d-1").promise(two_hours(9))
        work.commit()

    with depot.store.unit_of_work(read_only=True) as work:
        [due] = due_days(work, now=at(18, day=yesterday))

    assert (due.since is None) == is_told
