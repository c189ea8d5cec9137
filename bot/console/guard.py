"""What holds for every request and every page of the console."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from deliveries.model.ids import new_id
from deliveries.services.staff.auditing import REQUEST_ID

# Nothing from elsewhere, nothing inline.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
CLOSED = (
    "The console is closed: it is reachable from other machines without encryption. "
    "Set DOORSTEP_PUBLIC_URL to its https address, or let DOORSTEP_BIND be 127.0.0.1."
)
_YEAR_S = 31_536_000
_SAFE = ("GET", "HEAD", "OPTIONS")

type Next = Callable[[Request], Awaitable[Response]]


class Guard:
    """Refuses requests that other sites cause, and says what a page may load."""

    def __init__(self, *, is_behind_tls: bool, is_closed: bool) -> None:
        """Close the console where its cookies would travel in the clear."""
        self._is_behind_tls = is_behind_tls
        self._is_closed = is_closed

    async def __call__(self, request: Request, call_next: Next) -> Response:
        """Answer a request."""
        request_id = new_id("req")
        token = REQUEST_ID.set(request_id)
        try:
            response = await self._answer(request, call_next)
        finally:
            REQUEST_ID.reset(token)
        response.headers["X-Request-Id"] = request_id
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-store")
        if self._is_behind_tls:
            response.headers["Strict-Transport-Security"] = f"max-age={_YEAR_S}"
        return response

    async def _answer(self, request: Request, call_next: Next) -> Response:
        if self._is_closed:
            return PlainTextResponse(CLOSED, status_code=403)
        if request.method not in _SAFE and not _is_from_here(request):
            return PlainTextResponse("This came from another site.", status_code=403)
        return await call_next(request)


def _is_from_here(request: Request) -> bool:
    """Say whether one of our pages sent a request: browsers say so, and cannot be made to lie.

    Old browsers send the origin alone; what sends neither is no browser, and has no cookies that
    somebody else could use. The form's token is asked for all the same.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
