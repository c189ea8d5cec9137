"""Legs at speeds that change with the hour, beside a drive through the hours one by one."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliveries.insertion import Paces, Position, Stop, Travel, Vehicle, matrix
from deliveries.insertion.paces import AS_PLANNED
from deliveries.insertion.problem import Problem, at_one_pace
from deliveries.insertion.timing import NEVER, TOO_LATE
from deliveries.insertion.travel import paces_of, points
from integrations.planners.vroom.contract import write as vroom
from tests.forward_pass import by_the_hour
from tests.unit.deliveries.insertion.random_plans import GRID, HOUR, RUSH

FACTORS = st.lists(st.floats(0.5, 3.0), min_size=1, max_size=24).map(tuple)
INSTANTS = st.integers(-5 * HOUR, 40 * HOUR)
LEGS = st.integers(0, 30 * HOUR)
EIGHT = 8 * HOUR


def speeds(factors: tuple[float, ...]) -> dict[int, int]:
    return {8 + number: round(AS_PLANNED / factor) for number, factor in enumerate(factors)}


@given(FACTORS, INSTANTS, LEGS)
def test_an_arrival_is_that_of_a_drive_through_the_hours(
    factors: tuple[float, ...], leaves: int, leg: int
) -> None:
    arrival = Paces.of(EIGHT, factors).arrival_s(leaves, leg)
    assert arrival == by_the_hour(speeds(factors))(leaves, leg)


@given(FACTORS, INSTANTS, LEGS, st.integers(0, 5 * HOUR))
def test_nobody_who_leaves_later_is_there_sooner(
    factors: tuple[float, ...], leaves: int, leg: int, later: int
) -> None:
    paces = Paces.of(EIGHT, factors)
    assert paces.arrival_s(leaves, leg) <= paces.arrival_s(leaves + later, leg)


@given(FACTORS, INSTANTS, LEGS, st.integers(0, HOUR))
def test_a_longer_leg_is_over_no_sooner(
    factors: tuple[float, ...], leaves: int, leg: int, more: int
) -> None:
    paces = Paces.of(EIGHT, factors)
    assert leaves <= paces.arrival_s(leaves, leg) <= paces.arrival_s(leaves, leg + more)


@given(FACTORS, INSTANTS, LEGS)
def test_the_latest_departure_is_in_time_and_a_second_later_is_not(
    factors: tuple[float, ...], arrives: int, leg: int
) -> None:
    paces = Paces.of(EIGHT, factors)
    latest = paces.departure_s(arrives, leg)
    assert paces.arrival_s(latest, leg) <= arrives < paces.arrival_s(latest + 1, leg)


@given(INSTANTS, LEGS, st.integers(1, 24))
def test_where_every_hour_is_as_planned_a_leg_takes_what_was_planned(
    at: int, leg: int, hours: int
) -> None:
    for paces in (Paces(), Paces.of(EIGHT, (1.0,) * hours), Paces.of(30 * HOUR, (2.0,) * hours)):
        assert paces.arrival_s(min(at, 0), min(leg, HOUR)) == min(at, 0) + min(leg, HOUR)
        assert paces.departure_s(min(at, 0), leg) == min(at, 0) - leg
    assert Paces.of(EIGHT, (1.0,) * hours) == Paces()


@given(FACTORS, st.lists(st.tuples(INSTANTS, LEGS), min_size=1, max_size=20))
def test_many_at_once_are_each_on_its_own(
    factors: tuple[float, ...], asked: list[tuple[int, int]]
) -> None:
    paces = Paces.of(EIGHT, factors)
    at, legs = (np.array(column, np.int64) for column in zip(*asked, strict=True))
    arrivals = [paces.arrival_s(*each) for each in asked]
    departures = [paces.departure_s(*each) for each in asked]
    assert paces.arrivals_s(at, legs).tolist() == arrivals
    assert paces.departures_s(at, legs).tolist() == departures
    layers = np.array([at, at + HOUR, np.full_like(at, NEVER)])
    assert paces.arrivals_s(layers, legs)[0].tolist() == arrivals


@pytest.mark.parametrize("mark", [NEVER, TOO_LATE])
def test_what_cannot_be_stays_so(mark: int) -> None:
    paces, marks = Paces.of(EIGHT, (2.0, 0.5)), np.array([mark])
    assert paces.arrival_s(mark, 60) == paces.arrivals_s(marks, np.array([60]))[0] == mark + 60
    assert paces.departure_s(mark, 60) == paces.departures_s(marks, np.array([60]))[0] == mark - 60


def test_who_is_on_the_road_when_the_hour_ends_goes_on_at_the_next_speed() -> None:
    paces = Paces.of(EIGHT, (2.0, 1.0))
    # Half an hour at half the speed is a quarter of the way.
    assert paces.arrival_s(EIGHT + HOUR // 2, HOUR) == EIGHT + HOUR + 45 * 60


def test_the_mean_is_that_of_the_hours_asked_about() -> None:
    paces, hour = Paces.of(EIGHT, (2.0, 1.0, 4.0)), np.array([HOUR])
    means = [
        paces.typical_s(hour, EIGHT + a * HOUR, EIGHT + b * HOUR) for a, b in pairwise((0, 1, 2, 3))
    ]
    assert [int(mean[0]) for mean in means] == [2 * HOUR, HOUR, 4 * HOUR]
    # An hour and a half can be driven in two, half of it in the first.
    assert paces.typical_s(hour, EIGHT, EIGHT + 2 * HOUR).tolist() == [4800]
    assert Paces().typical_s(hour, EIGHT, EIGHT + HOUR).tolist() == [HOUR]


def test_a_pace_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Paces.of(EIGHT, (1.0, 0.0))


@pytest.mark.parametrize("travel", [GRID, RUSH])
def test_solvers_that_know_no_hours_are_told_the_mean_of_the_shifts(travel: Travel) -> None:
    depot, there = Position(0, 0), Position(0.2, 0.1)
    early, late = (
        Vehicle(name, depot, depot, first * HOUR, last * HOUR, 9)
        for name, first, last in (("early", 7, 9), ("late", 8, 11))
    )
    problem = Problem((early, late), (Stop("it", there, 0, 20 * HOUR, 60),), travel)
    plain, _ = matrix(travel, points([depot, there]))
    mean = paces_of(travel).typical_s(plain, 7 * HOUR, 11 * HOUR).tolist()
    assert (mean == plain.tolist()) == (travel is GRID)
    assert matrix(at_one_pace(problem).travel, points([depot, there]))[0].tolist() == mean
    # Both vans start and end at the depot, which comes first, four times.
    told = vroom(problem)["matrices"]["car"]["durations"]  # type: ignore[index,call-overload]
    assert [row[3:] for row in told[3:]] == mean  # type: ignore[index,union-attr]
