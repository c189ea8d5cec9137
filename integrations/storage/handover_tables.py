"""The tables of neighbours' consent, of codes for handing over and of what waits somewhere."""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, Table, text

from deliveries.model.handover import CodeKind, CollectionOutcome, NeighbourState
from integrations.storage import forms
from integrations.storage.tables import metadata, reference
from integrations.storage.types import Identifier, Name, UtcDateTime, Values, Words

# Written out and not bound: a database uses a partial index only where it sees the same words.
LIVE_REQUEST = text("state IN ('asked', 'accepted')")
NOT_ERASED = text("erased_at IS NULL")
NOT_ENDED = text("ended_at IS NULL")

neighbour_requests = Table(
    "neighbour_requests",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("delivery_ids", Values(forms.write_text, forms.read_text), nullable=False),
    Column("contact_id", Identifier),
    Column("name", Words),
    Column("made_at", UtcDateTime, nullable=False),
    Column("state", Name(NeighbourState), nullable=False),
    Column("message_id", Identifier),
    Column("offer_id", Identifier),
    Column("asked_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Column("erased_at", UtcDateTime),
    Index(None, "contact_id"),
)
Index(
    "neighbour_requests_live",
    neighbour_requests.c.made_at,
    postgresql_where=LIVE_REQUEST,
    sqlite_where=LIVE_REQUEST,
)
Index(
    "neighbour_requests_kept",
    neighbour_requests.c.made_at,
    postgresql_where=NOT_ERASED,
    sqlite_where=NOT_ERASED,
)

handover_codes = Table(
    "handover_codes",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("delivery_id", "deliveries.id"),
    Column("kind", Name(CodeKind), nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("name", Words),
    Column("ended_at", UtcDateTime),
    Index(None, "delivery_id"),
)

collections = Table(
    "collections",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("delivery_id", "deliveries.id"),
    reference("pickup_point_id", "pickup_points.id"),
    Column("ready_at", UtcDateTime, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("extensions", Integer, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("outcome", Name(CollectionOutcome)),
)
# A delivery waits in one place at a time.
Index(
    "collections_waiting",
    collections.c.delivery_id,
    unique=True,
    postgresql_where=NOT_ENDED,
    sqlite_where=NOT_ENDED,
)
