"""Create the tables of agents' screens: what moved, who looks on, drafts and canned replies."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "chat_events",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            autoincrement=True,
        ),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="chat_events_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "chat_views",
        sa.Column("agent_id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("typing_at", sa.DateTime(timezone=True)),
        sa.Column("read_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "conversation_id", name="chat_views_pkey"),
    )
    op.create_index("chat_views_conversation_id", "chat_views", ["conversation_id"])
    op.create_table(
        "reply_drafts",
        sa.Column("agent_id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("mode", IDENTIFIER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "conversation_id", "mode", name="reply_drafts_pkey"),
    )
    op.create_table(
        "canned_replies",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("code", IDENTIFIER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", IDENTIFIER, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shipper_id", IDENTIFIER),
        sa.Column("language", IDENTIFIER),
        sa.PrimaryKeyConstraint("id", name="canned_replies_pkey"),
        sa.UniqueConstraint(
            "code", "shipper_id", "language", name="canned_replies_code_shipper_id_language_key"
        ),
    )
