"""One driver on one route, on simulated time: pure rules, no network."""

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from sandbox.routes import Point, Route, Stop

Phase = Literal["waiting", "driving", "serving", "returning", "finished"]

_NOISE = 0.15
_HOUSEHOLD_SHARE = 0.12
_SHORTEST_LEG_S = 20.0
_POSITION_EVERY = timedelta(minutes=1)
_HANDED_TO = {
    "neighbour": "neighbour",
    "safe_place": "safe_place",
    "pickup_point": "pickup_point",
}


@dataclass
class Luck:
    """Seeded chance: the same stop meets the same luck in every run.

    Attributes:
        fail_share: Share of home deliveries at which nobody opens.
    """

    seed: int
    fail_share: float = 0.08
    noise: float = _NOISE

    def factor(self, *about: object) -> float:
        """Return a factor around 1 for a duration."""
        return 1 + self.noise * (2 * self._draw("factor", *about) - 1)

    def fails(self, *about: object) -> bool:
        """Whether nobody is at home."""
        return self._draw("fails", *about) < self.fail_share

    def household(self, *about: object) -> bool:
        """Whether somebody else of the household opens."""
        return self._draw("household", *about) < _HOUSEHOLD_SHARE

    def _draw(self, *about: object) -> float:
        key = ":".join(map(str, (self.seed, *about)))
        return random.Random(key).random()  # noqa: S311 - luck, not secrets


@dataclass
class _Leg:
    start: Point
    end: Point
    begins_at: datetime
    ends_at: datetime


