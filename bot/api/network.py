"""What stands still: pickup points, shippers' rules, capacities."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.api.dependencies import Dependencies
from deliveries.errors import InvalidInputError
from deliveries.model.network import PickupPoint
from deliveries.model.rules_form import read_rules
from deliveries.services.days.importing import DaySources, read_day, take_in
from deliveries.services.days.rows import Source


class PickupPointOut(BaseModel):
    """A shop or locker; ``opening_hours`` in OpenStreetMap's syntax."""

    id: str
    kind: str
    name: str
    address: str
    lat: float
    lon: float
    timezone: str
    opening_hours: str
    compartments: dict[str, int]
    service_duration_s: int


class PickupPointsOut(BaseModel):
    """All of them."""

    pickup_points: list[PickupPointOut]


class PickupPointsIn(BaseModel):
    """Pickup points as rows, with the columns of the day's files."""

    pickup_points: Annotated[list[dict[str, Any]], Field(max_length=2000)]


class CapacityIn(BaseModel):
    """How much there is of a resource, such as ``window:<depot>:<start>``."""

    resource: Annotated[str, Field(pattern=r"^(window|compartment):.+$", max_length=200)]
    total: Annotated[int, Field(ge=0)]


class CapacityOut(BaseModel):
    """A capacity and what is left of it."""

    resource: str
    total: int
    left: int | None


def add_network_routes(router: APIRouter, dependencies: Dependencies) -> None:
    """Add the routes about what stands still."""
    _add_pickup_points(router, dependencies)
    _add_rules(router, dependencies)
    _add_capacities(router, dependencies)


def _add_pickup_points(router: APIRouter, dependencies: Dependencies) -> None:
    @router.get("/pickup-points", tags=["network"])
    def get_pickup_points() -> PickupPointsOut:
        """Return every shop and locker."""
        with dependencies.unit_of_work(read_only=True) as work:
            return PickupPointsOut(pickup_points=_points(work.pickup_points.all()))

    @router.put("/pickup-points", tags=["network"])
    def put_pickup_points(given: PickupPointsIn) -> PickupPointsOut:
        """Add or change shops and lockers, all or none; others stay as they are."""
        now = dependencies.clock.now()
        sources = [
            Source("pickup_points", index, row) for index, row in enumerate(given.pickup_points)
        ]
        with dependencies.unit_of_work() as work:
            read = read_day(work, DaySources(pickup_points=sources), service_day=now.date())
            if read.problems:
                first = read.problems[0]
                place = f"pickup_points.{first.line}.{first.field}"
                raise InvalidInputError(f"{place}: {first.message}")
            take_in(work, read, now=now)
            work.commit()
            return PickupPointsOut(pickup_points=_points(work.pickup_points.all()))


def _add_rules(router: APIRouter, dependencies: Dependencies) -> None:
    @router.get("/shippers/{shipper_id}/rules", tags=["network"])
    def get_rules(shipper_id: str) -> dict[str, Any]:
        """Return what a shipper has set; the rest are the house's defaults."""
        with dependencies.unit_of_work(read_only=True) as work:
            return dict(work.shippers.get(shipper_id).rules.written)

    @router.put("/shippers/{shipper_id}/rules", tags=["network"])
    def put_rules(shipper_id: str, rules: dict[str, Any]) -> dict[str, Any]:
        """Set a shipper's rules (docs/rules.md); what was set before is gone.

        What cannot be used is refused with its path, such as ``cutoffs.window.local_time``.
        """
        read = read_rules(rules)
        with dependencies.unit_of_work() as work:
            work.shippers.get(shipper_id).rules = read
            work.commit()
        return dict(read.written)


def _add_capacities(router: APIRouter, dependencies: Dependencies) -> None:
    @router.put("/capacities", tags=["network"])
    def put_capacity(capacity: CapacityIn) -> CapacityOut:
        """Say how much there is of a resource; what is taken stays taken."""
        with dependencies.unit_of_work() as work:
            work.holds.set_capacity(capacity.resource, capacity.total)
            left = work.holds.room(capacity.resource)
            work.commit()
        return CapacityOut(resource=capacity.resource, total=capacity.total, left=left)


def _points(points: Sequence[PickupPoint]) -> list[PickupPointOut]:
    return [
        PickupPointOut(
            id=point.id,
            kind=point.kind.value,
            name=point.name,
            address=point.address,
            lat=point.lat,
            lon=point.lon,
            timezone=point.zone,
            opening_hours=point.opening_hours,
            compartments=dict(point.compartments),
            service_duration_s=point.service_duration_s,
        )
        for point in points
    ]
