"""Several workers on the same rows, on real databases."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from deliveries.errors import ConflictError
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.offer import OptionKind
from deliveries.model.preference import ChangeState
from deliveries.model.route import Plan, Unassigned
from deliveries.ports import Visit
from deliveries.services.committing.pushing import Pushing
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.daily_planning import due_days, place_late_comers
from deliveries.services.days.planning import plan_day
from deliveries.services.notices.promises import HYSTERESIS, broad_window
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.solver import solve
from integrations.storage import Storage, storage
from tests.builders import A_DAY, NOW, a_change, a_delivery, a_preference, at, keep
from tests.doubles import OpenVault
from tests.planned_days import is_as_planned

EVENING = datetime.fromisoformat("2026-03-09T18:00:00+00:00")
WORKERS = 3


def planner() -> EmbeddedPlanner:
    """Return the planner, solving in this process: a process for each solve takes long to start."""
    return EmbeddedPlanner(budget_s=1, solver=lambda problem, s: solve(problem, budget_s=s))


def plan(store: Storage) -> Plan:
    return plan_day(store.unit_of_work, planner(), "dep-1", A_DAY, now=EVENING, since=EVENING)


def stored(store: Storage) -> Plan:
    with store.unit_of_work(read_only=True) as work:
        found = work.plans.of_day("dep-1", A_DAY)
        assert found is not None
        return found


def placed(store: Storage) -> list[str]:
    stops = [stop for route in stored(store).routes for stop in route.stops]
    return sorted(id_ for stop in stops for id_ in stop.delivery_ids)


def at_once(url: str, work: Callable[[Storage, str], object]) -> list[object]:
    """Let several workers, each with its own connections, do the same at the same time."""
    stores = [storage(url) for _ in range(WORKERS)]
    try:
        with ThreadPoolExecutor(WORKERS) as pool:
            names = [f"worker-{number}" for number in range(WORKERS)]
            return list(pool.map(work, stores, names))
    finally:
        for each in stores:
            each.close()


def push_all(store: Storage, name: str) -> int:
    desk = Desk(store.unit_of_work, planner(), RoadGeography(), OpenVault())
    pushing, pushed, idle = Pushing(desk), 0, 0
    machine = NOW
    while idle < 3:
        count = pushing.push_due(by=name, now=EVENING, technical_now=machine)
        pushed, idle = pushed + count, 0 if count else idle + 1
    return pushed


def choose(store: Storage, windows: Sequence[tuple[str, int]]) -> None:
    for id_, hour in windows:
        details = {"start": at(hour).isoformat(), "end": at(hour + 2).isoformat()}
        keep(
            store,
            a_preference(
                id=f"pref-{id_}",
                delivery_id=id_,
                kind=OptionKind.WINDOW,
                details=details,
                contact_id=None,
            ),
            a_change(
                id=f"ch-{id_}",
                preference_id=f"pref-{id_}",
                delivery_id=id_,
                idempotency_key=f"{id_}:1",
            ),
        )


def test_a_day_planned_by_several_workers_is_planned_once(url: str, store: Storage) -> None:
    def once(each: Storage, _name: str) -> None:
        try:
            plan(each)
        except ConflictError:
            return

    at_once(url, once)
    assert stored(store).revision == 2
    assert placed(store) == sorted(f"d-{number}" for number in range(24))
    assert all(is_as_planned(route) for route in stored(store).routes)


def test_choices_pushed_by_several_workers_are_each_answered_once(url: str, store: Storage) -> None:
    plan(store)
    choose(store, [(f"d-{number}", 9 + number % 7) for number in range(18)])
    before = stored(store).revision
    at_once(url, push_all)
    with store.unit_of_work(read_only=True) as work:
        changes = [work.changes.get(f"ch-d-{number}") for number in range(18)]
        windows = {each.id: each.window for each in work.deliveries.of_day("dep-1", A_DAY)}
        told = [entry.kind for each in windows for entry in work.history.of_delivery(each)]
    # Whoever lost every race has put its change off; nobody has lost one.
    open_ = [change for change in changes if change.state is ChangeState.PENDING]
    accepted = [change for change in changes if change.state is ChangeState.ACCEPTED]
    assert len(open_) + len(accepted) == 18
    assert all(change.attempts == 1 and change.claimed_by is None for change in open_)
    assert told == ["choice_confirmed"] * len(accepted)
    assert before < stored(store).revision <= before + len(accepted)
    assert placed(store) == sorted(windows)
    for route in stored(store).routes:
        assert is_as_planned(route)
        for stop in route.stops:
            assert stop.window == windows[stop.delivery_ids[0]]


def test_late_comers_are_put_in_once(url: str, store: Storage) -> None:
    plan(store)
    keep(store, a_delivery(id="d-late", reference="O-late"))
    with store.unit_of_work(read_only=True) as work:
        (due,) = due_days(work, now=EVENING)
    assert (due.day, due.since) == (A_DAY, None)

    def once(each: Storage, _name: str) -> int:
        try:
            return place_late_comers(each.unit_of_work, planner(), "dep-1", A_DAY, now=EVENING)
        except ConflictError:
            return 0

    assert sum(int(str(count)) for count in at_once(url, once)) == 1
    assert placed(store).count("d-late") == 1
    with store.unit_of_work(read_only=True) as work:
        assert due_days(work, now=EVENING) == []


def test_late_comers_do_not_break_what_others_were_told(store: Storage) -> None:
    plan(store)
    with store.unit_of_work() as work:
        for delivery in work.deliveries.of_day("dep-1", A_DAY):
            assert delivery.eta_at is not None
            delivery.promise(broad_window(delivery.eta_at, leaves_at=None))
        work.commit()
    # Next door to stops in the middle: nearest by way, and hours too long for who comes after them.
    routes = [route for route in stored(store).routes if route.stops]
    places = [route.stops[len(route.stops) // 2] for route in routes]
    for number in range(12):
        near = places[number % len(places)]
        id_ = f"d-late-{number}"
        lat = near.lat + 0.0001
        long = a_delivery(id=id_, reference=id_, lat=lat, lon=near.lon, service_duration_s=1800)
        keep(store, long)

    put_in = place_late_comers(store.unit_of_work, planner(), "dep-1", A_DAY, now=EVENING)

    with store.unit_of_work(read_only=True) as work:
        told = [each for each in work.deliveries.of_day("dep-1", A_DAY) if each.promised]
    assert put_in > 6
    assert len(told) > 10
    assert [each.id for each in told if each.eta_at > each.promised.end + HYSTERESIS] == []


def test_a_push_while_the_day_is_planned_survives_it(store: Storage) -> None:
    plan(store)
    choose(store, [("d-3", 14)])

    class Slow(EmbeddedPlanner):
        asked = 0

        def plan_day(self, plan: Plan, visits: Sequence[Visit]) -> tuple[Unassigned, ...]:
            if not Slow.asked:
                push_all(store, "other")
            Slow.asked += 1
            return planner().plan_day(plan, visits)

    plan_day(store.unit_of_work, Slow(), "dep-1", A_DAY, now=NOW)
    assert Slow.asked == 2
    with store.unit_of_work(read_only=True) as work:
        delivery = work.deliveries.get("d-3")
    assert delivery.window is not None
    assert delivery.eta_at is not None
    assert delivery.window.holds(delivery.eta_at)


@pytest.mark.parametrize("hour", [15, 16])
def test_tomorrow_is_planned_again_in_the_evening_for_what_came_meanwhile(
    store: Storage, hour: int
) -> None:
    morning = EVENING.replace(hour=9)
    plan_day(store.unit_of_work, planner(), "dep-1", A_DAY, now=morning)
    keep(store, a_delivery(id="d-late", reference="O-late"))
    with store.unit_of_work(read_only=True) as work:
        due = due_days(work, now=EVENING.replace(hour=hour))
    assert [each.since for each in due] == ([] if hour == 15 else [EVENING.replace(hour=16)])


def test_what_needs_no_visit_makes_no_day_due(store: Storage) -> None:
    with store.unit_of_work() as work:
        for delivery in work.deliveries.of_day("dep-1", A_DAY):
            delivery.move_to(DeliveryStatus.CANCELLED, now=EVENING)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        assert due_days(work, now=EVENING) == []
