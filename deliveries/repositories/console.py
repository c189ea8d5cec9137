"""What agents' screens keep: events, views, drafts and canned replies."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from deliveries.model.console import (
    CannedReply,
    ChatEvent,
    ChatSummary,
    ChatView,
    ReplyDraft,
    Sought,
)
from deliveries.repositories.base import Repository


class ChatEventRepository(Protocol):
    """That chats changed; the store itself writes them, with each commit that changes one."""

    def newest(self) -> int:
        """Return the number of the newest event; 0 if there is none."""
        ...

    def oldest(self) -> int:
        """Return the number of the oldest event kept; 0 if there is none."""
        ...

    def since(self, seq: int, *, limit: int) -> Sequence[ChatEvent]:
        """Return events after a number, in order."""
        ...

    def forget_before(self, at: datetime) -> None:
        """Forget events of before an instant, except the newest."""
        ...


class ChatListRepository(Protocol):
    """Chats as lists show them, a few queries for all.

    ``shippers`` limits a list to the chats of people who get a delivery of one of them, alone or
    with others; none: no limit. Who gets none at all is in no limited list.
    """

    def in_hands(self, *, agent_id: str, shippers: Sequence[str] = ()) -> Sequence[ChatSummary]:
        """Return the chats that wait for an agent or are with one.

        Args:
            agent_id: Who reads the list, for what is unread.
            shippers: See the class.
        """
        ...

    def with_bot(
        self, *, agent_id: str, limit: int, shippers: Sequence[str] = ()
    ) -> Sequence[ChatSummary]:
        """Return the chats that the bot answers, the last one written to first."""
        ...

    def counts(self, *, agent_id: str, shippers: Sequence[str] = ()) -> dict[str, int]:
        """Return how many chats are in hands (``all``), wait (``queue``), and are ``mine``."""
        ...

    def found(
        self, sought: Sought, *, agent_id: str, limit: int, shippers: Sequence[str] = ()
    ) -> Sequence[ChatSummary]:
        """Return the chats of the people somebody looks for, the last written to first."""
        ...

    def some(
        self, conversation_ids: Sequence[str], *, agent_id: str, shippers: Sequence[str] = ()
    ) -> Sequence[ChatSummary]:
        """Return the chats with the ids given, as far as they are known."""
        ...

    def within(self, conversation_ids: Collection[str], shippers: Sequence[str]) -> set[str]:
        """Return which of some chats are within a limit; all of them if there is none."""
        ...


class ChatViewRepository(Protocol):
    """Who looks at which chat."""

    def see(
        self, agent_id: str, conversation_id: str, *, now: datetime, types: bool, read_seq: int
    ) -> None:
        """Note that a chat is on an agent's screen; what was read never becomes unread."""
        ...

    def of(self, conversation_id: str) -> Sequence[ChatView]:
        """Return who looked at a chat, the last one first."""
        ...

    def read_by(self, agent_id: str) -> dict[str, int]:
        """Return up to where an agent has read, by conversation."""
        ...


class ReplyDraftRepository(Protocol):
    """What agents have typed and not sent."""

    def find(self, agent_id: str, conversation_id: str, mode: str) -> ReplyDraft | None:
        """Return a draft, if there is one."""
        ...

    def keep(self, draft: ReplyDraft) -> None:
        """Keep a draft in place of the former one; an empty one is forgotten."""
        ...


class CannedReplyRepository(Repository[CannedReply], Protocol):
    """Texts that agents may start from."""

    def all(self) -> Sequence[CannedReply]:
        """Return all, by code."""
        ...

    def remove(self, id_: str) -> None:
        """Forget one."""
        ...
