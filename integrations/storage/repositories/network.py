"""Shippers, depots, vehicles and pickup points."""

from collections.abc import Sequence

from sqlalchemy import select

from deliveries.model.network import Depot, PickupPoint, Shipper, Vehicle
from integrations.storage.repositories.entities import SqlRepository
from integrations.storage.tables import depots, pickup_points, shippers, vehicles


class SqlShipperRepository(SqlRepository[Shipper]):
    """Shippers in a database."""

    kind = Shipper

    def all(self) -> Sequence[Shipper]:
        """Return every shipper, by id."""
        return self._session.scalars(select(Shipper).order_by(shippers.c.id)).all()


class SqlDepotRepository(SqlRepository[Depot]):
    """Depots in a database."""

    kind = Depot

    def all(self) -> Sequence[Depot]:
        """Return every depot, by id."""
        return self._session.scalars(select(Depot).order_by(depots.c.id)).all()


class SqlVehicleRepository(SqlRepository[Vehicle]):
    """Vehicles in a database."""

    kind = Vehicle

    def of_depot(self, depot_id: str) -> Sequence[Vehicle]:
        """Return a depot's vehicles, by id."""
        return self._session.scalars(
            select(Vehicle).where(vehicles.c.depot_id == depot_id).order_by(vehicles.c.id)
        ).all()


class SqlPickupPointRepository(SqlRepository[PickupPoint]):
    """Pickup points in a database."""

    kind = PickupPoint

    def all(self) -> Sequence[PickupPoint]:
        """Return every pickup point, by id."""
        return self._session.scalars(select(PickupPoint).order_by(pickup_points.c.id)).all()
