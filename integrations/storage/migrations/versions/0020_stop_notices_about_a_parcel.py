"""Keep since when a recipient wants no notices about a delivery."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the column."""
    op.add_column(
        "deliveries", sa.Column("notices_stopped_at", sa.DateTime(timezone=True), nullable=True)
    )
