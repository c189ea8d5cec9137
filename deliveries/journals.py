"""What the core needs of its store for what goes on: messages, turns, history, tasks, events."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from deliveries.model.history import DriverEvent, HistoryEntry, StaffTask
from deliveries.model.message import InboundMessage, LiveView, OutboxMessage, Turn
from deliveries.model.rates import SenderLimit
from deliveries.model.rating import Rating
from deliveries.model.recipient import Channel
from deliveries.model.wording import OwnWording
from deliveries.repositories.base import Repository


class InboundRepository(Protocol):
    """What people sent."""

    def add_once(self, message: InboundMessage) -> bool:
        """Keep a message; false if the network sent it before."""
        ...

    def unworked(self, conversation_id: str) -> Sequence[InboundMessage]:
        """Return what still waits for a turn, in order of arrival."""
        ...

    def of(self, conversation_id: str, *, limit: int = 200) -> Sequence[InboundMessage]:
        """Return the newest of a conversation, oldest first."""
        ...


class OwnWordingRepository(Protocol):
    """Shippers' own words, by shipper, name, language and version."""

    def add(self, wording: OwnWording) -> None:
        """Keep a new version."""
        ...

    def of_shipper(self, shipper_id: str) -> Sequence[OwnWording]:
        """Return every version a shipper ever had: by name, language, then version."""
        ...

    def newest_seq(self) -> int:
        """Return the order of the newest version of all shippers; 0: there is none."""
        ...


class RatingRepository(Repository[Rating], Protocol):
    """What recipients thought of it."""

    def latest_of(self, conversation_id: str) -> Rating | None:
        """Return the one of a conversation that was made last."""
        ...

    def due(self, now: datetime) -> Sequence[Rating]:
        """Return those that are to be asked for by now, by id."""
        ...

    def since(self, instant: datetime, *, limit: int) -> Sequence[Rating]:
        """Return those answered from an instant on, oldest first."""
        ...


class LiveViewRepository(Repository[LiveView], Protocol):
    """What chats show of vans on their way, by delivery."""

    def open(self) -> Sequence[LiveView]:
        """Return those that are still followed, by delivery."""
        ...


@dataclass(eq=False)
class Turns:
    """Whose turn it is where several shippers' notices wait for one sender.

    Attributes:
        weights: How many messages a shipper's turn has; one, where nothing is set.
        last: Who had the last turn, by channel and rank.
    """

    weights: Mapping[str, int] = field(default_factory=dict)
    last: dict[tuple[Channel, int], str] = field(default_factory=dict)


class RateRepository(Protocol):
    """How much each sender may send now, shared by all processes; all instants are technical."""

    def levels(self, limits: Sequence[SenderLimit], *, now: datetime) -> Mapping[str, float]:
        """Return by key how much may be sent now, at most the burst; nothing while paused."""
        ...

    def take(self, limit: SenderLimit, cost: float, *, now: datetime) -> float:
        """Take by a conditional update; return 0, or after how many seconds to ask again.

        What costs more than a burst waits for a full one and leaves a debt.
        """
        ...

    def give_back(self, limit: SenderLimit, cost: float) -> None:
        """Put back what was taken for nothing."""
        ...

    def pause(self, limit: SenderLimit, *, until: datetime) -> None:
        """Let nobody send until then, as a provider asked."""
        ...

    def forget(self, prefix: str, *, before: datetime) -> None:
        """Drop the records under keys with a prefix that were not used since."""
        ...


