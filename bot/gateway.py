"""Everything that runs in one gateway process: adapters are chosen here and put together."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from starlette.routing import BaseRoute

from bot.channels.limits import channel_limits
from bot.channels.telegram.client import open_bot
from bot.channels.telegram.forum import Forum
from bot.channels.telegram.pictures import TelegramPictures
from bot.channels.telegram.send import TelegramNetwork
from bot.channels.telegram.updates import TelegramUpdates
from bot.channels.twilio.pictures import TwilioPictures
from bot.channels.twilio.routes import STATUS_PATH, TwilioWebhooks
from bot.channels.twilio.send import TwilioAccount, TwilioNetwork
from bot.channels.twilio.whatsapp import WhatsAppNetwork, read_templates
from bot.console.live import Live
from bot.departure import Network
from bot.departures import Departures
from bot.dialogue import Dialogue
from bot.following import FOLLOWED_AFTER_S, Following
from bot.health import database_check, health_routes, rasa_check
from bot.inbox import Inbox
from bot.integration_events import IntegrationEvents, PlannerReports, Receiver
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.pacing import Pacing
from bot.pictures import PictureSource
from bot.reception import Reception
from bot.settings import ChatwootSettings, Settings, TelegramSettings, TwilioSettings
from bot.surfaces.ears import Ears, SurfaceReports
from bot.surfaces.following import Follower
from bot.transactions import Transactions
from bot.turns import Turns
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from deliveries.model.ids import new_id
from deliveries.model.recipient import Channel
from deliveries.ports import Clock, Vault
from deliveries.services.handoffs import request
from deliveries.staff_surfaces import StaffSurface
from integrations.chatwoot import NAME as CHATWOOT
from integrations.chatwoot import Account, ChatwootClient, ChatwootSurface, ChatwootWebhook
from integrations.clock import FollowedClock, SystemClock
from integrations.planning import planner_webhook
from integrations.storage import Storage, storage
from integrations.storage.wakeups import WakeupListener
from integrations.vault import FernetVault

_POSTGRESQL_THREADS = 8


@dataclass(eq=False)
class Gateway:
    """Everything that runs in one gateway process."""

    settings: Settings
    store: Storage
    clock: Clock
    client: httpx.AsyncClient
    metrics: Metrics
    transactions: Transactions
    networks: dict[Channel, Network]
    inbox: Inbox
    outbox: Outbox
    reception: Reception
    telegram: TelegramUpdates | None
    wording: Wording
    ears: Ears
    live: Live
    pictures: dict[Channel, PictureSource] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _listener: WakeupListener | None = None
    _ring: Callable[[], object] | None = None
    _call: Callable[[], object] | None = None

    def announce(self, kinds: frozenset[str]) -> None:
        """Wake who waits for what others have written; called in any thread."""
        if self._ring is not None and "outbox" in kinds:
            self._ring()
        if self._call is not None and "chats" in kinds:
            self._call()
        if "chats" in kinds:
            self.live.ring()

    async def open(self) -> None:
        """Connect and start working."""
        loop = asyncio.get_running_loop()
        self._ring = lambda: loop.call_soon_threadsafe(self.outbox.wake)
        self._call = lambda: loop.call_soon_threadsafe(self.ears.wake)
        if isinstance(self.clock, FollowedClock):
            await asyncio.to_thread(self.clock.start)
        if self.settings.twilio is not None:
            account = _twilio_account(self.settings.twilio, self.settings.public_url)
            self.networks[Channel.SMS] = TwilioNetwork(account)
            kept = TwilioPictures(self.client, account)
            self.pictures |= {Channel.SMS: kept, Channel.WHATSAPP: kept}
            if self.settings.twilio.whatsapp_from is not None:
                self.networks[Channel.WHATSAPP] = _whatsapp(self.settings.twilio, account)
        if self.telegram is not None:
            self.networks[Channel.TELEGRAM] = TelegramNetwork(self.telegram.bot)
            self.pictures[Channel.TELEGRAM] = TelegramPictures(self.telegram.bot)
            self._start(self._receive_telegram(self.telegram))
            self._start(self.telegram.learn_username())
        self._start(self.inbox.run())
        self._start(self.outbox.run())
        for follower in self.ears.followers.values():
            self._start(follower.run())
        self._start(_following(self).run())
        if self.settings.database_url.startswith("postgres"):
            self._listener = WakeupListener(self.settings.database_url, self.announce)
            self._listener.start()

    async def close(self) -> None:
        """Finish what is under way, then disconnect."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.inbox.close()
        await self.outbox.close()
        self._ring = self._call = None
        if self._listener is not None:
            await asyncio.to_thread(self._listener.stop)
        if self.telegram is not None:
            await self.telegram.close()
        await self.ears.close()
        for network in self.networks.values():
            await network.close()
        await self.client.aclose()
        self.transactions.close()
        if isinstance(self.clock, FollowedClock):
            await asyncio.to_thread(self.clock.stop)
        self.store.close()

    def routes(self) -> Sequence[BaseRoute]:
        """Return the channels' webhooks and the health checks."""
        twilio = self.settings.twilio
        webhooks = TwilioWebhooks(
            token=twilio.auth_token if twilio else "",
            public_url=self.settings.public_url,
            receive=self.reception.receive,
            report=self.reception.report,
        )
        checks = {
            "database": database_check(self.store.unit_of_work),
            "rasa": rasa_check(self.client, self.settings.rasa_url),
        }
        return [
            *webhooks.routes(),
            *(self.telegram.routes() if self.telegram else []),
            *IntegrationEvents(_receivers(self)).routes(),
            *health_routes(self.metrics, checks),
        ]

    async def _receive_telegram(self, telegram: TelegramUpdates) -> None:
        if self.settings.public_url:
            await telegram.set_webhook(self.settings.public_url)
        else:
            await telegram.poll()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))


