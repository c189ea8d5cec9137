"""Find what arrived on a day without reading what arrived on others."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Create the index."""
    op.create_index("inbound_received_at", "inbound", ["received_at"])
