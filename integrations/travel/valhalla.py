"""Valhalla's matrix service."""

from collections.abc import Mapping

from deliveries.errors import UnreadableError
from deliveries.insertion.travel import Points
from integrations.calling import Caller
from integrations.calling.caller import Json
from integrations.travel.server import TIMEOUT_S, Cells, cells

METRES_A_KM = 1000.0


class Valhalla:
    """Asks ``POST /sources_to_targets`` by car."""

    def __init__(self, url: str, *, timeout_s: float = TIMEOUT_S) -> None:
        """Connect nothing yet."""
        self._caller = Caller(self.name, url, timeout_s=timeout_s)

    @property
    def name(self) -> str:
        """What it is called in the log."""
        return "Valhalla"

    def table(self, origins: Points, destinations: Points) -> tuple[Cells, Cells]:
        """Return seconds and metres; see ``MapServer``."""
        body: dict[str, Json] = {
            "sources": _locations(origins),
            "targets": _locations(destinations),
            "costing": "auto",
            "units": "kilometers",
        }
        # A question, though posted: it may be asked again.
        answer = self._caller.call("POST", "/sources_to_targets", body, may_repeat=True)
        rows = answer.get("sources_to_targets") if isinstance(answer, dict) else None
        shape = len(origins), len(destinations)
        kilometres = cells(self.name, _column(rows, "distance"), shape)
        return cells(self.name, _column(rows, "time"), shape), kilometres * METRES_A_KM

    def check(self) -> None:
        """Ask how it is; see ``MapServer``."""
        answer = self._caller.call("GET", "/status", may_repeat=True)
        if not isinstance(answer, dict) or "version" not in answer:
            raise UnreadableError("Valhalla does not say its version")

    def close(self) -> None:
        """Let go of the connections."""
        self._caller.close()


def _locations(places: Points) -> list[Mapping[str, Json]]:
    return [{"lat": round(lat, 5), "lon": round(lon, 5)} for lat, lon in places.tolist()]


def _column(rows: Json, name: str) -> list[list[object]]:
    """Return one number of every cell.

    Raises:
        UnreadableError: If the rows are not lists of cells that have it.
    """
    try:
        return [[cell[name] for cell in row] for row in rows]  # type: ignore[union-attr,index,call-overload] # checked by failing
    except (TypeError, KeyError) as error:
        raise UnreadableError("Valhalla answers no table") from error
