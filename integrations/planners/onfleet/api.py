"""Onfleet's HTTP interface, as far as it is used: https://docs.onfleet.com/reference."""

import base64
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import IntEnum

from deliveries.errors import RejectedError, UnreadableError
from integrations.calling import Caller, Pace
from integrations.calling.caller import Json

# Of 20 calls a second for the whole organisation half is left to other processes and programs.
CALLS_A_SECOND = 10.0
TIMEOUT_S = 10.0
# The name under which our id is kept with a task, and the key of the last change.
ID_NAME, KEY_NAME = "shipmentId", "doorstepKey"


class TaskState(IntEnum):
    """Where a task stands."""

    UNASSIGNED = 0
    ASSIGNED = 1
    ACTIVE = 2
    COMPLETED = 3


class OnfleetApi:
    """Calls to one organisation."""

    def __init__(self, url: str, key: str, *, calls_a_second: float = CALLS_A_SECOND) -> None:
        """Connect nothing yet.

        Args:
            url: The base address, version included.
            key: An API key, sent as the user of HTTP Basic with no password.
            calls_a_second: What this process may do.
        """
        token = base64.b64encode(f"{key}:".encode()).decode()
        headers = {"Authorization": f"Basic {token}"}
        self._caller = Caller(
            "Onfleet",
            url,
            timeout_s=TIMEOUT_S,
            headers=lambda: headers,
            pace=Pace(calls_a_second),
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._caller.close()

    def check(self) -> None:
        """See that the key is taken.

        Raises:
            AdapterError: If it is not, or Onfleet is not there.
        """
        self._caller.call("GET", "/auth/test", may_repeat=True)

    def task(self, id_: str) -> Mapping[str, Json]:
        """Return a task."""
        return _map(self._caller.call("GET", f"/tasks/{id_}", may_repeat=True))

    def find_task(self, delivery_id: str) -> Mapping[str, Json] | None:
        """Return the task that carries a delivery's id: there is no idempotency key to rely on."""
        wanted = [{"name": ID_NAME, "type": "string", "value": delivery_id}]
        found = self._caller.call("POST", "/tasks/metadata", wanted, may_repeat=True)
        if not isinstance(found, Sequence) or isinstance(found, str):
            raise UnreadableError("Onfleet answers no list of tasks")
        open_first = sorted((_map(each) for each in found), key=state_of)
        return open_first[0] if open_first else None

    def create_destination(self, words: str, lat: float, lon: float) -> str:
        """Make a place and return its id. One made twice lies unused, and does no harm."""
        body: Json = {"address": {"unparsed": words}, "location": [lon, lat]}
        return text_of(self._caller.call("POST", "/destinations", body, may_repeat=True), "id")

    def create_task(self, body: Mapping[str, Json]) -> str:
        """Make a task and return its id; never repeated by itself, as there would be two."""
        return text_of(self._caller.call("POST", "/tasks", body, may_repeat=False), "id")

    def update_task(self, id_: str, body: Mapping[str, Json]) -> None:
        """Set some fields of a task.

        Raises:
            RejectedError: Active tasks take notes and metadata only, completed ones metadata.
        """
        self._caller.call("PUT", f"/tasks/{id_}", body, may_repeat=True)

    def delete_task(self, id_: str) -> None:
        """Remove a task that is not active; one that is gone already is fine."""
        self._caller.call("DELETE", f"/tasks/{id_}", may_repeat=True)

    def order(self, worker: str) -> list[str]:
        """Return the ids of a worker's open tasks, in order."""
        path = f"/containers/workers/{worker}"
        tasks = _map(self._caller.call("GET", path, may_repeat=True)).get("tasks")
        if not isinstance(tasks, Sequence) or isinstance(tasks, str):
            raise UnreadableError("Onfleet answers no list of tasks")
        return [each for each in tasks if isinstance(each, str)]

    def set_order(self, worker: str, tasks: Sequence[str]) -> None:
        """Give a worker these tasks in this order."""
        body: Json = {"tasks": list(tasks)}
        self._caller.call("PUT", f"/containers/workers/{worker}", body, may_repeat=True)

    def active_task(self, worker: str) -> str | None:
        """Return the task a worker is on the way to."""
        active = _map(self._caller.call("GET", f"/workers/{worker}", may_repeat=True))
        value = active.get("activeTask")
        return value if isinstance(value, str) else None

    def optimise(self, team: str, worker: str, task: str, *, day: datetime, zone: str) -> str:
        """Let Onfleet order a worker's route again, and return the job's id.

        Raises:
            UnavailableError: One job runs at a time; the next one is asked for later.
        """
        body: Json = {
            "jobType": "ON-DEMAND",
            "autoApplyAssignment": True,
            "tasks": [task],
            "teams": {team: [worker]},
            "date": to_ms(day),
            "timezone": zone,
            "bypassManualAssignments": True,
        }
        answer = self._caller.call("POST", "/optimizations/scheduled", body, may_repeat=False)
        return text_of(answer, "id")

    def is_done(self, job: str) -> bool:
        """Say whether a job is over."""
        answer = _map(self._caller.call("GET", f"/optimizations/scheduled/{job}", may_repeat=True))
        state = text_of(answer, "state")
        if state == "FAILED":
            raise RejectedError("Onfleet could not optimise the route")
        return state == "COMPLETED"


def state_of(task: Mapping[str, Json]) -> TaskState:
    """Return a task's state.

    Raises:
        UnreadableError: If it is none that we know.
    """
    state = task.get("state")
    try:
        return TaskState(state) if isinstance(state, int) else TaskState(-1)
    except ValueError as error:
        raise UnreadableError("Onfleet's task has no state that we know") from error


def text_of(answer: Json, name: str) -> str:
    """Return a text that must be there.

    Raises:
        UnreadableError: If it is not.
    """
    value = _map(answer).get(name)
    if not isinstance(value, str) or not value:
        raise UnreadableError(f"Onfleet's answer has no {name}")
    return value


def to_ms(instant: datetime) -> int:
    """Return an instant in milliseconds."""
    return int(instant.timestamp() * 1000)


def from_ms(value: Json) -> datetime | None:
    """Return the instant of milliseconds, if they are some."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return datetime.fromtimestamp(value / 1000, tz=UTC)


def _map(answer: Json) -> Mapping[str, Json]:
    if not isinstance(answer, Mapping):
        raise UnreadableError("Onfleet's answer cannot be read")
    return answer
