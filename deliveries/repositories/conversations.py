"""Conversations, and how they pass to agents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from deliveries.model.conversation import Conversation, Handoff, Note
from deliveries.repositories.base import Repository


class ConversationRepository(Repository[Conversation], Protocol):
    """Conversations."""

    def of_person(self, person_id: str) -> Conversation | None:
        """Return a person's one conversation."""
        ...

    def claim_turn(self, id_: str, *, by: str, now: datetime, until: datetime) -> bool:
        """Claim the conversation's next turn by a conditional update; say whether it worked."""
        ...

    def release_turn(self, id_: str, *, by: str) -> None:
        """Give the claim back, if it is still ours."""
        ...

    def waiting(self, *, now: datetime, limit: int) -> Sequence[str]:
        """Return ids of unclaimed conversations that have unworked messages, oldest first."""
        ...

    def in_hands(self) -> Sequence[Conversation]:
        """Return the conversations that are not with the bot, by id."""
        ...

    def take(self, id_: str, *, agent_id: str, version: int) -> None:
        """Give a conversation to an agent by a conditional update on version and state.

        Raises:
            ConflictError: If it has moved on, or somebody else has it.
        """
        ...


class HandoffRepository(Repository[Handoff], Protocol):
    """Handoffs."""

    def open_of(self, conversation_id: str) -> Handoff | None:
        """Return the conversation's handoff that is not closed."""
        ...

    def queue(self) -> Sequence[Handoff]:
        """Return those not closed: by priority, then age."""
        ...

    def last_of(self, conversation_id: str) -> Handoff | None:
        """Return the conversation's last handoff that is closed and that an agent had."""
        ...

    def was_answered(self, conversation_id: str, *, since: datetime) -> bool:
        """Say whether an agent answered in the conversation from then on, in any handoff."""
        ...

    def taken_since(self, since: datetime, *, limit: int) -> Sequence[Handoff]:
        """Return those that an agent took from then on, in any state, newest first."""
        ...

    def due(self, now: datetime) -> Sequence[Handoff]:
        """Return those whose state has ended by itself."""
        ...


class NoteRepository(Protocol):
    """Notes of agents."""

    def add(self, note: Note) -> None:
        """Keep a note."""
        ...

    def of(self, conversation_id: str) -> Sequence[Note]:
        """Return a conversation's notes, oldest first."""
        ...
