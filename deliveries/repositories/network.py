"""Where parcels come from, what carries them and where they may be collected."""

from collections.abc import Sequence
from typing import Protocol

from deliveries.model.network import Depot, PickupPoint, Shipper, Vehicle
from deliveries.repositories.base import Repository


class ShipperRepository(Repository[Shipper], Protocol):
    """Shippers."""

    def all(self) -> Sequence[Shipper]:
        """Return every shipper, by id."""
        ...


class DepotRepository(Repository[Depot], Protocol):
    """Depots."""

    def all(self) -> Sequence[Depot]:
        """Return every depot, by id."""
        ...


class VehicleRepository(Repository[Vehicle], Protocol):
    """Vehicles."""

    def of_depot(self, depot_id: str) -> Sequence[Vehicle]:
        """Return a depot's vehicles, by id."""
        ...


class PickupPointRepository(Repository[PickupPoint], Protocol):
    """Pickup points."""

    def all(self) -> Sequence[PickupPoint]:
        """Return every pickup point, by id."""
        ...
