"""Reading requests to the sandbox's own API and refusing bad ones clearly."""

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.clock import ClockError
from sandbox.faults import FaultError
from sandbox.telegram.errors import RefusedMethodError
from sandbox.telegram.people import ActionError
from sandbox.twilio.errors import RefusedCallError

Handler = Callable[[Request], Awaitable[Response]]

_REFUSALS = (ClockError, FaultError, ActionError, RefusedMethodError, RefusedCallError)


class BadInputError(ValueError):
    """A request to the sandbox that cannot be read; the text says why."""


def refusing(handler: Handler) -> Handler:
    """Turn what cannot be done into 400 with ``{"error": ...}``."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except (BadInputError, *_REFUSALS) as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return answer


async def read_object(request: Request) -> dict[str, Any]:
    """Return the JSON object in the body; an empty body is an empty object.

    Raises:
        BadInputError: If it is something else.
    """
    body = await request.body()
    try:
        told = json.loads(body) if body else {}
    except ValueError as exc:
        raise BadInputError("the body is no JSON") from exc
    if not isinstance(told, dict):
        raise BadInputError("the body is no JSON object")
    return told


def typed[T](told: Mapping[str, Any], name: str, kind: type[T], default: T | None = None) -> T:
    """Return a field of one kind; a whole number does for a float.

    Raises:
        BadInputError: If it is missing and has no default, or is of another kind.
    """
    value = told.get(name)
    if value is None:
        if default is None:
            raise BadInputError(f"{name} is missing")
        return default
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise BadInputError(f"{name} is not of the kind {kind.__name__}")
    return value
