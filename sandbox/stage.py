"""Puts the sandbox together: the clock, both stand-ins, and what they share."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from sandbox.clock import SimulatedClock
from sandbox.faults import FaultPlan
from sandbox.journal import Feed, Journal
from sandbox.settings import Settings
from sandbox.telegram.bot import Bot
from sandbox.telegram.limits import RateLimits
from sandbox.telegram.methods import call_from_answer
from sandbox.telegram.updates import Updates
from sandbox.twilio.sending import Account
from sandbox.twilio.standin import InboundHooks, TwilioStandIn
from sandbox.twilio.webhooks import WebhookCaller

_MESSAGES_PATH = "/channels/twilio/messages"


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
    client: httpx.AsyncClient

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
    account = Account(
        sid=settings.account_sid,
        token=settings.auth_token,
        numbers=(settings.twilio_from,),
        messaging_service_sid=settings.messaging_service_sid,
    )
    twilio = TwilioStandIn(
        account=account,
        caller=WebhookCaller(client, settings.auth_token),
        hooks=InboundHooks(settings.gateway + _MESSAGES_PATH),
        journal=journal,
        now=clock.now,
    )
    return Stage(
        clock=clock,
        feed=feed,
        journal=journal,
        twilio=twilio,
        twilio_faults=FaultPlan(),
        bot=_build_bot(settings, journal, feed, clock, client),
        telegram_faults=FaultPlan(),
        client=client,
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
