"""A day with Onfleet: published, changed by a text, reported by webhooks, told to the recipient."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.integration_events import IntegrationEvents, PlannerReports
from bot.transactions import Transactions
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.preference import ChangeState, PreferenceState
from deliveries.planner_settings import OnfleetSettings
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.outside import follow_plans, work_planner_events
from deliveries.services.days.planning import plan_day
from deliveries.services.notices.noticing import write_due_notices
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.onfleet import OnfleetApi, OnfleetPlanner, OnfleetWebhook
from integrations.planners.onfleet.api import to_ms
from tests.builders import A_DAY, a_delivery, a_stocked_storage, at
from tests.doubles import OpenVault
from tests.outside.onfleet import KEY, SECRET, Onfleet, signed
from tests.unit.deliveries.services.pushed import MACHINE, Depot

PATH = "/integrations/onfleet/events"


class Hand:
    """A clock that stands."""

    def now(self):  # type: ignore[no-untyped-def]  # noqa: ANN201 as the port
        return MACHINE


class Day(Depot):
    """A depot whose drivers' lists are Onfleet's, and the gateway's route for its reports."""

    def __init__(self, onfleet: Onfleet, *, team: str | None = None) -> None:
        self.onfleet = onfleet
        store = a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2", lat=51.52))
        self.api = OnfleetApi(f"{onfleet.url}/api/v2", KEY, calls_a_second=10_000)
        settings = OnfleetSettings(KEY, onfleet.url, SECRET, {"v-1": "worker~1"}, team=team)
        planner = OnfleetPlanner(
            EmbeddedPlanner(budget_s=0.3), self.api, settings, store.unit_of_work
        )
        super().__init__(planner=planner, store=store, now=at(9))
        self.desk = Desk(store.unit_of_work, planner, RoadGeography(), OpenVault())
        plan_day(store.unit_of_work, planner, "dep-1", A_DAY, now=at(5))
        self.transactions = Transactions(store.unit_of_work, threads=1)
        self.web = self._web(SECRET)

    def _web(self, secret: str | None) -> TestClient:
        reports = PlannerReports(OnfleetWebhook(secret), self.transactions, Hand())
        routes = IntegrationEvents({"onfleet": reports}).routes()
        return TestClient(Starlette(routes=routes))

    def closed(self) -> TestClient:
        return self._web(None)

    def report(self, trigger: int, delivery_id: str = "d-1", **more: object) -> httpx.Response:
        time = to_ms(more.pop("at", self.now))  # type: ignore[arg-type]
        raw = self.onfleet.report_body(trigger, delivery_id, time=time, **more)
        return self.web.post(PATH, content=raw, headers={"X-Onfleet-Signature": signed(raw)})

    def work(self) -> int:
        return work_planner_events(self.desk, now=self.now, technical_now=MACHINE)


@pytest.fixture
def onfleet() -> Iterator[Onfleet]:
    with Onfleet("worker~1") as server:
        yield server


@pytest.fixture
def day(onfleet: Onfleet) -> Iterator[Day]:
    day = Day(onfleet)
    yield day
    day.transactions.close()
    day.api.close()


@pytest.fixture
def slow_day(onfleet: Onfleet) -> Iterator[Day]:
    day = Day(onfleet, team="team~1")
    yield day
    day.transactions.close()
    day.api.close()


def names(day: Day) -> list[str]:
    """Return the notices that d-1 got."""
    return [each.sayings[0].name for each in day.messages() if each.delivery_id == "d-1"]


def test_a_choice_is_on_the_drivers_list_and_confirmed(day: Day) -> None:
    day.choose_window(14)
    day.push()
    at_door = timedelta(seconds=day.delivery().service_duration_s)
    assert day.onfleet.task_of("d-1")["completeBefore"] == to_ms(at(16) + at_door)
    assert day.change().state is ChangeState.ACCEPTED
    assert day.told() == ["choice_confirmed_eta"]


def test_a_choice_whose_driver_is_under_way_is_refused_as_such(day: Day) -> None:
    day.onfleet.start("d-1")
    day.choose_window(14)
    day.push()
    assert (day.change().state, day.change().reason) == (ChangeState.REJECTED, "under_way")
    assert day.told() == ["choice_refused_under_way"]


def test_an_eta_by_webhook_reaches_the_recipient_as_a_notice(day: Day) -> None:
    day.report(0)
    day.work()
    assert day.delivery().status is DeliveryStatus.OUT_FOR_DELIVERY
    day.report(1, task={"eta": to_ms(at(9, 40))})
    day.work()
    write_due_notices(day.store.unit_of_work, now=day.now)
    assert "notice_minutes_away" not in names(day)
    day.now = at(9, 30)
    assert day.report(1, etaSeconds=600, task={"eta": to_ms(at(9, 45))}).status_code == 200
    day.work()
    assert day.delivery().eta_at == at(9, 45)
    write_due_notices(day.store.unit_of_work, now=day.now)
    assert names(day).count("notice_minutes_away") == 1


