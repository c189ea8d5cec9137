"""The tables of planners that are other people's systems."""

from sqlalchemy import Column, Index, Integer, Table, text

from integrations.storage import forms
from integrations.storage.tables import metadata
from integrations.storage.types import Identifier, UtcDateTime, Value, Words

# Written out and not bound: a database uses a partial index only where it sees the same words.
NOT_WORKED = text("worked_at IS NULL")

outside_tasks = Table(
    "outside_tasks",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("planner", Identifier, nullable=False),
    Column("delivery_id", Identifier, nullable=False),
    Column("external_id", Identifier, nullable=False),
    Column("destination_id", Identifier, nullable=False),
    Column("place", Words, nullable=False),
    Column("plan_id", Identifier, nullable=False),
    Column("key", Identifier, nullable=False),
    Column("job_id", Identifier),
    Column("eta_at", UtcDateTime),
    Column("eta_noted_at", UtcDateTime),
    Index(None, "external_id"),
)

planner_events = Table(
    "planner_events",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("planner", Identifier, nullable=False),
    Column("kind", Identifier, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("external_id", Identifier, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("delivery_id", Identifier),
    Column("facts", Value(forms.write_facts, forms.read_facts), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worked_at", UtcDateTime),
)
Index(
    "planner_events_waiting",
    planner_events.c.at,
    postgresql_where=NOT_WORKED,
    sqlite_where=NOT_WORKED,
)

planner_spending = Table(
    "planner_spending",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("cents", Integer, nullable=False),
)
