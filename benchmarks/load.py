"""Load: recipients who text one message after the other, and the network that takes the replies."""

import asyncio
import base64
import hashlib
import hmac
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import count

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

MESSAGES = (
    "where is my parcel?",
    "can you come friday after 5 instead",
    "what can you do",
    "thanks a lot",
    "leave it with my neighbour at 12",
    "Mrs Patel",
    "is there a locker near me",
    "no, none of those",
)
PATIENCE_S = 20.0

type Exchange = Callable[[int, str], Awaitable[None]]
"""Sends one message of one recipient and returns when its answer has come."""


@dataclass(frozen=True)
class Measured:
    """What came out of one run."""

    recipients: int
    p50_ms: float
    p95_ms: float
    per_second: float


async def measure(exchange: Exchange, *, recipients: int, messages_each: int) -> Measured:
    """Let recipients text at once, each waiting for the answer before the next message."""
    took_ms: list[float] = []

    async def one(recipient: int) -> None:
        for number in range(messages_each):
            begun = time.perf_counter()
            await exchange(recipient, MESSAGES[(recipient + number) % len(MESSAGES)])
            took_ms.append((time.perf_counter() - begun) * 1000)

    begun = time.perf_counter()
    await asyncio.gather(*(one(recipient) for recipient in range(recipients)))
    elapsed_s = time.perf_counter() - begun
    return Measured(
        recipients,
        statistics.median(took_ms),
        statistics.quantiles(took_ms, n=20)[-1],
        len(took_ms) / elapsed_s,
    )


class Network:
    """Twilio's side: sends signed messages in, and takes the requests that send replies."""

    def __init__(self, *, gateway: str, account_sid: str, auth_token: str, ours: str) -> None:
        """Stand for one account and its number."""
        self._webhook = f"{gateway}/channels/twilio/messages"
        self._account_sid, self._auth_token, self._ours = account_sid, auth_token, ours
        self._numbers = count(1)
        self._waiting: dict[str, asyncio.Event] = {}
        self._client = httpx.AsyncClient(timeout=PATIENCE_S, trust_env=False)

    async def exchange(self, number: str, text: str) -> None:
        """Text as a number, and wait until the reply is requested."""
        replied = self._waiting[number] = asyncio.Event()
        form = {
            "MessageSid": f"SM{next(self._numbers):032x}",
            "AccountSid": self._account_sid,
            "From": number,
            "To": self._ours,
            "Body": text,
            "NumMedia": "0",
            "NumSegments": "1",
        }
        headers = {"X-Twilio-Signature": self._signature(form)}
        answer = await self._client.post(self._webhook, data=form, headers=headers)
        answer.raise_for_status()
        await asyncio.wait_for(replied.wait(), PATIENCE_S)

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    def app(self) -> Starlette:
        """Return the API to which replies are sent."""
        path = "/2010-04-01/Accounts/{sid}/Messages.json"
        return Starlette(routes=[Route(path, self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        form = await request.form()
        number = str(form["To"])
        waiting = self._waiting.get(number)
        if waiting is not None:
            waiting.set()
        sid = f"SM{next(self._numbers):032x}"
        body = {"sid": sid, "status": "queued", "to": number, "body": form["Body"]}
        return JSONResponse(body, status_code=201)

    def _signature(self, form: dict[str, str]) -> str:
        # https://www.twilio.com/docs/usage/security#validating-requests
        signed = self._webhook + "".join(name + form[name] for name in sorted(form))
        digest = hmac.new(self._auth_token.encode(), signed.encode(), hashlib.sha1).digest()
        return base64.b64encode(digest).decode()


async def serve(app: Starlette, port: int) -> uvicorn.Server:
    """Serve an application from this loop; returns once it listens."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off")
    )
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
        if task.done():
            task.result()
    return server


def print_table(title: str, rows: Sequence[tuple[str, Measured]]) -> None:
    """Print measurements, a line each."""
    print(f"\n{title}\n{'':34}{'at once':>8}{'p50 ms':>9}{'p95 ms':>9}{'msgs/s':>9}")
    for name, each in rows:
        print(
            f"{name:34}{each.recipients:>8}{each.p50_ms:>9.1f}{each.p95_ms:>9.1f}"
            f"{each.per_second:>9.1f}"
        )
