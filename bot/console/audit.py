"""What staff did, on a page and as a file, and whether the log of it is as it was written."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot.console.access import Access, signed_in
from bot.console.spreadsheet import CSV, csv_lines, named
from deliveries.model.saying import Fact
from deliveries.model.staff import AuditEntry, Permission
from deliveries.ports import Clock, UnitOfWorkFactory
from deliveries.services.staff.auditing import record, verify

ENTRIES = 100
HEADINGS = (
    "seq",
    "at",
    "actor",
    "name",
    "action",
    "object_kind",
    "object_id",
    "before",
    "after",
    "reason",
    "request_id",
    "previous_hash",
    "entry_hash",
)
_ROWS_AT_ONCE = 1000
_ACTION = re.compile(r"[a-z_]{1,40}(\.[a-z_]{0,40})?")
_PLACE = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Search:
    """What was asked for; what cannot be meant is taken for nothing.

    Attributes:
        first: The first day, in UTC as the log is shown.
        last: The last day, all of it.
    """

    actor: str | None
    action: str | None
    before: int | None
    first: date | None
    last: date | None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Search":
        """Read it from a query."""
        action, before = asked.get("action", ""), asked.get("before", "")
        return cls(
            asked.get("actor") or None,
            action if _ACTION.fullmatch(action) else None,
            int(before) if _PLACE.fullmatch(before) else None,
            _day(asked.get("from", "")),
            _day(asked.get("to", "")),
        )

    @property
    def since(self) -> datetime | None:
        """From when on."""
        return _midnight(self.first) if self.first else None

    @property
    def until(self) -> datetime | None:
        """Before when."""
        return _midnight(self.last) + timedelta(days=1) if self.last else None

    def asking(self, **more: object) -> str:
        """Return the query that asks for the same, without a place in it unless one is given."""
        asked = {"actor": self.actor, "action": self.action, "from": self.first, "to": self.last}
        return urlencode({name: each for name, each in (asked | more).items() if each})


@dataclass(frozen=True)
class AuditPages:
    """Shows the log to those who may read it."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    templates: Jinja2Templates

    def routes(self, access: Access) -> list[Route]:
        """Return the routes with their permission."""
        may = Permission.READ_AUDIT
        return [
            access.route("/audit", self.show, may, name="audit"),
            access.route("/audit.csv", self.download, may, name="audit_file"),
        ]

    async def show(self, request: Request) -> Response:
        """Show a page of entries; ``check`` walks the whole chain first."""
        search = Search.read(request.query_params)
        entries = await asyncio.to_thread(self._read, search, ENTRIES)
        names = await asyncio.to_thread(self._names)
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

    async def download(self, request: Request) -> Response:
        """Give all entries asked for as a file, newest first, with the hashes of the chain."""
        search = Search.read(request.query_params)
        await asyncio.to_thread(self._note, search, signed_in(request).agent_id)
        names = await asyncio.to_thread(self._names)
        name = "-".join(["audit", *(f"{day}" for day in (search.first, search.last) if day)])
        lines = csv_lines(HEADINGS, (_row(each, names) for each in self._all(search)))
        return StreamingResponse(lines, media_type=CSV, headers=named(f"{name}.csv"))

    def _read(self, search: Search, limit: int) -> Sequence[AuditEntry]:
        with self.unit_of_work(read_only=True) as work:
            return list(
                work.audit.latest(
                    before=search.before,
                    actor=search.actor,
                    action=search.action,
                    since=search.since,
                    until=search.until,
                    limit=limit,
                )
            )

    def _all(self, search: Search) -> Iterator[AuditEntry]:
        """Yield everything asked for, a page at a time: the log only grows."""
        while entries := self._read(search, _ROWS_AT_ONCE):
            yield from entries
            search = replace(search, before=entries[-1].seq)

    def _names(self) -> Mapping[str, str]:
        with self.unit_of_work(read_only=True) as work:
            return {each.id: each.name for each in work.agents.all()}

    def _note(self, search: Search, agent_id: str) -> None:
        """Write down who takes the log along, and what of it."""
        after: dict[str, Fact] = {"asked": search.asking()}
        with self.unit_of_work() as work:
            record(
                work, agent_id, "audit.exported", "audit", "log", after=after, now=self.clock.now()
            )
            work.commit()

    def _check(self) -> str:
        with self.unit_of_work(read_only=True) as work:
            head, broken = verify(work)
        if broken is not None:
            return f"BROKEN at entry {broken.seq}: {broken.what}. It holds up to entry {head.seq}."
        return f"{head.seq} entries, unbroken. Its end: {head.entry_hash}"


def _row(entry: AuditEntry, names: Mapping[str, str]) -> list[str]:
    return [
        str(entry.seq),
        entry.at.isoformat(),
        entry.actor,
        names.get(entry.actor, ""),
        entry.action,
        entry.object_kind,
        entry.object_id,
        json.dumps(entry.before, ensure_ascii=False, sort_keys=True),
        json.dumps(entry.after, ensure_ascii=False, sort_keys=True),
        entry.reason or "",
        entry.request_id or "",
        entry.previous_hash or "",
        entry.entry_hash or "",
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
