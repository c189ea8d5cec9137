"""The outbox's transactions: what is claimed leaves through the gate, what came back is noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.departure import Departure, Network, NotSentError
from bot.pacing import Pacing
from bot.reading_along import Along, read_along
from bot.shaping import shape_of
from bot.wording.catalogue import WordingError
from bot.wording.render import Rendered, Wording
from deliveries.model.delivery import Delivery
from deliveries.model.ids import new_id
from deliveries.model.message import CHANGING_FORMS, OutboxMessage, OutboxState, Purpose
from deliveries.model.offer import Offer
from deliveries.model.recipient import Channel, Contact
from deliveries.ports import Clock, UnitOfWork
from deliveries.services.messages.receipts import note_dead, note_reach
from deliveries.services.messages.sending import (
    TOO_LONG,
    Defer,
    Send,
    Suppress,
    advance,
    decide,
    follow_up,
    give_up,
    zone_of,
)
from deliveries.services.notices.budget import (
    EXEMPT_CHARACTERS,
    is_exempt,
    is_over_budget,
)
from deliveries.services.notices.sharing import TOLD_TOGETHER, leave_out_unconcerned

LEASE = timedelta(seconds=30)
# A call takes ten seconds at most: one that begins by then ends before the claim does.
_LEAVES_WITHIN = timedelta(seconds=15)
# Shorter than the call to the network, in which nothing can be taken back anyway.
_FRESH = timedelta(milliseconds=250)
# Who died is reconciled a little later: a provider's list needs a moment to show a message.
_RECONCILE_AFTER = timedelta(seconds=5)
_LONGEST_TRY = timedelta(hours=24)
UNAVAILABLE = "provider_unavailable"

_log = structlog.get_logger()


@dataclass(frozen=True)
class Claimed:
    """What a claim brought.

    Attributes:
        departures: What may leave.
        count: How many rows were due; some may have been held back.
        come_back_s: All that may leave now was taken; then there is room again.
        waiting: What waits on and for which reason, by the message's id.
    """

    departures: list[Departure]
    count: int
    come_back_s: float | None = None
    waiting: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_held_back(self) -> bool:
        """Some of what was due does not leave: others may."""
        return len(self.departures) < self.count


@dataclass(frozen=True)
class Departures:
    """Claims what is due and notes what became of it; every method runs in the caller's unit.

    Attributes:
        name: Who claims, unique among gateways.
        clock: The day's time.
        machine: The machine's time, for claims and retries.
        pacing: Keeps to senders' limits.
    """

    name: str
    wording: Wording
    networks: Mapping[Channel, Network]
    clock: Clock
    machine: Clock
    pacing: Pacing

    def claim(self, work: UnitOfWork, *, limit: int) -> Claimed:
        """Claim what is due and may leave; it is ``sending`` once the unit is committed."""
        now, technical_now = self.clock.now(), self.machine.now()
        self.pacing.tidy(work, now=now)
        rooms = self.pacing.rooms(work, tuple(self.networks) or tuple(Channel), limit)
        rows = work.outbox.claim_due(
            by=self.name,
            now=now,
            technical_now=technical_now,
            until=technical_now + LEASE,
            limit=limit,
            rooms=rooms,
            turns=self.pacing.turns(work),
        )
        along = read_along(work, rows)
        found = [self._prepare(work, message, along, now=now) for message in rows]
        departures = [departure for departure in found if departure is not None]
        taken = [row.channel for row in rows if row.channel is not None]
        waiting = {
            row.id: row.reason for row in rows if row.state is OutboxState.QUEUED and row.reason
        }
        return Claimed(departures, len(rows), self.pacing.come_back_s(rooms, taken), waiting)

    def write(self, work: UnitOfWork, message: OutboxMessage) -> list[Departure]:
        """Keep a new message that is due at once; where nothing waits before it, it leaves now.

        It goes through the gate and into the store as ``sending``, claimed by us, which spares the
        search for what is due.
        """
        departure = None
        if message.state is OutboxState.QUEUED and not work.outbox.has_unsent(
            message.conversation_id
        ):
            message.state, message.attempts = OutboxState.SENDING, 1
            message.attempt_id, message.claimed_by = new_id("a"), self.name
            message.claimed_until = self.machine.now() + LEASE
            along = read_along(work, [message])
            departure = self._prepare(work, message, along, now=self.clock.now())
        is_new = work.outbox.add_once(message)
        return [departure] if departure is not None and is_new else []

    def is_late(self, departure: Departure) -> bool:
        """Say whether our claim could end while the message is being sent."""
        return self.machine.now() > departure.leave_by

    def is_fresh(self, departure: Departure) -> bool:
        """Say of a notice whether it passed the gate too lately to be worth another look.

        Notices come by thousands; what answers somebody is always looked at again.
        """
        passed_at = departure.leave_by - _LEAVES_WITHIN
        is_notice = departure.purpose is Purpose.NOTICE
        return is_notice and self.machine.now() < passed_at + _FRESH

    def note_held_back(self, work: UnitOfWork, departure: Departure) -> None:
        """Note that it was not sent after all: it passes the gate anew, as if never claimed."""
        message = self._ours(work, departure)
        if message is not None:
            _queue_again(message)
            message.attempts = max(0, message.attempts - 1)

    def note_sent(self, work: UnitOfWork, departure: Departure, provider_id: str) -> None:
        """Note that the network has it."""
        message = self._ours(work, departure)
        if message is None:
            return
        message.provider_id = provider_id
        message.sent_at = message.sent_at or self.clock.now()
        message.claimed_by = message.claimed_until = message.next_attempt_at = None
        advance(message, OutboxState.SENT)

    def note_found(self, work: UnitOfWork, departure: Departure, candidates: Sequence[str]) -> bool:
        """After a crash: take the first of the network's messages that is no other row's.

        Returns:
            Whether the message had left; if not, it is queued again and passes the gate anew.
        """
        for provider_id in candidates:
            other = work.outbox.by_provider_id(provider_id)
            if other is None or other.id == departure.message_id:
                self.note_sent(work, departure, provider_id)
                return True
        message = self._ours(work, departure)
        if message is not None:
            _queue_again(message)
        return False

    def note_refused(self, work: UnitOfWork, departure: Departure, error: NotSentError) -> None:
        """Note that it will never be taken, and what that says about the contact."""
        message = self._ours(work, departure)
        if message is None:
            return
        now = self.clock.now()
        note_reach(work, departure.contact_id, error.reach, now=now)
        note_dead(work, message, error.dead_for, error.reason, now=now)
        give_up(work, message, error.reason, now=now)

    def note_delayed(
        self, work: UnitOfWork, departure: Departure, *, wait_s: float, pause_s: float = 0.0
    ) -> None:
        """Note that it has not left and is to be tried again.

        Args:
            work: The caller's unit of work.
            departure: What has not left.
            wait_s: When it may be tried again.
            pause_s: For so long no gateway is to send by that sender.
        """
        message = self._ours(work, departure)
        if message is None:
            return
        now = self.clock.now()
        if pause_s:
            self.pacing.pause(work, work.contacts.get(departure.contact_id), wait_s=pause_s)
        if now - message.created_at > _LONGEST_TRY:
            give_up(work, message, UNAVAILABLE, now=now)
            return
        _queue_again(message)
        message.next_attempt_at = self.machine.now() + timedelta(seconds=wait_s)
        message.reason = UNAVAILABLE

    def note_unknown(self, work: UnitOfWork, departure: Departure) -> None:
        """Note that it may have left: it stays ``sending`` and is looked up in a moment."""
        message = self._ours(work, departure)
        if message is not None:
            message.claimed_until = self.machine.now() + _RECONCILE_AFTER

    def note_lost(self, work: UnitOfWork, departure: Departure) -> None:
        """Give up on what may have left by a network without a list: staff look at the thread."""
        message = self._ours(work, departure)
        if message is not None:
            give_up(work, message, "outcome_unknown", now=self.clock.now(), elsewhere=False)

    def _ours(self, work: UnitOfWork, departure: Departure) -> OutboxMessage | None:
        """Return the row if it is still the attempt we made; a receipt may have moved it on."""
        message = work.outbox.lock(departure.message_id)
        if (
            message is None
            or message.attempt_id != departure.attempt_id
            or message.claimed_by != self.name
        ):
            _log.warning("departure_overtaken", message_id=departure.message_id)
            return None
        return message

    def _prepare(
        self, work: UnitOfWork, message: OutboxMessage, along: Along, *, now: datetime
    ) -> Departure | None:
        contact = work.contacts.get(message.contact_id)
        if message.form in CHANGING_FORMS:
            # Shown twice it looks the same: nothing is to be looked up.
            message.interrupted = False
        if message.interrupted and (_is_kept_masked(message) or message.text is not None):
            return self._interrupted(work, message, contact, now=now)
        others = along.told_along.get(message.id)
        if others is not None:
            leave_out_unconcerned(work, message, others, now=now)
        if message.state is OutboxState.SUPPRESSED:
            return None
        delivery = work.deliveries.find(message.delivery_id) if message.delivery_id else None
        if not self._may_leave(work, message, contact, along, delivery, now=now):
            return None
        if contact.channel not in self.networks:
            give_up(work, message, "channel_off", now=now)
            return None
        return self._worded(work, message, contact, delivery, now=now)

    def _worded(
        self,
        work: UnitOfWork,
        message: OutboxMessage,
        contact: Contact,
        delivery: Delivery | None,
        *,
        now: datetime,
    ) -> Departure | None:
        """Return what leaves in words and in its form, unless there are none or nothing changes."""
        try:
            rendered = self._render(work, message, contact, now=now)
        except WordingError as error:
            _log.error("message_unworded", message_id=message.id, error=str(error))
            give_up(work, message, "unworded", now=now, elsewhere=False)
            return None
        shape = shape_of(work, message, contact, delivery)
        if shape is None:
            advance(message, OutboxState.SUPPRESSED, reason="nothing_to_change")
            return None
        if _is_too_long(work, message, delivery, rendered):
            advance(message, OutboxState.SUPPRESSED, reason=TOO_LONG)
            follow_up(work, message, now=now)
            return None
        wait_s = self.pacing.take(work, contact, segments=rendered.segments)
        if wait_s > 0:
            _wait_for_rate(message, self.machine.now() + timedelta(seconds=wait_s))
            return None
        message.reason = None
        message.text, message.segments = rendered.kept or rendered.text, rendered.segments
        departure = self._departure(message, contact, rendered, now=now)
        return replace(departure, shape=shape)

    def _interrupted(
        self, work: UnitOfWork, message: OutboxMessage, contact: Contact, *, now: datetime
    ) -> Departure:
        """Return what may have left already, to be looked for."""
        # The thread keeps no code: what may have left is worded again.
        rendered = (
            self._render(work, message, contact, now=now)
            if _is_kept_masked(message)
            else Rendered(message.text or "", segments=message.segments)
        )
        return self._departure(message, contact, rendered, now=now)

    def _may_leave(
        self,
        work: UnitOfWork,
        message: OutboxMessage,
        contact: Contact,
        along: Along,
        delivery: Delivery | None,
        *,
        now: datetime,
    ) -> bool:
        person = work.people.get(contact.person_id)
        still_told = [
            each for each in along.told_along.get(message.id, ()) if each.reason == TOLD_TOGETHER
        ]
        decision = decide(
            message,
            work.conversations.get(message.conversation_id),
            contact,
            along.contacts[contact.person_id],
            delivery,
            now=now,
            zone=zone_of(person, delivery),
            is_over_budget=is_over_budget(work, message, still_told),
        )
        match decision:
            case Send():
                return True
            case Defer(until, reason):
                _queue_again(message)
                message.not_before, message.attempts, message.reason = until, 0, reason
            case Suppress(reason):
                advance(message, OutboxState.SUPPRESSED, reason=reason)
                follow_up(work, message, now=now)
                _log.info("message_suppressed", message_id=message.id, reason=reason)
        return False

    def _render(
        self, work: UnitOfWork, message: OutboxMessage, contact: Contact, *, now: datetime
    ) -> Rendered:
        person = work.people.get(contact.person_id)
        return self._wording_of(work, message).render(
            message.sayings,
            _offer_of(work, message),
            language=person.language,
            channel=contact.channel,
            now=now,
            is_verified=contact.verified_at is not None,
        )

    def _wording_of(self, work: UnitOfWork, message: OutboxMessage) -> Wording:
        """Return a notice's words; one about parcels of several shippers has the house's."""
        is_of_one = message.purpose is Purpose.NOTICE and isinstance(
            message.sayings[0].facts.get("shipper"), str
        )
        if not is_of_one or message.delivery_id is None:
            return self.wording
        delivery = work.deliveries.get(message.delivery_id)
        return self.wording.of(work, delivery.shipper_id)

    def _departure(
        self, message: OutboxMessage, contact: Contact, rendered: Rendered, *, now: datetime
    ) -> Departure:
        left = message.expires_at - now if message.expires_at else None
        return Departure(
            message_id=message.id,
            attempt_id=message.attempt_id or "",
            contact_id=contact.id,
            conversation_id=message.conversation_id,
            purpose=message.purpose,
            channel=contact.channel,
            address=contact.address,
            rendered=rendered,
            attempts=message.attempts,
            created_at=message.created_at,
            leave_by=self.machine.now() + _LEAVES_WITHIN,
            lifetime_s=max(1, int(left.total_seconds())) if left else None,
            is_interrupted=message.interrupted,
            heard_s=_seconds_since(contact.last_inbound_at, now),
        )


def _seconds_since(instant: datetime | None, now: datetime) -> float | None:
    return None if instant is None else (now - instant).total_seconds()


def _offer_of(work: UnitOfWork, message: OutboxMessage) -> Offer | None:
    shown = [saying.offer_id for saying in message.sayings if saying.offer_id]
    return work.offers.find(shown[-1]) if shown else None


def _is_kept_masked(message: OutboxMessage) -> bool:
    """Say whether the words that were kept are not those that left."""
    facts = [fact for saying in message.sayings for fact in saying.facts.values()]
    is_sealed = any(isinstance(each, Mapping) and each.get("type") == "sealed" for each in facts)
    return is_sealed or message.purpose is Purpose.CODE


def _is_too_long(
    work: UnitOfWork, message: OutboxMessage, delivery: Delivery | None, rendered: Rendered
) -> bool:
    """Say whether a notice is longer than the ground allows on which it is sent."""
    is_long = len(rendered.text) > EXEMPT_CHARACTERS and message.purpose is Purpose.NOTICE
    return is_long and is_exempt(work, delivery)


def _wait_for_rate(message: OutboxMessage, until: datetime) -> None:
    _queue_again(message)
    message.next_attempt_at, message.attempts, message.reason = until, 0, "rate"


def _queue_again(message: OutboxMessage) -> None:
    # Only a send under way goes back; what a receipt has moved on stays where it is.
    if message.state is OutboxState.SENDING:
        message.state = OutboxState.QUEUED
        message.claimed_by = message.claimed_until = None
        message.interrupted = False
