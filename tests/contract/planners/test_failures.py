"""When the other side is away, busy, wrong or talks nonsense: nothing changes or is doubled."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from deliveries.errors import AdapterError, RejectedError, UnavailableError, UnreadableError
from deliveries.model.preference import VerdictKind
from deliveries.model.route import Plan
from deliveries.ports import Visit, WantedWindow
from integrations.planners.embedded import EmbeddedPlanner
from tests.builders import at
from tests.outside.sides import OVER_A_LINE, Side
from tests.planned_days import a_visit, an_empty_day, is_as_planned, some_visits, two_hours

NIGHT = at(5)
TROUBLES: dict[str, type[AdapterError]] = {
    "down": UnavailableError,
    "broken": UnavailableError,
    "busy": UnavailableError,
    "refused": RejectedError,
    "nonsense": UnreadableError,
}


@pytest.fixture(params=sorted(OVER_A_LINE))
def side(request: pytest.FixtureRequest) -> Iterator[Side]:
    with OVER_A_LINE[request.param]() as side:
        yield side


def a_plan() -> Plan:
    plan = an_empty_day()
    for visit in some_visits(8):
        EmbeddedPlanner().apply(plan, visit, visit.delivery_id, now=NIGHT, key="")
    plan.planned_at = NIGHT
    return plan


def words(plan: Plan) -> str:
    return repr([[repr(stop) for stop in route.stops] for route in plan.routes])


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_change_that_fails_changes_nothing(side: Side, trouble: str) -> None:
    plan = a_plan()
    before = words(plan)
    assert side.outside is not None
    side.outside.always = trouble
    with pytest.raises(TROUBLES[trouble]) as failed:
        side.planner.apply(plan, a_visit(), "d-1", now=NIGHT, key="d-1:1")
    assert words(plan) == before
    assert "51.5" not in str(failed.value)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_day_that_cannot_be_planned_says_so(side: Side, trouble: str) -> None:
    assert side.outside is not None
    side.outside.always = trouble
    with pytest.raises(TROUBLES[trouble]):
        side.planner.plan_day(an_empty_day(), some_visits(4))


def test_being_told_to_wait_says_how_long(side: Side) -> None:
    assert side.outside is not None
    side.outside.always = "busy"
    with pytest.raises(UnavailableError) as failed:
        side.planner.apply(a_plan(), a_visit(), "d-1", now=NIGHT, key="d-1:1")
    assert failed.value.retry_after_s == 7


def test_one_hiccup_is_not_noticed(side: Side) -> None:
    if side.name == "google":
        pytest.skip("every call is paid for: none is repeated by itself")
    assert side.outside is not None
    side.outside.troubles.append("broken")
    verdict = side.planner.apply(a_plan(), a_visit(), "d-1", now=NIGHT, key="d-1:1")
    assert verdict.kind is VerdictKind.ACCEPTED


def test_after_a_failure_the_same_change_is_taken(side: Side) -> None:
    plan, visit = a_plan(), a_visit(window=two_hours(13))
    assert side.outside is not None
    side.outside.always = "down"
    with pytest.raises(UnavailableError):
        side.planner.apply(plan, visit, "d-1", now=NIGHT, key="d-1:1")
    side.outside.always = None
    verdict = side.planner.apply(plan, visit, "d-1", now=NIGHT, key="d-1:1")
    assert verdict.kind is VerdictKind.ACCEPTED
    assert all(is_as_planned(route) for route in plan.routes)


def test_quotes_need_nobody(side: Side) -> None:
    assert side.outside is not None
    side.outside.always = "down"
    wanted = [WantedWindow(str(hour), a_visit(), two_hours(hour)) for hour in (9, 13)]
    assert len(side.planner.quote(a_plan(), wanted, now=NIGHT)) == 2


def test_an_impossible_window_is_refused_with_a_reason(side: Side) -> None:
    far: Visit = replace(a_visit(window=two_hours(8)), lat=52.5)
    verdict = side.planner.apply(a_plan(), far, "d-1", now=NIGHT, key="d-1:1")
    assert verdict.kind is VerdictKind.REJECTED
    assert verdict.reason is not None
