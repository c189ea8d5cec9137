"""Wishes of every kind about one delivery or all of them, told as turns."""

from datetime import date, datetime, timedelta

import pytest

from deliveries.model.delivery import Delivery, DeliveryStatus, DoorNeeds, Parcel, PlaceKind
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference
from deliveries.model.rules_form import read_rules
from deliveries.model.saying import Saying
from deliveries.model.standing import StandingKind, StandingWish
from deliveries.services.committing.pushing import Pushing
from deliveries.services.days.importing import DaySources, read_day, take_in
from deliveries.services.days.rows import Source
from deliveries.services.wishes.absences import resume_after_absences
from tests.builders import (
    A_DAY,
    NOW,
    a_delivery,
    a_parcel,
    a_person,
    a_stocked_storage,
    an_inbound_message,
)
from tests.builders import at as instant
from tests.unit.deliveries.services.talk import Talk
from tests.unit.deliveries.services.test_stepping_up import code_of, type_in

MACHINE = datetime.fromisoformat("2026-05-05T05:05:05+00:00")


@pytest.fixture
def talk() -> Talk:
    return Talk(a_stocked_storage())


def push(talk: Talk) -> None:
    pushing = Pushing(talk.desk, jitter=lambda: 1.0)
    while pushing.push_due(by="me", now=talk.now, technical_now=MACHINE):
        pass


def agree(talk: Talk) -> list[str]:
    """Choose the first option, with the code that a new address needs, and let it be planned."""
    answer = talk.press(1)
    if answer == ["code_asked_here"]:
        proven = type_in(talk, code_of(talk)).proven_id
        assert proven is not None
        answer = talk.tap(proven)
    push(talk)
    return answer


def delivery(talk: Talk, id_: str = "d-1") -> Delivery:
    with talk.store.unit_of_work(read_only=True) as work:
        return work.deliveries.get(id_)


def choice(talk: Talk, id_: str = "d-1") -> Preference | None:
    with talk.store.unit_of_work(read_only=True) as work:
        return work.preferences.live_of(id_)


def standing(talk: Talk, kind: StandingKind) -> StandingWish | None:
    with talk.store.unit_of_work(read_only=True) as work:
        return work.standing.of_person("p-1", kind)


def told(talk: Talk) -> list[Saying]:
    with talk.store.unit_of_work(read_only=True) as work:
        return [saying for each in work.outbox.newest(limit=20) for saying in each.sayings]


def change(talk: Talk, **different: object) -> None:
    with talk.store.unit_of_work() as work:
        found = work.deliveries.get("d-1")
        for name, value in different.items():
            setattr(found, name, value)
        work.commit()


def rule(talk: Talk, **written: int) -> None:
    with talk.store.unit_of_work() as work:
        shipper = work.shippers.get("s-1")
        shipper.rules = read_rules({"limits": written})
        work.commit()


def bring(talk: Talk, day: date, *, reference: str = "LATER-1") -> Delivery:
    """Import another parcel for the same number."""
    values = {
        "reference": reference,
        "shipper_id": "s-1",
        "depot_id": "dep-1",
        "tracking_number": f"T{reference}",
        "description": "tea pot",
        "recipient_name": "Robin Vale",
        "phone": "+447700900001",
        "address": "12 Harbour Street",
        "postcode": "E1 6AN",
        "city": "London",
        "lat": "51.51",
        "lon": "-0.07",
        "date": day.isoformat(),
    }
    with talk.store.unit_of_work() as work:
        sources = DaySources(deliveries=[Source("deliveries.csv", 2, values)])
        rows = read_day(work, sources, service_day=day)
        assert rows.problems == ()
        summary = take_in(work, rows, now=talk.now)
        work.commit()
    return delivery(talk, summary.delivery_ids[0])


# B5: without a signature


