"""Showing one masked value, on a click that is noted."""

import asyncio
from dataclasses import dataclass

from markupsafe import escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.console.access import Access, signed_in
from bot.console.forms import read_form
from deliveries.errors import InvalidInputError, NotFoundError, UnreadableError
from deliveries.model.staff import Permission
from deliveries.ports import Clock, UnitOfWorkFactory, Vault
from deliveries.services.staff.revealing import open_proof, reveal


@dataclass(frozen=True)
class Revealing:
    """Answers with a fragment that takes the masked value's place."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    vault: Vault

    def routes(self, access: Access) -> list[Route]:
        """Return the route with its permission."""
        permission, path = Permission.REVEAL_PERSONAL_DATA, "/chats/{id}/reveal"
        return [
            access.route(path, self.show, permission, methods=("POST",), name="reveal"),
            access.route("/chats/{id}/proof/{of}", self.open, permission, name="proof"),
        ]

    async def show(self, request: Request) -> Response:
        """Show what the form's ``what`` and ``of`` name."""
        form = await read_form(request)
        agent_id = signed_in(request).agent_id
        try:
            shown = await asyncio.to_thread(self._reveal, request.path_params["id"], form, agent_id)
        except InvalidInputError:
            return PlainTextResponse("There is no such thing to show.", status_code=422)
        except NotFoundError:
            return PlainTextResponse("There is nothing to show.", status_code=404)
        except UnreadableError:
            return PlainTextResponse("It was kept under another key.", status_code=409)
        return HTMLResponse(f'<span class="revealed">{escape(shown)}</span>')

    async def open(self, request: Request) -> Response:
        """Lead to the driver's photo of a hand-over, once it is noted who looks at it."""
        id_, of = request.path_params["id"], request.path_params["of"]
        agent_id = signed_in(request).agent_id
        try:
            where = await asyncio.to_thread(self._open, id_, of, agent_id)
        except NotFoundError:
            return PlainTextResponse("There is no such photo.", status_code=404)
        return RedirectResponse(where, status_code=303)

    def _open(self, id_: str, of: str, agent_id: str) -> str:
        with self.unit_of_work() as work:
            where = open_proof(work, id_, of, agent_id=agent_id, now=self.clock.now())
            work.commit()
        return where

    def _reveal(self, id_: str, form: dict[str, str], agent_id: str) -> str:
        what, of = form.get("what", ""), form.get("of", "")
        with self.unit_of_work() as work:
            now = self.clock.now()
            shown = reveal(work, self.vault, id_, what, of, agent_id=agent_id, now=now)
            # Shown only once it is noted.
            work.commit()
        return shown
