"""What a simulation came to: lines to read, a CSV a day, and pictures."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from cli.simulation.days import Pair
from deliveries.model.eta import EtaReport
from deliveries.services.etas.reporting import summed

COLUMNS = (
    "day",
    "parcels",
    "first_time",
    "first_time_silent",
    "route_minutes",
    "route_minutes_silent",
    "driven_minutes",
    "driven_minutes_silent",
    "asked",
    "chosen",
    "accepted",
    "windows_told",
    "windows_kept",
    "width_minutes",
    "learned_told",
    "learned_kept",
    "kept_within_30",
    "messages",
)


def lines(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield the result in words."""
    asked = [pair.asked for pair in pairs]
    silent = [pair.silent for pair in pairs if pair.silent is not None]
    tried = sum(day.first_time + day.failed for day in asked)
    yield f"{len(pairs)} days, {sum(day.parcels for day in asked)} parcels, {tried} attempted"
    first = sum(day.first_time for day in asked) / max(1, tried)
    minutes = sum(day.route_minutes for day in asked)
    driven = sum(day.driven_minutes for day in asked)
    if silent:
        tried_silent = sum(day.first_time + day.failed for day in silent)
        before = sum(day.first_time for day in silent) / max(1, tried_silent)
        minutes_before = sum(day.route_minutes for day in silent)
        driven_before = sum(day.driven_minutes for day in silent)
        yield f"first attempt succeeds: {before:.1%} if nobody is asked, {first:.1%} with choices"
        yield (
            f"route minutes a day: {minutes_before / len(pairs):.0f} and "
            f"{minutes / len(pairs):.0f} "
            f"({minutes / minutes_before - 1:+.1%}); of them driving "
            f"{driven_before / len(pairs):.0f} and {driven / len(pairs):.0f} "
            f"({driven / driven_before - 1:+.1%})"
        )
    chosen, accepted = sum(d.chosen for d in asked), sum(d.accepted for d in asked)
    yield (
        f"answered: {sum(d.asked for d in asked)}, chosen: {chosen}, "
        f"accepted by the planner: {accepted}"
    )
    yield from etas("windows told", summed([day.etas for day in asked]))
    counts = sum((day.messages for day in asked), Counter[str]())
    each = ", ".join(f"{kind} {count / len(pairs):.0f}" for kind, count in sorted(counts.items()))
    yield f"messages a day: {counts.total() / len(pairs):.0f} ({each})"


def progress(pair: Pair, number: int, days: int) -> str:
    """Return one finished day in a line."""
    asked, told = pair.asked, pair.asked.etas
    return (
        f"day {number} of {days}: {asked.first_time} of {asked.first_time + asked.failed} at the "
        f"first attempt, {told.kept} of {told.promised} inside the window told"
    )


def etas(title: str, report: EtaReport) -> Iterator[str]:
    """Yield how often windows were true and how wide they were."""
    if report.coverage is None or report.width_minutes is None or report.fixed_coverage is None:
        yield f"{title}: none"
        return
    yield (
        f"{title}: {report.promised}, true {report.coverage:.1%}, mean width "
        f"{report.width_minutes:.0f} min; a fixed +-30 min window: {report.fixed_coverage:.1%}"
    )
    if report.learned_coverage is not None and report.learned_width_minutes is not None:
        yield (
            f"  of learned width: true {report.learned_coverage:.1%}, mean width "
            f"{report.learned_width_minutes:.0f} min"
        )


def write_csv(pairs: Sequence[Pair], path: Path) -> None:
    """Write a line a day."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for pair in pairs:
            asked, silent, told = pair.asked, pair.silent, pair.asked.etas
            writer.writerow(
                [
                    asked.day.isoformat(),
                    asked.parcels,
                    asked.first_time,
                    silent.first_time if silent else "",
                    round(asked.route_minutes, 1),
                    round(silent.route_minutes, 1) if silent else "",
                    round(asked.driven_minutes, 1),
                    round(silent.driven_minutes, 1) if silent else "",
                    asked.asked,
                    asked.chosen,
                    asked.accepted,
                    told.promised,
                    told.kept,
                    round(told.width_s / 60 / told.promised, 1) if told.promised else "",
                    told.learned_promised,
                    told.learned_kept,
                    told.fixed_kept,
                    asked.messages.total(),
                ]
            )


def draw(pairs: Sequence[Pair], path: Path) -> None:
    """Draw first attempts, route minutes, and how often and how wide windows were."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 7), layout="constrained")
    (first, minutes), (kept, width) = figure.subplots(2, 2)
    days = range(1, len(pairs) + 1)
    for name, results in (
        ("with choices", [pair.asked for pair in pairs]),
        ("nobody asked", [pair.silent for pair in pairs if pair.silent]),
    ):
        if len(results) == len(pairs):
            shares = [100 * d.first_time / max(1, d.first_time + d.failed) for d in results]
            first.plot(days, shares, label=name)
            minutes.plot(days, [d.route_minutes for d in results], label=name)
    first.set_title("First attempts that succeed, %")
    minutes.set_title("Route minutes")
    told = [pair.asked.etas for pair in pairs]
    kept.plot(days, [100 * t.kept / max(1, t.promised) for t in told], label="windows told")
    kept.plot(days, [100 * t.fixed_kept / max(1, t.promised) for t in told], label="fixed ±30 min")
    kept.axhline(90, color="grey", linewidth=0.8)
    kept.set_title("Arrivals inside the window, %")
    width.plot(days, [t.width_s / 60 / max(1, t.promised) for t in told], label="windows told")
    width.axhline(60, color="grey", linewidth=0.8)
    width.set_title("Mean width, minutes")
    for axes in (first, minutes, kept, width):
        axes.set_xlabel("day")
    for axes in (first, minutes, kept):
        axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2)
    figure.savefig(path, dpi=110)
