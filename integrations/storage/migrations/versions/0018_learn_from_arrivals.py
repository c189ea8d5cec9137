"""Create the tables of expected arrivals and their errors."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)
COUNTS = (
    "stops",
    "promised",
    "kept",
    "width_s",
    "learned_promised",
    "learned_kept",
    "learned_width_s",
    "fixed_kept",
    "p50_s",
    "p90_s",
)


def upgrade() -> None:
    """Create the tables."""
    _create_windows_told()
    _create_learned()


def _create_windows_told() -> None:
    op.create_table(
        "eta_promises",
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("depot_id", IDENTIFIER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("eta_at", INSTANT, nullable=False),
        sa.Column("window_start", INSTANT, nullable=False),
        sa.Column("window_end", INSTANT, nullable=False),
        sa.Column("is_learned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", name="eta_promises_pkey"),
    )
    op.create_index("eta_promises_depot_id_day", "eta_promises", ["depot_id", "day"])
    op.create_table(
        "eta_errors",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            autoincrement=True,
        ),
        sa.Column("depot_id", IDENTIFIER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("stops_ahead", sa.SmallInteger(), nullable=False),
        sa.Column("error_s", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="eta_errors_pkey"),
    )
    op.create_index("eta_errors_depot_id_day", "eta_errors", ["depot_id", "day"])


def _create_learned() -> None:
    op.create_table(
        "eta_days",
        sa.Column("depot_id", IDENTIFIER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("learned_at", INSTANT, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("paces", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("depot_id", "day", name="eta_days_pkey"),
    )
    op.create_index("eta_days_day", "eta_days", ["day"])
    op.create_table(
        "eta_calibrations",
        sa.Column("depot_id", IDENTIFIER, nullable=False),
        sa.Column("calibrated_at", INSTANT, nullable=False),
        sa.Column("shift", sa.Float(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("paces", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("depot_id", name="eta_calibrations_pkey"),
    )
