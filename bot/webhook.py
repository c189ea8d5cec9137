"""Reads what strangers post, before it is known who they are."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

_MOST_BYTES = 1 << 20
_TOO_LARGE = 413


async def read_body(request: Request) -> bytes:
    """Return a request's body.

    Raises:
        HTTPException: 413 for one larger than any network sends.
    """
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > _MOST_BYTES:
            raise HTTPException(_TOO_LARGE)
        parts.append(part)
    return b"".join(parts)
