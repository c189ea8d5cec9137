"""Distances by road, estimated: the great circle, stretched."""

import numpy as np

from deliveries.insertion import GreatCircleTravel, Travel
from deliveries.ports import Geography


class RoadGeography:
    """Tells distances by the same estimate that routes are planned with."""

    def __init__(self, travel: Travel | None = None) -> None:
        self._travel = travel or GreatCircleTravel()

    def distance_m(self, here: tuple[float, float], there: tuple[float, float]) -> float:
        """Return metres between two (lat, lon) points, rounded up."""
        _, metres = self._travel.between(np.array(here, np.float64), np.array(there, np.float64))
        return float(metres)


_: type[Geography] = RoadGeography
