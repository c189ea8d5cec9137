"""Intervals from measured errors: split conformal prediction, by groups with back-off.

An interval holds the share ``ceil((n + 1) * share) / n`` of ``n`` past errors: then it holds the
next one with at least that share, if days are alike (V. Vovk, A. Gammerman, G. Shafer, "Algorithmic
Learning in a Random World", 2005, and Y. Romano, E. Patterson, E. Candès, "Conformalized quantile
regression", NeurIPS 2019). Of all such intervals the shortest is taken: errors are skewed, late
being worse than early, so it lies off the middle.

The errors of one day and of one van go together, so a few days know less than their many errors
seem to, and traffic drifts. So each finished day stretches or shrinks all intervals by what it
missed (I. Gibbs and E. Candès, "Adaptive conformal inference under distribution shift", NeurIPS
2021, on the width instead of the share as in A. Angelopoulos, E. Candès and R. Tibshirani,
"Conformal PID control for time series prediction", NeurIPS 2023). A share ends at the largest
error ever seen, a width does not: the long run holds whatever the errors are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, exp, floor

STEPS = 100
# Below this a group's tails are one or two errors: the coarser group knows better.
ENOUGH = 80
BEFORE_LEAVING = -1
_BOUNDS = (0, 1, 2, 4, 8, 16)
# Of the logarithm of the width. A day that kept 80 % instead of 90 % widens the next by a tenth.
GAIN = 1.0
LOWEST_SHIFT, HIGHEST_SHIFT = -1.0, 1.5
LEAST, MOST = 0.5, 0.995


def groups_of(hour: int, stops_ahead: int) -> Iterator[str]:
    """Yield the groups that an expectation belongs to, the finest first."""
    part = _bucket(stops_ahead)
    yield f"{hour}:{part}"
    yield f"*:{part}"
    yield "*:*"


def sketched(errors: Iterable[tuple[int, int, int]]) -> dict[str, list[int]]:
    """Return per group how many errors it has, then their quantiles in equal steps.

    Args:
        errors: Hour, stops ahead, seconds.
    """
    members: defaultdict[str, list[int]] = defaultdict(list)
    for hour, stops_ahead, error_s in errors:
        for group in groups_of(hour, stops_ahead):
            members[group].append(error_s)
    return {
        group: [len(seconds), *_quantiles(sorted(seconds))]
        for group, seconds in members.items()
        if len(seconds) >= ENOUGH
    }


def span_s(
    groups: Mapping[str, Sequence[int]],
    hour: int,
    stops_ahead: int,
    share: float,
    *,
    shift: float = 0.0,
) -> tuple[int, int] | None:
    """Return how much earlier and later than expected an arrival is with that share.

    None if too little is known.

    Args:
        groups: As ``sketched`` returned them.
        hour: Of the expected arrival.
        stops_ahead: Stops before it.
        share: Arrivals that are to be inside.
        shift: Logarithm of how much wider it is made about its middle.
    """
    for group in groups_of(hour, stops_ahead):
        known = groups.get(group)
        if known:
            return _stretched(_shortest(known[0], known[1:], share), shift)
    return None


def shifted(shift: float, *, asked: float, kept: float) -> float:
    """Return the logarithm of the widening after a day that kept a share of its promises."""
    return min(max(shift + GAIN * (asked - kept), LOWEST_SHIFT), HIGHEST_SHIFT)


def _stretched(span: tuple[int, int], shift: float) -> tuple[int, int]:
    middle, half = (span[0] + span[1]) / 2, (span[1] - span[0]) / 2 * exp(shift)
    return floor(middle - half), ceil(middle + half)


def _bucket(stops_ahead: int) -> str:
    if stops_ahead == BEFORE_LEAVING:
        return "depot"
    return str(next((bound for bound in _BOUNDS if stops_ahead <= bound), "more"))


def _quantiles(ordered: Sequence[int]) -> list[int]:
    last = len(ordered) - 1
    return [ordered[round(step * last / STEPS)] for step in range(STEPS + 1)]


def _shortest(count: int, quantiles: Sequence[int], share: float) -> tuple[int, int]:
    """Return the shortest interval between quantiles that holds enough of them."""
    needed = min(ceil((count + 1) * min(max(share, LEAST), MOST)) / count, 1.0) * STEPS
    whole = min(int(needed), STEPS)
    rest = needed - whole
    spans = []
    for first in range(STEPS - ceil(needed) + 1):
        high: float = quantiles[first + whole]
        if rest > 0:
            high += rest * (quantiles[first + whole + 1] - quantiles[first + whole])
        spans.append((high - quantiles[first], quantiles[first], ceil(high)))
    _, low, high_s = min(spans)
    return low, high_s
