import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliveries.insertion import GreatCircleTravel, Position, matrix
from deliveries.insertion.travel import points
from tests.forward_pass import drive_seconds, metres_between

positions = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))


@given(positions, positions, positions)
def test_travel_agrees_with_the_independent_pass_and_no_detour_is_shorter(
    first: Position, second: Position, third: Position
) -> None:
    seconds, metres = matrix(GreatCircleTravel(), points([first, second, third]))
    one, two = (first.latitude, first.longitude), (second.latitude, second.longitude)
    # Near the antipode half a metre is what floating point leaves.
    assert abs(int(seconds[0, 1]) - drive_seconds(one, two)) <= 1
    assert abs(int(metres[0, 1]) - math.ceil(1.35 * metres_between(one, two))) <= 1
    assert (seconds == seconds.T).all()
    assert seconds.diagonal().tolist() == [0, 0, 0]
    assert seconds[0, 2] <= seconds[0, 1] + seconds[1, 2] + 1


def test_speed_and_road_factor_count() -> None:
    berlin, potsdam = points([Position(52.52, 13.405)]), points([Position(52.4, 13.06)])
    straight = metres_between((52.52, 13.405), (52.4, 13.06))
    seconds, metres = GreatCircleTravel(speed_kmh=36, road_factor=1.5).between(berlin, potsdam)
    assert metres.tolist() == [math.ceil(1.5 * straight)]
    assert seconds.tolist() == [math.ceil(0.15 * straight)]
    assert seconds.dtype == np.int64


@pytest.mark.parametrize(
    ("speed", "factor"), [(0, 1.3), (math.inf, 1.3), (30, 0.9), (30, math.nan)]
)
def test_a_van_moves_and_a_road_is_no_shorter_than_the_crow_flies(
    speed: float, factor: float
) -> None:
    with pytest.raises(ValueError, match="must be above 0"):
        GreatCircleTravel(speed, factor)
