"""Fetches the pictures that came by MMS or WhatsApp."""

from http import HTTPStatus

import httpx

from bot.channels.twilio.send import TwilioAccount
from bot.pictures import LARGEST_PICTURE
from deliveries.errors import InvalidInputError, NotFoundError, UnavailableError

_TWILIO = "https://api.twilio.com"
_TIMEOUT_S = 15.0


class TwilioPictures:
    """The media of an account's messages."""

    def __init__(self, client: httpx.AsyncClient, account: TwilioAccount) -> None:
        """Ask Twilio, or what stands in for it, by the account's credentials."""
        root = (account.api_url or _TWILIO).rstrip("/")
        self._client = client
        self._messages = f"{root}/2010-04-01/Accounts/{account.sid}/Messages"
        self._credentials = (account.sid, account.token)

    async def fetch(self, reference: str) -> bytes:
        """Return a picture's content; the reference is ``message/medium``.

        Raises:
            NotFoundError: If Twilio does not keep it any more.
            InvalidInputError: If it is too large.
            UnavailableError: If Twilio does not answer.
        """
        message, _, medium = reference.partition("/")
        try:
            return await self._read(f"{self._messages}/{message}/Media/{medium}")
        except httpx.HTTPError as error:
            raise UnavailableError(type(error).__name__) from error

    async def _read(self, url: str) -> bytes:
        # Twilio leads on to where its media lie; the credentials stay with Twilio.
        asked = self._client.stream(
            "GET", url, auth=self._credentials, follow_redirects=True, timeout=_TIMEOUT_S
        )
        async with asked as answer:
            if answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
                raise NotFoundError("picture")
            answer.raise_for_status()
            content = bytearray()
            async for some in answer.aiter_bytes():
                content += some
                if len(content) > LARGEST_PICTURE:
                    raise InvalidInputError("picture")
            return bytes(content)
