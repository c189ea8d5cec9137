"""A whole sandbox on free loopback ports, with a gateway that only remembers what it was sent."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control import create_control_app
from sandbox.serving import open_port, serve
from sandbox.settings import read_settings
from sandbox.stage import Stage, build_stage
from sandbox.telegram.app import create_telegram_app
from sandbox.twilio.app import create_twilio_app
from tests.servers import skip_or_fail

SID = "AC" + "1" * 32
SERVICE_SID = "MG" + "1" * 32
TOKEN = "made-up-token"
NUMBER = "+441632960100"
BOT_TOKEN = "123456:made-up"
PERSON = "+447700900123"
SECRET = "webhook_secret"
ENVIRONMENT = {
    "TWILIO_ACCOUNT_SID": SID,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "TWILIO_FROM": NUMBER,
    "TWILIO_MESSAGING_SERVICE_SID": SERVICE_SID,
    "TELEGRAM_BOT_TOKEN": BOT_TOKEN,
    "DOORSTEP_API_KEY": "key",
}


def reference(path: str) -> Any:
    """Return a reference file's JSON; skip, or fail where it is required, if it is not there."""
    folder = Path(os.environ.get("DOORSTEP_REFERENCE_DIR", "../shared"))
    file = folder / "specs" / path
    if not file.is_file():
        skip_or_fail(f"{file} is not there: the stand-ins are not held against it")
    return json.loads(file.read_text(encoding="utf-8"))


@dataclass
class RecordingGateway:
    """Answers what it is told to answer and keeps every request."""

    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    answers: dict[str, list[Response]] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    url: str = ""

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._take, methods=["GET", "POST"])])

    def bodies(self, path: str) -> list[bytes]:
        return [body for _, at, _, body in self.requests if at.partition("?")[0] == path]

    def forms(self, path: str) -> list[dict[str, str]]:
        return [dict(httpx.QueryParams(body.decode())) for body in self.bodies(path)]

    def jsons(self, path: str) -> list[Any]:
        return [json.loads(body) for body in self.bodies(path)]

    async def _take(self, request: Request) -> Response:
        path = request.url.path
        told = f"{path}?{request.url.query}" if request.url.query else path
        headers = dict(request.headers)
        self.requests.append((request.method, told, headers, await request.body()))
        if self.answers.get(path):
            return self.answers[path].pop(0)
        if path in self.documents:
            return JSONResponse(self.documents[path])
        return Response("", media_type="text/xml")


@dataclass
class Play:
    stage: Stage
    gateway: RecordingGateway
    page: str
    twilio: str
    telegram: str
    client: httpx.AsyncClient

    async def post(self, path: str, body: Any) -> httpx.Response:
        return await self.client.post(self.page + path, json=body)

    async def telegram_call(self, method: str, **params: Any) -> dict[str, Any]:
        response = await self.client.post(f"{self.telegram}/bot{BOT_TOKEN}/{method}", json=params)
        answer: dict[str, Any] = response.json()
        return answer

    async def send_sms(self, **form: str) -> httpx.Response:
        path = f"/2010-04-01/Accounts/{SID}/Messages.json"
        form = {"To": PERSON, "From": NUMBER, "Body": "Hello", **form}
        return await self.client.post(self.twilio + path, data=form, auth=(SID, TOKEN))

    async def settle(self) -> None:
        await self.stage.twilio.settle()
        await self.stage.bot.updates.settle()


async def until(condition: Callable[[], object], *, within_s: float = 60.0) -> None:
    """Wait until something is so."""
    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + within_s
    while not condition():
        assert loop.time() < give_up_at, "it did not happen in time"
        await asyncio.sleep(0.01)


@asynccontextmanager
async def a_play() -> AsyncIterator[Play]:
    gateway = RecordingGateway()
    sockets = [open_port(0) for _ in range(4)]
    urls = [f"http://127.0.0.1:{plug.getsockname()[1]}" for plug in sockets]
    gateway.url = urls[3]
    arguments = ["--gateway", gateway.url, "--now", "2026-03-10T07:00:00+00:00"]
    stage = build_stage(read_settings(arguments, ENVIRONMENT))
    stage.twilio.carrier.queued_s = stage.twilio.carrier.sent_s = 0.02
    apps = [
        create_control_app(stage),
        create_twilio_app(stage.twilio, stage.twilio_faults),
        create_telegram_app(stage.bot, stage.telegram_faults),
        gateway.app(),
    ]
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(dict(zip(sockets, apps, strict=True)), stop))
    async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
        yield Play(stage, gateway, *urls[:3], client)
    await stage.close()
    stop.set()
    await serving
    for plug in sockets:
        plug.close()
