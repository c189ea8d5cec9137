"""Add codes that were sent, further people on a delivery, and what a delivery's identity needs."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Create two tables and add columns that former code need not know."""
    _create_challenges()
    op.create_table(
        "co_recipients",
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("contact_id", IDENTIFIER, nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name="co_recipients_delivery_id_fkey",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name="co_recipients_person_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("delivery_id", "person_id", name="co_recipients_pkey"),
    )
    op.create_index("co_recipients_person_id", "co_recipients", ["person_id"])
    op.add_column("deliveries", sa.Column("contact_id", IDENTIFIER))
    op.add_column("deliveries", sa.Column("booked_at", sa.DateTime(timezone=True)))
    op.add_column(
        "deliveries",
        sa.Column("requires_pin", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("inbound", sa.Column("code_sealed", sa.LargeBinary()))


def _create_challenges() -> None:
    op.create_table(
        "challenges",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("sent_to", IDENTIFIER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conversation_id", IDENTIFIER),
        sa.Column("asked_by", IDENTIFIER),
        sa.Column("offer_id", IDENTIFIER),
        sa.Column("option", sa.JSON()),
        sa.Column("code_sealed", sa.LargeBinary()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name="challenges_delivery_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="challenges_pkey"),
    )
    for column in ("conversation_id", "delivery_id", "sent_to", "asked_by"):
        op.create_index(f"challenges_{column}_created_at", "challenges", [column, "created_at"])
