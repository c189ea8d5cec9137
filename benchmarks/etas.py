"""How often windows told are true, and how wide: errors of many kinds, and learned in one traffic.

Made-up errors first, a day after the other through the product's own learning; with a folder of a
day's files, whole simulated days after that: learned in one traffic, measured in another.
"""

import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt
from pathlib import Path

from cli.simulate import FIRST_DAY, assumptions, simulate
from cli.simulation.days import Setting
from cli.simulation.report import etas
from cli.simulation.world import USUAL
from deliveries.services.etas.conformal import shifted, sketched, span_s
from deliveries.services.etas.reporting import summed
from integrations.day_files import read_sources

LEARNED, MEASURED = 8, 4
ASKED, FIXED_S = 0.9, 1_800
DAYS, VANS, STOPS, LEARNED_FROM = 150, 6, 20, 42

type Draw = Callable[[random.Random, int], float]


@dataclass(frozen=True)
class LongRun:
    """What windows came to: shares of arrivals inside, and their mean width.

    Attributes:
        fixed: Share within 30 minutes of what was expected.
    """

    coverage: float
    width_minutes: float
    fixed: float


def _skewed(dice: random.Random, _: int) -> float:
    return dice.lognormvariate(6, 0.8) - 400


def _heavy_tailed(dice: random.Random, _: int) -> float:
    """Return Student's t with two degrees of freedom, in five minutes: it has no variance."""
    return 300 * dice.gauss(0, 1) / sqrt(dice.gammavariate(1, 2) / 2)


def _drifting(dice: random.Random, day: int) -> float:
    return dice.gauss(8 * day, 300 + 8 * day)


def _broken(dice: random.Random, day: int) -> float:
    """Return errors three times as large from the sixtieth day on, as with roadworks."""
    return dice.gauss(0, 300 if day < DAYS * 2 // 5 else 900)


KINDS: dict[str, Draw] = {
    "skewed": _skewed,
    "heavy-tailed": _heavy_tailed,
    "drifting": _drifting,
    "broken": _broken,
}


def long_run(draw: Draw, *, seed: int = 1, together_s: float = 0.0) -> LongRun:
    """Return what windows come to from the second day on.

    Args:
        draw: Returns an error in seconds on a day.
        seed: Of the errors.
        together_s: Spread of what all stops of one day share, and again all of one van.
    """
    dice = random.Random(seed)  # noqa: S311 made-up errors
    days: list[Sequence[tuple[int, int, int]]] = []
    groups: dict[str, list[int]] = {}
    shift, told, kept, within, width_s = 0.0, 0, 0, 0, 0
    for day in range(DAYS):
        errors = _errors(dice, draw, day, together_s)
        spans = [span_s(groups, hour, ahead, ASKED, shift=shift) for hour, ahead, _ in errors]
        pairs = [(s, e) for s, (_, _, e) in zip(spans, errors, strict=True) if s is not None]
        if pairs:
            true = sum(low <= error <= high for (low, high), error in pairs)
            shift = shifted(shift, asked=ASKED, kept=true / len(pairs))
            told, kept = told + len(pairs), kept + true
            width_s += sum(high - low for (low, high), _ in pairs)
            within += sum(abs(error) <= FIXED_S for _, error in pairs)
        days = [*days, errors][-LEARNED_FROM:]
        groups = sketched(error for each in days for error in each)
    return LongRun(kept / told, width_s / told / 60, within / told)


def _errors(
    dice: random.Random, draw: Draw, day: int, together_s: float
) -> Sequence[tuple[int, int, int]]:
    of_day = dice.gauss(0, together_s)
    found = []
    for _ in range(VANS):
        of_van = of_day + dice.gauss(0, together_s)
        found += [(9 + stop // 3, stop, round(draw(dice, day) + of_van)) for stop in range(STOPS)]
    return found


def run(day: Path | None = None) -> None:
    """Print coverage and width beside a fixed window's; with a day's files, simulated days too."""
    print("windows of measured errors, 90 % asked for, beside a fixed +-30 min")
    for name, draw in KINDS.items():
        for together_s in (0.0, 400.0):
            came = long_run(draw, together_s=together_s)
            alike = "days and vans apart" if together_s else "errors alone"
            print(
                f"{name:13} {alike:20} true {came.coverage:6.1%}, mean width "
                f"{came.width_minutes:4.0f} min; fixed {came.fixed:.1%}"
            )
    if day is not None:
        _simulated(day)


def _simulated(day: Path) -> None:
    setting = Setting(read_sources([day]), seed=1, world=USUAL, planning_s=0.5, chooses=False)
    days = [FIRST_DAY + timedelta(days=number) for number in range(LEARNED + MEASURED)]
    pairs, measured = simulate(setting, days[:LEARNED], days[LEARNED:])
    for line in assumptions():
        print(line)
    for line in etas("the traffic learned in", summed([pair.asked.etas for pair in pairs])):
        print(line)
    for name, results in measured.items():
        for line in etas(name, summed([pair.asked.etas for pair in results])):
            print(line)


if __name__ == "__main__":
    run(Path(sys.argv[1]) if sys.argv[1:] else None)
