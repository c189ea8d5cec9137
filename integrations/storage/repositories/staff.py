"""Staff in a database: accounts, sessions, failed sign-ins and the audit log."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.orm import Session

from deliveries.model.staff import (
    NO_ENTRY,
    Agent,
    AgentSession,
    Attendance,
    AuditEntry,
    AuditHead,
    RecoveryCode,
    SignInAttempts,
)
from integrations.storage.repositories.entities import SqlRepository, touch
from integrations.storage.staff_tables import (
    agent_sessions,
    agents,
    attendances,
    audit_head,
    audit_log,
    recovery_codes,
    sign_in_attempts,
)

_ROWS_AT_ONCE = 1000


class SqlAgentRepository(SqlRepository[Agent]):
    """Agents in a database."""

    kind = Agent

    def by_name(self, name: str) -> Agent | None:
        """Return the agent who signs in by that name."""
        return self._session.scalars(select(Agent).where(agents.c.name == name)).one_or_none()

    def by_subject(self, subject: str) -> Agent | None:
        """Return the agent whom the identity provider knows by that."""
        return self._session.scalars(select(Agent).where(agents.c.subject == subject)).one_or_none()

    def all(self) -> Sequence[Agent]:
        """Return all by name, the disabled ones too."""
        return self._session.scalars(select(Agent).order_by(agents.c.name, agents.c.id)).all()

    def use_step(self, agent_id: str, step: int) -> bool:
        """Mark a time step as used by a conditional update; say whether it was a new one."""
        used = touch(
            self._session,
            update(agents)
            .where(
                agents.c.id == agent_id,
                or_(agents.c.totp_step.is_(None), agents.c.totp_step < step),
            )
            .values(totp_step=step, row_version=agents.c.row_version + 1),
        )
        self._reread(agent_id)
        return used == 1


class SqlAgentSessionRepository(SqlRepository[AgentSession]):
    """Signed-in browsers in a database, by the hash of their token."""

    kind = AgentSession

    def of(self, agent_id: str) -> Sequence[AgentSession]:
        """Return an agent's sessions, the newest first."""
        return self._session.scalars(
            select(AgentSession)
            .where(agent_sessions.c.agent_id == agent_id)
            .order_by(agent_sessions.c.created_at.desc(), agent_sessions.c.id)
        ).all()

    def remove(self, token_hash: str) -> None:
        """Sign out."""
        session = self.find(token_hash)
        if session is not None:
            self._session.delete(session)

    def remove_all(self, agent_id: str, *, except_: str | None = None) -> int:
        """Sign an agent out everywhere, or everywhere else; return how many sessions ended."""
        gone = [each for each in self.of(agent_id) if each.token_hash != except_]
        for each in gone:
            self._session.delete(each)
        return len(gone)

    def forget_before(self, at: datetime) -> None:
        """Forget sessions that were over before an instant."""
        _remove(self._session, delete(agent_sessions).where(agent_sessions.c.expires_at < at))


class SqlAttendanceRepository(SqlRepository[Attendance]):
    """Who is there for chats, in a database."""

    kind = Attendance

    def taking(self, *, seen_since: datetime) -> Sequence[Attendance]:
        """Return those who want chats offered and gave a sign since then, by the agent's id."""
        return self._session.scalars(
            select(Attendance)
            .where(attendances.c.is_taking, attendances.c.seen_at >= seen_since)
            .order_by(attendances.c.agent_id)
        ).all()


