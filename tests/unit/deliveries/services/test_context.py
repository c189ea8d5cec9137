"""What words mean depends on what was offered, and a doubt is asked about instead of booked."""

from datetime import timedelta

import pytest

from bot.wording.catalogue import Catalogue, read_sources
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.preference import PreferenceState
from deliveries.services.committing.verdicts import accept
from deliveries.services.conversing.goals import GOALS
from deliveries.services.notices.posting import Notice, post
from tests.builders import (
    a_delivery,
    a_parcel,
    a_pickup_point,
    a_stocked_storage,
    at,
)
from tests.unit.deliveries.services.talk import Talk

SHOES = {
    "id": "d-2",
    "reference": "ORDER-2",
    "parcels": (a_parcel(tracking_number="LB1000000002", description="shoes"),),
}


@pytest.fixture
def talk() -> Talk:
    return Talk(a_stocked_storage(a_pickup_point(id="pp-2", name="Station Kiosk", lat=51.512)))


@pytest.fixture
def two() -> Talk:
    return Talk(a_stocked_storage(a_delivery(**SHOES, load=5)))


def chosen(talk: Talk, delivery_id: str = "d-1") -> dict[str, object] | None:
    with talk.store.unit_of_work() as work:
        preference = work.preferences.live_of(delivery_id)
        return dict(preference.details) if preference else None


def come_true(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        for delivery in work.deliveries.open_of_person("p-1"):
            preference = work.preferences.live_of(delivery.id)
            if preference and preference.state is PreferenceState.PENDING:
                change = work.changes.of_preference(preference.id)
                assert change is not None
                accept(work, change, eta_at=at(12), now=talk.now)
        work.commit()


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("the second one", 1),
        ("ok the first", 0),
        ("the last one", -1),
        ("the latest", -1),
        ("die zweite bitte", 1),
        ("la segunda porfa", 1),
        ("la deuxième svp", 1),
        ("lo más tarde", -1),
        ("le plus tôt", 0),
    ],
)
def test_words_choose_from_what_was_offered(talk: Talk, text: str, position: int) -> None:
    talk.say("another day please", "reschedule")
    offer = talk.offer()
    assert offer is not None
    assert talk.say(text, "inform") == ["choice_noted"]
    assert chosen(talk) == dict(offer.options[position].details)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("1 or 2?", "out_of_scope"),
        ("the first or the second", "inform"),
        ("not the second", "deny"),
        ("the later one", "inform"),
        ("why", "affirm"),
        ("sure?", "affirm"),
        ("7", "inform"),
        ("blue", "inform"),
        ("yes", "affirm"),
        ("der spätere", "inform"),
        ("no es la segunda", "inform"),
    ],
)
def test_a_doubt_is_asked_about_and_books_nothing(talk: Talk, text: str, intent: str) -> None:
    talk.say("another day please", "reschedule")
    assert talk.say(text, intent) == ["which_number"]
    assert chosen(talk) is None


@pytest.mark.parametrize(
    "text", ["not thursday", "thursday evening", "is it raining on thursday?", "no thursday"]
)
def test_a_time_that_no_option_has_chooses_none(talk: Talk, text: str) -> None:
    talk.say("another day please", "reschedule")
    talk.say(text, "inform")
    assert chosen(talk) is None


def test_two_doubts_in_a_row_go_to_a_person(talk: Talk) -> None:
    talk.say("another day please", "reschedule")
    talk.say("what?", "ask_help")
    talk.say("why", "affirm")
    assert talk.answer.handoff == "fallback"


@pytest.mark.parametrize("text", ["neither", "keine davon", "ninguna me va bien", "aucun"])
def test_none_of_them_asks_what_would_suit_and_a_digit_is_no_longer_a_choice(
    talk: Talk, text: str
) -> None:
    talk.say("another day please", "reschedule")
    assert talk.say(text, "deny") == ["what_would_suit"]
    assert talk.say("thursday", "inform") == ["windows_as_wished"]


def test_the_other_day_offers_what_was_not_chosen(talk: Talk) -> None:
    talk.say("another day please", "reschedule")
    shown = talk.offer()
    assert shown is not None
    talk.say("the second one", "inform")
    assert talk.say("no, the other day", "deny") == ["windows_as_wished"]
    offer = talk.offer()
    assert offer is not None
    left = [shown.options[0].details["start"], shown.options[2].details["start"]]
    assert [option.details["start"] for option in offer.options] == left


