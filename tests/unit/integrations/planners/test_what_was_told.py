"""What recipients were told, over several changes in a row: small delays do not add up."""

from datetime import datetime, timedelta

import pytest

from deliveries.model.preference import VerdictKind
from deliveries.model.route import Plan
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit, WantedWindow
from deliveries.services.notices.promises import is_late
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.mapping import in_order, new_stop
from tests.builders import at
from tests.planned_days import a_visit, an_empty_day, stops_of

NIGHT = at(5)
# Nobody is back in time from the neighbour, who lives far out: the van has to come before.
BEFORE = TimeWindow(at(9, 30), at(10, 25))
HALF_AN_HOUR = timedelta(minutes=30)
PLANNER = EmbeddedPlanner(second_try=None)


def a_newcomer(number: int) -> Visit:
    return a_visit(delivery_id=f"n-{number}", service_duration_s=600, window=BEFORE)


def a_day(*, vans: int) -> Plan:
    """One van that goes far out to a neighbour who was told the hour around that."""
    plan = an_empty_day(vans=vans)
    first = a_visit(delivery_id="first", window=BEFORE)
    neighbour = a_visit(delivery_id="neighbour", lon=0.08)
    in_order(plan.routes[0], [new_stop(first), new_stop(neighbour)])
    PLANNER.retime(plan.routes[0], now=NIGHT)
    plan.planned_at = NIGHT
    eta = eta_of(plan)
    plan.told = {"neighbour": TimeWindow(eta - HALF_AN_HOUR, eta + HALF_AN_HOUR)}
    return plan


def eta_of(plan: Plan) -> datetime:
    (stop,) = stops_of(plan, "neighbour")
    assert stop.service_at is not None
    return stop.service_at


def is_broken(plan: Plan) -> bool:
    assert plan.told is not None
    return is_late(eta_of(plan), plan.told["neighbour"])


def take_in(plan: Plan, count: int) -> list[VerdictKind]:
    visits = [a_newcomer(number) for number in range(count)]
    return [PLANNER.apply(plan, v, v.delivery_id, now=NIGHT, key="").kind for v in visits]


def test_a_change_that_would_break_what_a_neighbour_was_told_goes_elsewhere() -> None:
    plan = a_day(vans=2)
    assert take_in(plan, 5) == [VerdictKind.ACCEPTED] * 5
    assert [len(route.stops) for route in plan.routes] == [6, 1]
    assert not is_broken(plan)


def test_nobody_is_refused_for_what_a_neighbour_was_told() -> None:
    plan = a_day(vans=1)
    assert take_in(plan, 4) == [VerdictKind.ACCEPTED] * 4
    assert not is_broken(plan)
    assert take_in(plan, 5)[4:] == [VerdictKind.ACCEPTED]
    assert is_broken(plan)


def test_what_breaks_it_is_offered_only_if_nothing_else_can_be() -> None:
    plan = a_day(vans=1)
    take_in(plan, 4)
    asked = a_newcomer(4)
    breaks = WantedWindow("breaks", asked, BEFORE)
    keeps = WantedWindow("keeps", asked, TimeWindow(at(14), at(16)))

    def offered(*wanted: WantedWindow) -> list[str]:
        return [quote.key for quote in PLANNER.quote(plan, wanted, now=NIGHT)]

    assert offered(breaks, keeps) == ["keeps"]
    assert offered(breaks) == ["breaks"]


@pytest.mark.parametrize(("chosen", "is_kept"), [(at(9), True), (at(14), False)])
def test_who_chose_another_time_is_not_held_to_what_they_were_told(
    chosen: datetime, *, is_kept: bool
) -> None:
    plan = a_day(vans=2)
    (stop,) = stops_of(plan, "neighbour")
    stop.window_start, stop.window_end = chosen, chosen + timedelta(hours=4)
    PLANNER.retime(plan.routes[0], now=NIGHT)
    take_in(plan, 5)
    assert [len(route.stops) for route in plan.routes] == ([6, 1] if is_kept else [7, 0])
