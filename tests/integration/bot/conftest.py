from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.bot.stage import World, a_world, make_database


@pytest.fixture
def database(tmp_path: Path) -> str:
    return make_database(tmp_path)


@pytest.fixture
async def world(database: str) -> AsyncIterator[World]:
    async with a_world(database) as built:
        yield built
