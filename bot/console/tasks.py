"""The page of what only a person can settle: each task with its parcel and chat, to be closed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot.console.access import Access, signed_in
from bot.console.forms import read_form
from bot.console.plain_words import TASK_OUTCOMES, masked_name, task_words
from bot.console.sessions import SignedIn
from deliveries.errors import AssistantError, ConflictError, NotFoundError
from deliveries.model.history import StaffTask
from deliveries.model.staff import Permission
from deliveries.ports import Clock, UnitOfWork, UnitOfWorkFactory
from deliveries.services.conversing.subject import parcel_name
from deliveries.services.staff.tasks import NOTE_LENGTH, Closing, close_task, is_claim, outcomes_of

SHOWN_AT_MOST = 100
_CLOSED_MEANWHILE = "A colleague has closed it meanwhile."
_NOT_SO = f"Choose what came of it, and write at most {NOTE_LENGTH} characters."


@dataclass(frozen=True)
class Row:
    """One task.

    Attributes:
        about: The parcel and its shipper; empty: it is about none.
        reason: Why, as the system put it; empty: nothing is known.
        outcomes: How it can end, by code.
        ended: What came of it, and who says so; empty: it is open.
    """

    id: str
    words: str
    is_claim: bool
    since: datetime
    person: str
    about: str
    reason: str
    chat_id: str | None
    outcomes: Mapping[str, str]
    ended: str
    note: str


@dataclass(frozen=True)
class TaskPages:
    """Lists tasks and closes them."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    templates: Jinja2Templates

    def routes(self, access: Access) -> list[Route]:
        """Return the routes with their permissions."""
        close, post = "/tasks/{id}/close", ("POST",)
        return [
            access.route("/tasks", self.show, Permission.READ_CHATS, name="tasks"),
            access.route(close, self.close, Permission.WORK_CHATS, methods=post, name="close_task"),
        ]

    async def show(self, request: Request) -> Response:
        """Show what is open, or what was closed last."""
        done = "That task is closed." if "closed" in request.query_params else ""
        return await self._page(request, done=done)

    async def close(self, request: Request) -> Response:
        """Close a task with what came of it."""
        agent, form = signed_in(request), await read_form(request)
        id_ = request.path_params["id"]
        closing = Closing(id_, form.get("outcome", ""), form.get("note", ""))
        try:
            await asyncio.to_thread(self._close, agent, closing)
        except NotFoundError:
            return PlainTextResponse("There is no such task.", status_code=404)
        except ConflictError:
            return await self._page(request, problem=_CLOSED_MEANWHILE, status_code=409)
        except AssistantError:
            return await self._page(request, problem=_NOT_SO, typed=closing, status_code=422)
        return RedirectResponse(f"{request.url_for('tasks')}?closed=1", status_code=303)

    def _close(self, agent: SignedIn, closing: Closing) -> None:
        with self.unit_of_work() as work:
            close_task(work, agent.found.agent, closing, now=self.clock.now())
            work.commit()

    async def _page(
        self,
        request: Request,
        *,
        done: str = "",
        problem: str = "",
        typed: Closing | None = None,
        status_code: int = 200,
    ) -> Response:
        agent = signed_in(request)
        is_done = request.query_params.get("show") == "done"
        shown = await asyncio.to_thread(self._read, agent, is_done=is_done)
        context = {
            "agent": agent,
            "place": "tasks",
            "is_done": is_done,
            "done": done,
            "problem": problem,
            "typed": typed,
            "note_length": NOTE_LENGTH,
            "may_close": agent.may(Permission.WORK_CHATS),
            **shown,
        }
        return self.templates.TemplateResponse(
            request, "tasks.html", context, status_code=status_code
        )

    def _read(self, agent: SignedIn, *, is_done: bool) -> dict[str, Any]:
        with self.unit_of_work(read_only=True) as work:
            found = work.tasks.listed(
                is_done=is_done, shippers=agent.scope, limit=SHOWN_AT_MOST + 1
            )
            rows = _rows(work, found[:SHOWN_AT_MOST], agent)
        return {"rows": rows, "has_more": len(found) > SHOWN_AT_MOST}


def _rows(work: UnitOfWork, tasks: Sequence[StaffTask], agent: SignedIn) -> list[Row]:
    """Return tasks as rows; claims of those that are open come first."""
    chats = {each.conversation_id for each in tasks if each.conversation_id}
    seen = work.chat_lists.within(chats, agent.scope)
    rows = [_row(work, each, seen) for each in tasks]
    return sorted(rows, key=lambda row: not row.is_claim or bool(row.ended))


def _row(work: UnitOfWork, task: StaffTask, seen: set[str]) -> Row:
    delivery = work.deliveries.find(task.delivery_id) if task.delivery_id else None
    zone = ZoneInfo(delivery.zone if delivery else "UTC")
    shipper = work.shippers.get(delivery.shipper_id).name if delivery else ""
    reason = str(task.facts.get("reason") or "")
    return Row(
        id=task.id,
        words=task_words(task),
        is_claim=is_claim(task),
        since=task.created_at.astimezone(zone),
        person=masked_name(delivery.recipient_name) if delivery else "",
        about=f"{parcel_name(delivery)}, {shipper}" if delivery else "",
        reason="" if task.kind == "claim" else reason.replace("_", " "),
        chat_id=task.conversation_id if task.conversation_id in seen else None,
        outcomes={each.value: TASK_OUTCOMES[each.value] for each in outcomes_of(task)},
        ended=_ended(work, task, zone),
        note=task.note or "",
    )


def _ended(work: UnitOfWork, task: StaffTask, zone: ZoneInfo) -> str:
    if task.done_at is None:
        return ""
    agent = work.agents.find(task.done_by) if task.done_by else None
    what = TASK_OUTCOMES.get(task.outcome or "", "Its time was over")
    at = task.done_at.astimezone(zone)
    return f"{what} · {agent.name if agent else 'Doorstep'}, {at:%a} {at.day} {at:%b %H:%M}"
