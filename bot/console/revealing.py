"""Showing one masked value, on a click that is noted."""

import asyncio
from dataclasses import dataclass

from markupsafe import escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.console.access import Access, signed_in
from bot.console.forms import read_form
from deliveries.errors import InvalidInputError, NotFoundError, UnreadableError
from deliveries.model.staff import Permission
from deliveries.ports import Clock, UnitOfWorkFactory, Vault
from deliveries.services.staff.revealing import reveal


@dataclass(frozen=True)
class Revealing:
    """Answers with a fragment that takes the masked value's place."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    vault: Vault

    def routes(self, access: Access) -> list[Route]:
        """Return the route with its permission."""
        permission, path = Permission.REVEAL_PERSONAL_DATA, "/chats/{id}/reveal"
        return [access.route(path, self.show, permission, methods=("POST",), name="reveal")]

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

    def _reveal(self, id_: str, form: dict[str, str], agent_id: str) -> str:
        what, of = form.get("what", ""), form.get("of", "")
        with self.unit_of_work() as work:
            now = self.clock.now()
            shown = reveal(work, self.vault, id_, what, of, agent_id=agent_id, now=now)
            # Shown only once it is noted.
            work.commit()
        return shown
