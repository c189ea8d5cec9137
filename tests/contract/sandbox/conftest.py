from collections.abc import AsyncIterator

import pytest

from tests.contract.sandbox.playing import Play, a_play


@pytest.fixture
async def play() -> AsyncIterator[Play]:
    async with a_play() as playing:
        yield playing
