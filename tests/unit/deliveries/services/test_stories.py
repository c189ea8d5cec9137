"""A thread read as one story, from the van's start to the locker, whatever is reported twice."""

from collections.abc import Iterator

import pytest

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from deliveries.model.delivery import DeliveryStatus, Place, PlaceKind
from deliveries.model.history import DriverEvent
from deliveries.model.message import OutboxState
from deliveries.model.recipient import Channel
from deliveries.model.route import StopKind, StopState
from tests.builders import a_pickup_point, a_stocked_storage, at
from tests.unit.deliveries.services.round import Round, a_stop_for


@pytest.fixture
def drive() -> Iterator[Round]:
    """A round of one stop at ten, with a locker that never closes nearby."""
    drive = Round(a_stocked_storage(a_pickup_point(id="pp-2", opening_hours="24/7")))
    yield drive
    drive.store.close()


def to_the_locker(drive: Round) -> None:
    """Let the delivery, and its stop if it is planned, go to the locker from now on."""
    with drive.store.unit_of_work() as work:
        delivery = work.deliveries.get("d-1")
        delivery.place = Place(PlaceKind.PICKUP_POINT, pickup_point_id="pp-2")
        if delivery.route_id is not None:
            delivery.status = DeliveryStatus.OUT_FOR_DELIVERY
            (stop,) = work.plans.route(delivery.route_id).stops
            stop.kind, stop.pickup_point_id = StopKind.PICKUP_POINT, "pp-2"
            stop.state = StopState.PLANNED
        work.commit()


def in_the_locker(drive: Round, *, id_: str = "e-in") -> DriverEvent:
    return drive.event("delivered", stop="st-1", id=id_, at=at(10, 5), handed_to="pickup_point")


def thread(drive: Round) -> list[str]:
    """Return the words of the thread, in order."""
    wording = Wording(Catalogue(read_sources(), is_strict=True))
    return [
        wording.render(
            each.sayings, None, language="en", channel=Channel.SMS, now=each.created_at
        ).text
        for each in drive.messages()
        if each.state is not OutboxState.SUPPRESSED
    ]


def test_a_parcel_that_goes_to_a_locker_is_never_told_to_come_to_the_door(drive: Round) -> None:
    to_the_locker(drive)
    drive.plan(a_stop_for(1, kind=StopKind.PICKUP_POINT, pickup_point_id="pp-2"))
    drive.report("departed", at=at(9, 30))
    for now in (at(9, 31), at(9, 46), at(9, 58)):
        drive.tick(now)
    drive.now = at(10, 5)

    drive.record(in_the_locker(drive))
    drive.tick(at(10, 10))

    assert drive.told() == ["notice_ready_for_pickup_at_any_hour"]


def test_diverted_on_the_way_it_is_out_and_then_ready(drive: Round) -> None:
    drive.plan(a_stop_for(1))
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))
    to_the_locker(drive)
    drive.tick(at(9, 46))
    drive.now = at(10, 5)

    drive.record(in_the_locker(drive))
    drive.tick(at(10, 10))

    assert drive.told() == ["notice_out_for_delivery", "notice_ready_for_pickup_at_any_hour"]
    out, ready = thread(drive)
    assert "is on the van and comes today" in out
    assert "Code " in ready
    assert "you can collect " in ready
    assert "your door" not in ready


def test_failed_at_the_door_and_brought_to_the_locker_it_fails_and_is_ready(drive: Round) -> None:
    drive.plan(a_stop_for(1))
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))
    drive.now = at(10)
    drive.report("failed", stop="st-1", delivery="d-1", reason="nobody_home", id="e-f")
    drive.send()
    to_the_locker(drive)
    drive.now = at(10, 5)

    drive.record(in_the_locker(drive))
    drive.tick(at(10, 10))

    assert [name for name in drive.told() if name.startswith("notice_")][-2:] == [
        "notice_failed_nobody_home",
        "notice_ready_for_pickup_at_any_hour",
    ]


def test_what_is_reported_again_late_or_against_it_adds_nothing(drive: Round) -> None:
    drive.plan(a_stop_for(1))
    drive.report("departed", at=at(9, 30), id="e-out")
    drive.tick(at(9, 31))
    to_the_locker(drive)
    drive.now = at(10, 5)
    drive.record(in_the_locker(drive))
    before = thread(drive)

    drive.record(in_the_locker(drive), in_the_locker(drive, id_="e-again"))
    drive.record(drive.event("departed", at=at(9, 30), id="e-out"))
    drive.record(drive.event("arrived", stop="st-1", at=at(9, 59), id="e-late"))
    drive.record(drive.event("failed", stop="st-1", delivery="d-1", at=at(10, 1), id="e-not"))
    for now in (at(10, 6), at(10, 20), at(11)):
        drive.tick(now)

    assert thread(drive) == before
