"""Sends SMS by Twilio's own client, and finds out what left before a crash."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import structlog
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.channels.twilio.errors import meaning_of, receipt_of
from bot.departure import Departure, NotSentError, OutcomeUnknownError
from deliveries.errors import UnavailableError
from deliveries.model.message import Form
from deliveries.services.messages.receipts import Receipt

_TIMEOUT_S = 10.0
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500
_NOT_PROCESSED = 503
# Twilio takes 1 to 36000 seconds (messaging/api/message-resource, ValidityPeriod).
_LONGEST_VALIDITY_S = 36_000
# By itself Twilio tries again only if no connection is made (usage/webhooks/connection-overrides).
_TRIED_AGAIN = "#rc=5&rp=all"
_LISTED = 50
_CLOCKS_APART = timedelta(hours=1)

_log = structlog.get_logger()


@dataclass(frozen=True)
class TwilioAccount:
    """By whom and from where SMS are sent.

    Attributes:
        sender: A number; or none, and a Messaging Service picks one.
        api_url: Another base address than Twilio's.
        status_url: Where Twilio reports what became of a message.
    """

    sid: str
    token: str
    sender: str | None
    messaging_service_sid: str | None
    api_url: str | None
    status_url: str | None


class TwilioNetwork:
    """SMS over Twilio; make it inside the running event loop."""

    def __init__(self, account: TwilioAccount) -> None:
        """Open a connection pool to Twilio."""
        self._account = account
        self._http = _HttpClient(timeout=_TIMEOUT_S)
        self._client = Client(account.sid, account.token, http_client=self._http)
        if account.api_url:
            self._client.api.base_url = account.api_url.rstrip("/")

    async def send(self, departure: Departure) -> str:
        """Send an SMS and return its SID.

        Raises:
            NotSentError: If Twilio will never take it.
            OutcomeUnknownError: If it may have left.
            UnavailableError: If Twilio has not taken it and may later.
        """
        if departure.shape.form is not Form.WORDS:
            raise NotSentError("form_unknown")
        try:
            message = await self._client.messages.create_async(
                to=self._recipient(departure),
                **self._content(departure),
                **self._sender(),
                **self._conditions(departure),
            )
        except (TwilioRestException, TwilioServiceException) as exc:
            meaning = meaning_of(exc.code)
            if meaning.retry_after_s is not None:
                _log.warning("twilio_refused_for_now", twilio_code=exc.code, reason=meaning.reason)
                raise UnavailableError(meaning.reason, retry_after_s=meaning.retry_after_s) from exc
            raise NotSentError(
                meaning.reason, reach=meaning.reach, dead_for=meaning.dead_for
            ) from exc
        return str(message.sid)

    async def look_up(self, departure: Departure) -> Sequence[str] | None:
        """Return SIDs of the newest messages to that number with the same words.

        The list is not filtered by date at Twilio: ``DateSent`` is empty until a message has left
        Twilio's queue, and such a message would be missed and sent twice.

        Raises:
            UnavailableError: If Twilio cannot be asked now.
        """
        try:
            listed = await self._client.messages.list_async(
                to=self._recipient(departure), limit=_LISTED, page_size=_LISTED
            )
        except (TwilioRestException, TwilioServiceException, OutcomeUnknownError) as exc:
            raise UnavailableError("the list of messages cannot be read") from exc
        since = departure.created_at - _CLOCKS_APART
        return [
            str(message.sid)
            for message in listed
            if self._is_alike(str(message.body), departure)
            and str(message.direction).startswith("outbound")
            and (message.date_created is None or message.date_created >= since)
        ]

    async def follow(self, provider_id: str) -> Receipt | None:
        """Return what became of a message; none: nothing is settled yet.

        Raises:
            UnavailableError: If Twilio cannot be asked now.
        """
        try:
            message = await self._client.messages(provider_id).fetch_async()
        except (TwilioRestException, TwilioServiceException, OutcomeUnknownError) as exc:
            raise UnavailableError("the message cannot be read") from exc
        return receipt_of(str(message.status), message.error_code, provider_id)

    async def close(self) -> None:
        """Close the connection pool."""
        await self._http.close()

    def _recipient(self, departure: Departure) -> str:
        return departure.address.reveal()

    def _content(self, departure: Departure) -> dict[str, Any]:
        return {"body": departure.rendered.text}

    def _is_alike(self, body: str, departure: Departure) -> bool:
        """Say whether the words of a message that left are those of this departure."""
        return body == departure.rendered.text

    def _sender(self) -> dict[str, str]:
        if self._account.messaging_service_sid:
            return {"messaging_service_sid": self._account.messaging_service_sid}
        return {"from_": self._account.sender or ""}

    def _conditions(self, departure: Departure) -> dict[str, Any]:
        conditions: dict[str, Any] = {}
        if self._account.status_url:
            # A report can overtake the answer to the request: it must name the row itself.
            url = f"{self._account.status_url}?m={departure.message_id}{_TRIED_AGAIN}"
            conditions["status_callback"] = url
        if departure.lifetime_s is not None:
            conditions["validity_period"] = min(departure.lifetime_s, _LONGEST_VALIDITY_S)
        return conditions


class _HttpClient(AsyncTwilioHttpClient):  # type: ignore[misc]  # twilio has no types
    """Twilio's client with a time limit, which it forgets, and with our errors."""

    async def request(
        self,
        method: str,
        url: str,
        timeout: float | None = None,  # noqa: ASYNC109 the base class's signature
        **options: Any,  # noqa: ANN401 likewise
    ) -> Response:
        # Passed on as a header: the base class's way is deprecated by its own HTTP library.
        auth = options.pop("auth", None)
        headers = {**(options.pop("headers", None) or {}), **_authorization(auth)}
        try:
            response = await super().request(
                method, url, timeout=timeout or self.timeout, headers=headers, **options
            )
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as exc:
            raise UnavailableError("twilio cannot be reached") from exc
        except (aiohttp.ClientError, TimeoutError) as exc:
            raise OutcomeUnknownError("twilio did not answer") from exc
        if response.status_code in (_TOO_MANY_REQUESTS, _NOT_PROCESSED):
            wait_s = _retry_after_s(response)
            raise UnavailableError(f"twilio {response.status_code}", retry_after_s=wait_s)
        if response.status_code >= _SERVER_ERROR:
            raise OutcomeUnknownError(f"twilio answered {response.status_code}")
        return response


def _authorization(auth: tuple[str, str] | None) -> dict[str, str]:
    if auth is None:
        return {}
    return {"Authorization": f"Basic {b64encode(':'.join(auth).encode()).decode()}"}


def _retry_after_s(response: Response) -> float | None:
    given = str((response.headers or {}).get("Retry-After", ""))
    return float(given) if given.isdigit() else None
