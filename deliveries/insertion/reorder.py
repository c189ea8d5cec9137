"""A better order for one van after a change, from single stops and stretches moved about.

Neighbours of an order are: a stretch of up to three stops elsewhere, either way round; and any
stretch turned round (Or 1976; Croes 1958). The best neighbour is taken until none is better. What
counts is the time on the road and the people who notice (see ``gentle``); an order that breaks a
window, a break or the shift is none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from deliveries.insertion.gentle import cost_s
from deliveries.insertion.paces import Ints
from deliveries.insertion.routes import Route
from deliveries.insertion.schedule import schedule
from deliveries.insertion.timing import RouteTimes, can_be_driven
from deliveries.insertion.travel import Travel, matrix, points

_LONGEST = 3
_ROUNDS = 8
_TRIED_A_ROUND = 400


@dataclass(frozen=True, slots=True)
class _Way:
    """An order of a route's stops, by index, that keeps everything."""

    order: tuple[int, ...]
    cost_s: int


def reordered(route: Route, travel: Travel, expected_s: Mapping[str, int]) -> Route:
    """Return a route in a better order, or as it is.

    Args:
        route: Keeps everything; its locked stops stay where they are.
        travel: How long it is between places.
        expected_s: When people expect to be served (see ``gentle``).
    """
    search = _Search.of(route, travel, expected_s)
    way = search.way(tuple(range(len(route.stops))))
    for _ in range(_ROUNDS):
        better = search.best_neighbour(way)
        if better is None:
            break
        way = better
    return search.in_order(way.order)


@dataclass(frozen=True, slots=True)
class _Search:
    """A route with the seconds between all its places: the stops, then the start and the end."""

    route: Route
    travel: Travel
    expected_s: Mapping[str, int]
    seconds: Ints

    @classmethod
    def of(cls, route: Route, travel: Travel, expected_s: Mapping[str, int]) -> "_Search":
        vehicle = route.vehicle
        nodes = [*(stop.position for stop in route.stops), vehicle.start, vehicle.end]
        seconds, _ = matrix(travel, points(nodes))
        return cls(route, travel, expected_s, seconds)

    def in_order(self, order: tuple[int, ...]) -> Route:
        return self.route.with_stops(tuple(self.route.stops[i] for i in order))

    def way(self, order: tuple[int, ...]) -> _Way:
        """Return an order with what it costs."""
        route = self.in_order(order)
        return _Way(order, cost_s(route, schedule(route, self.travel), self.expected_s))

    def best_neighbour(self, way: _Way) -> _Way | None:
        """Return the neighbour that costs least, if one costs less."""
        best: _Way | None = None
        for travel_s, order in self._shorter(way):
            if best is not None and travel_s >= best.cost_s:
                break
            if not can_be_driven(self._times(order)):
                continue
            other = self.way(order)
            if other.cost_s < (way.cost_s if best is None else best.cost_s):
                best = other
        return best

    def _shorter(self, way: _Way) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield the neighbours whose way is shorter than this one's cost, the shortest first."""
        count = len(way.order)
        nodes = np.array((count, *way.order, count + 1), np.intp)
        moves = _moves(count, self.route.locked)
        travel_s = _travel_s(self.seconds, nodes, moves)
        shorter = np.flatnonzero(travel_s < way.cost_s)
        for column in shorter[np.argsort(travel_s[shorter], kind="stable")][:_TRIED_A_ROUND]:
            yield int(travel_s[column]), _changed(way.order, *moves[:, column].tolist())

    def _times(self, order: tuple[int, ...]) -> RouteTimes:
        count = len(order)
        nodes = np.array((count, *order, count + 1), np.intp)
        legs_s = self.seconds[nodes[:-1], nodes[1:]].tolist()
        return RouteTimes.of(self.in_order(order), legs_s, self.travel)


@lru_cache(maxsize=16)
def _moves(count: int, locked: int) -> Ints:
    """Return all changes of an order, one a column; the first ``locked`` stops stay.

    Nodes are counted with the start as 0, so stops from 1. The rows: first and last node of a
    stretch, the node it comes after, and whether it is turned round.
    """
    moves = [
        (first, last, after, turned)
        for first in range(locked + 1, count + 1)
        for last in range(first, min(first + _LONGEST - 1, count) + 1)
        for after in (*range(locked, first - 1), *range(last + 1, count + 1))
        for turned in ((0, 1) if last > first else (0,))
    ]
    moves += [
        (first, last, first - 1, 1)
        for first in range(locked + 1, count)
        for last in range(first + 1, count + 1)
    ]
    return np.array(moves, np.int64).reshape(-1, 4).T


def _travel_s(seconds: Ints, nodes: Ints, moves: Ints) -> Ints:
    """Return how long the way is after each change."""
    first, last, after, turned = moves
    on = np.concatenate(([0], seconds[nodes[:-1], nodes[1:]].cumsum()))
    back = np.concatenate(([0], seconds[nodes[1:], nodes[:-1]].cumsum()))
    inside = np.where(turned, back[last] - back[first], on[last] - on[first])
    head = nodes[np.where(turned, last, first)]
    tail = nodes[np.where(turned, first, last)]
    before, behind = nodes[first - 1], nodes[last + 1]
    stays = after == first - 1
    # Where the stretch only turns round, it comes between its own neighbours.
    left = np.where(stays, before, nodes[after])
    right = np.where(stays, behind, nodes[after + 1])
    closed = np.where(stays, 0, seconds[before, behind] - seconds[left, right])
    cut = on[last + 1] - on[first - 1]
    result: Ints = on[-1] - cut + inside + closed + seconds[left, head] + seconds[tail, right]
    return result


def _changed(
    order: tuple[int, ...], first: int, last: int, after: int, turned: int
) -> tuple[int, ...]:
    """Return an order after one change (see ``_moves``)."""
    stretch = order[first - 1 : last]
    if turned:
        stretch = stretch[::-1]
    if after < first:
        return (*order[:after], *stretch, *order[after : first - 1], *order[last:])
    return (*order[: first - 1], *order[last:after], *stretch, *order[after:])
