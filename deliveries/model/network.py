"""What stands still: shippers, depots, vehicles, pickup points."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from deliveries.model.rules import ShipperRules


@dataclass(frozen=True)
class Coordinates:
    """A point on the ground in WGS 84 degrees."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        """Refuse what lies off the globe."""
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):  # noqa: PLR2004 degrees of the globe
            message = "latitude or longitude out of range"
            raise ValueError(message)


@dataclass(eq=False)
class Shipper:
    """A company whose parcels we deliver, with its rules.

    Attributes:
        name: As recipients know it; every notice names it.
        country: ISO 3166 region, for numbers written without a country code.
        rules: Cutoffs, forbidden options, prices and limits.
    """

    id: str
    name: str
    country: str
    rules: ShipperRules = field(default_factory=ShipperRules)


@dataclass(eq=False)
class Depot:
    """Where vans start and end."""

    id: str
    name: str
    lat: float
    lon: float
    zone: str

    @property
    def at(self) -> Coordinates:
        """Where it stands."""
        return Coordinates(self.lat, self.lon)


@dataclass(frozen=True)
class Break:
    """A pause the driver must take, within local times of the shift's day."""

    duration_s: int
    earliest: time
    latest: time


@dataclass(eq=False)
class Vehicle:
    """A van with its driver and daily shift (local times at the depot)."""

    id: str
    depot_id: str
    driver_name: str
    capacity: int
    shift_start: time
    shift_end: time
    breaks: tuple[Break, ...] = ()


class PickupPointKind(StrEnum):
    """Who hands the parcel over."""

    SHOP = "shop"
    LOCKER = "locker"


class CompartmentSize(StrEnum):
    """Compartment and parcel sizes, smallest first."""

    S = "S"
    M = "M"
    L = "L"


@dataclass(eq=False)
class PickupPoint:
    """A shop or locker where recipients collect.

    Attributes:
        opening_hours: In OpenStreetMap's ``opening_hours`` syntax.
        compartments: How many parcels of each size it takes.
    """

    id: str
    kind: PickupPointKind
    name: str
    address: str
    lat: float
    lon: float
    zone: str
    opening_hours: str
    compartments: dict[str, int]
    service_duration_s: int = 180

    @property
    def at(self) -> Coordinates:
        """Where it stands."""
        return Coordinates(self.lat, self.lon)
