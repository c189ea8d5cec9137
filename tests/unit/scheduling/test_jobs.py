"""What each job does with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliveries.errors import UnavailableError
from deliveries.model.preference import ChangeState
from deliveries.model.route import Plan, RouteState, Unassigned
from deliveries.ports import RoutePlanner, Visit
from deliveries.services.conversing.turns import Desk
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.storage import Storage
from scheduling.duty import Duty
from scheduling.jobs.holds import release_holds
from scheduling.jobs.planning import plan_days
from scheduling.jobs.pushing import push_choices
from scheduling.jobs.retiming import time_routes_again
from scheduling.jobs.seeking import seek_refused_windows
from tests.builders import (
    A_DAY,
    NOW,
    a_change,
    a_delivery,
    a_depot,
    a_hold,
    a_preference,
    a_stocked_storage,
    a_vehicle,
    a_window,
    an_offer,
    at,
    keep,
)
from tests.doubles import OpenPlanner, OpenVault


@dataclass(frozen=True)
class Stopped:
    """A clock that stands still."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


class AwayForTheFirst(OpenPlanner):
    """A planner that has plans for every depot but the first it is asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def plan_day(self, plan: Plan, visits: Sequence[Visit]) -> tuple[Unassigned, ...]:
        assert visits
        self.asked.append(plan.depot_id)
        if len(self.asked) == 1:
            raise UnavailableError("away")
        return ()


def duty(store: Storage, planner: RoutePlanner, *, now: datetime = NOW) -> Duty:
    desk = Desk(store.unit_of_work, planner, RoadGeography(), OpenVault())
    return Duty(desk, Stopped(now), Stopped(), "me")


def test_ended_holds_are_given_back_and_others_stay() -> None:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        work.holds.set_capacity("compartment:pp-1:M", 2)
        work.commit()
    keep(store, a_hold(), a_hold(id="h-2", expires_at=NOW + timedelta(hours=1)))
    later = duty(store, OpenPlanner(), now=NOW + timedelta(minutes=30))
    assert (release_holds(later), release_holds(later)) == (1, 0)
    with store.unit_of_work() as work:
        assert work.holds.room("compartment:pp-1:M") == 1


def test_choices_are_pushed_until_none_is_due() -> None:
    store = a_stocked_storage()
    others = [a_delivery(id=f"d-{n}", reference=f"O-{n}") for n in range(2, 32)]
    keep(store, *others)
    for each in ["d-1", *(other.id for other in others)]:
        keep(
            store,
            a_preference(id=f"p-{each}", delivery_id=each),
            a_change(
                id=f"c-{each}",
                preference_id=f"p-{each}",
                delivery_id=each,
                idempotency_key=f"{each}:1",
            ),
        )
    assert push_choices(duty(store, EmbeddedPlanner())) == 31
    with store.unit_of_work() as work:
        assert work.changes.get("c-d-31").state is ChangeState.ACCEPTED


def test_a_depot_that_cannot_be_planned_keeps_no_other_from_it() -> None:
    store = a_stocked_storage(
        a_depot(id="dep-2"),
        a_vehicle(id="v-2", depot_id="dep-2"),
        a_delivery(id="d-2", reference="O-2", depot_id="dep-2"),
    )
    planner = AwayForTheFirst()
    assert plan_days(duty(store, planner)) == 1
    assert planner.asked == ["dep-1", "dep-2"]
    assert plan_days(duty(store, planner)) >= 1
    with store.unit_of_work() as work:
        plan = work.plans.of_day("dep-1", A_DAY)
        assert plan is not None
        assert plan.planned_at == NOW


def test_a_driver_who_reports_nothing_turns_late_all_the_same() -> None:
    store = a_stocked_storage()
    planned = duty(store, EmbeddedPlanner(budget_s=0.2), now=NOW - timedelta(days=1))
    plan_days(planned)
    with store.unit_of_work() as work:
        before = work.deliveries.get("d-1").eta_at
        route = work.plans.route(str(work.deliveries.get("d-1").route_id))
        route.state, route.van_at = RouteState.DEPARTED, route.start_at
        route.van_lat, route.van_lon = route.depot_lat, route.depot_lon
        work.commit()
    assert before is not None
    silent = duty(store, EmbeddedPlanner(), now=before + timedelta(hours=1))

    assert time_routes_again(silent) == 1

    with store.unit_of_work() as work:
        after = work.deliveries.get("d-1").eta_at
    assert after is not None
    assert after >= before + timedelta(hours=1)


def test_only_a_planner_that_keeps_the_plan_with_us_is_asked_for_refused_windows() -> None:
    store = a_stocked_storage()
    keep(store, an_offer(created_at=NOW, sought=(a_window(at(12)),)))

    asked_elsewhere = seek_refused_windows(duty(store, OpenPlanner()))
    with store.unit_of_work(read_only=True) as work:
        left = work.offers.get("of-1").sought
    found = seek_refused_windows(duty(store, EmbeddedPlanner()))

    assert (asked_elsewhere, found) == (0, 0)
    assert left is not None
    with store.unit_of_work(read_only=True) as work:
        assert work.offers.get("of-1").sought is None
