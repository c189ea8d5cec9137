"""Whether the gateway lives, is ready, and what it counts; open to all, personal to none."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import httpx
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.metrics import Metrics
from deliveries.errors import AssistantError
from deliveries.ports import UnitOfWorkFactory

_TIMEOUT_S = 2.0
_UNAVAILABLE = 503

type Check = Callable[[], Awaitable[bool]]

_log = structlog.get_logger()


def health_routes(metrics: Metrics, checks: Mapping[str, Check]) -> list[Route]:
    """Return ``/healthz``, ``/readyz`` and ``/metrics``.

    Whoever watches asks every second: what is missing is logged when it changes.
    """
    told: list[str] = []

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_: Request) -> Response:
        results = dict(
            zip(checks, await asyncio.gather(*(check() for check in checks.values())), strict=True)
        )
        missing = [name for name, is_up in results.items() if not is_up]
        if missing != told:
            told[:] = missing
            if missing:
                _log.warning("not_ready", missing=missing)
            else:
                _log.info("ready")
        shown = {name: "ok" if is_up else "down" for name, is_up in results.items()}
        return JSONResponse(shown, status_code=_UNAVAILABLE if missing else 200)

    async def expose(_: Request) -> Response:
        # Some of it is read from the store.
        counted = await asyncio.to_thread(metrics.expose)
        return Response(counted, media_type="text/plain; version=0.0.4; charset=utf-8")

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", expose)]


def database_check(unit_of_work: UnitOfWorkFactory) -> Check:
    """Return a check that the tables are there and can be read."""

    def read() -> None:
        with unit_of_work(read_only=True) as work:
            work.outbox.newest(limit=1)

    async def check() -> bool:
        try:
            await asyncio.to_thread(read)
        except AssistantError:
            return False
        return True

    return check


def rasa_check(client: httpx.AsyncClient, url: str) -> Check:
    """Return a check that Rasa answers."""

    async def check() -> bool:
        try:
            response = await client.get(f"{url.rstrip('/')}/version", timeout=_TIMEOUT_S)
        except httpx.HTTPError:
            return False
        return response.is_success

    return check
