"""What drivers report moves the day, once, whatever the order."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.route import RouteState, StopKind, StopState
from deliveries.services.days.driving import Rejected
from integrations.planners.embedded.adapter import EmbeddedPlanner
from tests.builders import a_delivery, a_stocked_storage, at
from tests.unit.deliveries.services.round import Round, a_stop_for


@pytest.fixture
def drive() -> Iterator[Round]:
    """A round of two stops, one delivery each."""
    store = a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2"))
    drive = Round(store)
    drive.plan(a_stop_for(1), a_stop_for(2))
    yield drive
    store.close()


def test_leaves_with_everything_on_board(drive: Round) -> None:
    drive.now = at(9, 35)

    recorded = drive.report("departed")

    assert (recorded.accepted, recorded.duplicates, recorded.rejected) == (1, 0, ())
    route = drive.route()
    assert (route.state, route.start_at) == (RouteState.DEPARTED, at(9, 35))
    assert (route.van_lat, route.van_lon, route.van_at) == (51.5, -0.05, at(9, 35))
    delivery = drive.delivery("d-2")
    assert (delivery.status, delivery.loaded_at) == (DeliveryStatus.OUT_FOR_DELIVERY, at(9, 35))


def test_works_an_event_that_comes_twice_once(drive: Round) -> None:
    event = drive.event("departed", id="e-1")

    first, second = drive.record(event), drive.record(event)

    assert (first.accepted, first.duplicates) == (1, 0)
    assert (second.accepted, second.duplicates) == (0, 1)
    with drive.store.unit_of_work(read_only=True) as work:
        assert [each.kind for each in work.history.of_delivery("d-1")] == ["left_depot"]


def test_hands_over_with_proof(drive: Round) -> None:
    drive.report("departed")
    drive.now = at(10, 2)
    drive.report("arrived", stop="st-1")
    assert (drive.stop().state, drive.stop().arrival_at) == (StopState.ARRIVED, at(10, 2))
    drive.now = at(10, 5)

    drive.report("delivered", stop="st-1", delivery="d-1", handed_to="household", photo_url="u")

    delivery, stop = drive.delivery(), drive.stop()
    assert delivery.status is DeliveryStatus.DELIVERED
    assert (delivery.handed_to, delivery.proof_url) == ("household", "u")
    assert (stop.state, stop.leave_at) == (StopState.DONE, at(10, 5))


def test_counts_a_failed_attempt_and_keeps_its_reason(drive: Round) -> None:
    drive.report("departed")
    drive.report("arrived", stop="st-1")

    drive.report("failed", stop="st-1", delivery="d-1", reason="nobody_home")

    delivery = drive.delivery()
    assert delivery.status is DeliveryStatus.DELIVERY_FAILED
    assert (delivery.failed_reason, delivery.attempts) == ("nobody_home", 1)
    assert drive.stop().state is StopState.FAILED


def test_keeps_a_reason_it_does_not_know_as_other(drive: Round) -> None:
    drive.report("failed", stop="st-1", delivery="d-1", reason="dragons")

    assert drive.delivery().failed_reason == "other"


def test_a_parcel_at_a_pickup_point_is_ready_and_not_delivered() -> None:
    store = a_stocked_storage()
    drive = Round(store)
    drive.plan(a_stop_for(1, kind=StopKind.PICKUP_POINT, pickup_point_id="pp-1"))

    drive.report("delivered", stop="st-1", delivery="d-1", handed_to="pickup_point")

    assert drive.delivery().status is DeliveryStatus.READY_FOR_PICKUP
    assert drive.stop().state is StopState.DONE


def test_a_stop_stays_open_until_all_its_parcels_have_their_outcome() -> None:
    store = a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2"))
    drive = Round(store)
    drive.plan(a_stop_for(1, delivery_ids=("d-1", "d-2")))
    drive.report("arrived", stop="st-1")

    drive.report("delivered", stop="st-1", delivery="d-1")
    after_one = drive.stop().state
    drive.report("failed", stop="st-1", delivery="d-2", reason="damaged")

    assert (after_one, drive.stop().state) == (StopState.ARRIVED, StopState.DONE)


def test_an_outcome_without_a_delivery_is_for_all_of_the_stop() -> None:
    store = a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2"))
    drive = Round(store)
    drive.plan(a_stop_for(1, delivery_ids=("d-1", "d-2")))

    drive.report("delivered", stop="st-1")

    assert drive.delivery("d-2").status is DeliveryStatus.DELIVERED


@pytest.mark.parametrize(
    ("settled", "late"),
    [
        ("delivered", "arrived"),
        ("delivered", "delivered"),
        ("delivered", "failed"),
        ("failed", "failed"),
        ("failed", "arrived"),
    ],
)
def test_what_contradicts_or_repeats_changes_nothing(drive: Round, settled: str, late: str) -> None:
    drive.report("departed")
    drive.report(settled, stop="st-1", delivery="d-1", reason="no_access")
    before = (drive.stop().state, drive.delivery().status, drive.delivery().attempts)
    written = len(drive.messages())
    drive.now += timedelta(minutes=3)

    recorded = drive.report(late, stop="st-1", delivery="d-1", reason="nobody_home")

    assert recorded.accepted == 1
    assert (drive.stop().state, drive.delivery().status, drive.delivery().attempts) == before
    assert drive.delivery().failed_reason == ("no_access" if settled == "failed" else None)
    assert len(drive.messages()) == written


def test_a_position_older_than_the_last_is_not_believed(drive: Round) -> None:
    drive.report("departed", at=at(9, 30))
    with_place = drive.event("position", at=at(9, 50))
    with_place.details = {"lat": 51.52, "lon": -0.06}
    older = drive.event("position", at=at(9, 40))
    older.details = {"lat": 51.51, "lon": -0.05}

    drive.record(with_place)
    drive.record(older)

    assert (drive.route().van_lat, drive.route().van_at) == (51.52, at(9, 50))


def test_an_arrival_implies_the_departure_that_nobody_reported(drive: Round) -> None:
    drive.report("arrived", stop="st-1")

    assert drive.route().state is RouteState.DEPARTED
    assert drive.delivery("d-2").status is DeliveryStatus.OUT_FOR_DELIVERY
    assert (drive.route().van_lat, drive.route().van_at) == (drive.stop().lat, at(9))


def test_what_the_van_brings_back_was_not_attempted(drive: Round) -> None:
    drive.report("departed")
    drive.report("delivered", stop="st-1", delivery="d-1")

    drive.report("returned")

    delivery = drive.delivery("d-2")
    assert drive.route().state is RouteState.FINISHED
    assert delivery.status is DeliveryStatus.DELIVERY_FAILED
    assert (delivery.failed_reason, delivery.attempts) == ("not_attempted", 0)
    assert drive.stop("st-2").state is StopState.FAILED


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"kind": "teleported"}, "kind is none that we know"),
        ({"kind": "arrived", "route_id": "r-9"}, "no route has that id"),
        ({"kind": "arrived", "stop_id": "st-9"}, "that stop is not on the route"),
        ({"kind": "arrived", "stop_id": None}, "stop_id is missing"),
        ({"kind": "delivered", "delivery_id": "d-2"}, "that delivery is not at that stop"),
        ({"kind": "position", "details": {"lat": 91, "lon": 0}}, "lat or lon is off the globe"),
        ({"at": at(9) + timedelta(days=2)}, "at lies in the future"),
        ({"at": at(9).replace(tzinfo=None)}, "at has no zone"),
    ],
)
def test_rejects_what_fits_nothing_and_takes_it_once_it_does(
    drive: Round, wrong: dict[str, object], reason: str
) -> None:
    event = drive.event("delivered", stop="st-1", id="e-7")
    for name, value in wrong.items():
        setattr(event, name, value)

    recorded = drive.record(event)
    right = drive.record(drive.event("delivered", stop="st-1", id="e-7"))

    assert recorded.rejected == (Rejected("e-7", reason),)
    assert right.accepted == 1


def test_leaves_an_outcome_that_fits_nothing_to_staff(drive: Round) -> None:
    drive.report("delivered", stop="st-9", delivery="d-1", id="e-7")

    with drive.store.unit_of_work(read_only=True) as work:
        (task,) = work.tasks.open()
    assert (task.kind, task.delivery_id) == ("driver_event_unmatched", "d-1")


def test_works_a_batch_in_the_order_in_which_it_happened(drive: Round) -> None:
    drive.record(
        drive.event("delivered", stop="st-1", at=at(10, 5)),
        drive.event("departed", at=at(9, 30)),
        drive.event("arrived", stop="st-1", at=at(10, 1)),
    )

    assert drive.route().start_at == at(9, 30)
    assert drive.stop().arrival_at == at(10, 1)


def test_wipes_how_to_get_in_once_it_has_served(drive: Round) -> None:
    with drive.store.unit_of_work() as work:
        work.deliveries.get("d-1").access_ciphertext = b"sealed"
        work.commit()

    drive.report("delivered", stop="st-1")

    assert drive.delivery().access_ciphertext is None


def test_a_late_departure_moves_the_etas_of_the_stops_behind() -> None:
    drive = Round(
        a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2")), planner=EmbeddedPlanner()
    )
    drive.plan(a_stop_for(1), a_stop_for(2))
    drive.now = at(11)

    drive.report("departed")

    eta = drive.delivery().eta_at
    assert eta is not None
    assert eta > at(11)
    assert drive.stop().service_at == eta
    assert drive.delivery("d-2").eta_at == drive.stop("st-2").service_at


def test_a_choice_kept_while_the_planner_thinks_is_not_overwritten(drive: Round) -> None:
    class SlowPlanner(EmbeddedPlanner):
        def retime(self, route: object, *, now: object) -> None:
            super().retime(route, now=now)  # type: ignore[arg-type]
            with drive.store.unit_of_work() as work:
                other = work.plans.route("r-1")
                other.stops[0].delivery_ids = ()
                work.commit()

    drive.planner = SlowPlanner()
    drive.now = at(11)

    drive.report("departed")

    assert drive.stop().service_at == at(10)
