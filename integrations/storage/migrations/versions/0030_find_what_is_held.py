"""Find what is held back without reading all that ever left."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

IS_HELD = sa.text("(state = 'suppressed' OR (state = 'queued' AND reason IS NOT NULL))")


def upgrade() -> None:
    """Add the index, newest last."""
    op.create_index(
        "outbox_held", "outbox", ["seq"], postgresql_where=IS_HELD, sqlite_where=IS_HELD
    )
