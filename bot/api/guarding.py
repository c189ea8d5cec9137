"""Who may call the operators' API, and how every refusal looks."""

import hmac
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from deliveries.errors import AssistantError

STATUS_BY_CODE = {
    "not_found": 404,
    "not_allowed": 403,
    "conflict": 409,
    "unavailable": 503,
    "rejected": 502,
    "unreadable": 502,
    "adapter_failed": 502,
    "invalid_input": 422,
    "error": 500,
}
REFUSED_STATUS = 409
LONGEST_BODY = 16 * 1024 * 1024

type Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def guarded(api_key: str | None) -> type[APIRoute]:
    """Return the kind of route that asks for the bearer key before it reads anything else.

    Without a key there is no right one: the API is closed.
    """

    class GuardedRoute(APIRoute):
        def get_route_handler(self) -> Handler:
            handle = super().get_route_handler()

            async def answer(request: Request) -> Response:
                if not _holds_key(request, api_key):
                    return refusal(401, "unauthorised", "a valid bearer key is needed")
                if _is_too_long(request):
                    return refusal(413, "too_long", "send it in smaller parts")
                try:
                    return await handle(request)
                except RequestValidationError as error:
                    return refusal(422, "invalid_input", _first_problem(error))
                except AssistantError as error:
                    status = STATUS_BY_CODE.get(error.code, REFUSED_STATUS)
                    return refusal(status, error.code, str(error) or error.code)

            return answer

    return GuardedRoute


def refusal(status: int, code: str, message: str) -> JSONResponse:
    """Return the one shape in which the API says no."""
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None  # noqa: PLR2004 HTTP
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers)


def _holds_key(request: Request, api_key: str | None) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if not api_key or scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given.strip().encode(), api_key.encode())


def _is_too_long(request: Request) -> bool:
    length = request.headers.get("content-length", "0")
    return length.isdigit() and int(length) > LONGEST_BODY


def _first_problem(error: RequestValidationError) -> str:
    """Name the first field that is wrong, and why; never what stands in it."""
    problem = error.errors()[0]
    place = ".".join(str(part) for part in problem["loc"] if part != "body")
    return f"{place or 'body'}: {problem['msg']}"
