"""What is kept of people: handed out, emptied and removed by statement, over all tables."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Delete,
    RowMapping,
    Update,
    and_,
    delete,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from deliveries.model.conversation import HandoffState
from deliveries.model.delivery import Delivery
from deliveries.model.message import OutboxState
from deliveries.model.personal import Personal
from deliveries.model.privacy import Copy, Period
from deliveries.repositories.privacy import Owned, Record
from integrations.storage.handover_tables import neighbour_requests
from integrations.storage.message_tables import conversations, handoffs, inbound, notes, outbox
from integrations.storage.outside_tables import outside_tasks
from integrations.storage.personal import AGEING, ERASED_NOW, TRACES, Ageing, Owner, Trace
from integrations.storage.surface_tables import surface_cases
from integrations.storage.tables import (
    co_recipients,
    contacts,
    deliveries,
    people,
    routes,
    stops,
)

# For processes, not about people.
_TECHNICAL = frozenset(
    {"claimed_by", "claimed_until", "row_version", "version", "epoch", "attempt_id", "token_hash"}
)


class SqlPersonalDataRepository:
    """What is kept of people, in a database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def deliveries_of(self, person_id: str) -> Sequence[Delivery]:
        """Return all deliveries to a person, by id."""
        theirs = select(Delivery).where(deliveries.c.person_id == person_id)
        return self._session.scalars(theirs.order_by(deliveries.c.id)).all()

    def deliveries_before(self, day: date, *, limit: int) -> Sequence[Delivery]:
        """Return deliveries of days before from which nothing was taken yet, by date."""
        old = select(Delivery).where(deliveries.c.date < day, deliveries.c.erased_at.is_(None))
        by_date = old.order_by(deliveries.c.date, deliveries.c.id)
        return self._session.scalars(by_date.limit(limit)).all()

    def of(self, owned: Owned) -> Mapping[str, Sequence[Record]]:
        """Return everything that is kept, by table; instants are UTC, sealed things left out."""
        found: dict[str, dict[tuple[Any, ...], Record]] = {}
        own = (
            (people.c.id, (owned.person_id,)),
            (contacts.c.person_id, (owned.person_id,)),
            (conversations.c.person_id, (owned.person_id,)),
            (deliveries.c.person_id, (owned.person_id,)),
        )
        for column, ids in (*own, *((each.column, _ids(each, owned)) for each in TRACES)):
            table = column.table
            rows = found.setdefault(table.name, {})
            for row in self._session.execute(select(table).where(column.in_(ids))).mappings():
                rows[tuple(row[each] for each in table.primary_key)] = _plain(row)
        return {table: list(rows.values()) for table, rows in found.items() if rows}

    def copies_elsewhere(self, owned: Owned) -> Sequence[Copy]:
        """Return what other systems were told, by their own names for it."""
        tasks = select(outside_tasks.c.planner, outside_tasks.c.external_id).where(
            outside_tasks.c.delivery_id.in_(owned.delivery_ids)
        )
        cases = select(surface_cases.c.surface, surface_cases.c.place).where(
            surface_cases.c.conversation_id == owned.conversation_id,
            surface_cases.c.place.is_not(None),
        )
        found = [*self._session.execute(tasks), *self._session.execute(cases)]
        return sorted({Copy(system, name) for system, name in found}, key=repr)

    def is_leaving(self, conversation_id: str) -> bool:
        """Say whether a message is being sent at this moment."""
        leaving = select(outbox.c.id).where(
            outbox.c.conversation_id == conversation_id, outbox.c.state == OutboxState.SENDING
        )
        return self._session.execute(leaving.limit(1)).first() is not None

    def remove_traces(self, owned: Owned, *, now: datetime) -> None:
        """Remove what was said and empty what must stay, in every table but the entities' own."""
        self._session.flush()
        self._empty_stops(owned.delivery_ids)
        for trace in TRACES:
            ids = _ids(trace, owned)
            if ids:
                self._session.execute(_removal(trace, ids, now))

    def _empty_stops(self, delivery_ids: Sequence[str]) -> None:
        """Move the stops at people's doors to the depot; shops stay where they are."""
        at_doors = and_(
            stops.c.id.in_(select(deliveries.c.stop_id).where(deliveries.c.id.in_(delivery_ids))),
            stops.c.pickup_point_id.is_(None),
        )
        route = select(routes.c.depot_lat).where(routes.c.id == stops.c.route_id)
        moved = update(stops).where(at_doors)
        # Whoever keeps a plan to look at learns of the change by the route's version.
        ids = select(stops.c.route_id).where(at_doors)
        told = update(routes).where(routes.c.id.in_(ids))
        self._session.execute(
            moved.values(
                lat=route.scalar_subquery(),
                lon=route.with_only_columns(routes.c.depot_lon).scalar_subquery(),
            )
        )
        self._session.execute(told.values(row_version=routes.c.row_version + 1))

    def people_without_traces(self, before: datetime, *, limit: int) -> Sequence[str]:
        """Return who has no delivery with a name any more and was silent since, by id."""
        kept = deliveries.c.person_id == people.c.id
        theirs = contacts.c.person_id == people.c.id
        with_staff = handoffs.c.conversation_id == conversations.c.id
        talk = conversations.c.person_id == people.c.id
        reasons_to_keep = (
            exists().where(kept, deliveries.c.erased_at.is_(None)),
            exists().where(co_recipients.c.person_id == people.c.id),
            exists().where(theirs, contacts.c.last_inbound_at >= before),
            exists().where(
                theirs,
                neighbour_requests.c.contact_id == contacts.c.id,
                neighbour_requests.c.erased_at.is_(None),
            ),
            exists().where(talk, with_staff, handoffs.c.state != HandoffState.CLOSED),
            *(
                exists().where(talk, table.c.conversation_id == conversations.c.id)
                for table in (inbound, outbox, notes)
            ),
        )
        found = select(people.c.id).where(people.c.erased_at.is_(None), ~or_(*reasons_to_keep))
        return self._session.scalars(found.order_by(people.c.id).limit(limit)).all()

    def remove_before(self, period: Period, instant: datetime, *, limit: int) -> int:
        """Remove rows that are kept for a period and are older; return how many there were."""
        self._session.flush()
        return sum(
            cast("CursorResult[Any]", self._session.execute(each)).rowcount
            for each in _removals(period, instant, limit)
        )


