"""Note the windows that were refused at once and are still looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Add the column and the index of what is left to do."""
    op.add_column("offers", sa.Column("sought", sa.JSON()))
    op.create_index(
        "offers_sought",
        "offers",
        ["created_at"],
        postgresql_where=sa.text("sought IS NOT NULL"),
        sqlite_where=sa.text("sought IS NOT NULL"),
    )
