from datetime import timedelta

import pytest

from deliveries.errors import NotAllowedError
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from integrations.storage import Storage
from tests.builders import (
    A_DAY,
    NOW,
    a_contact,
    a_delivery,
    a_depot,
    a_link_token,
    a_person,
    a_pickup_point,
    a_vehicle,
    keep,
)

DAY = timedelta(days=1)


def test_a_contact_is_found_by_its_address_on_its_channel_only(store: Storage) -> None:
    keep(store, a_contact(id="c-2", channel=Channel.TELEGRAM, address=ContactAddress("7001")))

    with store.unit_of_work(read_only=True) as work:
        found = work.contacts.by_address(Channel.TELEGRAM, "7001")
        assert (found and found.id) == "c-2"
        assert work.contacts.by_address(Channel.SMS, "7001") is None
        assert [contact.id for contact in work.contacts.of_person("p-1")] == ["c-1", "c-2"]
        assert work.contacts.of_person("p-2") == []


def test_an_invitation_is_used_once(store: Storage) -> None:
    keep(store, a_link_token(), a_link_token(token_hash="hash-2", expires_at=NOW))

    with store.unit_of_work() as work:
        assert work.link_tokens.use("hash-1", now=NOW).used_at == NOW
        for refused in ("hash-1", "hash-2", "hash-404"):
            with pytest.raises(NotAllowedError):
                work.link_tokens.use(refused, now=NOW)


def deliveries() -> list[object]:
    return [
        a_delivery(id="D-9", reference="A", date=A_DAY - DAY),
        a_delivery(id="d-3", reference="B", date=A_DAY + DAY),
        a_delivery(id="d-2", reference="C", status=DeliveryStatus.DELIVERED),
        a_delivery(id="d-4", reference="D", status=DeliveryStatus.ON_HOLD),
        a_delivery(id="d-5", reference="E", person_id="p-2", depot_id="dep-2"),
        a_person(id="p-2"),
        a_depot(id="dep-2"),
    ]


def test_deliveries_are_found_by_what_is_known_of_them(store: Storage) -> None:
    keep(store, *deliveries())

    with store.unit_of_work(read_only=True) as work:
        home = work.deliveries
        by_reference = home.by_reference("s-1", "B")
        assert (by_reference and by_reference.id) == "d-3"
        assert home.by_reference("s-2", "B") is None
        ids = [
            [delivery.id for delivery in found]
            for found in (
                home.open_of_person("p-1"),
                home.latest_of_person("p-1"),
                home.latest_of_person("p-1", limit=9),
                home.of_day("dep-1", A_DAY),
                home.many(["d-5", "d-404", "d-1", "d-5"]),
                home.many([]),
            )
        ]
    assert ids == [
        ["D-9", "d-1", "d-4", "d-3"],
        ["d-3", "d-1", "d-2"],
        ["d-3", "d-1", "d-2", "d-4", "D-9"],
        ["d-1", "d-2", "d-4"],
        ["d-5", "d-1", "d-5"],
        [],
    ]


def test_pages_of_deliveries_follow_each_other_by_id(store: Storage) -> None:
    keep(store, *deliveries())

    with store.unit_of_work(read_only=True) as work:
        pages, after = [], None
        while page := work.deliveries.page(after=after, limit=2):
            pages.append([delivery.id for delivery in page])
            after = page[-1].id
        of_the_day = work.deliveries.page(after="d-1", limit=9, day=A_DAY)

        assert pages == [["D-9", "d-1"], ["d-2", "d-3"], ["d-4", "d-5"]]
        assert [delivery.id for delivery in of_the_day] == ["d-2", "d-4", "d-5"]


def test_more_ids_than_fit_a_statement_are_looked_up(store: Storage) -> None:
    with store.unit_of_work(read_only=True) as work:
        found = work.deliveries.many([f"d-{number}" for number in range(40_000)])

        assert [delivery.id for delivery in found] == ["d-1"]


def test_what_stands_still_is_listed_by_id(store: Storage) -> None:
    keep(
        store,
        a_depot(id="dep-0"),
        a_vehicle(id="v-0"),
        a_vehicle(id="v-9", depot_id="dep-0"),
        a_pickup_point(id="pp-0"),
    )

    with store.unit_of_work(read_only=True) as work:
        assert [depot.id for depot in work.depots.all()] == ["dep-0", "dep-1"]
        assert [vehicle.id for vehicle in work.vehicles.of_depot("dep-1")] == ["v-0", "v-1"]
        assert [point.id for point in work.pickup_points.all()] == ["pp-0", "pp-1"]
