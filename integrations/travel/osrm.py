"""OSRM's table service, version 1."""

from deliveries.errors import UnreadableError
from deliveries.insertion.travel import Points
from integrations.calling import Caller
from integrations.travel.server import TIMEOUT_S, Cells, cells

# Two places a kilometre apart; any server snaps them to the nearest road it has.
SOMEWHERE = "0.00000,0.00000;0.01000,0.00000"


class Osrm:
    """Asks ``GET /table/v1/driving/…``."""

    def __init__(self, url: str, *, timeout_s: float = TIMEOUT_S) -> None:
        """Connect nothing yet."""
        self._caller = Caller(self.name, url, timeout_s=timeout_s)

    @property
    def name(self) -> str:
        """What it is called in the log."""
        return "OSRM"

    def table(self, origins: Points, destinations: Points) -> tuple[Cells, Cells]:
        """Return seconds and metres; see ``MapServer``."""
        shape = len(origins), len(destinations)
        # Longitude comes first here.
        places = [
            f"{lon:.5f},{lat:.5f}" for lat, lon in [*origins.tolist(), *destinations.tolist()]
        ]
        numbers = [str(number) for number in range(len(places))]
        sources, targets = ";".join(numbers[: shape[0]]), ";".join(numbers[shape[0] :])
        path = (
            f"/table/v1/driving/{';'.join(places)}"
            f"?sources={sources}&destinations={targets}&annotations=duration,distance"
        )
        answer = self._caller.call("GET", path, may_repeat=True)
        if not isinstance(answer, dict) or answer.get("code") != "Ok":
            raise UnreadableError("OSRM answers no table")
        seconds = cells(self.name, answer.get("durations"), shape)
        return seconds, cells(self.name, answer.get("distances"), shape)

    def check(self) -> None:
        """Ask for the smallest table there is; see ``MapServer``."""
        path = f"/table/v1/driving/{SOMEWHERE}?annotations=duration,distance"
        self._caller.call("GET", path, may_repeat=True)

    def close(self) -> None:
        """Let go of the connections."""
        self._caller.close()
