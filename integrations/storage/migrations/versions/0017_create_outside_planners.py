"""Create the tables of planners that are other people's systems."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NOT_WORKED = sa.text("worked_at IS NULL")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "outside_tasks",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("planner", IDENTIFIER, nullable=False),
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("external_id", IDENTIFIER, nullable=False),
        sa.Column("destination_id", IDENTIFIER, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("plan_id", IDENTIFIER, nullable=False),
        sa.Column("key", IDENTIFIER, nullable=False),
        sa.Column("job_id", IDENTIFIER),
        sa.Column("eta_at", sa.DateTime(timezone=True)),
        sa.Column("eta_noted_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="outside_tasks_pkey"),
    )
    op.create_index("outside_tasks_external_id", "outside_tasks", ["external_id"])
    op.create_table(
        "planner_events",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("planner", IDENTIFIER, nullable=False),
        sa.Column("kind", IDENTIFIER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("external_id", IDENTIFIER, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivery_id", IDENTIFIER),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="planner_events_pkey"),
    )
    op.create_index(
        "planner_events_waiting",
        "planner_events",
        ["at"],
        postgresql_where=NOT_WORKED,
        sqlite_where=NOT_WORKED,
    )
    op.create_table(
        "planner_spending",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="planner_spending_pkey"),
    )