@pytest.mark.parametrize(
    ("text", "first"), [("later", "2026-03-12T14:00"), ("früher", "2026-03-12T08:00")]
)
def test_later_and_earlier_look_beyond_what_was_offered(talk: Talk, text: str, first: str) -> None:
    talk.say("thursday between 12 and 14 o'clock", "reschedule")
    assert talk.say(text, "inform") == ["windows_as_wished"]
    offer = talk.offer()
    assert offer is not None
    assert str(offer.options[0].details["start"]).startswith(first)


def test_the_nearer_one_is_the_nearest_point(talk: Talk) -> None:
    talk.say("pick it up at a shop", "collect_from_pickup_point")
    assert talk.say("le plus proche", "inform") == ["choice_noted"]
    details = chosen(talk)
    assert details is not None
    assert details["name"] == "Station Kiosk"


def test_a_point_that_is_named_to_be_refused_is_not_chosen(talk: Talk) -> None:
    talk.say("pick it up at a shop", "collect_from_pickup_point")
    assert talk.say("not the station one", "inform") == ["which_number"]
    assert chosen(talk) is None


def test_nothing_costs_anything_and_the_cheapest_is_not_guessed(talk: Talk) -> None:
    talk.say("another day please", "reschedule")
    assert talk.say("the cheapest", "inform") == ["no_price"]


def test_same_as_last_time_offers_the_last_choice_again(talk: Talk) -> None:
    talk.say("neighbour", "leave_with_neighbour", person_name="Dave", house_number="14")
    talk.press(1)
    come_true(talk)
    with talk.store.unit_of_work() as work:
        work.deliveries.add(a_delivery(**SHOES))
        work.conversations.get("conv-1").focus = ("d-2",)
        work.commit()
    assert talk.say("wie letztes mal bitte", "undo_choice") == ["confirm_neighbour"]
    assert talk.press(1) == ["choice_noted"]
    details = chosen(talk, "d-2")
    assert details is not None
    assert (details["name"], details["house_number"]) == ("Dave", "14")


def test_same_as_last_time_repeats_the_hours(talk: Talk) -> None:
    talk.say("thursday 12 to 14", "reschedule")
    talk.press(1)
    come_true(talk)
    assert talk.say("same as last time", "reschedule") == ["windows_as_wished"]
    offer = talk.offer()
    assert offer is not None
    hours = {str(option.details["start"])[11:16] for option in offer.options}
    assert hours == {"12:00"}


def test_same_as_last_time_says_so_if_there_was_none(talk: Talk) -> None:
    assert talk.say("como siempre", "set_standing_preference") == ["nothing_to_repeat"]


def test_the_smaller_parcel_is_known_by_its_size(two: Talk) -> None:
    two.say("thursday please", "reschedule")
    assert two.say("das kleine Paket", "inform") == ["windows_as_wished"]
    offer = two.offer()
    assert offer is not None
    assert offer.delivery_ids == ("d-1",)


@pytest.mark.parametrize("text", ["both", "beide", "los dos", "tous les deux"])
def test_both_are_meant_in_every_language(two: Talk, text: str) -> None:
    two.say("thursday please", "reschedule")
    assert two.say(text, "inform") == ["windows_as_wished"]
    offer = two.offer()
    assert offer is not None
    assert offer.delivery_ids == ("d-1", "d-2")


def test_after_a_notice_a_reply_is_about_its_parcel(two: Talk) -> None:
    two.say("the books on another day", "reschedule", which_parcel="the books")
    with two.store.unit_of_work() as work:
        notice = Notice("A3", "notice_out_for_delivery", two.now + timedelta(hours=2))
        post(work, [work.deliveries.get("d-2")], notice, now=two.now)
        work.commit()
    assert two.say("friday", "inform") == ["windows_as_wished"]
    offer = two.offer()
    assert offer is not None
    assert offer.delivery_ids == ("d-2",)


def test_two_wishes_for_two_parcels_are_not_lumped_together(two: Talk) -> None:
    text = "friday for the shoes and leave the books with a neighbour"
    heard = two.say(
        text, "leave_with_neighbour", also=("reschedule",), which_parcel="the shoes and the books"
    )
    assert heard[0] in ("ask_which_delivery", "ask_neighbour_number")


def test_the_second_wish_is_offered_once_the_first_is_settled(talk: Talk) -> None:
    talk.say(
        "leave it with Dave at 14 and the gate code is 4711",
        "leave_with_neighbour",
        neighbour_name="Dave",
        house_number="14",
        access_code="4711",
    )
    assert talk.say("yes", "affirm") == ["choice_noted", "second_wish"]
    assert talk.say("yes please", "affirm") == ["access_noted"]


