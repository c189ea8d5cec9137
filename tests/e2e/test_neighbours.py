"""A neighbour is asked by SMS, and both sides hear what comes of it."""

from itertools import count

import pytest

from tests.e2e.conftest import Newcomer
from tests.e2e.processes import wait_until
from tests.e2e.recipients import Recipient

TOWN = "neighbours"
_numbers = count(500)


def a_neighbour(someone: Recipient) -> tuple[Recipient, str]:
    """Return somebody who never heard of us, and how their number is told."""
    number = next(_numbers)
    neighbour = Recipient(someone.town, f"+447700900{number}", role="neighbour")
    return neighbour, f"07700 900{number}"


def ask(someone: Recipient) -> Recipient:
    """Let somebody have their neighbour asked; return the neighbour, who has the question."""
    neighbour, number = a_neighbour(someone)
    offer = someone.ask("please leave it with my neighbour Mrs Jones at number 12")
    assert "We have not asked them" in offer.text
    confirm = someone.ask(f"her number is {number}")
    assert confirm.labels[0] == "Yes, ask Mrs Jones at no. 12"
    someone.choose("Yes, ask Mrs Jones")
    assert someone.hear().text.startswith("We are asking Mrs Jones at no. 12 to take ")
    question = neighbour.hear()
    assert question.labels == ["I take it", "Rather not"]
    assert someone.parcel.partition(" from ")[0] not in question.text
    return neighbour


@pytest.mark.conversation("N8", "A neighbour is asked and agrees")
def test_a_neighbour_takes_it_and_both_are_told(newcomer: Newcomer) -> None:
    someone = newcomer()
    neighbour = ask(someone)

    thanks = neighbour.choose("I take it")

    assert thanks.text.startswith("Thank you! Our driver brings the parcel for ")
    assert someone.hear().text.startswith("Mrs Jones at no. 12 has agreed to take ")
    assert someone.delivery()["place"]["kind"] == "neighbour"


def test_a_neighbour_declines_in_their_own_words(newcomer: Newcomer) -> None:
    someone = newcomer()
    neighbour = ask(someone)

    answer = neighbour.ask("no sorry")

    assert answer.text.startswith("No problem, thank you for telling us.")
    told = [someone.hear().text, someone.hear().text]
    assert any(text.startswith("Mrs Jones at no. 12 cannot take ") for text in told)
    assert any("back to how it was before" in text for text in told)
    wait_until(lambda: someone.delivery()["place"]["kind"] == "address", "the former plan")


def test_a_neighbour_who_opts_out_has_said_no(texter: Newcomer) -> None:
    someone = texter()
    neighbour = ask(someone)

    neighbour.write("STOP")

    told = [someone.hear().text, someone.hear().text]
    assert any(text.startswith("Mrs Jones at no. 12 cannot take ") for text in told)


def test_a_number_that_gets_no_texts_is_explained_and_the_choice_goes_on(
    newcomer: Newcomer,
) -> None:
    someone = newcomer()
    someone.ask("please leave it with my neighbour Mrs Jones at number 12")

    answer = someone.ask("020 7946 0958")

    assert answer.text.startswith("That number gets no texts.")
    someone.choose("Yes, give it to Mrs Jones at no. 12")
    assert someone.hear().text.startswith(f"Confirmed for {someone.parcel}: with Mrs Jones")
