"""A copy in memory of what a day needs, to try things on that must not happen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import batched
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, TextClause, insert, select

from deliveries.model.challenge import ChallengeKind
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.handover import LIVE_REQUESTS, NeighbourState
from deliveries.model.message import OutboxState
from deliveries.model.standing import StandingKind
from integrations.storage import eta_tables as etas
from integrations.storage import handover_tables as handovers
from integrations.storage import message_tables as messages
from integrations.storage import tables
from integrations.storage.engines import READ_ONLY, make_engine
from integrations.storage.tables import metadata
from integrations.storage.unit_of_work import Storage

_AT_ONCE = 500
_WHOLE = (
    tables.shippers,
    tables.depots,
    tables.vehicles,
    tables.pickup_points,
    messages.capacities,
    messages.own_wordings,
    etas.eta_calibrations,
)
_UNSENT = (OutboxState.QUEUED, OutboxState.SENDING)
# Of what becomes something yet, or has.
_REQUESTS = (NeighbourState.WANTED, *sorted(LIVE_REQUESTS))

type _Row = dict[str, Any]
type _Which = ColumnElement[bool] | TextClause


def copy_days(source: Storage, first: date, last: date) -> Storage:
    """Return a store in memory with some days' deliveries, and all that is said of them by now.

    With them come parcels that are due to leave a pickup point by then, those whose recipients are
    back by then, and the neighbours who were asked. What people wrote, sessions and the past are
    left behind; codes stay sealed.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    copy = Storage(make_engine("sqlite://"))
    metadata.create_all(copy.engine)
    with (
        source.engine.connect().execution_options(**{READ_ONLY: True}) as reading,
        copy.engine.begin() as writing,
    ):
        copying = _Copying(reading, writing, first, last)
        for table in _WHOLE:
            copying.take(table)
        copying.take_plans()
        copying.take_deliveries()
        copying.take_people()
        copying.take_choices()
        copying.take_messages()
    return copy


