"""Which breaks a van under way has taken: drivers report stops, and a break is what lies between.

Where a leg, or the time at a door, took longer than expected by most of a break, within the time in
which that break may be, the driver was resting. What nothing tells of is still to come, until it
can begin no more.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from deliveries.insertion import Break, Position
from deliveries.model.route import Route, Stop, StopState
from integrations.planners.embedded.ticks import Ticks

# Drivers are back early, and an estimate of a leg may be long.
MOST_OF_IT = 0.75


@dataclass(frozen=True)
class Rest:
    """A span in which a van did less than there was time for.

    Attributes:
        idle_s: How much of the span nothing explains.
    """

    from_s: int
    until_s: int
    idle_s: int

    def may_be(self, pause: Break) -> bool:
        """Say whether a break may have been then."""
        is_long = self.idle_s >= MOST_OF_IT * pause.duration_s
        is_then = self.from_s <= pause.latest_s and pause.earliest_s <= self.until_s
        return is_long and is_then


def still_due(breaks: Sequence[Break], rests: Sequence[Rest]) -> list[Break]:
    """Return the breaks that no rest may have been, each rest being one break at most."""
    left, due = list(rests), list[Break]()
    for pause in sorted(breaks, key=lambda each: each.earliest_s):
        taken = next((rest for rest in left if rest.may_be(pause)), None)
        if taken is None:
            due.append(pause)
        else:
            left.remove(taken)
    return due


def rests_of(
    route: Route,
    ticks: Ticks,
    shortest_s: float,
    leg_s: Callable[[Position, Position], int],
    service_s: Callable[[Stop], int],
) -> Iterator[Rest]:
    """Yield where a van under way may have rested for as long as that, in the order of the day.

    Args:
        route: The van's.
        ticks: What seconds are counted from.
        shortest_s: Legs that took less are not looked at.
        leg_s: How long a leg takes.
        service_s: How long a stop takes.
    """
    place, left = Position(route.depot_lat, route.depot_lon), route.start_at
    for stop in _been(route):
        here = Position(stop.lat, stop.lon)
        if left is not None and stop.arrival_at is not None:
            gone_s = ticks.at(stop.arrival_at) - ticks.at(left)
            if gone_s >= shortest_s:
                idle_s = gone_s - leg_s(place, here)
                yield Rest(ticks.at(left), ticks.at(stop.arrival_at), idle_s)
        if stop.arrival_at is not None and stop.leave_at is not None and not stop.is_open:
            stood_s = ticks.at(stop.leave_at) - ticks.at(stop.arrival_at)
            idle_s = stood_s - service_s(stop)
            yield Rest(ticks.at(stop.arrival_at), ticks.at(stop.leave_at), idle_s)
        place, left = here, None if stop.is_open else stop.leave_at


def _been(route: Route) -> list[Stop]:
    been = [
        (stop.arrival_at, stop.position, stop)
        for stop in route.stops
        if stop.state is not StopState.PLANNED and stop.arrival_at is not None
    ]
    return [stop for _, _, stop in sorted(been, key=lambda each: each[:2])]
