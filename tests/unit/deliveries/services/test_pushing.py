"""From choice to verdict: pushed once, whatever fails in between."""

from datetime import date, timedelta

import pytest

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.offer import OptionKind
from deliveries.model.preference import ChangeState, PreferenceState, VerdictKind
from deliveries.model.route import RouteState, StopState
from deliveries.model.window import TimeWindow
from deliveries.ports import Verdict, Visit
from deliveries.services.committing.pushing import Pushing
from deliveries.services.days.planning import plan_of_day
from integrations.planners.embedded import EmbeddedPlanner
from tests.builders import (
    A_DAY,
    NOW,
    a_change,
    a_delivery,
    a_hold,
    a_preference,
    a_stocked_storage,
    at,
    keep,
)
from tests.planned_days import is_as_planned, two_hours
from tests.unit.deliveries.services.pushed import (
    MACHINE,
    Depot,
    Unruly,
    away,
    broken,
    kill,
    raise_revision,
    unreadable,
    visit,
)

TOMORROW = date(2026, 3, 11)


def test_a_window_chosen_is_on_the_route_and_told_with_its_eta() -> None:
    depot = Depot()
    depot.choose_window(14)
    assert depot.push() == 1
    (stop,) = depot.stops()
    delivery = depot.delivery()
    assert stop.window == two_hours(14)
    assert (delivery.window, delivery.promised) == (two_hours(14), two_hours(14))
    assert (delivery.eta_at, delivery.stop_id) == (stop.service_at, stop.id)
    assert is_as_planned(depot.plan().routes[0])
    assert depot.change().state is ChangeState.ACCEPTED
    assert depot.preference().state is PreferenceState.CONFIRMED
    assert depot.told() == ["choice_confirmed_eta"]
    assert depot.push() == 0


def test_the_revision_rises_with_the_plan() -> None:
    depot = Depot()
    before = depot.plan()
    depot.choose_window(14)
    depot.push()
    after = depot.plan()
    assert after.revision == before.revision + 1
    assert after.routes[0].revision > before.routes[0].revision


def test_another_day_takes_it_off_the_old_route_in_the_same_breath() -> None:
    depot = Depot()
    depot.choose_window(14, TOMORROW)
    depot.push()
    assert depot.stops() == []
    (stop,) = depot.stops(TOMORROW)
    delivery = depot.delivery()
    assert (delivery.date, delivery.stop_id) == (TOMORROW, stop.id)
    assert delivery.eta_at == stop.service_at


def test_a_delivery_that_cannot_leave_its_day_is_not_put_on_another() -> None:
    depot = Depot()
    with depot.store.unit_of_work() as work:
        route = plan_of_day(work, "dep-1", A_DAY).routes[0]
        route.state = RouteState.DEPARTED
        route.stops[0].state = StopState.ARRIVED
        work.commit()
    depot.choose_window(14, TOMORROW)
    depot.push()
    assert depot.stops(TOMORROW) == []
    assert depot.delivery().date == A_DAY
    assert depot.told() == ["choice_refused_already_passed"]


def test_a_refusal_takes_the_stop_off_the_route() -> None:
    depot = Depot()
    depot.choose(OptionKind.REFUSE)
    depot.push()
    assert depot.stops() == []
    delivery = depot.delivery()
    assert (delivery.route_id, delivery.stop_id, delivery.eta_at) == (None, None, None)
    assert delivery.status is DeliveryStatus.RETURN_TO_SENDER
    assert depot.told() == ["choice_confirmed_refuse"]


def test_a_pickup_point_moves_the_stop_there() -> None:
    depot = Depot()
    depot.choose(OptionKind.PICKUP_POINT, pickup_point_id="pp-1", name="Market Lockers")
    depot.push()
    (stop,) = depot.stops()
    assert (stop.pickup_point_id, stop.lat, stop.service_duration_s) == ("pp-1", 51.501, 210)


def test_a_neighbour_leaves_the_route_as_it_is() -> None:
    depot = Depot()
    (before,) = depot.stops()
    depot.choose(OptionKind.NEIGHBOUR, name="Mara", house_number="12")
    depot.push()
    (after,) = depot.stops()
    assert (after.id, after.service_at) == (before.id, before.service_at)
    assert depot.change().state is ChangeState.ACCEPTED


