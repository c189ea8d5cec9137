"""Create the tables of conversations, agents and choices."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _create_conversations()
    _create_handoffs()
    _create_agents()
    _create_agent_sessions()
    _create_notes()
    _create_offers()
    _create_capacities()
    _create_holds()
    _create_preferences()
    _create_planner_changes()


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner_id", IDENTIFIER),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("focus", sa.JSON(), nullable=False),
        sa.Column("draft", sa.JSON()),
        sa.Column("last_offer_id", IDENTIFIER),
        sa.Column("misunderstandings", sa.Integer(), nullable=False),
        sa.Column("last_contact_id", IDENTIFIER),
        sa.Column("claimed_by", IDENTIFIER),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name="conversations_person_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="conversations_pkey"),
        sa.UniqueConstraint("person_id", name="conversations_person_id_key"),
    )


def _create_handoffs() -> None:
    op.create_table(
        "handoffs",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("agent_id", IDENTIFIER),
        sa.Column("claimed_at", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.Text()),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="handoffs_conversation_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="handoffs_pkey"),
    )
    op.create_index("handoffs_conversation_id", "handoffs", ["conversation_id"])
    op.create_index(
        "handoffs_open",
        "handoffs",
        ["priority", "requested_at"],
        postgresql_where=sa.text("state <> 'closed'"),
        sqlite_where=sa.text("state <> 'closed'"),
    )


def _create_agents() -> None:
    op.create_table(
        "agents",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="agents_pkey"),
        sa.UniqueConstraint("name", name="agents_name_key"),
    )


def _create_agent_sessions() -> None:
    op.create_table(
        "agent_sessions",
        sa.Column("token_hash", IDENTIFIER, nullable=False),
        sa.Column("agent_id", IDENTIFIER, nullable=False),
        sa.Column("csrf_token", IDENTIFIER, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agents.id"],
            name="agent_sessions_agent_id_fkey",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("token_hash", name="agent_sessions_pkey"),
    )


def _create_notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("agent_id", IDENTIFIER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="notes_conversation_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("seq", name="notes_pkey"),
        sa.UniqueConstraint("id", name="notes_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("notes_conversation_id_seq", "notes", ["conversation_id", "seq"])


def _create_offers() -> None:
    op.create_table(
        "offers",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", IDENTIFIER, nullable=False),
        sa.Column("delivery_ids", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("chosen_option_id", IDENTIFIER),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="offers_conversation_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="offers_pkey"),
    )
    op.create_index("offers_conversation_id", "offers", ["conversation_id"])


def _create_capacities() -> None:
    op.create_table(
        "capacities",
        sa.Column("resource", IDENTIFIER, nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0", name="capacities_taken_check"),
        sa.PrimaryKeyConstraint("resource", name="capacities_pkey"),
    )


def _create_holds() -> None:
    op.create_table(
        "holds",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("resource", IDENTIFIER, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("offer_id", IDENTIFIER, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("quantity > 0", name="holds_quantity_check"),
        sa.PrimaryKeyConstraint("id", name="holds_pkey"),
    )
    op.create_index(
        "holds_held",
        "holds",
        ["expires_at"],
        postgresql_where=sa.text("state = 'held'"),
        sqlite_where=sa.text("state = 'held'"),
    )
    op.create_index("holds_offer_id", "holds", ["offer_id"])


def _create_preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact_id", IDENTIFIER),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("hold_id", IDENTIFIER),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name="preferences_delivery_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="preferences_pkey"),
        sa.UniqueConstraint("delivery_id", "version", name="preferences_delivery_id_version_key"),
    )


def _create_planner_changes() -> None:
    op.create_table(
        "planner_changes",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("preference_id", IDENTIFIER, nullable=False),
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("depot_id", IDENTIFIER, nullable=False),
        sa.Column("idempotency_key", IDENTIFIER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True)),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", IDENTIFIER),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["preference_id"],
            ["preferences.id"],
            name="planner_changes_preference_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("seq", name="planner_changes_pkey"),
        sa.UniqueConstraint("id", name="planner_changes_id_key"),
        sa.UniqueConstraint("idempotency_key", name="planner_changes_idempotency_key_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("planner_changes_delivery_id_seq", "planner_changes", ["delivery_id", "seq"])
    op.create_index(
        "planner_changes_open",
        "planner_changes",
        ["seq"],
        postgresql_where=sa.text("state IN ('pending', 'sent')"),
        sqlite_where=sa.text("state IN ('pending', 'sent')"),
    )
    op.create_index("planner_changes_preference_id", "planner_changes", ["preference_id"])
