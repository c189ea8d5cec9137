"""Which of many messages leave next: by rank, and within a rank by turns among shippers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest

from sqlalchemy.orm import Session

from deliveries.journals import Turns
from deliveries.model.message import FAIR_FROM
from deliveries.model.recipient import Channel
from integrations.storage.repositories.outbox_claims import (
    due_of_channel,
    due_of_lane,
    next_lane,
)

# Words behind some that cannot leave wait for so long.
STUCK_AFTER = timedelta(seconds=30)


class Due:
    """One look for what is due; the rows it returns are locked."""

    def __init__(
        self, session: Session, turns: Turns, *, now: datetime, technical_now: datetime
    ) -> None:
        self._session = session
        self._turns = turns
        self._times = {
            "the_now": now,
            "the_technical_now": technical_now,
            "the_stuck_since": now - STUCK_AFTER,
        }

    def choose(self, rooms: Mapping[Channel, int], limit: int) -> list[str]:
        """Return ids of messages of different conversations, what is waited for first.

        Args:
            rooms: How many may leave on each channel.
            limit: How many may leave in all.
        """
        found = [
            entry
            for channel, room in sorted(rooms.items())
            if room > 0
            for entry in self._of_channel(channel, min(room, limit))
        ]
        chosen: dict[str, str] = {}
        for _, conversation_id, id_ in sorted(found, key=lambda entry: entry[0]):
            chosen.setdefault(conversation_id, id_)
        return list(chosen.values())[:limit]

    def _of_channel(self, channel: Channel, room: int) -> list[tuple[int, str, str]]:
        """Return rank, conversation and message of what may leave on one channel."""
        values = {**self._times, "the_channel": channel, "the_limit": room + 1}
        rows = self._session.execute(due_of_channel(), values).all()
        first = [(rank, conversation, id_) for conversation, id_, rank, _ in rows]
        if len(rows) <= room or len({lane for *_, rank, lane in rows if rank >= FAIR_FROM}) == 0:
            return first[:room]
        # More is due than may leave: from the rank on in which it is not enough, turns are taken.
        urgent = [entry for entry in first if entry[0] < FAIR_FROM][:room]
        chosen = list(urgent)
        for rank in sorted(
            {entry[0] for entry in first if entry[0] >= FAIR_FROM} | {FAIR_FROM + 1}
        ):
            left = room - len(chosen)
            if left <= 0:
                break
            chosen += [(rank, *entry) for entry in self._by_turns(channel, rank, left)]
        return chosen

    def _by_turns(self, channel: Channel, rank: int, room: int) -> list[tuple[str, str]]:
        """Let shippers take turns, each so often as its weight says, from the next in line on."""
        lanes = self._lanes(channel, rank, most=room)
        if not lanes:
            return []
        weights = [self._turns.weights.get(lane, 1) for lane in lanes]
        share = -(-room // sum(weights))
        queues = [
            self._of_lane(channel, rank, lane, share * weight)
            for lane, weight in zip(lanes, weights, strict=True)
        ]
        if sum(map(len, queues)) < room:
            # Some have less than their share: the others may have what they leave.
            queues = [self._of_lane(channel, rank, lane, room) for lane in lanes]
        taken = list(_in_turns(queues, weights))[:room]
        self._turns.last[channel, rank] = lanes[taken[-1][0]] if taken else lanes[-1]
        return [entry for _, entry in taken]

    def _lanes(self, channel: Channel, rank: int, *, most: int) -> list[str]:
        """Return shippers with something due, beginning behind the one whose turn was last."""
        last = self._turns.last.get((channel, rank), "")
        lanes = list(self._lanes_behind(channel, rank, last, most))
        if len(lanes) < most and last:
            again = self._lanes_behind(channel, rank, "", most - len(lanes))
            lanes += [lane for lane in again if lane <= last]
        return lanes

    def _lanes_behind(self, channel: Channel, rank: int, lane: str, most: int) -> Iterator[str]:
        values = {"the_now": self._times["the_now"], "the_channel": channel, "the_rank": rank}
        following: str | None = lane
        for _ in range(most):
            following = self._session.scalar(next_lane(), {**values, "the_lane": following})
            if following is None:
                return
            yield following

    def _of_lane(
        self, channel: Channel, rank: int, lane: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        values = {"the_channel": channel, "the_rank": rank, "the_lane": lane, "the_limit": limit}
        found = self._session.execute(due_of_lane(), {**self._times, **values})
        return [(conversation_id, id_) for conversation_id, id_ in found]


def _in_turns[T](queues: Sequence[Sequence[T]], weights: Sequence[int]) -> Iterator[tuple[int, T]]:
    """Yield the number of a queue and its next, round after round, by weight."""
    rounds = [
        [queue[first : first + weight] for first in range(0, len(queue), weight)]
        for queue, weight in zip(queues, weights, strict=True)
    ]
    for turn in zip_longest(*rounds, fillvalue=()):
        for number, some in enumerate(turn):
            for each in some:
                yield number, each
