"""Better routes in the background, on real databases: they only improve, or nothing changes."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from deliveries.errors import UnavailableError
from deliveries.model.route import Plan, RouteState
from deliveries.model.window import TimeWindow
from deliveries.ports import Improvement
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.improving import days_to_improve, improve_day
from deliveries.services.notices.promises import broad_window, is_early, is_late
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.mapping import in_order
from integrations.planners.embedded.solver import solve
from integrations.storage import Storage, storage
from scheduling.duty import Duty
from scheduling.jobs.improving import improve_plans
from tests.builders import A_DAY
from tests.doubles import OpenVault
from tests.integration.scheduling.test_races import EVENING, choose, plan, push_all, stored
from tests.planned_days import is_as_planned


def planner(**different: object) -> EmbeddedPlanner:
    usual: dict[str, object] = {
        "improving_s": 1.0,
        "solver": lambda problem, s: solve(problem, budget_s=s),
    }
    return EmbeddedPlanner(**{**usual, **different})  # type: ignore[arg-type]  # a keyword to differ


class Interrupted(EmbeddedPlanner):
    """Finds something, but others were at work meanwhile."""

    meanwhile = staticmethod(lambda: None)

    def improve(
        self, plan: Plan, promises: Mapping[str, TimeWindow], *, now: datetime
    ) -> Improvement | None:
        found = planner().improve(plan, promises, now=now)
        type(self).meanwhile()
        return found


def spoil(store: Storage) -> None:
    """Drive every route the other way round, and raise the plan's revision with it."""
    with store.unit_of_work() as work:
        plan = work.plans.of_day("dep-1", A_DAY)
        assert plan is not None
        for number, route in enumerate(plan.routes):
            in_order(route, route.stops[number % 2 :: 2] + route.stops[1 - number % 2 :: 2])
            route.revision += 1
            planner().retime(route, now=route.shift_start)
        work.plans.raise_revision(plan.id, expected=plan.revision)
        work.commit()


def promise_some(store: Storage) -> dict[str, TimeWindow]:
    """Tell every twelfth recipient two hours, as the evening's notice does."""
    told = {}
    with store.unit_of_work() as work:
        at = {
            id_: (stop.service_at, route.start_at)
            for route in stored(store).routes
            for stop in route.stops
            for id_ in stop.delivery_ids
        }
        for delivery in sorted(work.deliveries.of_day("dep-1", A_DAY), key=lambda d: d.id)[::12]:
            eta, leaves_at = at[delivery.id]
            assert eta is not None
            told[delivery.id] = broad_window(eta, leaves_at=leaves_at)
            delivery.promise(told[delivery.id])
        work.commit()
    return told


def improve(store: Storage, by: EmbeddedPlanner | None = None) -> Improvement | None:
    return improve_day(store.unit_of_work, by or planner(), "dep-1", A_DAY, now=EVENING)


def due(store: Storage) -> int:
    with store.unit_of_work(read_only=True) as work:
        return len(days_to_improve(work, now=EVENING))


def times(store: Storage) -> dict[str, datetime]:
    return {
        id_: stop.service_at
        for route in stored(store).routes
        for stop in route.stops
        for id_ in stop.delivery_ids
        if stop.service_at is not None
    }


def test_a_day_just_planned_is_left_alone_until_something_changes(store: Storage) -> None:
    plan(store)
    assert due(store) == 0
    choose(store, [("d-3", 14), ("d-5", 10)])
    push_all(store, "me")
    assert due(store) == 1


def test_many_changes_are_one_search_that_keeps_every_window_and_promise(store: Storage) -> None:
    plan(store)
    spoil(store)
    told = promise_some(store)
    choose(store, [(f"d-{number}", 9 + number) for number in range(6)])
    push_all(store, "me")
    before, revision = times(store), stored(store).revision
    found = improve(store)
    after = times(store)
    with store.unit_of_work(read_only=True) as work:
        shown = {each.id: each for each in work.deliveries.of_day("dep-1", A_DAY)}
    assert found is not None
    assert found.saved_s > 0
    assert found.saved_s >= 60 + 120 * found.moved
    assert sorted(after) == sorted(before)
    for id_, eta in after.items():
        promise = shown[id_].promised or told.get(id_)
        assert promise is None or not (is_late(eta, promise) or is_early(eta, promise))
        assert shown[id_].eta_at == eta
        assert shown[id_].window is None or shown[id_].window.holds(eta)
    assert all(is_as_planned(route) for route in stored(store).routes)
    assert stored(store).revision == revision + 1
    assert due(store) == 0
    assert improve(store) is None


def test_a_van_that_has_left_keeps_its_stops_and_their_order(store: Storage) -> None:
    plan(store)
    spoil(store)
    with store.unit_of_work() as work:
        found = work.plans.of_day("dep-1", A_DAY)
        assert found is not None
        gone = max(found.routes, key=lambda route: len(route.stops))
        gone.state = RouteState.DEPARTED
        work.commit()
        as_it_was = [(stop.id, stop.service_at) for stop in gone.stops]
    improve(store)
    after = next(route for route in stored(store).routes if route.id == gone.id)
    assert [(stop.id, stop.service_at) for stop in after.stops] == as_it_was


def test_a_choice_taken_in_meanwhile_wins_and_the_next_look_takes_it_along(store: Storage) -> None:
    plan(store)
    spoil(store)
    choose(store, [("d-3", 14)])
    Interrupted.meanwhile = staticmethod(lambda: push_all(store, "other"))
    assert improve(store, Interrupted()) is None
    assert due(store) == 1
    assert improve(store) is not None
    assert at_three(store)


def at_three(store: Storage) -> bool:
    with store.unit_of_work(read_only=True) as work:
        delivery = work.deliveries.get("d-3")
    window = delivery.window
    return window is not None and delivery.eta_at is not None and window.holds(delivery.eta_at)


def test_who_was_told_a_time_meanwhile_is_not_let_down(store: Storage) -> None:
    plan(store)
    spoil(store)
    before = times(store)

    def tell() -> None:
        with store.unit_of_work() as work:
            for delivery in work.deliveries.of_day("dep-1", A_DAY):
                eta = before[delivery.id]
                delivery.promise(TimeWindow(eta, eta + timedelta(minutes=1)))
            work.commit()

    Interrupted.meanwhile = staticmethod(tell)
    assert improve(store, Interrupted()) is None
    assert times(store) == before


def test_of_several_workers_one_looks(url: str, store: Storage) -> None:
    plan(store)
    spoil(store)

    def look(_: int) -> bool:
        own = storage(url)
        try:
            return improve(own) is not None
        finally:
            own.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(look, range(3))) == 1


@pytest.mark.parametrize("is_away", [False, True])
def test_the_job_goes_on_whatever_the_solver_does(store: Storage, *, is_away: bool) -> None:
    plan(store)
    spoil(store)

    def away(*_: object) -> None:
        raise UnavailableError("away")

    by = planner(solver=away) if is_away else planner()
    desk = Desk(store.unit_of_work, by, RoadGeography(), OpenVault())
    assert improve_plans(Duty(desk, Stopped(), Stopped(), "me")) == (0 if is_away else 1)


class Stopped:
    """A clock that stands still."""

    def now(self) -> datetime:
        return EVENING
