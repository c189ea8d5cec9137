"""One change at a time: what every planner answers, and what it leaves alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from deliveries.model.network import Break
from deliveries.model.preference import RejectionReason, VerdictKind
from deliveries.model.route import Plan, RouteState, StopKind, StopState
from deliveries.model.window import TimeWindow
from deliveries.ports import RoutePlanner, Verdict, Visit, WantedWindow
from integrations.planners.embedded import EmbeddedPlanner
from tests.builders import at
from tests.planned_days import (
    a_visit,
    an_empty_day,
    depart,
    is_as_planned,
    route_of,
    some_visits,
    stops_of,
    two_hours,
)

NIGHT = at(5)
LUNCH = Break(1800, time(12), time(14))

type Change = Callable[[Visit | None], Verdict]


@pytest.fixture
def plan() -> Plan:
    """Two vans with a break and thirty stops, ten of them with a window."""
    planner = EmbeddedPlanner()
    plan = an_empty_day(breaks=(LUNCH,))
    for visit in some_visits(30):
        verdict = planner.apply(plan, visit, visit.delivery_id, now=NIGHT, key=visit.delivery_id)
        assert verdict.kind is VerdictKind.ACCEPTED
    plan.planned_at = NIGHT
    return plan


def apply(planner: RoutePlanner, plan: Plan, visit: Visit, *, now: datetime = NIGHT) -> Verdict:
    return planner.apply(plan, visit, visit.delivery_id, now=now, key="change")


def reject(reason: RejectionReason) -> Verdict:
    return Verdict(VerdictKind.REJECTED, reason=reason)


def shape(plan: Plan) -> list[tuple[object, ...]]:
    """Return all that a plan says of its stops."""
    return [
        (route.id, stop.id, stop.position, stop.delivery_ids, stop.service_at, stop.window)
        for route in plan.routes
        for stop in route.stops
    ]


def test_times_are_those_of_a_drive_that_keeps_everything(plan: Plan) -> None:
    assert [is_as_planned(route) for route in plan.routes] == [True, True]


def test_what_is_quoted_can_be_driven_and_starts_when_quoted(
    planner: RoutePlanner, plan: Plan
) -> None:
    wanted = [WantedWindow(str(hour), a_visit(), two_hours(hour)) for hour in range(8, 17)]
    before = shape(plan)
    quotes = planner.quote(plan, wanted, now=NIGHT)
    assert shape(plan) == before
    assert quotes
    assert [quote.added_s for quote in quotes] == sorted(quote.added_s for quote in quotes)
    best = quotes[0]
    window = two_hours(int(best.key))
    assert window.holds(best.service_at)
    verdict = apply(planner, plan, a_visit(window=window))
    assert verdict.kind is VerdictKind.ACCEPTED
    assert verdict.eta_at is not None
    assert window.holds(verdict.eta_at)
    assert route_of(plan, "d-1").id == best.route_id
    assert [is_as_planned(route) for route in plan.routes] == [True, True]


@pytest.mark.parametrize("hour", range(8, 17))
def test_every_window_quoted_is_accepted(planner: RoutePlanner, plan: Plan, hour: int) -> None:
    wanted = [WantedWindow("only", a_visit(), two_hours(hour))]
    quoted = bool(planner.quote(plan, wanted, now=NIGHT))
    verdict = apply(planner, plan, a_visit(window=two_hours(hour)))
    assert (verdict.kind is VerdictKind.ACCEPTED) == quoted
    assert [is_as_planned(route) for route in plan.routes] == [True, True]


def test_a_new_window_moves_the_own_stop_and_counts_it_out_first(
    planner: RoutePlanner, plan: Plan
) -> None:
    visit = some_visits(30)[4]
    wanted = [WantedWindow("late", visit, two_hours(15))]
    (quote,) = planner.quote(plan, wanted, now=NIGHT)
    apply(planner, plan, replace(visit, window=two_hours(15)))
    (stop,) = stops_of(plan, visit.delivery_id)
    assert stop.window == two_hours(15)
    assert stop.service_at == quote.service_at
    assert [is_as_planned(route) for route in plan.routes] == [True, True]


def test_other_windows_hold(planner: RoutePlanner, plan: Plan) -> None:
    kept = {visit.delivery_id: visit.window for visit in some_visits(30) if visit.window}
    for number, hour in enumerate([9, 9, 10, 12, 14, 15]):
        apply(planner, plan, a_visit(delivery_id=f"n-{number}", window=two_hours(hour)))
    for id_, window in kept.items():
        (stop,) = stops_of(plan, id_)
        assert stop.service_at is not None
        assert window.holds(stop.service_at)


def test_nobody_else_is_made_an_hour_later_by_one_change(planner: RoutePlanner, plan: Plan) -> None:
    before = {stop.id: stop.service_at for route in plan.routes for stop in route.stops}
    for hour in range(8, 17):
        planner.quote(plan, [WantedWindow("w", a_visit(), two_hours(hour))], now=NIGHT)
    apply(planner, plan, a_visit(window=two_hours(15)))
    after = {stop.id: stop.service_at for route in plan.routes for stop in route.stops}
    delays = [after[id_] - was for id_, was in before.items() if was and after[id_]]
    assert max(delays) <= timedelta(hours=1)


def test_the_same_change_twice_has_one_effect(planner: RoutePlanner, plan: Plan) -> None:
    first = apply(planner, plan, a_visit(window=two_hours(13)))
    once = shape(plan)
    second = apply(planner, plan, a_visit(window=two_hours(13)))
    assert shape(plan) == once
    assert second.eta_at == first.eta_at
    assert second.removed_stops == ()


def test_taking_out_leaves_no_trace_and_can_be_repeated(planner: RoutePlanner, plan: Plan) -> None:
    (stop,) = stops_of(plan, "x-7")
    verdict = planner.apply(plan, None, "x-7", now=NIGHT, key="out")
    assert verdict == Verdict(VerdictKind.ACCEPTED, removed_stops=(stop,))
    assert stops_of(plan, "x-7") == []
    assert [is_as_planned(route) for route in plan.routes] == [True, True]
    again = planner.apply(plan, None, "x-7", now=NIGHT, key="out")
    assert again == Verdict(VerdictKind.ACCEPTED)


def test_deliveries_to_one_pickup_point_share_a_stop(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=1)
    at_point = {"lat": 51.501, "lon": -0.06, "pickup_point_id": "pp-1", "setup_s": 180}
    for id_ in ("d-1", "d-2", "d-3"):
        visit = a_visit(delivery_id=id_, service_duration_s=30, load=2, **at_point)
        assert apply(planner, plan, visit).kind is VerdictKind.ACCEPTED
    (stop,) = plan.routes[0].stops
    assert (stop.kind, stop.delivery_ids) == (StopKind.PICKUP_POINT, ("d-1", "d-2", "d-3"))
    assert (stop.service_duration_s, stop.load) == (180 + 3 * 30, 6)
    assert is_as_planned(plan.routes[0])


def test_one_leaves_a_shared_stop_and_the_others_stay(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=1)
    at_point = {"lat": 51.501, "lon": -0.06, "pickup_point_id": "pp-1", "setup_s": 180}
    for id_ in ("d-1", "d-2", "d-3"):
        apply(planner, plan, a_visit(delivery_id=id_, service_duration_s=30, **at_point))
    verdict = apply(planner, plan, a_visit(delivery_id="d-2", window=two_hours(14)))
    assert verdict.removed_stops == ()
    (shared,), (own,) = stops_of(plan, "d-1"), stops_of(plan, "d-2")
    assert (shared.delivery_ids, shared.service_duration_s) == (("d-1", "d-3"), 180 + 2 * 30)
    assert (own.delivery_ids, own.kind, own.pickup_point_id) == (("d-2",), StopKind.ADDRESS, None)
    assert is_as_planned(plan.routes[0])


def test_what_is_loaded_stays_on_its_van(planner: RoutePlanner, plan: Plan) -> None:
    route = max(plan.routes, key=lambda each: len(each.stops))
    now = depart(route, done=2)
    last = route.stops[-1].delivery_ids[0]
    van = route.id
    first_open = route.stops[2]
    assert first_open.service_at is not None
    wanted = [WantedWindow(str(h), a_visit(delivery_id=last), two_hours(h)) for h in range(9, 17)]
    quotes = planner.quote(plan, wanted, now=now)
    assert {quote.route_id for quote in quotes} == {van}
    stop_id = route.stops[-1].id
    visit = a_visit(delivery_id=last, window=two_hours(int(quotes[0].key)))
    assert apply(planner, plan, visit, now=now).kind is VerdictKind.ACCEPTED
    (stop,) = stops_of(plan, last)
    assert (stop.id, stop.route_id) == (stop_id, van)
    assert is_as_planned(route, since=now)


def test_nothing_is_put_on_a_van_that_left(planner: RoutePlanner, plan: Plan) -> None:
    for route in plan.routes:
        depart(route)
    wanted = [WantedWindow("w", a_visit(), two_hours(14))]
    assert planner.quote(plan, wanted, now=at(9)) == []
    refused = apply(planner, plan, a_visit(window=two_hours(14)), now=at(9))
    assert refused == reject(RejectionReason.SHIFT_OVER)


def test_a_loaded_parcel_is_refused_as_such_when_only_another_van_could(
    planner: RoutePlanner,
) -> None:
    plan = an_empty_day(vans=2)
    apply(planner, plan, a_visit())
    plan.planned_at = NIGHT
    route = route_of(plan, "d-1")
    route.shift_end = at(12)
    depart(route)
    refused = apply(planner, plan, a_visit(window=two_hours(14)), now=at(9))
    assert refused == reject(RejectionReason.ALREADY_LOADED)


def test_a_failed_parcel_is_still_on_its_van(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=2)
    apply(planner, plan, a_visit(window=two_hours(9)))
    route = route_of(plan, "d-1")
    now = depart(route, done=1)
    route.stops[0].state = StopState.FAILED
    verdict = apply(planner, plan, a_visit(window=two_hours(14)), now=now)
    assert verdict.kind is VerdictKind.ACCEPTED
    assert [stop.state for stop in route.stops] == [StopState.FAILED, StopState.PLANNED]


@pytest.mark.parametrize("state", [StopState.ARRIVED, StopState.DONE])
def test_a_stop_the_van_has_come_to_changes_no_more(
    planner: RoutePlanner, plan: Plan, state: StopState
) -> None:
    route = plan.routes[0]
    now = depart(route, done=1)
    route.stops[0].state = state
    (id_,) = route.stops[0].delivery_ids
    before = shape(plan)
    refused = reject(RejectionReason.ALREADY_PASSED)
    assert apply(planner, plan, a_visit(delivery_id=id_), now=now) == refused
    assert planner.apply(plan, None, id_, now=now, key="out") == refused
    wanted = [WantedWindow("w", a_visit(delivery_id=id_), two_hours(15))]
    assert planner.quote(plan, wanted, now=now) == []
    assert shape(plan) == before


def test_a_full_van_is_a_reason(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=1, capacity=3)
    apply(planner, plan, a_visit(load=2))
    refused = apply(planner, plan, a_visit(delivery_id="d-2", load=2))
    assert refused == reject(RejectionReason.NO_ROOM)
    assert len(plan.routes[0].stops) == 1


def test_a_stop_makes_room_for_itself(planner: RoutePlanner) -> None:
    plan = an_empty_day(vans=1, capacity=3)
    apply(planner, plan, a_visit(load=3))
    verdict = apply(planner, plan, a_visit(load=3, window=two_hours(11)))
    assert verdict.kind is VerdictKind.ACCEPTED


def test_a_full_window_is_a_reason_and_nothing_changes(planner: RoutePlanner, plan: Plan) -> None:
    far = a_visit(lat=52.5, lon=-0.07, window=two_hours(8))
    before = shape(plan)
    assert apply(planner, plan, far) == reject(RejectionReason.WINDOW_FULL)
    assert shape(plan) == before


def test_after_the_shift_is_a_reason(planner: RoutePlanner, plan: Plan) -> None:
    evening = a_visit(window=TimeWindow(at(18), at(20)))
    assert apply(planner, plan, evening) == reject(RejectionReason.SHIFT_OVER)


def test_a_window_of_today_counts_from_now(planner: RoutePlanner, plan: Plan) -> None:
    wanted = [WantedWindow(str(hour), a_visit(), two_hours(hour)) for hour in range(8, 17)]
    quotes = planner.quote(plan, wanted, now=at(15, 30))
    assert all(quote.service_at >= at(15, 30) for quote in quotes)


def test_times_follow_the_van(planner: RoutePlanner, plan: Plan) -> None:
    route = plan.routes[0]
    order = [stop.id for stop in route.stops]
    was = [stop.service_at for stop in route.stops]
    now = depart(route, done=3, late=timedelta(minutes=40))
    planner.retime(route, now=now)
    assert [stop.id for stop in route.stops] == order
    assert [stop.service_at for stop in route.stops[:3]] == was[:3]
    delays = [
        stop.service_at - before
        for stop, before in zip(route.stops, was, strict=True)
        if stop.service_at and before
    ]
    assert delays[3] > timedelta(minutes=20)
    assert all(
        earlier.leave_at < later.arrival_at
        for earlier, later in zip(route.stops[3:], route.stops[4:], strict=False)
        if earlier.leave_at and later.arrival_at
    )


def test_a_van_not_heard_of_for_a_while_is_never_expected_in_the_past(
    planner: RoutePlanner, plan: Plan
) -> None:
    route = plan.routes[0]
    heard = depart(route, done=3)
    was = route.stops[3].arrival_at
    assert was is not None
    planner.retime(route, now=heard + timedelta(minutes=1))
    assert route.stops[3].arrival_at == was
    much_later = was + timedelta(minutes=25)
    planner.retime(route, now=much_later)
    assert route.stops[3].arrival_at == much_later


def test_a_finished_route_is_left_alone(planner: RoutePlanner, plan: Plan) -> None:
    for route in plan.routes:
        route.state = RouteState.FINISHED
    before = shape(plan)
    for route in plan.routes:
        planner.retime(route, now=at(17))
    assert shape(plan) == before
