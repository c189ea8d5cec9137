"""Without Rasa nothing is understood, nothing is chosen and nothing is lost: a person takes over.

This is also the proof that the other tests hear Rasa: what they assert cannot be without it. The
tests run in their order; the last one starts Rasa again.
"""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import SHARED, Newcomer, Towns
from tests.e2e.recipients import Recipient, Understood
from tests.e2e.town import Town

DOWN = "Sorry, I cannot answer by myself right now.\nA colleague will answer you here."


@pytest.fixture(scope="module")
def asked_before(towns: Towns) -> Iterator[Recipient]:
    """Return somebody who got a menu just before Rasa stopped."""
    newcomers = towns.of(SHARED)
    town, someone = newcomers.town, newcomers.come(Recipient)
    someone.ask("can you deliver it another day?")
    town.processes.stop("rasa")
    yield someone
    if not town.processes.is_running("rasa"):
        town.start("rasa")
    town.wait_until_ready()


@pytest.mark.behaviour(8)
@pytest.mark.parametrize(
    "words",
    [
        "where is my parcel?",
        "can it come on friday after 5?",
        "please leave it with my neighbour Mrs Jones at number 12",
        "just leave it in the shed please",
        "where is the nearest pickup point?",
        "please redeliver it tomorrow",
        "the gate code is 4711 and there is a dog",
        "I don't want it any more, send it back",
        "the box arrived damaged",
        "I want to talk to a human please",
        "what can you do?",
        "please stop texting me",
    ],
)
@pytest.mark.usefixtures("asked_before")
def test_free_words_reach_a_person_and_change_nothing(
    town: Town, bystander: Newcomer, words: str
) -> None:
    someone = bystander()
    before = someone.delivery()

    answer = someone.ask(words)

    assert answer.text == DOWN
    assert someone.understood() == Understood(None, None)
    assert (someone.last_inbound().trace or {})["failed"] == "bot_down"
    assert someone.delivery() == before
    assert why_queued(town, someone) == "bot_down"


@pytest.mark.usefixtures("asked_before")
def test_words_of_consent_work_without_it(bystander: Newcomer) -> None:
    someone, other = bystander(), bystander()

    answer = someone.ask("wrong number")
    other.ask("STOP")
    other.write("where is my parcel?")
    other.last_inbound()

    assert answer.text.startswith("Thank you for telling us. We have removed your number")
    assert other.unread() == []


def test_a_digit_is_not_taken_for_a_choice_and_can_be_given_again_once_it_is_back(
    town: Town, asked_before: Recipient
) -> None:
    someone, menu = asked_before, asked_before.menu
    assert menu is not None
    before = someone.delivery()

    down = someone.choose(menu.labels[-1])
    kept = someone.delivery()
    town.start("rasa")
    town.wait_until_ready()
    back = someone.ask("BOT")
    noted = someone.choose(menu.labels[-1])

    assert (down.text, kept) == (DOWN, before)
    assert back.text == "You are back with me. How can I help?"
    assert noted.text.startswith(f"Noted: {menu.labels[-1]}.")
    assert someone.understood() == Understood("choose", "action_choose")


def why_queued(town: Town, someone: Recipient) -> str | None:
    with town.store.unit_of_work(read_only=True) as work:
        handoff = work.handoffs.open_of(someone.last_inbound().conversation_id)
        return handoff.reason if handoff else None
