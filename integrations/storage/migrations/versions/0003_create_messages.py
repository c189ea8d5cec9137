"""Create the tables of messages and of what happened."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _create_inbound()
    _create_outbox()
    _create_turns()
    _create_history()
    _create_staff_tasks()
    _create_driver_events()


def _create_inbound() -> None:
    op.create_table(
        "inbound",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("provider_id", IDENTIFIER, nullable=False),
        sa.Column("contact_id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("option_id", sa.Text()),
        sa.Column("media_count", sa.Integer(), nullable=False),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("worked_at", sa.DateTime(timezone=True)),
        sa.Column("trace", sa.JSON()),
        sa.PrimaryKeyConstraint("seq", name="inbound_pkey"),
        sa.UniqueConstraint("channel", "provider_id", name="inbound_channel_provider_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("inbound_conversation_id_seq", "inbound", ["conversation_id", "seq"])
    op.create_index(
        "inbound_unworked",
        "inbound",
        ["conversation_id", "seq"],
        postgresql_where=sa.text("worked_at IS NULL"),
        sqlite_where=sa.text("worked_at IS NULL"),
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("contact_id", IDENTIFIER, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("sayings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("delivery_id", IDENTIFIER),
        sa.Column("dedupe_key", IDENTIFIER),
        sa.Column("epoch", sa.Integer()),
        sa.Column("notice", IDENTIFIER),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempt_id", IDENTIFIER),
        sa.Column("interrupted", sa.Boolean(), nullable=False),
        sa.Column("claimed_by", IDENTIFIER),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True)),
        sa.Column("provider_id", IDENTIFIER),
        sa.Column("reason", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("segments", sa.Integer()),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("author_id", IDENTIFIER),
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="outbox_pkey"),
        sa.UniqueConstraint("dedupe_key", name="outbox_dedupe_key_key"),
        sa.UniqueConstraint("id", name="outbox_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_conversation_id_seq", "outbox", ["conversation_id", "seq"])
    op.create_index("outbox_delivery_id", "outbox", ["delivery_id"])
    op.create_index("outbox_provider_id", "outbox", ["provider_id"])
    op.create_index(
        "outbox_unsent",
        "outbox",
        ["purpose", "not_before", "seq"],
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
    )


def _create_turns() -> None:
    op.create_table(
        "turns",
        sa.Column("key", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("sayings", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handoff", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("key", name="turns_pkey"),
    )


def _create_history() -> None:
    op.create_table(
        "history",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("kind", IDENTIFIER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", IDENTIFIER, nullable=False),
        sa.Column("delivery_id", IDENTIFIER),
        sa.Column("conversation_id", IDENTIFIER),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="history_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("history_conversation_id_seq", "history", ["conversation_id", "seq"])
    op.create_index("history_delivery_id_seq", "history", ["delivery_id", "seq"])


def _create_staff_tasks() -> None:
    op.create_table(
        "staff_tasks",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("kind", IDENTIFIER, nullable=False),
        sa.Column("dedupe_key", IDENTIFIER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivery_id", IDENTIFIER),
        sa.Column("conversation_id", IDENTIFIER),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="staff_tasks_pkey"),
    )
    op.create_index(
        "staff_tasks_open",
        "staff_tasks",
        ["dedupe_key"],
        unique=True,
        postgresql_where=sa.text("done_at IS NULL"),
        sqlite_where=sa.text("done_at IS NULL"),
    )


def _create_driver_events() -> None:
    op.create_table(
        "driver_events",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("kind", IDENTIFIER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("route_id", IDENTIFIER, nullable=False),
        sa.Column("stop_id", IDENTIFIER),
        sa.Column("delivery_id", IDENTIFIER),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="driver_events_pkey"),
    )
    op.create_index("driver_events_route_id", "driver_events", ["route_id"])