class OutboxRepository(Repository[OutboxMessage], Protocol):
    """What is to leave, leaves and has left."""

    def add_once(self, message: OutboxMessage) -> bool:
        """Keep a message; false if one with its dedupe key exists."""
        ...

    def claim_due(
        self,
        *,
        by: str,
        now: datetime,
        technical_now: datetime,
        until: datetime,
        limit: int,
        rooms: Mapping[Channel, int] | None = None,
        turns: Turns | None = None,
    ) -> Sequence[OutboxMessage]:
        """Claim queued messages that are due: one a conversation at most, by rank, then age.

        Where more notices are due than may leave, shippers take turns. Rows claimed by a process
        that died (``claimed_until`` has passed) are claimed again, in state ``sending`` too.

        Args:
            by: Who claims.
            now: The day's time, for ``not_before``.
            technical_now: The machine's time, for claims and next attempts.
            until: Technical time at which the claim ends by itself.
            limit: At most so many.
            rooms: At most so many on each channel, none on those not named; none: no such limit.
            turns: Whose turn it is; kept from claim to claim by the caller.
        """
        ...

    def claim_unconfirmed(
        self,
        channel: Channel,
        *,
        since: datetime,
        until: datetime,
        technical_now: datetime,
        limit: int,
    ) -> Sequence[OutboxMessage]:
        """Return and lock messages sent in a span whose end is not known, oldest first.

        Those whose next attempt, here to ask after them, lies ahead are left out.
        """
        ...

    def drop_expired(self, *, now: datetime, limit: int) -> int:
        """Void queued messages whose time is over, a few at a time; return how many."""
        ...

    def lock(self, id_: str) -> OutboxMessage | None:
        """Return the message as it is now, and let nobody else change it until the end."""
        ...

    def lock_many(self, ids: Sequence[str]) -> Sequence[OutboxMessage]:
        """Lock those that exist, all at once; each ``lock`` of them costs nothing then."""
        ...

    def unsent_of(self, conversation_ids: Sequence[str]) -> frozenset[str]:
        """Return those conversations of which anything is queued or being sent."""
        ...

    def of(self, conversation_id: str, *, limit: int = 200) -> Sequence[OutboxMessage]:
        """Return the newest of a conversation, oldest first."""
        ...

    def by_provider_id(self, provider_id: str) -> OutboxMessage | None:
        """Return the message a network knows by that id."""
        ...

    def held(self, *, reason: str | None, limit: int) -> Sequence[OutboxMessage]:
        """Return what never leaves and what waits for a reason, newest first.

        Without a reason asked for, all but what another message said: nothing was kept from
        anybody there.
        """
        ...

    def suppress_bot(self, conversation_id: str, *, reason: str) -> int:
        """Void every queued reply of the bot in a conversation; return how many."""
        ...

    def has_unsent(self, conversation_id: str) -> bool:
        """Say whether anything of a conversation is queued or being sent."""
        ...

    def told_along(self, ids: Sequence[str]) -> Sequence[OutboxMessage]:
        """Return what stands for the other deliveries that some messages tell of, as written."""
        ...

    def notices_about(self, delivery_id: str) -> Sequence[OutboxMessage]:
        """Return the notices about a delivery, whatever became of them, oldest first."""
        ...

    def by_key(self, dedupe_key: str) -> OutboxMessage | None:
        """Return the message with that key."""
        ...

    def has_key(self, dedupe_key: str) -> bool:
        """Say whether a message with that key was ever written."""
        ...

    def newest(self, *, limit: int) -> Sequence[OutboxMessage]:
        """Return the newest of all conversations, newest first."""
        ...


class TurnRepository(Repository[Turn], Protocol):
    """Answers to turns, by the turn's key."""


class HistoryRepository(Protocol):
    """What happened."""

    def add(self, entry: HistoryEntry) -> None:
        """Keep an entry."""
        ...

    def of_delivery(self, delivery_id: str) -> Sequence[HistoryEntry]:
        """Return a delivery's entries, oldest first."""
        ...

    def of_conversation(self, conversation_id: str) -> Sequence[HistoryEntry]:
        """Return a conversation's entries, oldest first."""
        ...


class StaffTaskRepository(Protocol):
    """What staff must do."""

    def add_once(self, task: StaffTask) -> bool:
        """Keep a task; false if its cause already has an open one."""
        ...

    def open(self) -> Sequence[StaffTask]:
        """Return the tasks not done, oldest first."""
        ...

    def listed(self, *, is_done: bool, shippers: Sequence[str], limit: int) -> Sequence[StaffTask]:
        """Return tasks within a limit: the open ones oldest first, or those done newest first.

        Args:
            is_done: Which of both.
            shippers: Whose deliveries they are about, or whose chats; none: all tasks.
            limit: So many at most.
        """
        ...

    def open_of(self, delivery_ids: Sequence[str]) -> Sequence[StaffTask]:
        """Return the tasks not done about some deliveries, oldest first."""
        ...

    def within(self, ids: Collection[str], shippers: Sequence[str]) -> set[str]:
        """Return which of some tasks are within a limit; all of them if there is none."""
        ...

    def close(self, id_: str, *, at: datetime, by: str, outcome: str, note: str | None) -> bool:
        """Close a task with what came of it; false if it is closed already."""
        ...

    def open_before(self, at: datetime, *, kind: str) -> Sequence[StaffTask]:
        """Return the tasks of a kind that are not done and began at an instant or before it."""
        ...

    def get(self, id_: str) -> StaffTask:
        """Return a task.

        Raises:
            NotFoundError: If there is none with that id.
        """
        ...


class DriverEventRepository(Protocol):
    """What drivers' devices reported."""

    def add_once(self, event: DriverEvent) -> bool:
        """Keep an event; false if it was reported before."""
        ...
