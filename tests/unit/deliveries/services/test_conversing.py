"""Conversations about one delivery, told as turns."""

from datetime import date, timedelta

import pytest

from deliveries.model.delivery import DeliveryStatus, PlaceKind
from deliveries.model.preference import ChangeState, PreferenceState
from deliveries.services.committing.verdicts import accept
from tests.builders import A_DAY, NOW, a_delivery, a_parcel, a_person, a_stocked_storage, at
from tests.unit.deliveries.services.talk import Talk


@pytest.fixture
def talk() -> Talk:
    return Talk(a_stocked_storage())


def test_a_wish_for_a_time_is_offered_where_the_plan_can_serve_it(talk: Talk) -> None:
    assert talk.say("can you come thursday after 3 instead", "reschedule") == ["windows_as_wished"]
    offer = talk.offer()
    assert offer is not None
    assert [option.details["start"] for option in offer.options] == [
        at(15, day=date(2026, 3, 12)).isoformat()
    ]


def test_a_digit_turns_the_hold_into_a_preference_and_a_planner_change(talk: Talk) -> None:
    talk.say("thursday after 3", "reschedule")
    assert talk.press(1) == ["choice_noted"]
    with talk.store.unit_of_work() as work:
        preference = work.preferences.live_of("d-1")
        assert preference is not None
        assert preference.state is PreferenceState.PENDING
        change = work.changes.of_preference(preference.id)
        assert change is not None
        assert (change.state, change.idempotency_key) == (ChangeState.PENDING, "d-1:1")


def test_the_same_turn_twice_is_answered_alike_and_changes_once(talk: Talk) -> None:
    talk.say("thursday after 3", "reschedule")
    offer = talk.offer()
    assert offer is not None
    assert talk.tap(offer.options[0].id) == ["choice_noted"]
    assert talk.tap(offer.options[0].id) == ["offer_expired", "still_possible"]
    with talk.store.unit_of_work() as work:
        assert work.changes.open_count() == 1


def test_nothing_free_as_wished_offers_the_nearest(talk: Talk) -> None:
    assert talk.say("tonight at 11pm", "reschedule") == ["windows_instead"]
    assert talk.options() == ["option_window"] * 3


def test_two_wishes_in_one_text_are_both_heard(talk: Talk) -> None:
    text = "not home tomorrow, can my neighbour at 12 take it or else friday after 5?"
    heard = talk.say(text, "leave_with_neighbour", house_number="12")
    assert heard == ["ask_neighbour_name"]
    assert talk.options() == []  # the last two-hour window of Friday's shift starts at 16:00
    talk.now -= timedelta(hours=1)
    assert talk.say("Mrs Patel", "inform", person_name="Mrs Patel") == ["confirm_neighbour"]
    assert talk.press(1) == ["choice_noted"]


def test_the_second_wish_stays_on_offer_beside_the_question(talk: Talk) -> None:
    text = "can my neighbour at 12 take it or else friday after 3?"
    talk.say(text, "leave_with_neighbour", house_number="12")
    assert talk.options() == ["option_window_instead"]
    talk.say("Mrs Patel", "inform", person_name="Mrs Patel")
    assert talk.options() == ["option_neighbour", "option_window_instead", "option_keep_as_is"]


def test_a_question_in_the_middle_is_answered_and_the_choice_goes_on(talk: Talk) -> None:
    talk.say("leave it with the neighbour", "leave_with_neighbour")
    assert talk.say("where is it now?", "track_parcel") == [
        "track_planned_day",
        "still_open_neighbour",
    ]
    assert talk.say("Dave at 14b", "inform", person_name="Dave", house_number="14b") == [
        "confirm_neighbour"
    ]


def test_a_bare_answer_is_read_without_entities(talk: Talk) -> None:
    talk.say("leave it with the neighbour", "leave_with_neighbour")
    assert talk.say("Dave 14b", "inform") == ["confirm_neighbour"]
    assert dict(talk.last().facts)["name"] == "Dave"


def test_a_safe_place_needs_the_risk_accepted(talk: Talk) -> None:
    assert talk.say("leave it somewhere safe", "leave_in_safe_place") == ["ask_safe_place"]
    assert talk.say("behind the blue bin", "inform") == ["confirm_safe_place"]
    assert talk.say("yes", "affirm") == ["choice_noted"]


def test_a_listed_spot_is_chosen_by_number(talk: Talk) -> None:
    talk.say("leave it somewhere safe", "leave_in_safe_place")
    assert talk.press(2) == ["confirm_safe_place"]
    assert talk.press(1) == ["choice_noted"]
    with talk.store.unit_of_work() as work:
        preference = work.preferences.live_of("d-1")
        assert preference is not None
        assert preference.details["words"] == "spot_shed"


