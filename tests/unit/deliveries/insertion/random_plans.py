"""Random plans on a grid with one-way costs, and how the independent pass sees them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from deliveries.insertion import (
    Break,
    PacedTravel,
    Paces,
    Position,
    Route,
    Stop,
    Travel,
    Vehicle,
)
from deliveries.insertion.paces import Ints
from deliveries.insertion.travel import Points
from tests.forward_pass import (
    Drive,
    Pause,
    Times,
    Window,
    arrivals,
    as_planned,
    by_the_hour,
    every_way,
)

HOUR = 3600


@dataclass(frozen=True)
class OneWayGrid:
    """Whole seconds and metres along the two axes; going up or right takes longer than back."""

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        step = np.rint((destinations - origins) * 100).astype(np.int64)
        seconds = np.where(step > 0, 40 * step, -30 * step).sum(axis=-1)
        return seconds, np.abs(step).sum(axis=-1) * 200


GRID = OneWayGrid()
# By hour of the day, far from anything that is learned: leaving an hour later can be worth it.
FACTORS = (1.6, 2.5, 1.3, 1.0, 0.8, 1.1, 1.0, 0.9, 1.2, 1.7, 3.0, 1.4)
RUSH = PacedTravel(GRID, Paces.of(7 * HOUR, FACTORS))
DRIVES: dict[Travel, Drive] = {
    GRID: as_planned,
    RUSH: by_the_hour({7 + i: round(1000 / factor) for i, factor in enumerate(FACTORS)}),
}
AT_ANY_HOUR = pytest.mark.parametrize("travel", [GRID, RUSH], ids=["alike", "by the hour"])


def seeded(seed: int) -> random.Random:
    """A generator that gives the same plan for the same seed."""
    return random.Random(seed)  # noqa: S311 - no secret is made of it


def grid_seconds(first: Position, second: Position) -> int:
    """The same, for one pair, in plain Python."""
    steps = (
        round((second.latitude - first.latitude) * 100),
        round((second.longitude - first.longitude) * 100),
    )
    return sum(40 * step if step > 0 else -30 * step for step in steps)


def a_position(rng: random.Random) -> Position:
    return Position(rng.randrange(30) / 100, rng.randrange(30) / 100)


def a_window(rng: random.Random) -> tuple[int, int]:
    opens = rng.randrange(7 * HOUR, 18 * HOUR)
    return opens, opens + rng.choice((0, HOUR // 2, HOUR, 2 * HOUR, 4 * HOUR, 9 * HOUR))


def a_stop(rng: random.Random, stop_id: str) -> Stop:
    opens, closes = a_window(rng)
    return Stop(
        stop_id=stop_id,
        position=a_position(rng),
        open_s=opens,
        close_s=closes,
        service_s=rng.randrange(0, 900),
        setup_s=rng.choice((0, 120)),
        load=rng.randrange(4),
        place_id=rng.choice((None, None, "locker 1", "locker 2")),
    )


def some_breaks(rng: random.Random) -> tuple[Break, ...]:
    noon = rng.randrange(10 * HOUR, 12 * HOUR)
    breaks = [Break(1800, noon, noon + rng.choice((0, 900, 2 * HOUR)))]
    tea = noon + rng.randrange(HOUR, 4 * HOUR)
    breaks.append(Break(900, tea, tea + 2 * HOUR))
    return tuple(breaks[: rng.choice((0, 1, 1, 1, 2))])


def a_route(rng: random.Random, name: str, most: int) -> Route:
    """A route in the order its windows open; it may well be late."""
    stops = [a_stop(rng, f"{name}-{i}") for i in range(rng.randrange(most + 1))]
    stops.sort(key=lambda stop: (stop.open_s + stop.close_s, stop.stop_id))
    depot = a_position(rng)
    vehicle = Vehicle(
        vehicle_id=name,
        start=depot,
        end=depot if rng.random() < 0.7 else a_position(rng),
        start_s=rng.randrange(6 * HOUR, 9 * HOUR),
        end_s=rng.randrange(16 * HOUR, 22 * HOUR),
        capacity=rng.randrange(4, 20),
        breaks=some_breaks(rng),
        is_under_way=rng.random() < 0.3,
    )
    return Route(vehicle, tuple(stops))


type Numbers = tuple[int, list[int], list[Window], list[int], int, list[Pause]]


def numbers(route: Route, stops: Sequence[Stop]) -> Numbers:
    """A route over some stops, as the independent pass wants it."""
    vehicle = route.vehicle
    nodes = [vehicle.start, *(stop.position for stop in stops), vehicle.end]
    return (
        vehicle.start_s,
        [grid_seconds(a, b) for a, b in pairwise(nodes)],
        [(stop.open_s, stop.close_s) for stop in stops],
        [stop.setup_s + stop.service_s for stop in stops],
        vehicle.end_s,
        [(b.duration_s, b.earliest_s, b.latest_s) for b in vehicle.breaks],
    )


def ways(route: Route, stops: Sequence[Stop] | None = None, travel: Travel = GRID) -> list[Times]:
    """All ways to drive a route in time, by the independent pass."""
    plain = numbers(route, route.stops if stops is None else stops)
    return list(every_way(*plain, drive=DRIVES[travel]))


def drive(route: Route, slots: list[int], leave_s: int, travel: Travel = GRID) -> Times | None:
    """Drive a route with breaks at these slots, any others left for after it.

    A start as late as ``leave_s`` counts only for a van that has no break before it leaves.
    """
    start_s, legs, windows, services, end_s, breaks = numbers(route, route.stops)
    last = 2 * len(route.stops) + 1
    slots = slots + [last] * (len(route.vehicle.breaks) - len(slots))
    begin = start_s if 0 in slots else leave_s
    return arrivals(begin, legs, windows, services, end_s, breaks, slots, DRIVES[travel])


def travel_seconds(vehicle: Vehicle, stops: Sequence[Stop]) -> int:
    """Seconds on the road, by the independent pass."""
    nodes = [vehicle.start, *(stop.position for stop in stops), vehicle.end]
    return sum(grid_seconds(a, b) for a, b in pairwise(nodes))
