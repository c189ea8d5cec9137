"""Sessions of staff: begun, found, replaced and ended; the browser alone has the token."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliveries.errors import NotFoundError
from deliveries.model.ids import new_id
from deliveries.model.staff import Agent, AgentSession, SessionStage
from deliveries.ports import UnitOfWork
from deliveries.services.staff.auditing import record
from deliveries.services.staff.desk import StaffDesk

LIFETIME = timedelta(hours=12)
IDLE = timedelta(minutes=30)
# For the steps between password and session.
STEPS_LIFETIME = timedelta(minutes=15)
# Old enough for writing down again that somebody is there.
SEEN_EVERY = timedelta(minutes=1)
DEVICE_LENGTH = 60


@dataclass(frozen=True)
class Found:
    """Who a token belongs to."""

    agent: Agent
    session: AgentSession


def begin(
    work: UnitOfWork, agent: Agent, stage: SessionStage, *, device: str, now: datetime
) -> str:
    """Begin a session and return its token, 256 random bits of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    lifetime = LIFETIME if stage is SessionStage.FULL else STEPS_LIFETIME
    work.agent_sessions.add(
        AgentSession(
            token_hash=hash_token(token),
            agent_id=agent.id,
            csrf_token=secrets.token_urlsafe(24),
            expires_at=now + lifetime,
            id=new_id("as"),
            created_at=now,
            seen_at=now,
            stage=stage,
            role=agent.role,
            device=device[:DEVICE_LENGTH],
        )
    )
    return token


def replace(work: UnitOfWork, found: Found, stage: SessionStage, *, now: datetime) -> str:
    """End a session and begin the next one with another token: who knew the old one is out."""
    work.agent_sessions.remove(found.session.token_hash)
    return begin(work, found.agent, stage, device=found.session.device, now=now)


def find(work: UnitOfWork, token: str, *, now: datetime) -> Found | None:
    """Return the session of a token, whatever its stage, if it is still good.

    It is not if it is too old or idle, or if the account was disabled or got another role since.
    """
    session = work.agent_sessions.find(hash_token(token))
    if session is None or session.expires_at <= now or session.seen_at + IDLE <= now:
        return None
    agent = work.agents.find(session.agent_id)
    if agent is None or agent.disabled_at is not None or agent.role != session.role:
        return None
    return Found(agent, session)


def keep_alive(desk: StaffDesk, session: AgentSession) -> None:
    """Note that somebody is at work; a page that renews itself must not call it."""
    now = desk.now()
    if now - session.seen_at < SEEN_EVERY:
        return
    with desk.unit_of_work() as work:
        kept = work.agent_sessions.find(session.token_hash)
        if kept is not None:
            kept.seen_at = now
            work.commit()


def end(work: UnitOfWork, agent_id: str, session_id: str, *, now: datetime) -> None:
    """End one of an agent's own sessions from another.

    Raises:
        NotFoundError: If the agent has no such session.
    """
    wanted = [each for each in work.agent_sessions.of(agent_id) if each.id == session_id]
    if not wanted:
        raise NotFoundError(session_id)
    work.agent_sessions.remove(wanted[0].token_hash)
    record(work, agent_id, "session.ended", "session", session_id, now=now)


def hash_token(token: str) -> str:
    """Return what is kept of a token; it is random, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
