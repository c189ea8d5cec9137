"""Find what has left and was not reported on."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create the index."""
    is_left = sa.text("state = 'sent'")
    op.create_index(
        "outbox_unconfirmed",
        "outbox",
        ["channel", "sent_at"],
        postgresql_where=is_left,
        sqlite_where=is_left,
    )
