"""Telegram's limits on what a bot sends, in real time (core.telegram.org/bots/faq)."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_OVERALL_PER_S = 30.0
_CHAT_PER_S = 1.0
_CHAT_BURST = 3.0
_GROUP_PER_MINUTE = 20
_MINUTE_S = 60.0


@dataclass
class _Bucket:
    level: float
    seen_at: float


class RateLimits:
    """30/s over all chats, 1/s per chat with short bursts tolerated, 20/min per group."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._overall = _Bucket(_OVERALL_PER_S, monotonic())
        self._chats: dict[int, _Bucket] = {}
        self._groups: dict[int, deque[float]] = {}
        self.is_on = True

    def wait_s(self, chat_id: int) -> int:
        """Count a message to a chat.

        Returns:
            0 if it may go, else the whole seconds after which to try again; a refused message
            does not count.
        """
        if not self.is_on:
            return 0
        now = self._monotonic()
        chat = self._chats.setdefault(chat_id, _Bucket(_CHAT_BURST, now))
        _refill(self._overall, _OVERALL_PER_S, _OVERALL_PER_S, now)
        _refill(chat, _CHAT_PER_S, _CHAT_BURST, now)
        wait = max(
            (1 - self._overall.level) / _OVERALL_PER_S,
            (1 - chat.level) / _CHAT_PER_S if chat_id > 0 else 0.0,
            self._group_wait(chat_id, now),
        )
        if wait > 0:
            return max(1, math.ceil(wait))
        self._overall.level -= 1
        if chat_id > 0:
            chat.level -= 1
        else:
            self._groups[chat_id].append(now)
        return 0

    def _group_wait(self, chat_id: int, now: float) -> float:
        if chat_id > 0:
            return 0.0
        sent = self._groups.setdefault(chat_id, deque())
        while sent and sent[0] <= now - _MINUTE_S:
            sent.popleft()
        return sent[0] + _MINUTE_S - now if len(sent) >= _GROUP_PER_MINUTE else 0.0


def _refill(bucket: _Bucket, per_s: float, most: float, now: float) -> None:
    bucket.level = min(most, bucket.level + (now - bucket.seen_at) * per_s)
    bucket.seen_at = now
