"""The tables of staff: accounts, sessions, failed sign-ins and the audit log."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from deliveries.model.staff import SessionStage
from integrations.storage import forms
from integrations.storage.tables import metadata, reference
from integrations.storage.types import Identifier, Name, UtcDateTime, Value, Values, Words

_Facts = Value(forms.write_facts, forms.read_facts)
_Texts = Values(forms.write_text, forms.read_text)

agents = Table(
    "agents",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("name", Words, nullable=False),
    Column("password_hash", Words, nullable=False),
    Column("role", Identifier, nullable=False),
    Column("password_chosen_at", UtcDateTime),
    Column("disabled_at", UtcDateTime),
    Column("totp_sealed", LargeBinary),
    Column("totp_confirmed_at", UtcDateTime),
    Column("totp_step", BigInteger),
    Column("subject", Words),
    Column("shippers", _Texts),
    Column("row_version", Integer, nullable=False),
    UniqueConstraint("name"),
    UniqueConstraint("subject"),
)

_AGENT = ForeignKey("agents.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")
attendances = Table(
    "attendances",
    metadata,
    Column("agent_id", Identifier, _AGENT, primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("is_taking", Boolean, nullable=False),
    Column("most", Integer, nullable=False),
    Column("languages", _Texts, nullable=False),
    Column("shippers", _Texts, nullable=False),
)

agent_sessions = Table(
    "agent_sessions",
    metadata,
    Column("token_hash", Identifier, primary_key=True),
    reference("agent_id", "agents.id", ondelete="CASCADE"),
    Column("csrf_token", Identifier, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("id", Identifier, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("stage", Name(SessionStage), nullable=False),
    Column("role", Identifier, nullable=False),
    Column("device", Words, nullable=False),
    UniqueConstraint("id"),
    Index(None, "agent_id"),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("code_hash", Identifier, primary_key=True),
    reference("agent_id", "agents.id", ondelete="CASCADE"),
    Index(None, "agent_id"),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("subject", Identifier, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("blocked_until", UtcDateTime),
    Index(None, "last_at"),
)

# Written at commit only, each row chained to the one before. Triggers refuse changes and removals;
# whoever may drop the triggers breaks the chain.
audit_log = Table(
    "audit_log",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Identifier, nullable=False),
    Column("action", Identifier, nullable=False),
    Column("object_kind", Identifier, nullable=False),
    Column("object_id", Identifier, nullable=False),
    Column("before", _Facts, nullable=False),
    Column("after", _Facts, nullable=False),
    Column("reason", Words),
    Column("request_id", Identifier),
    Column("previous_hash", Identifier, nullable=False),
    Column("entry_hash", Identifier, nullable=False),
    Index(None, "object_kind", "object_id", "seq"),
    Index(None, "actor", "seq"),
)

# One row: the end of the chain, and the lock under which it grows.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("entry_hash", Identifier, nullable=False),
    CheckConstraint("id = 1", name="single"),
)