def test_a_signature_is_released_once_the_risk_is_accepted(talk: Talk) -> None:
    change(talk, parcels=(Parcel("T1", "watch", requires_signature=True),))

    assert talk.say("no signature needed", "release_signature") == ["confirm_signature"]
    assert talk.press(1) == ["choice_noted"]
    push(talk)

    assert delivery(talk).signature_released
    assert "safe_place" not in told(talk)[0].name
    assert talk.say("leave it in the shed", "leave_in_safe_place", place="shed") == [
        "confirm_safe_place"
    ]


def test_a_signature_that_nobody_asks_for_needs_no_release(talk: Talk) -> None:
    assert talk.say("no signature needed", "release_signature") == ["signature_not_needed"]


def test_a_shipper_may_insist_on_a_signature(talk: Talk) -> None:
    change(
        talk,
        parcels=(Parcel("T1", "watch", requires_signature=True),),
        forbidden_options=("signature",),
    )

    (name,) = talk.say("no signature needed", "release_signature")

    assert name.startswith("option_forbidden")


def test_releasing_a_signature_can_be_undone(talk: Talk) -> None:
    change(talk, parcels=(Parcel("T1", "watch", requires_signature=True),))
    talk.say("no signature needed", "release_signature")
    talk.press(1)
    push(talk)

    assert talk.say("undo", "undo_choice") == ["undo_noted"]
    push(talk)

    assert not delivery(talk).signature_released


# B13: at the door


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("I need three minutes to reach the door", DoorNeeds(3)),
        ("please ring twice", DoorNeeds(0, ("door_ring_twice",))),
        ("don't ring the bell, baby is sleeping", DoorNeeds(0, ("door_no_bell",))),
        ("ich brauche 5 Minuten bis zur Tür", DoorNeeds(5)),
        ("bitte nicht klingeln", DoorNeeds(0, ("door_no_bell",))),
        ("necesito dos minutos para llegar a la puerta", DoorNeeds(2)),
        ("il me faut quatre minutes", DoorNeeds(4)),
        ("wheelchair user, give me 4 mins", DoorNeeds(4, ("door_wheelchair",))),
        ("mind the step by the roses", DoorNeeds(0, (), "mind the step by the roses")),
    ],
)
def test_what_is_needed_at_the_door_is_confirmed_and_kept(
    talk: Talk, text: str, needs: DoorNeeds
) -> None:
    assert talk.say(text, "door_needs") == ["confirm_door"]
    assert talk.press(1) == ["choice_noted"]
    push(talk)

    assert delivery(talk).door == needs


def test_somebody_slow_is_asked_how_many_minutes(talk: Talk) -> None:
    assert talk.say("I'm slow, please wait", "door_needs") == ["ask_door_minutes"]
    assert talk.say("three", "inform") == ["confirm_door"]
    talk.press(1)
    push(talk)

    assert delivery(talk).door == DoorNeeds(3)


def test_minutes_are_chosen_by_number_too(talk: Talk) -> None:
    talk.say("wheelchair", "door_needs")
    assert talk.options() == ["option_minutes"] * 3
    assert talk.press(3) == ["confirm_door"]
    talk.press(1)
    push(talk)

    assert delivery(talk).door == DoorNeeds(5, ("door_wheelchair",))


@pytest.mark.parametrize("text", ["I need 90 minutes", "give me 99999 min", "wait 2 hours please"])
def test_absurd_minutes_get_the_most_there_is(talk: Talk, text: str) -> None:
    assert talk.say(text, "door_needs") == ["door_minutes_too_many"]
    assert talk.press(1) == ["confirm_door"]
    talk.press(1)
    push(talk)

    found = delivery(talk).door
    assert found is not None
    assert found.minutes == 10


def test_minutes_that_cannot_be_read_are_asked_for_again(talk: Talk) -> None:
    talk.say("please wait", "door_needs")
    assert talk.say("not sure", "inform") == ["ask_door_minutes"]
    assert talk.say("2", "inform") == ["confirm_door"]


