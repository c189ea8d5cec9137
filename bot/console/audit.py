"""The page of what staff did, and whether the log of it is as it was written."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot.console.access import Access, signed_in
from deliveries.model.staff import AuditEntry, Permission
from deliveries.ports import UnitOfWorkFactory
from deliveries.services.staff.auditing import verify

ENTRIES = 100
_ACTION = re.compile(r"[a-z_]{1,40}(\.[a-z_]{0,40})?")
_PLACE = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Search:
    """What was asked for; what cannot be meant is taken for nothing."""

    actor: str | None
    action: str | None
    before: int | None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Search":
        """Read it from a query."""
        action, before = asked.get("action", ""), asked.get("before", "")
        return cls(
            asked.get("actor") or None,
            action if _ACTION.fullmatch(action) else None,
            int(before) if _PLACE.fullmatch(before) else None,
        )


@dataclass(frozen=True)
class AuditPages:
    """Shows the log to those who may read it."""

    unit_of_work: UnitOfWorkFactory
    templates: Jinja2Templates

    def routes(self, access: Access) -> list[Route]:
        """Return the route with its permission."""
        return [access.route("/audit", self.show, Permission.READ_AUDIT, name="audit")]

    async def show(self, request: Request) -> Response:
        """Show a page of entries; ``check`` walks the whole chain first."""
        search = Search.read(request.query_params)
        entries, names = await asyncio.to_thread(self._read, search)
        checked = None
        if "check" in request.query_params:
            checked = await asyncio.to_thread(self._check)
        context = {
            "agent": signed_in(request),
            "place": "audit",
            "entries": entries,
            "names": names,
            "search": search,
            "checked": checked,
            "older": entries[-1].seq if len(entries) == ENTRIES else None,
        }
        return self.templates.TemplateResponse(request, "audit.html", context)

    def _read(self, search: Search) -> tuple[Sequence[AuditEntry], Mapping[str, str]]:
        with self.unit_of_work(read_only=True) as work:
            entries = work.audit.latest(
                before=search.before, actor=search.actor, action=search.action, limit=ENTRIES
            )
            return list(entries), {each.id: each.name for each in work.agents.all()}

    def _check(self) -> str:
        with self.unit_of_work(read_only=True) as work:
            head, broken = verify(work)
        if broken is not None:
            return f"BROKEN at entry {broken.seq}: {broken.what}. It holds up to entry {head.seq}."
        return f"{head.seq} entries, unbroken. Its end: {head.entry_hash}"
