"""Somebody wants no more messages about one parcel."""

from dataclasses import replace

import pytest

from deliveries.model.message import Form, Purpose
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.services.conversing.quietening import answer_parcel_opt_out
from deliveries.services.conversing.turns import Answer, Heard
from deliveries.services.messages.consent import opt_in
from deliveries.services.messages.sending import Send, Suppress, decide
from deliveries.services.notices.following import follow_vans
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_parcel,
    a_person,
    a_stocked_storage,
    an_outbox_message,
    at,
    in_memory_storage,
)
from tests.unit.deliveries.services.round import YESTERDAY, Round, a_stop_for
from tests.unit.deliveries.services.talk import Talk

WORDS = "no more texts about this parcel"


def two_parcels() -> Storage:
    parcel = a_parcel(tracking_number="TRK-2", description="running shoes")
    return a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2", parcels=(parcel,)))


def hear(store: Storage, text: str = WORDS) -> Answer | None:
    talk = Talk(store)
    heard = Heard("conv-1:1", "conv-1", "c-1", text, "refuse_delivery")
    return answer_parcel_opt_out(talk.desk, heard, now=NOW)


def quiet(store: Storage) -> list[str]:
    with store.unit_of_work(read_only=True) as work:
        ids = ("d-1", "d-2")
        found = [work.deliveries.find(each) for each in ids]
        return [each.id for each in found if each and each.notices_stopped_at]


def focus_on(store: Storage, *ids: str) -> None:
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").focus = ids
        work.commit()


def test_stops_notices_about_the_parcel_that_was_talked_of_and_says_so() -> None:
    store = two_parcels()
    focus_on(store, "d-2")

    answer = hear(store)

    assert answer is not None
    assert [each.name for each in answer.sayings] == ["parcel_opt_out_done"]
    assert answer.sayings[0].facts["parcel"] == "running shoes"
    assert quiet(store) == ["d-2"]
    with store.unit_of_work(read_only=True) as work:
        assert work.contacts.get("c-1").opted_out_at is None
        said = [(each.kind, each.delivery_id) for each in work.history.of_conversation("conv-1")]
        assert said == [("notices_stopped", "d-2")]


def test_means_all_that_are_on_their_way_where_it_is_open_which_one() -> None:
    store = two_parcels()

    hear(store)

    assert quiet(store) == ["d-1", "d-2"]


def test_without_any_parcel_it_means_every_message() -> None:
    store = in_memory_storage(a_person(), a_contact(), a_conversation())

    answer = hear(store)

    assert answer == Answer(())
    with store.unit_of_work(read_only=True) as work:
        assert work.contacts.get("c-1").opted_out_at == NOW


def test_leaves_other_texts_alone() -> None:
    assert hear(two_parcels(), "please stop texting me") is None


def test_holds_back_notices_about_that_parcel_and_tells_of_the_other() -> None:
    drive = Round(two_parcels())
    drive.plan(a_stop_for(1, delivery_ids=("d-1", "d-2")))
    focus_on(drive.store, "d-2")
    hear(drive.store)

    drive.tick(at(17, day=YESTERDAY))
    drive.tick(at(17, 1, day=YESTERDAY))

    assert drive.told() == ["notice_pre_advice"]
    assert drive.held_back() == [("A1", "parcel_opted_out")]
    assert [each.delivery_id for each in drive.messages() if each.reason] == ["d-2"]
    assert drive.delivery("d-2").promised is None


@pytest.mark.parametrize(
    ("purpose", "form", "decision"),
    [
        (Purpose.NOTICE, Form.WORDS, Suppress("parcel_opted_out")),
        (Purpose.NOTICE, Form.EDIT, Suppress("parcel_opted_out")),
        (Purpose.NOTICE, Form.HALT, Send()),
        (Purpose.CONFIRMATION, Form.WORDS, Send()),
        (Purpose.REPLY, Form.WORDS, Send()),
        (Purpose.CODE, Form.WORDS, Send()),
        (Purpose.AGENT, Form.WORDS, Send()),
    ],
)
def test_the_gate_holds_what_was_written_before_and_lets_answers_go(
    purpose: Purpose, form: Form, decision: object
) -> None:
    message = an_outbox_message(purpose=purpose, form=form, delivery_id="d-1", expires_at=None)
    delivery = a_delivery(notices_stopped_at=NOW)
    contact = a_contact()

    actual = decide(
        message,
        a_conversation(epoch=message.epoch or 1),
        contact,
        [contact],
        delivery,
        now=at(12),
        zone="UTC",
    )

    assert actual == decision


def test_a_neighbour_still_hears_of_the_parcel_they_take() -> None:
    message = an_outbox_message(purpose=Purpose.NOTICE, delivery_id="d-1", expires_at=None)
    conversation = a_conversation(id="conv-9", person_id="p-9", epoch=message.epoch or 1)
    delivery = a_delivery(notices_stopped_at=NOW)
    contact = a_contact(person_id="p-9")

    actual = decide(message, conversation, contact, [contact], delivery, now=at(12), zone="UTC")

    assert actual == Send()


@pytest.mark.parametrize("is_told", [False, True])
def test_coming_back_undoes_it_for_every_parcel_and_says_so(*, is_told: bool) -> None:
    store = two_parcels()
    hear(store)

    with store.unit_of_work() as work:
        was_news = opt_in(work, "c-1", now=NOW, is_told=is_told)
        work.commit()

    assert was_news is True
    assert quiet(store) == []
    with store.unit_of_work(read_only=True) as work:
        assert [each.sayings[0].name for each in work.outbox.newest(limit=5)] == ["opt_in_done"]
        assert [each.kind for each in work.history.of_delivery("d-2")] == [
            "notices_stopped",
            "notices_resumed",
        ]


def test_a_chat_that_follows_the_van_ends_too() -> None:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    with drive.store.unit_of_work() as work:
        chat = a_contact(id="k-9", channel=Channel.TELEGRAM, address=ContactAddress("1001"))
        work.contacts.add(chat)
        work.commit()
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 46))
    hear(drive.store)
    drive.expect(at(10, 20))

    follow_vans(drive.store.unit_of_work, now=at(9, 52))

    with drive.store.unit_of_work(read_only=True) as work:
        assert list(work.live_views.open()) == []


def test_a_turn_that_taps_an_option_is_never_taken_for_it() -> None:
    heard = Heard("conv-1:1", "conv-1", "c-1", WORDS, "choose")
    talk = Talk(two_parcels())

    actual = answer_parcel_opt_out(talk.desk, replace(heard, option_id="o.1"), now=NOW)

    assert actual is None
