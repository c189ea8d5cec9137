"""Every planner there is, for the one suite."""

import pytest

from deliveries.ports import RoutePlanner
from integrations.planners.embedded import EmbeddedPlanner


@pytest.fixture(params=["embedded"])
def planner(request: pytest.FixtureRequest) -> RoutePlanner:
    assert request.param == "embedded"
    return EmbeddedPlanner(budget_s=2)