def test_a_locker_is_held_while_the_person_decides(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.holds.set_capacity("compartment:pp-1:M", 1)
        work.commit()
    assert talk.say("can i pick it up at a locker", "collect_from_pickup_point") == [
        "points_offered"
    ]
    with talk.store.unit_of_work() as work:
        assert work.holds.room("compartment:pp-1:M") == 0
    assert talk.press(1) == ["choice_noted"]
    with talk.store.unit_of_work() as work:
        assert work.holds.room("compartment:pp-1:M") == 0


def test_a_full_locker_is_not_offered(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.holds.set_capacity("compartment:pp-1:M", 0)
        work.commit()
    assert talk.say("locker please", "collect_from_pickup_point") == ["points_none"]


def test_a_refusal_is_asked_twice(talk: Talk) -> None:
    assert talk.say("send it back", "refuse_delivery") == ["confirm_refuse"]
    assert talk.press(1) == ["kept_as_is"]
    talk.say("send it back", "refuse_delivery")
    assert talk.press(2) == ["choice_noted"]


def test_access_words_are_sealed_and_not_repeated(talk: Talk) -> None:
    assert talk.say("the gate code is 4711#", "access_instructions", access_code="4711#") == [
        "access_noted"
    ]
    assert "4711" not in str(talk.answer)
    with talk.store.unit_of_work() as work:
        assert work.deliveries.get("d-1").access_ciphertext == b"sealed:the gate code is 4711#"


def test_one_second_after_the_cutoff_it_is_refused_with_what_is_open(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.deliveries.get("d-1").eta_at = NOW + timedelta(hours=1)
        work.commit()
    talk.now = NOW - timedelta(seconds=1)
    assert talk.say("tomorrow please", "reschedule") == ["windows_as_wished"]
    talk.now = NOW + timedelta(seconds=1)
    assert talk.press(1) == ["too_late_for_that_at", "still_possible"]
    assert "option_goal_neighbour" in talk.options()
    assert talk.say("tomorrow please", "reschedule") == ["cutoff_passed"]


def test_after_a_failed_attempt_the_choices_reopen(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        delivery = work.deliveries.get("d-1")
        delivery.eta_at = NOW - timedelta(minutes=5)
        delivery.status, delivery.status_at = DeliveryStatus.DELIVERY_FAILED, NOW
        work.commit()
    talk.now = NOW + timedelta(minutes=10)
    assert talk.say("you missed me, try again", "redeliver") == ["redelivery_choices"]
    assert talk.press(1) == ["windows_offered"]
    assert talk.press(1) == ["choice_noted"]


def test_several_parcels_are_asked_about_and_both_is_understood() -> None:
    shoes = a_delivery(
        id="d-2",
        reference="ORDER-2",
        parcels=(a_parcel(tracking_number="LB1000000002", description="shoes"),),
    )
    talk = Talk(a_stocked_storage(shoes))
    assert talk.say("thursday after 3 please", "reschedule") == ["ask_which_delivery"]
    assert talk.say("both", "inform", which_parcel="both") == ["windows_as_wished"]
    talk.press(1)
    with talk.store.unit_of_work() as work:
        assert work.changes.open_count() == 2


def test_the_parcel_that_was_named_is_meant() -> None:
    shoes = a_delivery(
        id="d-2",
        reference="ORDER-2",
        parcels=(a_parcel(tracking_number="LB1000000002", description="shoes"),),
    )
    talk = Talk(a_stocked_storage(shoes))
    talk.say("thursday after 3 please", "reschedule")
    assert talk.say("the shoes", "inform", which_parcel="the shoes") == ["windows_as_wished"]
    talk.press(1)
    with talk.store.unit_of_work() as work:
        assert work.preferences.live_of("d-1") is None
        assert work.preferences.live_of("d-2") is not None


def test_an_accepted_choice_changes_the_delivery_and_is_told_once(talk: Talk) -> None:
    talk.say(
        "leave it with Dave at 14", "leave_with_neighbour", neighbour_name="Dave", house_number="14"
    )
    talk.press(1)
    for _ in range(2):
        with talk.store.unit_of_work() as work:
            preference = work.preferences.live_of("d-1")
            assert preference is not None
            change = work.changes.of_preference(preference.id)
            assert change is not None
            accept(work, change, eta_at=at(12), now=talk.now)
            work.commit()
    with talk.store.unit_of_work() as work:
        place = work.deliveries.get("d-1").place
        told = work.outbox.of("conv-1")
    assert (place.kind, place.name, place.house_number) == (PlaceKind.NEIGHBOUR, "Dave", "14")
    assert [message.sayings[0].name for message in told] == ["choice_confirmed_eta"]


def test_taking_back_a_choice_goes_through_the_planner_again(talk: Talk) -> None:
    talk.say(
        "leave it with Dave at 14", "leave_with_neighbour", neighbour_name="Dave", house_number="14"
    )
    talk.press(1)
    assert talk.say("actually put it back as it was", "undo_choice") == ["undo_noted"]
    with talk.store.unit_of_work() as work:
        preference = work.preferences.live_of("d-1")
        assert preference is not None
        assert preference.version == 2
        assert work.deliveries.get("d-1").date == A_DAY


@pytest.mark.behaviour(2)
def test_twice_not_understood_in_a_row_goes_to_a_person(talk: Talk) -> None:
    assert talk.say("flibber", "nlu_fallback") == ["not_understood"]
    assert talk.answer.handoff is None
    talk.say("flabber", "nlu_fallback")
    assert talk.answer.handoff == "fallback"


def test_without_a_delivery_nothing_is_told() -> None:
    talk = Talk(a_stocked_storage())
    with talk.store.unit_of_work() as work:
        work.deliveries.get("d-1").person_id = "p-2"
        work.people.add(a_person(id="p-2"))
        work.commit()
    assert talk.say("where is my parcel", "track_parcel") == ["no_delivery_known"]
    assert talk.say("thursday please", "reschedule") == ["no_delivery_known"]
