"""A PIN for parcels that need one: sent with the van, three tries at the door, resent once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from deliveries.model.delivery import DeliveryStatus, Place, PlaceKind
from deliveries.model.history import DriverEvent
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.driving import Recorded, record_driver_events, tell_pin
from deliveries.services.identity.door_pins import is_pin_word
from deliveries.services.messages.receiving import Arrival, receive
from integrations.geography import RoadGeography
from integrations.storage import Storage
from tests.builders import NOW, a_plan, a_route, a_stocked_storage, a_stop
from tests.doubles import OpenPlanner, OpenVault

EIGHT = NOW - timedelta(hours=1)


@pytest.fixture
def store() -> Storage:
    """A delivery that needs a PIN, on a route that has not left."""
    store = a_stocked_storage(a_plan(routes=[a_route(stops=[a_stop()])]))
    with store.unit_of_work() as work:
        delivery = work.deliveries.get("d-1")
        delivery.requires_pin, delivery.contact_id = True, "c-1"
        delivery.route_id, delivery.stop_id = "r-1", "st-1"
        work.commit()
    return store


@pytest.fixture
def desk(store: Storage) -> Desk:
    return Desk(store.unit_of_work, OpenPlanner(), RoadGeography(), OpenVault())


def report(desk: Desk, kind: str, *, id_: str, now: datetime = NOW, **details: Any) -> Recorded:
    stop = {} if kind == "departed" else {"stop_id": "st-1", "delivery_id": "d-1"}
    event = DriverEvent(id=id_, kind=kind, at=now, route_id="r-1", details=details, **stop)
    return record_driver_events(desk, [event], now=now)


def messages(store: Storage) -> list[OutboxMessage]:
    with store.unit_of_work() as work:
        return [row for row in work.outbox.of("conv-1") if row.purpose is Purpose.CODE]


def pin(store: Storage) -> str:
    with store.unit_of_work() as work:
        challenge = work.challenges.door_pin("d-1")
        assert challenge is not None
        assert challenge.code_sealed is not None
        return OpenVault().open(challenge.code_sealed).reveal()


def status(store: Storage) -> tuple[DeliveryStatus, str | None]:
    with store.unit_of_work() as work:
        delivery = work.deliveries.get("d-1")
        return delivery.status, delivery.failed_reason


def wrong(store: Storage) -> str:
    return "1111" if pin(store) != "1111" else "2222"


def write(store: Storage, text: str, number: int) -> bool:
    arrival = Arrival(Channel.SMS, f"SM{number}", ContactAddress("+447700900001"), text)
    with store.unit_of_work() as work:
        received = receive(work, arrival, vault=OpenVault(), now=NOW)
        work.commit()
    return received.waits_for_turn


def test_the_pin_is_sent_once_when_the_van_leaves(store: Storage, desk: Desk) -> None:
    report(desk, "departed", id_="e-1", now=EIGHT)
    report(desk, "arrived", id_="e-2")

    [message] = messages(store)
    assert (message.contact_id, message.sayings[0].name) == ("c-1", "door_pin_message")
    assert len(pin(store)) == 4


def test_an_early_van_wakes_nobody_before_seven(store: Storage, desk: Desk) -> None:
    report(desk, "departed", id_="e-1", now=NOW.replace(hour=5))

    [message] = messages(store)
    assert message.not_before == NOW.replace(hour=7)


def test_with_the_right_pin_it_is_delivered_and_the_report_keeps_no_pin(
    store: Storage, desk: Desk
) -> None:
    report(desk, "departed", id_="e-1", now=EIGHT)

    recorded = report(desk, "delivered", id_="e-2", pin=pin(store), handed_to="recipient")

    assert recorded == Recorded(1, 0)
    assert status(store)[0] is DeliveryStatus.DELIVERED
    with store.unit_of_work() as work:
        challenge = work.challenges.door_pin("d-1")
        assert challenge is not None
        assert challenge.code_sealed is None


def test_without_the_pin_a_hand_over_does_not_count(store: Storage, desk: Desk) -> None:
    report(desk, "departed", id_="e-1", now=EIGHT)

    recorded = report(desk, "delivered", id_="e-2")

    assert [each.error for each in recorded.rejected] == ["pin is missing"]
    assert status(store)[0] is DeliveryStatus.OUT_FOR_DELIVERY


def test_three_wrong_pins_end_the_attempt_and_call_staff(store: Storage, desk: Desk) -> None:
    report(desk, "departed", id_="e-1", now=EIGHT)
    false = wrong(store)

    told = [
        report(desk, "delivered", id_=f"e-{number}", pin=false).rejected[0].error
        for number in (2, 3, 4)
    ]

    assert told == [
        "pin is wrong, 2 tries are left",
        "pin is wrong, 1 tries are left",
        "pin is wrong, 0 tries are left",
    ]
    assert status(store) == (DeliveryStatus.DELIVERY_FAILED, "wrong_pin")
    with store.unit_of_work() as work:
        assert "door_pin_failed" in [task.kind for task in work.tasks.open()]
        names = [each.name for row in work.outbox.of("conv-1") for each in row.sayings]
        assert "notice_failed_wrong_pin" in names


def test_a_report_that_comes_again_costs_no_other_try(store: Storage, desk: Desk) -> None:
    report(desk, "departed", id_="e-1", now=EIGHT)
    false = wrong(store)

    for _ in range(4):
        recorded = report(desk, "delivered", id_="e-2", pin=false)

    assert recorded.rejected[0].error == "pin is wrong, 2 tries are left"


def test_the_driver_may_check_it_before_the_report(store: Storage, desk: Desk) -> None:
    report(desk, "departed", id_="e-1", now=EIGHT)

    assert not tell_pin(desk, "d-1", wrong(store), key="a", now=NOW).is_right
    assert tell_pin(desk, "d-1", pin(store), key="b", now=NOW).is_right
    assert report(desk, "delivered", id_="e-2") == Recorded(1, 0)


def test_a_neighbour_who_takes_it_in_needs_no_pin(store: Storage, desk: Desk) -> None:
    with store.unit_of_work() as work:
        work.deliveries.get("d-1").place = Place(PlaceKind.NEIGHBOUR, house_number="14")
        work.commit()
    report(desk, "departed", id_="e-1", now=EIGHT)

    assert messages(store) == []
    assert report(desk, "delivered", id_="e-2", handed_to="neighbour") == Recorded(1, 0)


def test_a_contact_out_of_reach_is_a_task(store: Storage, desk: Desk) -> None:
    with store.unit_of_work() as work:
        work.contacts.get("c-1").opted_out_at = EIGHT
        work.commit()

    report(desk, "departed", id_="e-1", now=EIGHT)

    assert messages(store) == []
    with store.unit_of_work() as work:
        assert [task.kind for task in work.tasks.open()] == ["door_pin_unsent"]


def test_the_pin_is_resent_once_when_asked_for(store: Storage, desk: Desk) -> None:
    assert write(store, "PIN", 1)
    report(desk, "departed", id_="e-1", now=EIGHT)

    assert [write(store, "pin!", number) for number in (2, 3, 4)] == [False, False, False]

    names = [row.sayings[0].name for row in messages(store)]
    assert names == ["door_pin_message", "door_pin_message", "door_pin_sent_twice"]


@pytest.mark.parametrize(
    ("text", "is_asked"), [("PIN", True), ("Meine PIN?", True), ("pinned", False), ("", False)]
)
def test_the_word_for_it_stands_alone(text: str, *, is_asked: bool) -> None:
    assert is_pin_word(text) is is_asked
