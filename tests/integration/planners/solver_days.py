"""Days for the solver, and an independent look at what it answers."""

import json
import os
import random
from itertools import pairwise
from pathlib import Path

from deliveries.insertion import Break, GreatCircleTravel, Position, Route, Stop, Vehicle
from deliveries.insertion.problem import Problem, Solution
from tests.forward_pass import drive_seconds, every_way
from tests.servers import skip_or_fail

HOUR = 3600
DEPOT = Position(52.52, 13.40)
LUNCH = Break(1800, 11 * HOUR, 14 * HOUR)


def a_vehicle(name: str = "van", *, capacity: int = 60, breaks: tuple[Break, ...] = ()) -> Vehicle:
    return Vehicle(name, DEPOT, DEPOT, 8 * HOUR, 18 * HOUR, capacity, breaks)


def a_stop(
    stop_id: str, opens: int = 8 * HOUR, closes: int = 18 * HOUR, *, load: int = 1, east: float = 0
) -> Stop:
    return Stop(stop_id, Position(52.53, 13.40 + east), opens, closes, 240, load=load)


def a_day(
    seed: int,
    *,
    stops: int = 40,
    vehicles: int = 3,
    width_h: int = 2,
    breaks: tuple[tuple[Break, ...], ...] = ((LUNCH,),),
) -> Problem:
    """A city's day in which two stops of three have a window; breaks go round the vehicles."""
    rng = random.Random(seed)  # noqa: S311 - made-up places
    chosen = []
    for i in range(stops):
        opens = rng.randrange(8, 17) * HOUR if i % 3 else 8 * HOUR
        closes = opens + width_h * HOUR - 1 if i % 3 else 18 * HOUR
        place = Position(DEPOT.latitude + rng.gauss(0, 0.03), DEPOT.longitude + rng.gauss(0, 0.05))
        chosen.append(Stop(f"stop-{i}", place, opens, closes, rng.randrange(120, 420), load=1))
    vans = [a_vehicle(f"van-{i}", breaks=breaks[i % len(breaks)]) for i in range(vehicles)]
    return Problem(tuple(vans), tuple(chosen), GreatCircleTravel())


def rio(name: str, *, vehicles: int, seed: int = 0) -> Problem:
    """A day in Rio with made-up windows, from the reference folder."""
    folder = Path(os.environ.get("DOORSTEP_REFERENCE_DIR", "../shared"))
    file = folder / "data" / "loggibud-rio" / f"{name}.json"
    if not file.is_file():
        skip_or_fail(f"{file} is not there: the solver is not tried on real addresses")
    told = json.loads(file.read_text(encoding="utf-8"))
    rng = random.Random(seed)  # noqa: S311 - made-up windows
    depot = Position(told["origin"]["lat"], told["origin"]["lng"])
    stops = []
    for i, each in enumerate(told["deliveries"]):
        width, opens = rng.choice((2, 4)) * HOUR, rng.randrange(8, 16) * HOUR
        has_window = rng.random() < 0.45
        stops.append(
            Stop(
                str(i),
                Position(each["point"]["lat"], each["point"]["lng"]),
                opens if has_window else 8 * HOUR,
                opens + width - 1 if has_window else 19 * HOUR,
                rng.randrange(150, 450),
                load=each["size"],
            )
        )
    capacity = max(told["vehicle_capacity"], 2 * sum(s.load for s in stops) // vehicles)
    vans = tuple(
        Vehicle(f"van-{i}", depot, depot, 8 * HOUR, 19 * HOUR, capacity, (LUNCH,))
        for i in range(vehicles)
    )
    return Problem(vans, tuple(stops), GreatCircleTravel())


def legs(route: Route) -> list[int]:
    """Driving times of a route, by the independent pass."""
    vehicle = route.vehicle
    nodes = [vehicle.start, *(stop.position for stop in route.stops), vehicle.end]
    return [
        drive_seconds((a.latitude, a.longitude), (b.latitude, b.longitude))
        for a, b in pairwise(nodes)
    ]


def can_be_driven(route: Route) -> bool:
    """Say whether a route keeps everything, by the independent pass."""
    vehicle = route.vehicle
    ways = every_way(
        vehicle.start_s,
        legs(route),
        [(stop.open_s, stop.close_s) for stop in route.stops],
        [stop.setup_s + stop.service_s for stop in route.stops],
        vehicle.end_s,
        [(b.duration_s, b.earliest_s, b.latest_s) for b in vehicle.breaks],
    )
    return next(ways, None) is not None


def faults(problem: Problem, solution: Solution) -> list[str]:
    """Everything wrong with a solution."""
    named = [stop.stop_id for route in solution.routes for stop in route.stops]
    named += [left.stop_id for left in solution.unassigned]
    found = []
    if sorted(named) != sorted(stop.stop_id for stop in problem.stops):
        found.append("not every stop once")
    if tuple(route.vehicle for route in solution.routes) != problem.vehicles:
        found.append("not one route per vehicle")
    for route in solution.routes:
        if any(stop not in problem.stops for stop in route.stops):
            found.append("a changed stop")
        if sum(stop.load for stop in route.stops) > route.vehicle.capacity:
            found.append(f"{route.vehicle.vehicle_id} overloaded")
        if route.stops and not can_be_driven(route):
            found.append(f"{route.vehicle.vehicle_id} late")
    return found


def travel_seconds(solution: Solution) -> int:
    return sum(sum(legs(route)) for route in solution.routes if route.stops)
