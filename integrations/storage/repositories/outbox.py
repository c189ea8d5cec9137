"""What is to leave, leaves and has left."""

from collections.abc import Sequence
from datetime import datetime
from typing import override

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from integrations.storage.message_tables import UNSENT, outbox
from integrations.storage.repositories.entities import SqlRepository, insert_once, touch, wake

# What is waited for goes first.
_RANKS = (
    (Purpose.CODE, Purpose.CONFIRMATION, Purpose.REPLY),
    (Purpose.AGENT,),
    (Purpose.NOTICE,),
)

# Said this way round on purpose: a queue's statistics are always old, and by ``UNSENT`` a database
# that believes it empty would look through all of it for each row, not through one conversation.
_SETTLED = tuple(state for state in OutboxState if state not in ("queued", "sending"))

# Any number that nobody else locks; see ``_wait_for_other_claims``.
_CLAIMING = 0x0D0075


class SqlOutboxRepository(SqlRepository[OutboxMessage]):
    """The outbox in a database."""

    kind = OutboxMessage

    @override
    def add(self, entity: OutboxMessage) -> None:
        """Keep a new message and wake whoever sends them."""
        super().add(entity)
        wake(self._session, "outbox")

    def add_once(self, message: OutboxMessage) -> bool:
        """Keep a message; false if one with its dedupe key exists."""
        added = insert_once(self._session, message, outbox.c.dedupe_key)
        if added:
            wake(self._session, "outbox")
        return added

    def claim_due(
        self, *, by: str, now: datetime, technical_now: datetime, until: datetime, limit: int
    ) -> Sequence[OutboxMessage]:
        """Claim queued messages that are due: one a conversation at most, oldest first.

        Codes and replies come before agents' words, those before notices. While one message of a
        conversation is being sent the others wait; so do those behind one to the same contact, of
        the same rank, that waits for its next attempt. Rows claimed by a process that died
        (``claimed_until`` has passed) are claimed again; of those that were ``sending`` the attempt
        id stays and ``interrupted`` is true.

        Args:
            by: Who claims.
            now: The day's time, for ``not_before``.
            technical_now: The machine's time, for claims and next attempts.
            until: Technical time at which the claim ends by itself.
            limit: At most so many.
        """
        self._session.flush()
        self._wait_for_other_claims()
        chosen: dict[str, str] = {}
        for purposes in _RANKS:
            due = self._session.execute(
                select(outbox.c.conversation_id, outbox.c.id)
                .where(_is_due(purposes, now=now, technical_now=technical_now))
                .order_by(outbox.c.not_before, outbox.c.seq)
                .limit(limit - len(chosen))
                .with_for_update(skip_locked=True)
            )
            for conversation_id, id_ in due:
                chosen.setdefault(conversation_id, id_)
        ids = list(chosen.values())
        self._claim(ids, by=by, now=technical_now, until=until)
        found = {
            message.id: message
            for message in self._session.scalars(
                select(OutboxMessage)
                .where(outbox.c.id.in_(ids), outbox.c.claimed_by == by)
                .execution_options(populate_existing=True)
            )
        }
        return [found[id_] for id_ in ids if id_ in found]

    def lock(self, id_: str) -> OutboxMessage | None:
        """Return the message as it is now, and let nobody else change it until the end."""
        self._session.flush()
        return self._session.get(OutboxMessage, id_, populate_existing=True, with_for_update=True)

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

    def has_key(self, dedupe_key: str) -> bool:
        """Say whether a message with that key was ever written."""
        found = select(outbox.c.seq).where(outbox.c.dedupe_key == dedupe_key)
        return self._session.scalar(found) is not None

    def keys_with_prefix(self, prefixes: Sequence[str]) -> frozenset[str]:
        """Return the dedupe keys that start with one of the prefixes."""
        if not prefixes:
            return frozenset()
        key = outbox.c.dedupe_key
        # A range, and not LIKE, which would need the prefix escaped and could not use the index.
        spans = [and_(key >= prefix, key < prefix + "\U0010ffff") for prefix in prefixes]
        return frozenset(self._session.scalars(select(key).where(or_(*spans))))

    def newest(self, *, limit: int) -> Sequence[OutboxMessage]:
        """Return the newest of all conversations, newest first."""
        return self._session.scalars(
            select(OutboxMessage).order_by(outbox.c.seq.desc()).limit(limit)
        ).all()

    def _wait_for_other_claims(self) -> None:
        """Let one claim at a time look at the conversations; it takes milliseconds.

        Two that look at once could each find a different message of one conversation due.
        """
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(select(func.pg_advisory_xact_lock(_CLAIMING)))

    def _claim(self, ids: Sequence[str], *, by: str, now: datetime, until: datetime) -> None:
        was_sending = outbox.c.state == OutboxState.SENDING
        attempt_id = literal(new_id("a") + "-") + cast(outbox.c.seq, String)
        touch(
            self._session,
            update(outbox)
            .where(
                outbox.c.id.in_(ids),
                UNSENT,
                or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= now),
            )
            .values(
                state=OutboxState.SENDING,
                interrupted=was_sending,
                attempt_id=case((was_sending, outbox.c.attempt_id), else_=attempt_id),
                attempts=outbox.c.attempts + 1,
                claimed_by=by,
                claimed_until=until,
            ),
        )


def _is_due(
    purposes: tuple[Purpose, ...], *, now: datetime, technical_now: datetime
) -> ColumnElement[bool]:
    """Return the condition under which a row of one rank may be claimed."""
    other = outbox.alias("other")
    may_be_tried = or_(
        outbox.c.next_attempt_at.is_(None), outbox.c.next_attempt_at <= technical_now
    )
    is_free = or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= technical_now)
    is_being_sent = and_(
        other.c.state == OutboxState.SENDING, other.c.claimed_until > technical_now
    )
    goes_first = and_(
        other.c.seq < outbox.c.seq,
        other.c.contact_id == outbox.c.contact_id,
        other.c.purpose.in_(purposes),
        other.c.not_before <= now,
    )
    return and_(
        UNSENT,
        outbox.c.purpose.in_(purposes),
        outbox.c.not_before <= now,
        may_be_tried,
        is_free,
        ~exists().where(
            other.c.conversation_id == outbox.c.conversation_id,
            other.c.state.not_in(_SETTLED),
            other.c.seq != outbox.c.seq,
            or_(is_being_sent, goes_first),
        ),
    )
