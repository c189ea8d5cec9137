"""Drives a route with its breaks at given slots; what is late is counted, not refused."""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import chain

from deliveries.insertion.timing import RouteTimes


@dataclass(frozen=True, slots=True)
class BreakTaken:
    """Where in a route a break is.

    Attributes:
        start_s: When it starts.
        end_s: When it is over.
        before_stop: Index of the first stop served after it; the number of stops if none is.
        on_arrival: At that stop, before it is served; otherwise where the vehicle stood before.
    """

    start_s: int
    end_s: int
    before_stop: int
    on_arrival: bool


@dataclass(slots=True)
class Drive:
    """What happens when along a route; lists have one entry per stop, or per break of the vehicle.

    Attributes:
        depart_s: The start is left.
        arrival_s: The vehicle is at the stop.
        start_s: Service starts.
        leave_s: Service is over.
        late_s: Service starts so long after the window closed.
        breaks: Breaks taken on the road.
        breaks_late_s: Each break starts so long after its latest start.
        taken: Breaks behind the driver when service starts.
        end_s: The vehicle is back.
    """

    depart_s: int = 0
    arrival_s: list[int] = field(default_factory=list)
    start_s: list[int] = field(default_factory=list)
    leave_s: list[int] = field(default_factory=list)
    late_s: list[int] = field(default_factory=list)
    breaks: list[BreakTaken] = field(default_factory=list)
    breaks_late_s: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    end_s: int = 0

    def pause(self, times: RouteTimes, slots: list[int], slot: int, now: int) -> int:
        """Take the breaks of one slot and return when they are over."""
        while len(self.breaks_late_s) < len(slots) and slots[len(self.breaks_late_s)] == slot:
            duration, earliest_s, latest_s = times.breaks[len(self.breaks_late_s)]
            begin = max(now, earliest_s)
            self.breaks_late_s.append(max(0, now - latest_s))
            if slot <= 2 * len(times.opens_s):
                now = begin + duration
                self.breaks.append(BreakTaken(begin, now, slot // 2, slot % 2 == 1))
        return now


def drive(times: RouteTimes, slots: list[int], *, leaves_late: bool) -> Drive:
    """Drive a route with each break at its slot (see ``timing``).

    Args:
        times: The route.
        slots: One per break, or fewer: the remaining breaks are not taken.
        leaves_late: Leave the start as late as makes no difference to the first stop.
    """
    result = Drive()
    now = result.pause(times, slots, 0, times.start_s)
    if leaves_late:
        now = _departure(times, slots, now)
    result.depart_s = now
    for i, duration in enumerate(times.durations_s):
        now = times.paces.arrival_s(now, times.legs_s[i])
        result.arrival_s.append(now)
        now = max(result.pause(times, slots, 2 * i + 1, now), times.opens_s[i])
        result.start_s.append(now)
        result.late_s.append(max(0, now - times.closes_s[i]))
        result.taken.append(len(result.breaks_late_s))
        now += duration
        result.leave_s.append(now)
        now = result.pause(times, slots, 2 * i + 2, now)
    result.end_s = times.paces.arrival_s(now, times.legs_s[-1])
    result.pause(times, slots, 2 * len(times.durations_s) + 1, result.end_s)
    return result


def _departure(times: RouteTimes, slots: list[int], now: int) -> int:
    """Return the latest departure that delays neither the first stop nor a break before it."""
    if not times.opens_s:
        return now
    at_stop = [times.breaks[k][1] for k, slot in enumerate(slots) if slot == 1]
    begins_s = at_stop[0] if at_stop else times.opens_s[0]
    return max(now, times.paces.departure_s(begins_s, times.legs_s[0]))


def lateness_s(times: RouteTimes, driven: Drive) -> int:
    """Return all seconds by which windows, breaks and the shift are missed."""
    overtime = max(0, driven.end_s - times.end_s)
    return sum(driven.late_s) + sum(driven.breaks_late_s) + overtime


def least_late_slots(times: RouteTimes) -> list[int]:
    """Return slots for the breaks of a route that cannot keep everything.

    One break after the other is put where it makes the least late, then where the route ends
    first.
    """
    slots: list[int] = []
    for pause in times.breaks:
        options = []
        for slot in _sensible(times, slots, pause):
            driven = drive(times, [*slots, slot], leaves_late=False)
            options.append((lateness_s(times, driven), driven.end_s, slot))
        slots.append(min(options)[2])
    return slots


def _sensible(times: RouteTimes, slots: list[int], pause: tuple[int, int, int]) -> range:
    """Return slots for one more break: the last before it may start to the second too late for it.

    Earlier slots only make the driver wait longer for the same break, later ones make it later.
    """
    driven = drive(times, slots, leaves_late=False)
    ready = [times.start_s, *chain(*zip(driven.arrival_s, driven.leave_s, strict=True))]
    ready.append(driven.end_s)
    first = max(0, bisect_right(ready, pause[1]) - 1)
    last = min(len(ready) - 1, bisect_right(ready, pause[2]) + 1)
    least = slots[-1] if slots else 0
    return range(max(first, least), max(last, least) + 1)


def excused(times: RouteTimes, driven: Drive, slots: list[int]) -> RouteTimes:
    """Return the route with all its present lateness allowed."""
    begins = [taken.start_s for taken in driven.breaks]
    begins += [driven.end_s] * (len(slots) - len(begins))
    return replace(
        times,
        closes_s=[max(pair) for pair in zip(times.closes_s, driven.start_s, strict=True)],
        end_s=max(times.end_s, driven.end_s),
        breaks=[
            (duration, earliest_s, max(latest_s, begin))
            for (duration, earliest_s, latest_s), begin in zip(times.breaks, begins, strict=True)
        ],
    )
