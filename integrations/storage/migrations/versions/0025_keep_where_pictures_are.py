"""Keep by what a network fetches the pictures that people sent."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add the column; of what came before nobody knows where it is."""
    op.add_column("inbound", sa.Column("pictures", sa.JSON()))
    op.execute("UPDATE inbound SET pictures = '[]'")
