"""A stand-in of Chatwoot's application API: one account with an API inbox, a bot and agents.

It refuses what Chatwoot refuses (tokens, unknown conversations, taken identifiers, bots where only
people may call), keeps what it is told, and tells its webhook as Chatwoot 4.13 does.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ACCOUNT, INBOX = 1, 12
BOT_TOKEN, USER_TOKEN, SECRET = "bot-token", "user-token", "whs_test"
ANA, BEN = 7, 8
_KINDS = {"incoming": 0, "outgoing": 1}


@dataclass
class Case:
    """A conversation in Chatwoot."""

    id: int
    contact: int
    source: str
    status: str
    facts: dict[str, str]
    labels: list[str] = field(default_factory=list)
    priority: str | None = None
    agent: int | None = None
    messages: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Chatwoot:
    """The account; ``failing`` answers stand before all others."""

    webhook_url: str = ""
    contacts: dict[int, dict[str, Any]] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    failing: list[int] = field(default_factory=list)
    loses_answers: int = 0
    calls: list[tuple[str, str]] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    _last_id: int = 9000

    def app(self) -> Starlette:
        root = f"/api/v1/accounts/{ACCOUNT}"
        case = f"{root}/conversations/{{case:int}}"
        routes = [
            Route(f"{root}/inboxes/{INBOX}", self._show_inbox),
            Route(f"{root}/contacts", self._make_contact, methods=["POST"]),
            Route(f"{root}/contacts/filter", self._find_contact, methods=["POST"]),
            Route(f"{root}/contacts/{{contact:int}}/contact_inboxes", self._link, methods=["POST"]),
            Route(f"{root}/conversations", self._open, methods=["POST"]),
            Route(case, self._show, methods=["GET"]),
            Route(f"{case}/messages", self._list, methods=["GET"]),
            Route(f"{case}/messages", self._post, methods=["POST"]),
            Route(f"{case}/messages/{{message:int}}", self._mark, methods=["PATCH"]),
            Route(f"{case}/custom_attributes", self._describe, methods=["POST"]),
            Route(f"{case}/labels", self._label, methods=["POST"]),
            Route(f"{case}/toggle_priority", self._prioritise, methods=["POST"]),
            Route(f"{case}/toggle_status", self._move, methods=["POST"]),
            Route(f"{case}/assignments", self._assign, methods=["POST"]),
        ]
        app = Starlette(routes=routes)
        app.add_middleware(_Gate, chatwoot=self)
        return app

    async def agent_writes(
        self, case: int, text: str, *, agent: int = ANA, note: bool = False, times: int = 1
    ) -> int:
        """Let an agent write; return the number of the message."""
        message = self._keep(
            self.cases[case], text, "outgoing", private=note, sender={"id": agent, "type": "user"}
        )
        for _ in range(times):
            await self.tell(self._message_event(self.cases[case], message))
        return int(message["id"])

    async def agent_moves(
        self, case: int, *, status: str = "open", agent: int | None = None, event: str | None = None
    ) -> None:
        """Let an agent take, give up, resolve or put off a conversation."""
        found = self.cases[case]
        found.status, found.agent = status, agent
        await self.tell(self._case_event(found, event or "conversation_updated"))

    async def tell(self, event: dict[str, Any], *, secret: str = SECRET, age_s: int = 0) -> int:
        """Post an event to our webhook as Chatwoot does; return the status."""
        body = json.dumps(event).encode()
        timestamp = str(int(time.time()) - age_s)
        signed = timestamp.encode() + b"." + body
        signature = "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
            answer = await client.post(
                self.webhook_url,
                content=body,
                headers={
                    "content-type": "application/json",
                    "x-chatwoot-timestamp": timestamp,
                    "x-chatwoot-signature": signature,
                },
            )
        self.answered.append(answer.status_code)
        return answer.status_code

    def lines(self, case: int) -> list[tuple[str, bool, str]]:
        """Return what a conversation shows: kind, whether it is a note, words."""
        return [
            (each["message_type"], each["private"], each["content"])
            for each in self.cases[case].messages
        ]

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    async def _show_inbox(self, _: Request) -> Response:
        return JSONResponse({"id": INBOX, "channel_type": "Channel::Api"})

    async def _make_contact(self, request: Request) -> Response:
        body = await request.json()
        if any(each["identifier"] == body["identifier"] for each in self.contacts.values()):
            return JSONResponse(
                {"message": "Identifier has already been taken", "attributes": ["identifier"]}, 422
            )
        made = {"id": self._next_id(), **body}
        self.contacts[made["id"]] = made
        return JSONResponse({"payload": {"contact": made, "contact_inbox": {}}})

    async def _find_contact(self, request: Request) -> Response:
        wanted = (await request.json())["payload"][0]["values"][0]
        found = [each for each in self.contacts.values() if each["identifier"] == wanted]
        return JSONResponse({"meta": {"count": len(found)}, "payload": found})

    async def _link(self, request: Request) -> Response:
        return JSONResponse(await request.json())

    async def _open(self, request: Request) -> Response:
        body = await request.json()
        if body["contact_id"] not in self.contacts:
            return JSONResponse({"error": "contact"}, 404)
        made = Case(
            id=len(self.cases) + 567,
            contact=body["contact_id"],
            source=body["source_id"],
            status="pending",
            facts=body["custom_attributes"],
        )
        self.cases[made.id] = made
        return JSONResponse({"id": made.id, "status": made.status, "messages": []})

    async def _show(self, request: Request) -> Response:
        case = self._case(request)
        assignee = {"id": case.agent} if case.agent else None
        shown = {"id": case.id, "status": case.status, "meta": {"assignee": assignee}}
        return JSONResponse({**shown, "snoozed_until": None})

    async def _list(self, request: Request) -> Response:
        return JSONResponse({"payload": self._case(request).messages[-20:]})

    async def _post(self, request: Request) -> Response:
        body = await request.json()
        made = self._keep(
            self._case(request),
            body["content"],
            body["message_type"],
            private=body["private"],
            sender={"id": 5, "type": "agent_bot"},
            source=body["source_id"],
        )
        if self.loses_answers:
            self.loses_answers -= 1
            return Response(status_code=502)
        await self._echo(self._case(request), made)
        return JSONResponse({**made, "message_type": _KINDS[made["message_type"]]})

    async def _echo(self, case: Case, made: dict[str, Any]) -> None:
        """Tell the webhook of a bot's message too, as Chatwoot does."""
        if self.webhook_url:
            await self.tell(self._message_event(case, made))

    async def _mark(self, request: Request) -> Response:
        body, number = await request.json(), request.path_params["message"]
        for each in self._case(request).messages:
            if each["id"] == number:
                each.update(body)
                return JSONResponse(each)
        return JSONResponse({"error": "Resource could not be found"}, 404)

    async def _describe(self, request: Request) -> Response:
        self._case(request).facts = (await request.json())["custom_attributes"]
        return JSONResponse({})

    async def _label(self, request: Request) -> Response:
        self._case(request).labels = (await request.json())["labels"]
        return JSONResponse({"payload": self._case(request).labels})

    async def _prioritise(self, request: Request) -> Response:
        self._case(request).priority = (await request.json())["priority"]
        return Response()

    async def _move(self, request: Request) -> Response:
        case = self._case(request)
        case.status = (await request.json())["status"]
        if self.webhook_url:
            await self.tell(self._case_event(case, "conversation_status_changed"))
        payload = {"success": None, "conversation_id": case.id, "current_status": case.status}
        return JSONResponse({"meta": {}, "payload": payload})

    async def _assign(self, request: Request) -> Response:
        self._case(request).agent = (await request.json())["assignee_id"]
        return JSONResponse({"id": self._case(request).agent})

    def _case(self, request: Request) -> Case:
        return self.cases[request.path_params["case"]]

    def _keep(
        self,
        case: Case,
        text: str,
        kind: str,
        *,
        private: bool,
        sender: dict[str, Any],
        source: str | None = None,
    ) -> dict[str, Any]:
        made = {
            "id": self._next_id(),
            "content": text,
            "message_type": kind,
            "private": private,
            "source_id": source,
            "sender": sender,
            "status": "sent",
        }
        case.messages.append(made)
        return made

    def _message_event(self, case: Case, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "event": "message_created",
            **message,
            "content_type": "text",
            "account": {"id": ACCOUNT},
            "inbox": {"id": INBOX},
            "conversation": {
                "id": case.id,
                "inbox_id": INBOX,
                "status": case.status,
                "contact_inbox": {"source_id": case.source},
                "messages": [{"id": message["id"], "message_type": 1}],
            },
        }

    def _case_event(self, case: Case, event: str) -> dict[str, Any]:
        return {
            "event": event,
            "id": case.id,
            "inbox_id": INBOX,
            "status": case.status,
            "meta": {"assignee": {"id": case.agent} if case.agent else None, "team": None},
            "contact_inbox": {"source_id": case.source},
            "changed_attributes": None,
        }


