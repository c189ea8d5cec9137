"""The exact arithmetic of one route: when, at the earliest and at the latest, with breaks.

A route of ``n`` stops has nodes ``0`` (start), ``1 .. n`` (stops) and ``n + 1`` (end). A break can
be taken at ``2 n + 2`` slots: slot ``2 i`` is at node ``i`` before driving on, slot ``2 i + 1`` is
on arrival at node ``i + 1`` before it is served; the last slot stands for a break left for after
the route. Times are kept per number ``k`` of breaks behind the driver: the earliest time at each
slot going forward, the latest going backward (forward time slack as an absolute time:
M. Savelsbergh, "The vehicle routing problem with time windows: minimizing route duration", ORSA
Journal on Computing 4 (1992)). Earliest is best for every ``k``, since nobody who leaves later is
there sooner (see ``paces``), so the recursion is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from deliveries.insertion.paces import Paces
from deliveries.insertion.routes import Route
from deliveries.insertion.travel import Travel, paces_of, points

NEVER = 2**60
TOO_LATE = -NEVER


@dataclass(frozen=True, slots=True)
class RouteTimes:
    """One route's plain numbers, everything the recursions read.

    Attributes:
        start_s: When the vehicle can leave its start.
        end_s: When it must be at its end.
        legs_s: Travel seconds between neighbouring nodes as planned, ``n + 1`` of them.
        opens_s: Earliest service start per stop.
        closes_s: Latest service start per stop.
        durations_s: Time spent per stop.
        breaks: Duration, earliest and latest start of each break, in order.
        paces: How long legs really take by when they are driven.
    """

    start_s: int
    end_s: int
    legs_s: list[int]
    opens_s: list[int]
    closes_s: list[int]
    durations_s: list[int]
    breaks: list[tuple[int, int, int]]
    paces: Paces

    @classmethod
    def of(cls, route: Route, legs_s: list[int], travel: Travel) -> Self:
        """Return the numbers of a route whose legs are known."""
        vehicle = route.vehicle
        return cls(
            vehicle.start_s,
            vehicle.end_s,
            legs_s,
            [stop.open_s for stop in route.stops],
            [stop.close_s for stop in route.stops],
            [stop.duration_s for stop in route.stops],
            [(b.duration_s, b.earliest_s, b.latest_s) for b in vehicle.breaks],
            paces_of(travel),
        )


def legs(route: Route, travel: Travel) -> tuple[list[int], list[int]]:
    """Return the seconds and metres between a route's neighbouring nodes."""
    vehicle = route.vehicle
    nodes = points([vehicle.start, *(stop.position for stop in route.stops), vehicle.end])
    seconds, metres = travel.between(nodes[:-1], nodes[1:])
    return seconds.tolist(), metres.tolist()


def after_break(ready_s: int, pause: tuple[int, int, int]) -> int:
    """Return when a break begun as soon as possible is over, or NEVER if it is too late for it."""
    duration, earliest, latest = pause
    return max(ready_s, earliest) + duration if ready_s <= latest else NEVER


def before_break(over_s: int, pause: tuple[int, int, int]) -> int:
    """Return the latest one can be ready so that the break is over by then, or TOO_LATE."""
    duration, earliest, latest = pause
    return min(latest, over_s - duration) if over_s - duration >= earliest else TOO_LATE


def _rest_forward(times: list[int], breaks: Sequence[tuple[int, int, int]]) -> list[int]:
    for taken, pause in enumerate(breaks):
        times[taken + 1] = min(times[taken + 1], after_break(times[taken], pause))
    return times


def _rest_backward(times: list[int], breaks: Sequence[tuple[int, int, int]]) -> list[int]:
    for taken in range(len(breaks) - 1, -1, -1):
        times[taken] = max(times[taken], before_break(times[taken + 1], breaks[taken]))
    return times


@dataclass(frozen=True, slots=True)
class Earliest:
    """Earliest times per slot and number of breaks taken; NEVER where it cannot be.

    Attributes:
        before: ``before[slot][k]``: ready at the slot, breaks at this very slot not yet counted.
        ready: ``ready[slot][k]``: the same, with breaks at this slot allowed.
    """

    before: list[list[int]]
    ready: list[list[int]]

    @property
    def is_possible(self) -> bool:
        """Whether the route can be driven with every break."""
        return self.ready[-1][-1] < NEVER


