"""Keep with a stop how long the van waits there, so that nobody is served before they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Add the column."""
    op.add_column("stops", sa.Column("not_before", sa.DateTime(timezone=True)))
