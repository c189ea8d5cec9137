"""Add shippers' own words."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "own_wordings",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("shipper_id", IDENTIFIER, nullable=False),
        sa.Column("name", IDENTIFIER, nullable=False),
        sa.Column("language", IDENTIFIER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="own_wordings_pkey"),
        sa.UniqueConstraint(
            "shipper_id",
            "name",
            "language",
            "version",
            name="own_wordings_shipper_id_name_language_version_key",
        ),
        sa.ForeignKeyConstraint(
            ["shipper_id"],
            ["shippers.id"],
            name="own_wordings_shipper_id_fkey",
            deferrable=True,
            initially="DEFERRED",
        ),
        sqlite_autoincrement=True,
    )
