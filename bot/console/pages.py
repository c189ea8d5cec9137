"""The console's pages and what is done on them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.templating import Jinja2Templates

from bot.console.sessions import Sessions, SignedIn, is_same
from bot.console.threads import Thread, Threads
from deliveries.errors import (
    AssistantError,
    AttemptsExhaustedError,
    ConflictError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from deliveries.ports import Clock, UnitOfWork, UnitOfWorkFactory
from deliveries.services.messages import handoffs

type Deed = Callable[[UnitOfWork, str, SignedIn, dict[str, str]], None]


@dataclass(frozen=True)
class Pages:
    """Every page asks first who is there; every deed asks for the session's token too."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    sessions: Sessions
    threads: Threads
    templates: Jinja2Templates

    async def sign_in_form(self, request: Request) -> Response:
        """Show the sign-in page."""
        return self._show(request, "sign_in.html", problem="")

    async def sign_in(self, request: Request) -> Response:
        """Sign an agent in."""
        form = await _form(request)
        name, password = form.get("name", ""), form.get("password", "")
        try:
            token = await asyncio.to_thread(self.sessions.sign_in, name, password)
        except AttemptsExhaustedError:
            problem = "Too many tries. Please wait a quarter of an hour."
            return self._show(request, "sign_in.html", problem=problem, status_code=429)
        if token is None:
            problem = "Name or password are wrong."
            return self._show(request, "sign_in.html", problem=problem, status_code=403)
        response = RedirectResponse(request.url_for("queue"), status_code=303)
        self.sessions.give(response, token)
        return response

    async def sign_out(self, request: Request) -> Response:
        """Sign the agent out."""
        await asyncio.to_thread(self.sessions.sign_out, request)
        return RedirectResponse(request.url_for("sign_in"), status_code=303)

    async def queue(self, request: Request) -> Response:
        """Show who waits."""
        return await self._page(request, "queue.html")

    async def queue_part(self, request: Request) -> Response:
        """Show the list alone, for the page to renew itself."""
        return await self._page(request, "queue_part.html")

    async def chat(self, request: Request) -> Response:
        """Show one conversation."""
        return await self._page(request, "chat.html")

    async def thread_part(self, request: Request) -> Response:
        """Show the thread alone, for the page to renew itself."""
        return await self._page(request, "thread_part.html")

    async def act(self, request: Request) -> Response:
        """Do something about a conversation, then show it."""
        agent = await asyncio.to_thread(self.sessions.find, request)
        if agent is None:
            return RedirectResponse(request.url_for("sign_in"), status_code=303)
        form = await _form(request)
        deed = self._deeds().get(request.path_params["deed"])
        if not is_same(form.get("csrf_token", ""), agent.csrf_token):
            return PlainTextResponse("This form is too old. Go back and reload.", status_code=403)
        if deed is None:
            return PlainTextResponse("There is no such thing to do.", status_code=404)
        id_ = request.path_params["id"]
        try:
            await asyncio.to_thread(self._do, deed, id_, agent, form)
        except AssistantError as error:
            problem, status = _problem(error)
            return await self._page(
                request,
                "chat.html",
                problem=problem,
                typed=form.get("text", ""),
                status_code=status,
            )
        return RedirectResponse(request.url_for("chat", id=id_), status_code=303)

    def _do(self, deed: Deed, id_: str, agent: SignedIn, form: dict[str, str]) -> None:
        with self.unit_of_work() as work:
            deed(work, id_, agent, form)
            work.commit()

    def _deeds(self) -> dict[str, Deed]:
        now = self.clock.now()
        return {
            "take": lambda work, id_, agent, form: handoffs.take(
                work, id_, agent_id=agent.agent_id, version=_version(form), now=now
            ),
            "reply": lambda work, id_, agent, form: handoffs.reply(
                work,
                id_,
                agent_id=agent.agent_id,
                text=form.get("text", ""),
                key=form.get("key", ""),
                now=now,
            ),
            "note": lambda work, id_, agent, form: handoffs.note(
                work, id_, agent_id=agent.agent_id, text=form.get("text", ""), now=now
            ),
            "hand-back": lambda work, id_, agent, form: handoffs.hand_back(
                work,
                id_,
                agent_id=agent.agent_id,
                outcome=form.get("outcome", "settled"),
                version=_version(form),
                now=now,
            ),
        }

    async def _page(
        self, request: Request, template: str, *, status_code: int = 200, **more: str
    ) -> Response:
        agent = await asyncio.to_thread(self.sessions.find, request)
        if agent is None:
            return RedirectResponse(request.url_for("sign_in"), status_code=303)
        try:
            shown = await asyncio.to_thread(self._read, request.path_params.get("id"), agent)
        except NotFoundError:
            return PlainTextResponse("There is no such conversation.", status_code=404)
        context = {"agent": agent, "problem": "", "typed": "", **shown, **more}
        return self._show(request, template, status_code=status_code, **context)

    def _read(self, id_: str | None, agent: SignedIn) -> dict[str, Any]:
        with self.unit_of_work(read_only=True) as work:
            rows = self.threads.rows(work, now=self.clock.now())
            thread: Thread | None = None
            if id_ is not None:
                thread = self.threads.thread(work, id_, agent_id=agent.agent_id)
            return {"rows": rows, "thread": thread}

    def _show(
        self, request: Request, template: str, *, status_code: int = 200, **context: object
    ) -> Response:
        return self.templates.TemplateResponse(request, template, context, status_code=status_code)


def _problem(error: AssistantError) -> tuple[str, int]:
    """Return how a refusal reads, and its HTTP status."""
    match error:
        case ConflictError():
            return "Somebody else has changed this chat meanwhile. This is how it stands now.", 409
        case NotAllowedError():
            return "Nothing can be sent: the person wants no messages, or cannot be reached.", 409
        case NotFoundError():
            return "There is no such conversation.", 404
        case RefusedError():
            return "Please write something, at most 1600 characters.", 422
        case _:
            return "That failed. Please try again.", 503


def _version(form: dict[str, str]) -> int:
    version = form.get("version", "")
    return int(version) if version.isdecimal() else 0


async def _form(request: Request) -> dict[str, str]:
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}
