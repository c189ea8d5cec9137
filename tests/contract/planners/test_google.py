"""What only Google does: it costs money, wants tokens, and keeps a loaded van's stops on it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deliveries.errors import RejectedError
from deliveries.model.preference import VerdictKind
from deliveries.model.route import Plan
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.google import GoogleSolver, Purse, Tokens
from integrations.storage import Storage
from tests.builders import NOW, a_stocked_storage, at
from tests.outside.google import GoogleRoutes
from tests.outside.sides import google_settings
from tests.planned_days import a_visit, an_empty_day, depart, some_visits, two_hours

NIGHT = at(5)
CONTRACTS = Path(os.environ.get("DOORSTEP_REFERENCE_DIR", "../shared")) / "contracts"


@pytest.fixture
def google() -> Iterator[GoogleRoutes]:
    with GoogleRoutes() as server:
        yield server


@pytest.fixture
def key(google: GoogleRoutes, tmp_path: Path) -> Path:
    return google.write_key(tmp_path)


@pytest.fixture
def store() -> Iterator[Storage]:
    store = a_stocked_storage()
    yield store
    store.close()


@contextmanager
def a_planner(
    google: GoogleRoutes, key: Path, store: Storage, *, cents: int
) -> Iterator[EmbeddedPlanner]:
    settings = google_settings(google, key, cents=cents)
    purse = Purse(store.unit_of_work, settings.cents_a_day, lambda: NOW)
    solver = GoogleSolver.of(settings, purse, calls_a_second=10_000)
    yield EmbeddedPlanner(solver=solver, order=solver)
    solver.caller.close()


def a_plan() -> Plan:
    plan = an_empty_day(vans=1)
    for visit in some_visits(6):
        EmbeddedPlanner().apply(plan, visit, visit.delivery_id, now=NIGHT, key="")
    plan.planned_at = NIGHT
    return plan


def open_tasks(store: Storage) -> list[str]:
    with store.unit_of_work(read_only=True) as work:
        return [task.kind for task in work.tasks.open()]


def test_one_token_serves_many_calls(google: GoogleRoutes, key: Path, store: Storage) -> None:
    plan = a_plan()
    with a_planner(google, key, store, cents=1000) as planner:
        for hour in (9, 11, 13):
            visit = a_visit(delivery_id=f"n-{hour}", window=two_hours(hour))
            assert (
                planner.apply(plan, visit, visit.delivery_id, now=NIGHT, key="").kind == "accepted"
            )
        assert (google.tokens, len(google.requests)) == (1, 3)


def test_what_the_limit_does_not_allow_is_not_asked(
    google: GoogleRoutes, key: Path, store: Storage
) -> None:
    with a_planner(google, key, store, cents=23) as planner:
        with pytest.raises(RejectedError):
            planner.plan_day(an_empty_day(), some_visits(8))
        assert google.requests == []
        assert open_tasks(store) == ["planner_budget_spent"]


def test_past_the_limit_choices_are_still_taken_in(
    google: GoogleRoutes, key: Path, store: Storage
) -> None:
    plan = a_plan()
    with a_planner(google, key, store, cents=7) as planner:
        for number in range(3):
            visit = a_visit(delivery_id=f"n-{number}", window=two_hours(11 + number))
            verdict = planner.apply(plan, visit, visit.delivery_id, now=NIGHT, key="")
            assert verdict.kind is VerdictKind.ACCEPTED
        assert len(google.requests) == 1
        assert open_tasks(store) == ["planner_budget_spent"]


def test_a_loaded_vans_route_is_injected_and_its_next_stop_stays(
    google: GoogleRoutes, key: Path, store: Storage
) -> None:
    plan = a_plan()
    with a_planner(google, key, store, cents=1000) as planner:
        route = plan.routes[0]
        now = depart(route, done=1)
        last = route.stops[-1]
        visit = a_visit(
            delivery_id=last.delivery_ids[0], lat=last.lat, lon=last.lon, window=two_hours(15)
        )
        assert planner.apply(plan, visit, visit.delivery_id, now=now, key="").kind == "accepted"
        (request,) = google.requests
        injected = request["injectedSolutionConstraint"]
        fixture = CONTRACTS / "google-route-optimization/loaded_van_reoptimize.json"
        if fixture.exists():
            contract = json.loads(fixture.read_text())["request"]["body"]
            assert (
                injected["constraintRelaxations"]
                == (contract["injectedSolutionConstraint"]["constraintRelaxations"])
            )
            for name in ("shipments", "vehicles"):
                theirs = {field for each in contract["model"][name] for field in each}
                ours = {field for each in request["model"][name] for field in each}
                assert ours - theirs <= {"startTags", "endTags", "costPerTraveledHour"}
        (injected_route,) = injected["routes"]
        assert visit.delivery_id not in repr(injected_route)
        assert len(injected_route["visits"]) == len(route.stops) - 2


def test_an_account_that_is_refused_says_so(
    google: GoogleRoutes, key: Path, tmp_path: Path
) -> None:
    other = GoogleRoutes()
    with other:
        content = json.loads(other.write_key(tmp_path).read_text())
    content["token_uri"] = f"{google.url}/token"
    key.write_text(json.dumps(content))
    with pytest.raises(RejectedError):
        Tokens(str(key)).headers()
    key.write_text("{}")
    with pytest.raises(RejectedError):
        Tokens(str(key))
