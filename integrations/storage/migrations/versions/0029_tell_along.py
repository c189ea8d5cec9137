"""Note in which message a delivery is told of together with others."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
IS_TOLD_ALONG = sa.text("told_in IS NOT NULL")


def upgrade() -> None:
    """Add the column, and the index by which the gate finds who else is told."""
    op.add_column("outbox", sa.Column("told_in", IDENTIFIER))
    op.create_index(
        "outbox_told_along",
        "outbox",
        ["told_in"],
        postgresql_where=IS_TOLD_ALONG,
        sqlite_where=IS_TOLD_ALONG,
    )
