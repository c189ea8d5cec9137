"""Updates on their way to the bot: by webhook or fetched, in order, kept until taken."""

import asyncio
import random
import re
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from sandbox.telegram.errors import RefusedMethodError

KEPT_S = 86400.0
CALLBACK_KEPT_S = 150.0
_GONE_S = 23 * 3600.0
_ANSWER_S = 60.0
_MAX_RETRY_AFTER_S = 3600.0
_REMEMBERED = 500
_DEFAULT_EXCLUDES = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_NEVER_IN_ANSWERS = re.compile(r"get.*|setwebhook|deletewebhook|close|logout", re.IGNORECASE)

_HTTP_GONE = 410

MethodCall = Callable[[str, Mapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class Webhook:
    """Where updates are posted to."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40


@dataclass(eq=False)
class _Pending:
    body: dict[str, Any]
    queue: str
    expires_at: float
    tries: int = 0

    @property
    def update_id(self) -> int:
        return int(self.body["update_id"])


@dataclass(eq=False)
class Updates:
    """The queue of updates; one is delivered at a time per queue key.

    All times are real: callers give ``monotonic`` and ``sleep`` so that tests need not wait.
    """

    client: httpx.AsyncClient
    monotonic: Callable[[], float]
    call_method: MethodCall | None = None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    webhook: Webhook | None = None
    allowed: Sequence[str] = ()
    last_error: tuple[float, str] | None = None
    _pending: list[_Pending] = field(default_factory=list)
    _taken: deque[_Pending] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _workers: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _last_id: int = field(default_factory=lambda: random.randrange(10**8, 9 * 10**8))  # noqa: S311
    _poll: asyncio.Future[str] | None = None
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _gone_since: float | None = None
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(40))

    def add(self, kind: str, content: Mapping[str, Any], queue: str) -> int | None:
        """Queue an update unless the bot does not want this kind; return its id."""
        wanted = kind in self.allowed if self.allowed else kind not in _DEFAULT_EXCLUDES
        if not wanted:
            return None
        self._last_id += 1
        kept_s = CALLBACK_KEPT_S if kind == "callback_query" else KEPT_S
        body = {"update_id": self._last_id, kind: dict(content)}
        self._enqueue(_Pending(body, f"{kind}:{queue}", self.monotonic() + kept_s))
        return self._last_id

    def deliver_again(self, update_id: int) -> bool:
        """Deliver an update that was already taken once more; False if it is not remembered."""
        for pending in self._taken:
            if pending.update_id == update_id:
                self._enqueue(_Pending(pending.body, pending.queue, self.monotonic() + KEPT_S))
                return True
        return False

    def is_polled(self) -> bool:
        """Say whether somebody waits for updates to come."""
        return self._poll is not None

    def count(self) -> int:
        """Return how many updates wait."""
        self._drop_expired()
        return len(self._pending)

    def set_webhook(self, webhook: Webhook | None, *, drop_pending: bool) -> None:
        """Set or remove the webhook and begin, or stop, delivering to it."""
        self._end_poll("Conflict: terminated by setWebhook request")
        for worker in self._workers.values():
            worker.cancel()
        self._workers.clear()
        self.webhook = webhook
        self.last_error = None
        self._gone_since = None
        if drop_pending:
            self._pending.clear()
        if webhook is not None:
            self._room = asyncio.Semaphore(webhook.max_connections)
            for queue in {pending.queue for pending in self._pending}:
                self._wake(queue)

    async def fetch(self, *, offset: int, limit: int, timeout_s: float) -> list[dict[str, Any]]:
        """Answer ``getUpdates``: confirm what lies before ``offset``, then wait for updates.

        Raises:
            RefusedMethodError: 409 while a webhook is set, or if another fetch takes over.
        """
        if self.webhook is not None:
            raise RefusedMethodError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use "
                "deleteWebhook to delete the webhook first",
            )
        self._end_poll(
            "Conflict: terminated by other getUpdates request; make sure that only one bot "
            "instance is running"
        )
        self._confirm(offset)
        if not self._pending and timeout_s > 0:
            await self._wait(timeout_s)
        self._drop_expired()
        return [pending.body for pending in self._pending[:limit]]

    async def close(self) -> None:
        """Stop delivering."""
        workers = list(self._workers.values())
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def settle(self) -> None:
        """Wait until nothing is being delivered."""
        while self._workers:
            await asyncio.gather(*self._workers.values(), return_exceptions=True)
            # gathering what is done does not yield: let finished tasks leave the set
            await asyncio.sleep(0)

    def _enqueue(self, pending: _Pending) -> None:
        self._pending.append(pending)
        self._arrived.set()
        if self.webhook is not None:
            self._wake(pending.queue)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            del self._pending[:offset]
        elif offset > 0:
            self._taken.extend(each for each in self._pending if each.update_id < offset)
            self._pending = [each for each in self._pending if each.update_id >= offset]

    async def _wait(self, timeout_s: float) -> None:
        poll: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._poll = poll
        self._arrived.clear()
        arrived = asyncio.ensure_future(self._arrived.wait())
        either: set[asyncio.Future[Any]] = {arrived, poll}
        try:
            await asyncio.wait(either, timeout=timeout_s, return_when="FIRST_COMPLETED")
        finally:
            arrived.cancel()
            if self._poll is poll:
                self._poll = None
        if poll.done():
            raise RefusedMethodError(409, poll.result())

    def _end_poll(self, reason: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(reason)

    def _drop_expired(self) -> None:
        now = self.monotonic()
        self._pending = [pending for pending in self._pending if pending.expires_at > now]

    def _wake(self, queue: str) -> None:
        if queue not in self._workers:
            worker = asyncio.get_running_loop().create_task(self._work(queue))
            self._workers[queue] = worker
            worker.add_done_callback(lambda done: self._rest(queue, done))

    def _rest(self, queue: str, worker: asyncio.Task[None]) -> None:
        if self._workers.get(queue) is worker:
            del self._workers[queue]

    async def _work(self, queue: str) -> None:
        while self.webhook is not None:
            self._drop_expired()
            pending = next((each for each in self._pending if each.queue == queue), None)
            if pending is None:
                return
            wait_s = await self._deliver(self.webhook, pending)
            if wait_s is None:
                self._taken.append(pending)
                self._pending.remove(pending)
            else:
                await self.sleep(wait_s)

    async def _deliver(self, webhook: Webhook, pending: _Pending) -> float | None:
        """Post an update; return None when it was taken, else the seconds until the next try."""
        secret = webhook.secret_token
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        pending.tries += 1
        try:
            async with self._room:
                response = await self.client.post(
                    webhook.url, json=pending.body, headers=headers, timeout=_ANSWER_S
                )
        except httpx.HTTPError as exc:
            self._note(f"Connection failed: {type(exc).__name__}")
            return _back_off_s(pending.tries)
        if response.is_success:
            self._gone_since = None
            await self._run_answer(response)
            return None
        self._note(f"Wrong response from the webhook: {response.status_code}")
        self._count_gone(response.status_code)
        told = response.headers.get("retry-after", "")
        return (
            min(float(told), _MAX_RETRY_AFTER_S) if told.isdigit() else _back_off_s(pending.tries)
        )

    def _note(self, text: str) -> None:
        self.last_error = (self.monotonic(), text)

    def _count_gone(self, status: int) -> None:
        if status != _HTTP_GONE:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = self.monotonic()
        elif self.monotonic() - self._gone_since > _GONE_S:
            self.webhook = None

    async def _run_answer(self, response: httpx.Response) -> None:
        try:
            call = response.json()
        except ValueError:
            return
        method = call.pop("method", None) if isinstance(call, dict) else None
        if not isinstance(method, str) or _NEVER_IN_ANSWERS.fullmatch(method):
            return
        if self.call_method is not None:
            await self.call_method(method, call)


def _back_off_s(tries: int) -> float:
    # first again at once, then 2, 4, 8 ... seconds, at most a random 60 to 120
    if tries == 1:
        return 0.0
    return float(min(2 ** (tries - 1), random.uniform(60, 120)))  # noqa: S311 - no secret
