"""Every conversation with Rasa's trained model, on both channels, from the webhook to the answer.

What Rasa understood is asserted in each: an answer that came by another way does not pass.
"""

import pytest

from tests.e2e.conftest import Newcomer
from tests.e2e.processes import wait_until
from tests.e2e.recipients import Understood


def test_says_when_a_parcel_comes(newcomer: Newcomer) -> None:
    someone = newcomer()

    answer = someone.ask("where is my parcel?")

    parcel, shipper = someone.parcel.split(" from ")
    assert answer.text == (
        f"{shipper}: your delivery ({parcel}) is planned for tomorrow, Wed 11 Mar. "
        "It goes to your address."
    )
    assert someone.understood() == Understood("track_parcel", "action_track_parcel")


@pytest.mark.conversation("B1", "Another day, and the window on it (B2)")
def test_moves_a_delivery_to_another_day_and_window(newcomer: Newcomer) -> None:
    someone = newcomer()

    offer = someone.ask("can it come on friday after 5?")
    asked = someone.understood()
    noted = someone.choose("Fri 13 Mar, 17:00-19:00")
    chosen = someone.understood()
    confirmed = someone.hear()

    assert offer.text.startswith(f"This can be done for {someone.parcel}.")
    assert asked == Understood("reschedule", "action_reschedule")
    assert noted.text.startswith("Noted: Fri 13 Mar, 17:00-19:00.")
    assert chosen == Understood("choose", "action_choose")
    assert confirmed.text.startswith(
        f"Confirmed for {someone.parcel}: Fri 13 Mar, 17:00-19:00. Expected about "
    )
    moved = someone.delivery()
    assert (moved["date"], moved["window_start"]) == ("2026-03-13", "2026-03-13T17:00:00Z")


@pytest.mark.conversation("B3", "A neighbour, named at once")
def test_hands_it_to_a_named_neighbour(newcomer: Newcomer) -> None:
    someone = newcomer()

    offer = someone.ask("please leave it with my neighbour Mrs Jones at number 12")
    asked = someone.understood()
    someone.choose("Yes, give it to Mrs Jones at no. 12")
    confirmed = someone.hear()

    assert asked == Understood("leave_with_neighbour", "action_leave_with_neighbour")
    assert offer.labels == ["Yes, give it to Mrs Jones at no. 12", "Leave it as it is"]
    assert confirmed.text.startswith(f"Confirmed for {someone.parcel}: with Mrs Jones at no. 12")
    place = someone.delivery()["place"]
    assert (place["kind"], place["name"], place["house_number"]) == ("neighbour", "Mrs Jones", "12")


@pytest.mark.conversation("B3", "A neighbour, asked for step by step")
def test_asks_for_the_neighbours_number_and_name_when_they_are_missing(newcomer: Newcomer) -> None:
    someone = newcomer()

    first = someone.ask("can my neighbour take it?")
    asked = someone.understood()
    second = someone.ask("number 12")
    third = someone.ask("Mrs Jones")

    assert asked == Understood("leave_with_neighbour", "action_leave_with_neighbour")
    assert first.text == "Which house number does your neighbour live at?"
    assert second.text.startswith("What is your neighbour's name")
    assert third.labels == ["Yes, give it to Mrs Jones at no. 12", "Leave it as it is"]
    assert someone.choose("Leave it as it is").text == (
        f"All right, nothing changes for {someone.parcel}."
    )


@pytest.mark.conversation("B4", "A safe place")
def test_leaves_it_in_a_safe_place_once_the_risk_is_accepted(newcomer: Newcomer) -> None:
    someone = newcomer()

    offer = someone.ask("just leave it in the shed please")
    asked = someone.understood()
    someone.choose("I accept, leave it there")
    confirmed = someone.hear()

    assert asked == Understood("leave_in_safe_place", "action_leave_in_safe_place")
    assert "you accept the risk of loss or damage" in offer.text
    assert confirmed.text.startswith(f"Confirmed for {someone.parcel}: in your safe place")
    assert someone.delivery()["place"]["kind"] == "safe_place"


@pytest.mark.conversation("B6", "The nearest pickup points")
def test_sends_it_to_the_nearest_pickup_point_or_locker(newcomer: Newcomer) -> None:
    someone = newcomer()

    offer = someone.ask("where is the nearest pickup point?")
    asked = someone.understood()
    someone.choose(offer.labels[0])
    confirmed = someone.hear()

    assert asked == Understood("collect_from_pickup_point", "action_collect_from_pickup_point")
    assert offer.text.startswith(f"You can collect {someone.parcel} here.")
    assert confirmed.text.startswith(f"Confirmed for {someone.parcel}: ")
    assert someone.delivery()["place"]["kind"] == "pickup_point"


@pytest.mark.conversation("B12", "How to get in")
def test_passes_access_instructions_to_the_driver_alone(newcomer: Newcomer) -> None:
    someone = newcomer()

    answer = someone.ask("the gate code is 4711 and there is a dog")

    stop_id = someone.delivery()["stop_id"]
    assert answer.text == "Thank you. Only the driver sees this, and only around your stop."
    assert someone.understood() == Understood("access_instructions", "action_access_instructions")
    # Not yet: the van comes tomorrow.
    assert someone.town.api_status(f"/stops/{stop_id}/access") == 403


