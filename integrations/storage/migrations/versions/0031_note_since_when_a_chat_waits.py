"""Note since when a chat waits for staff: how soon they should answer is each shipper's to say."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Add the column."""
    op.add_column("handoffs", sa.Column("queued_at", sa.DateTime(timezone=True)))