class _Gate:
    """Tokens, unknown conversations, and the failures that a test orders."""

    def __init__(self, app: Any, chatwoot: Chatwoot) -> None:
        self._app = app
        self._chatwoot = chatwoot

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refuse(request)
        await (refusal or self._app)(scope, receive, send)

    def _refuse(self, request: Request) -> Response | None:
        path = request.url.path
        self._chatwoot.calls.append((request.method, path))
        if self._chatwoot.failing:
            return JSONResponse({"error": "ordered"}, self._chatwoot.failing.pop(0))
        token = request.headers.get("api_access_token")
        if token not in (BOT_TOKEN, USER_TOKEN):
            return JSONResponse({"errors": ["Invalid access token"]}, 401)
        for_people = ("/contacts", "/labels", "/custom_attributes", "/inboxes")
        is_for_people = any(part in path for part in for_people) or request.method == "PATCH"
        if token == BOT_TOKEN and is_for_people:
            return JSONResponse(
                {"error": "Access to this endpoint is not authorized for bots"}, 401
            )
        parts = path.split("/")
        if "conversations" in parts[:-1]:
            number = int(parts[parts.index("conversations") + 1])
            if number not in self._chatwoot.cases:
                return JSONResponse({"error": "Resource could not be found"}, 404)
        return None
