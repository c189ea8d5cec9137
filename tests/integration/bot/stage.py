"""A gateway between stand-ins: the sandbox's Twilio and Telegram, and a Rasa of a few lines."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sqlalchemy import create_engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app import create_app
from bot.gateway import Gateway
from bot.settings import Settings, TelegramSettings, TwilioSettings
from integrations.storage import storage
from integrations.storage.tables import metadata
from sandbox.settings import Settings as SandboxSettings
from sandbox.stage import Stage, build_stage
from sandbox.telegram.app import create_telegram_app
from sandbox.telegram.chats import DESK_GROUP_ID
from sandbox.twilio.app import create_twilio_app

SID = "AC" + "1" * 32
TOKEN = "a-twilio-token"
NUMBER = "+15005550006"
BOT_TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SECRET = "a_telegram_secret"
PERSON = "+447700900001"

type Reply = Callable[[dict[str, Any]], Awaitable[Response]]


class _Server(uvicorn.Server):
    """A server that leaves signals alone and can reset a caller's connection."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def abort(self, client: tuple[str, int] | None) -> bool:
        for connection in self.server_state.connections:
            transport = getattr(connection, "transport", None)
            if transport is None or getattr(connection, "client", None) != client:
                continue
            plug = transport.get_extra_info("socket")
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
            return True
        return False


@contextlib.asynccontextmanager
async def served(app: Any, plug: socket.socket | None = None) -> AsyncIterator[str]:
    """Serve an application on a free port and yield its address."""
    listening = plug or socket.create_server(("127.0.0.1", 0))
    server = _Server(
        uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=2)
    )
    with contextlib.suppress(AttributeError):
        app.state.abort = server.abort
    task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110 the server says so nowhere else
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        listening.close()


@dataclass
class FakeRasa:
    """Answers like Rasa's REST channel with our actions behind it; tests say with what."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    reply: Reply | None = None

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/webhooks/rest/webhook", self._webhook, methods=["POST"]),
                Route("/version", lambda _: JSONResponse({"version": "3.6.21"})),
            ]
        )

    async def _webhook(self, request: Request) -> Response:
        question = await request.json()
        self.asked.append(question)
        if self.reply is not None:
            return await self.reply(question)
        return answering({"name": "agent_text", "facts": {"text": f"You: {question['message']}"}})


def answering(*sayings: dict[str, Any], handoff: str | None = None) -> Response:
    """Return Rasa's answer with these sayings."""
    payload = {
        "sayings": list(sayings),
        "trace": {"intent": "track_parcel", "confidence": 0.9, "action": "action_track_parcel"},
        "handoff": {"reason": handoff} if handoff else None,
    }
    return JSONResponse([{"recipient_id": "x", "custom": payload}])


@dataclass
class World:
    """Everything around one gateway."""

    stage: Stage
    rasa: FakeRasa
    settings: Settings
    gateway: Gateway
    client: httpx.AsyncClient

    def text(self, body: str, *, sender: str = PERSON, media: Sequence[str] = ()) -> None:
        """Let a person send an SMS."""
        self.stage.twilio.receive(sender, body, media)

    def received(self) -> float:
        """Return how many SMS the gateway has kept."""
        registry = self.gateway.metrics.registry
        labels = {"channel": "sms"}
        return registry.get_sample_value("doorstep_messages_received_total", labels) or 0

    def sent(self, to: str = PERSON) -> list[str]:
        """Return the bodies of the SMS that Twilio took, oldest first."""
        return [
            each.body
            for each in self.stage.twilio.messages.all()
            if each.to == to and each.direction != "inbound"
        ]


def make_database(folder: Path) -> str:
    url = f"sqlite:///{folder / 'doorstep.db'}"
    storage(url).close()
    engine = create_engine(url)
    metadata.create_all(engine)
    engine.dispose()
    return url


def make_settings(url: str, gateway: str, twilio: str, telegram: str, rasa: str) -> Settings:
    return Settings(
        database_url=url,
        secret_key="a-secret-key-for-tests",
        public_url=gateway,
        host="127.0.0.1",
        port=0,
        rasa_url=rasa,
        rasa_token="a-rasa-token",
        clock_url=None,
        api_key=None,
        twilio=TwilioSettings(SID, TOKEN, NUMBER, None, twilio),
        telegram=TelegramSettings(BOT_TOKEN, SECRET, telegram, "doorstep_bot"),
    )


@contextlib.asynccontextmanager
async def a_world(
    url: str, *, whatsapp_templates: Path | None = None, **different: Any
) -> AsyncIterator[World]:
    """Start the stand-ins and a gateway on a database, some of its settings different."""
    plug = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{plug.getsockname()[1]}"
    stage = build_stage(_sandbox_settings(address))
    rasa = FakeRasa()
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(stage.close)
        twilio = await stack.enter_async_context(
            served(create_twilio_app(stage.twilio, stage.twilio_faults))
        )
        telegram = await stack.enter_async_context(
            served(create_telegram_app(stage.bot, stage.telegram_faults))
        )
        rasa_url = await stack.enter_async_context(served(rasa.app()))
        settings = make_settings(url, address, twilio, telegram, rasa_url)
        if different.pop("with_forum", False):
            different["telegram"] = replace(settings.telegram, staff_chat_id=DESK_GROUP_ID)
        settings = replace(settings, **different)
        if whatsapp_templates is not None:
            account = replace(
                settings.twilio, whatsapp_from=NUMBER, whatsapp_templates=whatsapp_templates
            )
            settings = replace(settings, twilio=account)
        app = create_app(settings)
        await stack.enter_async_context(served(app, plug))
        client = await stack.enter_async_context(
            httpx.AsyncClient(base_url=address, trust_env=False)
        )
        yield World(stage, rasa, settings, app.state.gateway, client)


async def until(condition: Callable[[], object], *, within_s: float = 60.0) -> None:
    """Wait until something is so."""
    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + within_s
    while not condition():
        assert loop.time() < give_up_at, "it did not happen in time"
        await asyncio.sleep(0.01)


def _sandbox_settings(gateway: str) -> SandboxSettings:
    return SandboxSettings(
        account_sid=SID,
        auth_token=TOKEN,
        twilio_from=NUMBER,
        messaging_service_sid=None,
        bot_token=BOT_TOKEN,
        bot_username="doorstep_bot",
        api_key="a-key",
        gateway=gateway,
        page_port=0,
        twilio_port=0,
        telegram_port=0,
        now=None,
        rate=1.0,
        seed=7,
    )
