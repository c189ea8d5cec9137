"""The van arrives: by where it says that it is, once, and not on top of what was just told."""

from collections.abc import Iterator

import pytest

from deliveries.model.route import RouteState
from deliveries.model.rules_form import read_rules
from tests.builders import a_stocked_storage, at
from tests.unit.deliveries.services.round import Round, a_stop_for

# The stop of d-1 stands at 51.511, -0.07; a thousandth of a degree of latitude is 111 metres.
NEAR, FAR = 51.5075, 51.500


@pytest.fixture
def drive() -> Iterator[Round]:
    """A round of two stops, at ten and half past; the van leaves at half past nine."""
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    with drive.store.unit_of_work() as work:
        work.plans.route("r-1").state = RouteState.DEPARTED
        work.commit()
    yield drive
    drive.store.close()


def van_at(drive: Round, lat: float, minute: int) -> None:
    with drive.store.unit_of_work() as work:
        route = work.plans.route("r-1")
        route.van_lat, route.van_lon, route.van_at = lat, -0.07, at(9, minute)
        work.commit()


def test_tells_once_that_the_van_arrives(drive: Round) -> None:
    drive.tick(at(9, 46))
    van_at(drive, FAR, 54)
    drive.tick(at(9, 54))
    van_at(drive, NEAR, 55)
    drive.tick(at(9, 55))
    van_at(drive, NEAR, 56)
    drive.tick(at(9, 56))

    assert drive.told() == ["notice_minutes_away", "notice_arriving"]


def test_says_nothing_more_to_who_was_just_told_of_minutes(drive: Round) -> None:
    drive.tick(at(9, 50))
    van_at(drive, NEAR, 55)
    drive.tick(at(9, 55))

    assert drive.told() == ["notice_minutes_away"]


def test_a_position_of_long_ago_does_not_arrive(drive: Round) -> None:
    drive.tick(at(9, 46))
    van_at(drive, NEAR, 50)
    drive.tick(at(9, 58))

    assert drive.told() == ["notice_minutes_away"]


def test_a_van_that_waits_for_the_window_has_not_arrived(drive: Round) -> None:
    drive.expect(at(10, 30))
    van_at(drive, NEAR, 55)
    drive.tick(at(9, 55))

    assert "notice_arriving" not in drive.told()


def test_a_shipper_can_switch_it_off() -> None:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    with drive.store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules({"notices": {"arriving_m": 0}})
        work.plans.route("r-1").state = RouteState.DEPARTED
        work.commit()
    drive.tick(at(9, 46))
    van_at(drive, NEAR, 55)
    drive.tick(at(9, 55))

    assert drive.told() == ["notice_minutes_away"]
