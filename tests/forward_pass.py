"""An independent check of routes: plain Python, nothing of ours, nothing shared with the planner.

A route is lists of whole seconds: ``legs`` has one entry more than there are stops, ``windows`` are
(earliest, latest) service starts, ``services`` the time spent at each stop, ``breaks`` are
(duration, earliest start, latest start) in the order they are taken.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement
from math import asin, ceil, cos, radians, sin, sqrt
from typing import NamedTuple

type Window = tuple[int, int]
type Pause = tuple[int, int, int]
type Drive = Callable[[int, int], int]


class Times(NamedTuple):
    """When each stop is reached and served, when breaks begin on the road, and when it ends."""

    arrivals: list[int]
    starts: list[int]
    breaks: list[int]
    end: int


def as_planned(leaves: int, leg: int) -> int:
    """Return when a leg is over, at any hour."""
    return leaves + leg


def by_the_hour(speeds: Mapping[int, int]) -> Drive:
    """Return what says when a leg is over where hours have speeds, in thousandths of the usual."""

    def drive(leaves: int, leg: int) -> int:
        clock, left = leaves, 1000 * leg
        while True:
            hour = clock // 3600
            speed = speeds.get(hour, 1000)
            in_this_hour = (3600 * (hour + 1) - clock) * speed
            if left <= in_this_hour:
                return clock + ceil(left / speed)
            clock, left = 3600 * (hour + 1), left - in_this_hour

    return drive


def arrivals(
    start: int,
    legs: Sequence[int],
    windows: Sequence[Window],
    services: Sequence[int],
    end: int,
    breaks: Sequence[Pause] = (),
    slots: Sequence[int] = (),
    drive: Drive = as_planned,
) -> Times | None:
    """Drive a route with its breaks where they are said to be; None if anything is too late.

    A break at slot 0 is before the start, at ``2 i - 1`` on reaching the ``i``-th stop (from 1), at
    ``2 i`` on leaving it. At the last slot, ``2 n + 1``, it is left for after the route, which must
    then be over by the break's latest start.
    """
    reached, served, begun = [], [], []
    last = 2 * len(windows) + 1
    clock = start
    for slot in range(last + 1):
        if slot % 2 == 1:
            clock = drive(clock, legs[slot // 2])
            reached.append(clock)
        for (length, earliest, latest), at in zip(breaks, slots, strict=True):
            if at == slot:
                if clock > latest:
                    return None
                if slot < last:
                    begun.append(max(clock, earliest))
                    clock = begun[-1] + length
        if slot % 2 == 1 and slot < last:
            opens, closes = windows[slot // 2]
            clock = max(clock, opens)
            if clock > closes:
                return None
            served.append(clock)
            clock += services[slot // 2]
    return Times(reached[:-1], served, begun, clock) if clock <= end else None


def every_way(
    start: int,
    legs: Sequence[int],
    windows: Sequence[Window],
    services: Sequence[int],
    end: int,
    breaks: Sequence[Pause] = (),
    drive: Drive = as_planned,
) -> Iterator[Times]:
    """Yield the times of a route for every way to place its breaks that keeps everything."""
    slots = range(2 * len(windows) + 2)
    for chosen in combinations_with_replacement(slots, len(breaks)):
        times = arrivals(start, legs, windows, services, end, breaks, chosen, drive)
        if times is not None:
            yield times


def metres_between(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Return the great-circle distance of two (latitude, longitude) points (haversine)."""
    north, south = radians(first[0]), radians(second[0])
    half_lat = sin((south - north) / 2)
    half_lon = sin(radians(second[1] - first[1]) / 2)
    chord = half_lat * half_lat + cos(north) * cos(south) * half_lon * half_lon
    return 2 * 6_371_008.8 * asin(min(1.0, sqrt(chord)))


def drive_seconds(
    first: tuple[float, float],
    second: tuple[float, float],
    speed_kmh: float = 30.0,
    road_factor: float = 1.35,
) -> int:
    """Return the driving time between two points, rounded up."""
    return ceil(metres_between(first, second) * road_factor * (3.6 / speed_kmh))
