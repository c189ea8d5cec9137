"""A planner that does not answer is left alone for a while."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from deliveries.errors import UnavailableError, UnreadableError
from deliveries.model.preference import VerdictKind
from deliveries.model.route import Plan
from deliveries.model.window import TimeWindow
from deliveries.ports import Improvement
from integrations.planners.breaker import Breaker, GuardedImprover, GuardedPlanner
from tests.builders import NOW
from tests.planned_days import a_visit, an_empty_day
from tests.unit.deliveries.services.pushed import Unruly, away, unreadable


class Line:
    """A line that works or does not, and a clock."""

    def __init__(self) -> None:
        self.works = False
        self.calls = 0
        self.now_s = 0.0
        self.breaker = Breaker(failures=3, open_s=30, clock=lambda: self.now_s)

    def ask(self) -> str:
        self.calls += 1
        if not self.works:
            raise UnavailableError("away")
        return "answer"

    def failures(self, count: int) -> None:
        for _ in range(count):
            with pytest.raises(UnavailableError):
                self.breaker.call(self.ask)


def test_after_failures_in_a_row_nobody_is_asked_and_the_wait_is_told() -> None:
    line = Line()
    line.failures(3)
    line.now_s = 10
    with pytest.raises(UnavailableError) as refused:
        line.breaker.call(line.ask)
    assert (line.calls, refused.value.retry_after_s) == (3, 20)


def test_an_answer_in_between_begins_the_count_again() -> None:
    line = Line()
    line.failures(2)
    line.works = True
    assert line.breaker.call(line.ask) == "answer"
    line.works = False
    line.failures(2)
    line.works = True
    assert line.breaker.call(line.ask) == "answer"


def test_after_the_wait_one_tries_and_its_failure_begins_another_wait() -> None:
    line = Line()
    line.failures(3)
    line.now_s = 30
    line.failures(2)
    assert line.calls == 4
    line.now_s = 60
    line.works = True
    assert [line.breaker.call(line.ask) for _ in range(2)] == ["answer", "answer"]


def test_while_one_tries_the_others_wait() -> None:
    line = Line()
    line.failures(3)
    line.now_s, line.works = 30, True

    def asked_meanwhile() -> str:
        with pytest.raises(UnavailableError):
            line.breaker.call(line.ask)
        return line.ask()

    assert line.breaker.call(asked_meanwhile) == "answer"
    assert line.calls == 4


def test_an_answer_nobody_can_read_is_no_failure_of_the_line() -> None:
    line = Line()
    line.failures(2)
    with pytest.raises(UnreadableError):
        line.breaker.call(unreadable)
    line.failures(2)
    assert line.calls == 4


def test_a_planner_behind_it_is_asked_as_before_until_it_fails() -> None:
    plan, unruly = an_empty_day(), Unruly(None, away)
    planner = GuardedPlanner(unruly, Breaker(failures=1))
    verdict = planner.apply(plan, a_visit(), "d-1", now=NOW, key="d-1:1")
    assert verdict.kind is VerdictKind.ACCEPTED
    for key in ("d-1:2", "d-1:3"):
        with pytest.raises(UnavailableError):
            planner.apply(plan, a_visit(), "d-1", now=NOW, key=key)
    assert unruly.keys == ["d-1:1", "d-1:2"]


def test_who_looks_for_better_routes_is_left_alone_with_it() -> None:
    asked: list[Plan] = []

    class Away:
        def improve(
            self, plan: Plan, promises: Mapping[str, TimeWindow], *, now: datetime
        ) -> Improvement | None:
            asked.append(plan)
            raise UnavailableError("away")

    planner = GuardedImprover(Unruly(), Away(), Breaker(failures=1))
    for _ in range(2):
        with pytest.raises(UnavailableError):
            planner.improve(an_empty_day(), {}, now=NOW)
    assert len(asked) == 1
    with pytest.raises(UnavailableError):
        planner.apply(an_empty_day(), a_visit(), "d-1", now=NOW, key="d-1:1")
