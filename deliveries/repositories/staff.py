"""Staff: their accounts, their sessions, and what they did."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from deliveries.model.staff import (
    Agent,
    AgentSession,
    Attendance,
    AuditEntry,
    AuditHead,
    RecoveryCode,
    SignInAttempts,
)
from deliveries.repositories.base import Repository


class AgentRepository(Repository[Agent], Protocol):
    """Agents."""

    def by_name(self, name: str) -> Agent | None:
        """Return the agent who signs in by that name."""
        ...

    def by_subject(self, subject: str) -> Agent | None:
        """Return the agent whom the identity provider knows by that."""
        ...

    def all(self) -> Sequence[Agent]:
        """Return all by name, the disabled ones too."""
        ...

    def use_step(self, agent_id: str, step: int) -> bool:
        """Mark a time step of an authenticator as used; say whether it was a new one."""
        ...


class AgentSessionRepository(Repository[AgentSession], Protocol):
    """Signed-in browsers, by the hash of their token."""

    def of(self, agent_id: str) -> Sequence[AgentSession]:
        """Return an agent's sessions, the newest first."""
        ...

    def remove(self, token_hash: str) -> None:
        """Sign out."""
        ...

    def remove_all(self, agent_id: str, *, except_: str | None = None) -> int:
        """Sign an agent out everywhere, or everywhere else; return how many sessions ended."""
        ...

    def forget_before(self, at: datetime) -> None:
        """Forget sessions that were over before an instant."""
        ...


class AttendanceRepository(Repository[Attendance], Protocol):
    """Who is there for chats, by the agent's id."""

    def taking(self, *, seen_since: datetime) -> Sequence[Attendance]:
        """Return those who want chats offered and gave a sign since then, by the agent's id."""
        ...


class RecoveryCodeRepository(Protocol):
    """Codes for a day without the authenticator."""

    def replace(self, agent_id: str, codes: Sequence[RecoveryCode]) -> None:
        """Keep new codes instead of all former ones."""
        ...

    def use(self, agent_id: str, code_hash: str) -> bool:
        """Use a code up; say whether it was there."""
        ...

    def count(self, agent_id: str) -> int:
        """Return how many are left."""
        ...


class SignInAttemptsRepository(Protocol):
    """Failed sign-ins, counted for all gateways together."""

    def lock(self, subject: str, *, now: datetime) -> SignInAttempts:
        """Return what is known of a name or address; nobody else changes it meanwhile."""
        ...

    def forget(self, subject: str) -> None:
        """Start again from none."""
        ...

    def forget_before(self, at: datetime) -> None:
        """Forget those whose last failure was before an instant."""
        ...


class AuditRepository(Protocol):
    """The log of what staff did: it grows at its end, and by nothing else."""

    def add(self, entry: AuditEntry) -> None:
        """Chain an entry to the log when the unit of work is committed."""
        ...

    def head(self) -> AuditHead:
        """Return the end of the chain as it was told at the last commit."""
        ...

    def walk(self) -> Iterator[AuditEntry]:
        """Yield every entry in order."""
        ...

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
        """Return entries, newest first.

        Args:
            before: From below this place on; none: from the end.
            actor: Whose acts only.
            action: Only actions that begin so.
            since: Only acts from then on.
            until: Only acts before then.
            limit: How many at most.
        """
        ...

    def of(self, object_kind: str, object_id: str) -> Sequence[AuditEntry]:
        """Return what was done about one thing, in order."""
        ...
