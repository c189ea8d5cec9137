"""A copy in memory of what a day needs, to try things on that must not happen."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, Table, insert, or_, select

from deliveries.model.message import OutboxState
from deliveries.services.notices.posting import prefix_of
from integrations.storage import message_tables as messages
from integrations.storage import tables
from integrations.storage.engines import READ_ONLY, make_engine
from integrations.storage.tables import metadata
from integrations.storage.unit_of_work import Storage

_ROWS_AT_ONCE = 500
_WHOLE = (
    tables.shippers,
    tables.depots,
    tables.vehicles,
    tables.pickup_points,
    messages.capacities,
    messages.own_wordings,
)
_UNSENT = (OutboxState.QUEUED, OutboxState.SENDING)


def copy_days(source: Storage, first: date, last: date) -> Storage:
    """Return a store in memory with some days' deliveries, and all that is said of them by now.

    What people wrote, codes, sessions and the past are left behind.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    copy = Storage(make_engine("sqlite://"))
    metadata.create_all(copy.engine)
    wanted = _wanted(first, last)
    with (
        source.engine.connect().execution_options(**{READ_ONLY: True}) as reading,
        copy.engine.begin() as writing,
    ):
        for table in metadata.sorted_tables:
            if table.name not in wanted:
                continue
            rows = reading.execute(wanted[table.name]).mappings()
            for some in rows.partitions(_ROWS_AT_ONCE):
                writing.execute(insert(table), [dict(row) for row in some])
    return copy


def _wanted(first: date, last: date) -> Mapping[str, Select[tuple[object, ...]]]:
    """Return what to copy of each table; of the others nothing."""
    conditions = _of_the_days(first, last)
    return {
        **{table.name: select(table) for table in _WHOLE},
        **{table.name: select(table).where(which) for table, which in conditions.items()},
    }


def _of_the_days(first: date, last: date) -> Mapping[Table, ColumnElement[bool]]:
    """Return which rows belong to the days' deliveries, people and routes."""
    is_near = tables.deliveries.c.date.between(first, last)
    deliveries = select(tables.deliveries.c.id).where(is_near)
    also = select(tables.co_recipients.c.person_id).where(
        tables.co_recipients.c.delivery_id.in_(deliveries)
    )
    people = select(tables.deliveries.c.person_id).where(is_near).union(also)
    plans = select(tables.plans.c.id).where(tables.plans.c.date.between(first, last))
    routes = select(tables.routes.c.id).where(tables.routes.c.plan_id.in_(plans))
    threads = select(messages.conversations.c.id).where(
        messages.conversations.c.person_id.in_(people)
    )
    of_thread = messages.outbox.c.conversation_id.in_(threads)
    return {
        tables.people: tables.people.c.id.in_(people),
        tables.contacts: tables.contacts.c.person_id.in_(people),
        tables.standing_wishes: tables.standing_wishes.c.person_id.in_(people),
        tables.deliveries: is_near,
        tables.parcel_numbers: tables.parcel_numbers.c.delivery_id.in_(deliveries),
        tables.co_recipients: tables.co_recipients.c.delivery_id.in_(deliveries),
        tables.plans: tables.plans.c.id.in_(plans),
        tables.routes: tables.routes.c.plan_id.in_(plans),
        tables.stops: tables.stops.c.route_id.in_(routes),
        messages.conversations: messages.conversations.c.id.in_(threads),
        messages.preferences: messages.preferences.c.delivery_id.in_(deliveries),
        messages.ratings: messages.ratings.c.conversation_id.in_(threads),
        messages.outbox: of_thread & _is_told_or_waits(first, last),
    }


def _is_told_or_waits(first: date, last: date) -> ColumnElement[bool]:
    """Whether a message waits to leave, or is a notice about the days, which is told once."""
    written = messages.outbox.c
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return or_(
        written.state.in_(_UNSENT),
        *(written.dedupe_key.startswith(prefix_of(day.isoformat())) for day in days),
    )