def test_a_window_that_is_full_is_refused_with_two_that_are_not() -> None:
    depot = Depot()
    with depot.store.unit_of_work() as work:
        plan_of_day(work, "dep-1", A_DAY).routes[0].shift_end = at(13)
        work.commit()
    depot.choose_window(11)
    keep(depot.store, a_delivery(id="d-2", reference="O-2"))
    with depot.store.unit_of_work() as work:
        plan = plan_of_day(work, "dep-1", A_DAY)
        long_visit = Visit("d-2", 51.5, -0.05, 7000, 1, window=two_hours(11))
        EmbeddedPlanner().apply(plan, long_visit, "d-2", now=NOW, key="")
        work.commit()
    depot.push()
    assert depot.change().state is ChangeState.REJECTED
    assert depot.change().reason == "window_full"
    (message,) = depot.messages()
    assert message.sayings[0].name == "choice_refused_window_full"
    with depot.store.unit_of_work(read_only=True) as work:
        assert len(work.offers.get(message.sayings[0].offer_id or "").options) == 2


def test_a_refused_choice_gives_its_hold_back() -> None:
    depot = Depot()
    with depot.store.unit_of_work() as work:
        work.holds.set_capacity("window:x", 1)
        work.commit()
    keep(depot.store, a_hold(resource="window:x", id="h-1"))
    start, end = at(19), at(21)
    depot.choose(OptionKind.WINDOW, hold_id="h-1", start=start.isoformat(), end=end.isoformat())
    depot.push()
    with depot.store.unit_of_work() as work:
        assert work.holds.room("window:x") == 1


def test_a_planner_away_is_asked_again_later_and_longer_each_time() -> None:
    depot = Depot(planner=Unruly(away, away, away))
    depot.choose_window(14)
    waits = []
    for _ in range(3):
        assert depot.push() == 1
        change = depot.change()
        assert (change.state, change.claimed_by) == (ChangeState.PENDING, None)
        assert change.next_attempt_at is not None
        waits.append((change.next_attempt_at - depot.machine).total_seconds())
        assert depot.push() == 0
        depot.machine = change.next_attempt_at
    assert waits == [2, 4, 8]
    assert depot.told() == []
    depot.push()
    assert depot.told() == ["choice_confirmed_eta"]


def test_a_planner_may_say_how_long_to_wait() -> None:
    depot = Depot(planner=Unruly(lambda: away(retry_after_s=90)))
    depot.choose_window(14)
    depot.push()
    assert depot.change().next_attempt_at == MACHINE + timedelta(seconds=90)


def test_that_a_choice_is_kept_while_the_planner_is_long_away_is_told_once() -> None:
    depot = Depot(planner=Unruly(*[away] * 7))
    depot.choose_window(14)
    for _ in range(7):
        depot.push()
        depot.machine += timedelta(minutes=5)
    assert depot.change().state is ChangeState.PENDING
    assert depot.told() == ["choice_kept_waiting"]
    depot.push()
    assert depot.told() == ["choice_kept_waiting", "choice_confirmed_eta"]


def test_a_planner_that_is_left_alone_for_long_is_told_of_at_once() -> None:
    depot = Depot(planner=Unruly(lambda: away(retry_after_s=30)))
    depot.choose_window(14)
    depot.push()
    assert depot.told() == ["choice_kept_waiting"]


def test_past_its_expiry_staff_get_the_choice_and_the_recipient_hears_of_it() -> None:
    depot = Depot(planner=Unruly(away))
    depot.choose_window(14)
    depot.now = depot.change().expires_at
    depot.push()
    assert depot.change().state is ChangeState.EXPIRED
    assert depot.tasks() == ["planner_silent"]
    assert depot.told() == ["choice_with_staff"]
    depot.machine += timedelta(days=1)
    assert depot.push() == 0


def test_a_change_that_waited_for_us_past_its_expiry_is_still_tried() -> None:
    depot = Depot()
    depot.choose_window(14, TOMORROW)
    depot.now = depot.change().expires_at
    depot.push()
    assert depot.change().state is ChangeState.ACCEPTED


def test_an_answer_nobody_can_read_goes_to_staff_at_once() -> None:
    depot = Depot(planner=Unruly(unreadable))
    depot.choose_window(14)
    depot.push()
    assert depot.tasks() == ["planner_silent"]


def test_a_choice_of_a_point_that_is_gone_goes_to_staff() -> None:
    depot = Depot()
    depot.choose(OptionKind.PICKUP_POINT, pickup_point_id="pp-9")
    depot.push()
    assert depot.tasks() == ["planner_silent"]


