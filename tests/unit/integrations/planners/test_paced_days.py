"""Routes by the hour of the day, by an independent drive through the hours."""

import pickle
from dataclasses import replace
from datetime import date, timedelta

import pytest

from deliveries.insertion import Travel
from deliveries.insertion.travel import Points
from deliveries.model.preference import VerdictKind
from deliveries.model.route import Plan, Route, StopState
from deliveries.model.window import TimeWindow
from deliveries.ports import WantedWindow
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.adapter import solve_apart
from integrations.planners.embedded.solver import solve
from tests.builders import at
from tests.forward_pass import drive_seconds
from tests.planned_days import a_visit, an_empty_day, depart, is_as_planned, some_visits

# Slow before nine and after four, quick about noon.
PACES = (*(1.0,) * 7, 1.5, 1.8, 1.3, 1.0, 0.9, 0.9, 1.0, 1.1, 1.3, 1.7, 1.9, 1.2, *(1.0,) * 5)
STOP_PACES = {"address": 1.37, "pickup_point": 0.71}
NOW = at(5)
PLANNER = EmbeddedPlanner(
    budget_s=1.0, solver=lambda problem, s: solve(problem, budget_s=s), second_try=None
)


def a_day(
    paces: tuple[float, ...] | None = PACES,
    *,
    visits: int = 14,
    seed: int = 1,
    vans: int = 1,
    stop_paces: dict[str, float] | None = None,
) -> Plan:
    plan = an_empty_day(vans=vans, paces=paces, stop_paces=stop_paces)
    for visit in some_visits(visits, seed=seed):
        PLANNER.apply(plan, visit, visit.delivery_id, now=NOW, key="")
    plan.planned_at = NOW
    return plan


def times(route: Route) -> list[object]:
    return [(stop.arrival_at, stop.service_at, stop.leave_at) for stop in route.stops]


@pytest.mark.parametrize("seed", range(8))
def test_a_route_is_timed_by_the_hours_it_is_driven_in(seed: int) -> None:
    (route,) = a_day(seed=seed).routes
    assert is_as_planned(route)
    by_the_hour = times(route)
    route.paces = None
    PLANNER.retime(route, now=route.shift_start)
    assert is_as_planned(route)
    assert times(route) != by_the_hour


@pytest.mark.parametrize("seed", range(8))
def test_a_van_under_way_is_timed_by_the_hours_it_still_drives_in(seed: int) -> None:
    (route,) = a_day(seed=seed).routes
    now = depart(route, done=4, late=timedelta(minutes=20))
    PLANNER.retime(route, now=now)
    assert is_as_planned(route, since=now)


def test_a_van_that_was_heard_of_long_ago_has_driven_on_at_the_pace_of_the_hour() -> None:
    (route,) = a_day().routes
    heard = depart(route, done=4)
    now = heard + timedelta(hours=2)
    PLANNER.retime(route, now=now)
    ahead = [stop for stop in route.stops if stop.is_open]
    assert ahead[0].arrival_at is not None
    assert now <= ahead[0].arrival_at <= now + timedelta(seconds=1)


def test_a_day_at_which_every_hour_is_as_planned_is_the_day_without_paces() -> None:
    plain, steady = a_day(None).routes[0], a_day((1.0,) * 24).routes[0]
    assert times(steady) == times(plain)
    assert [s.delivery_ids for s in steady.stops] == [s.delivery_ids for s in plain.stops]


def test_hours_are_those_of_the_depots_clocks() -> None:
    paces = tuple(3.0 if hour == 10 else 1.0 for hour in range(24))
    summer = date(2026, 7, 7)
    plan = an_empty_day(
        vans=1,
        paces=paces,
        date=summer,
        shift_start=at(7, day=summer),
        shift_end=at(17, day=summer),
    )
    # Ten in London in July is nine by UTC.
    at_nine, at_ten = (TimeWindow(at(h, 1, day=summer), at(h, 2, day=summer)) for h in (9, 10))
    leaves = []
    for window in (at_nine, at_ten):
        visit = a_visit(lat=51.6, window=window)
        PLANNER.apply(plan, visit, "d-1", now=at(5, day=summer), key="")
        (route,) = plan.routes
        assert route.start_at is not None
        leaves.append(window.start - route.start_at)
    assert leaves[0] < leaves[1]
    assert is_as_planned(plan.routes[0])


