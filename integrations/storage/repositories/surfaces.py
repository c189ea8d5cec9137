"""Where else agents see our chats, in a database."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from deliveries.model.surface import (
    SurfaceCase,
    SurfaceFollower,
    SurfaceLine,
    SurfaceMember,
    line_id,
)
from integrations.storage.repositories.entities import touch
from integrations.storage.sessions import WorkSession
from integrations.storage.surface_tables import (
    surface_cases,
    surface_followers,
    surface_lines,
    surface_members,
)


class SqlSurfaceRepository:
    """Cases on surfaces, their lines and members."""

    def __init__(self, session: WorkSession) -> None:
        self._session = session

    def add_case(self, case: SurfaceCase) -> None:
        """Keep a new case."""
        self._session.add(case)

    def case_of(self, surface: str, conversation_id: str) -> SurfaceCase | None:
        """Return a conversation's case on a surface."""
        return self._session.scalars(
            select(SurfaceCase).where(
                surface_cases.c.surface == surface,
                surface_cases.c.conversation_id == conversation_id,
            )
        ).one_or_none()

    def case_at(self, surface: str, place: str) -> SurfaceCase | None:
        """Return the case at a place of a surface."""
        return self._session.scalars(
            select(SurfaceCase).where(
                surface_cases.c.surface == surface, surface_cases.c.place == place
            )
        ).one_or_none()

    def behind(self, surface: str, *, now: datetime, limit: int) -> Sequence[SurfaceCase]:
        """Return cases with something to tell whose time has come, by id."""
        retry_at = surface_cases.c.retry_at
        return self._session.scalars(
            select(SurfaceCase)
            .where(
                surface_cases.c.surface == surface,
                surface_cases.c.moves > surface_cases.c.told,
                or_(retry_at.is_(None), retry_at <= now),
            )
            .order_by(surface_cases.c.id)
            .limit(limit)
        ).all()

    def lines_of(self, surface: str, conversation_id: str) -> Mapping[str, SurfaceLine]:
        """Return the lines that a surface has of a conversation, by ref."""
        found = self._session.scalars(
            select(SurfaceLine).where(
                surface_lines.c.surface == surface,
                surface_lines.c.conversation_id == conversation_id,
            )
        )
        return {line.ref: line for line in found}

    def add_line(self, line: SurfaceLine) -> None:
        """Keep a line that was not known."""
        self._session.add(line)

    def forget_lines(self, surface: str, conversation_id: str) -> None:
        """Forget what a surface had of a conversation, but not what came from there."""
        self._session.execute(
            delete(surface_lines).where(
                surface_lines.c.surface == surface,
                surface_lines.c.conversation_id == conversation_id,
                ~surface_lines.c.ref.startswith("heard:"),
            )
        )

    def link(self, member: SurfaceMember) -> None:
        """Link an account to an agent, in place of whom it was linked to before."""
        self._session.execute(
            delete(surface_members).where(
                surface_members.c.surface == member.surface,
                or_(
                    surface_members.c.external_id == member.external_id,
                    surface_members.c.agent_id == member.agent_id,
                ),
            )
        )
        self._session.add(member)

    def unlink(self, surface: str, external_id: str) -> None:
        """Forget whom an account belongs to."""
        self._session.execute(
            delete(surface_members).where(surface_members.c.id == line_id(surface, external_id))
        )

    def agent_of(self, surface: str, external_id: str) -> str | None:
        """Return the agent an account belongs to."""
        return self._session.scalar(
            select(surface_members.c.agent_id).where(
                surface_members.c.id == line_id(surface, external_id)
            )
        )

    def account_of(self, surface: str, agent_id: str) -> str | None:
        """Return an agent's account on a surface."""
        return self._session.scalar(
            select(surface_members.c.external_id).where(
                surface_members.c.surface == surface, surface_members.c.agent_id == agent_id
            )
        )

    def claim(self, surface: str, *, by: str, now: datetime, until: datetime) -> int | None:
        """Claim to tell a surface what moved, or keep the claim; return up to where it was told."""
        follower = self._session.get(SurfaceFollower, surface)
        if follower is None:
            self._session.add(SurfaceFollower(surface, 0, by, until))
            self._session.flush()
            return 0
        ends = surface_followers.c.claimed_until
        claimed = touch(
            self._session,
            update(surface_followers)
            .where(
                surface_followers.c.id == surface,
                or_(ends.is_(None), ends <= now, surface_followers.c.claimed_by == by),
            )
            .values(claimed_by=by, claimed_until=until),
        )
        return follower.seq if claimed else None

    def told(self, surface: str, seq: int) -> None:
        """Note up to where a surface was told."""
        touch(
            self._session,
            update(surface_followers)
            .where(surface_followers.c.id == surface, surface_followers.c.seq < seq)
            .values(seq=seq),
        )
