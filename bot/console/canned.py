"""The page on which leads keep the canned replies."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from bot.console.access import signed_in
from bot.console.composing import VARIABLES, unknown_variables
from bot.console.forms import read_form
from bot.console.plain_words import LANGUAGES
from deliveries.errors import ConflictError
from deliveries.model.console import CannedReply
from deliveries.model.ids import new_id
from deliveries.model.staff import Permission
from deliveries.ports import Clock, UnitOfWorkFactory
from deliveries.services.staff.auditing import record

CODE_LENGTH = 30
TEXT_LENGTH = 1000


@dataclass(frozen=True)
class CannedPages:
    """Shows canned replies to all, and lets leads add, change and remove them."""

    unit_of_work: UnitOfWorkFactory
    machine: Clock
    templates: Jinja2Templates

    async def show(self, request: Request) -> Response:
        """Show them."""
        return await self._page(request)

    async def save(self, request: Request) -> Response:
        """Keep a new one, or one that was changed."""
        form = await read_form(request)
        problem = _problem(form)
        if not problem:
            problem = await asyncio.to_thread(self._keep, form, signed_in(request).agent_id)
        if problem:
            return await self._page(request, problem=problem, form=form, status_code=422)
        return RedirectResponse(request.url_for("canned"), status_code=303)

    async def remove(self, request: Request) -> Response:
        """Forget one."""
        await asyncio.to_thread(
            self._forget, request.path_params["id"], signed_in(request).agent_id
        )
        return RedirectResponse(request.url_for("canned"), status_code=303)

    def _forget(self, id_: str, agent_id: str) -> None:
        with self.unit_of_work() as work:
            work.canned_replies.remove(id_)
            record(
                work, agent_id, "canned_reply.removed", "canned_reply", id_, now=self.machine.now()
            )
            work.commit()

    def _keep(self, form: dict[str, str], agent_id: str) -> str:
        """Keep what the form says; return what is wrong with it."""
        language, shipper_id = form.get("language") or None, form.get("shipper_id") or None
        code, text = form["code"].strip().lower(), form["text"].strip()
        with self.unit_of_work() as work:
            known = work.canned_replies.find(form.get("id", ""))
            same = [
                each
                for each in work.canned_replies.all()
                if (each.code, each.language, each.shipper_id) == (code, language, shipper_id)
            ]
            if any(known is None or each.id != known.id for each in same):
                return "There is one of that name for the same shipper and language."
            if known is None:
                known = CannedReply(new_id("r"), code, text, agent_id, self.machine.now())
                work.canned_replies.add(known)
            known.code, known.text, known.language = code, text, language
            known.shipper_id, known.made_by = shipper_id, agent_id
            known.changed_at = self.machine.now()
            record(
                work,
                agent_id,
                "canned_reply.kept",
                "canned_reply",
                known.id,
                now=known.changed_at,
                after={"code": code},
            )
            try:
                work.commit()
            except ConflictError:
                return "Somebody else changed it meanwhile. Please look again."
        return ""

    async def _page(
        self,
        request: Request,
        *,
        problem: str = "",
        form: dict[str, str] | None = None,
        status_code: int = 200,
    ) -> Response:
        agent = signed_in(request)

        def read() -> dict[str, object]:
            with self.unit_of_work(read_only=True) as work:
                shippers = {each.id: each.name for each in work.shippers.all()}
                return {"replies": list(work.canned_replies.all()), "shippers": shippers}

        context = {
            **await asyncio.to_thread(read),
            "agent": agent,
            "may_keep": agent.may(Permission.MANAGE_REPLIES),
            "variables": VARIABLES,
            "languages": LANGUAGES,
            "problem": problem,
            "form": form or {},
        }
        return self.templates.TemplateResponse(
            request, "canned.html", context, status_code=status_code
        )


def _problem(form: dict[str, str]) -> str:
    code, text = form.get("code", "").strip(), form.get("text", "").strip()
    if not code or len(code) > CODE_LENGTH or not code.replace("-", "").isalnum():
        return "Give it a short name of letters, digits and hyphens."
    if not text or len(text) > TEXT_LENGTH:
        return "Give it a text of at most 1000 characters."
    unknown = unknown_variables(text)
    return f"Nothing is known as {{{unknown[0]}}}." if unknown else ""
