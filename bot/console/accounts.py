"""The pages of accounts: one's own, and for leads and admins everybody's."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot.console.access import Access, signed_in
from bot.console.forms import read_form
from bot.console.sessions import SignedIn
from deliveries.errors import AssistantError, ConflictError, NotFoundError, RefusedError
from deliveries.model.staff import Agent, Permission, Role
from deliveries.ports import UnitOfWork
from deliveries.services.staff import accounts
from deliveries.services.staff.desk import StaffDesk

# What changes accounts wants a sign-in that is no older: an unlocked screen is not enough.
FRESH = timedelta(minutes=15)
_TICK = "for_"

type Deed = Callable[[UnitOfWork, Agent, SignedIn, dict[str, str]], str | None]
"""Does something with an account and returns a password to be shown once, if it made one."""


@dataclass(frozen=True)
class Row:
    """An account as the list shows it."""

    id: str
    name: str
    role: str
    state: str
    sessions: int
    may_be_reset: bool
    shippers: Sequence[str]


@dataclass(frozen=True)
class AccountPages:
    """Everybody's accounts."""

    desk: StaffDesk
    templates: Jinja2Templates

    def routes(self, access: Access) -> list[Route]:
        """Return the routes with their permissions."""
        reset, manage = Permission.RESET_ACCOUNTS, Permission.MANAGE_ACCOUNTS
        one, post = "/accounts/{id}", ("POST",)
        return [
            access.route("/accounts", self.show, reset, name="accounts"),
            access.route("/accounts", self.add, manage, methods=post),
            *(
                access.route(f"{one}/{name}", self.act, reset, methods=post, name=f"account_{name}")
                for name in ("password", "second-factor", "sign-out")
            ),
            *(
                access.route(
                    f"{one}/{name}", self.act, manage, methods=post, name=f"account_{name}"
                )
                for name in ("role", "limit", "disable", "enable")
            ),
        ]

    async def show(self, request: Request) -> Response:
        """Show the list."""
        return await self._page(request)

    async def add(self, request: Request) -> Response:
        """Make an account and show its password once."""
        agent, form = signed_in(request), await read_form(request)
        if not _is_fresh(self.desk, agent):
            return _sign_in_again(request)
        try:
            password = await asyncio.to_thread(self._add, agent, form)
        except AssistantError as error:
            return await self._page(request, problem=_problem(error), status_code=_status(error))
        return await self._page(request, password=password, of=form.get("name", ""))

    async def act(self, request: Request) -> Response:
        """Do something with an account."""
        agent, form = signed_in(request), await read_form(request)
        if not _is_fresh(self.desk, agent):
            return _sign_in_again(request)
        deed = self._deeds()[request.url.path.rpartition("/")[2]]
        id_ = request.path_params["id"]
        try:
            name, password = await asyncio.to_thread(self._do, deed, id_, agent, form)
        except NotFoundError:
            return PlainTextResponse("There is no such account.", status_code=404)
        except AssistantError as error:
            return await self._page(request, problem=_problem(error), status_code=_status(error))
        if password is None:
            return RedirectResponse(request.url_for("accounts"), status_code=303)
        return await self._page(request, password=password, of=name)

    def _add(self, agent: SignedIn, form: dict[str, str]) -> str:
        password = make_password()
        hashed = self.desk.hash_password(password)
        with self.desk.unit_of_work() as work:
            name, role = form.get("name", ""), form.get("role", "")
            accounts.add(
                work,
                name,
                role,
                password_hash=hashed,
                actor=agent.agent_id,
                now=self.desk.now(),
            )
            work.commit()
        return password

    def _do(
        self, deed: Deed, id_: str, actor: SignedIn, form: dict[str, str]
    ) -> tuple[str, str | None]:
        with self.desk.unit_of_work() as work:
            agent = work.agents.get(id_)
            accounts.check_rank(actor.found.agent, agent)
            password = deed(work, agent, actor, form)
            work.commit()
            return agent.name, password

    def _deeds(self) -> dict[str, Deed]:
        now = self.desk.now()

        def reset_password(
            work: UnitOfWork, agent: Agent, actor: SignedIn, _: dict[str, str]
        ) -> str:
            password = make_password()
            hashed = self.desk.hash_password(password)
            accounts.reset_password(
                work, agent, password_hash=hashed, actor=actor.agent_id, now=now
            )
            return password

        return {
            "password": reset_password,
            "second-factor": lambda work, agent, actor, _: accounts.reset_second_factor(
                work, agent, actor=actor.agent_id, now=now
            ),
            "sign-out": lambda work, agent, actor, _: accounts.sign_out(
                work, agent, actor=actor.agent_id, now=now
            ),
            "role": lambda work, agent, actor, form: accounts.change_role(
                work, agent, form.get("role", ""), actor=actor.agent_id, now=now
            ),
            "limit": lambda work, agent, actor, form: accounts.limit(
                work, agent, _ticked(form), actor=actor.agent_id, now=now
            ),
            "disable": lambda work, agent, actor, _: accounts.disable(
                work, agent, actor=actor.agent_id, now=now
            ),
            "enable": lambda work, agent, actor, _: accounts.enable(
                work, agent, actor=actor.agent_id, now=now
            ),
        }

    async def _page(
        self,
        request: Request,
        *,
        problem: str = "",
        password: str = "",
        of: str = "",
        status_code: int = 200,
    ) -> Response:
        agent = signed_in(request)
        rows, shippers = await asyncio.to_thread(self._rows, agent)
        context = {
            "agent": agent,
            "place": "accounts",
            "problem": problem,
            "password": password,
            "of": of,
            "rows": rows,
            "shippers": shippers,
            "roles": [role.value for role in Role],
            "may_manage": agent.may(Permission.MANAGE_ACCOUNTS),
        }
        return self.templates.TemplateResponse(
            request, "accounts.html", context, status_code=status_code
        )

    def _rows(self, actor: SignedIn) -> tuple[list[Row], dict[str, str]]:
        with self.desk.unit_of_work(read_only=True) as work:
            shippers = {each.id: each.name for each in work.shippers.all()}
            rows = [
                Row(
                    id=each.id,
                    name=each.name,
                    role=each.role,
                    state=_state(each),
                    sessions=len(work.agent_sessions.of(each.id)),
                    may_be_reset=accounts.may_reset(actor.found.agent, each),
                    shippers=each.shippers,
                )
                for each in work.agents.all()
            ]
            return rows, shippers


