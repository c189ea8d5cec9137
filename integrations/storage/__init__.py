"""The one store: SQLAlchemy on SQLite and PostgreSQL, behind ``deliveries.ports.UnitOfWork``."""

from integrations.storage.unit_of_work import SqlUnitOfWork, Storage, storage

__all__ = ["SqlUnitOfWork", "Storage", "storage"]
