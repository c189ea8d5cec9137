"""Puts the sandbox together: the clock, both stand-ins, and what they share."""

import asyncio
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from sandbox.clock import SimulatedClock
from sandbox.drivers import Drivers
from sandbox.driving import Luck
from sandbox.faults import FaultPlan
from sandbox.gateway import Gateway
from sandbox.journal import Feed, Journal
from sandbox.settings import Settings
from sandbox.telegram.bot import Bot
from sandbox.telegram.limits import RateLimits
from sandbox.telegram.methods import call_from_answer
from sandbox.telegram.updates import Updates
from sandbox.town import Town
from sandbox.twilio.sending import Account
from sandbox.twilio.standin import InboundHooks, TwilioStandIn
from sandbox.twilio.webhooks import WebhookCaller

# As docs/operating.md has it set up at Twilio.
_MESSAGES_PATH = "/channels/twilio/messages#rc=5&rp=all"


@dataclass(eq=False)
class Stage:
    """Everything that plays together; what outsiders do goes through here."""

    clock: SimulatedClock
    feed: Feed
    journal: Journal
    twilio: TwilioStandIn
    twilio_faults: FaultPlan
    bot: Bot
    telegram_faults: FaultPlan
    town: Town
    drivers: Drivers
    client: httpx.AsyncClient

    async def work(self) -> None:
        """Follow the gateway and drive, until cancelled."""
        await asyncio.gather(self.town.follow(), self.drivers.work())

    def represent(self) -> dict[str, Any]:
        """Return everything that the page shows."""
        town = self.town
        return {
            "clock": self.clock.represent(),
            "gateway": {"url": town.gateway.url, "trouble": town.trouble},
            "bot_username": self.bot.username,
            "number": self.twilio.account.numbers[0],
            "today": town.today(),
            "days": town.plans,
            "deliveries": town.deliveries,
            "pickup_points": town.pickup_points,
            "people": town.people(),
            "vans": self.drivers.vans(),
            "messages": [asdict(entry) for entry in self.journal.entries()],
        }

    async def close(self) -> None:
        """Stop what is under way and close the connections."""
        await self.twilio.close()
        await self.bot.updates.close()
        await self.client.aclose()


def build_stage(settings: Settings) -> Stage:
    """Build the stage; nothing runs yet and nothing is called."""
    start = settings.now if settings.now is not None else datetime.now(tz=UTC)
    clock = SimulatedClock(start, rate=settings.rate)
    client = httpx.AsyncClient(trust_env=False, limits=httpx.Limits(max_connections=200))
    feed = Feed()
    journal = Journal(feed)
    clock.on_change(lambda: feed.publish("clock", clock.represent()))
    bot = _build_bot(settings, journal, feed, clock, client)
    gateway = Gateway(client, settings.gateway, settings.api_key)
    town = Town(gateway, feed, bot.chats, clock.now)
    drivers = Drivers(
        town=town,
        gateway=gateway,
        feed=feed,
        luck=Luck(settings.seed),
        photo_url=f"http://127.0.0.1:{settings.page_port}/photos/{{}}.png",
        now=clock.now,
    )
    return Stage(
        clock=clock,
        feed=feed,
        journal=journal,
        twilio=_build_twilio(settings, journal, clock, client),
        twilio_faults=FaultPlan(),
        bot=bot,
        telegram_faults=FaultPlan(),
        town=town,
        drivers=drivers,
        client=client,
    )


def _build_twilio(
    settings: Settings, journal: Journal, clock: SimulatedClock, client: httpx.AsyncClient
) -> TwilioStandIn:
    account = Account(
        sid=settings.account_sid,
        token=settings.auth_token,
        numbers=(settings.twilio_from,),
        messaging_service_sid=settings.messaging_service_sid,
    )
    return TwilioStandIn(
        account=account,
        caller=WebhookCaller(client, settings.auth_token),
        hooks=InboundHooks(settings.gateway + _MESSAGES_PATH),
        journal=journal,
        now=clock.now,
    )


def _build_bot(
    settings: Settings,
    journal: Journal,
    feed: Feed,
    clock: SimulatedClock,
    client: httpx.AsyncClient,
) -> Bot:
    bot = Bot(
        token=settings.bot_token,
        username=settings.bot_username,
        journal=journal,
        feed=feed,
        now=clock.now,
        monotonic=time.monotonic,
        client=client,
        updates=Updates(client, time.monotonic),
        limits=RateLimits(time.monotonic),
    )
    bot.updates.call_method = call_from_answer(bot)
    return bot
