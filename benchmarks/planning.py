"""The planner measured: whole days against PyVRP alone, single changes in milliseconds.

``python -m benchmarks.planning [FOLDER] [--all STOPS] [--seconds N] [--seeds N] [NAME ...]``; the
folder holds Solomon's or Gehring and Homberger's instances and ``bks.json``, the best known costs
(distances cut to one decimal). Without one, ``data/vrptw`` in DOORSTEP_REFERENCE_DIR (default
``../shared``). All of up to so many stops are compared size by size.
"""

import argparse
import json
import multiprocessing
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyvrp

from deliveries.insertion import (
    Break,
    Fleet,
    GreatCircleTravel,
    Position,
    Route,
    Stop,
    Vehicle,
    accept,
    quote,
    quote_places,
)
from deliveries.insertion.paces import Ints
from deliveries.insertion.problem import Problem
from deliveries.insertion.travel import Points, matrix, points
from integrations.planners.embedded.model import Model, search
from integrations.planners.embedded.solver import solve

_A_FEW = ("R101", "RC106", "R203", "C203")
# Coordinates become degrees by a power of two, which loses nothing.
_PER_DEGREE = 16
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class TenthsTravel:
    """Straight lines on the instances' plane in tenths, cut off as the best known costs are."""

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        """Return tenths, twice (see ``Travel``)."""
        steps = (destinations - origins) * _PER_DEGREE
        tenths = np.floor(10 * np.sqrt((steps * steps).sum(axis=-1)) + 1e-9).astype(np.int64)
        return tenths, tenths


def read_instance(file: Path) -> Problem:
    """Return a Solomon instance as a problem in tenths."""
    rows = [line.split() for line in file.read_text(encoding="utf-8").splitlines()]
    numbers = [[int(float(cell)) for cell in row] for row in rows if row and row[0].isdigit()]
    (vehicles, capacity), depot, *customers = numbers
    home = _on_plane(depot)
    return Problem(
        vehicles=tuple(
            Vehicle(str(i), home, home, 10 * depot[4], 10 * depot[5], capacity)
            for i in range(vehicles)
        ),
        stops=tuple(
            Stop(str(c[0]), _on_plane(c), 10 * c[4], 10 * c[5], 10 * c[6], load=c[3])
            for c in customers
        ),
        travel=TenthsTravel(),
    )


def _on_plane(row: Sequence[int]) -> Position:
    return Position(row[2] / _PER_DEGREE, row[1] / _PER_DEGREE)


class _Seconds:
    """PyVRP's stopping criterion: seconds of the processor's time."""

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds

    def __call__(self, _best_cost: float) -> bool:
        return time.process_time() >= self._end


def plain(problem: Problem, seconds: float, seed: int) -> int | None:
    """Return the cost PyVRP alone finds, or None if it finds nothing that can be driven."""
    best: pyvrp.Solution = search(
        Model.of(problem), [], _Seconds(seconds), required=True, seed=seed
    )
    return int(best.distance()) if best.is_feasible() else None


def ours(problem: Problem, seconds: float, seed: int) -> int | None:
    """Return the cost of our plan, or None if it leaves a stop out."""
    solution = solve(problem, budget_s=seconds, seed=seed, clock=time.process_time)
    times = Fleet.of(solution.routes, problem.travel).schedules
    if solution.unassigned or not all(entry.is_feasible for entry in times):
        return None
    return sum(entry.travel_s for entry in times)


def vroom(problem: Problem, level: int = 5) -> tuple[int | None, float]:
    """Return the cost VROOM finds, and its processor time; in a process, it holds the interpreter.

    Its level decides how long it searches: cut short by a time it does worse than at a lower one.
    """
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_by_vroom, (problem, level))


def _by_vroom(problem: Problem, level: int) -> tuple[int | None, float]:
    # Another solver's package, which only this comparison needs here.
    import vroom as engine

    home = problem.vehicles[0]
    places = points([home.start, *(stop.position for stop in problem.stops)])
    tenths, _ = matrix(problem.travel, places)
    asked = engine.Input()
    asked.set_durations_matrix("car", tenths.astype(np.uint32))
    for number, van in enumerate(problem.vehicles):
        window = engine.TimeWindow(van.start_s, van.end_s)
        asked.add_vehicle(
            engine.Vehicle(number, start=0, end=0, capacity=[van.capacity], time_window=window)
        )
    for number, stop in enumerate(problem.stops, start=1):
        windows = [engine.TimeWindow(stop.open_s, stop.close_s)]
        asked.add_job(
            engine.Job(
                number,
                location=number,
                default_service=stop.service_s,
                delivery=[stop.load],
                time_windows=windows,
            )
        )
    began = time.process_time()
    summary = asked.solve(exploration_level=level, nb_threads=1).summary
    took_s = time.process_time() - began
    return (None if summary.unassigned else int(summary.cost)), took_s


