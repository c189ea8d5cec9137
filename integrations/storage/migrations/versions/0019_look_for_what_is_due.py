"""Find what may be due to be told by indexes without anything of the past."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

ON_THE_WAY = sa.text("status IN ('pending', 'in_transit', 'out_for_delivery')")
BROUGHT_BACK = sa.text("status = 'delivery_failed'")


def upgrade() -> None:
    """Create the indexes."""
    op.create_index(
        "deliveries_on_their_way",
        "deliveries",
        [
            "zone",
            "date",
            "eta_at",
            "route_id",
            "promised_start",
            "promised_end",
            "window_start",
            "attempts",
            "status",
            "id",
            "person_id",
        ],
        postgresql_where=ON_THE_WAY,
        sqlite_where=ON_THE_WAY,
    )
    op.create_index(
        "deliveries_brought_back",
        "deliveries",
        ["date", "status_at"],
        postgresql_where=BROUGHT_BACK,
        sqlite_where=BROUGHT_BACK,
    )
    op.create_index("routes_date", "routes", ["date"])
