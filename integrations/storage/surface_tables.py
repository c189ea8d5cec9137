"""The tables of other places where agents work."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, UniqueConstraint

from integrations.storage.tables import metadata
from integrations.storage.types import Identifier, UtcDateTime, Words

surface_cases = Table(
    "surface_cases",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("surface", Identifier, nullable=False),
    Column("conversation_id", Identifier, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("place", Identifier),
    Column("shown", Identifier, nullable=False),
    Column("moves", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    Column("to_check", Boolean, nullable=False),
    Column("is_over", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", UtcDateTime),
    Column("row_version", Integer, nullable=False),
    UniqueConstraint("surface", "conversation_id"),
    Index(None, "surface", "place"),
)

surface_lines = Table(
    "surface_lines",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("surface", Identifier, nullable=False),
    Column("ref", Identifier, nullable=False),
    Column("conversation_id", Identifier, nullable=False),
    Column("external_id", Identifier),
    Column("told", Words),
    Column("owed", Words),
    Index(None, "surface", "conversation_id"),
)

surface_members = Table(
    "surface_members",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("surface", Identifier, nullable=False),
    Column("external_id", Identifier, nullable=False),
    Column("agent_id", Identifier, nullable=False),
    UniqueConstraint("surface", "agent_id"),
)

surface_followers = Table(
    "surface_followers",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("claimed_by", Identifier),
    Column("claimed_until", UtcDateTime),
)
