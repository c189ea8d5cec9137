"""Calls the product's webhooks as Twilio does: signed, with its time limits and retries."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urldefrag, urlsplit

import httpx

from sandbox.twilio.signatures import sign, url_to_sign

_HTTP_RETRIEVAL_FAILURE = 11200
_HTTP_CONNECTION_FAILURE = 11205
_MAX_RETRIES = 5


class WebhookFailedError(Exception):
    """No usable answer came; ``code`` is what Twilio's debugger would show."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True)
class ConnectionRules:
    """Time limits and retries of one webhook URL (docs: usage/webhooks/connection-overrides)."""

    connect_s: float = 5.0
    read_s: float = 15.0
    total_s: float = 15.0
    retries: int = 1
    policy: frozenset[str] = frozenset({"ct"})


def rules_of(url: str) -> ConnectionRules:
    """Read the overrides in a URL's fragment, such as ``#rc=2&rp=all``; the rest is default."""
    given = {name: values[-1] for name, values in parse_qs(urlsplit(url).fragment).items()}
    default = ConnectionRules()
    return ConnectionRules(
        connect_s=_milliseconds(given.get("ct"), default.connect_s, 10.0),
        read_s=_milliseconds(given.get("rt"), default.read_s, 15.0),
        total_s=_milliseconds(given.get("tt"), default.total_s, 15.0),
        retries=min(int(given["rc"]), _MAX_RETRIES)
        if given.get("rc", "").isdigit()
        else default.retries,
        policy=frozenset(given["rp"].split(",")) if "rp" in given else default.policy,
    )


def _milliseconds(text: str | None, default_s: float, most_s: float) -> float:
    return min(max(int(text) / 1000, 0.1), most_s) if text and text.isdigit() else default_s


class WebhookCaller:
    """Posts signed forms and follows Twilio's rules on repeating them."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self._client = client
        self._token = token

    async def post(self, url: str, form: Mapping[str, str]) -> httpx.Response:
        """Post a form, repeated as the URL's rules say, with one idempotency token for all tries.

        Raises:
            WebhookFailedError: If no 2xx answer came.
        """
        rules = rules_of(url)
        idempotency_token = secrets.token_hex(16)
        for _ in range(rules.retries):
            try:
                return await self._try(url, form, rules, idempotency_token)
            except _TriedInVainError as failure:
                if not failure.kinds & rules.policy and "all" not in rules.policy:
                    raise WebhookFailedError(failure.code, str(failure)) from failure
        try:
            return await self._try(url, form, rules, idempotency_token)
        except _TriedInVainError as failure:
            raise WebhookFailedError(failure.code, str(failure)) from failure

    async def _try(
        self, url: str, form: Mapping[str, str], rules: ConnectionRules, idempotency_token: str
    ) -> httpx.Response:
        target = urldefrag(url).url
        try:
            response = await self._client.post(
                target,
                data=dict(form),
                headers={
                    "X-Twilio-Signature": sign(self._token, url_to_sign(url), form),
                    "I-Twilio-Idempotency-Token": idempotency_token,
                    "User-Agent": "TwilioProxy/1.1",
                    "Accept": "*/*",
                },
                timeout=httpx.Timeout(min(rules.read_s, rules.total_s), connect=rules.connect_s),
                follow_redirects=True,
            )
        except (httpx.ConnectError, httpx.ConnectTimeout) as exc:
            raise _TriedInVainError(_HTTP_CONNECTION_FAILURE, "ct", "no connection") from exc
        except httpx.HTTPError as exc:
            raise _TriedInVainError(_HTTP_RETRIEVAL_FAILURE, "rt", "no answer") from exc
        if not response.is_success:
            kind = "5xx" if response.is_server_error else "4xx"
            text = f"status {response.status_code}"
            raise _TriedInVainError(_HTTP_RETRIEVAL_FAILURE, kind, text)
        return response


class _TriedInVainError(Exception):
    def __init__(self, code: int, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.kinds = frozenset({kind})