def _ids(trace: Trace, owned: Owned) -> Sequence[str]:
    single = {Owner.PERSON: owned.person_id, Owner.CONVERSATION: owned.conversation_id}
    if trace.owner in single:
        found = single[trace.owner]
        return () if found is None else (found,)
    return owned.contact_ids if trace.owner is Owner.CONTACT else owned.delivery_ids


def _removal(trace: Trace, ids: Sequence[str], now: datetime) -> Delete | Update:
    theirs = trace.column.in_(ids)
    if trace.emptied is None:
        return delete(trace.table).where(theirs)
    values = {name: now if each is ERASED_NOW else each for name, each in trace.emptied.items()}
    return update(trace.table).where(theirs).values(values)


def _removals(period: Period, instant: datetime, limit: int) -> Iterator[Delete | Update]:
    for each in AGEING[period]:
        old = _batch(each, instant, limit)
        if each.emptied:
            yield update(each.table).where(old).values(each.emptied)
        else:
            yield delete(each.table).where(old)


def _batch(ageing: Ageing, instant: datetime, limit: int) -> ColumnElement[bool]:
    too_old = () if ageing.since is None else (ageing.since < instant,)
    condition = and_(*too_old, *ageing.only)
    key = list(ageing.table.primary_key.columns)
    if len(key) > 1:
        return condition
    return key[0].in_(select(key[0]).where(condition).limit(limit))


def _plain(row: RowMapping) -> Record:
    kept = {
        name: value
        for name, value in row.items()
        if name not in _TECHNICAL and not isinstance(value, bytes) and value is not None
    }
    plain: Record = json.loads(json.dumps(kept, default=_form))
    return plain


def _form(value: object) -> object:
    """Return what JSON can say of a value."""
    if isinstance(value, Personal):
        return value.reveal()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"JSON has no form of a {type(value).__name__}")