def earliest(times: RouteTimes) -> Earliest:
    """Go forward through a route."""
    breaks, arrival_s = times.breaks, times.paces.arrival_s
    before = [[times.start_s] + [NEVER] * len(breaks)]
    ready = [_rest_forward(before[0].copy(), breaks)]
    visits = zip(times.opens_s, times.closes_s, times.durations_s, strict=True)
    for leg, (open_s, close_s, duration) in zip(times.legs_s, visits, strict=False):
        arrived = [arrival_s(time, leg) if time < NEVER else NEVER for time in ready[-1]]
        before.append(arrived)
        served = _rest_forward(arrived.copy(), breaks)
        ready.append(served)
        left = [max(t, open_s) + duration if t <= close_s else NEVER for t in served]
        before.append(left)
        ready.append(_rest_forward(left.copy(), breaks))
    back = [arrival_s(t, times.legs_s[-1]) for t in ready[-1]]
    back = [t if t <= times.end_s else NEVER for t in back]
    before.append(back)
    done = back.copy()
    for taken, (_, _, latest_s) in enumerate(breaks):
        if done[taken] <= latest_s:
            done[taken + 1] = min(done[taken + 1], done[taken])
    ready.append(done)
    return Earliest(before, ready)


def can_be_driven(times: RouteTimes) -> bool:
    """Say whether a route can be driven with every break, as soon as that is known.

    The same as ``earliest(times).is_possible``, with nothing kept and the way cut short.
    """
    breaks, arrival_s = times.breaks, times.paces.arrival_s
    ready = _rest_forward([times.start_s] + [NEVER] * len(breaks), breaks)
    visits = zip(times.opens_s, times.closes_s, times.durations_s, strict=True)
    for leg, (open_s, close_s, duration) in zip(times.legs_s, visits, strict=False):
        served = _rest_forward([arrival_s(time, leg) for time in ready], breaks)
        left = [max(t, open_s) + duration if t <= close_s else NEVER for t in served]
        if min(left) >= NEVER:
            return False
        ready = _rest_forward(left, breaks)
    back = [arrival_s(t, times.legs_s[-1]) for t in ready]
    return any(
        t <= times.end_s and all(t <= latest_s for _, _, latest_s in breaks[taken:])
        for taken, t in enumerate(back)
    )


@dataclass(frozen=True, slots=True)
class Latest:
    """Latest times that keep the rest of the route possible; TOO_LATE where there is none.

    Attributes:
        ready: ``ready[slot][k]``: ready at the slot with ``k`` breaks taken, more allowed there.
        starts: ``starts[i][k]``: service start of stop ``i`` with ``k`` breaks taken by then.
    """

    ready: list[list[int]]
    starts: list[list[int]]


def latest(times: RouteTimes) -> Latest:
    """Go backward through a route."""
    breaks, departure_s = times.breaks, times.paces.departure_s
    back = [times.end_s] * (len(breaks) + 1)
    for taken in range(len(breaks) - 1, -1, -1):
        back[taken] = min(breaks[taken][2], back[taken + 1])
    ready, starts = [back], []
    for i in range(len(times.opens_s) - 1, -1, -1):
        left = _rest_backward([departure_s(t, times.legs_s[i + 1]) for t in ready[-1]], breaks)
        ready.append(left)
        ends = (min(times.closes_s[i], t - times.durations_s[i]) for t in left)
        start = [t if t >= times.opens_s[i] else TOO_LATE for t in ends]
        starts.append(start)
        ready.append(_rest_backward(start.copy(), breaks))
    ready.append(_rest_backward([departure_s(t, times.legs_s[0]) for t in ready[-1]], breaks))
    return Latest(ready[::-1], starts[::-1])


def break_slots(times: RouteTimes, first: Earliest) -> list[int]:
    """Return the slot of each break in a possible route that ends as early as it can.

    Among slots that end equally early, the one nearest the middle of the break's span is taken:
    the driver chooses freely, and that keeps the times told to recipients least wrong.
    """
    slots: list[int] = []
    slot = len(first.ready) - 1
    for taken in range(len(times.breaks), 0, -1):
        pause = times.breaks[taken - 1]
        middle = (pause[1] + pause[2]) / 2
        options = [(abs(begin - middle), at) for begin, at in _options(first, slot, taken, pause)]
        slot = min(options)[1]
        slots.append(slot)
    return slots[::-1]


def _options(
    first: Earliest, slot: int, taken: int, pause: tuple[int, int, int]
) -> list[tuple[int, int]]:
    """Return (start, slot) wherever the break can be without ending later."""
    options = []
    last = len(first.ready) - 1
    while True:
        before = first.ready[slot][taken - 1]
        over = before if slot == last else after_break(before, pause)
        if over == first.ready[slot][taken] and before <= pause[2]:
            options.append((max(before, pause[1]), slot))
        if slot == 0 or first.before[slot][taken] != first.ready[slot][taken]:
            return options
        slot -= 1
