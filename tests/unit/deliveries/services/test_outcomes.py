"""How a stop ended, told once and with what comes next."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from deliveries.model.delivery import DeliveryStatus, Place, PlaceKind
from deliveries.model.personal import ContactAddress
from deliveries.model.route import StopKind
from deliveries.model.saying import day_fact, moment_fact, time_fact
from tests.builders import (
    A_DAY,
    ZONE,
    a_contact,
    a_delivery,
    a_person,
    a_pickup_point,
    a_stocked_storage,
    at,
)
from tests.unit.deliveries.services.round import Round, a_stop_for

NEXT_DAY = A_DAY + timedelta(days=1)


@pytest.fixture
def drive() -> Iterator[Round]:
    """A round of one stop at ten that the van is on its way to."""
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    drive.report("departed")
    drive.now = at(10)
    yield drive
    drive.store.close()


def place(drive: Round, place: Place) -> None:
    with drive.store.unit_of_work() as work:
        work.deliveries.get("d-1").place = place
        work.commit()


@pytest.mark.parametrize(
    ("handed_to", "agreed", "name", "facts"),
    [
        ("recipient", Place(), "notice_delivered_recipient", {}),
        ("household", Place(), "notice_delivered_household", {}),
        (
            "neighbour",
            Place(PlaceKind.NEIGHBOUR, name="Dave", house_number="14"),
            "notice_delivered_neighbour",
            {"number": "14"},
        ),
        ("neighbour", Place(), "notice_delivered_neighbour_unnamed", {}),
        (
            "safe_place",
            Place(PlaceKind.SAFE_PLACE, words="behind the bins"),
            "notice_delivered_safe_place",
            {"words": "behind the bins"},
        ),
        ("safe_place", Place(), "notice_delivered_safe_place_unnamed", {}),
        ("dog", Place(), "notice_delivered_other", {}),
    ],
)
def test_says_where_the_parcel_is(
    drive: Round, handed_to: str, agreed: Place, name: str, facts: dict[str, str]
) -> None:
    place(drive, agreed)

    drive.report("delivered", stop="st-1", handed_to=handed_to)

    assert drive.told() == [name]
    told = drive.last_facts()
    assert {key: told[key] for key in facts} == facts
    assert told["photo"] is False
    assert drive.messages()[0].expires_at == at(22)


def test_takes_the_house_number_from_the_driver_and_says_that_there_is_a_photo(
    drive: Round,
) -> None:
    drive.report("delivered", stop="st-1", handed_to="neighbour", house_number="9", photo_url="u")

    assert drive.told() == ["notice_delivered_neighbour"]
    assert (drive.last_facts()["number"], drive.last_facts()["photo"]) == ("9", True)


def test_a_failed_attempt_comes_with_the_choices(drive: Round) -> None:
    drive.report("failed", stop="st-1", reason="nobody_home")

    (message,) = drive.messages()
    assert [saying.name for saying in message.sayings] == [
        "notice_failed_nobody_home",
        "notice_failed_choices_near",
    ]
    assert message.sayings[1].facts["until"] == time_fact(drive.now + timedelta(minutes=15), ZONE)
    with drive.store.unit_of_work(read_only=True) as work:
        conversation = work.conversations.get("conv-1")
        assert conversation.last_offer_id == message.sayings[1].offer_id
        assert conversation.focus == ("d-1",)


def test_says_only_what_happened_when_nothing_can_be_chosen(drive: Round) -> None:
    with drive.store.unit_of_work() as work:
        work.deliveries.get("d-1").forbidden_options = (
            "window",
            "neighbour",
            "safe_place",
            "pickup_point",
            "try_again",
        )
        work.commit()

    drive.report("failed", stop="st-1", reason="no_access")

    assert [each.name for each in drive.messages()[0].sayings] == ["notice_failed_no_access"]


def test_what_the_van_brings_back_is_told_once_it_is_sure(drive: Round) -> None:
    drive.report("returned", at=at(17))
    drive.tick(at(17, 14))
    at_first = drive.told()

    drive.tick(at(17, 15))
    drive.tick(at(17, 16))

    assert (at_first, drive.told()) == ([], ["notice_failed_not_attempted"])


@pytest.mark.parametrize(
    ("back", "closes"),
    [
        # What is told in the morning can be decided on until the evening after.
        (at(20, 51), at(22, 30, day=NEXT_DAY)),
        (at(22, 40), at(22, 30, day=NEXT_DAY)),
    ],
)
def test_what_came_back_at_night_is_told_in_the_morning_with_what_is_open_then(
    drive: Round, back: datetime, closes: datetime | None
) -> None:
    drive.report("returned", at=back)
    drive.tick(back + timedelta(minutes=15))
    drive.tick(at(7, 59, day=NEXT_DAY))
    at_night = drive.told()

    drive.tick(at(8, day=NEXT_DAY))

    assert (at_night, drive.told()) == ([], ["notice_failed_not_attempted"])
    assert drive.last_facts()["day"] == day_fact(A_DAY, ZONE)
    [message] = drive.messages()
    until = message.sayings[-1].facts.get("open_until")
    assert until == (moment_fact(closes, ZONE) if closes else None)


def test_what_came_back_is_told_at_night_where_morning_would_be_too_late(drive: Round) -> None:
    # Nobody looked until the night: what comes after it is too late.
    drive.report("returned", at=at(19, 30))
    drive.tick(at(7, 14, day=NEXT_DAY))
    before = drive.told()

    drive.tick(at(7, 15, day=NEXT_DAY))

    assert (before, drive.told()) == ([], ["notice_failed_not_attempted"])


NEIGHBOUR = Place(PlaceKind.NEIGHBOUR, name="Dave", house_number="14")
SAFE_PLACE = Place(PlaceKind.SAFE_PLACE, words="behind the bins")


@pytest.mark.parametrize(
    ("agreed", "reason", "name"),
    [
        (NEIGHBOUR, "nobody_home", "notice_failed_neighbour_nobody_home"),
        (NEIGHBOUR, "no_access", "notice_failed_neighbour_no_access"),
        (NEIGHBOUR, "refused", "notice_failed_neighbour_refused"),
        (NEIGHBOUR, "damaged", "notice_failed_damaged"),
        (Place(PlaceKind.NEIGHBOUR, name="Dave"), "nobody_home", "notice_failed_other"),
        (SAFE_PLACE, "nobody_home", "notice_failed_safe_place"),
        (SAFE_PLACE, "no_access", "notice_failed_safe_place"),
        (SAFE_PLACE, "address_not_found", "notice_failed_address_not_found"),
        (Place(), "no_access", "notice_failed_no_access"),
    ],
)
def test_a_failed_attempt_is_told_of_the_place_that_was_agreed(
    drive: Round, agreed: Place, reason: str, name: str
) -> None:
    place(drive, agreed)

    drive.report("failed", stop="st-1", reason=reason)

    saying = drive.messages()[0].sayings[0]
    assert saying.name == name
    assert saying.facts.get("number") == ("14" if "neighbour" in name else None)


def test_parcels_for_two_neighbours_are_told_of_apart() -> None:
    drive = Round(a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2")))
    drive.plan(a_stop_for(1, delivery_ids=("d-1", "d-2")))
    with drive.store.unit_of_work() as work:
        for id_, number in (("d-1", "14"), ("d-2", "16")):
            neighbour = Place(PlaceKind.NEIGHBOUR, name="Dave", house_number=number)
            work.deliveries.get(id_).place = neighbour
        work.commit()

    drive.report("failed", stop="st-1", reason="nobody_home")

    assert [each.sayings[0].facts["number"] for each in drive.messages()] == ["14", "16"]


def test_a_handover_reported_late_is_all_that_is_told(drive: Round) -> None:
    drive.report("returned", at=at(17))
    drive.now = at(17, 5)
    drive.report("delivered", stop="st-1", at=at(16))

    drive.tick(at(17, 30))

    assert drive.told() == ["notice_delivered_recipient"]


@pytest.mark.parametrize(
    ("hours", "now", "name", "day"),
    [
        ("24/7", at(10), "notice_ready_for_pickup_at_any_hour", None),
        ("Mo-Sa 08:00-20:00", at(10), "notice_ready_for_pickup", "2026-03-10"),
        ("Mo-Sa 08:00-20:00", at(20, 30), "notice_ready_for_pickup", "2026-03-11"),
        ("2027 Mo 08:00-09:00", at(10), "notice_ready_for_pickup_no_hours", None),
    ],
)
def test_says_where_and_until_when_it_can_be_collected(
    hours: str, now: object, name: str, day: str | None
) -> None:
    store = a_stocked_storage(a_pickup_point(id="pp-2", opening_hours=hours))
    drive = Round(store, now=now)  # type: ignore[arg-type]
    place(drive, Place(PlaceKind.PICKUP_POINT, pickup_point_id="pp-2"))
    drive.plan(a_stop_for(1, kind=StopKind.PICKUP_POINT, pickup_point_id="pp-2"))

    drive.report("delivered", stop="st-1", handed_to="pickup_point")

    assert drive.told() == [name]
    facts = drive.last_facts()
    assert (facts["point"], facts["address"]) == ("Market Lockers", "3 Market Row")
    told_day = facts.get("day")
    assert (told_day["day"] if isinstance(told_day, dict) else None) == day


def test_waits_for_all_of_a_persons_parcels_and_tells_them_together() -> None:
    drive = Round(a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2")))
    drive.plan(a_stop_for(1), a_stop_for(2, lat=a_stop_for(1).lat, arrival_at=at(10, 4)))

    drive.report("delivered", stop="st-1")
    after_one = drive.told()
    drive.report("delivered", stop="st-2")

    assert (after_one, drive.told()) == ([], ["notice_delivered_recipient"])
    assert drive.held_back() == [("A8", "told_together")]


def test_tells_what_is_known_once_the_van_has_moved_on() -> None:
    drive = Round(
        a_stocked_storage(
            a_delivery(id="d-2", reference="ORDER-2"), a_delivery(id="d-3", reference="ORDER-3")
        )
    )
    drive.plan(a_stop_for(1, delivery_ids=("d-1", "d-2")), a_stop_for(3))
    drive.report("delivered", stop="st-1", delivery="d-1")
    before = drive.told()

    drive.report("arrived", stop="st-3")

    assert (before, drive.told()) == ([], ["notice_delivered_recipient"])
    assert drive.messages()[0].delivery_id == "d-1"


def test_tells_two_outcomes_at_one_door_apart() -> None:
    drive = Round(a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2")))
    drive.plan(a_stop_for(1, delivery_ids=("d-1", "d-2")))

    drive.report("delivered", stop="st-1", delivery="d-1")
    drive.report("failed", stop="st-1", delivery="d-2", reason="damaged")

    assert sorted(drive.told()) == ["notice_delivered_recipient", "notice_failed_damaged"]


def test_a_neighbour_at_the_same_stop_hears_of_their_own_parcel_only() -> None:
    drive = Round(
        a_stocked_storage(
            a_person(id="p-2"),
            a_contact(id="c-2", person_id="p-2", address=ContactAddress("+447700900002")),
            a_delivery(id="d-2", reference="ORDER-2", person_id="p-2"),
        )
    )
    drive.plan(a_stop_for(1, delivery_ids=("d-1", "d-2")))

    drive.report("delivered", stop="st-1", delivery="d-2")

    assert [each.contact_id for each in drive.messages()] == ["c-2"]


def test_says_nothing_of_what_is_long_over(drive: Round) -> None:
    drive.now = at(10) + timedelta(hours=13)

    drive.report("delivered", stop="st-1", at=at(10))

    assert drive.told() == []


@pytest.mark.parametrize(("photo", "tasks"), [({}, ["photo_missing"]), ({"photo_url": "u"}, [])])
def test_a_safe_place_without_the_photo_is_accepted_and_left_to_staff(
    drive: Round, photo: dict[str, str], tasks: list[str]
) -> None:
    drive.report("delivered", stop="st-1", handed_to="safe_place", **photo)

    assert drive.delivery().status is DeliveryStatus.DELIVERED
    with drive.store.unit_of_work(read_only=True) as work:
        assert [task.kind for task in work.tasks.open()] == tasks
