"""Limit accounts to shippers, and keep what came of tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Add the columns, and an index by what a task is about."""
    op.add_column("agents", sa.Column("shippers", sa.JSON()))
    op.execute("UPDATE agents SET shippers = '[]'")
    op.add_column("staff_tasks", sa.Column("done_by", sa.String()))
    op.add_column("staff_tasks", sa.Column("outcome", sa.String()))
    op.add_column("staff_tasks", sa.Column("note", sa.Text()))
    op.create_index("staff_tasks_delivery_id", "staff_tasks", ["delivery_id"])
