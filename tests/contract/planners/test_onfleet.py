"""What only Onfleet does: tasks with states, webhooks, lists that others change, late verdicts."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from deliveries.errors import RejectedError, UnreadableError
from deliveries.model.outside import task_id
from deliveries.model.preference import RejectionReason, VerdictKind
from deliveries.model.route import Plan
from deliveries.planner_settings import OnfleetSettings
from deliveries.ports import Verdict
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.onfleet import OnfleetApi, OnfleetPlanner, OnfleetWebhook
from integrations.planners.onfleet.api import to_ms
from tests.builders import NOW, a_stocked_storage, at
from tests.outside.onfleet import KEY, SECRET, Onfleet, signed
from tests.planned_days import a_visit, an_empty_day, depart, route_of, some_visits, two_hours

NIGHT = at(5)
CONTRACTS = Path(os.environ.get("DOORSTEP_REFERENCE_DIR", "../shared")) / "contracts/onfleet"


class Fleet:
    """An organisation with two drivers, and the planner that talks to it."""

    def __init__(self, onfleet: Onfleet, *, team: str | None = None) -> None:
        self.onfleet = onfleet
        self.api = OnfleetApi(f"{onfleet.url}/api/v2", KEY, calls_a_second=10_000)
        self.store = a_stocked_storage()
        workers = {"v-1": "worker~1", "v-2": "worker~2"}
        settings = OnfleetSettings(KEY, onfleet.url, SECRET, workers, team=team)
        self.planner = OnfleetPlanner(
            EmbeddedPlanner(budget_s=0.3), self.api, settings, self.store.unit_of_work
        )
        self.plan = an_empty_day()

    def publish(self, count: int = 6) -> Plan:
        assert self.planner.plan_day(self.plan, some_visits(count)) == ()
        self.plan.planned_at = NIGHT
        return self.plan

    def apply(self, hour: int, *, version: int = 1, **different: object) -> Verdict:
        visit = replace(some_visits(6)[1], window=two_hours(hour), **different)  # type: ignore[arg-type]
        return self.planner.apply(self.plan, visit, "x-1", now=NIGHT, key=f"x-1:{version}")


@pytest.fixture
def onfleet() -> Iterator[Onfleet]:
    with Onfleet("worker~1", "worker~2") as server:
        yield server


@pytest.fixture
def fleet(onfleet: Onfleet) -> Iterator[Fleet]:
    fleet = Fleet(onfleet)
    yield fleet
    fleet.api.close()


@pytest.fixture
def slow_fleet(onfleet: Onfleet) -> Iterator[Fleet]:
    fleet = Fleet(onfleet, team="team~1")
    yield fleet
    fleet.api.close()


def in_order(fleet: Fleet) -> list[list[str]]:
    by_task = {task["id"]: task for task in fleet.onfleet.tasks.values()}
    return [
        [by_task[id_]["metadata"][0]["value"] for id_ in fleet.onfleet.orders[worker]]
        for worker in ("worker~1", "worker~2")
    ]


def window_of(fleet: Fleet) -> tuple[int | None, int | None]:
    task = fleet.onfleet.task_of("x-1")
    return task["completeAfter"], task["completeBefore"]


def ours(plan: Plan) -> list[list[str]]:
    return [[id_ for stop in route.stops for id_ in stop.delivery_ids] for route in plan.routes]


def test_a_published_day_is_what_the_drivers_see(fleet: Fleet) -> None:
    plan = fleet.publish()
    assert in_order(fleet) == ours(plan)
    calls = len(fleet.onfleet.calls)
    fleet.planner._publish(plan, plan.routes[0])
    assert len(fleet.onfleet.calls) == calls + 1


def test_a_window_is_told_as_completion(fleet: Fleet) -> None:
    fleet.publish()
    assert fleet.apply(13).kind is VerdictKind.ACCEPTED
    at_door = timedelta(seconds=some_visits(6)[1].service_duration_s)
    task = fleet.onfleet.task_of("x-1")
    assert task["completeAfter"] == to_ms(at(13) + at_door)
    assert task["completeBefore"] == to_ms(at(15) + at_door)
    assert in_order(fleet) == ours(fleet.plan)


def test_another_place_is_made_first_and_only_once(fleet: Fleet) -> None:
    fleet.publish()
    before = len(fleet.onfleet.destinations)
    assert fleet.apply(13, lat=51.51, lon=-0.06).kind is VerdictKind.ACCEPTED
    assert fleet.apply(13, lat=51.51, lon=-0.06).kind is VerdictKind.ACCEPTED
    assert len(fleet.onfleet.destinations) == before + 1
    place = fleet.onfleet.destinations[fleet.onfleet.task_of("x-1")["destination"]]
    assert place["location"] == [-0.06, 51.51]


def test_a_driver_under_way_is_a_reason(fleet: Fleet) -> None:
    fleet.publish()
    fleet.onfleet.start("x-1")
    assert fleet.apply(13) == Verdict(VerdictKind.REJECTED, RejectionReason.UNDER_WAY)
    fleet.onfleet.complete("x-1")
    assert fleet.apply(13) == Verdict(VerdictKind.REJECTED, RejectionReason.ALREADY_PASSED)


def test_an_answer_that_was_lost_makes_no_second_task(fleet: Fleet) -> None:
    fleet.publish()
    visit = a_visit(window=two_hours(12))
    fleet.onfleet.troubles.extend(["", "", "done, then silent"])
    with pytest.raises(Exception, match="cannot be reached"):
        fleet.planner.apply(fleet.plan, visit, "d-1", now=NIGHT, key="d-1:1")
    fleet.planner.apply(fleet.plan, visit, "d-1", now=NIGHT, key="d-1:1")
    assert fleet.onfleet.task_of("d-1")["state"] == 1


def test_what_is_taken_out_leaves_the_drivers_list(fleet: Fleet) -> None:
    fleet.publish()
    verdict = fleet.planner.apply(fleet.plan, None, "x-1", now=NIGHT, key="x-1:1")
    assert verdict.kind is VerdictKind.ACCEPTED
    assert in_order(fleet) == ours(fleet.plan)


def test_a_verdict_can_come_later(slow_fleet: Fleet) -> None:
    fleet = slow_fleet
    fleet.publish()
    before = ours(fleet.plan)
    assert fleet.apply(13).kind is VerdictKind.PENDING
    assert fleet.apply(13).kind is VerdictKind.PENDING
    assert len(fleet.onfleet.jobs) == 1
    assert ours(fleet.plan) == before
    fleet.onfleet.finish_jobs(x_1=to_ms(at(13, 30)))
    assert fleet.apply(13).kind is VerdictKind.ACCEPTED


def test_a_late_no_puts_the_task_back(slow_fleet: Fleet) -> None:
    fleet = slow_fleet
    fleet.publish()
    was = {**fleet.onfleet.task_of("x-1")}
    assert fleet.apply(13).kind is VerdictKind.PENDING
    fleet.onfleet.finish_jobs(x_1=to_ms(at(15, 30)))
    assert fleet.apply(13) == Verdict(VerdictKind.REJECTED, RejectionReason.WINDOW_FULL)
    task = fleet.onfleet.task_of("x-1")
    assert (task["completeAfter"], task["completeBefore"]) == (
        was["completeAfter"],
        was["completeBefore"],
    )


def test_a_job_that_failed_puts_the_task_back(slow_fleet: Fleet) -> None:
    fleet = slow_fleet
    fleet.publish()
    was = window_of(fleet)
    assert fleet.apply(13).kind is VerdictKind.PENDING
    fleet.onfleet.fail_jobs()
    with pytest.raises(RejectedError):
        fleet.apply(13)
    assert window_of(fleet) == was


def test_room_that_was_lost_while_onfleet_worked_puts_the_task_back(slow_fleet: Fleet) -> None:
    fleet = slow_fleet
    fleet.publish()
    was = window_of(fleet)
    assert fleet.apply(13).kind is VerdictKind.PENDING
    for route in fleet.plan.routes:
        route.shift_end = at(12)
    assert fleet.apply(13).kind is VerdictKind.REJECTED
    assert window_of(fleet) == was


def test_what_dispatchers_change_is_taken_over(fleet: Fleet) -> None:
    plan = fleet.publish()
    assert fleet.planner.follow(plan, now=NIGHT) is None
    first, second = fleet.onfleet.orders.values()
    first.reverse()
    second.append(first.pop())
    removed = fleet.planner.follow(plan, now=NIGHT)
    assert removed is not None
    assert len(removed) == 1
    assert ours(plan) == in_order(fleet)


def test_a_told_eta_moves_the_stops_behind_it(fleet: Fleet) -> None:
    plan = fleet.publish()
    route = max(plan.routes, key=lambda each: len(each.stops))
    now = depart(route)
    first = route.stops[0].delivery_ids[0]
    fleet.planner.retime(route, now=now)
    was = [stop.arrival_at for stop in route.stops]
    told = (was[0] or now) + timedelta(minutes=10)
    with fleet.store.unit_of_work() as work:
        task = work.outside_tasks.get(task_id("onfleet", first))
        task.eta_at, task.eta_noted_at = told, now
        work.commit()
    fleet.planner.retime(route, now=now)
    assert route.stops[0].arrival_at == told
    assert route is route_of(plan, first)
    late = [stop.arrival_at - old for stop, old in zip(route.stops, was, strict=True) if old]  # type: ignore[operator]
    assert late == sorted(late, reverse=True)


def test_a_webhook_is_read_without_the_people_in_it(fleet: Fleet) -> None:
    fleet.publish()
    raw = fleet.onfleet.report_body(
        1, "x-1", time=to_ms(NOW), etaSeconds=600, task={"eta": to_ms(NOW) + 600_000}
    )
    (event,) = OnfleetWebhook(SECRET).read(raw, received_at=NOW)
    assert (event.kind, event.delivery_id, event.at) == ("eta", "x-1", NOW)
    assert event.facts == {"eta_at": (NOW + timedelta(minutes=10)).isoformat()}
    assert "Robin" not in repr(event)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"triggerId":1}', b'{"taskId":"t"}'])
def test_a_webhook_that_cannot_be_read_says_so(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        OnfleetWebhook(SECRET).read(body, received_at=NOW)


def test_only_what_is_signed_is_genuine() -> None:
    webhook, raw = OnfleetWebhook(SECRET), b'{"a": 1}'
    assert webhook.is_genuine({"x-onfleet-signature": signed(raw)}, raw)
    assert not webhook.is_genuine({"x-onfleet-signature": signed(raw)}, raw + b" ")
    assert not webhook.is_genuine({"x-onfleet-signature": "ä"}, raw)
    assert not webhook.is_genuine({}, raw)
    assert not OnfleetWebhook(None).is_genuine({"x-onfleet-signature": signed(raw)}, raw)
    assert (webhook.greet({"check": "abc"}), OnfleetWebhook(None).greet({"check": "a"})) == (
        "abc",
        None,
    )


def test_the_signature_of_the_contract_is_taken() -> None:
    fixture = CONTRACTS / "webhook_taskEta.json"
    if not fixture.exists():
        if os.environ.get("DOORSTEP_REQUIRE_SERVERS") == "1":
            pytest.fail("the reference folder is missing")
        pytest.skip("the reference folder is not there")
    case = json.loads(fixture.read_text())
    raw, webhook = case["raw_body"].encode(), OnfleetWebhook(case["secret_hex"])
    assert webhook.is_genuine({"x-onfleet-signature": case["signature"]}, raw)
    (event,) = webhook.read(raw, received_at=NOW)
    assert (event.kind, event.delivery_id) == ("eta", "PKG-104")