def build(settings: Settings) -> Gateway:
    """Choose the adapters and put the gateway together; nothing is connected yet."""
    machine = SystemClock()
    clock = FollowedClock(settings.clock_url) if settings.clock_url else machine
    metrics, networks = Metrics(), dict[Channel, Network]()
    vault = FernetVault(settings.secret_key)
    gateway: Gateway

    def announce(kinds: frozenset[str]) -> None:
        # What our own threads commit, they send themselves.
        is_ours = transactions.is_current_thread_ours
        gateway.announce(kinds - {"outbox"} if is_ours else kinds)

    store = storage(settings.database_url, on_commit=announce)
    transactions = Transactions(store.unit_of_work, threads=_threads(settings))
    name, (wording, masked) = new_id("gateway"), _wordings(vault)
    departures = Departures(name, wording, networks, clock, machine, _pacing(settings, machine))
    outbox = Outbox(transactions, departures, metrics)
    client = httpx.AsyncClient(trust_env=False)
    dialogue = Dialogue(client, settings.rasa_url, settings.rasa_token)
    inbox = Inbox(transactions, Turns(departures, request, vault), dialogue, outbox, metrics)
    reception = Reception(transactions, inbox, outbox, clock, metrics, vault)
    gateway = Gateway(
        settings=settings,
        store=store,
        clock=clock,
        client=client,
        metrics=metrics,
        transactions=transactions,
        networks=networks,
        inbox=inbox,
        outbox=outbox,
        reception=reception,
        telegram=_telegram_updates(settings.telegram, reception),
        wording=masked,
        ears=Ears(transactions, clock),
        live=Live(store.unit_of_work, poll_s=_poll_s(settings)),
    )
    _add_surfaces(gateway, name)
    return gateway


def _wordings(vault: Vault) -> tuple[Wording, Wording]:
    """Return who speaks to people, and to screens and scripts, which get no code."""
    catalogue = Catalogue(read_sources())
    return Wording(catalogue, vault), Wording(catalogue)