@pytest.mark.parametrize("point", [None, "point"])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_offered_by_the_hour_is_what_is_then_served(seed: int, point: str | None) -> None:
    plan = a_day(seed=seed, visits=18, vans=2, stop_paces=STOP_PACES)
    visit = a_visit(
        delivery_id="new", lat=51.53, lon=-0.02, pickup_point_id=point, setup_s=121 if point else 0
    )
    if point:
        host = replace(visit, delivery_id="host", window=TimeWindow(at(10), at(13)))
        PLANNER.apply(plan, host, "host", now=NOW, key="")
    windows = [TimeWindow(at(hour), at(hour + 1)) for hour in range(8, 18)]
    wanted = [WantedWindow(str(n), visit, window) for n, window in enumerate(windows)]
    quotes = {quote.key: quote for quote in PLANNER.quote(plan, wanted, now=NOW)}
    for each in wanted:
        copy = pickle.loads(pickle.dumps(plan))  # noqa: S301 our own
        asked = replace(visit, window=each.window)
        verdict = PLANNER.apply(copy, asked, "new", now=NOW, key="")
        assert (verdict.kind is VerdictKind.ACCEPTED) == (each.key in quotes)
        assert all(is_as_planned(route) for route in copy.routes)


def test_stops_take_as_long_as_their_kind_was_learned_to_take() -> None:
    (plain,), (paced,) = (a_day(None, stop_paces=p).routes for p in (None, {"address": 1.5}))
    assert is_as_planned(paced)
    assert [s.delivery_ids for s in plain.stops] == [s.delivery_ids for s in paced.stops]
    for before, now in zip(plain.stops, paced.stops, strict=True):
        assert before.leave_at is not None
        assert now.leave_at is not None
        assert before.service_at is not None
        assert now.service_at is not None
        took, takes = before.leave_at - before.service_at, now.leave_at - now.service_at
        assert abs(takes - 1.5 * took) < timedelta(seconds=1)
        # What was told of the visit stays: it is what later changes are compared with.
        assert now.service_duration_s == before.service_duration_s


def test_a_van_that_stands_at_a_door_leaves_when_such_a_stop_is_over() -> None:
    (route,) = a_day(None, stop_paces={"address": 2.0}).routes
    now = depart(route)
    here, after = route.stops[:2]
    here.state, here.service_at = StopState.ARRIVED, now
    PLANNER.retime(route, now=now)
    leg = timedelta(seconds=drive_seconds((here.lat, here.lon), (after.lat, after.lon)))
    assert after.arrival_at == now + 2 * timedelta(seconds=here.service_duration_s) + leg


@pytest.mark.parametrize("pace", [0.61, 1.0, 1.43])
def test_one_of_several_parcels_that_leaves_a_stop_takes_its_time_with_it(pace: float) -> None:
    plan = an_empty_day(vans=1, stop_paces={"pickup_point": pace})
    visit = a_visit(pickup_point_id="point", setup_s=121, service_duration_s=30)
    for number in range(3):
        each = replace(visit, delivery_id=f"d-{number}")
        PLANNER.apply(plan, each, each.delivery_id, now=NOW, key="")
    home = a_visit(delivery_id="d-1", lat=51.53)
    windows = [TimeWindow(at(hour), at(hour, 30)) for hour in range(8, 18)]
    wanted = [WantedWindow(str(n), home, window) for n, window in enumerate(windows)]
    keys = {quote.key for quote in PLANNER.quote(plan, wanted, now=NOW)}
    assert keys
    for each in wanted:
        copy = pickle.loads(pickle.dumps(plan))  # noqa: S301 our own
        asked = replace(home, window=each.window)
        verdict = PLANNER.apply(copy, asked, "d-1", now=NOW, key="")
        assert (verdict.kind is VerdictKind.ACCEPTED) == (each.key in keys)
        assert is_as_planned(copy.routes[0])


def test_a_window_that_the_hour_makes_too_late_is_not_offered() -> None:
    def offered(paces: tuple[float, ...] | None) -> bool:
        plan = an_empty_day(vans=1, paces=paces)
        # A quarter of an hour from the depot at eight o'clock.
        visit = a_visit(lat=51.55)
        window = TimeWindow(at(8), at(8, 20))
        return bool(PLANNER.quote(plan, [WantedWindow("it", visit, window)], now=NOW))

    assert (offered(None), offered(PACES)) == (True, False)


@pytest.mark.parametrize("solver", [PLANNER.solver, solve_apart], ids=["here", "apart"])
def test_a_whole_day_is_kept_by_the_hour_whatever_the_solver_thinks(solver: object) -> None:
    planner = replace(PLANNER, solver=solver, travel=AskedOf(PLANNER.travel))
    plan = an_empty_day(vans=3, paces=PACES)
    visits = some_visits(24, seed=3)
    left = planner.plan_day(plan, visits)
    assert all(is_as_planned(route) for route in plan.routes)
    served = [id_ for route in plan.routes for stop in route.stops for id_ in stop.delivery_ids]
    assert len(served) + len(left) == len(visits)


class AskedOf:
    """Travel that another process could not ask: as a map server's, it has to be looked up."""

    def __init__(self, travel: Travel) -> None:
        self._travel = travel

    def between(self, origins: Points, destinations: Points) -> tuple[object, object]:
        return self._travel.between(origins, destinations)

    def __reduce__(self) -> str:
        raise TypeError
