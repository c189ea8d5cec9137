"""Somebody else collects: a code that can be passed on and taken back."""

import pytest

from deliveries.model.delivery import DeliveryStatus, Place, PlaceKind
from deliveries.model.handover import CodeKind, HandoverCode
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from tests.builders import NOW, a_contact, a_stocked_storage
from tests.doubles import OpenVault
from tests.unit.deliveries.services.talk import Talk


@pytest.fixture
def talk() -> Talk:
    return Talk(a_stocked_storage())


def codes(talk: Talk) -> list[HandoverCode]:
    with talk.store.unit_of_work() as work:
        return list(work.handover_codes.live_of(["d-1"]))


def test_asks_for_the_name_and_gives_a_code_for_the_door(talk: Talk) -> None:
    assert talk.say("my wife will collect it", "authorise_collector") == ["ask_collector_name"]
    assert talk.say("Anna Vale", "inform") == ["collector_code_door"]
    [code] = codes(talk)
    assert (code.kind, code.name) == (CodeKind.COLLECTOR, "Anna Vale")
    assert OpenVault().open(code.ciphertext).reveal() not in str(talk.answer)


def test_a_name_in_the_first_sentence_is_taken(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.deliveries.get("d-1").place = Place(
            PlaceKind.PICKUP_POINT, name="Market Lockers", pickup_point_id="pp-1"
        )
        work.commit()
    heard = talk.say("Anna collects it", "authorise_collector", person_name="Anna")
    assert heard == ["collector_code_point"]
    assert talk.last().facts["point"] == "Market Lockers"


def test_the_code_is_taken_back(talk: Talk) -> None:
    talk.say("Anna collects it", "authorise_collector", person_name="Anna")
    assert talk.say("somebody else collects", "authorise_collector") == ["collector_exists"]
    assert talk.press(2) == ["collector_revoked"]
    assert codes(talk) == []


def test_somebody_else_instead_makes_the_first_code_worthless(talk: Talk) -> None:
    talk.say("Anna collects it", "authorise_collector", person_name="Anna")
    talk.say("somebody else collects", "authorise_collector")
    assert talk.press(1) == ["ask_collector_name"]
    assert talk.say("Ben", "inform") == ["collector_code_door"]
    assert [code.name for code in codes(talk)] == ["Ben"]


def test_a_number_is_no_name_and_the_question_stays(talk: Talk) -> None:
    talk.say("my wife will collect it", "authorise_collector")
    assert talk.say("12", "inform") == ["ask_collector_name"]
    assert talk.say("Anna", "inform") == ["collector_code_door"]


def test_a_chat_that_is_not_verified_for_the_parcel_may_not(talk: Talk) -> None:
    chat = {"channel": Channel.TELEGRAM, "address": ContactAddress("7"), "verified_at": None}
    with talk.store.unit_of_work() as work:
        work.contacts.get("c-1").address = ContactAddress("+447700900009")
        work.contacts.add(a_contact(id="c-2", **chat))
        delivery = work.deliveries.get("d-1")
        delivery.contact_id = "c-2"
        work.contacts.get("c-1").verified_at = None
        work.commit()
    heard = talk.say("Anna collects it", "authorise_collector", person_name="Anna")
    assert heard == ["collector_unverified"]
    assert codes(talk) == []


def test_what_has_ended_is_said(talk: Talk) -> None:
    talk.say("my wife will collect it", "authorise_collector")
    with talk.store.unit_of_work() as work:
        work.deliveries.get("d-1").move_to(DeliveryStatus.DELIVERED, now=NOW)
        work.commit()
    assert talk.say("Anna", "inform") == ["ended_delivered"]
