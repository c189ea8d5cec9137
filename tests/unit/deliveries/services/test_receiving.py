from typing import Any

import pytest

from deliveries.model.message import OutboxMessage
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.services.identity.linking import invite
from deliveries.services.messages.consent import Keyword
from deliveries.services.messages.receiving import Arrival, Received, note_blocked, receive
from integrations.storage import Storage
from tests.builders import NOW, a_contact, a_person, a_stocked_storage, in_memory_storage
from tests.doubles import OpenVault

PERSON = ContactAddress("+447700900001")
CHAT = ContactAddress("700001")


def sms(text: str = "hello", **different: Any) -> Arrival:
    usual = {"channel": Channel.SMS, "provider_id": "SM1", "address": PERSON, "text": text}
    return Arrival(**{**usual, **different})


def chat(text: str = "", **different: Any) -> Arrival:
    usual = {"channel": Channel.TELEGRAM, "provider_id": "update:1", "address": CHAT, "text": text}
    return Arrival(**{**usual, **different})


def arrive(store: Storage, *arrivals: Arrival) -> list[Received]:
    received = []
    for arrival in arrivals:
        with store.unit_of_work() as work:
            received.append(receive(work, arrival, vault=OpenVault(), now=NOW))
            work.commit()
    return received


def said(store: Storage) -> list[str]:
    with store.unit_of_work() as work:
        newest = work.outbox.newest(limit=50)
        return [saying.name for row in reversed(newest) for saying in row.sayings]


def rows(store: Storage) -> list[OutboxMessage]:
    with store.unit_of_work() as work:
        return list(work.outbox.newest(limit=50))


def test_a_stranger_gets_a_person_a_contact_and_a_conversation() -> None:
    store = in_memory_storage()
    [received] = arrive(store, sms())
    assert received.waits_for_turn
    with store.unit_of_work() as work:
        contact = work.contacts.get(received.contact_id)
        conversation = work.conversations.get(received.conversation_id)
        assert conversation.person_id == contact.person_id
        assert conversation.last_contact_id == contact.id
        assert contact.verified_at is None


def test_a_message_arriving_twice_is_kept_once() -> None:
    store = in_memory_storage()
    first, second = arrive(store, sms(), sms())
    assert (first.is_new, second.is_new, second.waits_for_turn) == (True, False, False)


def test_a_message_from_a_number_with_deliveries_proves_the_number() -> None:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        work.contacts.get("c-1").verified_at = None
        work.commit()
    arrive(store, sms())
    with store.unit_of_work() as work:
        assert work.contacts.get("c-1").verified_at == NOW


def test_leaving_takes_effect_with_the_message_and_needs_no_turn() -> None:
    store = a_stocked_storage()
    [received] = arrive(store, sms("Stop"))
    assert not received.waits_for_turn
    with store.unit_of_work() as work:
        assert work.contacts.get("c-1").opted_out_at == NOW
        assert not work.inbound.unworked(received.conversation_id)
    assert said(store) == ["opt_out_done"]


def test_what_the_network_has_confirmed_is_not_confirmed_again() -> None:
    store = a_stocked_storage()
    arrive(store, sms("STOP", network_keyword=Keyword.OPT_OUT))
    assert said(store) == []
    arrive(store, sms("UNSTOP", provider_id="SM2", network_keyword=Keyword.OPT_IN))
    assert said(store) == []
    with store.unit_of_work() as work:
        assert work.contacts.get("c-1").opted_out_at is None


def test_yes_is_an_answer_unless_the_person_had_left() -> None:
    store = a_stocked_storage()
    [answer] = arrive(store, sms("yes", network_keyword=Keyword.OPT_IN))
    assert answer.waits_for_turn
    arrive(store, sms("stop", provider_id="SM2"))
    [back] = arrive(store, sms("yes", provider_id="SM3", network_keyword=Keyword.OPT_IN))
    assert not back.waits_for_turn
    with store.unit_of_work() as work:
        assert work.contacts.get("c-1").opted_out_at is None