def make_password() -> str:
    """Return a password to be given to somebody, good until they choose their own."""
    return secrets.token_urlsafe(12)


def _ticked(form: dict[str, str]) -> list[str]:
    """Return the shippers that are ticked in a form."""
    return [name.removeprefix(_TICK) for name in form if name.startswith(_TICK)]


def _state(agent: Agent) -> str:
    if agent.disabled_at is not None:
        return "disabled"
    if agent.subject is not None and not agent.password_hash:
        return "company account"
    return "active" if agent.is_enrolled else "not enrolled yet"


def _is_fresh(desk: StaffDesk, agent: SignedIn) -> bool:
    return desk.now() - agent.found.session.created_at < FRESH


def _sign_in_again(request: Request) -> Response:
    address = request.url_for("sign_in")
    back = request.url_for("accounts").path
    return RedirectResponse(f"{address}?next={back}", status_code=303)


def _problem(error: AssistantError) -> str:
    match error:
        case ConflictError():
            return "That name is taken, or this is the last admin, who must stay one."
        case RefusedError():
            return "Please give a name of at most 64 characters and one of the roles."
        case _:
            return "Your role does not allow this for that account."


def _status(error: AssistantError) -> int:
    if isinstance(error, ConflictError):
        return 409
    return 422 if isinstance(error, RefusedError) else 403