def test_a_need_said_for_always_is_known_of_the_next_parcel(talk: Talk) -> None:
    talk.say("always ring twice", "door_needs")
    assert talk.options()[0] == "option_door_always"
    assert talk.press(1) == ["standing_door_noted"]
    push(talk)

    assert delivery(talk).door == DoorNeeds(0, ("door_ring_twice",))
    assert bring(talk, A_DAY + timedelta(days=3)).door == DoorNeeds(0, ("door_ring_twice",))


def test_a_parcel_at_the_door_does_not_keep_the_need_from_the_next_one() -> None:
    near = a_delivery(
        id="d-2",
        reference="ORDER-2",
        parcels=(a_parcel(tracking_number="T2"),),
        eta_at=NOW - timedelta(days=1),
    )
    talk = Talk(a_stocked_storage(near))

    assert talk.say("please ring twice", "door_needs") == ["confirm_door"]
    talk.press(1)
    push(talk)

    assert delivery(talk).door == DoorNeeds(0, ("door_ring_twice",))
    assert delivery(talk, "d-2").door is None


def test_another_day_and_minutes_said_at_once_both_count(talk: Talk) -> None:
    talk.say("thursday after 3", "reschedule")
    talk.press(1)
    talk.say("I need three minutes", "door_needs")
    talk.press(1)
    push(talk)

    found = delivery(talk)
    assert (found.date, found.door) == (date(2026, 3, 12), DoorNeeds(3))


# B12: how to get in