def test_somebody_who_left_gets_no_turn_but_is_heard_on_coming_back() -> None:
    store = a_stocked_storage()
    arrive(store, sms("stop"))
    [question] = arrive(store, sms("where is my parcel?", provider_id="SM2"))
    assert not question.waits_for_turn
    arrive(store, sms("start", provider_id="SM3"))
    [again] = arrive(store, sms("where is my parcel?", provider_id="SM4"))
    assert again.waits_for_turn
    assert said(store) == ["opt_out_done", "opt_in_done"]


def test_help_is_answered_at_once() -> None:
    store = a_stocked_storage()
    arrive(store, sms("HELP"))
    assert said(store) == ["help_info"]


def test_a_wrong_number_is_unlinked_and_later_messages_reach_nobody_elses_thread() -> None:
    store = a_stocked_storage()
    [first, later] = arrive(store, sms("wrong number"), sms("who is this?", provider_id="SM2"))
    assert first.conversation_id == "conv-1"
    assert later.conversation_id != "conv-1"
    assert not later.waits_for_turn
    assert said(store) == ["wrong_person_done"]


def test_a_start_without_an_invitation_shows_nothing_personal() -> None:
    store = a_stocked_storage()
    [received] = arrive(store, chat("/start", start_payload=""))
    assert not received.waits_for_turn
    assert said(store) == ["telegram_welcome_unlinked"]


def test_an_invitation_links_a_chat_once_and_starts_it_again() -> None:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        token = invite(work, "p-1", now=NOW)
        work.commit()
    arrive(store, sms("stop"))
    arrive(store, chat(f"/start {token}", start_payload=token))
    with store.unit_of_work() as work:
        linked = work.contacts.by_address(Channel.TELEGRAM, "700001")
        assert linked is not None
        assert (linked.person_id, linked.verified_at, linked.opted_out_at) == ("p-1", NOW, None)
        assert work.conversations.get("conv-1").last_contact_id == linked.id
    other = ContactAddress("700002")
    arrive(
        store, chat(f"/start {token}", provider_id="update:2", address=other, start_payload=token)
    )
    assert said(store) == ["opt_out_done", "telegram_linked", "telegram_link_invalid"]
    [following] = arrive(store, chat("where is it?", provider_id="update:3"))
    assert following.conversation_id == "conv-1"


@pytest.mark.parametrize("number", ["447700900001", "+447700900001"])
def test_ones_own_number_links_a_chat(number: str) -> None:
    store = a_stocked_storage()
    arrive(store, chat(own_number=ContactAddress(number)))
    with store.unit_of_work() as work:
        linked = work.contacts.by_address(Channel.TELEGRAM, "700001")
        assert linked is not None
        assert linked.person_id == "p-1"
    assert said(store) == ["telegram_linked"]


def test_a_number_without_deliveries_links_nothing() -> None:
    store = in_memory_storage(a_person(), a_contact())
    arrive(store, chat(own_number=ContactAddress("+447700900001")))
    arrive(store, chat(own_number=ContactAddress("nonsense"), provider_id="update:2"))
    assert said(store) == ["telegram_number_unknown", "telegram_number_unknown"]


def test_the_card_of_another_links_nothing_and_says_why() -> None:
    store = a_stocked_storage()
    arrive(store, chat("", media_count=1, is_others_card=True))
    assert said(store) == ["telegram_card_of_other"]


def test_blocking_is_noted_and_lifted_by_the_next_message() -> None:
    store = a_stocked_storage(a_contact(id="c-2", channel=Channel.TELEGRAM, address=CHAT))
    with store.unit_of_work() as work:
        note_blocked(work, Channel.TELEGRAM, CHAT, is_blocked=True, now=NOW)
        work.commit()
    with store.unit_of_work() as work:
        assert work.contacts.get("c-2").blocked_at == NOW
    arrive(store, chat("hello"))
    with store.unit_of_work() as work:
        assert work.contacts.get("c-2").blocked_at is None
