"""The sandbox's own application: the page, the clock, live events, and the control routes."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.api import BadInputError, read_object, refusing, typed
from sandbox.pictures import draw_proof
from sandbox.recipients import recipient_routes
from sandbox.rigging import rigging_routes
from sandbox.settings import parse_instant
from sandbox.stage import Stage

_PAGE = Path(__file__).parent / "page"
_KEEP_ALIVE_S = 10.0
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:",
    "Cache-Control": "no-store",
}


def create_control_app(stage: Stage) -> Starlette:
    """Return the application that serves the page and everything behind it."""
    control = _Control(stage)
    return Starlette(
        routes=[
            Route("/", _page),
            Mount("/static", StaticFiles(directory=_PAGE)),
            Route("/clock", control.clock, methods=["GET"]),
            Route("/clock", refusing(control.change_clock), methods=["POST"]),
            Route("/clock/followers", control.followers),
            Route("/api/state", control.state),
            Route("/api/events", control.events),
            Route("/api/messages", control.messages),
            Route("/photos/{name}.png", _proof_photo),
            Route("/telegram-files/{file_id}", refusing(control.telegram_file)),
            *recipient_routes(stage),
            *rigging_routes(stage),
        ]
    )


async def _page(request: Request) -> Response:
    del request
    return FileResponse(_PAGE / "index.html", headers=_HEADERS)


async def _proof_photo(request: Request) -> Response:
    return Response(draw_proof(request.path_params["name"]), media_type="image/png")


class _Control:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        # How often each connection has asked for the time since it was last changed.
        self._asked = Counter[tuple[str, int]]()
        stage.clock.on_change(self._asked.clear)

    async def clock(self, request: Request) -> Response:
        if request.client is not None:
            self._asked[request.client.host, request.client.port] += 1
        return JSONResponse(self._stage.clock.represent(), headers={"Cache-Control": "no-store"})

    async def followers(self, request: Request) -> Response:
        """Tell how many live by the last change: who asks once more has read what it was told."""
        del request
        return JSONResponse({"followers": sum(times > 1 for times in self._asked.values())})

    async def change_clock(self, request: Request) -> Response:
        told = await read_object(request)
        unknown = told.keys() - {"rate", "paused", "jump_to", "jump_s"}
        if unknown:
            raise BadInputError(f"no such change: {', '.join(sorted(unknown))}")
        clock = self._stage.clock
        jump_to = None
        if "jump_to" in told:
            try:
                jump_to = parse_instant(typed(told, "jump_to", str))
            except ValueError as exc:
                raise BadInputError("jump_to is no ISO 8601 instant") from exc
        elif "jump_s" in told:
            jump_to = clock.now() + timedelta(seconds=typed(told, "jump_s", float))
        clock.change(
            rate=typed(told, "rate", float) if "rate" in told else None,
            paused=typed(told, "paused", bool) if "paused" in told else None,
            jump_to=jump_to,
        )
        return JSONResponse(clock.represent())

    async def state(self, request: Request) -> Response:
        del request
        return JSONResponse(self._stage.represent())

    async def messages(self, request: Request) -> Response:
        query = request.query_params
        found = self._stage.journal.entries(
            address=query.get("address"), channel=query.get("channel")
        )
        return JSONResponse({"messages": [asdict(entry) for entry in found]})

    async def events(self, request: Request) -> Response:
        del request
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=headers)

    async def telegram_file(self, request: Request) -> Response:
        photo = self._stage.bot.files.by_id(request.path_params["file_id"])
        kind = "image/png" if photo.path.endswith("png") else "image/jpeg"
        return Response(photo.content, media_type=kind)

    async def _stream(self) -> AsyncIterator[str]:
        with self._stage.feed.listen() as queue:
            yield _event("state", self._stage.represent())
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), _KEEP_ALIVE_S)
                except TimeoutError:
                    # the clock keeps pages in step and dead connections from lingering
                    yield _event("clock", self._stage.clock.represent())
                    continue
                if event is None:
                    return
                yield _event(event["kind"], event["data"])


def _event(kind: str, data: Any) -> str:  # noqa: ANN401 - any JSON value
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n"
