from datetime import date, timedelta

import pytest

from deliveries.errors import ConflictError
from deliveries.model.handover import (
    CodeKind,
    Collection,
    HandoverCode,
    NeighbourRequest,
    NeighbourState,
)
from deliveries.model.recipient import Channel
from integrations.storage import Storage
from tests.builders import NOW, an_inbound_message, an_outbox_message, keep


def a_request(id_: str, state: NeighbourState, minutes: int = 0) -> NeighbourRequest:
    made_at = NOW + timedelta(minutes=minutes)
    return NeighbourRequest(id_, ("d-1",), "c-1", "Mrs Jones", made_at, state)


def test_requests_are_found_while_they_live_and_until_they_are_erased(store: Storage) -> None:
    with store.unit_of_work() as work:
        erased = a_request("nr-4", NeighbourState.DONE, 3)
        erased.erased_at = NOW
        for request in (
            a_request("nr-2", NeighbourState.ASKED, 1),
            a_request("nr-1", NeighbourState.ACCEPTED),
            a_request("nr-3", NeighbourState.DECLINED, 2),
            erased,
        ):
            work.neighbour_requests.add(request)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        assert [each.id for each in work.neighbour_requests.live()] == ["nr-1", "nr-2"]
        assert [each.id for each in work.neighbour_requests.kept()] == ["nr-1", "nr-2", "nr-3"]
        of_contact = work.neighbour_requests.of_contact("c-1")
        assert [each.id for each in of_contact] == ["nr-1", "nr-2", "nr-3", "nr-4"]
        assert of_contact[0].delivery_ids == ("d-1",)


def test_erasing_a_contact_takes_its_number_and_its_words_and_leaves_others(store: Storage) -> None:
    keep(
        store,
        an_inbound_message(lat=51.5, lon=-0.1),
        an_outbox_message(text="Hello Robin"),
        an_outbox_message(id="m-2", contact_id="c-2", text="Hello Kim"),
    )
    with store.unit_of_work() as work:
        number = work.contacts.get("c-1").address.reveal()
        work.contacts.erase("c-1", now=NOW)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        assert work.contacts.by_address(Channel.SMS, number) is None
        assert work.contacts.get("c-1").unlinked_at == NOW
        [said] = work.inbound.of("conv-1")
        assert (said.text, said.lat, said.lon) == ("", None, None)
        kept = {each.id: (each.text, each.sayings) for each in work.outbox.of("conv-1")}
        assert kept["m-1"] == (None, ())
        assert kept["m-2"][0] == "Hello Kim"


def test_only_codes_that_open_something_are_found(store: Storage) -> None:
    with store.unit_of_work() as work:
        for id_, ended_at in (("hc-1", None), ("hc-2", NOW)):
            code = HandoverCode(id_, "d-1", CodeKind.PICKUP, b"\x00sealed", NOW, ended_at=ended_at)
            work.handover_codes.add(code)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        assert [each.id for each in work.handover_codes.live_of(["d-1", "d-2"])] == ["hc-1"]
        assert work.handover_codes.get("hc-1").ciphertext == b"\x00sealed"


def test_a_delivery_waits_in_one_place_at_a_time(store: Storage) -> None:
    with store.unit_of_work() as work:
        first = Collection("co-1", "d-1", "pp-1", NOW, date(2026, 3, 17))
        first.ended_at = NOW
        work.collections.add(first)
        work.collections.add(Collection("co-2", "d-1", "pp-1", NOW, date(2026, 3, 18)))
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        assert [each.id for each in work.collections.waiting()] == ["co-2"]
        waiting = work.collections.waiting_of("d-1")
        assert (waiting and waiting.last_day) == date(2026, 3, 18)
        assert work.collections.waiting_of("d-2") is None
    with store.unit_of_work() as work:
        work.collections.add(Collection("co-3", "d-1", "pp-1", NOW, date(2026, 3, 19)))
        with pytest.raises(ConflictError):
            work.commit()
