"""What waits at a locker: its code, its last day, more time, collected or sent back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from deliveries.errors import AttemptsExhaustedError, InvalidInputError, NotAllowedError
from deliveries.model.delivery import DeliveryStatus, Place, PlaceKind
from deliveries.model.handover import CodeKind
from deliveries.model.history import DriverEvent
from deliveries.model.message import OutboxMessage
from deliveries.model.offer import OptionKind
from deliveries.model.preference import PreferenceState
from deliveries.model.route import StopKind
from deliveries.model.rules_form import read_rules
from deliveries.model.saying import Saying
from deliveries.services.conversing.describing import inline
from deliveries.services.identity.handover_codes import make_code
from deliveries.services.pickup_points.care import care_for_waiting
from deliveries.services.pickup_points.waiting import record_collected
from tests.builders import (
    a_delivery,
    a_hold,
    a_pickup_point,
    a_preference,
    a_stocked_storage,
    at,
    keep,
)
from tests.doubles import OpenVault
from tests.unit.deliveries.services.round import Round, a_stop_for
from tests.unit.deliveries.services.talk import Talk

LOCKER = Place(PlaceKind.PICKUP_POINT, name="Market Lockers", pickup_point_id="pp-1")
RESOURCE = "compartment:pp-1:M"
LAST_DAY = date(2026, 3, 17)


class Locker:
    """A locker with one compartment, in which a delivery has just been put at ten."""

    def __init__(self, *more: object, ids: Sequence[str] = ("d-1",)) -> None:
        store = a_stocked_storage(*more)
        with store.unit_of_work() as work:
            work.holds.set_capacity(RESOURCE, len(ids))
            for id_ in ids:
                work.deliveries.get(id_).place = LOCKER
            work.commit()
        for id_ in ids:
            hold = "h-1" if id_ == "d-1" else None
            keep(
                store,
                a_preference(
                    id=f"pref-{id_}",
                    delivery_id=id_,
                    kind=OptionKind.PICKUP_POINT,
                    details={"pickup_point_id": "pp-1"},
                    state=PreferenceState.CONFIRMED,
                    hold_id=hold,
                ),
            )
        keep(store, a_hold(resource=RESOURCE, quantity=len(ids)))
        with store.unit_of_work() as work:
            assert work.holds.commit("h-1", now=at(8))
            work.commit()
        self.drive = Round(store)
        stop = a_stop_for(
            1, kind=StopKind.PICKUP_POINT, pickup_point_id="pp-1", delivery_ids=tuple(ids)
        )
        self.drive.plan(stop)
        self.drive.report("departed")
        self.drive.now = at(10)
        self.talk = Talk(store, now=at(10))

    def put_in(self) -> None:
        self.drive.report("delivered", stop="st-1")

    def code(self, id_: str = "d-1") -> str:
        with self.drive.store.unit_of_work() as work:
            [code] = work.handover_codes.live_of([id_])
            return OpenVault().open(code.ciphertext).reveal()

    def collect(self, code: str | None = None, *, id_: str = "x-1", delivery: str = "d-1") -> bool:
        details = {"code": code} if code else {}
        event = DriverEvent(id_, "collected", at(11), "", delivery_id=delivery, details=details)
        return record_collected(self.talk.desk, event, now=at(11))

    def tick(self, now: datetime) -> int:
        """Let the worker look; what was written before has left by then."""
        self.talk.now = now
        self.drive.send()
        return care_for_waiting(self.drive.store.unit_of_work, now=now)

    def room(self) -> int | None:
        with self.drive.store.unit_of_work() as work:
            return work.holds.room(RESOURCE)

    def last(self) -> OutboxMessage:
        return self.drive.messages()[-1]

    def set_rules(self, **collection: int) -> None:
        with self.drive.store.unit_of_work() as work:
            work.shippers.get("s-1").rules = read_rules({"collection": collection})
            work.commit()


@pytest.fixture
def locker() -> Locker:
    return Locker()


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_on_arrival_one_message_has_code_address_hours_and_last_day(locker: Locker) -> None:
    locker.put_in()

    facts = locker.drive.last_facts()
    assert locker.drive.told() == ["notice_ready_for_pickup_at_any_hour"]
    assert (facts["point"], facts["address"]) == ("Market Lockers", "3 Market Row")
    assert facts["last_day"] == {"type": "day", "day": "2026-03-17", "zone": "Europe/London"}
    assert facts["code"] != locker.code()
    assert len(locker.code()) == 6


def test_the_code_is_told_again_to_a_verified_contact_only(locker: Locker) -> None:
    locker.put_in()
    assert locker.talk.say("where is it", "track_parcel") == ["track_ready_code"]
    with locker.drive.store.unit_of_work() as work:
        work.contacts.get("c-1").verified_at = None
        work.commit()
    assert locker.talk.say("where is it", "track_parcel") == ["track_ready"]


def test_two_parcels_of_a_person_open_with_one_code() -> None:
    locker = Locker(a_delivery(id="d-2", reference="ORDER-2"), ids=("d-1", "d-2"))
    locker.put_in()
    assert locker.code("d-1") == locker.code("d-2")
    assert locker.drive.told() == ["notice_ready_for_pickup_at_any_hour"]


def test_collecting_ends_it_frees_the_compartment_and_is_told(locker: Locker) -> None:
    locker.put_in()
    assert locker.room() == 0

    assert locker.collect(locker.code())

    delivery = locker.drive.delivery()
    assert (delivery.status, delivery.handed_to) == (DeliveryStatus.DELIVERED, "pickup_point")
    assert locker.room() == 1
    assert locker.last().sayings[0].name == "notice_collected"
    assert not locker.collect()


def test_one_hold_for_two_parcels_is_freed_with_the_last() -> None:
    locker = Locker(a_delivery(id="d-2", reference="ORDER-2"), ids=("d-1", "d-2"))
    locker.put_in()
    locker.collect()
    assert locker.room() == 0
    locker.collect(id_="x-2", delivery="d-2")
    assert locker.room() == 2


def test_a_wrong_code_collects_nothing_and_five_end_the_tries(locker: Locker) -> None:
    locker.put_in()
    wrong = "000000" if locker.code() != "000000" else "111111"
    for number in range(5):
        with pytest.raises(NotAllowedError):
            locker.collect(wrong, id_=f"x-{number}")
    with pytest.raises(AttemptsExhaustedError):
        locker.collect(locker.code(), id_="x-9")
    assert locker.drive.delivery().status is DeliveryStatus.READY_FOR_PICKUP


def test_what_waits_nowhere_cannot_be_collected(locker: Locker) -> None:
    with pytest.raises(InvalidInputError):
        locker.collect()


def test_somebody_elses_code_collects_too(locker: Locker) -> None:
    locker.put_in()
    with locker.drive.store.unit_of_work() as work:
        code = make_code(work, OpenVault(), ["d-1"], CodeKind.COLLECTOR, now=at(10), name="Kim")
        work.commit()
    assert locker.collect(OpenVault().open(code.ciphertext).reveal())
    with locker.drive.store.unit_of_work() as work:
        assert work.handover_codes.live_of(["d-1"]) == []


def test_a_reminder_comes_the_day_before_and_a_warning_on_the_last(locker: Locker) -> None:
    locker.put_in()

    assert locker.tick(on(16, 8, 59)) == 0
    assert locker.tick(on(16, 9)) == 1
    assert locker.tick(on(16, 9, 5)) == 0
    reminder = locker.last()
    assert locker.tick(on(17, 9)) == 1
    assert locker.tick(on(17, 12)) == 0

    assert (reminder.notice, reminder.sayings[0].name) == ("A9", "notice_collect_reminder")
    assert (locker.last().notice, locker.last().sayings[0].name) == (
        "A10",
        "notice_collect_last_day",
    )
    with locker.drive.store.unit_of_work() as work:
        offer = work.offers.get(reminder.sayings[0].offer_id or "")
    assert offer.options[0].label.name == "option_goal_extend_collection"


def test_what_waits_together_is_reminded_of_warned_of_and_ended_together() -> None:
    locker = Locker(a_delivery(id="d-2", reference="ORDER-2"), ids=("d-1", "d-2"))
    locker.put_in()

    done = [locker.tick(on(16, 9)), locker.tick(on(17, 9)), locker.tick(on(18, 0))]
    again = locker.tick(on(18, 1))

    assert (done, again) == ([2, 2, 2], 0)
    assert locker.drive.told()[1:] == [
        "notice_collect_reminder",
        "notice_collect_last_day",
        "notice_collection_expired",
    ]
    told = [
        each.sayings[0].facts.get("parcel") for each in locker.drive.messages() if not each.told_in
    ]
    assert told == [inline(Saying("parcels_counted", {"count": 2}))] * 4
    assert locker.room() == 2


def test_what_waits_until_another_day_is_reminded_of_apart() -> None:
    locker = Locker(a_delivery(id="d-2", reference="ORDER-2"), ids=("d-1", "d-2"))
    locker.put_in()
    with locker.drive.store.unit_of_work() as work:
        collection = work.collections.waiting_of("d-2")
        assert collection is not None
        collection.last_day += timedelta(days=1)
        work.commit()

    assert locker.tick(on(16, 9)) == 1
    assert locker.tick(on(17, 9)) == 2
    assert sorted(locker.drive.told()[1:]) == [
        "notice_collect_last_day",
        "notice_collect_reminder",
        "notice_collect_reminder",
    ]


def test_parcels_with_two_codes_are_reminded_of_apart() -> None:
    locker = Locker(a_delivery(id="d-2", reference="ORDER-2"), ids=("d-1", "d-2"))
    locker.put_in()
    with locker.drive.store.unit_of_work() as work:
        make_code(work, OpenVault(), ["d-2"], CodeKind.PICKUP, now=at(10))
        work.commit()

    assert locker.tick(on(16, 9)) == 2
    assert locker.drive.told()[1:] == ["notice_collect_reminder"] * 2


def test_what_waits_a_single_day_is_warned_of_but_not_reminded_of(locker: Locker) -> None:
    locker.set_rules(days=1)
    locker.put_in()

    assert locker.tick(on(10, 12)) == 0
    assert locker.tick(on(11, 9)) == 1
    assert locker.drive.told()[1:] == ["notice_collect_last_day"]


def test_after_the_last_day_it_goes_back_and_the_compartment_is_free(locker: Locker) -> None:
    locker.put_in()
    locker.tick(on(17, 9))

    assert locker.tick(on(17, 23, 59)) == 0
    assert locker.tick(on(18, 0)) == 1

    assert locker.drive.delivery().status is DeliveryStatus.RETURN_TO_SENDER
    assert locker.room() == 1
    assert locker.last().sayings[0].name == "notice_collection_expired"
    assert locker.tick(on(18, 1)) == 0


def test_more_time_is_given_once_and_the_new_last_day_told(locker: Locker) -> None:
    locker.put_in()

    assert locker.talk.say("can it stay longer", "extend_collection") == ["collection_extended"]
    assert locker.talk.last().facts["last_day"] == {
        "type": "day",
        "day": "2026-03-20",
        "zone": "Europe/London",
    }
    assert locker.talk.say("even longer", "extend_collection") == ["collection_no_longer"]
    assert locker.tick(on(18, 0)) == 0
    assert locker.tick(on(19, 9)) == 1


def test_a_day_that_is_too_far_gets_the_longest_there_is(locker: Locker) -> None:
    locker.put_in()
    assert locker.talk.say("extend until 28 march", "extend_collection") == [
        "collection_extended_at_most"
    ]


def test_a_day_before_the_last_one_changes_nothing(locker: Locker) -> None:
    locker.put_in()
    assert locker.talk.say("can it stay till thursday", "extend_collection") == [
        "collection_long_enough"
    ]


def test_a_shipper_sets_days_and_how_often(locker: Locker) -> None:
    locker.set_rules(days=2, extensions=0)
    locker.put_in()
    assert locker.talk.say("more time", "extend_collection") == ["collection_no_longer"]
    assert locker.tick(on(11, 9)) == 1
    assert locker.last().sayings[0].offer_id is None
    assert locker.tick(on(13, 0)) == 1


def test_what_is_not_there_yet_needs_no_more_time(locker: Locker) -> None:
    assert locker.talk.say("more time at the locker", "extend_collection") == [
        "collection_not_yet_there"
    ]


def test_what_goes_to_the_door_gets_the_menu() -> None:
    talk = Talk(a_stocked_storage())
    assert talk.say("more time at the locker", "extend_collection") == ["collection_nothing_waits"]
    assert "option_goal_pickup_point" in talk.options()


def test_what_went_another_way_waits_no_longer(locker: Locker) -> None:
    locker.put_in()
    with locker.drive.store.unit_of_work() as work:
        work.deliveries.get("d-1").move_to(DeliveryStatus.IN_TRANSIT, now=at(12))
        work.commit()
    assert locker.tick(at(12)) == 1
    with locker.drive.store.unit_of_work() as work:
        assert work.collections.waiting() == []
        assert work.handover_codes.live_of(["d-1"]) == []


def near(**different: object) -> object:
    usual = {"id": "pp-2", "name": "Station Lockers", "lat": 51.503, "lon": -0.061}
    return a_pickup_point(**{**usual, **different})


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        (near(), ["option_locker_always_open"]),
        (near(lat=51.6), []),
        (near(opening_hours="Mo-Su 06:00-09:00"), []),
    ],
)
def test_a_full_locker_offers_the_next_one_with_room_within_reach(
    point: object, expected: list[str]
) -> None:
    locker = Locker(point)
    locker.drive.report("failed", stop="st-1", reason="locker_full")

    sayings = locker.last().sayings
    assert sayings[0].name == "notice_failed_locker_full"
    with locker.drive.store.unit_of_work() as work:
        offer = work.offers.get(sayings[-1].offer_id or "")
    points = [each for each in offer.options if each.kind is OptionKind.PICKUP_POINT]
    assert [each.label.name for each in points] == expected
    assert "option_goal_window" in [each.label.name for each in offer.options]
    assert locker.drive.delivery().place.pickup_point_id == "pp-1"


def test_a_full_locker_offers_no_other_that_is_full_too() -> None:
    locker = Locker(near())
    with locker.drive.store.unit_of_work() as work:
        work.holds.set_capacity("compartment:pp-2:M", 0)
        work.commit()
    locker.drive.report("failed", stop="st-1", reason="locker_full")
    assert locker.last().sayings[-1].name == "notice_failed_choices"


def test_the_clock_of_the_place_decides_when_the_last_day_is_over() -> None:
    locker = Locker()
    with locker.drive.store.unit_of_work() as work:
        work.pickup_points.get("pp-1").zone = "America/New_York"
        work.commit()
    locker.put_in()
    assert locker.tick(on(18, 3, 59)) >= 0
    assert locker.drive.delivery().status is DeliveryStatus.READY_FOR_PICKUP
    locker.tick(on(18, 4) + timedelta(seconds=1))
    assert locker.drive.delivery().status is DeliveryStatus.RETURN_TO_SENDER
