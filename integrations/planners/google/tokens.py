"""Access tokens of a service account."""

import threading
from collections.abc import Mapping

import httpx
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport import Request, Response
from google.oauth2.service_account import Credentials

from deliveries.errors import RejectedError, UnavailableError

SCOPE = "https://www.googleapis.com/auth/cloud-platform"
TIMEOUT_S = 10.0


class Tokens:
    """Gets a token, and another before it runs out."""

    def __init__(self, file: str) -> None:
        """Read the account's key.

        Raises:
            RejectedError: If the file holds none.
        """
        try:
            self._credentials = Credentials.from_service_account_file(  # type: ignore[no-untyped-call]  # theirs
                file, scopes=[SCOPE]
            )
        except (GoogleAuthError, ValueError, OSError) as error:
            raise RejectedError("GOOGLE_APPLICATION_CREDENTIALS holds no key") from error
        self._lock = threading.Lock()
        self._request = _Request()

    def headers(self) -> Mapping[str, str]:
        """Return what a call has to carry.

        Raises:
            UnavailableError: If no token can be had now.
            RejectedError: If the account is refused.
        """
        with self._lock:
            if not self._credentials.valid:
                self._refresh()
            return {"Authorization": f"Bearer {self._credentials.token}"}

    def _refresh(self) -> None:
        try:
            self._credentials.refresh(self._request)
        except TransportError as error:
            raise UnavailableError("Google's tokens cannot be reached") from error
        except RefreshError as error:
            if error.retryable:
                raise UnavailableError("Google gives no token now") from error
            raise RejectedError("Google refuses the service account") from error


class _Answer(Response):
    """An answer as google-auth reads it."""

    def __init__(self, answer: httpx.Response) -> None:
        self._answer = answer

    @property
    def status(self) -> int:
        return self._answer.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        return self._answer.headers

    @property
    def data(self) -> bytes:
        return self._answer.content


class _Request(Request):
    """Calls over httpx, like everything else here, and never without a time limit."""

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **_: object,
    ) -> Response:
        seconds = min(timeout or TIMEOUT_S, TIMEOUT_S)
        try:
            with httpx.Client(trust_env=False, timeout=seconds) as client:
                return _Answer(client.request(method, url, content=body, headers=headers))
        except httpx.HTTPError as error:
            raise TransportError("not reached") from error  # type: ignore[no-untyped-call]  # theirs
