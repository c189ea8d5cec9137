"""Create the audit log, and what accounts and sessions of staff need."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)

_ON_SQLITE = """
CREATE TRIGGER audit_log_no_{deed} BEFORE {deed} ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END
"""
_ON_POSTGRESQL = (
    """
CREATE FUNCTION audit_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$
""",
    """
CREATE TRIGGER audit_log_only_grows BEFORE UPDATE OR DELETE ON audit_log
FOR EACH ROW EXECUTE FUNCTION audit_log_only_grows()
""",
)


def upgrade() -> None:
    """Create the tables; whoever is signed in signs in again."""
    _extend_agents()
    _create_sessions()
    _create_sign_in()
    _create_audit()


def _extend_agents() -> None:
    with op.batch_alter_table("agents") as table:
        for name in ("password_chosen_at", "disabled_at", "totp_confirmed_at"):
            table.add_column(sa.Column(name, INSTANT))
        table.add_column(sa.Column("totp_sealed", sa.LargeBinary()))
        table.add_column(sa.Column("totp_step", sa.BigInteger()))
        table.add_column(sa.Column("subject", sa.Text()))
        table.add_column(sa.Column("row_version", sa.Integer()))
    op.execute("UPDATE agents SET row_version = 1")
    with op.batch_alter_table("agents") as table:
        table.alter_column("row_version", existing_type=sa.Integer(), nullable=False)
        table.create_unique_constraint("agents_subject_key", ["subject"])


def _create_sessions() -> None:
    op.drop_table("agent_sessions")
    op.create_table(
        "agent_sessions",
        sa.Column("token_hash", IDENTIFIER, nullable=False),
        sa.Column("agent_id", IDENTIFIER, nullable=False),
        sa.Column("csrf_token", IDENTIFIER, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("role", IDENTIFIER, nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="agent_sessions_pkey"),
        sa.UniqueConstraint("id", name="agent_sessions_id_key"),
        _of_agent("agent_sessions"),
    )
    op.create_index("agent_sessions_agent_id", "agent_sessions", ["agent_id"])


def _create_sign_in() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", IDENTIFIER, nullable=False),
        sa.Column("agent_id", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="recovery_codes_pkey"),
        _of_agent("recovery_codes"),
    )
    op.create_index("recovery_codes_agent_id", "recovery_codes", ["agent_id"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("subject", IDENTIFIER, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("blocked_until", INSTANT),
        sa.PrimaryKeyConstraint("subject", name="sign_in_attempts_pkey"),
    )
    op.create_index("sign_in_attempts_last_at", "sign_in_attempts", ["last_at"])


def _create_audit() -> None:
    op.create_table(
        "audit_log",
        sa.Column("seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", IDENTIFIER, nullable=False),
        sa.Column("action", IDENTIFIER, nullable=False),
        sa.Column("object_kind", IDENTIFIER, nullable=False),
        sa.Column("object_id", IDENTIFIER, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("request_id", IDENTIFIER),
        sa.Column("previous_hash", IDENTIFIER, nullable=False),
        sa.Column("entry_hash", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="audit_log_pkey"),
    )
    object_ = ["object_kind", "object_id", "seq"]
    op.create_index("audit_log_object_kind_object_id_seq", "audit_log", object_)
    op.create_index("audit_log_actor_seq", "audit_log", ["actor", "seq"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("entry_hash", IDENTIFIER, nullable=False),
        sa.CheckConstraint("id = 1", name="audit_head_single_check"),
        sa.PrimaryKeyConstraint("id", name="audit_head_pkey"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for statement in _ON_POSTGRESQL:
            op.execute(statement)
    else:
        for deed in ("UPDATE", "DELETE"):
            op.execute(_ON_SQLITE.format(deed=deed))


def _of_agent(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["agent_id"],
        ["agents.id"],
        name=f"{table}_agent_id_fkey",
        ondelete="CASCADE",
        deferrable=True,
        initially="DEFERRED",
    )