def test_a_report_that_comes_twice_is_worked_once(day: Day) -> None:
    for _ in range(3):
        assert day.report(3, at=at(10)).status_code == 200
    day.now = at(10, 5)
    assert (day.work(), day.work()) == (1, 0)
    assert day.delivery().status is DeliveryStatus.DELIVERED


def test_reports_in_any_order_end_the_same(day: Day) -> None:
    day.now = at(11)
    day.report(3, at=at(10, 5))
    day.work()
    day.report(2, at=at(10))
    day.report(1, at=at(9, 50), etaSeconds=600)
    day.report(0, at=at(9, 40))
    assert day.work() == 3
    assert day.delivery().status is DeliveryStatus.DELIVERED
    assert day.delivery().attempts == 0


def test_an_old_eta_that_comes_late_is_no_news(day: Day) -> None:
    day.report(0)
    day.report(1, at=at(9, 30), task={"eta": to_ms(at(10))})
    day.report(1, at=at(9, 20), task={"eta": to_ms(at(12))})
    day.now = at(9, 31)
    assert day.work() == 3
    assert day.delivery().eta_at == at(10)


def test_a_failed_attempt_keeps_its_reason(day: Day) -> None:
    day.report(4, at=at(9), task={"completionDetails": {"failureReason": "UNAVAILABLE"}})
    day.work()
    assert day.delivery().status is DeliveryStatus.DELIVERY_FAILED


def test_a_report_about_somebody_elses_task_is_let_go(day: Day) -> None:
    task = day.onfleet.task_of("d-1")
    task["id"], task["metadata"] = "task~foreign", []
    raw = b'{"taskId":"task~foreign","triggerId":3,"time":1773133200}'
    day.web.post(PATH, content=raw, headers={"X-Onfleet-Signature": signed(raw)})
    assert day.work() == 1
    assert day.delivery().status is not DeliveryStatus.DELIVERED


def test_a_webhook_wakes_a_choice_whose_verdict_is_pending(slow_day: Day) -> None:
    day = slow_day
    day.choose_window(14)
    day.push()
    assert (day.change().state, day.told()) == (ChangeState.SENT, [])
    assert day.push() == 0
    day.onfleet.finish_jobs(d_1=to_ms(at(14, 20)))
    day.report(7)
    day.report(7, at=at(9, 1))
    day.work()
    assert day.push() == 1
    assert day.change().state is ChangeState.ACCEPTED
    assert (day.told(), day.push()) == (["choice_confirmed_eta"], 0)


def test_a_verdict_for_an_old_version_says_nothing(slow_day: Day) -> None:
    day = slow_day
    day.choose_window(14)
    day.push()
    with day.store.unit_of_work() as work:
        work.preferences.get("pref-1").state = PreferenceState.REPLACED
        work.commit()
    day.onfleet.finish_jobs(d_1=to_ms(at(14, 20)))
    day.choose_window(16, version=2)
    day.report(7)
    day.work()
    for _ in range(5):
        day.push()
        day.machine += timedelta(minutes=1)
        day.onfleet.finish_jobs(d_1=to_ms(at(16, 20)))
    assert day.change("ch-2").state is ChangeState.ACCEPTED
    assert day.told() == ["choice_confirmed_eta"]


def test_what_a_dispatcher_changes_is_followed(day: Day) -> None:
    assert follow_plans(day.desk, now=day.now) == 0
    day.onfleet.orders["worker~1"].reverse()
    wanted = [
        day.onfleet.tasks[id_]["metadata"][0]["value"] for id_ in day.onfleet.orders["worker~1"]
    ]
    assert follow_plans(day.desk, now=day.now) == 1
    assert [stop.delivery_ids[0] for stop in day.stops()] == wanted


def test_only_signed_reports_are_taken(day: Day) -> None:
    raw = day.onfleet.report_body(3, "d-1", time=to_ms(at(10)))
    assert day.web.post(PATH, content=raw).status_code == 403
    signature = {"X-Onfleet-Signature": signed(raw)}
    assert day.web.post(PATH, content=raw + b" ", headers=signature).status_code == 403
    assert day.closed().post(PATH, content=raw, headers=signature).status_code == 403
    assert day.web.post("/integrations/other/events", content=raw).status_code == 404
    assert day.web.post(PATH, content=raw, headers=signature).status_code == 200


def test_the_greeting_is_answered_with_its_own_word(day: Day) -> None:
    answer = day.web.get(PATH, params={"check": "abc123"})
    assert (answer.status_code, answer.text) == (200, "abc123")
    assert day.web.get(PATH).status_code == 404
    assert day.closed().get(PATH, params={"check": "abc123"}).status_code == 404
