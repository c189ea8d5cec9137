"""The console's pages, their parts that are renewed, and what is done on them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.templating import Jinja2Templates

from bot.console.access import SCRIPT_HEADER, signed_in
from bot.console.chats import Chats, viewers
from bot.console.composing import canned_for, counted, words_for_canned
from bot.console.deeds import DEEDS, PAUSES, SENDING, Order, problem_of
from bot.console.forms import read_form
from bot.console.lists import FOUND, SHOWN, belongs, make_rows, rows
from bot.console.plain_words import CLAIM_WORDS, OUTCOMES
from bot.console.sessions import SignedIn
from deliveries.errors import AssistantError, NotFoundError
from deliveries.model.console import ReplyDraft
from deliveries.ports import Clock, UnitOfWork, UnitOfWorkFactory

DRAFT_LENGTH = 4000
ROWS_AT_ONCE = 50


@dataclass(frozen=True)
class Pages:
    """Shows chats and does what is asked about them; ``Access`` has asked who is there."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    machine: Clock
    chats: Chats
    templates: Jinja2Templates

    async def workspace(self, request: Request) -> Response:
        """Show the list, and the chat that the address names beside it."""
        return await self._page(request, "workspace.html", self._workspace(request))

    async def chat_part(self, request: Request) -> Response:
        """Show one chat alone, for the page to renew itself."""
        return await self._page(request, "chat.html", self._chat(request))

    async def list_part(self, request: Request) -> Response:
        """Show the list alone."""
        return await self._page(request, "list.html", self._list(request))

    async def rows_part(self, request: Request) -> Response:
        """Show some rows of the list, and which of those asked for are not in it."""
        return await self._page(request, "rows.html", self._rows(request))

    async def viewers_part(self, request: Request) -> Response:
        """Show who else looks at a chat."""

        def read(work: UnitOfWork, agent: SignedIn) -> dict[str, Any]:
            id_ = request.path_params["id"]
            found = viewers(work, id_, agent.agent_id, now=self.machine.now())
            return {"viewers": found}

        return await self._page(request, "viewers.html", read)

    async def canned_part(self, request: Request) -> Response:
        """Show the canned replies that fit a chat, with their variables filled in."""

        def read(work: UnitOfWork, agent: SignedIn) -> dict[str, Any]:
            found = canned_for(
                work,
                request.path_params["id"],
                agent,
                search=request.query_params.get("q", ""),
            )
            return {"replies": found}

        return await self._page(request, "canned_part.html", read)

    async def act(self, request: Request) -> Response:
        """Do something about a conversation, then show it."""
        agent, form = signed_in(request), await read_form(request)
        name = request.url.path.rpartition("/")[2]
        deed = DEEDS[name]
        order = Order(request.path_params["id"], agent, form, self.clock.now())
        problem, status = "", 200
        try:
            await asyncio.to_thread(self._do, deed, order)
        except AssistantError as error:
            problem, status = problem_of(error)
        if SCRIPT_HEADER in request.headers:
            shown = await self._page(
                request, "chat.html", self._chat(request), status_code=status, problem=problem
            )
            if not problem and name in SENDING:
                shown.headers["HX-Trigger"] = f"sent-{name}"
            return shown
        if problem:
            typed = form.get("text", "")
            reader = self._workspace(request)
            return await self._page(
                request,
                "workspace.html",
                reader,
                status_code=status,
                problem=problem,
                typed={name: typed},
            )
        return RedirectResponse(request.url_for("chat", id=order.chat_id), status_code=303)

    async def look(self, request: Request) -> Response:
        """Note that a chat is on somebody's screen, and whether they type."""

        def note(work: UnitOfWork, agent: SignedIn, form: dict[str, str]) -> str:
            read_seq = form.get("read_seq", "")
            work.chat_views.see(
                agent.agent_id,
                work.conversations.get(request.path_params["id"]).id,
                now=self.machine.now(),
                types=form.get("types") == "1",
                read_seq=int(read_seq) if read_seq.isdecimal() else 0,
            )
            return ""

        return await self._note(request, note)

    async def draft(self, request: Request) -> Response:
        """Keep what is typed so far; say how long it is."""

        def note(work: UnitOfWork, agent: SignedIn, form: dict[str, str]) -> str:
            mode = "note" if form.get("mode") == "note" else "reply"
            text = form.get("text", "")[:DRAFT_LENGTH]
            conversation = work.conversations.get(request.path_params["id"])
            now = self.machine.now()
            work.reply_drafts.keep(ReplyDraft(agent.agent_id, conversation.id, mode, text, now))
            return counted(work, conversation, text) if mode == "reply" else ""

        return await self._note(request, note)

    async def _note(
        self, request: Request, note: Callable[[UnitOfWork, SignedIn, dict[str, str]], str]
    ) -> Response:
        """Keep something small that a script reports; answer with what it should show."""
        agent, form = signed_in(request), await read_form(request)

        def keep() -> str:
            with self.unit_of_work() as work:
                said = note(work, agent, form)
                work.commit()
                return said

        try:
            said = await asyncio.to_thread(keep)
        except AssistantError as error:
            _, status = problem_of(error)
            return PlainTextResponse("", status_code=status)
        return PlainTextResponse(said)

    def _do(self, deed: Callable[[UnitOfWork, Order], None], order: Order) -> None:
        with self.unit_of_work() as work:
            deed(work, order)
            work.commit()

    def _workspace(self, request: Request) -> Callable[[UnitOfWork, SignedIn], dict[str, Any]]:
        def read(work: UnitOfWork, agent: SignedIn) -> dict[str, Any]:
            # Before all else: what changes while this is read is then told.
            seq = work.chat_events.newest()
            shown = {"seq": seq, "chat": None, **self._list(request)(work, agent)}
            if "id" in request.path_params:
                shown |= self._chat(request)(work, agent)
            return shown

        return read

    def _list(self, request: Request) -> Callable[[UnitOfWork, SignedIn], dict[str, Any]]:
        def read(work: UnitOfWork, agent: SignedIn) -> dict[str, Any]:
            show = _show(request)
            return {
                "show": show,
                "rows": rows(
                    work,
                    show,
                    agent,
                    now=self.clock.now(),
                    machine_now=self.machine.now(),
                ),
                "counts": work.chat_lists.counts(agent_id=agent.agent_id, shippers=agent.scope),
                "current": request.path_params.get("id") or request.query_params.get("current"),
            }

        return read

    def _rows(self, request: Request) -> Callable[[UnitOfWork, SignedIn], dict[str, Any]]:
        def read(work: UnitOfWork, agent: SignedIn) -> dict[str, Any]:
            is_found = request.query_params.get("show") == FOUND
            show = FOUND if is_found else _show(request)
            ids = request.query_params.get("ids", "").split(",")[:ROWS_AT_ONCE]
            found = work.chat_lists.some(ids, agent_id=agent.agent_id, shippers=agent.scope)
            kept = [each for each in found if belongs(each, show, agent_id=agent.agent_id)]
            return {
                "show": show,
                "rows": make_rows(
                    work,
                    kept,
                    agent_id=agent.agent_id,
                    now=self.clock.now(),
                    machine_now=self.machine.now(),
                ),
                "gone": sorted(set(ids) - {each.conversation_id for each in kept}),
                "counts": work.chat_lists.counts(agent_id=agent.agent_id, shippers=agent.scope),
                "current": request.query_params.get("current"),
            }

        return read

    def _chat(self, request: Request) -> Callable[[UnitOfWork, SignedIn], dict[str, Any]]:
        def read(work: UnitOfWork, agent: SignedIn) -> dict[str, Any]:
            chat = self.chats.chat(
                work,
                request.path_params["id"],
                agent,
                now=self.clock.now(),
                machine_now=self.machine.now(),
            )
            conversation = work.conversations.get(chat.id)
            return {
                "chat": chat,
                "counted": counted(work, conversation, chat.reply_draft),
                "outcomes": OUTCOMES,
                "pauses": PAUSES,
                "claims": CLAIM_WORDS,
                "canned_words": words_for_canned(),
            }

        return read

    async def _page(
        self,
        request: Request,
        template: str,
        read: Callable[[UnitOfWork, SignedIn], dict[str, Any]],
        *,
        status_code: int = 200,
        **more: object,
    ) -> Response:
        agent = signed_in(request)

        def look() -> dict[str, Any]:
            with self.unit_of_work(read_only=True) as work:
                return read(work, agent)

        try:
            shown = await asyncio.to_thread(look)
        except NotFoundError:
            return _refused("There is no such conversation.", 404)
        context = {"agent": agent, "problem": "", "typed": {}, **shown, **more}
        return self.templates.TemplateResponse(request, template, context, status_code=status_code)


def _refused(words: str, status_code: int) -> Response:
    """Refuse in a few words, which take no part of a page's place."""
    return PlainTextResponse(words, status_code=status_code)


def _show(request: Request) -> str:
    show = request.query_params.get("show", "")
    return show if show in SHOWN else "all"
