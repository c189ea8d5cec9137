"""Translates the database's errors into ours, in one place and without any value in their text."""

import sqlite3

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from deliveries.errors import ConflictError, RejectedError, UnavailableError

# https://www.postgresql.org/docs/current/errcodes-appendix.html: serialization_failure and
# deadlock_detected end one of two transactions that stood in each other's way.
_LOST_THE_RACE = frozenset({"40001", "40P01"})


def translate_failures(engine: Engine) -> None:
    """Make every statement of an engine fail with our errors."""
    event.listen(engine, "handle_error", _translate)


def _translate(context: ExceptionContext) -> None:
    original = context.original_exception
    failure = context.sqlalchemy_exception
    if not isinstance(failure, DBAPIError):
        return
    sqlstate = getattr(original, "sqlstate", None)
    summary = _summary(original, sqlstate)
    # A driver's text quotes the values ("Key (address)=(…) already exists") and would be printed
    # with ours as its cause.
    original.args = (summary,)
    if isinstance(failure, IntegrityError) or sqlstate in _LOST_THE_RACE:
        raise ConflictError(summary)
    if isinstance(failure, OperationalError | InterfaceError) or context.is_disconnect:
        raise UnavailableError(summary)
    raise RejectedError(summary)


def _summary(original: BaseException, sqlstate: str | None) -> str:
    """Return the error's kind and what it is about: a constraint, or a missing table."""
    parts = [type(original).__name__]
    if sqlstate is not None:
        about = getattr(original, "diag", None)
        parts += [sqlstate, getattr(about, "constraint_name", None) or ""]
        if isinstance(original, psycopg.ProgrammingError):
            parts.append(getattr(about, "message_primary", None) or "")
    elif isinstance(original, sqlite3.Error):
        # SQLite's own texts name tables and columns, never values.
        parts += [getattr(original, "sqlite_errorname", ""), str(original)]
    return " ".join(part for part in parts if part)
