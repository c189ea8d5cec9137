"""One other system: its address, what it wants to see of us, and how long we wait for it."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from deliveries.errors import RejectedError, UnavailableError, UnreadableError
from integrations.calling.pace import Pace

type Json = Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None

TRIES = 3
FIRST_WAIT_S = 0.2
# Whoever waits longer than this for another try had better come back later.
LONGEST_WAIT_S = 2.0
_TOO_MANY, _TIMED_OUT = 429, 408
_SERVER_ERROR = 500


class TimedOutError(UnavailableError):
    """There was no answer in time; what was asked may have been done."""


class Caller:
    """Sends JSON to one system and reads its answer.

    No exception's text holds what was sent or what came back: it could be somebody's address.
    """

    def __init__(
        self,
        name: str,
        url: str,
        *,
        timeout_s: float,
        headers: Callable[[], Mapping[str, str]] = dict,
        pace: Pace | None = None,
    ) -> None:
        """Connect nothing yet.

        Args:
            name: For messages about it.
            url: The base address.
            timeout_s: How long to wait for an answer.
            headers: Asked for before every call: tokens run out.
            pace: Waited for before every call.
        """
        self._name = name
        self._headers = headers
        self._pace = pace
        self._timeout_s = timeout_s
        self._client = httpx.Client(base_url=url, trust_env=False)

    def call(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        params: Mapping[str, str] | None = None,
        timeout_s: float | None = None,
        may_repeat: bool,
    ) -> Json:
        """Return the answer's JSON; none if it is empty.

        Args:
            method: GET, POST, …
            path: Below the base address.
            body: Sent as JSON.
            params: Of the query.
            timeout_s: Another limit for this call.
            may_repeat: Done twice it does no harm: a failure is tried again at once.

        Raises:
            UnavailableError: Not reached, not answered in time, throttled or broken: try later.
            RejectedError: Refused for good.
            UnreadableError: The answer is no JSON.
        """
        tries = Retrying(
            stop=stop_after_attempt(TRIES if may_repeat else 1),
            retry=retry_if_exception(_may_pass),
            wait=_wait_s,
            reraise=True,
        )
        return tries(self._once, method, path, body, params, timeout_s or self._timeout_s)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _once(
        self,
        method: str,
        path: str,
        body: Json,
        params: Mapping[str, str] | None,
        timeout_s: float,
    ) -> Json:
        if self._pace is not None:
            self._pace.wait()
        content = None if body is None else json.dumps(body)
        headers = {"Content-Type": "application/json", **self._headers()}
        try:
            answer = self._client.request(
                method, path, params=params, headers=headers, timeout=timeout_s, content=content
            )
        except httpx.TimeoutException as error:
            raise TimedOutError(f"{self._name} did not answer in time") from error
        except httpx.HTTPError as error:
            raise UnavailableError(f"{self._name} cannot be reached") from error
        return self._read(answer)

    def _read(self, answer: httpx.Response) -> Json:
        status = answer.status_code
        if status in (_TOO_MANY, _TIMED_OUT) or status >= _SERVER_ERROR:
            raise UnavailableError(
                f"{self._name} answers {status}", retry_after_s=_retry_after_s(answer)
            )
        if not answer.is_success:
            raise RejectedError(f"{self._name} answers {status}")
        if not answer.content:
            return None
        try:
            return cast("Json", answer.json())
        except ValueError as error:
            raise UnreadableError(f"{self._name} answers no JSON") from error


def _retry_after_s(answer: httpx.Response) -> float | None:
    value = answer.headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else None


def _may_pass(error: BaseException) -> bool:
    """Say whether another try at once may help; a time-out has cost enough already."""
    if not isinstance(error, UnavailableError) or isinstance(error, TimedOutError):
        return False
    return (error.retry_after_s or 0.0) <= LONGEST_WAIT_S


def _wait_s(state: RetryCallState) -> float:
    """Return how long to wait before another try; what the other side asks for is respected."""
    error = state.outcome.exception() if state.outcome is not None else None
    asked_s = error.retry_after_s if isinstance(error, UnavailableError) else None
    wait_s: float = FIRST_WAIT_S * 2.0 ** (state.attempt_number - 1)
    return max(asked_s or 0.0, wait_s * (0.5 + random.random() / 2))  # noqa: S311 jitter
