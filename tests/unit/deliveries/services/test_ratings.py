"""Asks once how it went, and hears the answer as people write it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from deliveries.model.conversation import ConversationState
from deliveries.model.message import InboundMessage
from deliveries.model.rating import Rating
from deliveries.model.rules_form import read_rules
from deliveries.services.ratings.asking import ask_due_ratings
from deliveries.services.ratings.hearing import Heard, hear_rating
from tests.builders import NOW, a_stocked_storage, an_inbound_message, at, keep
from tests.unit.deliveries.services.round import Round, a_stop_for


@pytest.fixture
def drive() -> Iterator[Round]:
    """A delivered parcel of a shipper who wants to know; its round is at ten."""
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    with drive.store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules({"notices": {"rating": True}})
        work.commit()
    drive.report("departed", at=at(9, 30))
    drive.now = at(10)
    drive.report("delivered", stop="st-1", handed_to="recipient")
    drive.send()
    yield drive
    drive.store.close()


def ask(drive: Round, now: datetime) -> None:
    ask_due_ratings(drive.store.unit_of_work, now=now)
    drive.send()


def asked(drive: Round) -> Rating | None:
    with drive.store.unit_of_work(read_only=True) as work:
        conversation = work.conversations.of_person("p-1")
        return work.ratings.latest_of(conversation.id) if conversation else None


def test_asks_once_some_time_after_it_was_delivered(drive: Round) -> None:
    ask(drive, at(10, 30))
    ask(drive, at(10, 45))
    ask(drive, at(10, 50))

    assert drive.told() == ["notice_delivered_recipient", "notice_rating"]
    rating = asked(drive)
    assert rating is not None
    assert (rating.delivery_id, rating.stop_id, rating.route_id) == ("d-1", "st-1", "r-1")


def test_asks_nobody_whose_shipper_does_not_want_to_know() -> None:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    drive.report("delivered", stop="st-1", handed_to="recipient", at=at(9))
    drive.send()

    ask(drive, at(9, 50))

    assert drive.told() == ["notice_delivered_recipient"]


def test_waits_while_a_person_has_the_chat_and_gives_up_in_the_end(drive: Round) -> None:
    with drive.store.unit_of_work() as work:
        conversation = work.conversations.of_person("p-1")
        assert conversation is not None
        conversation.pass_to(ConversationState.HUMAN, owner_id="a-1")
        work.commit()
    ask(drive, at(10, 45))
    ask(drive, at(17))
    with drive.store.unit_of_work() as work:
        conversation = work.conversations.of_person("p-1")
        assert conversation is not None
        conversation.pass_to(ConversationState.BOT)
        work.commit()
    ask(drive, at(17, 1))

    assert drive.told() == ["notice_delivered_recipient"]


def test_does_not_ask_who_opted_out(drive: Round) -> None:
    with drive.store.unit_of_work() as work:
        work.contacts.of_person("p-1")[0].opted_out_at = at(10, 20)
        work.commit()

    ask(drive, at(10, 45))

    assert drive.told() == ["notice_delivered_recipient"]


def hear(
    text: str,
    *,
    option_id: str | None = None,
    has_menu: bool = False,
    first: tuple[str, ...] = (),
) -> tuple[Heard | None, Rating]:
    """Let somebody answer; return what was made of it, and the rating."""
    rating = Rating("r-1", "conv-1", at(20), asked_at=NOW)
    store = a_stocked_storage(rating)
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        for earlier in first:
            hear_rating(work, conversation, message_of(earlier), has_menu=False, now=NOW)
        heard = hear_rating(
            work, conversation, message_of(text, option_id), has_menu=has_menu, now=NOW
        )
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        kept = work.ratings.get("r-1")
    store.close()
    return heard, kept


def message_of(text: str, option_id: str | None = None) -> InboundMessage:
    return an_inbound_message(text=text, option_id=option_id)


@pytest.mark.parametrize(
    ("text", "score", "comment"),
    [
        ("5", 5, None),
        (" 4 ", 4, None),
        ("5/5", 5, None),
        ("3 stars", 3, None),
        ("5!", 5, None),
        ("4, the driver was kind", 4, "the driver was kind"),
        ("2 - quite late", 2, "quite late"),
        ("5 Sterne", 5, None),
        ("fünf", 5, None),
        ("4 because it was quick", 4, "because it was quick"),
    ],
)
def test_hears_a_score_as_people_write_it(text: str, score: int, comment: str | None) -> None:
    heard, rating = hear(text)

    assert heard is not None
    assert (rating.score, rating.comment) == (score, comment)


def test_a_button_is_a_score() -> None:
    _, rating = hear("", option_id="rate-r-1-4")

    assert rating.score == 4


@pytest.mark.parametrize("text", ["0", "6", "10", "10/10"])
def test_a_number_that_is_none_gets_a_clear_sentence(text: str) -> None:
    heard, rating = hear(text)

    assert heard is not None
    assert [each.name for each in heard.sayings] == ["rating_range"]
    assert rating.score is None


@pytest.mark.parametrize(
    "text", ["where is my parcel?", "friday after 5", "3 pm on friday?", "hello", "2 parcels?"]
)
def test_what_is_about_something_else_goes_on(text: str) -> None:
    heard, rating = hear(text)

    assert heard is None
    assert rating.score is None


@pytest.mark.parametrize(
    "text", ["2 boxes were left out in the rain", "3 weeks ago you promised a refund"]
)
def test_a_number_that_counts_something_else_is_no_score(text: str) -> None:
    heard, rating = hear(text)

    assert (heard, rating.score) == (None, None)


def test_nothing_is_a_score_before_it_was_asked_for() -> None:
    store = a_stocked_storage(Rating("r-1", "conv-1", at(20), asked_at=NOW + timedelta(minutes=2)))
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        assert hear_rating(work, conversation, message_of("1"), has_menu=False, now=NOW) is None


def test_a_digit_belongs_to_the_menu_that_is_open() -> None:
    assert hear("3", has_menu=True)[0] is None


def test_the_next_words_are_the_comment_and_those_after_are_not() -> None:
    heard, rating = hear("The driver was very kind", first=("5",))
    again, _ = hear("hello", first=("5", "The driver was very kind"))

    assert heard == Heard(heard.sayings if heard else ())
    assert rating.comment == "The driver was very kind"
    assert again is None


def test_a_question_after_a_score_is_no_comment() -> None:
    heard, rating = hear("where is my other parcel?", first=("5",))

    assert heard is None
    assert rating.comment is None


def test_trouble_is_kept_as_comment_and_answered_all_the_same() -> None:
    heard, rating = hear("it is not here", first=("1",))

    assert heard is not None
    assert heard.goes_on
    assert rating.comment == "it is not here"


def test_a_poor_score_is_a_task_for_staff() -> None:
    store = a_stocked_storage()
    keep(store, Rating("r-1", "conv-1", at(20), asked_at=NOW))
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        hear_rating(work, conversation, message_of("1"), has_menu=False, now=NOW)
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        assert [each.kind for each in work.tasks.open()] == ["poor_rating"]
    store.close()


def test_an_old_button_says_that_it_is_closed() -> None:
    heard, _ = hear("", option_id="rate-r-0-4")

    assert heard is not None
    assert [each.name for each in heard.sayings] == ["rating_closed"]
