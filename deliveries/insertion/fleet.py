"""All routes of a plan, timed, and packed into arrays so that every place can be tried at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from deliveries.insertion.paces import Ints
from deliveries.insertion.routes import Route
from deliveries.insertion.schedule import RouteSchedule, TimedRoute, timed
from deliveries.insertion.timing import NEVER
from deliveries.insertion.travel import Points, Travel, points


class Gaps(NamedTuple):
    """Every place where a stop can be put in: between two neighbouring nodes of a route.

    The last axis, ``g``, counts gaps over all routes. ``k`` counts breaks behind the driver,
    padded to the largest number of any vehicle by breaks that fit anywhere and take no time.

    Attributes:
        ready_s: ``(k, g)``: the earliest the vehicle can leave the node before.
        bound_s: ``(k, g)``: the latest it may come to the node after.
        breaks: ``(k - 1, 3, g)``: duration, earliest and latest start of each break.
        origins: ``(2, g)``: the node before, in degrees.
        destinations: ``(2, g)``: the node after.
        legs: ``(2, g)``: seconds and metres from one to the other.
        rows: ``(3, g)``: index of the route, index the new stop would have in it, and room left.
    """

    ready_s: Ints
    bound_s: Ints
    breaks: Ints
    origins: Points
    destinations: Points
    legs: Ints
    rows: Ints

    def part(self, first: int, end: int) -> "Gaps":
        """Return the gaps ``[first, end)``."""
        return Gaps._make(array[..., first:end] for array in self)


@dataclass(frozen=True, slots=True)
class Fleet:
    """A plan's routes, ready to be quoted on. Changes return a new fleet; see ``commit``.

    Attributes:
        travel: How long and how far it is between points.
        timed_routes: In the order given.
        gaps: Those of the first route, then those of the second, and so on.
        offsets: Where each route's gaps begin, and one more: where the last ones end.
    """

    travel: Travel
    timed_routes: tuple[TimedRoute, ...]
    gaps: Gaps
    offsets: tuple[int, ...]

    @staticmethod
    def of(routes: Sequence[Route], travel: Travel) -> "Fleet":
        """Time and pack routes.

        Raises:
            ValueError: If two vehicles or two stops have the same id.
        """
        return _fleet(tuple(routes), travel)

    @property
    def routes(self) -> tuple[Route, ...]:
        """The routes, in the order given."""
        return tuple(entry.route for entry in self.timed_routes)

    @property
    def schedules(self) -> tuple[RouteSchedule, ...]:
        """The routes' times, in the same order."""
        return tuple(entry.schedule for entry in self.timed_routes)

    def route_index(self, vehicle_id: str) -> int:
        """Return the index of a vehicle's route.

        Raises:
            KeyError: If there is none.
        """
        for index, entry in enumerate(self.timed_routes):
            if entry.route.vehicle.vehicle_id == vehicle_id:
                return index
        raise KeyError(vehicle_id)

    def find(self, stop_id: str) -> tuple[int, int] | None:
        """Return a stop's route index and its index there, or None if it is on no route."""
        for index, entry in enumerate(self.timed_routes):
            for position, stop in enumerate(entry.route.stops):
                if stop.stop_id == stop_id:
                    return index, position
        return None

    def with_route(self, index: int, route: Route) -> "Fleet":
        """Return the fleet with one route's stops changed; its vehicle stays the same.

        Ids are not checked again. Only the route's own arrays are computed.
        """
        entry = timed(route, self.travel)
        new = _pack(index, entry, len(self.gaps.breaks))
        first, end = self.offsets[index], self.offsets[index + 1]
        grown = len(new.rows[0]) - (end - first)
        gaps = Gaps(
            *(
                np.concatenate((old[..., :first], middle, old[..., end:]), axis=-1)
                for old, middle in zip(self.gaps, new, strict=True)
            )
        )
        routes = (*self.timed_routes[:index], entry, *self.timed_routes[index + 1 :])
        moved = tuple(offset + grown for offset in self.offsets[index + 1 :])
        return Fleet(self.travel, routes, gaps, self.offsets[: index + 1] + moved)


# Routes are values, so that equal ones have equal fleets; several people ask about one plan.
@lru_cache(maxsize=32)
def _fleet(routes: tuple[Route, ...], travel: Travel) -> Fleet:
    ids = [stop.stop_id for route in routes for stop in route.stops]
    if len(set(ids)) < len(ids) or len({r.vehicle.vehicle_id for r in routes}) < len(routes):
        msg = "a fleet needs every vehicle and every stop once"
        raise ValueError(msg)
    breaks = max((len(route.vehicle.breaks) for route in routes), default=0)
    rows = [_row(index, route, travel, breaks) for index, route in enumerate(routes)]
    timed_routes = tuple(entry for entry, _ in rows)
    packed = [*(gaps for _, gaps in rows), _no_gaps(breaks)]
    offsets = np.cumsum([0, *(len(part.rows[0]) for part in packed[:-1])]).tolist()
    gaps = Gaps(*(np.concatenate(arrays, axis=-1) for arrays in zip(*packed, strict=True)))
    for array in gaps:
        array.flags.writeable = False
    return Fleet(travel, timed_routes, gaps, tuple(offsets))


# A change touches one route or two; the others of its plan are known from the change before.
@lru_cache(maxsize=512)
def _row(index: int, route: Route, travel: Travel, breaks: int) -> tuple[TimedRoute, Gaps]:
    entry = timed(route, travel)
    return entry, _pack(index, entry, breaks)


def _no_gaps(breaks: int) -> Gaps:
    layers = np.empty((breaks + 1, 0), np.int64)
    points_ = np.empty((2, 0), np.float64)
    pairs = np.empty((2, 0), np.int64)
    pauses = np.empty((breaks, 3, 0), np.int64)
    return Gaps(layers, layers, pauses, points_, points_, pairs, np.empty((3, 0), np.int64))


def _pack(index: int, entry: TimedRoute, breaks: int) -> Gaps:
    """Return one route's gaps, those before its locked stops left out."""
    route, locked = entry.route, entry.route.locked
    vehicle = route.vehicle
    nodes = points([vehicle.start, *(stop.position for stop in route.stops), vehicle.end]).T
    padding = breaks - len(vehicle.breaks)
    size = len(route.stops) + 1 - locked
    pauses = [(0, -NEVER // 2, NEVER // 2)] * padding
    pauses += [(b.duration_s, b.earliest_s, b.latest_s) for b in vehicle.breaks]
    span = np.array(pauses, np.int64).reshape(breaks, 3, 1)
    rows = np.empty((3, size), np.int64)
    rows[0], rows[1], rows[2] = index, np.arange(locked, locked + size), entry.room
    return Gaps(
        _layers(entry.first.ready[2 * locked :: 2], padding),
        _layers(entry.last.ready[2 * locked + 1 :: 2], padding),
        np.broadcast_to(span, (breaks, 3, size)),
        nodes[:, locked:-1],
        nodes[:, locked + 1 :],
        np.array((entry.legs_s[locked:], entry.legs_m[locked:]), np.int64),
        rows,
    )


def _layers(times: list[list[int]], padding: int) -> Ints:
    """Return times per break count, shape ``(k, gaps)``, the first layer repeated as padding."""
    layers = np.array(times, np.int64).T
    if not padding:
        return layers
    return np.concatenate((np.repeat(layers[:1], padding, axis=0), layers))
