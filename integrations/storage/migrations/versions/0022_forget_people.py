"""Note whose names were taken away, and find those that were not."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the columns and the index."""
    instant = sa.DateTime(timezone=True)
    op.add_column("people", sa.Column("erased_at", instant))
    op.add_column("deliveries", sa.Column("erased_at", instant))
    is_kept = sa.text("erased_at IS NULL")
    op.create_index(
        "deliveries_with_names",
        "deliveries",
        ["date", "id"],
        postgresql_where=is_kept,
        sqlite_where=is_kept,
    )
