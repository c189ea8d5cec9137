"""Days in progress, events and changes in any order: what was done, loaded and agreed stays so."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from deliveries.model.offer import OptionKind
from deliveries.model.preference import ChangeState, PlannerChange
from deliveries.model.route import Route, RouteState, StopState
from tests.builders import A_DAY, at
from tests.unit.integrations.planners.days_lived import (
    LivedDay,
    ahead,
    order_of,
    served,
    ways,
)

VANS = st.integers(0, 3)
WHICH = st.integers(0, 13)
HOURS = st.integers(8, 16)


class LivedDays(RuleBasedStateMachine):
    """What may happen on a day, and what must hold after it."""

    @initialize(vans=st.integers(2, 4))
    def begin(self, vans: int) -> None:
        self.day = LivedDay(vans)
        self.settled: dict[str, list[str]] = {}
        self.on_board: dict[str, set[str]] = {}

    @rule(van=VANS)
    def depart(self, van: int) -> None:
        self._drive_to(at(8))
        route = self._route(van)
        if route.state is RouteState.PLANNED:
            self.on_board[route.id] = {id_ for stop in route.stops for id_ in stop.delivery_ids}
        self.day.report("departed", route)

    @rule(van=VANS, skipped=st.sampled_from((0, 0, 0, 1)), late=st.integers(-5, 45))
    def arrive(self, van: int, skipped: int, late: int) -> None:
        """Reach the next stop, or the one after it, about when it is expected or later."""
        route = self._out(van)
        stops = ahead(route) if route else []
        if route is None or not stops:
            return
        stop = stops[min(skipped, len(stops) - 1)]
        if stop.arrival_at is not None:
            self._drive_to(stop.arrival_at + timedelta(minutes=late))
        self.day.report("arrived", route, stop)

    @rule(van=VANS, kind=st.sampled_from(("delivered", "delivered", "failed")))
    def finish(self, van: int, kind: str) -> None:
        """End what the van stands at, or its next stop without having arrived."""
        route = self._out(van)
        standing = list(route.open_stops) if route else []
        if route is not None and standing:
            standing.sort(key=lambda stop: stop.state is not StopState.ARRIVED)
            if standing[0].leave_at is not None:
                self._drive_to(standing[0].leave_at)
            self.day.report(kind, route, standing[0])

    @rule(van=VANS, north=st.integers(-30, 30), east=st.integers(-30, 30))
    def be_somewhere(self, van: int, north: int, east: int) -> None:
        route = self._out(van)
        if route is not None:
            self.day.report("position", route, lat=51.5 + north / 1000, lon=-0.05 + east / 1000)

    @rule(minutes=st.sampled_from((1, 7, 30, 90)))
    def wait(self, minutes: int) -> None:
        self.day.now += timedelta(minutes=minutes)

    @rule(which=WHICH, hour=HOURS, ahead_by=st.sampled_from((0, 0, 0, 1)))
    def choose_a_window(self, which: int, hour: int, ahead_by: int) -> None:
        day = A_DAY + timedelta(days=ahead_by)
        start, end = at(hour, day=day), at(hour + 2, day=day)
        details = {"start": start.isoformat(), "end": end.isoformat()}
        self._change(which, lambda id_: self.day.choose(id_, OptionKind.WINDOW, **details), day=day)

    @rule(which=WHICH)
    def choose_a_locker(self, which: int) -> None:
        self._change(
            which,
            lambda id_: self.day.choose(id_, OptionKind.PICKUP_POINT, pickup_point_id="pp-1"),
        )

    @rule(which=WHICH, minutes=st.sampled_from((0, 5, 20)))
    def ask_for_minutes_at_the_door(self, which: int, minutes: int) -> None:
        door = {"minutes": minutes, "needs": [], "words": None}
        self._change(which, lambda id_: self.day.choose(id_, OptionKind.DOOR, door=door))

    @rule(which=WHICH)
    def be_away(self, which: int) -> None:
        self._change(which, lambda id_: self.day.choose(id_, OptionKind.AWAY, day="2026-03-12"))

    @rule()
    def look_for_better_routes(self) -> None:
        self.day.improve()

    @invariant()
    def what_is_done_stays_done_and_in_order(self) -> None:
        for route in self._routes():
            now = [stop.id for stop in route.stops if stop.state is not StopState.PLANNED]
            before = self.settled.get(route.id, [])
            assert [id_ for id_ in now if id_ in before] == before
            self.settled[route.id] = now

    @invariant()
    def what_is_loaded_stays_on_its_van(self) -> None:
        for route in self._routes():
            theirs = {id_ for stop in ahead(route) for id_ in stop.delivery_ids}
            if route.id in self.on_board:
                assert theirs <= self.on_board[route.id]
            for other, loaded in self.on_board.items():
                assert other == route.id or not theirs & loaded or route.date != A_DAY

    @invariant()
    def nothing_is_to_be_handed_over_twice(self) -> None:
        open_ = [
            id_ for route in self._routes() for stop in ahead(route) for id_ in stop.delivery_ids
        ]
        assert len(open_) == len(set(open_))

    @invariant()
    def times_are_those_of_a_van_that_drives_on_from_where_it_is(self) -> None:
        assert [route.id for route in self._routes() if not self._is_driven_so(route)] == []

    def _is_driven_so(self, route: Route) -> bool:
        if not ahead(route) or route.state is RouteState.FINISHED:
            return True
        is_out = route.state is RouteState.DEPARTED
        now = self.day.now if is_out else route.start_at
        assert now is not None
        in_time = ways(route, now=now, at_any_hour=False)
        return served(route) in (in_time or ways(route, now=now, at_any_hour=True))

    def _change(
        self,
        which: int,
        choose: Callable[[str], PlannerChange],
        *,
        day: date | None = None,
    ) -> None:
        """Let one recipient choose; what could be driven in time still can be."""
        id_ = f"x-{which}"
        before = self._routes()
        kept = self._driven(before)
        change = choose(id_)
        after = self._routes()
        assert kept <= self._driven(after)
        if change.state is ChangeState.ACCEPTED:
            self._is_true(id_, day)
        else:
            assert [order_of(route) for route in after] == [order_of(route) for route in before]

    def _driven(self, routes: list[Route]) -> set[str]:
        return {route.id for route in routes if self._can_be_driven(route)}

    def _can_be_driven(self, route: Route) -> bool:
        return bool(ways(route, now=self.day.now, at_any_hour=False))

    def _is_true(self, id_: str, day: date | None) -> None:
        """Check that the plan does what was accepted."""
        with self.day.store.unit_of_work(read_only=True) as work:
            delivery = work.deliveries.get(id_)
        stops = [
            (route.date, stop)
            for route in self._routes()
            for stop in ahead(route)
            if id_ in stop.delivery_ids
        ]
        if not stops:
            assert delivery.stop_id is None
            return
        ((planned_on, stop),) = stops
        assert planned_on == delivery.date == (day or delivery.date)
        assert stop.window == delivery.window
        assert delivery.stop_id == stop.id

    def _routes(self) -> list[Route]:
        return [route for plan in self.day.plans().values() for route in plan.routes]

    def _route(self, van: int) -> Route:
        return self.day.plans()[A_DAY].routes[van % self.day.vans]

    def _out(self, van: int) -> Route | None:
        route = self._route(van)
        return route if route.state is RouteState.DEPARTED else None

    def _drive_to(self, instant: datetime) -> None:
        self.day.now = max(self.day.now, instant)

    def teardown(self) -> None:
        self.day.store.engine.dispose()


TestLivedDays = LivedDays.TestCase
# The same days every time: longer searches are run by hand, with more examples.
TestLivedDays.settings = settings(max_examples=14, stateful_step_count=25, derandomize=True)


def test_what_was_taken_off_a_van_that_is_out_comes_back_to_that_van_or_not_that_day() -> None:
    day = LivedDay(3)
    out, *others = day.plans()[A_DAY].routes
    gone = order_of(out)[-1]
    day.now = at(8)
    day.report("departed", out)
    tomorrow = at(10, day=A_DAY + timedelta(days=1))
    details = {"start": tomorrow.isoformat(), "end": (tomorrow + timedelta(hours=2)).isoformat()}
    assert day.choose(gone, OptionKind.WINDOW, **details).state is ChangeState.ACCEPTED
    today = {"start": at(14).isoformat(), "end": at(16).isoformat()}
    assert day.choose(gone, OptionKind.WINDOW, **today).state is ChangeState.ACCEPTED
    assert [gone in order_of(route) for route in day.plans()[A_DAY].routes] == [
        route.id == out.id for route in (out, *others)
    ]
