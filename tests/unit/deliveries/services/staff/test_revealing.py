"""Masked personal data is shown to who asks, of this chat's person only, and noted."""

import pytest

from deliveries.errors import InvalidInputError, NotFoundError
from deliveries.model.delivery import Place, PlaceKind
from deliveries.model.handover import CodeKind, HandoverCode, NeighbourRequest
from deliveries.model.personal import ContactAddress, Secret
from deliveries.services.staff.revealing import reveal
from integrations.storage import Storage
from integrations.vault import FernetVault
from tests.builders import NOW, a_contact, a_delivery, a_person, a_stocked_storage, keep

VAULT = FernetVault("a-key-of-more-than-16-characters")
NEIGHBOUR = Place(PlaceKind.NEIGHBOUR, name="Mrs Patel", house_number="14")


@pytest.fixture
def store() -> Storage:
    store = a_stocked_storage(
        a_person(id="p-2"),
        a_contact(id="c-2", person_id="p-2", address=ContactAddress("+447700900002")),
        a_delivery(id="d-2", reference="ORDER-2", person_id="p-2"),
    )
    with store.unit_of_work() as work:
        work.deliveries.get("d-1").place = NEIGHBOUR
        sealed = VAULT.seal(Secret("4711"))
        work.handover_codes.add(HandoverCode("hc-1", "d-1", CodeKind.NEIGHBOUR, sealed, NOW))
        request = NeighbourRequest("nr-1", ("d-1",), "c-2", "Mrs Patel", NOW)
        work.neighbour_requests.add(request)
        work.commit()
    return store


def shown(store: Storage, what: str, of: str) -> str:
    with store.unit_of_work() as work:
        value = reveal(work, VAULT, "conv-1", what, of, agent_id="ann", now=NOW)
        work.commit()
    return value


@pytest.mark.parametrize(
    ("what", "of", "value"),
    [
        ("contact", "c-1", "+447700900001"),
        ("address", "d-1", "12 Harbour Street, E1 6AN London"),
        ("neighbour", "d-1", "Mrs Patel, 14, +447700900002"),
        ("code", "d-1", "4711"),
    ],
)
def test_what_is_asked_for_is_shown_and_who_saw_it_is_noted_without_it(
    store: Storage, what: str, of: str, value: str
) -> None:
    assert shown(store, what, of) == value

    with store.unit_of_work(read_only=True) as work:
        [entry] = work.audit.walk()
    assert (entry.actor, entry.action, entry.object_id, entry.after["what"]) == (
        "ann",
        "personal_data.revealed",
        of,
        what,
    )
    assert value not in repr(entry.after)


@pytest.mark.parametrize(
    ("what", "of"),
    [("contact", "c-2"), ("address", "d-2"), ("code", "d-2"), ("contact", "c-9")],
)
def test_of_anybody_else_nothing_is_shown_and_nothing_noted(
    store: Storage, what: str, of: str
) -> None:
    with pytest.raises(NotFoundError):
        shown(store, what, of)

    with store.unit_of_work(read_only=True) as work:
        assert list(work.audit.walk()) == []


def test_what_there_is_no_field_for_is_refused(store: Storage) -> None:
    with pytest.raises(InvalidInputError):
        shown(store, "password", "d-1")
    keep(store, a_delivery(id="d-3", reference="ORDER-3"))
    with pytest.raises(NotFoundError):
        shown(store, "code", "d-3")
