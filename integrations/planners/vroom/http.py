"""VROOM behind HTTP: vroom-express, openrouteservice and what else speaks its JSON."""

from collections.abc import Mapping

from integrations.calling import Caller
from integrations.calling.caller import Json


class VroomHttp:
    """Posts problems to a server."""

    def __init__(self, url: str, *, key: str | None = None) -> None:
        """Connect nothing yet.

        Args:
            url: Where problems are posted to, path included.
            key: Sent as ``Authorization``, as openrouteservice wants it.
        """
        headers = {"Authorization": key} if key else {}
        self._caller = Caller("VROOM", url, timeout_s=30.0, headers=lambda: headers)

    def solve(self, problem: Mapping[str, Json], *, level: int, timeout_s: float) -> Json:
        """Return the server's answer; a problem may be sent again, nothing is kept there.

        Raises:
            UnavailableError: If there is none; so are 5xx, whatever VROOM's own code.
            RejectedError: If it refuses us, or the problem is larger than it takes (413).
            UnreadableError: If it answers no JSON.
        """
        body = {**problem, "options": {"g": False, "x": level}}
        return self._caller.call("POST", "", body, timeout_s=timeout_s, may_repeat=True)

    def check(self) -> None:
        """Ask for the smallest plan there is.

        Raises:
            AdapterError: Whatever comes instead.
        """
        vehicle: dict[str, Json] = {"id": 1, "start_index": 0, "end_index": 0, "profile": "car"}
        job: dict[str, Json] = {"id": 1, "location_index": 0}
        durations: dict[str, Json] = {"car": {"durations": [[0]]}}
        problem: dict[str, Json] = {"vehicles": [vehicle], "jobs": [job], "matrices": durations}
        self.solve(problem, level=0, timeout_s=5.0)

    def close(self) -> None:
        """Let go of the connections."""
        self._caller.close()
