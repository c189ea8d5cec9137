"""How often the windows told were true and how wide they were, for Prometheus."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import override

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from deliveries.errors import AssistantError
from deliveries.model.eta import EtaReport
from deliveries.ports import Clock, UnitOfWorkFactory
from deliveries.services.etas.reporting import report_etas

# A single day is one day's traffic; a week has each weekday once.
DAYS = timedelta(days=7)
_MINUTE_S = 60


class EtaCollector(Collector):
    """Reads finished days whenever it is asked; they are few rows, and change once a night."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        """Read nothing yet."""
        self._unit_of_work, self._clock = unit_of_work, clock

    @override
    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield each depot's last seven days; nothing while the store cannot be read."""
        today = self._clock.now().date()
        try:
            with self._unit_of_work(read_only=True) as work:
                reports = report_etas(work, today - DAYS, today)
        except AssistantError:
            return
        yield from _figures(reports)


def _figures(reports: Mapping[str, EtaReport]) -> Iterator[GaugeMetricFamily]:
    told = GaugeMetricFamily(
        "doorstep_eta_windows", "Windows told on the last seven days.", labels=["depot"]
    )
    coverage = GaugeMetricFamily(
        "doorstep_eta_coverage", "Share of arrivals inside them.", labels=["depot"]
    )
    width = GaugeMetricFamily("doorstep_eta_width_seconds", "Their mean width.", labels=["depot"])
    error = GaugeMetricFamily(
        "doorstep_eta_error_seconds",
        "How wrong the arrivals were that they were made from: the median day's quantiles.",
        labels=["depot", "quantile"],
    )
    for depot_id, report in reports.items():
        told.add_metric([depot_id], report.promised)
        if report.coverage is not None and report.width_minutes is not None:
            coverage.add_metric([depot_id], report.coverage)
            width.add_metric([depot_id], round(report.width_minutes * _MINUTE_S))
        for quantile, minutes in (("0.5", report.p50_minutes), ("0.9", report.p90_minutes)):
            if minutes is not None:
                error.add_metric([depot_id, quantile], round(minutes * _MINUTE_S))
    yield from (told, coverage, width, error)
