"""Nothing that staff read is left as a code."""

from bot.channels.telegram.send import _BAD_REQUESTS
from bot.channels.twilio.errors import MEANINGS
from bot.console import plain_words, threads
from bot.wording.held import PLAIN, why
from deliveries.model.conversation import Outcome
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.message import OutboxState
from deliveries.model.recipient import Channel
from deliveries.services.agents.acting import CLAIMS
from deliveries.services.conversing.goals import GOALS
from deliveries.services.handoffs.hurrying import Cause
from deliveries.services.handoffs.reasons import PRIORITIES


def test_every_reason_for_a_person_has_words() -> None:
    assert set(plain_words.REASONS) == set(PRIORITIES)


def test_everything_that_makes_a_chat_urgent_has_words() -> None:
    assert set(plain_words.CAUSES) == set(Cause)


def test_everything_a_person_may_have_been_arranging_has_words() -> None:
    assert set(plain_words.GOALS) == set(GOALS)


def test_every_state_channel_outcome_and_claim_has_words() -> None:
    assert set(threads.STATES) == set(OutboxState)
    assert set(plain_words.STATUSES) == {each.value for each in DeliveryStatus}
    assert set(plain_words.CHANNELS) == {each.value for each in Channel}
    outcomes = {**plain_words.OUTCOMES, **plain_words.OTHER_OUTCOMES}
    assert set(outcomes) == {each.value for each in Outcome}
    assert set(plain_words.CLAIM_WORDS) == set(CLAIMS)


def test_whatever_a_network_answers_has_words() -> None:
    twilio = {meaning.reason for meaning in MEANINGS.values()}
    telegram = {reason for reason, _ in _BAD_REQUESTS.values()}

    assert (twilio | telegram) - set(PLAIN) == set()


def test_an_error_that_is_in_no_table_keeps_its_number() -> None:
    assert why("twilio_21999") == "Twilio's error 21999"
