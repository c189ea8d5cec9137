"""Keep with each route how much longer its legs take at which hours."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the column."""
    op.add_column("routes", sa.Column("paces", sa.JSON()))
