"""How much longer legs take than planned, by the hour they begin in: learned from finished days."""

from collections.abc import Sequence

from deliveries.model.eta import EtaDay
from deliveries.ports import UnitOfWork

HOURS = range(24)
# An hour in which fewer legs were driven is taken to be as planned.
LEGS_NEEDED = 60
# One that has so many is believed by half: the few days behind them may have been odd ones.
LEGS_BELIEVED_HALF = 60
# Nothing beyond is traffic: somebody's map is wrong, or somebody's reports.
SLOWEST, FASTEST = 2.0, 0.5


def paces_from(days: Sequence[EtaDay]) -> dict[str, float]:
    """Return the paces of the hours in which enough legs were driven, shrunk to 1 by their number.

    The mean of all legs is taken, weighted by their length: it is what a day's legs add up to.
    """
    sums: dict[str, list[int]] = {}
    for day in days:
        for hour, counted in day.paces.items():
            known = sums.get(hour, [0, 0, 0])
            sums[hour] = [a + b for a, b in zip(known, counted, strict=True)]
    return {
        hour: _shrunk(driven_s / planned_s, legs)
        for hour, (planned_s, driven_s, legs) in sums.items()
        if legs >= LEGS_NEEDED and planned_s
    }


def learned_paces(work: UnitOfWork, depot_id: str) -> tuple[float, ...] | None:
    """Return a depot's paces by hour, as routes keep them; nothing while nothing was learned."""
    known = work.etas.paces(depot_id)
    return tuple(known.get(str(hour), 1.0) for hour in HOURS) if known else None


def _shrunk(pace: float, legs: int) -> float:
    believed = (legs * pace + LEGS_BELIEVED_HALF) / (legs + LEGS_BELIEVED_HALF)
    return round(min(max(believed, FASTEST), SLOWEST), 3)