def _add_surfaces(gateway: Gateway, name: str) -> None:
    """Let the other places where agents work be told what moves, and do what they do there."""
    settings, ears = gateway.settings, gateway.ears
    surfaces: list[StaffSurface] = []
    if settings.chatwoot is not None:
        surfaces.append(ChatwootSurface(ChatwootClient(_chatwoot_account(settings.chatwoot))))
    if settings.telegram is not None and settings.telegram.staff_chat_id is not None:
        bot = open_bot(settings.telegram.token, api_url=settings.telegram.api_url)
        forum = Forum(bot, settings.telegram.staff_chat_id, ears)
        surfaces.append(forum)
        if gateway.telegram is not None:
            gateway.telegram.take_staff = forum.take
    for surface in surfaces:
        ears.followers[surface.name] = Follower(
            name, surface, gateway.transactions, gateway.clock, SystemClock()
        )


def _following(gateway: Gateway) -> Following:
    twilio = gateway.settings.twilio
    return Following(
        gateway.transactions,
        gateway.networks,
        gateway.clock,
        SystemClock(),
        twilio.follow_up_s if twilio else FOLLOWED_AFTER_S,
    )


def _pacing(settings: Settings, machine: Clock) -> Pacing:
    return Pacing(channel_limits(settings), machine)


def _poll_s(settings: Settings) -> float:
    """Return how often screens look for what other processes wrote: SQLite announces nothing."""
    return 0.3 if settings.database_url.startswith("sqlite") else 5.0


def _threads(settings: Settings) -> int:
    """Return how many transactions run together: SQLite has one writer."""
    return 1 if settings.database_url.startswith("sqlite") else _POSTGRESQL_THREADS


def _telegram_updates(
    telegram: TelegramSettings | None, reception: Reception
) -> TelegramUpdates | None:
    if telegram is None:
        return None
    return TelegramUpdates(
        bot=open_bot(telegram.token, api_url=telegram.api_url),
        secret=telegram.webhook_secret,
        receive=reception.receive,
        note_blocked=reception.note_blocked,
        username=telegram.username,
    )


def _chatwoot_account(chatwoot: ChatwootSettings) -> Account:
    return Account(
        url=chatwoot.url,
        account=chatwoot.account,
        inbox=chatwoot.inbox,
        bot_token=chatwoot.bot_token,
        user_token=chatwoot.user_token,
    )


def _receivers(gateway: Gateway) -> dict[str, Receiver]:
    """Return the systems in use that report at ``/integrations/{name}/events``."""
    settings = gateway.settings
    receivers: dict[str, Receiver] = {}
    webhook = planner_webhook(settings.planner)
    if webhook is not None:
        reports = PlannerReports(webhook, gateway.transactions, SystemClock())
        receivers[settings.planner.name] = reports
    if settings.chatwoot is not None:
        receivers[CHATWOOT] = _chatwoot_reports(gateway, settings.chatwoot)
    return receivers


def _chatwoot_reports(gateway: Gateway, chatwoot: ChatwootSettings) -> SurfaceReports:
    webhook = ChatwootWebhook(chatwoot.inbox, chatwoot.webhook_secret, SystemClock().now)
    return SurfaceReports(CHATWOOT, webhook, gateway.ears)


def _whatsapp(twilio: TwilioSettings, account: TwilioAccount) -> WhatsAppNetwork:
    account = replace(account, sender=twilio.whatsapp_from, messaging_service_sid=None)
    return WhatsAppNetwork(account, read_templates(twilio.whatsapp_templates))


def _twilio_account(twilio: TwilioSettings, public_url: str) -> TwilioAccount:
    return TwilioAccount(
        sid=twilio.account_sid,
        token=twilio.auth_token,
        sender=twilio.sender,
        messaging_service_sid=twilio.messaging_service_sid,
        api_url=twilio.api_url,
        status_url=f"{public_url.rstrip('/')}{STATUS_PATH}" if public_url else None,
    )
