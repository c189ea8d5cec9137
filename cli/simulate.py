"""``doorstep simulate``: days with made-up traffic and people, through the product's own core."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import structlog

from cli.simulation.days import Pair, Setting, live
from cli.simulation.report import draw, etas, lines, progress, write_csv
from cli.simulation.world import OTHER, USUAL, stated
from deliveries.services.etas.reporting import summed
from integrations.day_files import read_sources

HELP = "live through days with random traffic and choices; report windows, attempts and minutes"
SHIPPED = Path(__file__).parents[1] / "sandbox" / "day"
FIRST_DAY = date(2026, 3, 2)
MEASURED_DAYS = 5


def configure(parser: argparse.ArgumentParser) -> None:
    """Take how many days, of which files, and where results go."""
    parser.add_argument("--days", type=int, default=30, help="how many days (30)")
    parser.add_argument("--day", default="shipped", help="a day's files or folder (shipped)")
    parser.add_argument("--seed", type=int, default=1, help="of traffic and people (1)")
    parser.add_argument("--out", type=Path, default=Path("simulated"), help="folder for results")
    parser.add_argument(
        "--planning-seconds", type=float, default=0.5, help="for the routes of each day (0.5)"
    )
    parser.add_argument(
        "--other-days",
        type=int,
        default=MEASURED_DAYS,
        help="days of other traffic after them, to measure what was learned on (5)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Simulate, print what it came to with what was assumed, and write CSV and pictures.

    Raises:
        InvalidInputError: If the day's files cannot be read or taken in.
        UnavailableError: If the planner finds nothing in time.
    """
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    path = SHIPPED if arguments.day == "shipped" else Path(arguments.day)
    setting = Setting(
        sources=read_sources([path], seed=arguments.seed),
        seed=arguments.seed,
        world=USUAL,
        planning_s=arguments.planning_seconds,
    )
    days = [FIRST_DAY + timedelta(days=number) for number in range(arguments.days)]
    later = [
        FIRST_DAY + timedelta(days=arguments.days + number)
        for number in range(arguments.other_days)
    ]
    arguments.out.mkdir(parents=True, exist_ok=True)

    def tell(pairs: Sequence[Pair]) -> None:
        write_csv(pairs, arguments.out / "days.csv")
        print(progress(pairs[-1], len(pairs), len(days)), file=sys.stderr, flush=True)

    pairs, measured = simulate(setting, days, later, tell)
    draw(pairs, arguments.out / "days.png")
    text = "\n".join([*assumptions(), "", *lines(pairs)])
    for name, results in measured.items():
        text += "\n" + "\n".join(etas(name, summed([pair.asked.etas for pair in results])))
    (arguments.out / "report.txt").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def simulate(
    setting: Setting,
    days: Sequence[date],
    later: Sequence[date],
    tell: Callable[[Sequence[Pair]], None] | None = None,
) -> tuple[list[Pair], dict[str, list[Pair]]]:
    """Return the days, and days of other traffic measured with what they taught.

    Args:
        setting: What the run is about.
        days: Service days in order.
        later: Service days of the other traffic.
        tell: Called with the days so far after each, since thirty take many minutes.

    Raises:
        InvalidInputError: If the day's files cannot be taken in.
        UnavailableError: If the planner finds nothing in time.
    """
    pairs: list[Pair] = []
    for pair, known in live(setting, days):
        pairs.append(pair)
        if tell is not None:
            tell(pairs)
        carried = known
    measured: dict[str, list[Pair]] = {}
    for name, learns in (
        ("other traffic, nothing more learned", False),
        ("other traffic, learning on", True),
    ):
        if later and pairs:
            other = Setting(
                setting.sources,
                setting.seed,
                OTHER,
                setting.planning_s,
                chooses=False,
                learns=learns,
            )
            measured[name] = [pair for pair, _ in live(other, later, carried)]
    return pairs, measured


def assumptions() -> list[str]:
    """Return everything that is made up, as lines."""
    return [
        "Assumed (all made up, none of it measured on streets):",
        *(f"- {line}" for line in (*USUAL.stated(), *stated())),
        "- other traffic, measured with what the usual taught:",
        *(f"  - {line}" for line in OTHER.stated()),
        "- vans report every event; the core looks every 10 minutes; messages leave at once",
    ]
