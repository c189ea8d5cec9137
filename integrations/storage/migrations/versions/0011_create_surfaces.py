"""Create the tables of other places where agents work."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "surface_cases",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("surface", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", IDENTIFIER),
        sa.Column("shown", IDENTIFIER, nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("to_check", sa.Boolean(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True)),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="surface_cases_pkey"),
        sa.UniqueConstraint(
            "surface", "conversation_id", name="surface_cases_surface_conversation_id_key"
        ),
    )
    op.create_index("surface_cases_surface_place", "surface_cases", ["surface", "place"])
    op.create_table(
        "surface_lines",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("surface", IDENTIFIER, nullable=False),
        sa.Column("ref", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("external_id", IDENTIFIER),
        sa.Column("told", sa.Text()),
        sa.Column("owed", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="surface_lines_pkey"),
    )
    op.create_index(
        "surface_lines_surface_conversation_id", "surface_lines", ["surface", "conversation_id"]
    )
    op.create_table(
        "surface_members",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("surface", IDENTIFIER, nullable=False),
        sa.Column("external_id", IDENTIFIER, nullable=False),
        sa.Column("agent_id", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="surface_members_pkey"),
        sa.UniqueConstraint("surface", "agent_id", name="surface_members_surface_agent_id_key"),
    )
    op.create_table(
        "surface_followers",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("claimed_by", IDENTIFIER),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="surface_followers_pkey"),
    )
