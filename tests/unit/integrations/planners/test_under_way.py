"""Where a van is and what its driver has done, from what was reported of the day so far."""

from datetime import datetime, time, timedelta

import pytest

from deliveries.errors import UnavailableError
from deliveries.insertion.problem import Problem, Solution
from deliveries.model.network import Break
from deliveries.model.preference import VerdictKind
from deliveries.model.route import Plan, Route, RouteState, Stop, StopState
from deliveries.model.window import TimeWindow
from integrations.planners.embedded import EmbeddedPlanner
from tests.builders import at
from tests.planned_days import a_visit, an_empty_day, depart

PLANNER = EmbeddedPlanner(second_try=None)
LUNCH = Break(1800, time(12), time(14))
MINUTES = timedelta(minutes=1)


def a_long_day() -> Route:
    """A van whose lunch is between two of forty stops."""
    plan = an_empty_day(vans=1, breaks=(LUNCH,))
    for number in range(40):
        id_, lat, lon = (
            f"x-{number:02}",
            51.5 + 0.003 * (number % 10),
            -0.05 - 0.004 * (number // 10),
        )
        visit = a_visit(delivery_id=id_, lat=lat, lon=lon, service_duration_s=660)
        PLANNER.apply(plan, visit, id_, now=at(5), key="")
    [route] = plan.routes
    route.state = RouteState.DEPARTED
    PLANNER.retime(route, now=at(8))
    return route


def after_lunch(route: Route) -> int:
    """Return which stop is the first after the break as planned."""
    return next(
        number
        for number, (before, after) in enumerate(
            zip(route.stops, route.stops[1:], strict=False), start=1
        )
        if after.service_at is not None
        and before.leave_at is not None
        and after.service_at - before.leave_at > 25 * MINUTES
    )


def drive_to(route: Route, last: int, *, late: timedelta = timedelta()) -> datetime:
    """Serve all stops up to one as planned, all of them so much later; return when it was done."""
    for stop in route.stops[: last + 1]:
        stop.state = StopState.DONE
        stop.arrival_at, stop.service_at, stop.leave_at = (
            None if each is None else each + late
            for each in (stop.arrival_at, stop.service_at, stop.leave_at)
        )
    stop = route.stops[last]
    assert stop.leave_at is not None
    route.van_lat, route.van_lon, route.van_at = stop.lat, stop.lon, stop.leave_at
    return stop.leave_at


def etas(stops: list[Stop]) -> list[datetime]:
    return [stop.service_at for stop in stops if stop.service_at is not None]


@pytest.mark.parametrize("late", [timedelta(), 12 * MINUTES])
def test_a_break_that_was_taken_is_not_reckoned_with_again(late: timedelta) -> None:
    route = a_long_day()
    last = after_lunch(route)
    ahead = route.stops[last + 1 :]
    planned = etas(ahead)

    PLANNER.retime(route, now=drive_to(route, last, late=late))

    assert {eta - before for eta, before in zip(etas(ahead), planned, strict=True)} == {late}


def test_a_break_that_nothing_tells_of_is_still_to_come() -> None:
    route = a_long_day()
    last = after_lunch(route) - 1
    ahead = route.stops[last + 1 :]
    planned = etas(ahead)

    PLANNER.retime(route, now=drive_to(route, last))

    assert etas(ahead) == planned


def two_stops() -> tuple[Route, Stop, Stop]:
    """A van that came to the first of two doors at nine."""
    plan = an_empty_day(vans=1)
    for id_, lat in (("here", 51.51), ("far", 51.56)):
        PLANNER.apply(plan, a_visit(delivery_id=id_, lat=lat), id_, now=at(5), key="")
    [route] = plan.routes
    here, far = route.stops
    route.state, here.state = RouteState.DEPARTED, StopState.ARRIVED
    here.arrival_at = here.service_at = at(9)
    route.van_lat, route.van_lon, route.van_at = here.lat, here.lon, at(9)
    return route, here, far


@pytest.mark.parametrize("minutes", [10, 45])
def test_a_van_that_stands_at_a_door_is_not_taken_to_drive(minutes: int) -> None:
    route, here, far = two_stops()
    PLANNER.retime(route, now=at(9))
    assert far.arrival_at is not None
    leg = far.arrival_at - at(9) - timedelta(seconds=here.service_duration_s)
    route.van_at = at(9, minutes)

    PLANNER.retime(route, now=at(9, minutes))

    assert far.arrival_at == at(9, minutes) + leg


def test_a_van_that_is_seen_elsewhere_has_left_the_door_though_nobody_said_so() -> None:
    route, _, far = two_stops()
    route.van_lat, route.van_lon, route.van_at = far.lat, far.lon, at(9, 30)

    PLANNER.retime(route, now=at(9, 30))

    assert far.arrival_at is not None
    assert far.arrival_at <= at(9, 31)


def test_a_solver_that_is_gone_takes_no_place_away_that_insertion_has() -> None:
    def gone(_problem: Problem, _budget_s: float) -> Solution:
        raise UnavailableError("solver process ended")

    def choose(planner: EmbeddedPlanner) -> VerdictKind:
        plan: Plan = an_empty_day(vans=1)
        for number in range(12):
            id_, lat, lon = f"x-{number}", 51.512 + 0.012 * number, -0.05 - 0.02 * (number % 2)
            PLANNER.apply(plan, a_visit(delivery_id=id_, lat=lat, lon=lon), id_, now=at(5), key="")
        plan.planned_at = at(5)
        [route] = plan.routes
        now = depart(route, done=1)
        stop = route.stops[3]
        [id_] = stop.delivery_ids
        window = TimeWindow(at(14), at(15))
        visit = a_visit(delivery_id=id_, lat=stop.lat, lon=-0.05, window=window)
        return planner.apply(plan, visit, id_, now=now, key="").kind

    assert choose(PLANNER) is VerdictKind.ACCEPTED
    assert choose(EmbeddedPlanner(second_try=gone)) is VerdictKind.ACCEPTED
