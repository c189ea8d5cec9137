"""How long legs take by when they are driven: speeds that change from one hour to the next.

A leg is so many seconds at its planned speed. In any one hour everybody drives at one speed, and
whoever is on the road when it ends goes on at the speed of the next (S. Ichoua, M. Gendreau and
J.-Y. Potvin, "Vehicle dispatching with time-dependent travel times", EJOR 144 (2003)). So nobody
who leaves later is there sooner (FIFO); a leg multiplied by the factor of the hour it begins in
would allow that.

Speeds are whole thousandths of the planned one, which makes all of it whole numbers: the latest
departure is exactly the inverse of the arrival, and where nothing was learned a leg takes exactly
what was planned.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
import numpy.typing as npt

type Ints = npt.NDArray[np.int64]

HOUR_S = 3600
AS_PLANNED = 1000
# Beyond it are no instants, only marks for what cannot be (see ``timing``).
_NO_INSTANT = 2**40


@dataclass(frozen=True, slots=True)
class Paces:
    """Speeds by instant; without any, legs take what was planned.

    Attributes:
        changes_s: When the speed changes, in order.
        speeds: In thousandths of the planned one, from each change on.
        driven: At each change, what can have been driven since 0, in thousandths of planned
            seconds.
    """

    changes_s: tuple[int, ...] = ()
    speeds: tuple[int, ...] = ()
    driven: tuple[int, ...] = ()

    @classmethod
    def of(cls, begins_s: int, factors: tuple[float, ...]) -> Self:
        """Return the speeds of hours in a row; before and after them all goes as planned.

        Args:
            begins_s: When the first hour begins.
            factors: How much longer legs take than planned in each.

        Raises:
            ValueError: If a factor is not above 0.
        """
        if not all(factor > 0 for factor in factors):
            msg = "a pace must be above 0"
            raise ValueError(msg)
        speeds = [max(1, round(AS_PLANNED / factor)) for factor in factors]
        if all(speed == AS_PLANNED for speed in speeds):
            return cls()
        ends_s = begins_s + HOUR_S * len(speeds)
        driven = [-AS_PLANNED * _NO_INSTANT, AS_PLANNED * begins_s]
        for speed in speeds:
            driven.append(driven[-1] + speed * HOUR_S)
        return cls(
            (-_NO_INSTANT, *range(begins_s, ends_s, HOUR_S), ends_s),
            (AS_PLANNED, *speeds, AS_PLANNED),
            tuple(driven),
        )

    def arrival_s(self, leaves_s: int, leg_s: int) -> int:
        """Return when a leg is over that begins at an instant."""
        if not self.changes_s or abs(leaves_s) >= _NO_INSTANT:
            return leaves_s + leg_s
        goal = self._driven_by(leaves_s) + AS_PLANNED * leg_s
        hour = bisect_left(self.driven, goal) - 1
        return self.changes_s[hour] - (self.driven[hour] - goal) // self.speeds[hour]

    def departure_s(self, arrives_s: int, leg_s: int) -> int:
        """Return the latest departure for a leg that is to be over by an instant."""
        if not self.changes_s or abs(arrives_s) >= _NO_INSTANT:
            return arrives_s - leg_s
        goal = self._driven_by(arrives_s) - AS_PLANNED * leg_s
        hour = bisect_right(self.driven, goal) - 1
        return self.changes_s[hour] + (goal - self.driven[hour]) // self.speeds[hour]

    def arrivals_s(self, leave_s: Ints, legs_s: Ints) -> Ints:
        """Return what ``arrival_s`` does, element by element; the two shapes broadcast."""
        if not self.changes_s:
            return leave_s + legs_s
        table = _table(self)
        goals = table.driven_by(leave_s) + AS_PLANNED * legs_s
        hours = table.driven.searchsorted(goals, side="left") - 1
        arrivals = table.changes_s[hours] - (table.driven[hours] - goals) // table.speeds[hours]
        return np.where(np.abs(leave_s) < _NO_INSTANT, arrivals, leave_s + legs_s)

    def departures_s(self, arrive_s: Ints, legs_s: Ints) -> Ints:
        """Return what ``departure_s`` does, element by element; the two shapes broadcast."""
        if not self.changes_s:
            return arrive_s - legs_s
        table = _table(self)
        goals = table.driven_by(arrive_s) - AS_PLANNED * legs_s
        hours = table.driven.searchsorted(goals, side="right") - 1
        departures = table.changes_s[hours] + (goals - table.driven[hours]) // table.speeds[hours]
        return np.where(np.abs(arrive_s) < _NO_INSTANT, departures, arrive_s - legs_s)

    def typical_s(self, legs_s: Ints, first_s: int, last_s: int) -> Ints:
        """Return how long legs take at the mean speed between two instants, rounded up."""
        if not self.changes_s or last_s <= first_s:
            return legs_s
        could_be = self._driven_by(last_s) - self._driven_by(first_s)
        return -(-legs_s * (AS_PLANNED * (last_s - first_s)) // could_be)

    def _driven_by(self, instant_s: int) -> int:
        hour = bisect_right(self.changes_s, instant_s) - 1
        return self.driven[hour] + self.speeds[hour] * (instant_s - self.changes_s[hour])


STEADY = Paces()


@dataclass(frozen=True, slots=True)
class _Table:
    """The same as arrays."""

    changes_s: Ints
    speeds: Ints
    driven: Ints

    def driven_by(self, instants_s: Ints) -> Ints:
        known = np.clip(instants_s, -_NO_INSTANT, _NO_INSTANT)
        hours = self.changes_s.searchsorted(known, side="right") - 1
        result: Ints = self.driven[hours] + self.speeds[hours] * (known - self.changes_s[hours])
        return result


@lru_cache(maxsize=64)
def _table(paces: Paces) -> _Table:
    return _Table(np.array(paces.changes_s), np.array(paces.speeds), np.array(paces.driven))
