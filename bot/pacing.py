"""How fast messages leave: limits shared by all gateways, and shippers who take turns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from deliveries.journals import Turns
from deliveries.model.rates import SenderLimit
from deliveries.model.recipient import Channel, Contact
from deliveries.ports import Clock, UnitOfWork

# What a sender without a limit of ours may send at once: its provider keeps a queue.
UNLIMITED = 1000.0
_TIDIES_EVERY = timedelta(seconds=1)
_WEIGHTS_HOLD = timedelta(minutes=1)
_FORGOTTEN_AFTER = timedelta(minutes=5)
_DROPPED_AT_ONCE = 1000
_SOON_S = 0.1
_CHATS = "chat:"


@dataclass(frozen=True)
class ChannelLimits:
    """What a channel's provider allows.

    Attributes:
        sender: Over all recipients.
        chat: To one person; none: no limit of its own. The keys are made from contacts.
        group: To one group.
    """

    sender: SenderLimit
    chat: SenderLimit | None = None
    group: SenderLimit | None = None


class Pacing:
    """What may leave now; the buckets are in the database, whose turn it is here."""

    def __init__(self, limits: Mapping[Channel, ChannelLimits], machine: Clock) -> None:
        """Keep to limits; channels without any leave at once.

        Args:
            limits: By channel.
            machine: The machine's time, by which buckets refill.
        """
        self._limits = limits
        self._machine = machine
        self._turns = Turns()
        self._weighed_at: datetime | None = None
        self._tidied_at: datetime | None = None
        self._paused_until: dict[Channel, datetime] = {}

    def rooms(
        self, work: UnitOfWork, channels: Iterable[Channel], limit: int
    ) -> dict[Channel, int]:
        """Return how many messages may leave on each channel, at most so many."""
        limited = [self._limits[each].sender for each in channels if each in self._limits]
        levels = work.rates.levels(limited, now=self._machine.now()) if limited else {}
        rooms = {}
        for channel in channels:
            kept = self._limits.get(channel)
            level = levels[kept.sender.key] if kept else UNLIMITED
            rooms[channel] = max(0, min(limit, int(level + 1e-9)))
        return rooms

    def come_back_s(self, rooms: Mapping[Channel, int], taken: Sequence[Channel]) -> float | None:
        """Return when there is room again where all of it was taken; none: there still is some."""
        waits = [
            max(_SOON_S, 1 / limits.sender.per_s)
            for channel, room in rooms.items()
            if (limits := self._limits.get(channel)) is not None
            and limits.sender.per_s is not None
            and taken.count(channel) >= room
        ]
        return min(waits, default=None)

    def turns(self, work: UnitOfWork) -> Turns:
        """Return whose turn it is, by the shippers' weights of the last minute."""
        now = self._machine.now()
        if self._weighed_at is None or now - self._weighed_at >= _WEIGHTS_HOLD:
            self._turns.weights = {
                each.id: each.rules.messages.weight for each in work.shippers.all()
            }
            self._weighed_at = now
        return self._turns

    def take(self, work: UnitOfWork, contact: Contact, *, segments: int | None) -> float:
        """Take what a message costs; return 0, or after how many seconds to ask again.

        Who has to wait for the sender has spent nothing of their own.
        """
        limits = self._limits.get(contact.channel)
        if limits is None:
            return 0.0
        now = self._machine.now()
        own = _own_limit(limits, contact)
        wait_s = work.rates.take(own, 1, now=now) if own else 0.0
        if wait_s > 0:
            return wait_s
        wait_s = self._take_of_sender(work, contact.channel, limits.sender, segments, now=now)
        if wait_s > 0 and own:
            work.rates.give_back(own, 1)
        return wait_s

    def _take_of_sender(
        self,
        work: UnitOfWork,
        channel: Channel,
        sender: SenderLimit,
        segments: int | None,
        *,
        now: datetime,
    ) -> float:
        if sender.per_s is None:
            return max(0.0, (self._paused_until.get(channel, now) - now).total_seconds())
        return work.rates.take(sender, segments or 1, now=now)

    def pause(self, work: UnitOfWork, contact: Contact, *, wait_s: float) -> None:
        """Let no gateway send by a channel for so long; to a group, only not to that group.

        A provider's 429 does not say which limit was met. Groups have by far the lowest.
        """
        limits = self._limits.get(contact.channel)
        if limits is None:
            return
        until = self._machine.now() + timedelta(seconds=wait_s)
        own = _own_limit(limits, contact)
        if own is not None and _is_group(contact):
            work.rates.pause(own, until=until)
            return
        work.rates.pause(limits.sender, until=until)
        self._paused_until[contact.channel] = until

    def tidy(self, work: UnitOfWork, *, now: datetime) -> None:
        """Drop what is too old to leave, and buckets that are full again; at times only.

        Args:
            work: The caller's unit of work.
            now: The day's time, by which messages expire.
        """
        technical_now = self._machine.now()
        if self._tidied_at is not None and technical_now - self._tidied_at < _TIDIES_EVERY:
            return
        self._tidied_at = technical_now
        work.outbox.drop_expired(now=now, limit=_DROPPED_AT_ONCE)
        if any(each.chat for each in self._limits.values()):
            work.rates.forget(_CHATS, before=technical_now - _FORGOTTEN_AFTER)


def _own_limit(limits: ChannelLimits, contact: Contact) -> SenderLimit | None:
    limit = limits.group if _is_group(contact) else limits.chat
    return replace(limit, key=f"{_CHATS}{contact.id}") if limit else None


def _is_group(contact: Contact) -> bool:
    return contact.channel is Channel.TELEGRAM and contact.address.reveal().startswith("-")
