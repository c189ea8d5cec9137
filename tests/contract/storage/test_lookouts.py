"""What may be due is found by columns: nothing that the rules would tell is left out."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from deliveries.model.delivery import Delivery, DeliveryStatus, Place, PlaceKind
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.route import Route, RouteState
from deliveries.model.window import TimeWindow
from deliveries.services.days.journeys import NOT_ATTEMPTED
from deliveries.services.notices.lookouts import candidates
from deliveries.services.notices.noticing import due_notice
from deliveries.services.notices.outlook import Outlook
from deliveries.services.notices.posting import key_of
from integrations.storage import Storage
from tests.builders import (
    A_DAY,
    a_delivery,
    a_plan,
    a_route,
    a_stop,
    an_outbox_message,
    at,
    keep,
)

MANY, VANS = 400, 12
FEW, SOME, MOST = 0.1, 0.2, 0.8
ZONES = ("Europe/London", "America/New_York", "Asia/Tokyo", "Asia/Kathmandu")
STATUSES = (*DeliveryStatus, *[DeliveryStatus.OUT_FOR_DELIVERY] * 15)
KINDS = ("A1", "A2", "A3", "A4", "A5", "A7")
INSTANTS = [datetime(2026, 3, 10, hour, 5, tzinfo=UTC) for hour in range(0, 24, 2)]


def a_day_full_of_chance(chance: random.Random, now: datetime) -> list[object]:
    """Return deliveries around an instant in every state, their vans, and what was told."""
    vans = [_a_van(chance, number, now) for number in range(VANS)]
    found: list[object] = [a_plan(routes=vans)]
    for number in range(MANY):
        delivery = _a_delivery(chance, number, now)
        van = chance.choice(vans)
        if chance.random() < MOST:
            delivery.route_id = van.id
            stop_id = f"st-{number}"
            van.stops.append(
                a_stop(
                    id=stop_id,
                    route_id=van.id,
                    position=len(van.stops),
                    delivery_ids=(delivery.id,),
                    lat=delivery.lat,
                )
            )
            if chance.random() < SOME and van.van_lat is None:
                van.van_lat, van.van_lon = delivery.lat + 0.001, delivery.lon - 0.001
        found += [delivery, *_told(chance, delivery)]
    return found


def _a_van(chance: random.Random, number: int, now: datetime) -> Route:
    return a_route(
        id=f"r-{number}",
        state=chance.choice((RouteState.PLANNED, *[RouteState.DEPARTED] * 2)),
        start_at=chance.choice((None, now + timedelta(minutes=chance.uniform(-200, 120)))),
        van_at=chance.choice((None, now - timedelta(seconds=chance.uniform(0, 200)))),
        stops=[],
    )


def _a_delivery(chance: random.Random, number: int, now: datetime) -> Delivery:
    def around(minutes: float) -> datetime:
        return now + timedelta(minutes=chance.uniform(-minutes, minutes))

    promised = around(300)
    place = Place(kind=PlaceKind.PICKUP_POINT, name="Shop", pickup_point_id="pp-1")
    delivery = a_delivery(
        id=f"x-{number}",
        reference=f"X-{number}",
        zone=chance.choice(ZONES),
        date=A_DAY + timedelta(days=chance.choice((-1, 0, 0, 0, 0, 1, 1))),
        status=chance.choice(STATUSES),
        status_at=around(900),
        failed_reason=chance.choice((None, NOT_ATTEMPTED)),
        attempts=chance.choice((0, 0, 1)),
        eta_at=chance.choice((None, around(20), around(60), around(600))),
        lat=chance.uniform(-60, 75),
    )
    if chance.random() < FEW:
        delivery.place = place
    if chance.random() < MOST:
        delivery.promise(TimeWindow(promised, promised + timedelta(hours=1)))
    if chance.random() < SOME:
        delivery.keep_to(TimeWindow(promised, promised + timedelta(hours=2)))
    return delivery


def _told(chance: random.Random, delivery: Delivery) -> list[OutboxMessage]:
    return [
        an_outbox_message(
            id=f"{delivery.id}-{kind}",
            conversation_id="conv-none",
            purpose=Purpose.NOTICE,
            delivery_id=delivery.id,
            notice=kind,
            dedupe_key=key_of(kind, delivery),
        )
        for kind in KINDS
        if chance.random() < SOME
    ]


@pytest.mark.parametrize("now", INSTANTS, ids=lambda now: f"{now:%H:%M}")
def test_nothing_that_is_due_is_overlooked_and_most_of_what_is_looked_at_is_due(
    store: Storage, now: datetime
) -> None:
    keep(store, *a_day_full_of_chance(random.Random(now.hour), now))  # noqa: S311 repeatable

    with store.unit_of_work(read_only=True) as work:
        everything = work.deliveries.page(after=None, limit=10_000)
        outlook = Outlook(work, now, work.lookouts.told([each.id for each in everything]))
        due = {each.id for each in everything if due_notice(outlook, each) is not None}
        found = [each.id for each in candidates(work, now=now)]

    assert due <= set(found)
    assert len(found) == len(set(found)) < MANY / 2
    assert len(due) > 0


def test_the_nearest_come_first_then_what_one_van_carries(store: Storage) -> None:
    nine = at(9)
    etas = {"d-9": 10, "d-3": 100, "d-4": 200, "d-5": 150}
    vans = {"d-9": "r-2", "d-3": "r-2", "d-4": "r-1", "d-5": "r-2"}
    keep(
        store,
        *(
            a_delivery(
                id=id_,
                reference=id_,
                eta_at=nine + timedelta(minutes=minutes),
                route_id=vans[id_],
            )
            for id_, minutes in etas.items()
        ),
    )

    with store.unit_of_work(read_only=True) as work:
        found = candidates(work, now=nine)

    assert [each.id for each in found] == ["d-9", "d-4", "d-3", "d-5"]


def test_zones_are_those_of_deliveries_on_their_way(store: Storage) -> None:
    keep(
        store,
        a_delivery(id="d-2", reference="B", zone="Asia/Tokyo"),
        a_delivery(id="d-3", reference="C", zone="America/New_York"),
        a_delivery(id="d-4", reference="D", zone="Europe/Berlin", status=DeliveryStatus.DELIVERED),
    )

    with store.unit_of_work(read_only=True) as work:
        assert work.lookouts.zones() == ["America/New_York", "Asia/Tokyo", "Europe/London"]


def test_failed_attempts_are_found_from_an_instant_on(store: Storage) -> None:
    noon = at(12)
    failed = {
        "d-2": (DeliveryStatus.DELIVERY_FAILED, noon),
        "d-3": (DeliveryStatus.DELIVERY_FAILED, noon - timedelta(seconds=1)),
        "d-4": (DeliveryStatus.DELIVERED, noon),
    }
    keep(
        store,
        *(
            a_delivery(id=id_, reference=id_, status=status, status_at=when)
            for id_, (status, when) in failed.items()
        ),
    )

    with store.unit_of_work(read_only=True) as work:
        assert work.lookouts.failed(since=noon) == ["d-2"]
