"""How often what was said was true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deliveries.model.eta import EtaDay
from deliveries.ports import UnitOfWork


@dataclass(frozen=True)
class EtaReport:
    """Windows told and kept over some days; shares are none where nothing was promised.

    Attributes:
        promised: Windows told and not changed by the recipient afterwards.
        coverage: Share of arrivals inside them.
        width_minutes: Their mean width.
        learned_coverage: Likewise of those whose width was learned, with their width.
        fixed_coverage: Share within 30 minutes of the same expectations: an hour for everybody.
        p50_minutes: Median over days of each day's median error; likewise ``p90_minutes``.
    """

    days: int
    stops: int
    promised: int
    coverage: float | None
    width_minutes: float | None
    learned_coverage: float | None
    learned_width_minutes: float | None
    fixed_coverage: float | None
    p50_minutes: float | None
    p90_minutes: float | None


def report_etas(work: UnitOfWork, first: date, *, depot_id: str | None = None) -> EtaReport:
    """Return what days from one on came to, of one depot or of all."""
    return summed(work.etas.days_since(first, depot_id=depot_id))


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
