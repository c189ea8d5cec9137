from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from deliveries.model.message import OutboxState
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.services.messages.consent import opt_in, opt_out
from deliveries.services.messages.receipts import Reach, Receipt, take_receipt
from integrations.storage import Storage
from tests.builders import NOW, a_contact, a_stocked_storage, an_outbox_message


def a_sent_message(**different: Any) -> Storage:
    usual = {"state": OutboxState.SENT, "provider_id": "SM1"}
    return a_stocked_storage(an_outbox_message(**{**usual, **different}))


def take(store: Storage, *receipts: Receipt) -> None:
    for receipt in receipts:
        with store.unit_of_work() as work:
            take_receipt(work, receipt, now=NOW)
            work.commit()


def state_of(store: Storage) -> tuple[OutboxState, str | None]:
    with store.unit_of_work() as work:
        message = work.outbox.get("m-1")
        return message.state, message.reason


@pytest.mark.behaviour(26)
@pytest.mark.parametrize("order", list(permutations(["sent", "delivered", "delivered"])))
def test_receipts_in_any_order_end_as_delivered(order: tuple[str, ...]) -> None:
    store = a_sent_message()
    take(store, *(Receipt("SM1", OutboxState(state)) for state in order))
    assert state_of(store) == (OutboxState.DELIVERED, None)


def test_a_failure_after_delivery_changes_nothing() -> None:
    store = a_sent_message()
    failed = Receipt("SM1", OutboxState.FAILED, reason="unknown")
    take(store, Receipt("SM1", OutboxState.DELIVERED), failed)
    assert state_of(store) == (OutboxState.DELIVERED, None)


def test_a_failure_gives_staff_a_task_once() -> None:
    store = a_sent_message()
    failed = Receipt("SM1", OutboxState.FAILED, reason="filtered")
    take(store, failed, failed, Receipt("SM1", OutboxState.SENT))
    assert state_of(store) == (OutboxState.FAILED, "filtered")
    with store.unit_of_work() as work:
        assert [task.kind for task in work.tasks.open()] == ["message_undelivered"]


def test_a_receipt_that_overtakes_its_send_finds_the_row_by_our_id() -> None:
    store = a_sent_message(state=OutboxState.SENDING, provider_id=None)
    take(store, Receipt("SM1", OutboxState.DELIVERED, message_id="m-1"))
    assert state_of(store) == (OutboxState.DELIVERED, None)
    with store.unit_of_work() as work:
        assert work.outbox.get("m-1").provider_id == "SM1"


def test_a_receipt_of_nothing_we_know_is_left_alone() -> None:
    store = a_sent_message()
    take(store, Receipt("SM2", OutboxState.FAILED, message_id="m-2", reason="unknown"))
    take(store, Receipt("SM2", OutboxState.FAILED, message_id="m-1", reason="unknown"))
    assert state_of(store) == (OutboxState.SENT, None)


@pytest.mark.behaviour(29)
def test_a_refusal_because_the_person_left_is_mirrored_without_a_task() -> None:
    store = a_sent_message()
    take(store, Receipt("SM1", OutboxState.FAILED, reason="opted_out", reach=Reach.OPTED_OUT))
    with store.unit_of_work() as work:
        assert work.contacts.get("c-1").opted_out_at == NOW
        assert not work.tasks.open()
        assert len(work.outbox.newest(limit=5)) == 1


def test_a_number_that_said_stop_is_left_alone_when_its_owner_starts_again_elsewhere() -> None:
    chat = a_contact(id="c-2", channel=Channel.TELEGRAM, address=ContactAddress("4711"))
    store = a_stocked_storage(
        chat, an_outbox_message(notice="A7", state=OutboxState.SENT, provider_id="SM1")
    )
    with store.unit_of_work() as work:
        opt_out(work, "c-1", now=NOW, is_told=True)
        opt_in(work, "c-2", now=NOW)
        work.commit()
    take(store, Receipt("SM1", OutboxState.FAILED, reason="opted_out", reach=Reach.OPTED_OUT))
    with store.unit_of_work() as work:
        assert [each.opted_out_at for each in work.contacts.of_person("p-1")] == [None, None]
        assert work.contacts.get("c-1").blocked_at == NOW
        again = [each for each in work.outbox.newest(limit=9) if each.notice == "A7"]
        assert {each.contact_id for each in again} == {"c-1", "c-2"}


def test_a_number_that_starts_and_stops_again_is_silent_everywhere() -> None:
    chat = a_contact(id="c-2", channel=Channel.TELEGRAM, address=ContactAddress("4711"))
    store = a_stocked_storage(chat, an_outbox_message(state=OutboxState.SENT, provider_id="SM1"))
    with store.unit_of_work() as work:
        opt_out(work, "c-1", now=NOW, is_told=True)
        opt_in(work, "c-1", now=NOW, is_told=True)
        work.commit()
    take(store, Receipt("SM1", OutboxState.FAILED, reason="opted_out", reach=Reach.OPTED_OUT))
    with store.unit_of_work() as work:
        assert [each.opted_out_at for each in work.contacts.of_person("p-1")] == [NOW, NOW]


def test_a_landline_is_not_tried_again() -> None:
    store = a_sent_message()
    take(store, Receipt("SM1", OutboxState.FAILED, reason="unreachable", reach=Reach.BLOCKED))
    with store.unit_of_work() as work:
        assert work.contacts.get("c-1").blocked_at == NOW


def test_a_dead_number_is_remembered_until_its_time_is_over_or_something_arrives() -> None:
    store = a_sent_message()
    dead = Receipt("SM1", OutboxState.FAILED, reason="unreachable", dead_for=timedelta(days=90))
    take(store, dead)
    with store.unit_of_work() as work:
        contact = work.contacts.get("c-1")
        assert (contact.unreachable_reason, contact.is_reachable) == ("unreachable", True)
        until = NOW + timedelta(days=90)
        assert [contact.can_be_reached(NOW), contact.can_be_reached(until)] == [False, True]
        work.outbox.add(an_outbox_message(id="m-2", state=OutboxState.SENT, provider_id="SM2"))
        work.commit()
    take(store, Receipt("SM2", OutboxState.DELIVERED))
    with store.unit_of_work() as work:
        assert work.contacts.get("c-1").can_be_reached(NOW)


def test_what_arrives_after_all_says_that_the_number_lives() -> None:
    store = a_sent_message()
    dead = Receipt("SM1", OutboxState.FAILED, reason="unreachable", dead_for=timedelta(days=90))
    take(store, dead, Receipt("SM1", OutboxState.DELIVERED))
    with store.unit_of_work() as work:
        assert work.contacts.get("c-1").can_be_reached(NOW)


def test_a_late_failure_of_what_arrived_says_nothing_about_the_number() -> None:
    store = a_sent_message()
    dead = Receipt("SM1", OutboxState.FAILED, reason="unreachable", dead_for=timedelta(days=90))
    take(store, Receipt("SM1", OutboxState.DELIVERED), dead)
    with store.unit_of_work() as work:
        assert work.contacts.get("c-1").can_be_reached(NOW)
