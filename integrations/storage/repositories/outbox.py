"""What is to leave, leaves and has left."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import override

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from deliveries.journals import Turns
from deliveries.model.delivery import Delivery
from deliveries.model.ids import new_id
from deliveries.model.message import FAIR_FROM, OutboxMessage, OutboxState, Purpose, rank_of
from deliveries.model.recipient import Channel, Contact
from integrations.storage.message_tables import IS_HELD, LEFT, outbox
from integrations.storage.repositories.entities import SqlRepository, insert_once, wake
from integrations.storage.repositories.outbox_claims import (
    claim_of_ids,
    expired,
    locked_of_ids,
    messages_of_ids,
    notices_of_delivery,
    told_along_with,
    unsent_of_conversation,
    unsent_of_conversations,
)
from integrations.storage.repositories.outbox_turns import Due

# The lane of what no shipper sends; shippers' ids are longer, and lanes are looked for from "" on.
NO_LANE = "-"
_TOLD_TOGETHER = "told_together"
# Any number that nobody else locks; see ``_wait_for_other_claims``.
_CLAIMING = 0x0D0075


class SqlOutboxRepository(SqlRepository[OutboxMessage]):
    """The outbox in a database."""

    kind = OutboxMessage

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._locked: set[str] = set()

    @override
    def add(self, entity: OutboxMessage) -> None:
        """Keep a new message and wake whoever sends them."""
        self._put_in_line(entity)
        super().add(entity)
        wake(self._session, "outbox")

    def add_once(self, message: OutboxMessage) -> bool:
        """Keep a message; false if one with its dedupe key exists."""
        self._put_in_line(message)
        added = insert_once(self._session, message, outbox.c.dedupe_key)
        if added:
            wake(self._session, "outbox")
        return added

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

        Where more notices are due than may leave, shippers take turns. While one message of a
        conversation is being sent the others wait; so do those behind an older one to the same
        contact that is as urgent and waits for its next attempt, until half a minute after it was
        due. Rows claimed by a process that died (``claimed_until`` has passed) are claimed again;
        of those that were ``sending`` the attempt id stays and ``interrupted`` is true.

        Args:
            by: Who claims.
            now: The day's time, for ``not_before``.
            technical_now: The machine's time, for claims and next attempts.
            until: Technical time at which the claim ends by itself.
            limit: At most so many.
            rooms: At most so many on each channel, none on those not named; none: no such limit.
            turns: Whose turn it is; kept from claim to claim by the caller.
        """
        self._session.flush()
        self._wait_for_other_claims()
        due = Due(self._session, turns or Turns(), now=now, technical_now=technical_now)
        ids = due.choose(dict.fromkeys(Channel, limit) if rooms is None else rooms, limit)
        if not ids:
            return []
        values = {"the_ids": ids, "the_technical_now": technical_now, "the_attempt": new_id("a")}
        self._session.execute(claim_of_ids(), {**values, "the_claimer": by, "the_end": until})
        found = self._session.scalars(messages_of_ids(), {"the_ids": ids})
        return sorted(found, key=lambda message: ids.index(message.id))

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
        next_at = outbox.c.next_attempt_at
        return self._session.scalars(
            select(OutboxMessage)
            .where(
                LEFT,
                outbox.c.channel == channel,
                outbox.c.sent_at.between(since, until),
                or_(next_at.is_(None), next_at <= technical_now),
            )
            .order_by(outbox.c.sent_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()

    def drop_expired(self, *, now: datetime, limit: int) -> int:
        """Void queued messages whose time is over, a few at a time; return how many."""
        self._session.flush()
        ids = self._session.scalars(expired(), {"the_now": now, "the_limit": limit}).all()
        if ids:
            self._session.execute(
                update(outbox)
                .where(outbox.c.id.in_(ids), outbox.c.state == OutboxState.QUEUED)
                .values(state=OutboxState.SUPPRESSED, reason="expired")
            )
            for id_ in ids:
                self._reread(id_)
        return len(ids)

    def lock(self, id_: str) -> OutboxMessage | None:
        """Return the message as it is now, and let nobody else change it until the end."""
        if id_ in self._locked:
            return self._session.get(OutboxMessage, id_)
        self._session.flush()
        return self._session.get(OutboxMessage, id_, populate_existing=True, with_for_update=True)

    def lock_many(self, ids: Sequence[str]) -> Sequence[OutboxMessage]:
        """Lock those that exist, all at once; each ``lock`` of them costs nothing then."""
        self._session.flush()
        found = self._session.scalars(locked_of_ids(), {"the_ids": list(ids)}).all()
        self._locked.update(message.id for message in found)
        return found

    def of(self, conversation_id: str, *, limit: int = 200) -> Sequence[OutboxMessage]:
        """Return the newest of a conversation, oldest first."""
        newest = self._session.scalars(
            select(OutboxMessage)
            .where(outbox.c.conversation_id == conversation_id)
            .order_by(outbox.c.seq.desc())
            .limit(limit)
        ).all()
        return newest[::-1]

    def by_provider_id(self, provider_id: str) -> OutboxMessage | None:
        """Return the message a network knows by that id."""
        return self._session.scalars(
            select(OutboxMessage)
            .where(outbox.c.provider_id == provider_id)
            .order_by(outbox.c.seq.desc())
            .limit(1)
        ).one_or_none()

    def suppress_bot(self, conversation_id: str, *, reason: str) -> int:
        """Void every queued reply of the bot in a conversation; return how many."""
        self._session.flush()
        voided = self._session.scalars(
            update(outbox)
            .where(
                outbox.c.conversation_id == conversation_id,
                outbox.c.state == OutboxState.QUEUED,
                outbox.c.purpose == Purpose.REPLY,
            )
            .values(state=OutboxState.SUPPRESSED, reason=reason)
            .returning(outbox.c.id)
        ).all()
        for id_ in voided:
            self._reread(id_)
        return len(voided)

    def has_unsent(self, conversation_id: str) -> bool:
        """Say whether anything of a conversation is queued or being sent."""
        self._session.flush()
        found = self._session.scalar(
            unsent_of_conversation(), {"the_conversation": conversation_id}
        )
        return found is not None

    def unsent_of(self, conversation_ids: Sequence[str]) -> frozenset[str]:
        """Return those conversations of which anything is queued or being sent."""
        self._session.flush()
        found = self._session.scalars(
            unsent_of_conversations(), {"the_conversations": list(conversation_ids)}
        )
        return frozenset(found)

    def told_along(self, ids: Sequence[str]) -> Sequence[OutboxMessage]:
        """Return what stands for the other deliveries that some messages tell of, as written."""
        self._session.flush()
        return self._session.scalars(told_along_with(), {"the_ids": list(ids)}).all()

    def notices_about(self, delivery_id: str) -> Sequence[OutboxMessage]:
        """Return the notices about a delivery, whatever became of them, oldest first."""
        return self._session.scalars(notices_of_delivery(), {"the_delivery": delivery_id}).all()

    def by_key(self, dedupe_key: str) -> OutboxMessage | None:
        """Return the message with that key."""
        found = select(OutboxMessage).where(outbox.c.dedupe_key == dedupe_key)
        return self._session.scalar(found)

    def has_key(self, dedupe_key: str) -> bool:
        """Say whether a message with that key was ever written."""
        found = select(outbox.c.seq).where(outbox.c.dedupe_key == dedupe_key)
        return self._session.scalar(found) is not None

    def newest(self, *, limit: int) -> Sequence[OutboxMessage]:
        """Return the newest of all conversations, newest first."""
        return self._session.scalars(
            select(OutboxMessage).order_by(outbox.c.seq.desc()).limit(limit)
        ).all()

    def held(self, *, reason: str | None, limit: int) -> Sequence[OutboxMessage]:
        """Return what was held back or waits for a reason, of any or of one, newest first."""
        wanted = (
            outbox.c.reason == reason if reason is not None else outbox.c.reason != _TOLD_TOGETHER
        )
        return self._session.scalars(
            select(OutboxMessage).where(IS_HELD, wanted).order_by(outbox.c.seq.desc()).limit(limit)
        ).all()

    def _put_in_line(self, message: OutboxMessage) -> None:
        """Note by which channel a message leaves, before what, and whose turn it takes."""
        message.rank = rank_of(message)
        message.channel = message.channel or self._channel_of(message.contact_id)
        if message.lane is None:
            is_fair = message.rank >= FAIR_FROM and message.delivery_id is not None
            delivery = self._session.get(Delivery, message.delivery_id) if is_fair else None
            message.lane = delivery.shipper_id if delivery else NO_LANE

    def _channel_of(self, contact_id: str) -> Channel:
        contact = self._session.get(Contact, contact_id)
        if contact is None:
            # It may have been added in this unit of work, and not be written yet.
            self._session.flush()
            contact = self._session.get(Contact, contact_id)
        return contact.channel if contact else Channel.SMS

    def _wait_for_other_claims(self) -> None:
        """Let one claim at a time look at the conversations; it takes milliseconds.

        Two that look at once could each find a different message of one conversation due.
        """
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(select(func.pg_advisory_xact_lock(_CLAIMING)))