def test_a_planner_that_needs_time_is_asked_again_under_the_same_key() -> None:
    planner = Unruly(lambda: Verdict(VerdictKind.PENDING))
    depot = Depot(planner=planner)
    depot.choose_window(14)
    depot.push()
    change = depot.change()
    assert change.state is ChangeState.SENT
    depot.machine += timedelta(minutes=1)
    depot.push()
    assert planner.keys == ["d-1:1", "d-1:1"]
    assert depot.change().state is ChangeState.ACCEPTED


def test_a_plan_changed_meanwhile_is_read_again_at_once() -> None:
    planner = Unruly()
    depot = Depot(planner=planner)
    planner.troubles = [lambda: raise_revision(depot), lambda: raise_revision(depot)]
    depot.choose_window(14)
    depot.push()
    assert len(planner.keys) == 3
    assert depot.told() == ["choice_confirmed_eta"]
    assert is_as_planned(depot.plan().routes[0])


@pytest.mark.parametrize(("hours_off", "asked"), [(0, 1), (6, 2)], ids=["it holds", "it breaks"])
def test_what_somebody_was_told_meanwhile_is_looked_at_before_the_plan_is_kept(
    hours_off: int, asked: int
) -> None:
    planner = Unruly()
    depot = Depot(planner=planner, store=a_stocked_storage())
    with depot.store.unit_of_work() as work:
        other = a_delivery(id="d-2", reference="ORDER-2", lat=51.53)
        work.deliveries.add(other)
        plan = plan_of_day(work, "dep-1", A_DAY)
        EmbeddedPlanner().apply(plan, visit(other), "d-2", now=at(5), key="")
        work.commit()
    eta = next(stop.service_at for stop in depot.stops() if "d-2" in stop.delivery_ids)
    assert eta is not None
    start = eta + timedelta(hours=hours_off - 1)

    def tell_the_other() -> None:
        with depot.store.unit_of_work() as work:
            work.deliveries.get("d-2").promise(TimeWindow(start, start + timedelta(hours=2)))
            work.commit()

    planner.troubles = [tell_the_other]
    depot.choose_window(14)
    depot.push()
    assert len(planner.keys) == asked
    assert depot.told() == ["choice_confirmed_eta"]
    assert [stop.window for stop in depot.stops()] == [None, two_hours(14)]


def test_a_plan_that_changes_all_the_time_is_left_for_later() -> None:
    planner = Unruly()
    depot = Depot(planner=planner)
    planner.troubles = [lambda: raise_revision(depot)] * 3
    depot.choose_window(14)
    depot.push()
    assert (depot.change().state, depot.change().attempts) == (ChangeState.PENDING, 1)
    assert [stop.window for stop in depot.stops()] == [None]


def test_a_choice_replaced_before_it_was_pushed_is_dropped_and_the_new_one_told() -> None:
    depot = Depot()
    depot.choose_window(14)
    with depot.store.unit_of_work() as work:
        work.preferences.get("pref-1").state = PreferenceState.REPLACED
        work.commit()
    depot.choose_window(16, version=2)
    while depot.push():
        pass
    assert depot.delivery().window == two_hours(16)
    assert depot.told() == ["choice_confirmed_eta"]
    assert depot.change().state is ChangeState.REJECTED


def test_a_delivery_handed_over_meanwhile_refuses_the_choice() -> None:
    depot = Depot()
    depot.choose_window(14)
    with depot.store.unit_of_work() as work:
        work.deliveries.get("d-1").move_to(DeliveryStatus.DELIVERED, now=NOW)
        work.commit()
    depot.push()
    assert depot.change().reason == "already_passed"
    assert depot.delivery().status is DeliveryStatus.DELIVERED


def test_a_process_that_died_with_a_claim_is_followed_when_the_claim_ends() -> None:
    depot = Depot()
    depot.choose_window(14)
    with depot.store.unit_of_work() as work:
        until = MACHINE + timedelta(seconds=60)
        work.changes.claim_due(by="dead", now=MACHINE, until=until, limit=1)
        work.commit()
    assert depot.push() == 0
    depot.machine = until
    assert depot.push() == 1
    assert depot.told() == ["choice_confirmed_eta"]


