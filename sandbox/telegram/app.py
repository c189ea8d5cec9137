"""The HTTP face of the Telegram stand-in: ``/bot<token>/METHOD`` and file downloads."""

import hmac
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.faults import Fault, FaultPlan, answer_with_fault
from sandbox.telegram.bot import Bot
from sandbox.telegram.errors import RefusedMethodError, too_many_requests
from sandbox.telegram.methods import call_method, canonical_name
from sandbox.telegram.params import read_params

_FAULT_TEXTS = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
_TOO_MANY = 429


def create_telegram_app(bot: Bot, faults: FaultPlan) -> Starlette:
    """Return the application that answers as a Bot API server does.

    Faults are planned for a method's name, such as ``sendMessage``.
    """

    async def method(request: Request) -> Response:
        return await _answer_method(bot, faults, request)

    async def file(request: Request) -> Response:
        return _answer_file(bot, request)

    routes = [
        Route("/file/bot{token}/{path:path}", file, methods=["GET"]),
        Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
    ]
    return Starlette(routes=routes, exception_handlers={404: _not_found, 405: _not_found})


async def _not_found(request: Request, exc: Exception) -> Response:
    del request, exc
    return _refuse(RefusedMethodError(404, "Not Found"))


def _refuse(error: RefusedMethodError) -> Response:
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return JSONResponse(error.represent(), status_code=error.code, headers=headers)


def _refuse_by_fault(fault: Fault) -> Response:
    status = fault.fail or 500
    if status == _TOO_MANY:
        return _refuse(too_many_requests(fault.retry_after or 1))
    return _refuse(RefusedMethodError(status, _FAULT_TEXTS.get(status, "Internal Server Error")))


def _check_token(bot: Bot, token: str) -> None:
    head, separator, _ = token.partition(":")
    if not separator or not head.isdigit():
        raise RefusedMethodError(401, "Unauthorized: invalid token specified")
    if not hmac.compare_digest(token.encode(), bot.token.encode()):
        raise RefusedMethodError(401, "Unauthorized")


async def _answer_method(bot: Bot, faults: FaultPlan, request: Request) -> Response:
    name = request.path_params["method"]
    try:
        _check_token(bot, request.path_params["token"])
        params = await read_params(request)
    except RefusedMethodError as error:
        return _refuse(error)

    async def work() -> Response:
        try:
            result: Any = await call_method(bot, name, params)
        except RefusedMethodError as error:
            return _refuse(error)
        return JSONResponse({"ok": True, "result": result})

    fault = faults.take(canonical_name(name) or name, params.text("chat_id") or None)
    return await answer_with_fault(fault, work, _refuse_by_fault)


def _answer_file(bot: Bot, request: Request) -> Response:
    try:
        _check_token(bot, request.path_params["token"])
    except RefusedMethodError as error:
        return _refuse(error)
    photo = bot.files.by_path(request.path_params["path"])
    if photo is None:
        return _refuse(RefusedMethodError(404, "Not Found"))
    kind = "image/png" if photo.path.endswith("png") else "image/jpeg"
    return Response(photo.content, media_type=kind)
