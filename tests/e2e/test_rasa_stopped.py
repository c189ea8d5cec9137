"""Without Rasa nothing is understood, nothing is chosen and nothing is lost: a person takes over.

This is also the proof that the other tests hear Rasa: what they assert cannot be without it.
"""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import Newcomer
from tests.e2e.processes import wait_until
from tests.e2e.recipients import Understood
from tests.e2e.town import Town

DOWN = "Sorry, I cannot answer by myself right now.\nA colleague will answer you here."


@pytest.fixture(scope="module")
def stopped_for_all(town: Town) -> Iterator[None]:
    town.processes.stop("rasa")
    yield
    town.start("rasa")
    town.wait_until_ready()


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
def test_free_words_reach_a_person(
    town: Town, texter: Newcomer, stopped_for_all: None, words: str
) -> None:
    someone = texter()
    before = someone.delivery()

    answer = someone.ask(words)

    assert answer.text == DOWN
    assert someone.understood() == Understood(None, None)
    assert (someone.last_inbound().trace or {})["failed"] == "bot_down"
    assert someone.delivery() == before
    assert queue_reason(town, someone.last_inbound().conversation_id) == "bot_down"


def test_words_of_consent_work_without_it(texter: Newcomer, stopped_for_all: None) -> None:
    someone, other = texter(), texter()

    answer = someone.ask("wrong number")
    other.ask("STOP")
    other.write("where is my parcel?")
    other.last_inbound()

    assert answer.text.startswith("Thank you for telling us. We have removed your number")
    assert wait_until(lambda: other.unread() == [], "silence")


def test_digits_are_not_lost_and_can_be_given_again_once_it_is_back(
    town: Town, texter: Newcomer
) -> None:
    someone = texter()
    offer = someone.ask("can you deliver it another day?")
    before = someone.delivery()

    town.processes.stop("rasa")
    down = someone.choose(offer.labels[-1])
    kept = someone.delivery()
    town.start("rasa")
    town.wait_until_ready()
    back = someone.ask("BOT")
    noted = someone.choose(offer.labels[-1])

    assert (down.text, kept) == (DOWN, before)
    assert back.text == "You are back with me. How can I help?"
    assert noted.text.startswith(f"Noted: {offer.labels[-1]}.")
    assert someone.understood() == Understood("choose", "action_choose")


def queue_reason(town: Town, conversation_id: str) -> str | None:
    with town.store.unit_of_work(read_only=True) as work:
        handoff = work.handoffs.open_of(conversation_id)
        return handoff.reason if handoff else None
