"""The console's application: sign-in first, then the queue and the threads."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from bot.console.pages import Pages
from bot.console.sessions import Sessions
from bot.console.threads import Threads
from bot.wording.render import Wording
from deliveries.ports import Clock, UnitOfWorkFactory

HERE = Path(__file__).parent
# Nothing from elsewhere, nothing inline.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Console:
    """What the console is handed.

    Attributes:
        clock: The day's time.
        machine: The machine's time, for sessions.
        is_password: Compares a password with the hash that was kept.
        wording: Finds the words of what was said, for the thread.
        is_behind_tls: Cookies are for encrypted connections only.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    machine: Clock
    is_password: Callable[[str, str], bool]
    wording: Wording
    is_behind_tls: bool


def console_app(console: Console) -> Starlette:
    """Return the application, to be mounted at ``/console``."""
    sessions = Sessions(
        console.unit_of_work,
        console.machine,
        is_password=console.is_password,
        is_behind_tls=console.is_behind_tls,
    )
    templates = Jinja2Templates(directory=HERE / "templates")
    pages = Pages(
        console.unit_of_work, console.clock, sessions, Threads(console.wording), templates
    )
    return Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
            Route("/sign-in", pages.sign_in_form, methods=["GET"], name="sign_in"),
            Route("/sign-in", pages.sign_in, methods=["POST"]),
            Route("/sign-out", pages.sign_out, methods=["POST"], name="sign_out"),
            Route("/", pages.queue, name="queue"),
            Route("/queue", pages.queue_part, name="queue_part"),
            Route("/chats/{id}", pages.chat, name="chat"),
            Route("/chats/{id}/thread", pages.thread_part, name="thread_part"),
            Route("/chats/{id}/{deed}", pages.act, methods=["POST"], name="act"),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=_guard)],
    )


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse requests that other sites cause, and say what a page may load."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    if request.method not in ("GET", "HEAD") and site not in ("same-origin", "none"):
        return Response("This came from another site.", status_code=403)
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
