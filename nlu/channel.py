"""Rasa's REST channel behind a token: ``rasa run --auth-token`` guards Rasa's API, no channel."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from nlu.answers import check_answers_only


class GuardedRestInput(RestInput):
    """Takes messages from who knows the token; without one it takes none at all."""

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Read the token from the credentials file; Rasa does so at its start, before any message."""
        check_answers_only()
        return cls(str((credentials or {}).get("token") or ""))

    def __init__(self, token: str) -> None:
        """Keep the token."""
        self._token = token.encode()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        """Return Rasa's own routes, with the token asked for first."""
        routes = super().blueprint(on_new_message)

        @routes.middleware("request")
        async def refuse_strangers(request: Request) -> HTTPResponse | None:
            given = str(request.args.get("token") or "").encode()
            if self._token and hmac.compare_digest(given, self._token):
                return None
            return response.json({"status": "failure", "reason": "NotAuthenticated"}, status=401)

        return routes
