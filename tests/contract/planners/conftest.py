"""Every planner there is, for the one suite; outside ones over real HTTP."""

from collections.abc import Iterator

import pytest

from deliveries.ports import RoutePlanner
from tests.outside.sides import SIDES, Side


@pytest.fixture(params=list(SIDES))
def side(request: pytest.FixtureRequest) -> Iterator[Side]:
    with SIDES[request.param]() as side:
        yield side


@pytest.fixture
def planner(side: Side) -> RoutePlanner:
    return side.planner