@dataclass(eq=False)
class DriverRun:
    """A driver who follows the newest plan of one route.

    Attributes:
        photo_url: Where the proof photo of a delivery is, ``{}`` for its id.
    """

    route: Route
    luck: Luck
    since: datetime
    photo_url: str
    phase: Phase = "waiting"
    target: str | None = None
    _here: Point = field(init=False)
    _left: str | None = None
    _leg: _Leg | None = None
    _busy_until: datetime | None = None
    _reported_at: datetime | None = None
    _served: set[str] = field(default_factory=set)
    _tries: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._here = self.route.depot
        if self.route.state == "finished":
            self.phase = "finished"
        elif self.route.state == "departed":
            self._join()

    def follow(self, route: Route, now: datetime) -> None:
        """Take over a newer plan; the target changes at once if the next stop did."""
        self.route = route
        for stop in route.stops:
            if not stop.is_open:
                # the gateway knows: should the stop open again, it is a second chance
                self._served.discard(stop.id)
        following = self._next_stop()
        is_other = following is None or following.id != self.target
        has_moved = following and self._leg and following.place != self._leg.end
        is_called_back = self.phase == "returning" and following is not None
        if is_called_back or (self.phase == "driving" and (is_other or has_moved)):
            self._set_out(now)

    def position(self, at: datetime) -> Point:
        """Return where the van is."""
        if self._leg is None:
            return self._here
        whole_s = (self._leg.ends_at - self._leg.begins_at).total_seconds()
        gone_s = (at - self._leg.begins_at).total_seconds()
        share = min(max(gone_s / whole_s, 0.0), 1.0) if whole_s > 0 else 1.0
        return self._leg.start.towards(self._leg.end, share)

    def advance(
        self, until: datetime, places: Mapping[str, str], *, wants_position: bool = True
    ) -> list[dict[str, Any]]:
        """Live until an instant and return the events on the way, oldest first.

        Args:
            until: Simulated; not before the last call's.
            places: Kind of the agreed place by delivery id, for deliveries that are not handed
                over at the address.
            wants_position: Whether to tell the position when a minute has passed.
        """
        events: list[dict[str, Any]] = []
        while True:
            step = self._step(until, places)
            if step is None:
                break
            events.extend(step)
        moving = self.phase in ("driving", "returning")
        due = self._reported_at is None or until - self._reported_at >= _POSITION_EVERY
        if wants_position and moving and due:
            self._reported_at = until
            events.append(self._event("position", until, self.position(until)))
        return events

    def _step(self, until: datetime, places: Mapping[str, str]) -> list[dict[str, Any]] | None:
        """Do the next thing if its time has come; None if it has not."""
        if self.phase == "waiting":
            return self._depart(until)
        if self._leg is not None and self._leg.ends_at <= until:
            return self._arrive(self._leg)
        if self._busy_until is not None and self._busy_until <= until:
            return self._hand_over(self._busy_until, places)
        return None

    def _depart(self, until: datetime) -> list[dict[str, Any]] | None:
        leaves_at = max(self.route.start_at, self.since)
        if leaves_at > until or not self.route.stops:
            return None
        self._set_out(leaves_at)
        return [self._event("departed", leaves_at, self.route.depot)]

    def _join(self) -> None:
        # the sandbox was started while the van was already on its way
        finished = [stop for stop in self.route.stops if not stop.is_open]
        if finished:
            self._here, self._left = finished[-1].place, finished[-1].id
        arrived = next((stop for stop in self.route.stops if stop.state == "arrived"), None)
        if arrived is None:
            self._set_out(self.since)
            return
        self._here, self.target, self.phase = arrived.place, arrived.id, "serving"
        self._busy_until = self.since + self._service(arrived)

    def _next_stop(self) -> Stop | None:
        return next(
            (stop for stop in self.route.stops if stop.is_open and stop.id not in self._served),
            None,
        )

    def _set_out(self, at: datetime) -> None:
        start = self.position(at)
        is_at_stop = self._leg is None
        stop = self._next_stop()
        end = self.route.depot if stop is None else stop.place
        planned_s = self.route.planned_leg_s(self._left, stop) if stop and is_at_stop else None
        if planned_s is None:
            planned_s = start.distance_m(end) / self.route.pace_m_s()
        name = "depot" if stop is None else stop.id
        travel_s = max(planned_s * self.luck.factor(self.route.id, name), _SHORTEST_LEG_S)
        self.target = None if stop is None else stop.id
        self.phase = "returning" if stop is None else "driving"
        self._leg = _Leg(start, end, at, at + timedelta(seconds=travel_s))

    def _arrive(self, leg: _Leg) -> list[dict[str, Any]]:
        at, self._here, self._leg = leg.ends_at, leg.end, None
        if self.phase == "returning":
            self.phase = "finished"
            return [self._event("returned", at, leg.end)]
        stop = self.route.stop(self.target or "")
        if stop is None:
            self._set_out(at)
            return []
        begins_at = at if stop.window_start is None else max(at, stop.window_start)
        self.phase = "serving"
        self._busy_until = begins_at + self._service(stop)
        return [self._event("arrived", at, leg.end, stop_id=stop.id)]

    def _service(self, stop: Stop) -> timedelta:
        factor = self.luck.factor(self.route.id, stop.id, "service")
        return timedelta(seconds=stop.service_s * factor)

    def _hand_over(self, at: datetime, places: Mapping[str, str]) -> list[dict[str, Any]]:
        stop = self.route.stop(self.target or "")
        events = []
        if stop is not None:
            self._served.add(stop.id)
            self._left = stop.id
            tried = self._tries[stop.id] = self._tries.get(stop.id, 0) + 1
            events = [self._outcome(stop, each, places, at, tried) for each in stop.delivery_ids]
        self._busy_until = None
        self._set_out(at)
        return events

    def _outcome(
        self, stop: Stop, delivery_id: str, places: Mapping[str, str], at: datetime, tried: int
    ) -> dict[str, Any]:
        kind = places.get(delivery_id, "address")
        facts: dict[str, Any] = {"stop_id": stop.id, "delivery_id": delivery_id}
        if stop.kind == "pickup_point":
            return self._event("delivered", at, stop.place, **facts, handed_to="pickup_point")
        if kind in _HANDED_TO:
            facts["handed_to"] = _HANDED_TO[kind]
            if kind == "safe_place":
                facts["photo_url"] = self.photo_url.format(delivery_id)
            return self._event("delivered", at, stop.place, **facts)
        if self.luck.fails(self.route.id, delivery_id, tried):
            return self._event("failed", at, stop.place, **facts, reason="nobody_home")
        in_family = self.luck.household(self.route.id, delivery_id)
        facts["handed_to"] = "household" if in_family else "recipient"
        return self._event("delivered", at, stop.place, **facts)

    def _event(self, kind: str, at: datetime, place: Point, **facts: str) -> dict[str, Any]:
        return {
            "id": uuid.uuid4().hex,
            "kind": kind,
            "at": at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "route_id": self.route.id,
            "lat": round(place.lat, 6),
            "lon": round(place.lon, 6),
            **facts,
        }
