"""Rank what waits to leave, share senders' rates among gateways, remember dead numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_UNSENT = sa.text("state IN ('queued', 'sending')")
_INDEXES = {
    "outbox_unsent": ["channel", "rank", "not_before", "seq"],
    "outbox_lanes": ["channel", "rank", "lane", "not_before", "seq"],
    "outbox_expiring": ["expires_at"],
}


def upgrade() -> None:
    """Add the columns, fill them for what waits, and create the table of rates."""
    op.add_column("contacts", sa.Column("unreachable_until", sa.DateTime(timezone=True)))
    op.add_column("contacts", sa.Column("unreachable_reason", IDENTIFIER))
    op.add_column("outbox", sa.Column("channel", sa.String()))
    op.add_column("outbox", sa.Column("rank", sa.Integer()))
    op.add_column("outbox", sa.Column("lane", IDENTIFIER))
    _fill_in()
    op.drop_index("outbox_unsent", "outbox")
    for name, columns in _INDEXES.items():
        op.create_index(name, "outbox", columns, postgresql_where=_UNSENT, sqlite_where=_UNSENT)
    op.create_table(
        "sender_rates",
        sa.Column("key", IDENTIFIER, nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("paused_until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="sender_rates_pkey"),
    )


def _fill_in() -> None:
    op.execute(
        "UPDATE outbox SET channel = (SELECT contacts.channel FROM contacts"
        " WHERE contacts.id = outbox.contact_id),"
        " lane = '-',"
        " rank = CASE purpose WHEN 'code' THEN 0 WHEN 'agent' THEN 2 WHEN 'notice' THEN 4"
        " ELSE 1 END"
        " WHERE state IN ('queued', 'sending')"
    )
