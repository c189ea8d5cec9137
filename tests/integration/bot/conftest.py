from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from integrations.storage.migrations import migrate
from tests.integration.bot.stage import World, a_world, make_database
from tests.servers import fresh_database, postgresql_server


@pytest.fixture
def database(tmp_path: Path) -> str:
    return make_database(tmp_path)


@pytest.fixture
async def world(database: str) -> AsyncIterator[World]:
    async with a_world(database) as built:
        yield built


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with postgresql_server() as server, fresh_database(server) as url:
        migrate(url)
        yield url


@pytest.fixture
async def postgresql_world(postgresql: str) -> AsyncIterator[World]:
    async with a_world(postgresql) as built:
        yield built
