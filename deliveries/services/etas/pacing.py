"""How much longer legs and stops take than planned: learned from finished days.

Legs by the hour they begin in, stops by their kind.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from deliveries.model.eta import EtaDay
from deliveries.ports import UnitOfWork

HOURS = range(24)
# Fewer legs or stops say nothing: they are taken to be as planned.
NEEDED = 60
# So many are believed by half: the few days behind them may have been odd ones.
BELIEVED_HALF = 60
# Nothing beyond is traffic: somebody's map is wrong, or somebody's reports.
SLOWEST, FASTEST = 2.0, 0.5

type Sums = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Learned:
    """What routes are planned and timed with; see ``Route``."""

    paces: tuple[float, ...] | None = None
    stop_paces: Mapping[str, float] | None = None


def paces_from(days: Sequence[EtaDay]) -> dict[str, float]:
    """Return the paces of the hours in which enough legs were driven, shrunk to 1 by their number.

    The mean of all legs is taken, weighted by their length: it is what a day's legs add up to.
    """
    return _paces(day.paces for day in days)


def stop_paces_from(days: Sequence[EtaDay]) -> dict[str, float]:
    """Return the paces of kinds of stops likewise."""
    return _paces(day.stop_paces or {} for day in days)


def learned_paces(work: UnitOfWork, depot_id: str) -> Learned:
    """Return what a depot has learned, as routes keep it; nothing while nothing was."""
    by_hour, by_kind = work.etas.paces(depot_id)
    paces = tuple(by_hour.get(str(hour), 1.0) for hour in HOURS) if by_hour else None
    return Learned(paces, by_kind or None)


def _paces(days: Iterable[Sums]) -> dict[str, float]:
    sums: dict[str, list[int]] = {}
    for day in days:
        for key, counted in day.items():
            known = sums.get(key, [0, 0, 0])
            sums[key] = [a + b for a, b in zip(known, counted, strict=True)]
    return {
        key: _shrunk(real_s / planned_s, count)
        for key, (planned_s, real_s, count) in sums.items()
        if count >= NEEDED and planned_s
    }


def _shrunk(pace: float, count: int) -> float:
    believed = (count * pace + BELIEVED_HALF) / (count + BELIEVED_HALF)
    return round(min(max(believed, FASTEST), SLOWEST), 3)
