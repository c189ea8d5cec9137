"""The plan as the gateway tells it, and the plain geometry the drivers use."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_METRES_PER_DEGREE = 111_195.0
_DEFAULT_PACE_M_S = 7.0
_OPEN = frozenset({"planned", "arrived"})


class UnreadableRouteError(ValueError):
    """A route that a driver cannot follow."""


@dataclass(frozen=True)
class Point:
    """A place on the ground."""

    lat: float
    lon: float

    def distance_m(self, other: "Point") -> float:
        """Return the straight distance in metres, good enough within one town."""
        middle = math.radians((self.lat + other.lat) / 2)
        north = (other.lat - self.lat) * _METRES_PER_DEGREE
        east = (other.lon - self.lon) * _METRES_PER_DEGREE * math.cos(middle)
        return math.hypot(north, east)

    def towards(self, other: "Point", share: float) -> "Point":
        """Return the point at this share of the way to another one."""
        return Point(
            self.lat + (other.lat - self.lat) * share, self.lon + (other.lon - self.lon) * share
        )


@dataclass(frozen=True)
class Stop:
    """One halt of a route; instants are UTC."""

    id: str
    kind: str
    place: Point
    service_s: float
    arrival_at: datetime | None
    leave_at: datetime | None
    window_start: datetime | None
    state: str
    delivery_ids: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether the plan still wants the driver to go there."""
        return self.state in _OPEN


@dataclass(frozen=True)
class Route:
    """A vehicle's ordered stops in one shift."""

    id: str
    vehicle_id: str
    state: str
    start_at: datetime
    revision: int
    depot: Point
    stops: tuple[Stop, ...]

    def stop(self, stop_id: str) -> Stop | None:
        """Return a stop, or None if it is not on the route any more."""
        return next((stop for stop in self.stops if stop.id == stop_id), None)

    def planned_leg_s(self, from_id: str | None, to: Stop) -> float | None:
        """Return the planned travel time to a stop from the one before it (None: the depot).

        None when the plan does not visit them one after the other.
        """
        before = None
        for stop in self.stops:
            if stop.id == to.id:
                break
            before = stop
        if (before.id if before else None) != from_id or to.arrival_at is None:
            return None
        leaves_at = before.leave_at if before else self.start_at
        return None if leaves_at is None else (to.arrival_at - leaves_at).total_seconds()

    def pace_m_s(self) -> float:
        """Return the plan's straight-line speed over all its legs."""
        distance_m, duration_s = 0.0, 0.0
        here, previous = self.depot, None
        for stop in self.stops:
            leg_s = self.planned_leg_s(previous, stop)
            if leg_s is not None and leg_s > 0:
                distance_m += here.distance_m(stop.place)
                duration_s += leg_s
            here, previous = stop.place, stop.id
        return max(distance_m / duration_s, 1.0) if duration_s else _DEFAULT_PACE_M_S


def read_route(told: Mapping[str, Any]) -> Route:
    """Read a route from the gateway's JSON.

    Raises:
        UnreadableRouteError: If something a driver needs is missing or of the wrong kind.
    """
    try:
        stops = sorted(told["stops"], key=lambda stop: stop["position"])
        start_at = _instant(told["start_at"])
        if start_at is None:
            raise UnreadableRouteError(f"route {told['id']} has no start")
        return Route(
            id=str(told["id"]),
            vehicle_id=str(told["vehicle_id"]),
            state=told["state"],
            start_at=start_at,
            revision=int(told["revision"]),
            depot=_point(told["depot"]),
            stops=tuple(_read_stop(stop) for stop in stops),
        )
    except (KeyError, TypeError) as exc:
        raise UnreadableRouteError(f"a route without {exc}") from exc


def _read_stop(told: Mapping[str, Any]) -> Stop:
    return Stop(
        id=str(told["id"]),
        kind=told.get("kind", "address"),
        place=_point(told),
        service_s=float(told.get("service_duration_s") or 0),
        arrival_at=_instant(told.get("arrival_at")),
        leave_at=_instant(told.get("leave_at")),
        window_start=_instant(told.get("window_start")),
        state=told["state"],
        delivery_ids=tuple(map(str, told.get("delivery_ids", ()))),
    )


def _point(told: Mapping[str, Any]) -> Point:
    return Point(float(told["lat"]), float(told["lon"]))


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
