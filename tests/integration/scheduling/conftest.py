"""Databases that several workers share, with a depot, three vans and a day's deliveries."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deliveries.model.delivery import Delivery
from integrations.storage import Storage, storage
from integrations.storage.migrations import migrate
from tests.builders import (
    a_delivery,
    a_depot,
    a_person,
    a_pickup_point,
    a_shipper,
    a_vehicle,
    keep,
)
from tests.planned_days import some_visits
from tests.servers import fresh_database, postgresql_server

COUNT = 24


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with postgresql_server() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    with fresh_database(postgresql) as url:
        migrate(url)
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/doorstep.db"
    migrate(url)
    return url


@pytest.fixture(params=["sqlite_url", pytest.param("postgresql_url", marks=pytest.mark.services)])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def store(url: str) -> Iterator[Storage]:
    store = storage(url)
    vans = [a_vehicle(id=f"v-{number}", capacity=30) for number in range(1, 4)]
    keep(store, a_shipper(), a_depot(), *vans, a_pickup_point(), a_person())
    keep(store, *some_deliveries())
    yield store
    store.close()


def some_deliveries() -> list[Delivery]:
    return [
        a_delivery(
            id=f"d-{number}",
            reference=f"O-{number}",
            lat=visit.lat,
            lon=visit.lon,
            service_duration_s=visit.service_duration_s,
        )
        for number, visit in enumerate(some_visits(COUNT, windows=False))
    ]
