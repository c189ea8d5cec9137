"""Both map servers over real HTTP: what they tell, what they refuse, and when they are away."""

import pickle
from collections.abc import Iterator
from contextlib import closing
from math import ceil

import numpy as np
import pytest

from deliveries.errors import RejectedError, UnavailableError, UnreadableError
from deliveries.insertion import GreatCircleTravel, Position, TabledTravel, matrix
from deliveries.insertion.travel import NO_ROAD_S, Points
from integrations.planning import check_travel, mapped_travel
from integrations.travel import MappedTravel, Osrm, Valhalla
from integrations.travel.mapped import AWAY_S
from integrations.travel.server import MapServer
from tests.outside.maps import MapOutsider, OsrmServer, ValhallaServer, driven
from tests.planner_settings import travel_settings

KINDS = {"osrm": (OsrmServer, Osrm), "valhalla": (ValhallaServer, Valhalla)}
ISLAND = (0.1, 0.9)


class Town:
    """A played server, our side of it, and a clock."""

    def __init__(self, kind: str, outsider: MapOutsider) -> None:
        self.kind, self.outsider = kind, outsider
        self.now_s = 0.0
        self.server: MapServer = KINDS[kind][1](outsider.url, timeout_s=3.0)
        self.travel = MappedTravel(self.server, clock=lambda: self.now_s)

    @property
    def calls(self) -> int:
        return len(self.outsider.calls)

    def seconds(self, start: tuple[float, float], end: tuple[float, float]) -> int:
        seconds, _ = self.travel.between(np.array([start]), np.array([end]))
        return int(seconds[0])


@pytest.fixture(params=list(KINDS))
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    with KINDS[request.param][0]() as outsider:
        town = Town(request.param, outsider)
        yield town
        town.server.close()


def some(count: int) -> Points:
    random = np.random.default_rng(count)
    return random.uniform((0.0, 0.0), (0.2, 0.3), (count, 2)).round(5)


def expected(places: Points) -> list[list[float]]:
    rows = places.tolist()
    return [[(driven(tuple(a), tuple(b)) or (0.0, 0.0))[0] for b in rows] for a in rows]


def test_all_times_between_many_places_are_asked_in_tables_the_server_takes(town: Town) -> None:
    places = some(120)
    seconds, metres = matrix(town.travel, places)
    # Valhalla rounds to whole seconds.
    assert np.abs(seconds - np.array(expected(places))).max() <= 1.1
    assert abs(int(metres[0, 1]) - driven(*map(tuple, places[:2].tolist()))[1]) <= 1.5  # type: ignore[index,arg-type]
    assert (town.calls, town.travel.tally.estimated) == (9, 0)


def test_there_and_back_are_two_questions(town: Town) -> None:
    here, there = (0.1, 0.1), (0.2, 0.2)
    assert town.seconds(there, here) > town.seconds(here, there)


def test_what_is_known_is_not_asked_again_and_a_new_place_asks_for_its_own_pairs(
    town: Town,
) -> None:
    places = some(21)
    matrix(town.travel, places[:20])
    before = town.calls
    matrix(town.travel, places[:20])
    assert town.calls == before
    town.travel.between(places[:20], places[20:])
    assert town.calls == before + 1


def test_places_a_step_apart_are_one(town: Town) -> None:
    town.seconds((0.1, 0.1), (0.2, 0.2))
    before = town.calls
    town.seconds((0.100004, 0.1), (0.2, 0.199996))
    assert (town.calls, town.seconds((0.1, 0.1), (0.100004, 0.1))) == (before, 0)


def test_a_route_is_asked_along_its_legs_and_not_from_everywhere_to_everywhere(town: Town) -> None:
    places = some(300)
    seconds, _ = town.travel.between(places[:-1], places[1:])
    legs = zip(places[:-1].tolist(), places[1:].tolist(), strict=True)
    wanted = [(driven(tuple(a), tuple(b)) or (0.0, 0.0))[0] for a, b in legs]
    assert np.abs(seconds - np.array(wanted)).max() <= 1.1
    assert town.calls <= 7


