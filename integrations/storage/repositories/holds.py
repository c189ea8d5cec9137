"""Offers, and holds with the capacities they take from."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite

from deliveries.model.offer import Hold, HoldState, Offer
from deliveries.model.window import TimeWindow
from integrations.storage.message_tables import IS_SOUGHT, STILL_HELD, capacities, holds, offers
from integrations.storage.repositories.entities import SqlRepository, touch

# Built once: that costs more than running it.
_LEFT = select(capacities.c.resource, capacities.c.total, capacities.c.taken).where(
    capacities.c.resource.in_(bindparam("the_resources", expanding=True)),
    capacities.c.total.is_not(None),
)


class SqlOfferRepository(SqlRepository[Offer]):
    """Offers in a database."""

    kind = Offer

    def of_conversation(self, conversation_id: str, *, limit: int) -> Sequence[Offer]:
        """Return the newest of a conversation, oldest first."""
        newest = (
            select(Offer)
            .where(offers.c.conversation_id == conversation_id)
            .order_by(offers.c.created_at.desc())
            .limit(limit)
        )
        return list(reversed(self._session.scalars(newest).all()))

    def take_sought(self, *, since: datetime, limit: int) -> Mapping[str, Sequence[TimeWindow]]:
        """Return what is still to be looked for, each only once: a conditional update takes it."""
        waiting = self._session.execute(
            select(offers.c.id, offers.c.sought)
            .where(IS_SOUGHT, offers.c.created_at >= since)
            .order_by(offers.c.created_at)
            .limit(limit)
        )
        return {id_: windows for id_, windows in waiting.all() if self._take_sought(id_)}

    def _take_sought(self, id_: str) -> bool:
        taken = update(offers).where(offers.c.id == id_, IS_SOUGHT).values(sought=None)
        return touch(self._session, taken) == 1


class SqlHoldRepository(SqlRepository[Hold]):
    """Holds in a database, and the capacities they take from; both change together."""

    kind = Hold

    def set_capacity(self, resource: str, total: int) -> None:
        """Say how much there is of a resource; what is taken stays."""
        self._know(resource)
        touch(
            self._session,
            update(capacities).where(capacities.c.resource == resource).values(total=total),
        )

    def room(self, resource: str) -> int | None:
        """Return how much is left, or none for a resource without a limit."""
        return self.rooms([resource]).get(resource)

    def rooms(self, resources: Sequence[str]) -> Mapping[str, int]:
        """Return how much is left of each resource that has a limit."""
        found = self._session.execute(_LEFT, {"the_resources": list(resources)})
        return {resource: max(total - taken, 0) for resource, total, taken in found}

    def take(self, hold: Hold) -> bool:
        """Take capacity by a conditional update and keep the hold; false if there is no room.

        A resource whose capacity was never set has no limit.
        """
        self._know(hold.resource)
        taken = touch(
            self._session,
            update(capacities)
            .where(
                capacities.c.resource == hold.resource,
                or_(
                    capacities.c.total.is_(None),
                    capacities.c.taken + hold.quantity <= capacities.c.total,
                ),
            )
            .values(taken=capacities.c.taken + hold.quantity),
        )
        if taken:
            self._session.add(hold)
        return taken == 1

    def commit(self, hold_id: str, *, now: datetime) -> bool:
        """Turn a hold that has not ended into a use; false if it had ended.

        Committing again changes nothing and is true.
        """
        touch(
            self._session,
            update(holds)
            .where(holds.c.id == hold_id, STILL_HELD, holds.c.expires_at > now)
            .values(state=HoldState.COMMITTED),
        )
        self._reread(hold_id, "state")
        state = self._session.scalar(select(holds.c.state).where(holds.c.id == hold_id))
        return state is HoldState.COMMITTED

    def release(self, hold_id: str) -> None:
        """Give the capacity back, once, whether held or committed."""
        self._session.flush()
        given_back = self._session.execute(
            update(holds)
            .where(holds.c.id == hold_id, holds.c.state != HoldState.RELEASED)
            .values(state=HoldState.RELEASED)
            .returning(holds.c.resource, holds.c.quantity)
        ).one_or_none()
        if given_back is None:
            return
        resource, quantity = given_back
        touch(
            self._session,
            update(capacities)
            .where(capacities.c.resource == resource)
            .values(taken=capacities.c.taken - quantity),
        )
        self._reread(hold_id, "state")

    def of_offer(self, offer_id: str) -> Sequence[Hold]:
        """Return an offer's holds, by id."""
        return self._session.scalars(
            select(Hold).where(holds.c.offer_id == offer_id).order_by(holds.c.id)
        ).all()

    def ended(self, *, now: datetime, limit: int) -> Sequence[Hold]:
        """Return holds that are past their time and still held, longest ended first."""
        return self._session.scalars(
            select(Hold)
            .where(STILL_HELD, holds.c.expires_at <= now)
            .order_by(holds.c.expires_at, holds.c.id)
            .limit(limit)
        ).all()

    def _know(self, resource: str) -> None:
        """Make sure that takes from a resource are counted, whether or not it has a limit."""
        known = select(capacities.c.resource).where(capacities.c.resource == resource)
        if self._session.scalar(known) is not None:
            return
        on_postgresql = self._session.get_bind().dialect.name == "postgresql"
        insert = insert_on_postgresql if on_postgresql else insert_on_sqlite
        self._session.execute(
            insert(capacities).values(resource=resource, taken=0).on_conflict_do_nothing()
        )
