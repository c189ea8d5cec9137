"""Intervals from measured errors: split conformal prediction, by groups with back-off.

An interval holds the share ``ceil((n + 1) * share) / n`` of ``n`` past errors: then it holds the
next one with at least that share, if days are alike (V. Vovk, A. Gammerman, G. Shafer, "Algorithmic
Learning in a Random World", 2005, and Y. Romano, E. Patterson, E. Candès, "Conformalized quantile
regression", NeurIPS 2019). Of all such intervals the shortest is taken: errors are skewed, late
being worse than early, so it lies off the middle. Days are not quite alike, so what days have kept
moves the share that is asked for (I. Gibbs and E. Candès, "Adaptive conformal inference under
distribution shift", NeurIPS 2021).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil

STEPS = 100
# Below this a group's tails are one or two errors: the coarser group knows better.
ENOUGH = 80
BEFORE_LEAVING = -1
_BOUNDS = (0, 1, 2, 4, 8, 16)
GAIN = 0.15
LOWEST_SHIFT, HIGHEST_SHIFT = -0.2, 0.09
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
    groups: Mapping[str, Sequence[int]], hour: int, stops_ahead: int, share: float
) -> tuple[int, int] | None:
    """Return how much earlier and later than expected an arrival is with that share.

    None if too little is known.
    """
    for group in groups_of(hour, stops_ahead):
        known = groups.get(group)
        if known:
            return _shortest(known[0], known[1:], share)
    return None


def shifted(shift: float, *, asked: float, kept: float) -> float:
    """Return the shift after a day that kept a share of its promises."""
    return min(max(shift + GAIN * (asked - kept), LOWEST_SHIFT), HIGHEST_SHIFT)


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
