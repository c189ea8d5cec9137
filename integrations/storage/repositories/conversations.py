"""Conversations, handoffs and agents' notes."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, Update, bindparam, func, or_, select, update

from deliveries.errors import ConflictError
from deliveries.model.conversation import (
    Conversation,
    ConversationState,
    Handoff,
    Note,
)
from integrations.storage.message_tables import (
    NOT_CLOSED,
    conversations,
    handoffs,
    inbound,
    notes,
)
from integrations.storage.repositories.entities import SqlRepository, touch

_TAKEABLE = tuple(state for state in ConversationState if state is not ConversationState.HUMAN)


# Statements that every turn needs are built once: building them costs more than running them.


@cache
def _claim() -> Update:
    claimed_until = conversations.c.claimed_until
    end = bindparam("the_end", type_=claimed_until.type)
    now = bindparam("the_now", type_=claimed_until.type)
    return (
        update(conversations)
        .where(
            conversations.c.id == bindparam("the_id"),
            or_(claimed_until.is_(None), claimed_until <= now),
        )
        .values(claimed_by=bindparam("the_claimer"), claimed_until=end)
    )


@cache
def _release() -> Update:
    return (
        update(conversations)
        .where(
            conversations.c.id == bindparam("the_id"),
            conversations.c.claimed_by == bindparam("the_claimer"),
        )
        .values(claimed_by=None, claimed_until=None)
    )


@cache
def _of_person() -> Select[Conversation]:
    return select(Conversation).where(conversations.c.person_id == bindparam("the_person"))


class SqlConversationRepository(SqlRepository[Conversation]):
    """Conversations in a database."""

    kind = Conversation

    def of_person(self, person_id: str) -> Conversation | None:
        """Return a person's one conversation."""
        return self._session.scalars(_of_person(), {"the_person": person_id}).one_or_none()

    def claim_turn(self, id_: str, *, by: str, now: datetime, until: datetime) -> bool:
        """Claim the conversation's next turn by a conditional update; say whether it worked."""
        claimed = touch(
            self._session,
            _claim(),
            {"the_id": id_, "the_claimer": by, "the_now": now, "the_end": until},
        )
        self._reread(id_)
        return claimed == 1

    def release_turn(self, id_: str, *, by: str) -> None:
        """Give the claim back, if it is still ours."""
        if touch(self._session, _release(), {"the_id": id_, "the_claimer": by}):
            self._show(id_, claimed_by=None, claimed_until=None)

    def waiting(self, *, now: datetime, limit: int) -> Sequence[str]:
        """Return ids of unclaimed conversations that have unworked messages, oldest first."""
        return self._session.scalars(
            select(conversations.c.id)
            .join(inbound, inbound.c.conversation_id == conversations.c.id)
            .where(
                inbound.c.worked_at.is_(None),
                or_(conversations.c.claimed_until.is_(None), conversations.c.claimed_until <= now),
            )
            .group_by(conversations.c.id)
            .order_by(func.min(inbound.c.seq))
            .limit(limit)
        ).all()

    def in_hands(self) -> Sequence[Conversation]:
        """Return the conversations that are not with the bot, by id."""
        return self._session.scalars(
            select(Conversation)
            .where(conversations.c.state != ConversationState.BOT)
            .order_by(conversations.c.id)
        ).all()

    def take(self, id_: str, *, agent_id: str, version: int) -> None:
        """Give a conversation to an agent by a conditional update on version and state.

        Raises:
            ConflictError: If it has moved on, or somebody else has it.
        """
        taken = touch(
            self._session,
            update(conversations)
            .where(
                conversations.c.id == id_,
                conversations.c.version == version,
                conversations.c.state.in_(_TAKEABLE),
            )
            .values(
                state=ConversationState.HUMAN,
                owner_id=agent_id,
                version=conversations.c.version + 1,
                epoch=conversations.c.epoch + 1,
            ),
        )
        if not taken:
            raise ConflictError("the conversation has moved on")
        self._reread(id_)


class SqlHandoffRepository(SqlRepository[Handoff]):
    """Handoffs in a database."""

    kind = Handoff

    def open_of(self, conversation_id: str) -> Handoff | None:
        """Return the conversation's handoff that is not closed."""
        return self._session.scalars(
            select(Handoff)
            .where(handoffs.c.conversation_id == conversation_id, NOT_CLOSED)
            .order_by(handoffs.c.requested_at.desc(), handoffs.c.id)
            .limit(1)
        ).one_or_none()

    def queue(self) -> Sequence[Handoff]:
        """Return those not closed: by priority, then age."""
        return self._session.scalars(
            select(Handoff)
            .where(NOT_CLOSED)
            .order_by(handoffs.c.priority, handoffs.c.requested_at, handoffs.c.id)
        ).all()

    def last_of(self, conversation_id: str) -> Handoff | None:
        """Return the conversation's last handoff that is closed and that an agent had."""
        return self._session.scalars(
            select(Handoff)
            .where(
                handoffs.c.conversation_id == conversation_id,
                handoffs.c.closed_at.is_not(None),
                handoffs.c.claimed_at.is_not(None),
            )
            .order_by(handoffs.c.closed_at.desc(), handoffs.c.id)
            .limit(1)
        ).one_or_none()

    def was_answered(self, conversation_id: str, *, since: datetime) -> bool:
        """Say whether an agent answered in the conversation from then on, in any handoff."""
        found = self._session.scalar(
            select(handoffs.c.id)
            .where(handoffs.c.conversation_id == conversation_id, handoffs.c.answered_at >= since)
            .limit(1)
        )
        return found is not None

    def taken_since(self, since: datetime, *, limit: int) -> Sequence[Handoff]:
        """Return those that an agent took from then on, in any state, newest first."""
        return self._session.scalars(
            select(Handoff)
            .where(handoffs.c.claimed_at >= since)
            .order_by(handoffs.c.claimed_at.desc(), handoffs.c.id)
            .limit(limit)
        ).all()

    def due(self, now: datetime) -> Sequence[Handoff]:
        """Return those whose state has ended by itself."""
        return self._session.scalars(
            select(Handoff)
            .where(handoffs.c.timer_at <= now)
            .order_by(handoffs.c.timer_at, handoffs.c.id)
        ).all()


class SqlNoteRepository(SqlRepository[Note]):
    """Notes of agents in a database."""

    kind = Note

    def of(self, conversation_id: str) -> Sequence[Note]:
        """Return a conversation's notes, oldest first."""
        return self._session.scalars(
            select(Note)
            .where(notes.c.conversation_id == conversation_id)
            .order_by(notes.c.at, notes.c.seq)
        ).all()
