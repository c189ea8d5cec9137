"""Add forms of messages, and what chats show of vans on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns, with words as the form of what there is, and create the table."""
    op.add_column("outbox", sa.Column("form", sa.String(), nullable=False, server_default="words"))
    op.add_column("outbox", sa.Column("changes", IDENTIFIER))
    op.create_table(
        "live_views",
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("message_id", IDENTIFIER, nullable=False),
        sa.Column("shown_eta", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("location_id", IDENTIFIER),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("moved_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("delivery_id", name="live_views_pkey"),
    )
    op.create_index(
        "live_views_open",
        "live_views",
        ["delivery_id"],
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
