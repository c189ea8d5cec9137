"""All drivers: they follow the plans that the gateway publishes and report to it."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.driving import DriverRun, Luck
from sandbox.gateway import Gateway, GatewayDownError, GatewayRefusedError
from sandbox.journal import Feed
from sandbox.routes import UnreadableRouteError, read_route
from sandbox.town import Town

_TICK_S = 0.25
_POSITION_EVERY_S = 1.0
_BATCH = 100
_LONGEST_WAIT_S = 10.0
_REMEMBERED = 50


@dataclass(eq=False)
class Drivers:
    """One run per route; what they report waits here until the gateway takes it."""

    town: Town
    gateway: Gateway
    feed: Feed
    luck: Luck
    photo_url: str
    now: Callable[[], datetime]
    monotonic: Callable[[], float] = time.monotonic
    is_on: bool = True
    runs: dict[str, DriverRun] = field(default_factory=dict)
    refused: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _waiting: deque[dict[str, Any]] = field(default_factory=deque)
    _positioned_at: float = 0.0
    _shown: list[dict[str, Any]] = field(default_factory=list)
    _plans: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def work(self) -> None:
        """Drive and report until cancelled."""
        await asyncio.gather(self._drive(), self._report())

    def tick(self) -> None:
        """Let every driver live until now."""
        self._take_plans()
        if not self.is_on:
            return
        now, places = self.now(), self.town.places()
        wants_position = self.monotonic() - self._positioned_at >= _POSITION_EVERY_S
        if wants_position:
            self._positioned_at = self.monotonic()
        for run in self.runs.values():
            self._waiting.extend(run.advance(now, places, wants_position=wants_position))
        vans = self.vans()
        if vans != self._shown:
            self._shown = vans
            self.feed.publish("vans", vans)

    def vans(self) -> list[dict[str, Any]]:
        """Return where every van is and what it does."""
        now = self.now()
        shown = []
        for run in self.runs.values():
            place = run.position(now)
            shown.append(
                {
                    "route_id": run.route.id,
                    "vehicle_id": run.route.vehicle_id,
                    "phase": run.phase,
                    "stop_id": run.target,
                    "lat": round(place.lat, 6),
                    "lon": round(place.lon, 6),
                }
            )
        return shown

    def waiting(self) -> list[dict[str, Any]]:
        """Return the events that the gateway has not taken yet, oldest first."""
        return list(self._waiting)

    async def send_reports(self) -> None:
        """Post what waits, oldest first.

        Raises:
            GatewayDownError: If the gateway cannot take it now; nothing is lost.
        """
        while self._waiting:
            batch = [self._waiting[index] for index in range(min(_BATCH, len(self._waiting)))]
            try:
                rejected = await self.gateway.report(batch)
            except GatewayRefusedError as refusal:
                await self._send_one_by_one(batch, refusal)
            else:
                for _ in batch:
                    self._waiting.popleft()
                kinds = {event["id"]: event["kind"] for event in batch}
                for each in rejected:
                    event = {"id": each.get("id"), "kind": kinds.get(each.get("id"))}
                    self._note_refusal(event, str(each.get("error")))

    def _take_plans(self) -> None:
        if self.town.plans is self._plans:
            return
        self._plans = self.town.plans
        routes = {}
        for told in self.town.routes():
            try:
                route = read_route(told)
            except (UnreadableRouteError, ValueError) as error:
                self._note_refusal({"kind": "route", "id": told.get("id")}, str(error))
                continue
            routes[route.id] = route
        for route_id in self.runs.keys() - routes.keys():
            del self.runs[route_id]
        for route_id, route in routes.items():
            run = self.runs.get(route_id)
            if run is None:
                self.runs[route_id] = DriverRun(route, self.luck, self.now(), self.photo_url)
            elif run.route != route:
                run.follow(route, self.now())

    async def _send_one_by_one(
        self, batch: list[dict[str, Any]], refusal: GatewayRefusedError
    ) -> None:
        if len(batch) == 1:
            self._note_refusal(self._waiting.popleft(), str(refusal))
            return
        for event in batch:
            try:
                await self.gateway.report([event])
            except GatewayRefusedError as error:
                self._note_refusal(event, str(error))
            self._waiting.popleft()

    def _note_refusal(self, event: dict[str, Any], reason: str) -> None:
        entry = {"kind": event.get("kind"), "id": event.get("id"), "reason": reason}
        if entry not in self.refused:
            self.refused.append(entry)
            self.feed.publish("refused", entry)

    async def _drive(self) -> None:
        while True:
            self.tick()
            await asyncio.sleep(_TICK_S)

    async def _report(self) -> None:
        wait_s = _TICK_S
        while True:
            try:
                await self.send_reports()
                wait_s = _TICK_S
            except GatewayDownError:
                wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
                self._drop_old_positions()
            await asyncio.sleep(wait_s)

    def _drop_old_positions(self) -> None:
        # while nobody listens only the newest position of each van is worth keeping
        newest = {
            event["route_id"]: event["id"] for event in self._waiting if event["kind"] == "position"
        }
        kept = [
            event
            for event in self._waiting
            if event["kind"] != "position" or newest[event["route_id"]] == event["id"]
        ]
        self._waiting = deque(kept)