@dataclass(eq=False)
class _Copying:
    """Takes rows over from one store into another, and remembers whose they are."""

    reading: Connection
    writing: Connection
    first: date
    last: date
    deliveries: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    threads: set[str] = field(default_factory=set)
    offers: set[str] = field(default_factory=set)

    def take_plans(self) -> None:
        """Take over the days' plans, with routes and stops."""
        plans = self.take(tables.plans, tables.plans.c.date.between(self.first, self.last))
        routes = self.take_of(tables.routes.c.plan_id, _ids(plans))
        self.take_of(tables.stops.c.route_id, _ids(routes))

    def take_deliveries(self) -> None:
        """Take over the deliveries, and with whom and where they are or may be."""
        for wanted in self._wanted():
            self.deliveries.update(self.reading.scalars(wanted))
        requests = self._requests()
        self.deliveries.update(id_ for each in requests for id_ in each["delivery_ids"])
        self._write(handovers.neighbour_requests, requests)
        self.offers.update(each["offer_id"] for each in requests if each["offer_id"])
        asked = [each["contact_id"] for each in requests if each["contact_id"]]
        whose = [
            *self._read_of(tables.contacts.c.id, asked),
            *self.take_of(tables.deliveries.c.id, self.deliveries),
            *self.take_of(tables.co_recipients.c.delivery_id, self.deliveries),
        ]
        self.people.update(each["person_id"] for each in whose)
        for column, *which in (
            (tables.parcel_numbers.c.delivery_id,),
            (handovers.collections.c.delivery_id, handovers.NOT_ENDED),
            (handovers.handover_codes.c.delivery_id, handovers.NOT_ENDED),
            (etas.eta_promises.c.delivery_id,),
        ):
            self.take_of(column, self.deliveries, *which)
        is_pin = messages.challenges.c.kind == ChallengeKind.DOOR_PIN
        self.take_of(messages.challenges.c.delivery_id, self.deliveries, is_pin)

    def take_people(self) -> None:
        """Take over who gets the deliveries or takes them in, and their threads."""
        for column in (
            tables.people.c.id,
            tables.contacts.c.person_id,
            tables.standing_wishes.c.person_id,
        ):
            self.take_of(column, self.people)
        threads = self.take_of(messages.conversations.c.person_id, self.people)
        self.threads.update(_ids(threads))
        self.offers.update(each["last_offer_id"] for each in threads if each["last_offer_id"])
        self.take_of(messages.ratings.c.conversation_id, self.threads)

    def take_choices(self) -> None:
        """Take over what people chose, what is taken for it, and what the planner says to it."""
        chosen = self.take_of(messages.preferences.c.delivery_id, self.deliveries)
        held = [each["hold_id"] for each in chosen if each["hold_id"]]
        self.take_of(messages.holds.c.id, held)
        self.take_of(messages.planner_changes.c.preference_id, _ids(chosen))

    def take_messages(self) -> None:
        """Take over what we said about the deliveries, what waits to leave, and its menus."""
        outbox = messages.outbox
        about = self._read_of(outbox.c.delivery_id, self.deliveries)
        unsent = self._read_of(outbox.c.conversation_id, self.threads, outbox.c.state.in_(_UNSENT))
        found = {each["id"]: each for each in (*about, *unsent)}
        taken = [each for each in found.values() if each["conversation_id"] in self.threads]
        self._write(outbox, sorted(taken, key=lambda each: int(each["seq"])))
        sayings = [saying for each in unsent for saying in each["sayings"]]
        self.offers.update(each.offer_id for each in sayings if each.offer_id)
        offers = self._read_of(messages.offers.c.id, self.offers)
        shown = [each for each in offers if each["conversation_id"] in self.threads]
        self._write(messages.offers, shown)

    def take(self, table: Table, *which: _Which) -> list[_Row]:
        """Take over the rows of a table for which all of that holds, and return them."""
        return self._write(table, self._read(table, *which))

    def take_of(self, column: Column[Any], ids: Iterable[str], *which: _Which) -> list[_Row]:
        """Take over the rows that belong to some ids, and return them."""
        return self._write(column.table, self._read_of(column, ids, *which))

    def _wanted(self) -> Iterable[Select[tuple[str]]]:
        """Return how to find the days' deliveries, and older ones to which something happens."""
        deliveries, wishes, waiting = (
            tables.deliveries.c,
            tables.standing_wishes.c,
            handovers.collections.c,
        )
        back = select(wishes.person_id).where(
            wishes.kind == StandingKind.AWAY,
            wishes.ended_at.is_(None),
            wishes.last_day <= self.last,
        )
        return (
            select(deliveries.id).where(deliveries.date.between(self.first, self.last)),
            # Nothing is said of a parcel before the day before its last one there.
            select(waiting.delivery_id).where(handovers.NOT_ENDED, waiting.last_day <= self.last),
            select(deliveries.id).where(
                deliveries.person_id.in_(back), deliveries.status == DeliveryStatus.ON_HOLD
            ),
        )

    def _requests(self) -> list[_Row]:
        """Return what neighbours were asked, or are about to be, about the deliveries."""
        table = handovers.neighbour_requests
        live = self._read(table, handovers.NOT_ERASED, table.c.state.in_(_REQUESTS))
        return [each for each in live if not self.deliveries.isdisjoint(each["delivery_ids"])]

    def _read(self, table: Table, *which: _Which) -> list[_Row]:
        rows = self.reading.execute(select(table).where(*which)).mappings()
        return [dict(row) for row in rows]

    def _read_of(self, column: Column[Any], ids: Iterable[str], *which: _Which) -> list[_Row]:
        return [
            row
            for some in batched(sorted(set(ids)), _AT_ONCE)
            for row in self._read(column.table, column.in_(some), *which)
        ]

    def _write(self, table: Table, rows: list[_Row]) -> list[_Row]:
        for some in batched(rows, _AT_ONCE):
            self.writing.execute(insert(table), list(some))
        return rows


def _ids(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]
