"""Brings a database's tables up to date; ``versions`` holds the numbered steps.

A step fits the code that is still running: expand, move, contract, never in one release.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from integrations.storage.engines import make_engine

# Any number that nobody else locks.
_MIGRATING = 0x0D0076


def migrate(url: str) -> None:
    """Bring the database at an address up to date, whatever state it is in.

    Several processes may do so at once: one works, the others wait and find nothing to do.

    Raises:
        ValueError: If the address is neither SQLite's nor PostgreSQL's.
        UnavailableError: If the database cannot be reached, or is in use for too long.
    """
    engine = make_engine(url)
    try:
        upgrade(engine)
    finally:
        engine.dispose()


def upgrade(engine: Engine) -> None:
    """Bring an engine's database up to date, in one transaction."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            _take_turns(connection)
        config = settings()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def settings() -> Config:
    """Return Alembic's settings for these migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _take_turns(connection: Connection) -> None:
    """Wait for other migrations; then rather fail than hold up the running code."""
    connection.execute(text("SET LOCAL lock_timeout = '60s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATING})
    connection.execute(text("SET LOCAL lock_timeout = '5s'"))
    connection.execute(text("SET LOCAL statement_timeout = '300s'"))
