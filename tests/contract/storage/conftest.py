"""One suite, three stores: SQLite in a file, SQLite in memory, PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.storage import Storage, storage
from integrations.storage.migrations import migrate, upgrade
from tests.builders import (
    a_contact,
    a_conversation,
    a_delivery,
    a_depot,
    a_person,
    a_pickup_point,
    a_shipper,
    a_vehicle,
    keep,
)
from tests.servers import fresh_database, postgresql_server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> Iterator[str]:
    with fresh_database(postgresql) as template:
        migrate(template)
        yield template


@pytest.fixture
def postgresql_url(postgresql: str, postgresql_template: str) -> Iterator[str]:
    with fresh_database(postgresql, template=postgresql_template) as url:
        yield url


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
        store = storage("sqlite://")
        upgrade(store.engine)
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
