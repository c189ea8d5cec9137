"""One suite, three stores: SQLite in a file, SQLite in memory, PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from integrations.storage import Storage, storage
from integrations.storage.migrations import migrate
from integrations.storage.tables import metadata
from tests.builders import (
    a_contact,
    a_conversation,
    a_delivery,
    a_depot,
    a_person,
    a_pickup_point,
    a_shipper,
    a_vehicle,
    in_memory_storage,
    keep,
)
from tests.servers import fresh_database, postgresql_server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_database(postgresql: str) -> Iterator[str]:
    with fresh_database(postgresql) as url:
        migrate(url)
        yield url


@pytest.fixture
def postgresql_url(postgresql_database: str) -> str:
    # Emptied, and not made anew: a database takes PostgreSQL half a second.
    with psycopg.connect(postgresql_database) as connection:
        for table in metadata.tables:
            # Of the audit log no row can be deleted.
            empty = "TRUNCATE {}" if table == "audit_log" else "DELETE FROM {}"
            connection.execute(sql.SQL(empty).format(sql.Identifier(table)))
    return postgresql_database


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "doorstep.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


# Databases that several connections can share.
SHARED = [
    "sqlite_url",
    pytest.param("postgresql_url", marks=pytest.mark.services),
]


@pytest.fixture(params=SHARED)
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def shared_store(url: str) -> Iterator[Storage]:
    store = storage(url)
    stock(store)
    yield store
    store.close()


@pytest.fixture(params=["memory", *SHARED])
def store(request: pytest.FixtureRequest) -> Iterator[Storage]:
    if request.param == "memory":
        store = in_memory_storage()
    else:
        store = storage(request.getfixturevalue(request.param))
    stock(store)
    yield store
    store.close()


def stock(store: Storage) -> None:
    keep(
        store,
        a_shipper(),
        a_depot(),
        a_vehicle(),
        a_pickup_point(),
        a_person(),
        a_contact(),
        a_conversation(),
        a_delivery(),
    )
