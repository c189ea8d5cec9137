"""What agents' screens keep."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from deliveries.model.console import CannedReply, ChatEvent, ChatView, Movement, ReplyDraft
from integrations.storage.console_tables import canned_replies, chat_events, chat_views
from integrations.storage.repositories.entities import SqlRepository
from integrations.storage.sessions import WorkSession, note_moved


class SqlChatEventRepository:
    """That chats changed, in a database."""

    def __init__(self, session: WorkSession) -> None:
        self._session = session

    def newest(self) -> int:
        """Return the number of the newest event; 0 if there is none."""
        return self._session.scalar(select(func.max(chat_events.c.seq))) or 0

    def oldest(self) -> int:
        """Return the number of the oldest event kept; 0 if there is none."""
        return self._session.scalar(select(func.min(chat_events.c.seq))) or 0

    def since(self, seq: int, *, limit: int) -> Sequence[ChatEvent]:
        """Return events after a number, in order."""
        found = self._session.execute(
            select(chat_events)
            .where(chat_events.c.seq > seq)
            .order_by(chat_events.c.seq)
            .limit(limit)
        )
        return [ChatEvent(row.conversation_id, row.kind, row.at, row.seq) for row in found]

    def forget_before(self, at: datetime) -> None:
        """Forget events of before an instant, except the newest."""
        newest = select(func.max(chat_events.c.seq)).scalar_subquery()
        self._session.execute(
            delete(chat_events).where(chat_events.c.at < at, chat_events.c.seq < newest)
        )


class SqlChatViewRepository:
    """Who looks at which chat, in a database."""

    def __init__(self, session: WorkSession) -> None:
        self._session = session

    def see(
        self, agent_id: str, conversation_id: str, *, now: datetime, types: bool, read_seq: int
    ) -> None:
        """Note that a chat is on an agent's screen; what was read never becomes unread."""
        view = self._session.get(ChatView, (agent_id, conversation_id))
        if view is None:
            view = ChatView(agent_id, conversation_id, now)
            self._session.add(view)
        view.seen_at = now
        view.read_seq = max(view.read_seq, read_seq)
        if types:
            view.typing_at = now
        note_moved(self._session, conversation_id, Movement.VIEWERS)

    def of(self, conversation_id: str) -> Sequence[ChatView]:
        """Return who looked at a chat, the last one first."""
        return self._session.scalars(
            select(ChatView)
            .where(chat_views.c.conversation_id == conversation_id)
            .order_by(chat_views.c.seen_at.desc())
        ).all()

    def read_by(self, agent_id: str) -> dict[str, int]:
        """Return up to where an agent has read, by conversation."""
        found = self._session.execute(
            select(chat_views.c.conversation_id, chat_views.c.read_seq).where(
                chat_views.c.agent_id == agent_id
            )
        )
        return {row.conversation_id: row.read_seq for row in found}


class SqlReplyDraftRepository:
    """What agents have typed and not sent, in a database."""

    def __init__(self, session: WorkSession) -> None:
        self._session = session

    def find(self, agent_id: str, conversation_id: str, mode: str) -> ReplyDraft | None:
        """Return a draft, if there is one."""
        return self._session.get(ReplyDraft, (agent_id, conversation_id, mode))

    def keep(self, draft: ReplyDraft) -> None:
        """Keep a draft in place of the former one; an empty one is forgotten."""
        former = self.find(draft.agent_id, draft.conversation_id, draft.mode)
        if former is None and draft.text:
            self._session.add(draft)
        elif former is not None and draft.text:
            former.text, former.saved_at = draft.text, draft.saved_at
        elif former is not None:
            self._session.delete(former)


class SqlCannedReplyRepository(SqlRepository[CannedReply]):
    """Texts that agents may start from, in a database."""

    kind = CannedReply

    def all(self) -> Sequence[CannedReply]:
        """Return all, by code."""
        return self._session.scalars(
            select(CannedReply).order_by(canned_replies.c.code, canned_replies.c.id)
        ).all()

    def remove(self, id_: str) -> None:
        """Forget one."""
        known = self.find(id_)
        if known is not None:
            self._session.delete(known)
