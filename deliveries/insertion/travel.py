"""Travel times and distances between points."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from deliveries.insertion.paces import STEADY, Ints, Paces
from deliveries.insertion.routes import Position

type Points = npt.NDArray[np.float64]

# Mean radius R1 of the GRS 80 ellipsoid: H. Moritz, "Geodetic Reference System 1980", Journal of
# Geodesy 74 (2000).
EARTH_RADIUS_M = 6_371_008.8

# What is said where no road leads: no shift is so long.
NO_ROAD_S = 86_400


class Travel(Hashable, Protocol):
    """Tells how long and how far it is from one point to another.

    A value: the same one, asked the same again, answers the same.
    """

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        """Return travel seconds and metres, element by element.

        Args:
            origins: Degrees, shape ``(..., 2)``: latitude, longitude.
            destinations: Likewise; the two shapes broadcast.

        Returns:
            Two int64 arrays of the broadcast shape without its last axis. Not assumed
            symmetric. Where they keep the triangle inequality, no insertion costs less than 0.
            Where no road leads, ``NO_ROAD_S``.
        """
        ...


@dataclass(frozen=True, slots=True)
class GreatCircleTravel:
    """Great-circle distance, stretched to the road and driven at one speed.

    Both results are rounded up, which keeps the triangle inequality.

    Attributes:
        speed_kmh: Average speed on the road, stops at lights included.
        road_factor: Road metres per metre as the crow flies.
    """

    speed_kmh: float = 30.0
    road_factor: float = 1.35

    def __post_init__(self) -> None:
        """Refuse a vehicle that does not move and a road shorter than a straight line."""
        if not (0 < self.speed_kmh < math.inf and 1 <= self.road_factor < math.inf):
            msg = "speed_kmh must be above 0 and road_factor at least 1"
            raise ValueError(msg)

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        """Return travel seconds and metres, element by element (see ``Travel``)."""
        start, finish = np.radians(origins), np.radians(destinations)
        half = np.sin((finish - start) / 2)
        half *= half
        cosines = np.cos(start[..., 0]) * np.cos(finish[..., 0])
        chord = np.sqrt(half[..., 0] + cosines * half[..., 1])
        metres = np.arcsin(np.minimum(chord, 1.0)) * (2 * EARTH_RADIUS_M * self.road_factor)
        seconds = np.ceil(metres * (3.6 / self.speed_kmh))
        return seconds.astype(np.int64), np.ceil(metres).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class TabledTravel:
    """Travel between places that are all known: what others tell, ready for another process.

    Attributes:
        rows: Of each place, latitude and longitude, its row in the tables.
        seconds: Row = from.
        metres: Likewise.
    """

    rows: Mapping[tuple[float, float], int]
    seconds: Ints
    metres: Ints

    @classmethod
    def of(cls, travel: Travel, positions: Sequence[Position]) -> Self:
        """Ask for everything between some places."""
        places = list(dict.fromkeys((p.latitude, p.longitude) for p in positions))
        asked = np.array(places, np.float64).reshape(-1, 2)
        return cls({place: row for row, place in enumerate(places)}, *matrix(travel, asked))

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        """Return travel seconds and metres, element by element (see ``Travel``)."""
        cells = self._find(origins), self._find(destinations)
        return self.seconds[cells], self.metres[cells]

    def _find(self, places: Points) -> Ints:
        flat = [
            self.rows[latitude, longitude] for latitude, longitude in places.reshape(-1, 2).tolist()
        ]
        return np.array(flat, np.int64).reshape(places.shape[:-1])


@dataclass(frozen=True, slots=True)
class DrivenTravel:
    """Travel of vans that go there whatever the map says: without a road as the crow flies."""

    travel: Travel
    without_road: Travel = field(default_factory=GreatCircleTravel)

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        """Return travel seconds and metres, element by element (see ``Travel``)."""
        seconds, metres = self.travel.between(origins, destinations)
        has_road = seconds < NO_ROAD_S
        if has_road.all():
            return seconds, metres
        guessed_s, guessed_m = self.without_road.between(origins, destinations)
        return np.where(has_road, seconds, guessed_s), np.where(has_road, metres, guessed_m)


@dataclass(frozen=True, slots=True)
class PacedTravel:
    """Travel that takes longer at some hours than at others.

    Attributes:
        travel: What is planned with, whatever the hour.
        paces: What becomes of it by the hour; read with ``paces_of``.
    """

    travel: Travel
    paces: Paces

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        """Return travel seconds as planned and metres, element by element (see ``Travel``)."""
        return self.travel.between(origins, destinations)


@dataclass(frozen=True, slots=True)
class MeanTravel:
    """Travel at the mean speed between two instants."""

    travel: PacedTravel
    first_s: int
    last_s: int

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        """Return travel seconds, rounded up, and metres (see ``Travel``)."""
        seconds, metres = self.travel.between(origins, destinations)
        return self.travel.paces.typical_s(seconds, self.first_s, self.last_s), metres


def paces_of(travel: Travel) -> Paces:
    """Return the paces that legs are driven at; at any hour as planned, if it has none."""
    return travel.paces if isinstance(travel, PacedTravel) else STEADY


def as_driven(travel: Travel) -> Travel:
    """Return travel of a route that is driven as it is (see ``DrivenTravel``), at its paces."""
    if isinstance(travel, PacedTravel):
        return replace(travel, travel=DrivenTravel(travel.travel))
    return DrivenTravel(travel)


def points(positions: Sequence[Position]) -> Points:
    """Return positions as an array of degrees, shape ``(n, 2)``."""
    return np.array([(p.latitude, p.longitude) for p in positions], np.float64).reshape(-1, 2)


def matrix(travel: Travel, places: Points) -> tuple[Ints, Ints]:
    """Return seconds and metres between all places: two ``(n, n)`` arrays, row = from."""
    return travel.between(places[:, None, :], places[None, :, :])
