"""The console's application: sign-in first, then the list, the chats and what is done there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from bot.console.access import Access
from bot.console.accounts import AccountPages
from bot.console.acts import Acts
from bot.console.audit import AuditPages
from bot.console.canned import CannedPages
from bot.console.chats import Chats
from bot.console.company_accounts import CompanyAccounts
from bot.console.deeds import PERMISSIONS
from bot.console.facts import Facts
from bot.console.guard import Guard
from bot.console.live import Live
from bot.console.own_account import OwnAccountPages
from bot.console.pages import Pages
from bot.console.pictures import Pictures
from bot.console.reports import ReportPages
from bot.console.revealing import Revealing
from bot.console.searching import Searching
from bot.console.sessions import Sessions
from bot.console.signing_in import SigningIn
from bot.console.streams import Streams
from bot.console.tasks import TaskPages
from bot.console.threads import Threads
from bot.pictures import PictureSource
from bot.wording.happenings import Happenings
from bot.wording.render import Wording
from deliveries.model.recipient import Channel
from deliveries.model.staff import Permission
from deliveries.ports import Clock, UnitOfWorkFactory
from deliveries.services.conversing.turns import Desk
from deliveries.services.staff.company_accounts import IdentityProvider
from deliveries.services.staff.desk import StaffDesk

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Console:
    """What the console is handed.

    Attributes:
        clock: The day's time.
        staff: What signing in works with.
        wording: Finds the words of what was said, for the thread.
        is_behind_tls: Cookies are for encrypted connections only.
        provider: The company's accounts, if they may sign in.
        roles_of_groups: Which role the provider's groups have.
        is_closed: Its cookies would travel in the clear between machines: nobody gets in.
        live: Tells the screens what changed.
        desk: What acting for a person needs.
        pictures: Where the pictures that people sent are fetched.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    staff: StaffDesk
    wording: Wording
    is_behind_tls: bool
    live: Live
    desk: Desk
    is_closed: bool = False
    pictures: Mapping[Channel, PictureSource] = field(default_factory=dict)
    provider: IdentityProvider | None = None
    roles_of_groups: Mapping[str, str] = field(default_factory=dict)


def console_app(console: Console) -> Starlette:
    """Return the application, to be mounted at ``/console``."""
    sessions = Sessions(console.staff, is_behind_tls=console.is_behind_tls)
    guard = Guard(is_behind_tls=console.is_behind_tls, is_closed=console.is_closed)
    templates = Jinja2Templates(directory=HERE / "templates")
    happenings = Happenings()
    chats = Chats(Threads(console.wording, happenings), Facts(console.wording, happenings))
    pages = Pages(console.unit_of_work, console.clock, console.staff.machine, chats, templates)
    access = Access(sessions)
    canned = CannedPages(console.unit_of_work, console.staff.machine, templates)
    streams = Streams(console.live, sessions)
    acts = Acts(console.desk, console.clock, console.wording, templates)
    return Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
            *_sign_in_routes(console, sessions, templates),
            *OwnAccountPages(console.staff, templates).routes(access),
            *AccountPages(console.staff, templates).routes(access),
            access.route("/live", streams.follow, Permission.READ_CHATS, name="live"),
            *ReportPages(console.unit_of_work, console.clock, templates).routes(access),
            *AuditPages(console.unit_of_work, console.clock, templates).routes(access),
            *TaskPages(console.unit_of_work, console.clock, templates).routes(access),
            *Revealing(console.unit_of_work, console.clock, console.staff.vault).routes(access),
            *Pictures(console.unit_of_work, console.clock, console.pictures).routes(access),
            *_searching(console, templates).routes(access),
            *_canned_routes(access, canned),
            *_chat_routes(access, pages),
            *_act_routes(access, acts),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard)],
    )


def _searching(console: Console, templates: Jinja2Templates) -> Searching:
    return Searching(console.unit_of_work, console.clock, console.staff.machine, templates)


def _sign_in_routes(
    console: Console, sessions: Sessions, templates: Jinja2Templates
) -> list[Route]:
    provider = console.provider
    steps = SigningIn(sessions, templates, has_provider=provider is not None).routes()
    if provider is None:
        return steps
    company = CompanyAccounts(sessions, provider, console.roles_of_groups, templates)
    return [*company.routes(), *steps]


def _canned_routes(access: Access, canned: CannedPages) -> list[Route]:
    keep = Permission.MANAGE_REPLIES
    remove = "/canned/{id}/remove"
    return [
        access.route("/canned", canned.show, Permission.READ_CHATS, name="canned"),
        access.route("/canned", canned.save, keep, methods=("POST",)),
        access.route(remove, canned.remove, keep, methods=("POST",), name="remove_canned"),
    ]


def _act_routes(access: Access, acts: Acts) -> list[Route]:
    done = {
        "offer": (acts.offer, "offer_for"),
        "choose": (acts.choose, "choose_for"),
        "code": (acts.resend_code, "code_for"),
        "claim": (acts.open_claim, "claim_for"),
    }
    return [
        access.route(
            f"/chats/{{id}}/acts/{path}",
            act,
            Permission.CHANGE_DELIVERIES,
            methods=("POST",),
            name=name,
        )
        for path, (act, name) in done.items()
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
