"""Where else agents see our chats."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deliveries.model.surface import SurfaceCase, SurfaceLine, SurfaceMember


class SurfaceRepository(Protocol):
    """Cases on surfaces, their lines and members."""

    def add_case(self, case: SurfaceCase) -> None:
        """Keep a new case."""
        ...

    def case_of(self, surface: str, conversation_id: str) -> SurfaceCase | None:
        """Return a conversation's newest case on a surface."""
        ...

    def case_at(self, surface: str, place: str) -> SurfaceCase | None:
        """Return the case at a place of a surface."""
        ...

    def behind(self, surface: str, *, now: datetime, limit: int) -> Sequence[SurfaceCase]:
        """Return cases with something to tell whose time has come, by id."""
        ...

    def lines_of(self, surface: str, conversation_id: str) -> Mapping[str, SurfaceLine]:
        """Return the lines that a surface has of a conversation, by ref."""
        ...

    def add_line(self, line: SurfaceLine) -> None:
        """Keep a line that was not known."""
        ...

    def forget_lines(self, surface: str, conversation_id: str) -> None:
        """Forget what a surface had of a conversation, but not what came from there."""
        ...

    def link(self, member: SurfaceMember) -> None:
        """Link an account to an agent, in place of whom it was linked to before."""
        ...

    def unlink(self, surface: str, external_id: str) -> None:
        """Forget whom an account belongs to."""
        ...

    def agent_of(self, surface: str, external_id: str) -> str | None:
        """Return the agent an account belongs to."""
        ...

    def account_of(self, surface: str, agent_id: str) -> str | None:
        """Return an agent's account on a surface."""
        ...

    def claim(self, surface: str, *, by: str, now: datetime, until: datetime) -> int | None:
        """Claim to tell a surface what moved, or keep the claim; return up to where it was told.

        None: somebody else tells it.
        """
        ...

    def told(self, surface: str, seq: int) -> None:
        """Note up to where a surface was told."""
        ...
