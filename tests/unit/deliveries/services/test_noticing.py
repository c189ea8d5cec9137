"""Notices before the door: due by facts, once, and only if they are still true."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from deliveries.model.delivery import Delivery, Place, PlaceKind
from deliveries.model.message import OutboxState
from deliveries.model.offer import OptionKind
from deliveries.model.personal import ContactAddress
from deliveries.model.preference import ChangeState, PreferenceState
from deliveries.model.recipient import Channel
from deliveries.model.saying import window_fact
from deliveries.model.window import TimeWindow
from deliveries.services.notices.noticing import write_due_notices
from tests.builders import (
    A_DAY,
    NOW,
    a_change,
    a_contact,
    a_delivery,
    a_person,
    a_preference,
    a_stocked_storage,
    an_offer,
    at,
    keep,
)
from tests.unit.deliveries.services.round import YESTERDAY, Round, a_stop_for


@pytest.fixture
def drive() -> Iterator[Round]:
    """A round of one stop at ten; the van leaves at half past nine."""
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    yield drive
    drive.store.close()


def change(drive: Round, **different: object) -> Delivery:
    with drive.store.unit_of_work() as work:
        delivery = work.deliveries.get("d-1")
        for name, value in different.items():
            setattr(delivery, name, value)
        work.commit()
        return delivery


# The day before


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(16, 59, day=YESTERDAY), []),
        (at(17, 0, day=YESTERDAY), ["notice_pre_advice"]),
        (at(20, 29, day=YESTERDAY), ["notice_pre_advice"]),
        (at(20, 30, day=YESTERDAY), []),
    ],
)
def test_pre_advises_in_the_evening_before(
    drive: Round, now: datetime, expected: list[str]
) -> None:
    drive.tick(now)

    assert drive.told() == expected


def test_pre_advice_tells_the_place_that_was_agreed(drive: Round) -> None:
    with drive.store.unit_of_work() as work:
        work.deliveries.get("d-1").place = Place(PlaceKind.SAFE_PLACE, words="spot_shed")
        work.commit()

    drive.tick(at(17, day=YESTERDAY))

    (message,) = drive.messages()
    assert message.sayings[0].name == "notice_pre_advice_placed"
    assert message.sayings[0].offer_id is not None


def test_pre_advice_after_a_hold_says_that_it_is_over(drive: Round) -> None:
    keep(
        drive.store,
        a_preference(kind=OptionKind.AWAY, state=PreferenceState.CONFIRMED, details={}),
    )

    drive.tick(at(17, day=YESTERDAY))

    assert drive.told() == ["notice_pre_advice_resumed"]


def test_pre_advice_names_shipper_parcel_and_window_and_offers_the_menu(drive: Round) -> None:
    assert drive.tick(at(17, day=YESTERDAY)) == 1

    (message,) = drive.messages()
    facts = message.sayings[0].facts
    assert (facts["shipper"], facts["parcel"]) == ("Larkfield Books", "books")
    assert drive.delivery().promised == TimeWindow(at(9, 30), at(11, 30))
    assert message.expires_at == at(20, 30, day=YESTERDAY)
    with drive.store.unit_of_work(read_only=True) as work:
        conversation = work.conversations.get("conv-1")
        assert conversation.focus == ("d-1",)
        assert conversation.last_offer_id == message.sayings[0].offer_id
        assert len(work.offers.get(str(message.sayings[0].offer_id)).options) == 4


def test_pre_advises_once(drive: Round) -> None:
    drive.tick(at(17, day=YESTERDAY))

    assert drive.tick(at(17, 1, day=YESTERDAY)) == 0


def test_pre_advises_what_was_agreed(drive: Round) -> None:
    change(drive, window_start=at(9), window_end=at(13))

    drive.tick(at(17, day=YESTERDAY))

    assert drive.delivery().promised == TimeWindow(at(9), at(13))


def test_does_not_take_a_menu_away_while_somebody_chooses(drive: Round) -> None:
    evening = at(17, day=YESTERDAY)
    keep(drive.store, an_offer(expires_at=evening + timedelta(minutes=5)))
    with drive.store.unit_of_work() as work:
        work.conversations.get("conv-1").last_offer_id = "of-1"
        work.commit()

    drive.tick(evening)
    while_choosing = drive.told()
    drive.tick(evening + timedelta(minutes=6))

    assert (while_choosing, drive.told()) == ([], ["notice_pre_advice"])


def test_promises_no_window_for_which_no_van_comes(drive: Round) -> None:
    change(drive, window_start=at(9), window_end=at(13), eta_at=None)

    assert drive.tick(at(17, day=YESTERDAY)) == 0


def test_says_nothing_before_the_day_of_what_goes_to_a_pickup_point(drive: Round) -> None:
    change(drive, place=Place(PlaceKind.PICKUP_POINT, pickup_point_id="pp-1"))

    drive.tick(at(17, day=YESTERDAY))
    drive.tick(at(8))

    assert drive.told() == []


# The morning


def test_tells_the_narrow_window_in_the_morning() -> None:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1, arrival_at=at(13, 52)), start_at=at(9, 30))

    before = (drive.tick(at(7, 59)), drive.told())
    drive.tick(at(8))

    assert before == (0, [])
    assert drive.told() == ["notice_morning_window"]
    assert drive.delivery().promised == TimeWindow(at(13, 15), at(14, 15))
    assert drive.messages()[0].expires_at == at(14, 15)


def test_begins_before_the_morning_only_shortly_before_an_early_stop() -> None:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1, arrival_at=at(8, 15)), start_at=at(6, 30))

    drive.tick(at(7, 29))
    too_early = drive.told()
    drive.tick(at(7, 30))

    assert (too_early, drive.told()) == ([], ["notice_morning_window"])


def test_spares_the_window_when_the_van_is_about_to_leave(drive: Round) -> None:
    drive.tick(at(9))
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))

    assert drive.told() == ["notice_out_for_delivery"]
    assert drive.delivery().promised == TimeWindow(at(9, 30), at(10, 30))


def test_tells_the_window_after_all_when_the_van_does_not_leave() -> None:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1, arrival_at=at(12)), start_at=at(9, 30))

    drive.tick(at(9, 50))
    waiting = drive.told()
    drive.tick(at(9, 51))

    assert (waiting, drive.told()) == ([], ["notice_morning_window"])


def test_says_it_is_out_with_the_window_that_was_told() -> None:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1, arrival_at=at(13, 52)), start_at=at(9, 30))
    drive.tick(at(8))
    promised = drive.delivery().promised
    drive.expect(at(13, 40))
    drive.report("departed", at=at(9, 31))

    drive.tick(at(9, 32))

    assert drive.told() == ["notice_morning_window", "notice_out_for_delivery"]
    assert drive.delivery().promised == promised
    assert drive.messages()[-1].expires_at == at(11, 31)


def test_never_says_both_within_minutes() -> None:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1, arrival_at=at(13, 52)), start_at=at(9, 30))
    drive.tick(at(9, 55))
    drive.report("departed", at=at(10))

    drive.tick(at(10, 1))
    within_minutes = drive.told()
    drive.tick(at(10, 26))

    assert within_minutes == ["notice_morning_window"]
    assert drive.told() == ["notice_morning_window", "notice_out_for_delivery"]


def test_says_nothing_of_the_window_while_a_choice_is_being_checked() -> None:
    drive = Round(a_stocked_storage(a_preference(), a_change()))
    drive.plan(a_stop_for(1, arrival_at=at(13, 52)), start_at=at(9, 30))

    assert drive.tick(at(8)) == 0


def test_a_choice_that_no_planner_answered_silences_nothing() -> None:
    drive = Round(a_stocked_storage(a_preference(), a_change(state=ChangeState.EXPIRED)))
    drive.plan(a_stop_for(1, arrival_at=at(13, 52)), start_at=at(9, 30))

    assert drive.tick(at(8)) == 1


def test_a_window_beside_what_was_told_the_evening_before_is_said_to_be_another() -> None:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1, arrival_at=at(13)), start_at=at(9, 30))
    drive.tick(at(17, day=YESTERDAY))
    told = drive.delivery().promised
    drive.expect(at(14, 10))

    drive.tick(at(8))

    message = drive.messages()[-1]
    assert told == TimeWindow(at(12), at(14))
    assert (message.notice, message.sayings[0].name) == ("A2", "notice_delay")
    assert message.sayings[0].facts["old"] == window_fact(told, "Europe/London")


# At the door


def test_says_once_that_the_van_is_near(drive: Round) -> None:
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 44))
    drive.tick(at(9, 45))
    drive.tick(at(9, 52))

    assert drive.told() == ["notice_out_for_delivery", "notice_minutes_away"]
    message = drive.messages()[-1]
    assert message.sayings[0].facts["minutes"] == 15
    assert message.expires_at == at(9, 50)


def test_does_not_say_it_is_near_before_the_van_has_left(drive: Round) -> None:
    drive.tick(at(9, 50))

    assert drive.told() == []


def test_does_not_say_it_is_near_once_the_driver_is_there(drive: Round) -> None:
    drive.report("departed", at=at(9, 30))
    drive.report("arrived", stop="st-1", at=at(9, 44))

    drive.tick(at(9, 50))

    assert drive.told() == []


def test_nears_on_the_first_stop_without_telling_that_it_left() -> None:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1, arrival_at=at(9, 42)), start_at=at(9, 30))
    drive.report("departed", at=at(9, 30))

    drive.tick(at(9, 31))
    drive.tick(at(9, 40))

    assert drive.told() == ["notice_minutes_away"]


# Broken promises


@pytest.mark.parametrize(
    ("etas", "expected"),
    [
        ([at(10, 1), at(10, 30), at(10, 59)], []),
        ([at(10, 55), at(11, 5), at(10, 56), at(11, 4)], []),
        ([at(11, 15)], []),
        ([at(11, 25)], ["notice_delay"]),
        ([at(11, 25), at(11, 24), at(11, 26), at(11, 25)], ["notice_delay"]),
        ([at(11, 25), at(11, 45), at(11, 55)], ["notice_delay"]),
        ([at(11, 25), at(12, 20)], ["notice_delay", "notice_delay"]),
        ([at(11, 25), at(11, 20), at(12, 30), at(12, 25)], ["notice_delay", "notice_delay"]),
        ([at(9, 50)], []),
        ([at(9, 40)], ["notice_earlier"]),
        ([at(11, 25), at(10, 20)], ["notice_delay", "notice_earlier"]),
    ],
)
def test_tells_only_of_what_really_breaks(
    drive: Round, etas: list[datetime], expected: list[str]
) -> None:
    change(drive, promised_start=at(10), promised_end=at(11))
    with drive.store.unit_of_work() as work:
        work.plans.route("r-1").start_at = at(7)
        work.commit()
    drive.report("departed", at=at(7))
    for minute, eta in enumerate(etas):
        drive.expect(eta)
        drive.tick(at(9, 5 + minute))

    assert drive.told() == expected


def test_a_delay_names_the_old_and_the_new_window(drive: Round) -> None:
    change(drive, promised_start=at(10), promised_end=at(11))
    drive.expect(at(13, 7))

    drive.tick(at(9))

    facts = drive.last_facts()
    assert facts["old"] == {
        "type": "window",
        "start": at(10).isoformat(),
        "end": at(11).isoformat(),
        "zone": "Europe/London",
    }
    assert drive.delivery().promised == TimeWindow(at(12, 30), at(13, 30))
    assert drive.messages()[0].expires_at == at(12, 30)


def test_a_promise_that_breaks_again_is_told_again(drive: Round) -> None:
    change(drive, promised_start=at(9, 30), promised_end=at(10, 30))
    for minute, eta in enumerate((at(12), at(10), at(12), at(12), at(10))):
        drive.expect(eta)
        drive.tick(at(9, minute))

    delayed, earlier = "notice_delay", "notice_earlier"
    assert [each.sayings[0].name for each in drive.messages() if each.notice == "A6"] == [
        *[delayed, earlier],
        *[delayed, earlier],
    ]


def test_a_van_that_waits_for_the_window_is_not_early(drive: Round) -> None:
    change(drive, promised_start=at(10), promised_end=at(11))
    with drive.store.unit_of_work() as work:
        stop = work.plans.route("r-1").stops[0]
        stop.arrival_at, stop.service_at = at(9, 20), at(10)
        work.commit()

    drive.tick(at(9))

    assert drive.told() == []


def test_tells_only_those_whose_promise_broke() -> None:
    store = a_stocked_storage(
        a_person(id="p-2"),
        a_contact(id="c-2", person_id="p-2", address=ContactAddress("+447700900002")),
        a_delivery(id="d-2", reference="ORDER-2", person_id="p-2"),
    )
    drive = Round(store)
    drive.plan(a_stop_for(1), a_stop_for(2))
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))
    drive.expect(at(10, 10), "d-1")
    drive.expect(at(12), "d-2")

    drive.tick(at(9, 40))

    assert drive.told()[2:] == ["notice_delay"]
    assert drive.messages()[-1].delivery_id == "d-2"


# People


def test_writes_to_telegram_first(drive: Round) -> None:
    keep(
        drive.store,
        a_contact(id="c-2", channel=Channel.TELEGRAM, address=ContactAddress("7001")),
    )

    drive.tick(at(17, day=YESTERDAY))

    assert [each.contact_id for each in drive.messages()] == ["c-2"]


def test_writes_to_the_phone_when_telegram_is_blocked(drive: Round) -> None:
    keep(
        drive.store,
        a_contact(
            id="c-2",
            channel=Channel.TELEGRAM,
            address=ContactAddress("7001"),
            blocked_at=NOW,
        ),
    )

    drive.tick(at(17, day=YESTERDAY))

    assert [each.contact_id for each in drive.messages()] == ["c-1"]


def test_keeps_what_somebody_who_opted_out_was_not_told(drive: Round) -> None:
    with drive.store.unit_of_work() as work:
        work.contacts.get("c-1").opted_out_at = NOW
        work.commit()

    drive.tick(at(17, day=YESTERDAY))
    drive.tick(at(17, 1, day=YESTERDAY))

    assert drive.told() == []
    assert drive.held_back() == [("A1", "opted_out")]
    assert drive.delivery().promised is None


def test_begins_a_conversation_with_somebody_who_was_only_imported() -> None:
    store = a_stocked_storage(
        a_person(id="p-2"),
        a_contact(id="c-2", person_id="p-2", address=ContactAddress("+447700900002")),
        a_delivery(id="d-2", reference="ORDER-2", person_id="p-2"),
    )
    drive = Round(store)
    drive.plan(a_stop_for(2))

    drive.tick(at(17, day=YESTERDAY))

    with store.unit_of_work(read_only=True) as work:
        conversation = work.conversations.of_person("p-2")
        assert conversation is not None
        assert conversation.focus == ("d-2",)


def test_tells_of_two_parcels_at_one_place_in_one_message() -> None:
    store = a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2"))
    drive = Round(store)
    drive.plan(a_stop_for(1, delivery_ids=("d-1", "d-2")))
    drive.report("departed", at=at(9, 30))

    assert drive.tick(at(9, 31)) == 1
    assert drive.tick(at(9, 46)) == 1
    assert drive.tick(at(9, 47)) == 0

    assert drive.told() == ["notice_out_for_delivery", "notice_minutes_away"]
    assert drive.last_facts()["parcel"] == {
        "type": "saying",
        "name": "parcels_counted",
        "facts": {"count": 2},
    }
    assert drive.held_back() == [("A3", "told_together"), ("A4", "told_together")]
    with store.unit_of_work(read_only=True) as work:
        assert work.conversations.get("conv-1").focus == ("d-1", "d-2")


def test_rings_once_for_two_stops_at_one_door() -> None:
    store = a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2"))
    drive = Round(store)
    drive.plan(a_stop_for(1), a_stop_for(2, arrival_at=at(10, 4), lat=51.511))
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))

    drive.tick(at(9, 46))
    drive.tick(at(9, 50))

    assert drive.told()[1:] == ["notice_minutes_away"]


def test_what_is_overtaken_never_leaves(drive: Round) -> None:
    drive.sends = False
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))
    drive.tick(at(9, 46))
    drive.report("arrived", stop="st-1", at=at(9, 58))
    drive.report("delivered", stop="st-1", at=at(10))

    states = {each.notice: (each.state, each.reason) for each in drive.messages()}
    assert states == {
        "A3": (OutboxState.SUPPRESSED, "overtaken"),
        "A4": (OutboxState.SUPPRESSED, "overtaken"),
        "A8": (OutboxState.QUEUED, None),
    }


def test_calls_no_window_the_old_one_that_never_left(drive: Round) -> None:
    change(drive, promised_start=at(10), promised_end=at(11))
    drive.sends = False
    drive.expect(at(12))
    drive.tick(at(9))
    drive.expect(at(14))

    drive.tick(at(9, 5))

    assert drive.told() == ["notice_delay"]
    old = drive.last_facts()["old"]
    assert isinstance(old, dict)
    assert (old["start"], old["end"]) == (at(10).isoformat(), at(11).isoformat())


def test_only_reads_while_nothing_is_due(drive: Round) -> None:
    opened: list[bool] = []

    def counted(*, read_only: bool = False) -> object:
        opened.append(read_only)
        return drive.store.unit_of_work(read_only=read_only)

    write_due_notices(counted, now=at(12, day=A_DAY - timedelta(days=2)))  # type: ignore[arg-type]

    assert opened == [True]
