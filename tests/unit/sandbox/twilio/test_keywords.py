import pytest

from sandbox.twilio.keywords import OptOuts

PERSON, NUMBER = "+447700900123", "+441632960100"


@pytest.mark.parametrize(
    "word", ["STOP", "stop ", "StopAll", "unsubscribe", "Cancel", "END", "quit"]
)
def test_a_stop_word_blocks_and_is_confirmed_once(word: str) -> None:
    opt_outs = OptOuts()

    first, second = opt_outs.hear(PERSON, NUMBER, word), opt_outs.hear(PERSON, NUMBER, word)

    assert opt_outs.is_blocked(PERSON, NUMBER)
    assert (first is not None, second) == (True, None)


@pytest.mark.parametrize("text", ["please stop", "stop it", "", "STOP!"])
def test_other_texts_block_nothing(text: str) -> None:
    opt_outs = OptOuts()

    assert opt_outs.hear(PERSON, NUMBER, text) is None
    assert not opt_outs.is_blocked(PERSON, NUMBER)


@pytest.mark.parametrize("word", ["START", "yes", "Unstop"])
def test_a_start_word_unblocks(word: str) -> None:
    opt_outs = OptOuts()
    opt_outs.hear(PERSON, NUMBER, "STOP")

    assert opt_outs.hear(PERSON, NUMBER, word) is not None
    assert not opt_outs.is_blocked(PERSON, NUMBER)


def test_yes_says_nothing_to_somebody_who_never_stopped() -> None:
    assert OptOuts().hear(PERSON, NUMBER, "YES") is None
