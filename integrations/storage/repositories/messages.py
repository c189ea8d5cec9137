"""What people sent, and what actions answered."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, select

from deliveries.model.message import InboundMessage, LiveView, Turn
from deliveries.model.rating import Rating
from deliveries.model.wording import OwnWording
from integrations.storage.message_tables import (
    IS_DUE,
    NOT_ENDED,
    UNWORKED,
    inbound,
    live_views,
    own_wordings,
    ratings,
)
from integrations.storage.repositories.entities import SqlRepository, insert_once, wake


@cache
def _unworked() -> Select[InboundMessage]:
    """Return what finds unworked messages; built once, which costs more than running it."""
    of_conversation = inbound.c.conversation_id == bindparam("the_conversation")
    return select(InboundMessage).where(of_conversation, UNWORKED).order_by(inbound.c.seq)


class SqlInboundRepository(SqlRepository[InboundMessage]):
    """Inbound messages in a database."""

    kind = InboundMessage

    def add_once(self, message: InboundMessage) -> bool:
        """Keep a message; false if the network sent it before."""
        added = insert_once(self._session, message, inbound.c.channel, inbound.c.provider_id)
        if added:
            wake(self._session, "inbound")
        return added

    def unworked(self, conversation_id: str) -> Sequence[InboundMessage]:
        """Return what still waits for a turn, in order of arrival."""
        return self._session.scalars(_unworked(), {"the_conversation": conversation_id}).all()

    def of(self, conversation_id: str, *, limit: int = 200) -> Sequence[InboundMessage]:
        """Return the newest of a conversation, oldest first."""
        newest = self._session.scalars(
            select(InboundMessage)
            .where(inbound.c.conversation_id == conversation_id)
            .order_by(inbound.c.seq.desc())
            .limit(limit)
        ).all()
        return newest[::-1]


class SqlOwnWordingRepository(SqlRepository[OwnWording]):
    """Shippers' own words in a database."""

    kind = OwnWording

    def of_shipper(self, shipper_id: str) -> Sequence[OwnWording]:
        """Return every version a shipper ever had: by name, language, then version."""
        table = own_wordings.c
        return self._session.scalars(
            select(OwnWording)
            .where(table.shipper_id == shipper_id)
            .order_by(table.name, table.language, table.version)
        ).all()

    def newest_seq(self) -> int:
        """Return the order of the newest version of all shippers; 0: there is none."""
        self._session.flush()
        return self._session.scalar(select(func.max(own_wordings.c.seq))) or 0


class SqlRatingRepository(SqlRepository[Rating]):
    """What recipients thought of it, in a database."""

    kind = Rating

    def latest_of(self, conversation_id: str) -> Rating | None:
        """Return the one of a conversation that was made last."""
        return self._session.scalars(
            select(Rating)
            .where(ratings.c.conversation_id == conversation_id)
            .order_by(ratings.c.expires_at.desc(), ratings.c.id)
            .limit(1)
        ).one_or_none()

    def due(self, now: datetime) -> Sequence[Rating]:
        """Return those that are to be asked for by now, by id."""
        statement = select(Rating).where(IS_DUE, ratings.c.due_at <= now)
        return self._session.scalars(statement.order_by(ratings.c.id)).all()

    def since(self, instant: datetime, *, limit: int) -> Sequence[Rating]:
        """Return those answered from an instant on, oldest first."""
        return self._session.scalars(
            select(Rating)
            .where(ratings.c.scored_at >= instant)
            .order_by(ratings.c.scored_at, ratings.c.id)
            .limit(limit)
        ).all()


class SqlLiveViewRepository(SqlRepository[LiveView]):
    """What chats show of vans on their way, in a database, by delivery."""

    kind = LiveView

    def open(self) -> Sequence[LiveView]:
        """Return those that are still followed, by delivery."""
        statement = select(LiveView).where(NOT_ENDED).order_by(live_views.c.delivery_id)
        return self._session.scalars(statement).all()


class SqlTurnRepository(SqlRepository[Turn]):
    """Answers to turns in a database, by the turn's key."""

    kind = Turn