class SqlRecoveryCodeRepository:
    """Codes for a day without the authenticator, in a database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def replace(self, agent_id: str, codes: Sequence[RecoveryCode]) -> None:
        """Keep new codes instead of all former ones."""
        _remove(self._session, delete(recovery_codes).where(recovery_codes.c.agent_id == agent_id))
        self._session.add_all(codes)

    def use(self, agent_id: str, code_hash: str) -> bool:
        """Use a code up; say whether it was there."""
        return (
            _remove(
                self._session,
                delete(recovery_codes).where(
                    recovery_codes.c.agent_id == agent_id, recovery_codes.c.code_hash == code_hash
                ),
            )
            == 1
        )

    def count(self, agent_id: str) -> int:
        """Return how many are left."""
        found = select(func.count()).where(recovery_codes.c.agent_id == agent_id)
        return self._session.scalar(found) or 0


class SqlSignInAttemptsRepository:
    """Failed sign-ins in a database, so that all gateways count together."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self, subject: str, *, now: datetime) -> SignInAttempts:
        """Return what is known of a name or address; nobody else changes it meanwhile."""
        dialect = self._session.get_bind().dialect.name
        put = insert_on_postgresql if dialect == "postgresql" else insert_on_sqlite
        self._session.execute(
            put(sign_in_attempts)
            .values(subject=subject, failures=0, last_at=now)
            .on_conflict_do_nothing()
        )
        return self._session.scalars(
            select(SignInAttempts)
            .where(sign_in_attempts.c.subject == subject)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()

    def forget(self, subject: str) -> None:
        """Start again from none."""
        _remove(
            self._session, delete(sign_in_attempts).where(sign_in_attempts.c.subject == subject)
        )

    def forget_before(self, at: datetime) -> None:
        """Forget those whose last failure was before an instant."""
        _remove(self._session, delete(sign_in_attempts).where(sign_in_attempts.c.last_at < at))


class SqlAuditRepository:
    """The audit log in a database.

    Entries are chained at commit, under a lock on the row that says where the chain ends: it is the
    last lock that a transaction takes and is held for two statements, so that several gateways
    neither fork the chain nor wait for each other in a circle.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._added: list[AuditEntry] = []

    def add(self, entry: AuditEntry) -> None:
        """Chain an entry to the log when the unit of work is committed."""
        self._added.append(entry)

    def write(self) -> None:
        """Chain what was added; the last thing before a commit."""
        if not self._added:
            return
        head = self._lock()
        for entry in self._added:
            entry.seq, entry.previous_hash = head.seq + 1, head.entry_hash
            entry.entry_hash = entry.compute_hash()
            head = AuditHead(entry.seq, entry.entry_hash)
        self._session.execute(
            insert(audit_log),
            [
                {column.key: getattr(entry, column.key) for column in audit_log.columns}
                for entry in self._added
            ],
        )
        self._session.execute(update(audit_head).values(seq=head.seq, entry_hash=head.entry_hash))
        self._added.clear()

    def head(self) -> AuditHead:
        """Return the end of the chain as it was told at the last commit."""
        row = self._session.execute(select(audit_head)).one_or_none()
        return NO_ENTRY if row is None else AuditHead(row.seq, row.entry_hash)

    def walk(self) -> Iterator[AuditEntry]:
        """Yield every entry in order, read in pages."""
        seq = None
        while True:
            wanted = select(audit_log).order_by(audit_log.c.seq).limit(_ROWS_AT_ONCE)
            if seq is not None:
                wanted = wanted.where(audit_log.c.seq > seq)
            page = self._session.execute(wanted).mappings().all()
            for row in page:
                yield AuditEntry(**row)
            if len(page) < _ROWS_AT_ONCE:
                return
            seq = page[-1]["seq"]

    def latest(
        self,
        *,
        before: int | None = None,
        actor: str | None = None,
        action: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int,
    ) -> Sequence[AuditEntry]:
        """Return entries, newest first."""
        wanted = select(AuditEntry).order_by(audit_log.c.seq.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(audit_log.c.seq < before)
        if actor is not None:
            wanted = wanted.where(audit_log.c.actor == actor)
        if action is not None:
            wanted = wanted.where(audit_log.c.action.startswith(action, autoescape=True))
        if since is not None:
            wanted = wanted.where(audit_log.c.at >= since)
        if until is not None:
            wanted = wanted.where(audit_log.c.at < until)
        return self._session.scalars(wanted).all()

    def of(self, object_kind: str, object_id: str) -> Sequence[AuditEntry]:
        """Return what was done about one thing, in order."""
        return self._session.scalars(
            select(AuditEntry)
            .where(audit_log.c.object_kind == object_kind, audit_log.c.object_id == object_id)
            .order_by(audit_log.c.seq)
        ).all()

    def _lock(self) -> AuditHead:
        dialect = self._session.get_bind().dialect.name
        put = insert_on_postgresql if dialect == "postgresql" else insert_on_sqlite
        self._session.execute(
            put(audit_head)
            .values(id=1, seq=NO_ENTRY.seq, entry_hash=NO_ENTRY.entry_hash)
            .on_conflict_do_nothing()
        )
        row = self._session.execute(select(audit_head).with_for_update()).one()
        return AuditHead(row.seq, row.entry_hash)


def _remove(session: Session, statement: Delete) -> int:
    session.flush()
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