def test_words_told_in_confidence_stay_in_the_vault_alone(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.inbound.add_once(
            an_inbound_message(text="gate code is 4711", trace={"turn": "conv-1:1"})
        )
        work.commit()

    talk.say("gate code is 4711", "access_instructions")

    with talk.store.unit_of_work(read_only=True) as work:
        assert [each.text for each in work.inbound.of("conv-1")] == ["***"]
        assert work.deliveries.get("d-1").access_ciphertext == b"sealed:gate code is 4711"


def test_how_to_get_in_is_for_all_parcels_and_waits_in_no_question() -> None:
    shoes = a_delivery(id="d-2", reference="ORDER-2", parcels=(a_parcel(tracking_number="T2"),))
    talk = Talk(a_stocked_storage(shoes))

    assert talk.say("gate code is 4711", "access_instructions") == ["access_noted"]

    assert delivery(talk, "d-2").access_ciphertext is not None


@pytest.mark.parametrize("status", ["delivered", "return_to_sender", "ready_for_pickup"])
def test_how_to_get_in_is_forgotten_when_nobody_goes_there(talk: Talk, status: str) -> None:
    found = delivery(talk)
    found.access_ciphertext = b"sealed:4711"

    found.move_to(DeliveryStatus(status), now=NOW)

    assert found.access_ciphertext is None


# B7: another address


def in_lime_grove(number: int, **different: object) -> Delivery:
    usual: dict[str, object] = {
        "id": f"d-lime-{number}",
        "reference": f"LIME-{number}",
        "address_line": f"{number} Lime Grove",
        "postcode": "E2 7DD",
        "lat": 51.53,
        "lon": -0.06,
    }
    return a_delivery(**{**usual, **different})


def elsewhere() -> Talk:
    """Return a talk in whose town a street is known by others' parcels."""
    talk = Talk(a_stocked_storage())
    with talk.store.unit_of_work() as work:
        work.people.add(a_person(id="p-2"))
        work.flush()
        work.deliveries.add(in_lime_grove(3, person_id="p-2", lat=51.5301))
        work.deliveries.add(in_lime_grove(41, person_id="p-2"))
        work.commit()
    return talk


def test_a_house_number_is_corrected_without_moving_the_stop(talk: Talk) -> None:
    assert talk.say("it's 112 not 12", "change_address") == ["confirm_address_corrected"]
    agree(talk)

    found = delivery(talk)
    assert (found.address_line, found.lat) == ("112 Harbour Street", 51.51)


def test_a_flat_is_added(talk: Talk) -> None:
    assert talk.say("I forgot the flat number. Flat 19.", "change_address") == [
        "confirm_address_corrected"
    ]
    agree(talk)

    assert delivery(talk).address_line == "Flat 19, 12 Harbour Street"


def test_a_street_known_from_other_parcels_is_found_and_the_stop_moves() -> None:
    talk = elsewhere()

    assert talk.say("please send it to 5 Lime Grove instead", "change_address") == [
        "confirm_address"
    ]
    assert talk.last().facts["address"] == "5 Lime Grove, E2 7DD London"
    agree(talk)

    found = delivery(talk)
    assert (found.address_line, found.postcode) == ("5 Lime Grove", "E2 7DD")
    assert (found.lat, found.lon) == (51.5301, -0.06)


def test_a_postcode_alone_is_enough_to_find_the_place() -> None:
    talk = elsewhere()

    assert talk.say("wrong postcode, it is 9 New Yard, e27dd", "change_address") == [
        "confirm_address"
    ]


def test_an_address_that_nobody_knows_is_said_so_and_the_question_stays(talk: Talk) -> None:
    assert talk.say("send it to 5 Nowhere Crescent", "change_address") == ["address_unknown"]
    assert talk.say("1 Neverland Road", "inform") == ["address_unknown"]
    assert talk.say("it should be 14 Harbour Street", "inform") == ["confirm_address_corrected"]


def test_without_words_the_address_is_asked_for(talk: Talk) -> None:
    assert talk.say("wrong address", "change_address") == ["ask_address"]
    assert talk.say("where is it?", "track_parcel")[-1] == "still_open_address"
    assert talk.say("14b", "leave_with_neighbour", house_number="14b") == [
        "confirm_address_corrected"
    ]


def test_beyond_the_limit_it_is_said_with_what_can_be_chosen() -> None:
    talk = elsewhere()
    rule(talk, address_km=1)

    assert talk.say("please send it to 5 Lime Grove instead", "change_address") == [
        "address_too_far"
    ]
    assert "option_goal_pickup_point" in talk.options()


def test_a_position_is_taken_with_the_words_for_the_door(talk: Talk) -> None:
    talk.say("wrong address", "change_address")
    assert talk.send_position(51.52, -0.08) == ["ask_address_at_pin"]
    assert talk.say("4 Chapel Yard", "inform") == ["confirm_address"]
    agree(talk)

    found = delivery(talk)
    assert (found.lat, found.lon, found.address_line) == (51.52, -0.08, "4 Chapel Yard")


def test_another_address_can_be_undone() -> None:
    talk = elsewhere()
    talk.say("please send it to 5 Lime Grove instead", "change_address")
    agree(talk)

    assert talk.say("undo", "undo_choice") == ["undo_noted"]
    push(talk)

    found = delivery(talk)
    assert (found.address_line, found.lat) == ("12 Harbour Street", 51.51)


def test_a_neighbour_of_the_old_address_is_none_of_the_new_one() -> None:
    talk = elsewhere()
    talk.say(
        "leave it with Dave at 14", "leave_with_neighbour", neighbour_name="Dave", house_number="14"
    )
    agree(talk)
    assert delivery(talk).place.kind is PlaceKind.NEIGHBOUR

    talk.say("please send it to 5 Lime Grove instead", "change_address")
    agree(talk)

    assert delivery(talk).place.kind is PlaceKind.ADDRESS


# B8: while they are away


def test_a_holiday_holds_every_parcel_and_those_that_come_later(talk: Talk) -> None:
    assert talk.say("away from the 10th till the 14th", "hold_deliveries") == ["confirm_away"]
    assert talk.press(1) == ["away_noted"]
    push(talk)

    assert delivery(talk).status is DeliveryStatus.ON_HOLD
    assert told(talk)[0].name == "choice_confirmed_away"
    assert bring(talk, date(2026, 3, 13)).status is DeliveryStatus.ON_HOLD
    later = bring(talk, date(2026, 3, 15), reference="LATER-2")
    assert later.status is DeliveryStatus.PENDING


def test_it_resumes_by_itself_the_day_after(talk: Talk) -> None:
    talk.say("away from the 10th till the 14th", "hold_deliveries")
    talk.press(1)
    push(talk)

    assert (
        resume_after_absences(talk.store.unit_of_work, now=instant(14, day=date(2026, 3, 14))) == 0
    )
    assert (
        resume_after_absences(talk.store.unit_of_work, now=instant(16, day=date(2026, 3, 14))) == 1
    )

    found = delivery(talk)
    assert (found.status, found.date) == (DeliveryStatus.IN_TRANSIT, date(2026, 3, 15))
    assert standing(talk, StandingKind.AWAY) is None


def test_who_is_back_sooner_ends_it(talk: Talk) -> None:
    talk.say("away from the 10th till the 14th", "hold_deliveries")
    talk.press(1)
    push(talk)
    talk.now = instant(12, day=date(2026, 3, 12))

    assert talk.say("hold", "hold_deliveries") == ["away_shown"]
    assert talk.press(1) == ["away_ended"]

    found = delivery(talk)
    assert (found.status, found.date) == (DeliveryStatus.IN_TRANSIT, date(2026, 3, 13))


def test_undoing_a_hold_ends_it(talk: Talk) -> None:
    talk.say("away from the 10th till the 14th", "hold_deliveries")
    talk.press(1)
    push(talk)

    assert talk.say("undo", "undo_choice") == ["away_ended"]
    assert delivery(talk).status is DeliveryStatus.IN_TRANSIT
    assert talk.say("undo", "undo_choice") == ["away_none"]


def test_other_days_replace_the_former(talk: Talk) -> None:
    talk.say("away from the 10th till the 14th", "hold_deliveries")
    talk.press(1)
    push(talk)

    assert talk.say("away until the 20th", "hold_deliveries") == ["confirm_away"]
    assert talk.press(1) == ["away_noted"]

    wish = standing(talk, StandingKind.AWAY)
    assert wish is not None
    assert wish.last_day == date(2026, 3, 19)
    assert delivery(talk).status is DeliveryStatus.ON_HOLD


def test_days_are_asked_for_and_the_answer_is_no_wish_for_a_window(talk: Talk) -> None:
    assert talk.say("hold my parcels", "hold_deliveries") == ["ask_away_days"]
    assert talk.say("from the 10th till the 14th", "reschedule") == ["confirm_away"]


def test_a_first_day_alone_is_asked_for_the_last(talk: Talk) -> None:
    assert talk.say("hold everything from the 10th", "hold_deliveries") == ["ask_away_until"]
    assert talk.say("until the 14th", "inform") == ["confirm_away"]
    offer = talk.offer()
    assert offer is not None
    assert offer.options[0].details["first"] == "2026-03-10"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("we are in spain for 400 days", "away_too_long"),
        ("away from 10 march to 6 may 2027", "away_too_long"),
        ("away from 1 march to 3 march", "away_not_then"),
        ("away in the land of the fairies", "ask_away_days"),
    ],
)
def test_days_that_cannot_be_are_said_so_and_the_question_stays(
    talk: Talk, text: str, answer: str
) -> None:
    assert talk.say(text, "hold_deliveries") == [answer]
    assert talk.say("from the 10th till the 14th", "inform") == ["confirm_away"]


