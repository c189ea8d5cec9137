"""One's own account: sessions, password and recovery codes."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot.console.access import Access, signed_in
from bot.console.forms import read_form
from bot.console.plain_words import LANGUAGES
from bot.console.sessions import SignedIn, address_of
from bot.console.signing_in import TOO_MANY, WEAK
from deliveries.errors import (
    AttemptsExhaustedError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from deliveries.model.staff import Attendance, Permission
from deliveries.services.staff import accounts, attending, sessions
from deliveries.services.staff.desk import StaffDesk


@dataclass(frozen=True)
class OwnSession:
    """One of one's sessions as the list shows it."""

    id: str
    device: str
    begun_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True)
class OwnAccountPages:
    """What everybody may do about themselves."""

    desk: StaffDesk
    templates: Jinja2Templates

    def routes(self, access: Access) -> list[Route]:
        """Return the routes; whoever may read chats has an account."""
        own, post = Permission.READ_CHATS, ("POST",)
        end = "/account/sessions/{id}/end"
        return [
            access.route("/account", self.show, own, name="account"),
            access.route("/account/password", self.change, own, methods=post, name="own_password"),
            access.route("/account/codes", self.renew, own, methods=post, name="own_codes"),
            access.route("/account/chats", self.attend, own, methods=post, name="own_chats"),
            access.route(end, self.end, own, methods=post, name="end_session"),
        ]

    async def show(self, request: Request) -> Response:
        """Show one's sessions and what can be changed."""
        return await self._page(request)

    async def change(self, request: Request) -> Response:
        """Change one's password."""
        agent, form = signed_in(request), await read_form(request)
        try:
            await asyncio.to_thread(
                accounts.change_password,
                self.desk,
                agent.found,
                current=form.get("current", ""),
                new=form.get("password", ""),
                address=address_of(request),
            )
        except InvalidInputError:
            return await self._page(request, problem=WEAK, status_code=422)
        except NotAllowedError:
            problem = "Your current password is another one."
            return await self._page(request, problem=problem, status_code=403)
        except AttemptsExhaustedError:
            return await self._page(request, problem=TOO_MANY, status_code=429)
        return await self._page(
            request, done="Your password is changed; your other sessions ended."
        )

    async def attend(self, request: Request) -> Response:
        """Say whether chats are offered to one, and which."""
        agent, form = signed_in(request), await read_form(request)
        try:
            await asyncio.to_thread(self._attend, agent, form)
        except InvalidInputError:
            problem = f"Please name a number of chats from 1 to {attending.MOST}."
            return await self._page(request, problem=problem, status_code=422)
        return await self._page(request, done="Kept. It counts while a page of yours is open.")

    def _attend(self, agent: SignedIn, form: Mapping[str, str]) -> None:
        most = form.get("most", "")
        with self.desk.unit_of_work() as work:
            attending.attend(
                work,
                agent.agent_id,
                is_taking=form.get("taking") == "yes",
                most=int(most) if most.isdecimal() else 0,
                languages=[each for each in LANGUAGES if form.get(f"language_{each}")],
                shippers=[each.id for each in work.shippers.all() if form.get(f"for_{each.id}")],
                machine_now=self.desk.now(),
            )
            work.commit()

    async def renew(self, request: Request) -> Response:
        """Make new recovery codes, after the password, and show them once."""
        agent, form = signed_in(request), await read_form(request)
        try:
            codes = await asyncio.to_thread(
                accounts.renew_recovery_codes,
                self.desk,
                agent.found,
                current=form.get("current", ""),
                address=address_of(request),
            )
        except NotAllowedError:
            problem = "Your current password is another one."
            return await self._page(request, problem=problem, status_code=403)
        except AttemptsExhaustedError:
            return await self._page(request, problem=TOO_MANY, status_code=429)
        context = {"agent": agent, "codes": codes, "next": request.url_for("account").path}
        return self.templates.TemplateResponse(request, "recovery_codes.html", context)

    async def end(self, request: Request) -> Response:
        """End one of one's sessions."""
        agent = signed_in(request)
        try:
            await asyncio.to_thread(self._end, agent, request.path_params["id"])
        except NotFoundError:
            return PlainTextResponse("There is no such session.", status_code=404)
        return RedirectResponse(request.url_for("account"), status_code=303)

    def _end(self, agent: SignedIn, session_id: str) -> None:
        with self.desk.unit_of_work() as work:
            sessions.end(work, agent.agent_id, session_id, now=self.desk.now())
            work.commit()

    async def _page(
        self, request: Request, *, problem: str = "", done: str = "", status_code: int = 200
    ) -> Response:
        agent = signed_in(request)
        listed, codes_left, attendance, shippers = await asyncio.to_thread(self._read, agent)
        context = {
            "agent": agent,
            "place": "account",
            "problem": problem,
            "done": done,
            "sessions": listed,
            "codes_left": codes_left,
            "attendance": attendance,
            "languages": LANGUAGES,
            "shippers": shippers,
            "most": attending.MOST,
            "has_password": bool(agent.found.agent.password_hash),
        }
        return self.templates.TemplateResponse(
            request, "account.html", context, status_code=status_code
        )

    def _read(
        self, agent: SignedIn
    ) -> tuple[list[OwnSession], int, Attendance, list[tuple[str, str]]]:
        this = agent.found.session.id
        now = self.desk.now()
        with self.desk.unit_of_work(read_only=True) as work:
            listed = [
                OwnSession(each.id, each.device, each.created_at, each.seen_at, each.id == this)
                for each in work.agent_sessions.of(agent.agent_id)
                if each.expires_at > now and each.seen_at + sessions.IDLE > now
            ]
            attendance = work.attendances.find(agent.agent_id) or Attendance(agent.agent_id, now)
            shippers = [
                (each.id, each.name)
                for each in work.shippers.all()
                if not agent.scope or each.id in agent.scope
            ]
            return listed, work.recovery_codes.count(agent.agent_id), attendance, shippers
