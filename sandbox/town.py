"""What the sandbox last learned from the gateway: plan, deliveries, pickup points, people."""

import asyncio
import zoneinfo
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.gateway import Gateway, GatewayError
from sandbox.journal import Feed
from sandbox.telegram.chats import Chats, Person, person_id

_PLAN_EVERY_S = 1.0
_DELIVERIES_EVERY_S = 2.5
_POINTS_EVERY_S = 30.0


@dataclass(eq=False)
class Town:
    """The newest answers of the gateway; the feed hears of every change."""

    gateway: Gateway
    feed: Feed
    chats: Chats
    now: Callable[[], datetime]
    plans: dict[str, dict[str, Any]] = field(default_factory=dict)
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    pickup_points: list[dict[str, Any]] = field(default_factory=list)
    trouble: str | None = "not asked yet"
    _zone: str = "UTC"

    def today(self) -> str:
        """Return the date where the vans drive."""
        return self.now().astimezone(zoneinfo.ZoneInfo(self._zone)).date().isoformat()

    def days(self) -> tuple[str, str]:
        """Return today and tomorrow where the vans drive."""
        local = self.now().astimezone(zoneinfo.ZoneInfo(self._zone)).date()
        return local.isoformat(), (local + timedelta(days=1)).isoformat()

    def routes(self) -> list[dict[str, Any]]:
        """Return the routes of today and tomorrow."""
        return [route for plan in self.plans.values() for route in plan.get("routes", [])]

    def places(self) -> dict[str, str]:
        """Return the kind of the agreed place by delivery id."""
        return {
            str(each["id"]): str((each.get("place") or {}).get("kind", "address"))
            for each in self.deliveries
        }

    async def follow(self) -> None:
        """Ask the gateway again and again, each thing at its own pace, until cancelled."""
        await asyncio.gather(
            self._every(_PLAN_EVERY_S, self.refresh_plans),
            self._every(_DELIVERIES_EVERY_S, self.refresh_deliveries),
            self._every(_POINTS_EVERY_S, self.refresh_points),
        )

    async def refresh_plans(self) -> None:
        """Read the plans of today and tomorrow.

        Raises:
            GatewayError: If the gateway did not answer.
        """
        plans = {day: await self.gateway.routes(day) for day in self.days()}
        zone = next(
            (route["timezone"] for plan in plans.values() for route in plan.get("routes", [])), None
        )
        if zone in zoneinfo.available_timezones():
            self._zone = str(zone)
        if plans != self.plans:
            self.plans = plans
            self.feed.publish("plans", {"today": self.today(), "days": plans})

    async def refresh_deliveries(self) -> None:
        """Read the deliveries and get to know their recipients.

        Raises:
            GatewayError: If the gateway did not answer.
        """
        deliveries = await self.gateway.deliveries()
        if deliveries == self.deliveries:
            return
        self.deliveries = deliveries
        for delivery in deliveries:
            self._meet(delivery)
        self.tell_people()
        self.feed.publish("deliveries", deliveries)

    async def refresh_points(self) -> None:
        """Read the shops and lockers.

        Raises:
            GatewayError: If the gateway did not answer.
        """
        points = await self.gateway.pickup_points()
        if points != self.pickup_points:
            self.pickup_points = points
            self.feed.publish("pickup_points", points)

    def people(self) -> list[dict[str, Any]]:
        """Return everybody who has a phone."""
        return [
            {
                "phone": person.phone,
                "name": " ".join(filter(None, (person.first_name, person.last_name))),
                "telegram_id": person.id,
                "has_started": person.has_started,
                "has_blocked": person.has_blocked,
            }
            for person in self.chats.people.values()
            if person.phone is not None
        ]

    def tell_people(self) -> None:
        """Tell the feed about everybody."""
        self.feed.publish("people", self.people())

    def person(self, phone: str) -> Person:
        """Return the person with a phone; one nobody heard of is met now."""
        known = self.chats.by_phone(phone)
        if known is not None:
            return known
        person = self.chats.meet(Person(id=person_id(phone), first_name=phone, phone=phone))
        self.tell_people()
        return person

    def _meet(self, delivery: Mapping[str, Any]) -> None:
        phone = delivery.get("phone")
        if not phone:
            return
        person = self.person(str(phone))
        first_name, _, last_name = str(delivery.get("recipient_name") or phone).partition(" ")
        person.first_name, person.last_name = first_name, last_name or None
        told_id = delivery.get("telegram_user_id")
        if told_id and int(told_id) not in self.chats.people:
            # linked in an earlier life of the sandbox: the same account, already started
            self.chats.people.pop(person.id, None)
            person.id, person.has_started = int(told_id), True
            self.chats.meet(person)

    async def _every(self, interval_s: float, refresh: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await refresh()
                self._note(None)
            except GatewayError as error:
                self._note(str(error))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                self._note(f"an answer that cannot be read: {error!r}")
            await asyncio.sleep(interval_s)

    def _note(self, trouble: str | None) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self.feed.publish("gateway", {"trouble": trouble})