def test_a_hold_needs_no_parcel_on_its_way(talk: Talk) -> None:
    change(talk, status=DeliveryStatus.DELIVERED)

    assert talk.say("away from the 10th till the 14th", "hold_deliveries") == ["confirm_away"]
    assert talk.press(1) == ["away_noted"]
    assert bring(talk, date(2026, 3, 12)).status is DeliveryStatus.ON_HOLD


def test_keeping_everything_as_it_is_needs_no_parcel_either(talk: Talk) -> None:
    change(talk, status=DeliveryStatus.DELIVERED)
    talk.say("away from the 10th till the 14th", "hold_deliveries")

    assert talk.press(2) == ["choice_dropped"]


def test_what_is_too_late_to_hold_is_named(talk: Talk) -> None:
    change(talk, eta_at=NOW + timedelta(minutes=30))
    talk.now = NOW

    talk.say("away from today till the 14th", "hold_deliveries")

    assert talk.press(1) == ["away_noted", "away_left_out"]


def test_a_parcel_on_hold_can_be_had_another_day(talk: Talk) -> None:
    talk.say("away from the 10th till the 14th", "hold_deliveries")
    talk.press(1)
    push(talk)

    assert talk.say("bring it on friday after 3 after all", "reschedule") == ["windows_as_wished"]
    talk.press(1)
    push(talk)

    found = delivery(talk)
    assert (found.status, found.date) == (DeliveryStatus.IN_TRANSIT, date(2026, 3, 13))


