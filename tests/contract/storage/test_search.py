"""Agents find a chat by what its person says of themselves, on every store alike."""

import pytest

from deliveries.errors import InvalidInputError
from deliveries.model.personal import ContactAddress
from deliveries.services.staff.searching import LONGEST, search_chats
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_parcel,
    a_person,
    an_inbound_message,
    keep,
)


@pytest.fixture(autouse=True)
def _a_second_person(store: Storage) -> None:
    keep(
        store,
        a_person(id="p-2"),
        a_contact(id="c-2", person_id="p-2", address=ContactAddress("+447700900222")),
        a_conversation(id="conv-2", person_id="p-2", last_contact_id="c-2"),
        a_delivery(
            id="d-2",
            reference="ORDER-2",
            person_id="p-2",
            recipient_name="Zoë Öz",
            address_line="14a Harbour Street, Flat 2",
            parcels=(a_parcel(tracking_number="GB 77 A"), a_parcel(tracking_number="GB78")),
        ),
        an_inbound_message(provider_id="SM2", contact_id="c-2", conversation_id="conv-2"),
    )


def found(store: Storage, text: str, limit: int = 9) -> list[str]:
    with store.unit_of_work() as work:
        chats = search_chats(work, text, agent_id="ann", limit=limit, now=NOW)
        work.commit()
    return [each.conversation_id for each in chats]


@pytest.mark.parametrize(
    ("text", "chats"),
    [
        ("gb77a", ["conv-2"]),
        ("GB 78", ["conv-2"]),
        ("GB7", []),
        ("+44 7700 900222", ["conv-2"]),
        ("07700 900 222", ["conv-2"]),
        ("7700900", []),
        ("zoë öz", ["conv-2"]),
        ("Zoë", []),
        ("e16an", ["conv-2", "conv-1"]),
        ("14A E1 6AN", ["conv-2"]),
        ("e1 6an, 12", ["conv-1"]),
        ("4 E1 6AN", []),
        ("1% E1 6AN", []),
    ],
)
def test_a_chat_is_found_by_what_is_exactly_its_persons(
    store: Storage, text: str, chats: list[str]
) -> None:
    assert found(store, text) == chats


def test_a_parcel_is_found_by_the_number_it_has_now(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.deliveries.get("d-2").parcels = (a_parcel(tracking_number="GB79"),)
        work.commit()

    assert (found(store, "GB78"), found(store, "GB79")) == ([], ["conv-2"])


def test_no_more_are_read_than_asked_for(store: Storage) -> None:
    assert found(store, "e1 6an", limit=1) == ["conv-2"]


def test_who_was_found_is_noted_and_not_by_what(store: Storage) -> None:
    found(store, "07700 900222")

    with store.unit_of_work(read_only=True) as work:
        [entry] = [each for each in work.audit.walk() if each.action == "chats.searched"]
    assert (entry.actor, entry.after) == ("ann", {"found": ["conv-2"]})
    assert "900222" not in repr(entry)


@pytest.mark.parametrize("text", ["", " e1 ", "x" * (LONGEST + 1)])
def test_what_tells_nobody_apart_is_refused(store: Storage, text: str) -> None:
    with store.unit_of_work() as work, pytest.raises(InvalidInputError):
        search_chats(work, text, agent_id="ann", limit=9, now=NOW)
