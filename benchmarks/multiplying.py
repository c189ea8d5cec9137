"""Databases full of copies: a million rows in seconds, by statements of their own."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table, create_engine

from integrations.storage.engines import database_url


def copy_rows(
    url: str,
    table: Table,
    which: str,
    start: int,
    count: int,
    changed: Mapping[str, str],
    *,
    left_out: Sequence[str] = (),
) -> None:
    """Copy a row many times with some columns changed, by one statement.

    Args:
        url: The database.
        table: Where the row is.
        which: An SQL condition that only this row meets, after its name and a dot.
        start: The first number of a copy.
        count: How many copies.
        changed: By column, an SQL expression in which ``n`` is the number of the copy.
        left_out: Columns that the database fills by itself.
    """
    names = [column.name for column in table.columns if column.name not in left_out]
    values = [changed.get(name, f'"{name}"') for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    last = start + count - 1
    numbers = f"SELECT {start} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last}"  # noqa: S608
    execute(
        url,
        f"INSERT INTO {table.name} ({listed}) WITH RECURSIVE numbers(n) AS ({numbers})"  # noqa: S608
        f" SELECT {', '.join(values)} FROM {table.name}, numbers WHERE {table.name}.{which}",
    )


def execute(url: str, statement: str) -> None:
    """Run a statement by itself and let the database count its rows anew."""
    engine = create_engine(database_url(url))
    if engine.dialect.name == "postgresql":
        # Its driver takes a single one for a parameter.
        statement = statement.replace("%", "%%")
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()