# B11: the same every time


def test_a_standing_place_is_used_for_the_next_parcel_too(talk: Talk) -> None:
    assert talk.say("always leave it in the shed", "set_standing_preference", place="shed") == [
        "confirm_standing_safe_place"
    ]
    assert talk.press(1) == ["standing_noted"]
    push(talk)

    assert delivery(talk).place.kind is PlaceKind.SAFE_PLACE
    later = bring(talk, A_DAY + timedelta(days=3))
    assert (later.place.kind, later.place.words) == (PlaceKind.SAFE_PLACE, "shed")
    assert later.status is DeliveryStatus.PENDING


@pytest.mark.parametrize(
    "text",
    [
        "can u leave with the lady across the road she's always in",
        "gib es bitte nebenan ab, die sind immer zu Hause",
        "déjalo con la vecina, que siempre está",
        "laissez-le au voisin, il est toujours là",
    ],
)
def test_a_neighbour_who_is_always_in_takes_this_parcel_not_every_one(text: str) -> None:
    assert Talk(a_stocked_storage()).say(text, "set_standing_preference") == [
        "ask_neighbour_number"
    ]


def test_a_standing_neighbour_is_asked_for_number_first(talk: Talk) -> None:
    assert talk.say("always leave with Dave", "set_standing_preference", person_name="Dave") == [
        "ask_neighbour_number"
    ]


def test_a_standing_place_is_shown_and_removed(talk: Talk) -> None:
    talk.say("always leave with no 14", "set_standing_preference", house_number="14")
    talk.press(1)
    push(talk)

    assert talk.say("what do you always do?", "set_standing_preference") == ["standing_shown"]
    assert talk.press(2) == ["standing_removed"]
    assert bring(talk, A_DAY + timedelta(days=3)).place.kind is PlaceKind.ADDRESS


def test_without_a_place_it_is_asked_for(talk: Talk) -> None:
    assert talk.say("do it every time", "set_standing_preference") == ["ask_standing"]
    assert talk.say("behind the blue bins", "inform") == ["confirm_standing_safe_place"]


def test_the_place_of_this_time_is_meant_by_every_time(talk: Talk) -> None:
    talk.say(
        "leave it with Dave at 14", "leave_with_neighbour", neighbour_name="Dave", house_number="14"
    )
    talk.press(1)
    push(talk)

    assert talk.say("do it like this every time", "set_standing_preference") == [
        "confirm_standing_neighbour"
    ]


def test_a_shipper_that_forbids_it_is_left_alone(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules({"forbidden": ["safe_place"]})
        work.commit()
    talk.say("always leave it in the shed", "set_standing_preference", place="shed")

    assert talk.press(1) == ["standing_noted"]
    assert choice(talk) is None
    assert bring(talk, A_DAY + timedelta(days=3)).place.kind is PlaceKind.ADDRESS


# B9: asked twice


def test_refusing_is_not_done_by_the_first_yes_to_something_else(talk: Talk) -> None:
    assert talk.say("send it back", "refuse_delivery") == ["confirm_refuse"]
    assert talk.say("send it back", "refuse_delivery") == ["confirm_refuse"]
    assert choice(talk) is None
    assert talk.say("yes", "affirm") == ["choice_noted"]
    found = choice(talk)
    assert found is not None
    assert found.kind is OptionKind.REFUSE
