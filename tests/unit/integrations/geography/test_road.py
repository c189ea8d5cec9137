"""Distances by road."""

import pytest

from integrations.geography import RoadGeography
from tests.forward_pass import metres_between

PLACES = [(51.5, -0.05), (51.51, -0.07), (51.5, -0.05001), (48.2, 16.37), (-33.9, 151.2)]


@pytest.mark.parametrize("there", PLACES)
def test_a_distance_is_the_great_circle_stretched(there: tuple[float, float]) -> None:
    found = RoadGeography().distance_m(PLACES[0], there)
    assert found == pytest.approx(metres_between(PLACES[0], there) * 1.35, abs=1)
