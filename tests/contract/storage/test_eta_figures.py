"""Figures of windows told: in reports and at /metrics, from finished days in a real store."""

from datetime import datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry

from bot.eta_metrics import EtaCollector
from deliveries.model.eta import EtaDay
from deliveries.services.reports.days import report_days
from integrations.storage import Storage
from tests.builders import A_DAY, NOW


class AtNine:
    def now(self) -> datetime:
        return NOW


def a_finished_day(depot_id: str, days_ago: int, **different: int) -> EtaDay:
    usual = {"stops": 100, "promised": 100, "kept": 90, "width_s": 100 * 2_400}
    usual |= {"fixed_kept": 80, "p50_s": 300, "p90_s": 1_200}
    return EtaDay(depot_id, A_DAY - timedelta(days=days_ago), NOW, **{**usual, **different})


@pytest.fixture
def known(store: Storage) -> Storage:
    with store.unit_of_work() as work:
        work.etas.add_day(a_finished_day("dep-1", 1))
        work.etas.add_day(a_finished_day("dep-1", 2, kept=70, width_s=100 * 1_200, p50_s=500))
        work.etas.add_day(a_finished_day("dep-1", 8, kept=0))
        work.etas.add_day(a_finished_day("dep-2", 1, promised=0, kept=0, width_s=0))
        work.commit()
    return store


def figures(store: Storage) -> dict[tuple[str, ...], float]:
    registry = CollectorRegistry()
    registry.register(EtaCollector(store.unit_of_work, AtNine()))
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in registry.collect()
        for sample in family.samples
    }


def test_metrics_tell_each_depots_last_seven_days(known: Storage) -> None:
    assert figures(known) == {
        ("doorstep_eta_windows", "dep-1"): 200,
        ("doorstep_eta_windows", "dep-2"): 0,
        ("doorstep_eta_coverage", "dep-1"): 0.8,
        ("doorstep_eta_width_seconds", "dep-1"): 1_800,
        ("doorstep_eta_error_seconds", "dep-1", "0.5"): 500,
        ("doorstep_eta_error_seconds", "dep-1", "0.9"): 1_200,
    }


def test_before_any_day_is_over_there_is_nothing_to_tell(store: Storage) -> None:
    assert figures(store) == {}


def test_reports_tell_the_days_asked_for_and_no_others(known: Storage) -> None:
    first, last = A_DAY - timedelta(days=8), A_DAY - timedelta(days=2)
    with known.unit_of_work(read_only=True) as work:
        report = report_days(work, first, last, "Europe/London", now=NOW)
    assert {id_: (each.days, each.coverage) for id_, each in report.etas.items()} == {
        "dep-1": (2, 0.35)
    }
