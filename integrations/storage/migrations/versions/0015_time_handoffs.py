"""Give handoffs their target, their timer, and when a person answered and resolved them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

COLUMNS = ("due_at", "timer_at", "answered_at", "resolved_at")


def upgrade() -> None:
    """Add the columns."""
    for name in COLUMNS:
        op.add_column("handoffs", sa.Column(name, sa.DateTime(timezone=True)))
    op.create_index("handoffs_timer_at", "handoffs", ["timer_at"])