@pytest.mark.conversation("B9", "No, thank you")
def test_sends_it_back_when_it_is_refused_twice(newcomer: Newcomer) -> None:
    someone = newcomer()

    offer = someone.ask("I don't want it any more, send it back")
    asked = someone.understood()
    someone.choose("Send it back")
    done = someone.hear()

    assert asked == Understood("refuse_delivery", "action_refuse_delivery")
    assert offer.labels == ["No, I want it", "Send it back"]
    assert done.text == f"Done: we send {someone.parcel} back to the sender."
    assert someone.delivery()["status"] == "return_to_sender"


@pytest.mark.conversation("B15", "What the shipper does not allow")
def test_says_why_an_option_is_not_for_this_parcel(texter: Newcomer) -> None:
    # Of this shipper's parcels, one that nobody signs for: signing is a reason of its own.
    someone = texter(
        wanted=lambda each: (
            each["shipper_id"] == "chronos" and each["parcels"][0]["description"] == "headphones"
        )
    )

    answer = someone.ask("just leave it in the shed please")

    assert someone.understood() == Understood("leave_in_safe_place", "action_leave_in_safe_place")
    assert answer.text.startswith("The sender Chronos Jewellers does not allow that for ")
    assert answer.labels == ["Another day or time", "A shop or locker nearby"]
    assert someone.delivery()["place"]["kind"] == "address"


def test_takes_a_problem_to_a_person(newcomer: Newcomer) -> None:
    someone = newcomer()

    answer = someone.ask("the box arrived damaged")

    assert answer.text == (
        "I am sorry that it arrived like that. A photo helps if you have one.\n"
        "A colleague will look at this and answer you here."
    )
    assert someone.understood() == Understood("report_damage", "action_report_problem")


def test_stops_when_told_so_in_a_sentence(newcomer: Newcomer) -> None:
    someone = newcomer()

    answer = someone.ask("please stop texting me")
    understood = someone.understood()
    someone.write("where is my parcel?")
    someone.last_inbound()

    assert answer.text == (
        "You will get no more messages from us. If you change your mind, write UNSTOP."
    )
    assert understood == Understood("stop_messages", "action_stop_messages")
    assert someone.unread() == []


@pytest.mark.parametrize(
    "words", ["no more texts about this parcel", "Bitte keine SMS mehr zu diesem Paket"]
)
def test_keeps_quiet_about_one_parcel_and_still_answers(newcomer: Newcomer, words: str) -> None:
    someone = newcomer()

    done = someone.ask(words)
    quiet = someone.delivery()["notices_stopped_at"]
    answer = someone.ask("where is my parcel?")
    back = someone.ask("UNSTOP")

    assert "UNSTOP" in done.text
    assert quiet is not None
    assert answer.text != ""
    assert back.text != ""
    assert someone.delivery()["notices_stopped_at"] is None


def test_asks_which_of_two_parcels_and_moves_both(newcomer: Newcomer) -> None:
    someone = newcomer(parcels=2)

    question = someone.ask("can you bring it on friday afternoon?")
    asked = someone.understood()
    offer = someone.choose("Both")
    someone.choose(offer.labels[0])

    def both_are_moved() -> bool:
        days = [each["date"] for each in someone.town.deliveries(someone.phone)]
        return days == ["2026-03-13", "2026-03-13"]

    assert asked == Understood("reschedule", "action_reschedule")
    assert question.text.startswith("You have 2 parcels on the way. Which one do you mean?")
    assert wait_until(both_are_moved, "both on friday")


def test_answers_a_question_in_the_middle_of_a_choice_and_goes_on(newcomer: Newcomer) -> None:
    someone = newcomer()

    offer = someone.ask("can you deliver it another day?")
    answer = someone.ask("where is it now?")
    between = someone.understood()
    noted = someone.choose(offer.labels[-1])

    parcel, shipper = someone.parcel.split(" from ")
    assert between == Understood("track_parcel", "action_track_parcel")
    assert answer.text.startswith(f"{shipper}: your delivery ({parcel}) is planned for tomorrow")
    assert answer.labels == offer.labels
    assert noted.text.startswith(f"Noted: {offer.labels[-1]}.")


@pytest.mark.conversation("C5", "Chosen in free words, and taken back")
def test_understands_the_choice_in_free_words_and_takes_it_back(newcomer: Newcomer) -> None:
    someone = newcomer()

    offer = someone.ask("can you deliver it another day?")
    noted = someone.ask("the last one please")
    chosen = someone.understood()
    someone.hear()
    undone = someone.ask("undo that")
    understood = someone.understood()
    someone.hear()

    assert noted.text.startswith(f"Noted: {offer.labels[-1]}.")
    assert chosen == Understood("inform", "action_answer")
    assert understood == Understood("undo_choice", "action_undo_choice")
    assert undone.text.startswith(f"All right. I am putting {someone.parcel} back as it was")
    assert someone.delivery()["date"] == "2026-03-11"


def test_helps_with_what_can_be_chosen(newcomer: Newcomer) -> None:
    someone = newcomer()

    answer = someone.ask("what can you do?")

    assert someone.understood() == Understood("ask_help", "action_help")
    assert answer.text.startswith(f"I can help with {someone.parcel}.")
    assert answer.labels == [
        "Another day or time",
        "A neighbour",
        "A safe place",
        "A shop or locker nearby",
    ]
    spots = someone.choose("A safe place")
    assert spots.text.startswith("Where may the driver leave it?")
