"""The console's application: sign-in first, then the list, the chats and what is done there."""

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

from bot.console.access import Access
from bot.console.canned import CannedPages
from bot.console.chats import Chats
from bot.console.deeds import PERMISSIONS
from bot.console.facts import Facts
from bot.console.live import Live
from bot.console.pages import Pages
from bot.console.sessions import Sessions
from bot.console.signing_in import SigningIn
from bot.console.streams import Streams
from bot.console.threads import Threads
from bot.wording.happenings import Happenings
from bot.wording.render import Wording
from deliveries.model.staff import Permission
from deliveries.ports import Clock, UnitOfWorkFactory

HERE = Path(__file__).parent
# Nothing from elsewhere, nothing inline.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
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
        live: Tells the screens what changed.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    machine: Clock
    is_password: Callable[[str, str], bool]
    wording: Wording
    is_behind_tls: bool
    live: Live


def console_app(console: Console) -> Starlette:
    """Return the application, to be mounted at ``/console``."""
    sessions = Sessions(
        console.unit_of_work,
        console.machine,
        is_password=console.is_password,
        is_behind_tls=console.is_behind_tls,
    )
    templates = Jinja2Templates(directory=HERE / "templates")
    happenings = Happenings()
    chats = Chats(Threads(console.wording, happenings), Facts(console.wording, happenings))
    pages = Pages(console.unit_of_work, console.clock, console.machine, chats, templates)
    signing_in = SigningIn(sessions, templates)
    access = Access(sessions)
    canned = CannedPages(console.unit_of_work, console.machine, templates)
    streams = Streams(console.live, sessions)
    return Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
            Route("/sign-in", signing_in.show, methods=["GET"], name="sign_in"),
            Route("/sign-in", signing_in.sign_in, methods=["POST"]),
            Route("/sign-out", signing_in.sign_out, methods=["POST"], name="sign_out"),
            access.route("/live", streams.follow, Permission.READ_CHATS, name="live"),
            *_canned_routes(access, canned),
            *_chat_routes(access, pages),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=_guard)],
    )


def _canned_routes(access: Access, canned: CannedPages) -> list[Route]:
    keep = Permission.MANAGE_REPLIES
    remove = "/canned/{id}/remove"
    return [
        access.route("/canned", canned.show, Permission.READ_CHATS, name="canned"),
        access.route("/canned", canned.save, keep, methods=("POST",)),
        access.route(remove, canned.remove, keep, methods=("POST",), name="remove_canned"),
    ]


def _chat_routes(access: Access, pages: Pages) -> list[Route]:
    """Return what is shown of chats, and what is done about them, each with its permission."""
    shown = {
        "/": (pages.workspace, "workspace"),
        "/list": (pages.list_part, "list_part"),
        "/rows": (pages.rows_part, "rows_part"),
        "/chats/{id}": (pages.workspace, "chat"),
        "/chats/{id}/part": (pages.chat_part, "chat_part"),
        "/chats/{id}/viewers": (pages.viewers_part, "viewers_part"),
        "/chats/{id}/canned": (pages.canned_part, "canned_part"),
    }
    noted = {
        "/chats/{id}/look": (pages.look, "look"),
        "/chats/{id}/draft": (pages.draft, "draft"),
    }
    return [
        *(
            access.route(path, page, Permission.READ_CHATS, name=n)
            for path, (page, n) in shown.items()
        ),
        *(
            access.route(path, page, Permission.READ_CHATS, methods=("POST",), name=name)
            for path, (page, name) in noted.items()
        ),
        *(
            access.route(
                f"/chats/{{id}}/{name}", pages.act, permission, methods=("POST",), name=name
            )
            for name, permission in PERMISSIONS.items()
        ),
    ]


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
