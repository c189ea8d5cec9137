"""Add what recipients thought of it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "ratings",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.Column("delivery_id", IDENTIFIER),
        sa.Column("handoff_id", IDENTIFIER),
        sa.Column("stop_id", IDENTIFIER),
        sa.Column("route_id", IDENTIFIER),
        sa.Column("score", sa.Integer()),
        sa.Column("scored_at", sa.DateTime(timezone=True)),
        sa.Column("comment", sa.Text()),
        sa.Column("comment_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="ratings_pkey"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="ratings_conversation_id_fkey",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(
        "ratings_conversation_id_expires_at", "ratings", ["conversation_id", "expires_at"]
    )
    op.create_index("ratings_scored_at", "ratings", ["scored_at"])
    op.create_index(
        "ratings_due",
        "ratings",
        ["due_at"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
