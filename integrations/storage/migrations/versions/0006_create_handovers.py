"""Create the tables of neighbours' consent, of codes and of what waits at pickup points."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    _create_neighbour_requests()
    _create_handover_codes()
    _create_collections()


def _create_neighbour_requests() -> None:
    op.create_table(
        "neighbour_requests",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("delivery_ids", sa.JSON(), nullable=False),
        sa.Column("contact_id", IDENTIFIER),
        sa.Column("name", sa.Text()),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message_id", IDENTIFIER),
        sa.Column("offer_id", IDENTIFIER),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="neighbour_requests_pkey"),
    )
    op.create_index("neighbour_requests_contact_id", "neighbour_requests", ["contact_id"])
    _create_partial("neighbour_requests_live", ["made_at"], "state IN ('asked', 'accepted')")
    _create_partial("neighbour_requests_kept", ["made_at"], "erased_at IS NULL")


def _create_handover_codes() -> None:
    op.create_table(
        "handover_codes",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="handover_codes_pkey"),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name="handover_codes_delivery_id_fkey",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("handover_codes_delivery_id", "handover_codes", ["delivery_id"])


def _create_collections() -> None:
    op.create_table(
        "collections",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("pickup_point_id", IDENTIFIER, nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.String()),
        sa.PrimaryKeyConstraint("id", name="collections_pkey"),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"],
                [f"{target}.id"],
                name=f"collections_{name}_id_fkey",
                deferrable=True,
                initially="DEFERRED",
            )
            for name, target in (("delivery", "deliveries"), ("pickup_point", "pickup_points"))
        ),
    )
    op.create_index(
        "collections_waiting",
        "collections",
        ["delivery_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )


def _create_partial(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        name,
        "neighbour_requests",
        columns,
        postgresql_where=condition,
        sqlite_where=condition,
    )
