"""Chatwoot's application API, as far as a case needs it (shapes of 4.2, and of 4.13 and later)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from deliveries.errors import NotFoundError, RejectedError, UnavailableError, UnreadableError
from integrations.chatwoot.webhooks import OURS, CaseStatus

_TIMEOUT_S = 10.0
_LOCKED_OUT_S = 300.0
_PRIORITIES = {1: "urgent", 2: "high", 3: "medium", 4: "low"}


@dataclass(frozen=True)
class Account:
    """Where and as whom we call.

    Attributes:
        bot_token: The agent bot's: it writes, opens and closes, and nothing else is allowed to it.
        user_token: A service user's, who is an agent of the inbox: for contacts, labels, receipts.
    """

    url: str
    account: int
    inbox: int
    bot_token: str
    user_token: str


class ChatwootClient:
    """Calls one account's inbox; every method is one request.

    Each raises:
        UnavailableError: On a time-out, 429, 5xx, or when our token is not taken any more: the
            same call may be made again later.
        NotFoundError: If Chatwoot has no such conversation.
        RejectedError: If it refuses the call for good.
        UnreadableError: If the answer is none of Chatwoot's.
    """

    def __init__(self, account: Account) -> None:
        """Open no connection yet."""
        self._account = account
        root = f"{account.url.rstrip('/')}/api/v1/accounts/{account.account}"
        self._client = httpx.AsyncClient(base_url=root, timeout=_TIMEOUT_S, trust_env=False)

    async def close(self) -> None:
        """Close connections."""
        await self._client.aclose()

    async def contact(self, person: str, source: str, facts: Mapping[str, str]) -> int:
        """Return the contact of a person, made when it is not there yet.

        Args:
            person: Our id, kept as Chatwoot's identifier, in lower case as it compares them.
            source: Our id of the conversation: Chatwoot's key of a session.
            facts: Custom attributes; no address and no number.
        """
        made = {
            "inbox_id": self._account.inbox,
            "source_id": source,
            "identifier": person,
            "name": person,
            "custom_attributes": dict(facts),
        }
        try:
            answer = await self._user("POST", "/contacts", made)
        except RejectedError:
            return await self._known_contact(person, source)
        return _number(answer, "payload", "contact", "id")

    async def open_case(self, contact: int, source: str, facts: Mapping[str, str]) -> int:
        """Return the number of a new conversation, still out of the agents' sight (pending)."""
        answer = await self._bot(
            "POST",
            "/conversations",
            {
                "inbox_id": self._account.inbox,
                "contact_id": contact,
                "source_id": source,
                "status": CaseStatus.PENDING.value,
                "additional_attributes": {"conversation": source},
                "custom_attributes": dict(facts),
            },
        )
        return _number(answer, "id")

    async def describe(
        self, case: int, *, facts: Mapping[str, str], labels: Sequence[str], priority: int
    ) -> None:
        """Say what a case is about; attributes and labels replace all there were."""
        path = f"/conversations/{case}"
        await self._user("POST", f"{path}/custom_attributes", {"custom_attributes": dict(facts)})
        await self._user("POST", f"{path}/labels", {"labels": list(labels)})
        await self._user("POST", f"{path}/toggle_priority", {"priority": _PRIORITIES[priority]})

    async def write(
        self, case: int, text: str, *, ref: str, is_theirs: bool, is_note: bool, at: datetime
    ) -> int:
        """Post a line of the thread and return Chatwoot's number of it.

        Args:
            case: The conversation.
            text: The words; Chatwoot renders Liquid in what goes out, which is escaped here.
            ref: Our id of the line: with it our own post is known when it comes back.
            is_theirs: The person wrote it.
            is_note: For agents only.
            at: When it was written.
        """
        answer = await self._bot(
            "POST",
            f"/conversations/{case}/messages",
            {
                "content": text if is_theirs else _without_liquid(text),
                "message_type": "incoming" if is_theirs else "outgoing",
                "private": is_note,
                "source_id": f"{OURS}{ref}",
                "external_created_at": int(at.timestamp()),
            },
        )
        return _number(answer, "id")

    async def refs_of(self, case: int) -> Mapping[str, int]:
        """Return our ids of the lines that the case's latest page shows, each with Chatwoot's.

        Chatwoot takes the same line twice: after an answer that was lost, look here first.
        """
        answer = await self._user("GET", f"/conversations/{case}/messages")
        try:
            return {
                str(each["source_id"]).removeprefix(OURS): int(each["id"])
                for each in answer["payload"]
                if str(each.get("source_id") or "").startswith(OURS)
            }
        except (KeyError, TypeError, ValueError, AttributeError) as exc:
            raise UnreadableError("chatwoot's messages") from exc

    async def standing(self, case: int) -> tuple[CaseStatus, int | None, int | None]:
        """Return how a case stands, whose it is, and until when it is put off, if it is.

        The last in seconds since 1970.
        """
        answer = await self._user("GET", f"/conversations/{case}")
        try:
            assignee = (answer.get("meta") or {}).get("assignee")
            until = answer.get("snoozed_until")
            return (
                CaseStatus(answer["status"]),
                int(assignee["id"]) if assignee else None,
                until if isinstance(until, int) else None,
            )
        except (KeyError, TypeError, ValueError, AttributeError) as exc:
            raise UnreadableError("chatwoot's conversation") from exc

    async def move(self, case: int, status: CaseStatus) -> None:
        """Set how a case stands; by the bot's token, since a user's would be assigned to it."""
        body = {"status": status.value}
        await self._bot("POST", f"/conversations/{case}/toggle_status", body)

    async def assign(self, case: int, agent: int | None) -> None:
        """Assign a case to an agent, or to nobody."""
        await self._user("POST", f"/conversations/{case}/assignments", {"assignee_id": agent})

    async def show_delivered(self, case: int, message: int) -> None:
        """Show an agent that their words were delivered."""
        path = f"/conversations/{case}/messages/{message}"
        await self._user("PATCH", path, {"status": "delivered"})

    async def show_failed(self, case: int, message: int, why: str) -> None:
        """Show an agent that their words were not sent, and why."""
        path = f"/conversations/{case}/messages/{message}"
        await self._user("PATCH", path, {"status": "failed", "external_error": why})

    async def check(self) -> None:
        """Ask for our inbox, to see that address and tokens are right."""
        await self._user("GET", f"/inboxes/{self._account.inbox}")

    async def _known_contact(self, person: str, source: str) -> int:
        asked = {
            "attribute_key": "identifier",
            "filter_operator": "equal_to",
            "values": [person],
            "query_operator": None,
        }
        found = await self._user("POST", "/contacts/filter", {"payload": [asked]})
        contact = _number(found, "payload", 0, "id")
        link = {"inbox_id": self._account.inbox, "source_id": source}
        await self._user("POST", f"/contacts/{contact}/contact_inboxes", link)
        return contact

    async def _bot(self, method: str, path: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401
        return await self._call(method, path, body, self._account.bot_token)

    async def _user(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401
        return await self._call(method, path, body, self._account.user_token)

    async def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None, token: str
    ) -> Any:  # noqa: ANN401
        try:
            answer = await self._client.request(
                method, path, json=body, headers={"api_access_token": token}
            )
        except httpx.HTTPError as exc:
            raise UnavailableError("chatwoot cannot be reached") from exc
        _check(answer)
        if not answer.content:
            return None
        try:
            return answer.json()
        except ValueError as exc:
            raise UnreadableError("chatwoot's answer") from exc


def _check(answer: httpx.Response) -> None:
    """Raise what a refusal means."""
    status = answer.status_code
    if status == httpx.codes.UNAUTHORIZED:
        raise UnavailableError("chatwoot refuses our token", retry_after_s=_LOCKED_OUT_S)
    if status == httpx.codes.NOT_FOUND:
        raise NotFoundError("chatwoot conversation")
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        wait = answer.headers.get("retry-after", "")
        wait_s = float(wait) if wait.isdecimal() else None
        raise UnavailableError("chatwoot is busy", retry_after_s=wait_s)
    if b"Too many messages" in answer.content:
        raise UnavailableError("chatwoot is busy", retry_after_s=60.0)
    if not answer.is_success:
        raise RejectedError(f"chatwoot answered {status}")


def _number(answer: Any, *path: str | int) -> int:  # noqa: ANN401
    try:
        for step in path:
            answer = answer[step]
        return int(answer)
    except (KeyError, IndexError, TypeError, ValueError) as exc:
        raise UnreadableError("chatwoot's answer") from exc


def _without_liquid(text: str) -> str:
    return text.replace("{{", "{ {").replace("{%", "{ %")
