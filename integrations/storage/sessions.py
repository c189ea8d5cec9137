"""The session behind a unit of work."""

from collections.abc import Iterator
from typing import Any, override

from sqlalchemy import Connection, event, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from deliveries.errors import ConflictError
from deliveries.model.console import Movement
from deliveries.model.conversation import Conversation, Handoff, Note
from deliveries.model.history import HistoryEntry
from deliveries.model.message import InboundMessage, OutboxMessage, OutboxState, Purpose
from deliveries.model.route import Route, Stop
from deliveries.services.messages.sending import HELD_BY_LEASE
from integrations.storage.numbering import renumbered, write_numbers

MOVED = "moved"
_IN_CHATS = (Handoff, HistoryEntry, InboundMessage, Note, OutboxMessage)
_NOT_OUT = frozenset({OutboxState.QUEUED, OutboxState.SENDING})


class WorkSession(Session):
    """A session for one block of work.

    What was read stays in it until its end, so that a change deep inside an entity is saved even if
    nobody else holds on to the entity.
    """

    def __init__(self, connection: Connection, *, read_only: bool) -> None:
        super().__init__(
            connection,
            expire_on_commit=False,
            autoflush=not read_only,
            close_resets_only=False,
        )
        self.is_read_only = read_only
        self.kept: list[object] = []

    @override
    def flush(self, objects: Any = None) -> None:
        """Write what changed.

        Raises:
            ConflictError: If an entity was changed or removed meanwhile, or a unique key is taken.
        """
        for route in self._routes_with_other_stops():
            # Its version is raised with it: whoever looks at versions sees changes of stops too.
            flag_modified(route, "revision")
        new, known = renumbered(self)
        try:
            super().flush(objects)
        except StaleDataError as stale:
            raise ConflictError("changed by somebody else meanwhile") from stale
        if new or known:
            write_numbers(self, new, known)

    def _routes_with_other_stops(self) -> Iterator[Route]:
        """Yield the routes that lose or get stops, or whose stops change."""
        ids: set[str] = set()
        for entity in (*self.new, *self.deleted, *self.dirty):
            if isinstance(entity, Stop) and self.is_modified(entity):
                former = inspect(entity).attrs.route_id.history.deleted
                ids.update((entity.route_id, *(former or ())))
            elif isinstance(entity, Stop) and entity in self.deleted:
                ids.add(entity.route_id)
            elif isinstance(entity, Route) and self.is_modified(entity):
                ids.add(entity.id)
        with self.no_autoflush:
            found = [self.get(Route, id_) for id_ in sorted(filter(None, ids))]
        yield from (route for route in found if route is not None and route not in self.deleted)


@event.listens_for(WorkSession, "loaded_as_persistent")
def _keep(session: WorkSession, entity: object) -> None:
    session.kept.append(entity)


@event.listens_for(WorkSession, "before_flush")
def _note_chats(session: WorkSession, *_: object) -> None:
    """Note which chats a flush changes, so that the commit tells agents' screens."""
    for entity in (*session.new, *session.dirty):
        note_chat_of(session, entity)


def note_chat_of(session: Session, entity: object) -> None:
    """Note the chat that an entity belongs to as changed, if it belongs to one."""
    if isinstance(entity, Conversation):
        note_moved(session, entity.id, Movement.CHAT)
    elif isinstance(entity, _IN_CHATS) and entity.conversation_id and not _is_planned(entity):
        note_moved(session, entity.conversation_id, Movement.CHAT)


def note_moved(session: Session, conversation_id: str, kind: Movement) -> None:
    """Note that the commit to come changes a chat."""
    session.info.setdefault(MOVED, set()).add((conversation_id, kind))


def _is_planned(entity: object) -> bool:
    """Say whether it is a notice that waits: tomorrow's hundred thousand are no news to anybody.

    What waits for the agent who has the chat is: they may have it sent.
    """
    return (
        isinstance(entity, OutboxMessage)
        and entity.purpose is Purpose.NOTICE
        and entity.state in _NOT_OUT
        and entity.reason != HELD_BY_LEASE
    )
