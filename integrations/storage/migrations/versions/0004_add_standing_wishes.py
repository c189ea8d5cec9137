"""Add standing wishes, what is needed at the door, and released signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns with what holds of deliveries so far, and create the table."""
    op.add_column("deliveries", sa.Column("door", sa.JSON()))
    op.add_column(
        "deliveries",
        sa.Column("signature_released", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "standing_wishes",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_day", sa.Date()),
        sa.Column("last_day", sa.Date()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="standing_wishes_pkey"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name="standing_wishes_person_id_fkey",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(
        "standing_wishes_one_of_a_kind",
        "standing_wishes",
        ["person_id", "kind"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
