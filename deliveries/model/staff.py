"""The carrier's staff: accounts, what a role may do, signed-in browsers, and the audit log."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from deliveries.model.saying import Fact


class Role(StrEnum):
    """What somebody is in the console; each may all that the one before it may."""

    VIEWER = "viewer"
    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"


class Permission(StrEnum):
    """What the console asks about before it shows or does something."""

    READ_CHATS = "chats:read"
    WORK_CHATS = "chats:work"
    WRITE_NOTES = "notes:write"
    CHANGE_DELIVERIES = "deliveries:change"
    OVERRIDE_RULES = "deliveries:override"
    REVEAL_PERSONAL_DATA = "personal_data:reveal"
    MANAGE_CHATS = "chats:manage"
    MANAGE_REPLIES = "canned_replies:manage"
    READ_REPORTS = "reports:read"
    RESET_ACCOUNTS = "accounts:reset"
    READ_AUDIT = "audit:read"
    MANAGE_ACCOUNTS = "accounts:manage"


_ADDED: Mapping[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset({Permission.READ_CHATS}),
    Role.AGENT: frozenset(
        {
            Permission.WORK_CHATS,
            Permission.WRITE_NOTES,
            Permission.CHANGE_DELIVERIES,
            Permission.OVERRIDE_RULES,
            Permission.REVEAL_PERSONAL_DATA,
        }
    ),
    Role.LEAD: frozenset(
        {
            Permission.MANAGE_CHATS,
            Permission.MANAGE_REPLIES,
            Permission.READ_REPORTS,
            Permission.RESET_ACCOUNTS,
        }
    ),
    Role.ADMIN: frozenset({Permission.READ_AUDIT, Permission.MANAGE_ACCOUNTS}),
}


def permissions_of(role: str) -> frozenset[Permission]:
    """Return what a role may: its own and what the roles below it may; nothing if it is none."""
    if role not in list(Role):
        return frozenset()
    ranks = list(Role)
    below = ranks[: ranks.index(Role(role)) + 1]
    return frozenset().union(*(_ADDED[each] for each in below))


def may(role: str, permission: str) -> bool:
    """Say whether a role may do something."""
    return permission in permissions_of(role)


@dataclass(eq=False)
class Agent:
    """A person of the carrier's staff who may sign in to the console.

    Attributes:
        password_hash: Empty: no password lets them in, only the identity provider does.
        password_chosen_at: When they chose it themselves; none: it was given to them, and the
            first thing they do is to choose another.
        disabled_at: Since then they cannot sign in, and their sessions are void.
        totp_sealed: The secret of their authenticator, sealed; none: not enrolled.
        totp_confirmed_at: When a first code proved that the authenticator has it.
        totp_step: The last time step whose code was used; no code of it or before counts again.
        subject: Who they are to the identity provider: issuer and subject.
        shippers: Whose recipients they may see; none named: everybody's.
    """

    id: str
    name: str
    password_hash: str
    role: str = Role.AGENT.value
    password_chosen_at: datetime | None = None
    disabled_at: datetime | None = None
    totp_sealed: bytes | None = None
    totp_confirmed_at: datetime | None = None
    totp_step: int | None = None
    subject: str | None = None
    shippers: tuple[str, ...] = ()

    @property
    def scope(self) -> tuple[str, ...]:
        """The shippers they are limited to; none: they are not. Admins never are."""
        # The release before this one adds accounts without the column.
        return () if self.role == Role.ADMIN else tuple(self.shippers or ())

    @property
    def is_enrolled(self) -> bool:
        """They have an authenticator that works."""
        return self.totp_sealed is not None and self.totp_confirmed_at is not None


@dataclass(eq=False)
class Attendance:
    """Whether an agent is there for chats that are offered to them, and for which.

    Attributes:
        seen_at: The machine's time of the last sign of a console of theirs.
        is_taking: They want chats offered; else they take them themselves.
        most: With so many chats they are offered no more.
        languages: What they write; none named: any.
        shippers: Whose recipients they answer; none named: anybody's.
    """

    agent_id: str
    seen_at: datetime
    is_taking: bool = False
    most: int = 4
    languages: tuple[str, ...] = ()
    shippers: tuple[str, ...] = ()


class SessionStage(StrEnum):
    """How far somebody has come with signing in; what is missing is what the stage is called."""

    SECOND_FACTOR = "second_factor"
    ENROLMENT = "enrolment"
    RENEWAL = "renewal"
    FULL = "full"


@dataclass(eq=False)
class AgentSession:
    """A browser that is signed in, or is on the way to it; only its token's hash is kept.

    Attributes:
        expires_at: The end, however busy it is.
        id: What lists call it, so that one can be ended from another browser.
        seen_at: The last request; idle for too long, it is over.
        device: What the browser calls itself, shortened, for the list.
        role: The agent's when it began: another role needs another session.
    """

    token_hash: str
    agent_id: str
    csrf_token: str
    expires_at: datetime
    id: str
    created_at: datetime
    seen_at: datetime
    stage: SessionStage = SessionStage.FULL
    role: str = Role.AGENT.value
    device: str = ""


@dataclass(eq=False)
class RecoveryCode:
    """One of the codes for a day without the authenticator; used, it is gone."""

    code_hash: str
    agent_id: str


@dataclass(eq=False)
class SignInAttempts:
    """How often signing in failed of late, for one account or from one address.

    Attributes:
        subject: A keyed hash of the name or the address.
    """

    subject: str
    failures: int
    last_at: datetime
    blocked_until: datetime | None = None


@dataclass(eq=False)
class AuditEntry:
    """One act of staff, chained to the one before; never changed and never removed.

    Ids and words of ours only, no personal data: the log outlives the people in it.

    Attributes:
        actor: An agent's id, ``cli`` for the command line, ``system``, or ``recipient`` where the
            person's own words changed who may speak.
        action: A constant such as ``chat.taken`` or ``personal_data.revealed``.
        object_kind: ``conversation``, ``delivery``, ``agent``, ``session`` …
        before: Facts that the act changed, as they were.
        after: The same facts, as they are.
        reason: The agent's words, where a reason was asked for.
        request_id: The request that caused it, as in the logs.
        seq: Its place in the chain, from 1 without gaps; given at commit.
        previous_hash: The hash of the entry before; given at commit.
        entry_hash: SHA-256 over everything else of it; given at commit.
    """

    at: datetime
    actor: str
    action: str
    object_kind: str
    object_id: str
    before: Mapping[str, Fact] = field(default_factory=dict)
    after: Mapping[str, Fact] = field(default_factory=dict)
    reason: str | None = None
    request_id: str | None = None
    seq: int = 0
    previous_hash: str = ""
    entry_hash: str = ""

    def compute_hash(self) -> str:
        """Return the hash over the entry as it stands."""
        told = [
            self.seq,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.actor,
            self.action,
            self.object_kind,
            self.object_id,
            self.before,
            self.after,
            self.reason,
            self.request_id,
            self.previous_hash,
        ]
        written = json.dumps(told, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True)
class AuditHead:
    """The end of the chain: its last entry's place and hash."""

    seq: int
    entry_hash: str


NO_ENTRY = AuditHead(0, "0" * 64)
