"""The account's messages: kept, found by id, listed and paged as Twilio does."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sandbox.twilio.errors import RefusedCallError
from sandbox.twilio.messages import API_VERSION, Message

_DEFAULT_PAGE_SIZE = 50
_MAX_PAGE_SIZE = 1000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class MessageStore:
    """Messages in memory, newest first when listed."""

    def __init__(self, account_sid: str) -> None:
        self._account_sid = account_sid
        self._messages: dict[str, Message] = {}

    def add(self, message: Message) -> None:
        """Keep a message."""
        self._messages[message.sid] = message

    def get(self, sid: str) -> Message | None:
        """Return a message, or None."""
        return self._messages.get(sid)

    def remove(self, sid: str) -> None:
        """Forget a message."""
        self._messages.pop(sid, None)

    def all(self) -> list[Message]:
        """Return every message, oldest first."""
        return list(self._messages.values())

    def page(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Answer ``GET Messages.json``.

        Raises:
            RefusedCallError: If a number or a date in the query cannot be read.
        """
        size = min(max(_number(query, "PageSize", _DEFAULT_PAGE_SIZE), 1), _MAX_PAGE_SIZE)
        page = _number(query, "Page", 0)
        found = [message for message in reversed(self._messages.values()) if _fits(message, query)]
        shown = found[page * size : (page + 1) * size]
        return {
            "end": page * size + len(shown) - 1 if shown else 0,
            "first_page_uri": self._uri(query, 0, size),
            "messages": [message.represent() for message in shown],
            "next_page_uri": self._uri(query, page + 1, size, last=shown[-1])
            if len(found) > (page + 1) * size
            else None,
            "page": page,
            "page_size": size,
            "previous_page_uri": self._uri(query, page - 1, size) if page else None,
            "start": page * size,
            "uri": self._uri(query, page, size),
        }

    def _uri(
        self, query: Mapping[str, str], page: int, size: int, last: Message | None = None
    ) -> str:
        filters = {
            name: value for name, value in query.items() if name.startswith(("To", "From", "Date"))
        }
        token = {} if last is None else {"PageToken": f"PA{last.sid}"}
        told = urlencode({**filters, "PageSize": size, "Page": page, **token})
        return f"/{API_VERSION}/Accounts/{self._account_sid}/Messages.json?{told}"


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    given = query.get(name, "")
    if given and not given.isdigit():
        raise RefusedCallError(20001, f"{name} must be a number")
    return int(given) if given else default


def _fits(message: Message, query: Mapping[str, str]) -> bool:
    if query.get("To") and message.to != query["To"]:
        return False
    if query.get("From") and message.sender != query["From"]:
        return False
    return all(
        _fits_date(message.sent_at, sign, query[f"DateSent{sign}"])
        for sign in ("", "<", ">")
        if query.get(f"DateSent{sign}")
    )


def _fits_date(sent_at: datetime | None, sign: str, given: str) -> bool:
    # a message that was not sent yet has no date, so no filter on the date finds it
    if sent_at is None:
        return False
    try:
        instant = datetime.fromisoformat(given)
    except ValueError as exc:
        raise RefusedCallError(20001, f"DateSent{sign} is no date: {given}") from exc
    since = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    # Twilio's dates have whole seconds; a day stands for all of it
    until = since + (timedelta(days=1) if _DAY.fullmatch(given) else timedelta(seconds=1))
    if sign == "<":
        return sent_at < until
    if sign == ">":
        return sent_at.replace(microsecond=0) >= since
    return since <= sent_at < until
