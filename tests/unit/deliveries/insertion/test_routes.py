import math

import pytest

from deliveries.insertion import Break, Position, Route, Stop, Vehicle

HERE = Position(52.5, 13.4)


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, -181), (math.nan, 0)])
def test_a_position_is_on_the_map(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="a position needs"):
        Position(latitude, longitude)


def test_a_window_of_one_second_is_the_narrowest() -> None:
    assert Stop("a", HERE, 5, 5, 0).close_s == 5
    with pytest.raises(ValueError, match="closes before it opens"):
        Stop("a", HERE, 6, 5, 0)


@pytest.mark.parametrize("amounts", [(-1, 0, 0), (0, -1, 0), (0, 0, -1)])
def test_no_amount_of_a_stop_is_negative(amounts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        Stop("a", HERE, 0, 1, amounts[0], setup_s=amounts[1], load=amounts[2])


def test_a_break_can_start() -> None:
    assert Break(60, 5, 5).latest_s == 5
    with pytest.raises(ValueError, match="a break needs"):
        Break(60, 6, 5)
    with pytest.raises(ValueError, match="a break needs"):
        Break(-60, 5, 6)


def test_a_capacity_is_not_negative() -> None:
    with pytest.raises(ValueError, match="capacity cannot be negative"):
        Vehicle("van", HERE, HERE, 0, 1, -1)


@pytest.mark.parametrize("locked", [-1, 2])
def test_only_stops_that_are_there_can_be_locked(locked: int) -> None:
    with pytest.raises(ValueError, match="cannot lock"):
        Route(Vehicle("van", HERE, HERE, 0, 1, 1), (Stop("a", HERE, 0, 1, 0),), locked)
