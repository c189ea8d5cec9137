"""The session behind a unit of work."""

from typing import Any, override

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from deliveries.errors import ConflictError


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
        self._read: list[object] = []
        event.listen(self, "loaded_as_persistent", lambda _, entity: self._read.append(entity))

    @override
    def flush(self, objects: Any = None) -> None:
        """Write what changed.

        Raises:
            ConflictError: If an entity was changed or removed meanwhile, or a unique key is taken.
        """
        try:
            super().flush(objects)
        except StaleDataError as stale:
            raise ConflictError("changed by somebody else meanwhile") from stale
