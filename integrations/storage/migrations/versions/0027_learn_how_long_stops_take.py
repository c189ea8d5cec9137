"""Keep how much longer stops take than planned: as learned, and with each route."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the columns."""
    for table in ("eta_days", "eta_calibrations", "routes"):
        op.add_column(table, sa.Column("stop_paces", sa.JSON()))
