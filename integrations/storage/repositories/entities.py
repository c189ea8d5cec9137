"""What every repository does: find by id, add, insert once, update under a condition."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Table, TextClause, Update, inspect, select
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key
from sqlalchemy.sql.dml import ReturningInsert

from deliveries.errors import NotFoundError
from integrations.storage.sessions import note_chat_of

WAKEUPS = "wakeups"
# Two databases, one limit: SQLite's of variables in a statement is the lower one.
_IDS_PER_STATEMENT = 10_000


class SqlRepository[T: object]:
    """Keeps one kind of entity in a session."""

    kind: type[T]

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, id_: str) -> T:
        """Return the entity.

        Raises:
            NotFoundError: If there is none with that id.
        """
        entity = self.find(id_)
        if entity is None:
            raise NotFoundError(f"no {self.kind.__name__.lower()} has that id")
        return entity

    def find(self, id_: str) -> T | None:
        """Return the entity, or none."""
        return self._session.get(self.kind, id_)

    def many(self, ids: Sequence[str]) -> Sequence[T]:
        """Return those that exist, in the order asked for."""
        key = cast("Mapper[Any]", inspect(self.kind)).primary_key[0]
        found: dict[str, T] = {}
        for first in range(0, len(ids), _IDS_PER_STATEMENT):
            some = ids[first : first + _IDS_PER_STATEMENT]
            for entity in self._session.scalars(select(self.kind).where(key.in_(some))):
                found[identity_key(instance=entity)[1][0]] = entity
        return [found[id_] for id_ in ids if id_ in found]

    def add(self, entity: T) -> None:
        """Keep a new entity, or changes to one that was read in an earlier unit of work."""
        self._session.add(entity)

    def _reread(self, id_: str, *attributes: str) -> None:
        """Show a change made by statement in the entity, if it is in use."""
        key = self._session.identity_key(self.kind, id_)
        loaded = self._session.identity_map.get(key)
        if loaded is not None:
            self._session.refresh(loaded, attributes or None)

    def _show(self, id_: str, **values: object) -> None:
        """Show what a statement has set in the entity, if it is in use; nothing is read."""
        loaded = self._session.identity_map.get(self._session.identity_key(self.kind, id_))
        if loaded is not None:
            for name, value in values.items():
                set_committed_value(loaded, name, value)


def touch(session: Session, statement: Update, values: Mapping[str, object] | None = None) -> int:
    """Run a conditional update after all pending changes; return how many rows met it."""
    session.flush()
    return cast("CursorResult[Any]", session.execute(statement, values)).rowcount


def insert_once(
    session: Session,
    entity: object,
    *unique: ColumnElement[Any],
    where: TextClause | None = None,
) -> bool:
    """Insert an entity unless its key is taken; say whether it was inserted.

    Args:
        session: Where to.
        entity: Is not tracked afterwards; its ``seq`` is filled in.
        unique: The columns of the key.
        where: The condition of the partial index behind the key, if it is one.
    """
    session.flush()
    mapper = cast("Mapper[Any]", inspect(type(entity)))
    table = cast("Table", mapper.local_table)
    values = {
        column.key: getattr(entity, mapper.get_property_by_column(column).key)
        for column in table.columns
        if column.key != "seq"
    }
    statement = _insert_once(session.get_bind().dialect.name, table, unique, where)
    inserted = session.execute(statement, values).scalar_one_or_none()
    if inserted is not None:
        note_chat_of(session, entity)
    if inserted is not None and "seq" in table.c:
        entity.seq = inserted  # type: ignore[attr-defined]  # such tables' entities have it
    return inserted is not None


@cache
def _insert_once(
    dialect: str, table: Table, unique: tuple[ColumnElement[Any], ...], where: TextClause | None
) -> ReturningInsert[Any]:
    insert = insert_on_postgresql if dialect == "postgresql" else insert_on_sqlite
    given = [table.c.seq] if "seq" in table.c else table.primary_key.columns
    return (
        insert(table)
        .on_conflict_do_nothing(index_elements=unique, index_where=where)
        .returning(*given)
    )


def wake(session: Session, kind: str) -> None:
    """Note that a commit has work for whoever waits for that kind."""
    session.info.setdefault(WAKEUPS, set()).add(kind)
