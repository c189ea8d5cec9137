"""Asks Rasa what a person wants, and what our actions answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import structlog

from deliveries.errors import AdapterError, RejectedError, UnavailableError, UnreadableError
from deliveries.model.saying import Fact, Saying

BOT_DOWN = "bot_down"
_TIMEOUT_S = 8.0
_TRIES = 2
_TOO_MANY_REQUESTS = 429

_log = structlog.get_logger()


@dataclass(frozen=True)
class Question:
    """One turn as Rasa is asked about it.

    Attributes:
        conversation_id: Rasa's sender.
        text: Free text, or an intent payload that we have built ourselves.
        metadata: What the actions need to know: the turn's key, the contact, a location.
    """

    conversation_id: str
    text: str
    metadata: Mapping[str, Fact]


@dataclass(frozen=True)
class Answer:
    """What is said to a turn.

    Attributes:
        handoff: Why a person should take over, if one should.
        trace: What was understood, and which action answered.
    """

    sayings: tuple[Saying, ...]
    handoff: str | None = None
    trace: Mapping[str, Fact] = field(default_factory=dict)


class Dialogue:
    """The Rasa server beside us; its REST channel is the only one that is on."""

    def __init__(self, client: httpx.AsyncClient, url: str, token: str) -> None:
        """Ask the server at an address; the client belongs to the caller."""
        self._client = client
        self._url = f"{url.rstrip('/')}/webhooks/rest/webhook"
        self._params = {"token": token} if token else {}

    async def ask(self, question: Question) -> Answer:
        """Return the answer; when there is none after two tries, say so and ask for a person."""
        for _ in range(_TRIES):
            try:
                return await self._ask_once(question)
            except AdapterError as error:
                _log.warning(
                    "rasa_failed", conversation_id=question.conversation_id, code=error.code
                )
        return Answer((Saying(BOT_DOWN),), handoff=BOT_DOWN, trace={"failed": BOT_DOWN})

    async def _ask_once(self, question: Question) -> Answer:
        try:
            response = await self._client.post(
                self._url,
                params=self._params,
                json={
                    "sender": question.conversation_id,
                    "message": question.text,
                    "metadata": question.metadata,
                },
                timeout=_TIMEOUT_S,
            )
        except httpx.HTTPError as exc:
            raise UnavailableError("rasa did not answer") from exc
        if response.is_server_error or response.status_code == _TOO_MANY_REQUESTS:
            raise UnavailableError(f"rasa answered {response.status_code}")
        if not response.is_success:
            raise RejectedError(f"rasa answered {response.status_code}")
        try:
            return read_answer(response.json())
        except ValueError as exc:
            raise UnreadableError("rasa answered something else than JSON") from exc


def read_answer(items: object) -> Answer:
    """Read the answer of Rasa's REST channel with the payloads of our actions.

    Raises:
        UnreadableError: If no action of ours answered, as when the action server is down.
    """
    payloads = [
        item["custom"]
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, dict) and isinstance(item.get("custom"), dict)
    ]
    if not payloads:
        raise UnreadableError("no action has answered")
    sayings: list[Saying] = []
    handoff: str | None = None
    trace: dict[str, Fact] = {}
    for payload in payloads:
        sayings += _read_sayings(payload.get("sayings"))
        handoff = handoff or _read_handoff(payload.get("handoff"))
        trace |= _read_trace(payload.get("trace"))
    return Answer(tuple(sayings), handoff, trace)


def _read_sayings(value: object) -> Sequence[Saying]:
    if not isinstance(value, list):
        raise UnreadableError("an answer has a list of sayings")
    try:
        return [Saying.from_json(each) for each in value]
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise UnreadableError("an answer has a saying that cannot be read") from exc


def _read_handoff(value: object) -> str | None:
    if isinstance(value, dict) and isinstance(value.get("reason"), str):
        return str(value["reason"])
    return None


def _read_trace(value: Any) -> dict[str, Fact]:  # noqa: ANN401 JSON of another process
    return value if isinstance(value, dict) else {}
