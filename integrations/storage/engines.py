"""Engines for SQLite and PostgreSQL, set up so that the same code is safe on both."""

import sqlite3
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from integrations.storage.failures import translate_failures

# The execution option by which a connection says that it will write nothing.
READ_ONLY = "doorstep_read_only"

_WAIT_FOR_CONNECTION_S = 15
_WAIT_FOR_WRITER_S = 15
_LOOK_EVERY_S = 0.001
# Extended result codes carry the primary one in their lowest byte: https://sqlite.org/rescode.html
_PRIMARY_CODE = 0xFF

# Ends what hangs, so that it can be tried again: no transaction of ours takes a second. Compiling a
# statement takes longer than any of ours runs.
_POSTGRESQL_OPTIONS = (
    "-c timezone=UTC -c jit=off -c lock_timeout=15s -c statement_timeout=60s"
    " -c idle_in_transaction_session_timeout=120s"
)


def database_url(url: str) -> URL:
    """Return a database's address with the driver we use.

    Raises:
        ValueError: If it is no address, or neither SQLite's nor PostgreSQL's.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        # Not chained: the text of the cause holds the address, with its password.
        raise ValueError("the database's address cannot be read") from None
    backend = parsed.drivername.partition("+")[0]
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    raise ValueError("the database must be SQLite or PostgreSQL")


def make_engine(url: str) -> Engine:
    """Return an engine; nothing is connected yet.

    Raises:
        ValueError: If the address is neither SQLite's nor PostgreSQL's.
    """
    address = database_url(url)
    engine = (
        _sqlite_engine(address)
        if address.get_backend_name() == "sqlite"
        else _postgresql_engine(address)
    )
    translate_failures(engine)
    return engine


def _postgresql_engine(address: URL) -> Engine:
    return create_engine(
        address,
        hide_parameters=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=_WAIT_FOR_CONNECTION_S,
        pool_pre_ping=True,
        connect_args={
            "application_name": "doorstep",
            "connect_timeout": 5,
            "options": _POSTGRESQL_OPTIONS,
        },
    )


def _sqlite_engine(address: URL) -> Engine:
    is_in_memory = address.database in (None, "", ":memory:")
    engine = create_engine(
        address,
        hide_parameters=True,
        poolclass=QueuePool,
        # A database in memory is its connection: all share the one, one after the other.
        pool_size=1 if is_in_memory else 10,
        max_overflow=0 if is_in_memory else 10,
        pool_timeout=_WAIT_FOR_CONNECTION_S,
        connect_args={"timeout": _WAIT_FOR_WRITER_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_on_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver would begin late and by itself; see ``_begin_on_sqlite``.
    connection.isolation_level = None
    cursor = connection.cursor()
    _write_ahead(cursor)
    # Two megabytes, as is usual, do not hold the indexes that a day of 100,000 deliveries needs.
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "cache_size=-32000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: Any) -> None:  # noqa: ANN401 SQLAlchemy types it so
    """Turn the write-ahead log on; of several processes that open a new file one waits.

    SQLite's own waiting does not hold for this statement: it fails at once while another process
    does the same.
    """
    give_up_at_s = time.monotonic() + _WAIT_FOR_WRITER_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & _PRIMARY_CODE == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > give_up_at_s:
                raise
            time.sleep(_LOOK_EVERY_S)
        else:
            return


def _begin_on_sqlite(connection: Connection) -> None:
    """Begin as a writer at once: a reader that turns into one fails without waiting its turn."""
    is_reading = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if is_reading else 'OFF'}")
    if is_reading:
        connection.exec_driver_sql("BEGIN")
    elif not _is_begun_as_writer(connection.connection.driver_connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_begun_as_writer(connection: Any) -> bool:  # noqa: ANN401 SQLAlchemy types it so
    """Wait for the one writer's place, and say whether it came.

    SQLite's own waiting sleeps up to a tenth of a second between two looks; with several processes
    writing for milliseconds each, some would wait for seconds.
    """
    give_up_at_s = time.monotonic() + _WAIT_FOR_WRITER_S
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while time.monotonic() < give_up_at_s:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY:
                    return False
                time.sleep(_LOOK_EVERY_S)
            else:
                return True
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={_WAIT_FOR_WRITER_S * 1000}")
