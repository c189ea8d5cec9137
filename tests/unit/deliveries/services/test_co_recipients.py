"""Several contacts on one delivery: all told, "not me", one outcome, and wrong numbers."""

from datetime import timedelta

import pytest

from deliveries.model.conversation import ConversationState
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.model.offer import OptionKind
from deliveries.model.personal import ContactAddress
from deliveries.model.preference import PreferenceState
from deliveries.model.recipient import CoRecipient
from deliveries.services.committing.verdicts import accept
from deliveries.services.identity.disputing import dispute, is_about_a_change
from deliveries.services.messages.consent import unlink
from deliveries.services.messages.sending import Send, Suppress, decide
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_person,
    a_stocked_storage,
)
from tests.unit.deliveries.services.talk import Talk

OTHER = ContactAddress("+447700900002")


@pytest.fixture
def store() -> Storage:
    """Robin, for whom it was booked, and Sam, whose number the shipper gave too."""
    store = a_stocked_storage(
        a_person(id="p-2"),
        a_contact(id="c-2", person_id="p-2", address=OTHER),
        a_conversation(id="conv-2", person_id="p-2", last_contact_id="c-2"),
    )
    with store.unit_of_work() as work:
        work.co_recipients.add_once(CoRecipient("d-1", "p-2", "c-2"))
        work.deliveries.get("d-1").contact_id = "c-1"
        work.commit()
    return store


@pytest.fixture
def robin(store: Storage) -> Talk:
    return Talk(store)


@pytest.fixture
def sam(store: Storage) -> Talk:
    return Talk(store, contact_id="c-2", conversation_id="conv-2")


def confirm(store: Storage) -> None:
    with store.unit_of_work() as work:
        preference = work.preferences.live_of("d-1")
        assert preference is not None
        change = work.changes.of_preference(preference.id)
        assert change is not None
        accept(work, change, eta_at=None, now=preference.chosen_at)
        work.commit()


def told(store: Storage, conversation_id: str) -> list[str]:
    with store.unit_of_work() as work:
        return [each.name for row in work.outbox.of(conversation_id) for each in row.sayings]


def rows(store: Storage, conversation_id: str) -> list[OutboxMessage]:
    with store.unit_of_work() as work:
        return list(work.outbox.of(conversation_id))


def say_not_me(talk: Talk) -> bool:
    with talk.store.unit_of_work() as work:
        result = dispute(work, work.contacts.get(talk.contact_id), now=talk.now)
        work.commit()
    return result


def live(store: Storage) -> tuple[OptionKind, str | None] | None:
    with store.unit_of_work() as work:
        preference = work.preferences.live_of("d-1")
        return (preference.kind, preference.contact_id) if preference else None


def choose_window(talk: Talk, words: str = "thursday after 3") -> list[str]:
    talk.say(words, "reschedule")
    return talk.press(1)


def test_whoever_is_on_the_delivery_may_choose_and_is_answered_in_their_own_thread(
    sam: Talk,
) -> None:
    assert choose_window(sam) == ["choice_noted"]
    confirm(sam.store)

    assert told(sam.store, "conv-2") == ["choice_confirmed"]
    assert told(sam.store, "conv-1") == ["change_told"]


def test_every_other_contact_is_told_of_a_change_once(robin: Talk) -> None:
    choose_window(robin)
    confirm(robin.store)

    [message] = rows(robin.store, "conv-2")
    assert (message.contact_id, message.purpose) == ("c-2", Purpose.CONFIRMATION)
    assert message.sayings[0].facts["minutes"] == 30
    assert told(robin.store, "conv-1") == ["choice_confirmed"]


def test_not_me_by_digit_puts_it_back_and_opens_a_case(robin: Talk, sam: Talk) -> None:
    choose_window(robin)
    confirm(robin.store)
    sam.now += timedelta(minutes=5)
    [message] = rows(sam.store, "conv-2")

    with sam.store.unit_of_work() as work:
        offer = work.offers.get(message.sayings[0].offer_id or "")
    assert sam.tap(offer.options[0].id) == []

    assert live(sam.store) == (OptionKind.RESTORE, "c-2")
    assert told(sam.store, "conv-2")[1:] == ["not_me_reverting", "handoff_not_me"]
    with sam.store.unit_of_work() as work:
        assert work.conversations.get("conv-2").state is ConversationState.QUEUED
        assert [task.kind for task in work.tasks.open()] == ["not_me"]


def test_a_thank_you_for_being_told_takes_nothing_back(robin: Talk, sam: Talk) -> None:
    choose_window(robin)
    confirm(robin.store)

    sam.say("ok, thanks", "affirm")

    assert live(sam.store) == (OptionKind.WINDOW, "c-1")


@pytest.mark.parametrize(("minutes", "is_reverted"), [(29, True), (30, False)])
def test_not_me_takes_back_only_within_the_set_time(
    robin: Talk, sam: Talk, minutes: int, *, is_reverted: bool
) -> None:
    choose_window(robin)
    confirm(robin.store)
    sam.now += timedelta(minutes=minutes)

    assert say_not_me(sam)

    assert (live(sam.store) == (OptionKind.RESTORE, "c-2")) is is_reverted
    assert told(sam.store, "conv-2")[1] == (
        "not_me_reverting" if is_reverted else "not_me_too_late"
    )


