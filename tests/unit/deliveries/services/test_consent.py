import pytest

from deliveries.model.message import OutboxMessage
from deliveries.services.messages.consent import Keyword, opt_in, opt_out, recognise, unlink
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_person,
    a_stocked_storage,
    an_outbox_message,
    in_memory_storage,
)


def everybody(store: Storage) -> list[OutboxMessage]:
    with store.unit_of_work() as work:
        return list(work.outbox.newest(limit=50))


@pytest.mark.behaviour(29)
@pytest.mark.parametrize(
    "text",
    [
        *("STOP", "stop", " Stop. ", "S T O P", "Stop all", "STOPALL", "un-subscribe", "Cancel!"),
        *("END", "quit", "revoke", "OPT OUT", "optout", "\uff33\uff34\uff2f\uff30"),
    ],
)
def test_every_word_for_leaving_counts_in_any_case_and_spacing(text: str) -> None:
    assert recognise(text) is Keyword.OPT_OUT


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("start", Keyword.OPT_IN),
        ("UNSTOP", Keyword.OPT_IN),
        ("help", Keyword.HELP),
        ("Info?", Keyword.HELP),
        ("not me", Keyword.NOT_ME),
        ("Das war ich nicht!", Keyword.NOT_ME),
        ("No he sido yo", Keyword.NOT_ME),
        ("Ce n'\u00e9tait pas moi", Keyword.NOT_ME),
        ("Falsche Nummer", Keyword.WRONG_PERSON),
        ("n\u00famero equivocado", Keyword.WRONG_PERSON),
        ("faux num\u00e9ro", Keyword.WRONG_PERSON),
        ("Wrong number.", Keyword.WRONG_PERSON),
        ("That's not me!", Keyword.NOT_ME),
        ("sorry, wrong number", Keyword.WRONG_PERSON),
    ],
)
def test_other_words_are_recognised(text: str, keyword: Keyword) -> None:
    assert recognise(text) is keyword


@pytest.mark.parametrize(
    "text",
    [
        *("", "yes", "please stop texting me", "stop by the neighbour", "help me with my parcel"),
        *("end of the week", "cancel the delivery", "the wrong number is on the door", "s" * 5000),
    ],
)
def test_sentences_are_left_to_the_language_understanding(text: str) -> None:
    assert recognise(text) is None


def test_leaving_silences_the_whole_person_and_is_confirmed_once() -> None:
    store = a_stocked_storage(a_contact(id="c-2", address=a_contact().address, channel="telegram"))
    with store.unit_of_work() as work:
        opt_out(work, "c-1", now=NOW)
        opt_out(work, "c-2", now=NOW)
        work.commit()
    with store.unit_of_work() as work:
        assert [each.opted_out_at for each in work.contacts.of_person("p-1")] == [NOW, NOW]
    assert [each.sayings[0].name for each in everybody(store)] == ["opt_out_done"]


@pytest.mark.behaviour(28)
def test_leaving_voids_the_replies_that_wait() -> None:
    store = a_stocked_storage(an_outbox_message(epoch=1))
    with store.unit_of_work() as work:
        opt_out(work, "c-1", now=NOW, is_told=True)
        work.commit()
    assert [(each.state, each.reason) for each in everybody(store)] == [("suppressed", "opted_out")]


@pytest.mark.behaviour(29)
def test_coming_back_opens_every_contact_again() -> None:
    store = in_memory_storage(
        a_person(),
        a_contact(opted_out_at=NOW),
        a_contact(id="c-2", channel="telegram", opted_out_at=NOW),
        a_conversation(),
    )
    with store.unit_of_work() as work:
        assert opt_in(work, "c-2", now=NOW) is True
        work.commit()
    with store.unit_of_work() as work:
        assert [each.opted_out_at for each in work.contacts.of_person("p-1")] == [None, None]
        assert opt_in(work, "c-2", now=NOW) is False


def test_a_wrong_number_is_parted_from_the_person_with_one_last_word() -> None:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        unlink(work, "c-1", now=NOW)
        unlink(work, "c-1", now=NOW)
        work.commit()
    with store.unit_of_work() as work:
        contact = work.contacts.get("c-1")
        assert contact.unlinked_at == NOW
        assert contact.person_id != "p-1"
        assert not work.deliveries.latest_of_person(contact.person_id)
        assert [task.kind for task in work.tasks.open()] == ["wrong_person"]
        kinds = [entry.kind for entry in work.history.of_conversation("conv-1")]
        assert kinds == ["contact_unlinked"]
        assert work.conversations.get("conv-1").epoch == 2
        [last] = work.outbox.newest(limit=5)
        assert last.sayings[0].name == "wrong_person_done"
        assert last.sayings[0].facts == {}
        assert last.conversation_id != "conv-1"
