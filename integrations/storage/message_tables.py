"""The tables of conversations, choices, messages and what happened."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from deliveries.model.challenge import ChallengeKind, ChallengeState
from deliveries.model.conversation import ConversationState, HandoffState
from deliveries.model.message import Form, OutboxState, Purpose
from deliveries.model.offer import HoldState, OptionKind
from deliveries.model.preference import ChangeState, PreferenceState
from deliveries.model.recipient import Channel
from integrations.storage import forms
from integrations.storage.tables import metadata, reference
from integrations.storage.types import Identifier, Name, UtcDateTime, Value, Values, Words

# Order of arrival. SQLite counts by itself only in a column of type INTEGER.
_Sequence = BigInteger().with_variant(Integer, "sqlite")

_Facts = Value(forms.write_facts, forms.read_facts)
_Texts = Values(forms.write_text, forms.read_text)
_Sayings = Values(forms.write_saying, forms.read_saying)

# Written out and not bound: a database uses a partial index only where it sees the same words.
UNSENT = text("state IN ('queued', 'sending')")
LEFT = text("state = 'sent'")
OPEN_CHANGE = text("state IN ('pending', 'sent')")
UNWORKED = text("worked_at IS NULL")
NOT_DONE = text("done_at IS NULL")
NOT_CLOSED = text("state <> 'closed'")
STILL_HELD = text("state = 'held'")
NOT_ENDED = text("ended_at IS NULL")
IS_SOUGHT = text("sought IS NOT NULL")
IS_TOLD_ALONG = text("told_in IS NOT NULL")
IS_HELD = text("(state = 'suppressed' OR (state = 'queued' AND reason IS NOT NULL))")
IS_DUE = text("due_at IS NOT NULL")

conversations = Table(
    "conversations",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("person_id", "people.id"),
    Column("state", Name(ConversationState), nullable=False),
    Column("owner_id", Identifier),
    Column("version", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("focus", _Texts, nullable=False),
    Column("draft", Value(forms.write_draft, forms.read_draft)),
    Column("last_offer_id", Identifier),
    Column("misunderstandings", Integer, nullable=False),
    Column("last_contact_id", Identifier),
    Column("claimed_by", Identifier),
    Column("claimed_until", UtcDateTime),
    UniqueConstraint("person_id"),
)

handoffs = Table(
    "handoffs",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("conversation_id", "conversations.id"),
    Column("reason", Words, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("summary", _Facts, nullable=False),
    Column("state", Name(HandoffState), nullable=False),
    Column("agent_id", Identifier),
    Column("claimed_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("outcome", Words),
    Column("due_at", UtcDateTime),
    Column("timer_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    Column("queued_at", UtcDateTime),
    Column("row_version", Integer, nullable=False),
    Index(None, "conversation_id"),
    Index(None, "timer_at"),
)
Index(
    "handoffs_open",
    handoffs.c.priority,
    handoffs.c.requested_at,
    postgresql_where=NOT_CLOSED,
    sqlite_where=NOT_CLOSED,
)

notes = Table(
    "notes",
    metadata,
    Column("id", Identifier, nullable=False),
    reference("conversation_id", "conversations.id"),
    Column("agent_id", Identifier, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    UniqueConstraint("id"),
    Index(None, "conversation_id", "seq"),
    sqlite_autoincrement=True,
)

offers = Table(
    "offers",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("conversation_id", "conversations.id"),
    Column("delivery_ids", _Texts, nullable=False),
    Column("options", Values(forms.write_option, forms.read_option), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("chosen_option_id", Identifier),
    Column("sought", Values(forms.write_window, forms.read_window)),
    Index(None, "conversation_id"),
)
Index(
    "offers_sought",
    offers.c.created_at,
    postgresql_where=IS_SOUGHT,
    sqlite_where=IS_SOUGHT,
)

# A resource without a total has no limit; what is taken of it is counted all the same, so that a
# limit set later starts from the truth.
capacities = Table(
    "capacities",
    metadata,
    Column("resource", Identifier, primary_key=True),
    Column("total", Integer),
    Column("taken", Integer, nullable=False),
    CheckConstraint("taken >= 0", name="taken"),
)

holds = Table(
    "holds",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("resource", Identifier, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("offer_id", Identifier, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("state", Name(HoldState), nullable=False),
    CheckConstraint("quantity > 0", name="quantity"),
    Index(None, "offer_id"),
)
Index("holds_held", holds.c.expires_at, postgresql_where=STILL_HELD, sqlite_where=STILL_HELD)

preferences = Table(
    "preferences",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("delivery_id", "deliveries.id"),
    Column("version", Integer, nullable=False),
    Column("kind", Name(OptionKind), nullable=False),
    Column("details", _Facts, nullable=False),
    Column("chosen_at", UtcDateTime, nullable=False),
    Column("contact_id", Identifier),
    Column("before", _Facts, nullable=False),
    Column("hold_id", Identifier),
    Column("state", Name(PreferenceState), nullable=False),
    Column("decided_at", UtcDateTime),
    UniqueConstraint("delivery_id", "version"),
)

planner_changes = Table(
    "planner_changes",
    metadata,
    Column("id", Identifier, nullable=False),
    reference("preference_id", "preferences.id"),
    Column("delivery_id", Identifier, nullable=False),
    Column("depot_id", Identifier, nullable=False),
    Column("idempotency_key", Identifier, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("next_attempt_at", UtcDateTime),
    Column("state", Name(ChangeState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_by", Identifier),
    Column("claimed_until", UtcDateTime),
    Column("reason", Words),
    Column("decided_at", UtcDateTime),
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    UniqueConstraint("id"),
    UniqueConstraint("idempotency_key"),
    Index(None, "preference_id"),
    Index(None, "delivery_id", "seq"),
    sqlite_autoincrement=True,
)
Index(
    "planner_changes_open",
    planner_changes.c.seq,
    postgresql_where=OPEN_CHANGE,
    sqlite_where=OPEN_CHANGE,
)

challenges = Table(
    "challenges",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("kind", Name(ChallengeKind), nullable=False),
    reference("delivery_id", "deliveries.id"),
    Column("sent_to", Identifier, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("conversation_id", Identifier),
    Column("asked_by", Identifier),
    Column("offer_id", Identifier),
    Column("option", Value(forms.write_option, forms.read_option)),
    Column("code_sealed", LargeBinary),
    Column("tries", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("state", Name(ChallengeState), nullable=False),
    Column("settled_at", UtcDateTime),
    Column("row_version", Integer, nullable=False),
    Index(None, "conversation_id", "created_at"),
    Index(None, "delivery_id", "created_at"),
    Index(None, "sent_to", "created_at"),
    Index(None, "asked_by", "created_at"),
)

inbound = Table(
    "inbound",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("channel", Name(Channel), nullable=False),
    Column("provider_id", Identifier, nullable=False),
    Column("contact_id", Identifier, nullable=False),
    Column("conversation_id", Identifier, nullable=False),
    Column("text", Words, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("option_id", Words),
    Column("media_count", Integer, nullable=False),
    Column("pictures", _Texts),
    Column("lat", Float),
    Column("lon", Float),
    Column("worked_at", UtcDateTime),
    Column("trace", _Facts),
    Column("code_sealed", LargeBinary),
    UniqueConstraint("channel", "provider_id"),
    Index(None, "conversation_id", "seq"),
    Index(None, "received_at"),
    sqlite_autoincrement=True,
)
Index(
    "inbound_unworked",
    inbound.c.conversation_id,
    inbound.c.seq,
    postgresql_where=UNWORKED,
    sqlite_where=UNWORKED,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Identifier, nullable=False),
    Column("conversation_id", Identifier, nullable=False),
    Column("contact_id", Identifier, nullable=False),
    Column("purpose", Name(Purpose), nullable=False),
    Column("sayings", _Sayings, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("delivery_id", Identifier),
    Column("dedupe_key", Identifier),
    Column("epoch", Integer),
    Column("notice", Identifier),
    Column("state", Name(OutboxState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("attempt_id", Identifier),
    Column("interrupted", Boolean, nullable=False),
    Column("claimed_by", Identifier),
    Column("claimed_until", UtcDateTime),
    Column("next_attempt_at", UtcDateTime),
    Column("provider_id", Identifier),
    Column("reason", Words),
    Column("text", Words),
    Column("segments", Integer),
    Column("sent_at", UtcDateTime),
    Column("author_id", Identifier),
    Column("form", Name(Form), nullable=False, server_default=Form.WORDS.value),
    Column("changes", Identifier),
    Column("told_in", Identifier),
    Column("channel", Name(Channel)),
    Column("rank", Integer),
    Column("lane", Identifier),
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    UniqueConstraint("id"),
    UniqueConstraint("dedupe_key"),
    Index(None, "conversation_id", "seq"),
    Index(None, "provider_id"),
    Index(None, "delivery_id"),
    sqlite_autoincrement=True,
)
# What leaves next on a channel; whose turn it is there; and what is too old to leave at all.
for _name, _columns in (
    ("outbox_unsent", (outbox.c.channel, outbox.c.rank, outbox.c.not_before, outbox.c.seq)),
    (
        "outbox_lanes",
        (outbox.c.channel, outbox.c.rank, outbox.c.lane, outbox.c.not_before, outbox.c.seq),
    ),
    ("outbox_expiring", (outbox.c.expires_at,)),
):
    Index(_name, *_columns, postgresql_where=UNSENT, sqlite_where=UNSENT)
Index(
    "outbox_unconfirmed",
    outbox.c.channel,
    outbox.c.sent_at,
    postgresql_where=LEFT,
    sqlite_where=LEFT,
)
Index("outbox_held", outbox.c.seq, postgresql_where=IS_HELD, sqlite_where=IS_HELD)
Index(
    "outbox_told_along",
    outbox.c.told_in,
    postgresql_where=IS_TOLD_ALONG,
    sqlite_where=IS_TOLD_ALONG,
)

own_wordings = Table(
    "own_wordings",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    reference("shipper_id", "shippers.id"),
    Column("name", Identifier, nullable=False),
    Column("language", Identifier, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Words),
    Column("written_at", UtcDateTime, nullable=False),
    Column("written_by", Words, nullable=False),
    UniqueConstraint("shipper_id", "name", "language", "version"),
    sqlite_autoincrement=True,
)

ratings = Table(
    "ratings",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("conversation_id", "conversations.id"),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("asked_at", UtcDateTime),
    Column("delivery_id", Identifier),
    Column("handoff_id", Identifier),
    Column("stop_id", Identifier),
    Column("route_id", Identifier),
    Column("score", Integer),
    Column("scored_at", UtcDateTime),
    Column("comment", Words),
    Column("comment_until", UtcDateTime),
    Index(None, "conversation_id", "expires_at"),
    Index(None, "scored_at"),
)
Index("ratings_due", ratings.c.due_at, postgresql_where=IS_DUE, sqlite_where=IS_DUE)

live_views = Table(
    "live_views",
    metadata,
    Column("delivery_id", Identifier, primary_key=True),
    Column("message_id", Identifier, nullable=False),
    Column("shown_eta", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("location_id", Identifier),
    Column("lat", Float),
    Column("lon", Float),
    Column("moved_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
)
Index(
    "live_views_open",
    live_views.c.delivery_id,
    postgresql_where=NOT_ENDED,
    sqlite_where=NOT_ENDED,
)

turns = Table(
    "turns",
    metadata,
    Column("key", Identifier, primary_key=True),
    Column("conversation_id", Identifier, nullable=False),
    Column("sayings", _Sayings, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("handoff", String),
)

history = Table(
    "history",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("kind", Identifier, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Identifier, nullable=False),
    Column("delivery_id", Identifier),
    Column("conversation_id", Identifier),
    Column("facts", _Facts, nullable=False),
    Index(None, "delivery_id", "seq"),
    Index(None, "conversation_id", "seq"),
    sqlite_autoincrement=True,
)

staff_tasks = Table(
    "staff_tasks",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("kind", Identifier, nullable=False),
    Column("dedupe_key", Identifier, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("delivery_id", Identifier),
    Column("conversation_id", Identifier),
    Column("facts", _Facts, nullable=False),
    Column("done_at", UtcDateTime),
    Column("done_by", Identifier),
    Column("outcome", Identifier),
    Column("note", Words),
    Index(None, "delivery_id"),
)
Index(
    "staff_tasks_open",
    staff_tasks.c.dedupe_key,
    unique=True,
    postgresql_where=NOT_DONE,
    sqlite_where=NOT_DONE,
)

driver_events = Table(
    "driver_events",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("kind", Identifier, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("route_id", Identifier, nullable=False),
    Column("stop_id", Identifier),
    Column("delivery_id", Identifier),
    Column("details", _Facts, nullable=False),
    Index(None, "route_id"),
)
