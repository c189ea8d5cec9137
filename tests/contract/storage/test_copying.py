"""What a copy of some days brings along, from every kind of database."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from deliveries.model.delivery import Delivery, DeliveryStatus, Place, PlaceKind
from deliveries.model.eta import EtaCalibration
from deliveries.model.handover import (
    CodeKind,
    Collection,
    HandoverCode,
    NeighbourRequest,
    NeighbourState,
)
from deliveries.model.message import OutboxState, Purpose
from deliveries.model.personal import ContactAddress
from deliveries.model.standing import StandingKind
from integrations.storage import Storage
from integrations.storage.copying import copy_days
from tests.builders import (
    A_DAY,
    NOW,
    a_change,
    a_contact,
    a_conversation,
    a_delivery,
    a_person,
    a_preference,
    a_standing_wish,
    an_inbound_message,
    an_outbox_message,
    keep,
)

ONE_DAY = timedelta(days=1)
LOCKER = Place(PlaceKind.PICKUP_POINT, name="Market Lockers", pickup_point_id="pp-1")


def older(id_: str, status: DeliveryStatus, **different: object) -> Delivery:
    day = A_DAY - 9 * ONE_DAY
    usual = {"person_id": f"p-{id_}", "reference": id_, "date": day, "status": status}
    return a_delivery(**{"id": id_, **usual, **different})


@pytest.fixture
def copy(store: Storage) -> Iterator[Storage]:
    """Give a copy of a day in whose store there is more than the day."""
    for id_ in ("waits", "long", "past", "held", "neighbour"):
        keep(store, a_person(id=f"p-{id_}"))
        number = ContactAddress(f"+4477009001{len(id_)}{ord(id_[0]) % 10}")
        keep(store, a_contact(id=f"c-{id_}", person_id=f"p-{id_}", address=number))
        keep(store, a_conversation(id=f"conv-{id_}", person_id=f"p-{id_}"))
    keep(
        store,
        older("waits", DeliveryStatus.READY_FOR_PICKUP, place=LOCKER),
        older("long", DeliveryStatus.READY_FOR_PICKUP, place=LOCKER),
        older("past", DeliveryStatus.DELIVERED),
        older("held", DeliveryStatus.ON_HOLD),
        HandoverCode("hc-1", "waits", CodeKind.PICKUP, b"sealed", NOW),
        HandoverCode("hc-2", "waits", CodeKind.COLLECTOR, b"ended", NOW, ended_at=NOW),
        NeighbourRequest("nr-1", ("d-1",), "c-neighbour", "Sam", NOW, NeighbourState.ASKED),
        NeighbourRequest("nr-2", ("past",), "c-past", "Kim", NOW, NeighbourState.ACCEPTED),
        a_preference(),
        a_change(),
        an_inbound_message(),
        an_outbox_message(conversation_id="conv-waits", delivery_id="waits", dedupe_key="told"),
        an_outbox_message(id="m-2", conversation_id="conv-past", delivery_id="past"),
        an_outbox_message(id="m-3", state=OutboxState.SENT, purpose=Purpose.REPLY),
    )
    with store.unit_of_work() as work:
        for id_, days in (("waits", 0), ("long", 4)):
            last_day = A_DAY + days * ONE_DAY
            work.collections.add(Collection(f"co-{id_}", id_, "pp-1", NOW, last_day))
        away = a_standing_wish(person_id="p-held", kind=StandingKind.AWAY, last_day=A_DAY)
        work.standing.add(away)
        work.etas.add_calibration(EtaCalibration("dep-1", NOW, shift=0.5, paces={"9": 1.2}))
        work.commit()
    copied = copy_days(store, A_DAY - ONE_DAY, A_DAY + ONE_DAY)
    yield copied
    copied.close()


def test_brings_what_the_days_need_and_nothing_of_the_past(copy: Storage) -> None:
    with copy.unit_of_work(read_only=True) as work:
        found = {
            id_ for id_ in ("d-1", "waits", "long", "past", "held") if work.deliveries.find(id_)
        }
        assert found == {"d-1", "waits", "held"}
        assert [each.id for each in work.collections.waiting()] == ["co-waits"]
        assert [each.id for each in work.handover_codes.live_of(["waits"])] == ["hc-1"]
        assert [each.id for each in work.standing.all_of(StandingKind.AWAY)] == ["w-1"]
        assert work.inbound.of("conv-1") == []


def test_brings_neighbours_and_choices_that_are_on_their_way(copy: Storage) -> None:
    with copy.unit_of_work(read_only=True) as work:
        assert [each.id for each in work.neighbour_requests.live()] == ["nr-1"]
        assert work.contacts.get("c-neighbour").person_id == "p-neighbour"
        assert work.changes.of_preference("pref-1") is not None


def test_brings_what_was_said_of_its_deliveries(copy: Storage) -> None:
    with copy.unit_of_work(read_only=True) as work:
        assert [each.id for each in work.outbox.newest(limit=9)] == ["m-1"]
        assert work.outbox.has_key("told")


def test_brings_what_windows_are_reckoned_from(copy: Storage) -> None:
    with copy.unit_of_work(read_only=True) as work:
        calibration = work.etas.calibration("dep-1")
        assert calibration is not None
        assert (calibration.shift, calibration.paces) == (0.5, {"9": 1.2})
