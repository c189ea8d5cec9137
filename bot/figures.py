"""The day's figures for Prometheus: those of the reports, read when they are asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from deliveries.errors import AssistantError
from deliveries.model.report import Report, Spread
from deliveries.ports import Clock, UnitOfWorkFactory
from deliveries.services.reports.days import report_days, zone_of_reports

_log = structlog.get_logger()


@dataclass(frozen=True, eq=False)
class Figures(Collector):
    """Reads the queue and today's report; every gateway of a database tells the same."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock

    def describe(self) -> Iterable[Metric]:
        """Tell nothing beforehand: nothing is read at the start."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Yield the figures; nothing while the database is away."""
        try:
            report = self._report()
        except AssistantError as error:
            _log.warning("figures_unread", error=error.code)
            return
        queue = report.queue
        yield _by_reason("doorstep_chats_waiting", "Chats that wait for staff.", queue.reasons)
        yield GaugeMetricFamily(
            "doorstep_chats_overdue", "Waiting chats past their target.", queue.overdue
        )
        yield GaugeMetricFamily(
            "doorstep_chats_with_agents", "Chats that agents have.", queue.with_agents
        )
        yield GaugeMetricFamily(
            "doorstep_day_conversations", "Conversations people wrote in today.", report.talks
        )
        yield GaugeMetricFamily(
            "doorstep_day_conversations_finished_by_assistant",
            "Those of today in which no person was asked for.",
            report.finished_by_bot,
        )
        asked = {each.key: each.cases for each in report.reasons}
        yield _by_reason("doorstep_day_handoffs", "Chats passed to staff today.", asked)
        yield _spread("doorstep_day_wait_seconds", "Until a person answered.", report.waited)
        yield _spread("doorstep_day_handling_seconds", "An agent had a chat.", report.handled)

    def _report(self) -> Report:
        now = self.clock.now()
        with self.unit_of_work(read_only=True) as work:
            zone = zone_of_reports(work)
            today = now.astimezone(ZoneInfo(zone)).date()
            return report_days(work, today, today, zone, now=now)


def _by_reason(name: str, text: str, counts: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=["reason"])
    for reason, count in counts.items():
        family.add_metric([reason], count)
    return family


def _spread(name: str, text: str, spread: Spread) -> Metric:
    family = GaugeMetricFamily(name, text, labels=["quantile"])
    for quantile, span in (("0.5", spread.median), ("0.9", spread.p90)):
        if span is not None:
            family.add_metric([quantile], span / timedelta(seconds=1))
    return family
