"""The search for a chat; what is looked for stands in no address and in no log."""

import asyncio
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot.console.access import SCRIPT_HEADER, Access, signed_in
from bot.console.forms import read_form
from bot.console.lists import FOUND, make_rows
from bot.console.sessions import SignedIn
from deliveries.errors import InvalidInputError
from deliveries.model.staff import Permission
from deliveries.ports import Clock, UnitOfWorkFactory
from deliveries.services.staff.searching import LONGEST, SHORTEST, search_chats

SHOWN_AT_MOST = 20
_REFUSED = f"Please write {SHORTEST} to {LONGEST} characters."


@dataclass(frozen=True)
class Searching:
    """Shows the chats that were found in the list's place."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    machine: Clock
    templates: Jinja2Templates

    def routes(self, access: Access) -> list[Route]:
        """Return the routes with their permission."""
        may = Permission.WORK_CHATS
        return [
            access.route("/search", self.leave, may, name="search"),
            access.route("/search", self.find, may, methods=("POST",)),
        ]

    async def leave(self, request: Request) -> Response:
        """Lead whoever reloads the page back to the list: the words are gone."""
        return RedirectResponse(request.url_for("workspace"), status_code=303)

    async def find(self, request: Request) -> Response:
        """Show what was found, or what is wrong with the words."""
        agent, form = signed_in(request), await read_form(request)
        text, problem = form.get("text", ""), ""
        try:
            shown = await asyncio.to_thread(self._find, text, agent)
        except InvalidInputError:
            problem, shown = _REFUSED, await asyncio.to_thread(self._nothing, agent)
        is_part = SCRIPT_HEADER in request.headers
        context = {"agent": agent, "typed": {}, "chat": None, "sought": text} | shown
        context |= {"show": FOUND, "current": form.get("current", ""), "wrong": problem}
        return self.templates.TemplateResponse(
            request,
            "list.html" if is_part else "workspace.html",
            context,
            status_code=422 if problem else 200,
        )

    def _find(self, text: str, agent: SignedIn) -> dict[str, Any]:
        now, machine_now = self.clock.now(), self.machine.now()
        with self.unit_of_work() as work:
            found = search_chats(
                work, text, agent_id=agent.agent_id, limit=SHOWN_AT_MOST + 1, now=now
            )
            shown = found[:SHOWN_AT_MOST]
            rows = make_rows(work, shown, agent_id=agent.agent_id, now=now, machine_now=machine_now)
            seq = work.chat_events.newest()
            counts = work.chat_lists.counts(agent_id=agent.agent_id, shippers=agent.scope)
            # Shown only once it is noted.
            work.commit()
        has_more = len(found) > SHOWN_AT_MOST
        rows.sort(key=lambda row: row.order)
        return {"rows": rows, "has_more": has_more, "seq": seq, "counts": counts}

    def _nothing(self, agent: SignedIn) -> dict[str, Any]:
        with self.unit_of_work(read_only=True) as work:
            counts = work.chat_lists.counts(agent_id=agent.agent_id, shippers=agent.scope)
            return {"rows": [], "has_more": False, "seq": work.chat_events.newest()} | {
                "counts": counts
            }
