"""Places that people name, from what the network knows."""

import pytest

from deliveries.services.pickup_points.whereabouts import find_place, is_home
from integrations.storage import Storage
from tests.builders import a_delivery, a_person, a_pickup_point, a_stocked_storage
from tests.unit.deliveries.services.talk import Talk

STATION = {"lat": 51.53, "lon": -0.12}
MILL = {"lat": 51.49, "lon": -0.02}


@pytest.fixture
def store() -> Storage:
    mill = {"id": "d-9", "reference": "ORDER-9", "address_line": "7 Mill Lane"}
    return a_stocked_storage(
        a_pickup_point(id="pp-2", name="Station Lockers", address="1 Kings Road", **STATION),
        a_person(id="p-9"),
        a_delivery(**mill, person_id="p-9", postcode="SE8 4AB", **MILL),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my work at the station", STATION),
        ("Kings Road", STATION),
        ("mein Büro in der Mill Lane", MILL),
        ("cerca de mi trabajo en Mill Lane 12", MILL),
        ("près de mon travail, Mill Lane", MILL),
        ("SE8 4AB", MILL),
        ("se84ab", MILL),
        ("near SE8 please", MILL),
        ("the opera", None),
        ("Mill Valley Business Park East", None),
    ],
)
def test_a_place_is_found_by_name_street_or_postcode(
    store: Storage, text: str, expected: dict[str, float] | None
) -> None:
    with store.unit_of_work() as work:
        found = find_place(work, work.deliveries.get("d-1"), text)
    assert found == (None if expected is None else (expected["lat"], expected["lon"]))


@pytest.mark.parametrize("text", ["home", "the nearest locker", "zuhause", "mi casa", "chez moi"])
def test_no_place_in_particular_is_home(text: str) -> None:
    assert is_home(text)


def test_an_unknown_place_is_asked_about_once_and_then_home_is_shown(store: Storage) -> None:
    talk = Talk(store)
    near = {"near_place": "the opera"}
    assert talk.say("near the opera", "collect_from_pickup_point", **near) == ["ask_where_near"]
    assert talk.options() == ["option_goal_near_home"]
    assert talk.say("the concert hall", "inform") == ["points_offered_near_home"]


def test_the_street_that_is_asked_for_is_taken(store: Storage) -> None:
    talk = Talk(store)
    talk.say("near the opera", "collect_from_pickup_point", near_place="the opera")
    assert talk.say("kings road", "inform") == ["points_offered"]
    offer = talk.offer()
    assert offer is not None
    assert offer.options[0].details["pickup_point_id"] == "pp-2"


def test_near_home_is_one_reply_away(store: Storage) -> None:
    talk = Talk(store)
    talk.say("near the opera", "collect_from_pickup_point", near_place="the opera")
    assert talk.press(1) == ["points_offered"]