def test_who_was_overtaken_keeps_nothing() -> None:
    planner = Unruly()
    depot = Depot(planner=planner)

    def overtaken() -> None:
        depot.machine += timedelta(minutes=2)
        depot.planner = EmbeddedPlanner()
        assert depot.push(by="other") == 1

    planner.troubles = [overtaken]
    depot.choose_window(14)
    depot.push()
    assert depot.told() == ["choice_confirmed_eta"]
    assert len(depot.stops()) == 1
    assert depot.plan().revision == 2


def test_an_unforeseen_failure_is_raised_put_off_and_holds_up_nobody() -> None:
    depot = Depot(planner=Unruly(broken))
    keep(depot.store, a_delivery(id="d-2", reference="O-2"))
    depot.choose_window(14)
    keep(
        depot.store,
        a_preference(id="pref-9", delivery_id="d-2"),
        a_change(id="ch-9", preference_id="pref-9", delivery_id="d-2", idempotency_key="d-2:1"),
    )
    with pytest.raises(ZeroDivisionError):
        depot.push()
    assert depot.change().attempts == 1
    assert depot.push() == 1
    assert depot.change("ch-9").state is ChangeState.ACCEPTED
    assert depot.change().state is ChangeState.PENDING


def choose_by_another(depot: Depot, hour: int) -> None:
    start, end = at(hour), at(hour + 2)
    details = {"start": start.isoformat(), "end": end.isoformat()}
    keep(
        depot.store,
        a_delivery(id="d-2", reference="O-2"),
        a_preference(id="pref-9", delivery_id="d-2", kind=OptionKind.WINDOW, details=details),
        a_change(id="ch-9", preference_id="pref-9", delivery_id="d-2", idempotency_key="d-2:1"),
    )


def test_changes_that_wait_together_are_kept_together_and_each_is_told() -> None:
    depot = Depot()
    before = depot.plan().revision
    depot.choose_window(14)
    choose_by_another(depot, 12)
    assert depot.push() == 2
    assert depot.plan().revision == before + 1
    assert [depot.change(id_).state for id_ in ("ch-1", "ch-9")] == [ChangeState.ACCEPTED] * 2
    assert depot.told() == ["choice_confirmed_eta"] * 2
    with depot.store.unit_of_work(read_only=True) as work:
        second = work.deliveries.get("d-2")
    assert [stop.window for stop in depot.stops()] == [two_hours(12), two_hours(14)]
    assert [stop.service_at for stop in depot.stops()] == [second.eta_at, depot.delivery().eta_at]
    assert is_as_planned(depot.plan().routes[0])


def test_one_that_is_refused_holds_up_nobody_it_waits_with() -> None:
    depot = Depot()
    depot.choose_window(19)
    choose_by_another(depot, 12)
    assert depot.push() == 2
    assert [depot.change(id_).state for id_ in ("ch-1", "ch-9")] == [
        ChangeState.REJECTED,
        ChangeState.ACCEPTED,
    ]


def test_a_plan_changed_meanwhile_sends_each_on_its_own_way() -> None:
    planner = Unruly()
    depot = Depot(planner=planner)
    planner.troubles = [lambda: raise_revision(depot)]
    depot.choose_window(14)
    choose_by_another(depot, 12)
    assert depot.push() == 2
    assert planner.keys == ["d-1:1", "d-2:1", "d-1:1", "d-2:1"]
    assert [depot.change(id_).state for id_ in ("ch-1", "ch-9")] == [ChangeState.ACCEPTED] * 2
    assert depot.told() == ["choice_confirmed_eta"] * 2


@pytest.mark.parametrize("step", ["apply", "commit"])
def test_a_crash_at_any_step_loses_and_doubles_nothing(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner = Unruly(kill if step == "apply" else None)
    depot = Depot(planner=planner)
    depot.choose_window(14)
    if step == "commit":
        monkeypatch.setattr(
            "deliveries.services.committing.pushing.mirror", lambda *_, **__: kill()
        )
    monkeypatch.setattr(Pushing, "_put_off", lambda *_, **__: None)
    monkeypatch.setattr(Pushing, "_release", lambda *_, **__: None)
    with pytest.raises(KeyboardInterrupt):
        depot.push()
    monkeypatch.undo()
    assert [stop.window for stop in depot.stops()] == [None]
    assert depot.told() == []
    assert depot.push(by="next") == 0
    depot.machine += timedelta(minutes=2)
    assert depot.push(by="next") == 1
    assert depot.told() == ["choice_confirmed_eta"]
    assert [stop.window for stop in depot.stops()] == [two_hours(14)]
