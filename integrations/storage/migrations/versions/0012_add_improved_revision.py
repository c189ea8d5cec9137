"""Remember for which revision of a plan better routes were looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the column; for plans that there are, none were."""
    op.add_column(
        "plans", sa.Column("improved_revision", sa.Integer(), nullable=False, server_default="0")
    )
