"""The tables of agents' screens: what moved, who looks on, drafts and canned replies."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from deliveries.model.console import Movement
from integrations.storage.tables import metadata
from integrations.storage.types import Identifier, Name, UtcDateTime, Words

chat_events = Table(
    "chat_events",
    metadata,
    Column(
        "seq",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("conversation_id", Identifier, nullable=False),
    Column("kind", Name(Movement), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

chat_views = Table(
    "chat_views",
    metadata,
    Column("agent_id", Identifier, nullable=False),
    Column("conversation_id", Identifier, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("typing_at", UtcDateTime),
    Column("read_seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("agent_id", "conversation_id"),
    Index(None, "conversation_id"),
)

reply_drafts = Table(
    "reply_drafts",
    metadata,
    Column("agent_id", Identifier, nullable=False),
    Column("conversation_id", Identifier, nullable=False),
    Column("mode", Identifier, nullable=False),
    Column("text", Words, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("agent_id", "conversation_id", "mode"),
)

canned_replies = Table(
    "canned_replies",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("code", Identifier, nullable=False),
    Column("text", Words, nullable=False),
    Column("made_by", Identifier, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("shipper_id", Identifier),
    Column("language", Identifier),
    UniqueConstraint("code", "shipper_id", "language"),
)
