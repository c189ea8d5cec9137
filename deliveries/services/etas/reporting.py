"""How often what was said was true."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from deliveries.model.eta import EtaDay, EtaReport
from deliveries.ports import UnitOfWork


def report_etas(work: UnitOfWork, first: date, last: date) -> dict[str, EtaReport]:
    """Return what finished days came to, from the first to the last one, by depot."""
    days = sorted(
        (each for each in work.etas.days_since(first) if each.day <= last),
        key=lambda each: each.depot_id,
    )
    return {
        depot_id: summed(list(some))
        for depot_id, some in groupby(days, key=lambda each: each.depot_id)
    }


def summed(days: Sequence[EtaDay]) -> EtaReport:
    """Return what some days came to together."""
    promised, learned = sum(d.promised for d in days), sum(d.learned_promised for d in days)
    told = [day for day in days if day.promised]
    return EtaReport(
        days=len(days),
        stops=sum(day.stops for day in days),
        promised=promised,
        coverage=_share(sum(day.kept for day in days), promised),
        width_minutes=_share(sum(day.width_s for day in days) / 60, promised),
        learned_coverage=_share(sum(day.learned_kept for day in days), learned),
        learned_width_minutes=_share(sum(day.learned_width_s for day in days) / 60, learned),
        fixed_coverage=_share(sum(day.fixed_kept for day in days), promised),
        p50_minutes=_middle([day.p50_s / 60 for day in told]),
        p90_minutes=_middle([day.p90_s / 60 for day in told]),
    )


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _middle(values: Sequence[float]) -> float | None:
    return sorted(values)[len(values) // 2] if values else None