def test_where_no_road_leads_no_van_goes_in_a_day(town: Town) -> None:
    assert (town.seconds((0.1, 0.1), ISLAND), town.seconds(ISLAND, (0.1, 0.91)) < 600) == (
        NO_ROAD_S,
        True,
    )


def test_one_place_that_is_refused_is_estimated_and_the_others_are_not(town: Town) -> None:
    places = some(12)
    town.outsider.refused = (float(places[5, 0]), float(places[5, 1]))
    seconds, _ = matrix(town.travel, places)
    guessed, _ = matrix(GreatCircleTravel(), places)
    others = [i for i in range(12) if i != 5]
    known = np.array(expected(places))
    assert seconds[5].tolist() == guessed[5].tolist()
    assert np.abs(seconds - known)[np.ix_(others, others)].max() <= 1.1
    before = town.calls
    matrix(town.travel, places)
    assert town.calls == before


@pytest.mark.parametrize("trouble", ["down", "broken", "busy", "slow", "nonsense", "refused"])
def test_while_the_server_is_of_no_use_times_are_estimated(town: Town, trouble: str) -> None:
    places = some(30)
    town.outsider.always = trouble
    guessed, _ = matrix(GreatCircleTravel(), places)
    assert matrix(town.travel, places)[0].tolist() == guessed.tolist()
    assert (town.travel.tally.failures, town.travel.tally.estimated > 0) == (1, True)


def test_a_server_that_failed_is_left_alone_for_a_while_and_then_asked_again(town: Town) -> None:
    here, there = (0.1, 0.1), (0.2, 0.2)
    town.outsider.always = "broken"
    estimate = town.seconds(here, there)
    before = town.calls
    assert (town.seconds(here, there), town.calls) == (estimate, before)
    town.outsider.always, town.now_s = None, AWAY_S
    wanted = driven(here, there)
    assert wanted is not None
    assert abs(town.seconds(here, there) - wanted[0]) <= 1.1


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        ("broken", UnavailableError),
        ("busy", UnavailableError),
        ("down", UnavailableError),
        ("slow", UnavailableError),
        ("refused", RejectedError),
        ("nonsense", UnreadableError),
    ],
)
def test_every_failure_has_its_name(town: Town, trouble: str, error: type[Exception]) -> None:
    town.outsider.always = trouble
    with pytest.raises(error):
        town.server.table(some(2), some(2))


def test_a_table_that_is_too_large_is_refused(town: Town) -> None:
    with pytest.raises(RejectedError):
        town.server.table(some(60), some(60))


def test_the_doctor_asks_whether_it_answers(town: Town) -> None:
    settings = travel_settings(
        {"DOORSTEP_TRAVEL": town.kind, "DOORSTEP_TRAVEL_URL": town.outsider.url}
    )
    check_travel(settings)
    assert mapped_travel(settings) is mapped_travel(settings)
    town.outsider.always = "broken"
    with pytest.raises(UnavailableError):
        check_travel(settings)


def test_what_it_told_crosses_to_another_process_without_it(town: Town) -> None:
    rows = some(8)
    positions = [Position(*row) for row in rows.tolist()]
    copy = pickle.loads(pickle.dumps(TabledTravel.of(town.travel, positions)))  # noqa: S301 our own
    before = town.calls
    assert matrix(copy, rows)[0].tolist() == matrix(town.travel, rows)[0].tolist()
    assert town.calls == before


def test_only_so_many_places_are_remembered_and_the_answers_stay_right() -> None:
    with OsrmServer() as outsider, closing(Osrm(outsider.url)) as server:
        travel = MappedTravel(server, places_kept=10)
        for seed in (3, 4, 5, 6, 7, 30):
            places = some(seed)
            seconds, _ = matrix(travel, places)
            assert np.array_equal(seconds > 0, ~np.eye(seed, dtype=bool))
            first, second = (tuple(row) for row in places[:2].tolist())
            wanted = driven(first, second)  # type: ignore[arg-type]
            assert wanted is not None
            assert seconds[0, 1] == ceil(round(wanted[0], 1))
