"""Who is signed in: server-side sessions whose tokens are kept as hashes only."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from deliveries.errors import AttemptsExhaustedError
from deliveries.model.ids import new_id
from deliveries.model.staff import Agent, AgentSession, may
from deliveries.ports import Clock, UnitOfWorkFactory

LIFETIME = timedelta(hours=12)
FAILURES_ALLOWED = 5
FAILURES_FORGOTTEN_AFTER = timedelta(minutes=15)
# Compared with when no agent has the name, so that a wrong name takes as long as a wrong password.
NOBODYS_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$"
    "Yx2f0cCZ8C6eSgGxkVtDPvTnQ4MZ0J4E9xq3m2l2F0k"
)


@dataclass(frozen=True)
class SignedIn:
    """An agent at work in one browser."""

    agent_id: str
    name: str
    csrf_token: str
    role: str

    def may(self, permission: str) -> bool:
        """Say whether their role allows something; templates ask it too."""
        return may(self.role, permission)


@dataclass
class Sessions:
    """Signs agents in and out."""

    unit_of_work: UnitOfWorkFactory
    machine: Clock
    is_password: Callable[[str, str], bool]
    is_behind_tls: bool
    _failures: dict[str, list[datetime]] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        """The cookie's name; over plain HTTP, on this machine only, without the host prefix."""
        return "__Host-console" if self.is_behind_tls else "console"

    def sign_in(self, name: str, password: str) -> str | None:
        """Return the token of a new session, or none if name or password are wrong.

        Raises:
            AttemptsExhaustedError: After five failures in a quarter of an hour.
        """
        now = self.machine.now()
        recent = [at for at in self._failures.get(name, []) if now - at < FAILURES_FORGOTTEN_AFTER]
        if len(recent) >= FAILURES_ALLOWED:
            raise AttemptsExhaustedError("sign-in")
        with self.unit_of_work(read_only=True) as work:
            agent = work.agents.by_name(name)
        kept = agent.password_hash if agent else NOBODYS_HASH
        if not self.is_password(password, kept) or agent is None:
            self._failures[name] = [*recent, now]
            return None
        self._failures.pop(name, None)
        return self._begin(agent, now)

    def find(self, request: Request) -> SignedIn | None:
        """Return who sent a request, if the session is good."""
        token = request.cookies.get(self.cookie)
        if not token:
            return None
        with self.unit_of_work(read_only=True) as work:
            session = work.agent_sessions.find(_hash(token))
            if session is None or session.expires_at <= self.machine.now():
                return None
            agent = work.agents.get(session.agent_id)
            return SignedIn(agent.id, agent.name, session.csrf_token, agent.role)

    def sign_out(self, request: Request) -> None:
        """End the session of a request."""
        token = request.cookies.get(self.cookie)
        if token:
            with self.unit_of_work() as work:
                work.agent_sessions.remove(_hash(token))
                work.commit()

    def give(self, response: Response, token: str) -> None:
        """Hand the session's token to the browser."""
        response.set_cookie(
            self.cookie,
            token,
            max_age=int(LIFETIME.total_seconds()),
            path="/",
            secure=self.is_behind_tls,
            httponly=True,
            samesite="strict",
        )

    def _begin(self, agent: Agent, now: datetime) -> str:
        token = secrets.token_urlsafe(32)
        with self.unit_of_work() as work:
            work.agent_sessions.add(
                AgentSession(
                    token_hash=_hash(token),
                    agent_id=agent.id,
                    csrf_token=secrets.token_urlsafe(24),
                    expires_at=now + LIFETIME,
                    id=new_id("as"),
                    created_at=now,
                    seen_at=now,
                    role=agent.role,
                )
            )
            work.commit()
        return token


def is_same(given: str, kept: str) -> bool:
    """Compare tokens in constant time."""
    return hmac.compare_digest(given.encode(), kept.encode())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
