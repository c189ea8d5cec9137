"""What every repository can do."""

from collections.abc import Sequence
from typing import Protocol


class Repository[T](Protocol):
    """Keeps one kind of entity; changes to what it returns are saved by the unit of work."""

    def get(self, id_: str) -> T:
        """Return the entity.

        Raises:
            NotFoundError: If there is none with that id.
        """
        ...

    def find(self, id_: str) -> T | None:
        """Return the entity, or none."""
        ...

    def many(self, ids: Sequence[str]) -> Sequence[T]:
        """Return those that exist, in the order asked for."""
        ...

    def add(self, entity: T) -> None:
        """Keep a new entity."""
        ...