def test_what_was_put_back_is_not_turned_round_a_second_time(robin: Talk, sam: Talk) -> None:
    choose_window(robin)
    confirm(robin.store)
    say_not_me(sam)
    confirm(robin.store)

    assert say_not_me(robin)

    assert live(robin.store) == (OptionKind.RESTORE, "c-2")
    assert told(robin.store, "conv-1")[-2:] == ["not_me_too_late", "handoff_not_me"]


def test_without_a_change_there_is_nothing_to_dispute(robin: Talk) -> None:
    assert not say_not_me(robin)


def test_not_me_to_a_code_voids_it(robin: Talk, sam: Talk) -> None:
    with sam.store.unit_of_work() as work:
        work.contacts.get("c-2").verified_at = None
        work.commit()
    sam.say("jones at 14", "leave_with_neighbour", house_number="14", neighbour_name="Jones")
    assert sam.press(1) == ["code_asked"]

    assert say_not_me(robin)

    assert live(robin.store) is None
    assert told(robin.store, "conv-1")[-2:] == ["not_me_code", "handoff_not_me"]


def test_the_answer_to_not_me_leaves_even_while_an_agent_has_the_chat(
    robin: Talk, sam: Talk
) -> None:
    choose_window(robin)
    confirm(robin.store)
    say_not_me(sam)
    with sam.store.unit_of_work() as work:
        conversation = work.conversations.get("conv-2")
        conversation.state = ConversationState.HUMAN
        message = work.outbox.of("conv-2")[-1]
        contact = work.contacts.get("c-2")
        decision = decide(message, conversation, contact, [contact], None, now=NOW, zone="UTC")
    assert decision == Send()


def test_a_sentence_that_speaks_of_the_number_is_about_the_number(robin: Talk, sam: Talk) -> None:
    choose_window(robin)
    confirm(robin.store)
    with sam.store.unit_of_work() as work:
        contact = work.contacts.get("c-2")
        assert is_about_a_change(work, contact, "I never asked for that", now=sam.now)
        assert not is_about_a_change(work, contact, "you have my number wrong", now=sam.now)
        own = work.contacts.get("c-1")
        assert not is_about_a_change(work, own, "I am not Robin", now=sam.now)


def test_a_different_choice_within_a_minute_is_asked_about_and_both_know(
    robin: Talk, sam: Talk
) -> None:
    choose_window(robin)
    sam.now += timedelta(seconds=59)

    assert choose_window(sam, "friday after 1") == ["chosen_by_another"]
    assert live(sam.store) == (OptionKind.WINDOW, "c-1")
    assert sam.press(1) == ["choice_noted"]
    confirm(sam.store)

    assert live(sam.store) == (OptionKind.WINDOW, "c-2")
    assert told(sam.store, "conv-1")[-1] == "change_told"
    assert told(sam.store, "conv-2") == ["choice_confirmed"]


def test_the_same_choice_or_a_later_one_is_not_asked_about(robin: Talk, sam: Talk) -> None:
    choose_window(robin)
    assert choose_window(sam) == ["choice_noted"]
    robin.now += timedelta(seconds=60)
    assert choose_window(robin, "friday after 1") == ["choice_noted"]


def test_a_wrong_number_ends_it_for_that_contact_and_the_shipper_is_told(
    robin: Talk, sam: Talk
) -> None:
    choose_window(robin)
    with sam.store.unit_of_work() as work:
        unlink(work, "c-2", now=sam.now)
        work.commit()
    confirm(robin.store)

    with sam.store.unit_of_work() as work:
        contact = work.contacts.get("c-2")
        assert work.deliveries.latest_of_person(contact.person_id) == []
        [task] = work.tasks.open()
        assert (task.kind, task.delivery_id, task.facts["shipper_ids"]) == (
            "wrong_person",
            "d-1",
            ["s-1"],
        )
        assert "contact_unlinked" in [each.kind for each in work.history.of_delivery("d-1")]
    assert told(robin.store, "conv-2") == []


def test_after_wrong_number_nothing_with_personal_data_leaves(robin: Talk, sam: Talk) -> None:
    choose_window(robin)
    confirm(robin.store)
    with sam.store.unit_of_work() as work:
        unlink(work, "c-2", now=sam.now)
        work.commit()

    with sam.store.unit_of_work() as work:
        contact = work.contacts.get("c-2")
        to_them = [row for row in work.outbox.newest(limit=50) if row.contact_id == "c-2"]
        decisions = {
            row.sayings[0].name: decide(
                row,
                work.conversations.get(row.conversation_id),
                contact,
                [contact],
                None,
                now=sam.now,
                zone="UTC",
            )
            for row in to_them
            if row.state is OutboxState.QUEUED
        }
    assert decisions == {"wrong_person_done": Send(), "change_told": Suppress("unlinked")}


def test_the_choice_of_somebody_unmasked_as_a_stranger_is_told_to_the_recipient(
    robin: Talk, sam: Talk
) -> None:
    choose_window(sam)
    with sam.store.unit_of_work() as work:
        unlink(work, "c-2", now=sam.now)
        work.conversations.get("conv-1").last_contact_id = "c-1"
        work.commit()
    confirm(sam.store)

    assert "choice_confirmed" in told(robin.store, "conv-1")
    with sam.store.unit_of_work() as work:
        preference = work.preferences.live_of("d-1")
        assert preference is not None
        assert preference.state is PreferenceState.CONFIRMED