def test_the_second_wish_survives_the_questions_of_the_first(talk: Talk) -> None:
    talk.say(
        "mein Nachbar nimmt es und der Code ist 4711",
        "leave_with_neighbour",
        also=("access_instructions",),
    )
    talk.say("Frau Meier, 12", "inform", person_name="Frau Meier", house_number="12")
    assert talk.press(1) == ["choice_noted", "second_wish"]
    assert talk.press(2) == ["kept_as_is"]


def test_where_it_is_is_told_beside_the_wish(talk: Talk) -> None:
    heard = talk.say("where is it and can it come on friday", "track_parcel", also=("reschedule",))
    assert heard == ["track_planned_day", "windows_as_wished"]


def test_make_it_the_neighbour_instead_is_a_wish_and_no_undoing(talk: Talk) -> None:
    talk.say("another day please", "reschedule")
    heard = talk.say(
        "actually make it the neighbour instead", "undo_choice", also=("leave_with_neighbour",)
    )
    assert heard == ["ask_neighbour_number"]


def test_a_neighbour_is_corrected_before_they_are_confirmed(talk: Talk) -> None:
    talk.say("neighbour", "leave_with_neighbour", person_name="Dave", house_number="14")
    assert talk.say("no, Sarah", "deny", person_name="Sarah") == ["confirm_neighbour"]
    assert dict(talk.last().facts)["name"] == "Sarah"


@pytest.mark.parametrize("text", ["weiß nicht", "what?", "quoi", "no sé"])
def test_not_knowing_is_no_name(talk: Talk, text: str) -> None:
    talk.say("neighbour please", "leave_with_neighbour", house_number="7")
    assert talk.say(text, "inform") == ["still_open_neighbour"]


def test_a_house_number_is_not_taken_for_an_option(talk: Talk) -> None:
    talk.say("can my neighbour take it or else friday after 3?", "leave_with_neighbour")
    assert talk.options() == []
    assert talk.say("1", "inform", house_number="1") == ["ask_neighbour_name"]


@pytest.mark.parametrize("text", ["why not tell me", "not sure", "is that safe?"])
def test_a_yes_that_is_none_sends_nothing_back(talk: Talk, text: str) -> None:
    talk.say("send it back", "refuse_delivery")
    talk.say(text, "affirm")
    assert chosen(talk) is None


def test_an_ok_after_the_choice_is_not_misunderstood(talk: Talk) -> None:
    talk.say("another day please", "reschedule")
    talk.press(1)
    assert talk.say("great", "affirm") == ["all_right"]


def test_an_ok_to_a_menu_of_changes_lets_it_come_as_planned(talk: Talk) -> None:
    talk.say("what can you do?", "ask_help")
    assert talk.say("ok", "affirm") == ["as_planned"]
    assert talk.say("yes that's fine", "affirm") == ["as_planned"]
    assert talk.answer.handoff is None
    assert talk.say("1", "inform") == ["windows_offered"]


@pytest.mark.parametrize("text", ["sure?", "not sure"])
def test_a_doubt_about_a_menu_of_changes_is_no_ok(talk: Talk, text: str) -> None:
    talk.say("what can you do?", "ask_help")
    assert talk.say(text, "affirm") == ["which_number"]


def test_an_ok_decides_nothing_about_a_parcel_that_came_in_vain(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.deliveries.get("d-1").move_to(DeliveryStatus.DELIVERY_FAILED, now=at(9))
        work.commit()
    talk.say("what can you do?", "ask_help")
    assert talk.say("ok", "affirm") == ["which_number"]


def test_who_writes_is_said_and_the_choice_goes_on(talk: Talk) -> None:
    talk.say("another day please", "reschedule")
    assert talk.say("ist das betrug?", "ask_help") == ["who_we_are", "which_number"]


def test_another_language_goes_on_with_the_choice(talk: Talk) -> None:
    talk.say("another day please", "reschedule")
    assert talk.say("en español por favor", "switch_language") == [
        "language_switched",
        "still_open_window",
    ]
    assert talk.say("la segunda", "inform") == ["choice_noted"]


def test_an_answer_hours_later_takes_the_place_anew_if_there_is_room(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.holds.set_capacity("compartment:pp-1:M", 1)
        work.holds.set_capacity("compartment:pp-2:M", 1)
        work.commit()
    talk.say("pick it up at a locker", "collect_from_pickup_point")
    talk.now += timedelta(hours=3)
    assert talk.press(1) == ["choice_noted"]
    with talk.store.unit_of_work() as work:
        rooms = [work.holds.room(f"compartment:{point}:M") for point in ("pp-1", "pp-2")]
    assert sorted(rooms, key=str) == [0, 1]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_every_wish_has_a_name_for_the_reminder(language: str) -> None:
    names = set(Catalogue(read_sources()).names(language))
    assert [goal for goal in GOALS if f"wish_{goal}" not in names] == []