def compare(folder: Path, names: Sequence[str], seconds: float, seeds: int) -> None:
    """Print the gap to the best known cost of both, side by side."""
    known: dict[str, float] = json.loads((folder / "bks.json").read_text(encoding="utf-8"))
    files = {file.stem.upper(): file for file in folder.glob("*.txt")}
    print(f"{seconds:g} s of processor time, seeds 1 to {seeds}; gap to best known")
    print(f"{'instance':10} {'PyVRP':>8} {'Doorstep':>8} {'ratio':>7} {'VROOM x5':>9} {'s':>5}")
    ratios, gaps, others = [], [], []
    for name in names:
        problem, best = read_instance(files[name.upper()]), known[name.upper()]
        other, other_s = vroom(problem)
        for seed in range(1, seeds + 1):
            theirs, mine = plain(problem, seconds, seed), ours(problem, seconds, seed)
            if theirs is not None and mine is not None:
                ratios.append(mine / theirs)
                gaps.append(100 * (mine / 10 / best - 1))
                others.append(100 * (theirs / 10 / best - 1))
            ratio = f"{ratios[-1]:7.4f}" if theirs and mine else "      -"
            rest = f"{_gap(other, best):>9} {other_s:5.1f}"
            print(f"{name:10} {_gap(theirs, best)} {_gap(mine, best)} {ratio} {rest}", flush=True)
    if ratios:
        both = f"{statistics.mean(others):7.2f}% {statistics.mean(gaps):7.2f}%"
        print(f"{'mean':10} {both} {statistics.mean(ratios):7.4f}")


def _sizes(folder: Path, most: int) -> list[list[str]]:
    """Return the names of all instances up to a size, those of one size together."""
    sizes: dict[int, list[str]] = {}
    for file in sorted(folder.glob("*.txt")):
        stops = len(read_instance(file).stops)
        if stops <= most:
            sizes.setdefault(stops, []).append(file.stem)
    return [sizes[size] for size in sorted(sizes)]


def _gap(tenths: int | None, best: float) -> str:
    return "       -" if tenths is None else f"{100 * (tenths / 10 / best - 1):7.2f}%"


def a_day(stops: int, vehicles: int, *, seed: int = 1) -> Fleet:
    """Return a city's day that is full but in time, a break on every route."""
    rng = random.Random(seed)  # noqa: S311 - made-up places
    depot = Position(52.5, 13.4)
    routes = []
    for name in range(vehicles):
        middle = (52.4 + rng.random() * 0.2, 13.2 + rng.random() * 0.4)
        chosen = []
        for i in range(stops // vehicles):
            due = 8 * _HOUR + 2400 + 800 * i
            has_window = rng.random() < 0.45  # noqa: PLR2004 - as measured on real days
            place = Position(middle[0] + rng.gauss(0, 0.01), middle[1] + rng.gauss(0, 0.01))
            opens, closes = (due - _HOUR, due + 3 * _HOUR) if has_window else (0, 24 * _HOUR)
            chosen.append(Stop(f"{name}-{i}", place, opens, closes, 200, setup_s=60, load=1))
        lunch = Break(1800, 11 * _HOUR, 14 * _HOUR)
        van = Vehicle(str(name), depot, depot, 8 * _HOUR, 20 * _HOUR, 60, (lunch,))
        routes.append(Route(van, tuple(chosen)))
    return Fleet.of(routes, GreatCircleTravel())


def time_changes(stops: int, vehicles: int) -> None:
    """Print how long quotes and commits take on a day."""
    fleet = a_day(stops, vehicles)
    rng = random.Random(2)  # noqa: S311 - made-up places
    windows = [(8 * _HOUR + 600 * i, 10 * _HOUR + 600 * i) for i in range(50)]
    places = [Position(52.4 + rng.random() * 0.2, 13.2 + rng.random() * 0.4) for _ in range(200)]
    new = [Stop("new", place, 9 * _HOUR, 17 * _HOUR, 240, load=1) for place in places]
    planned = [stop for route in fleet.routes for stop in route.stops]
    lockers = [(stop, windows[:5]) for stop in new[:10]]

    def loaded(i: int) -> None:
        stop = planned[i % len(planned)]
        quote(fleet, stop, windows, moving=stop.stop_id, keep_vehicle=True)

    feasible = sum(times.is_feasible for times in fleet.schedules)
    print(f"\n{stops} stops on {vehicles} routes with a break, {feasible} of them in time")
    _print_ms("50 windows", lambda i: quote(fleet, new[i], windows))
    _print_ms("one window", lambda i: quote(fleet, new[i]))
    _print_ms("10 lockers, 5 windows each", lambda _: quote_places(fleet, lockers))
    _print_ms("loaded van: own stop out, 50 windows", loaded)
    _print_ms("quote again and commit", lambda i: accept(fleet, new[i]))
    _print_ms("all routes timed", lambda _: Fleet.of(fleet.routes, fleet.travel), times=20)


def _print_ms(what: str, act: Callable[[int], object], times: int = 200) -> None:
    taken = []
    for i in range(times):
        start = time.perf_counter()
        act(i)
        taken.append(1000 * (time.perf_counter() - start))
    late = statistics.quantiles(taken, n=20)[-1]
    print(f"{what:40} median {statistics.median(taken):7.3f} ms   p95 {late:7.3f} ms", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    reference = Path(os.environ.get("DOORSTEP_REFERENCE_DIR", "../shared"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=reference / "data" / "vrptw")
    parser.add_argument("names", nargs="*", default=_A_FEW)
    parser.add_argument("--all", type=int, metavar="STOPS", help="all instances up to this size")
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--seeds", type=int, default=1)
    told = parser.parse_args(arguments)
    time_changes(200, 8)
    time_changes(1000, 30)
    print()
    if (told.folder / "bks.json").is_file():
        for names in _sizes(told.folder, told.all) if told.all else [told.names]:
            compare(told.folder, names, told.seconds, told.seeds)
    else:
        print(f"no instances in {told.folder}: whole days are not compared")


if __name__ == "__main__":
    main()
