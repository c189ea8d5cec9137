"""Column types: UTC instants, enumerations by value, addresses, and values kept as JSON."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, override

from sqlalchemy import JSON, DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from deliveries.model.personal import ContactAddress
from integrations.storage.forms import Form


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; SQLite itself would drop the offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants and store the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive instant cannot be stored")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Identifier(TypeDecorator[str]):
    """An id or key: compared and sorted by its bytes, alike on every database and locale."""

    impl = String
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Ask PostgreSQL for the byte order that SQLite has anyway."""
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(String(collation=collation))


class Words(TypeDecorator[str]):
    """Free text of any origin: what no database can store is replaced, not refused.

    PostgreSQL has no NUL in text, and neither database stores half of a surrogate pair; a message
    that holds one must still be kept.
    """

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace NUL and lone surrogates."""
        if value is None:
            return None
        return value.replace("\x00", "\ufffd").encode(errors="replace").decode()


class Name(TypeDecorator[StrEnum]):
    """A member of an enumeration, stored as its value."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Store the value; refuse what is no member."""
        return None if value is None else self.kind(value).value

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Return the member."""
        return None if value is None else self.kind(value)


class Address(TypeDecorator[ContactAddress]):
    """A contact's address; it is revealed to the database only."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: ContactAddress | None, dialect: Dialect) -> str | None:
        """Store the bare value."""
        return None if value is None else value.reveal()

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> ContactAddress | None:
        """Hide the value again."""
        return None if value is None else ContactAddress(value)


class Value[T](TypeDecorator[T]):
    """One value object, stored as JSON."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, write: Callable[[T], Form], read: Callable[[Form], T]) -> None:
        super().__init__()
        self.write = write
        self.read = read

    @override
    def process_bind_param(self, value: T | None, dialect: Dialect) -> Form:
        """Return the value's form."""
        return None if value is None else self.write(value)

    @override
    def process_result_value(self, value: Form, dialect: Dialect) -> T | None:
        """Read the value's form."""
        return None if value is None else self.read(value)


class Values[T](TypeDecorator[tuple[T, ...]]):
    """A tuple of value objects, stored as a JSON array."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, write: Callable[[T], Form], read: Callable[[Form], T]) -> None:
        super().__init__()
        self.write = write
        self.read = read

    @override
    def process_bind_param(self, value: tuple[T, ...] | None, dialect: Dialect) -> Form:
        """Return the values' forms."""
        return None if value is None else [self.write(item) for item in value]

    @override
    def process_result_value(self, value: Form, dialect: Dialect) -> tuple[T, ...] | None:
        """Read the values' forms."""
        return None if value is None else tuple(self.read(form) for form in value)
