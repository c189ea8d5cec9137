"""A problem as VROOM's JSON, and its answer read back.

https://github.com/VROOM-Project/vroom/blob/v1.15.0/docs/API.md. Jobs and vehicles are named by the
index they have in the problem, from 1. Windows are service starts, as ours are; both ends count.
"""

from collections.abc import Mapping, Sequence

from deliveries.errors import UnreadableError
from deliveries.insertion import Route, Stop, Vehicle, matrix
from deliveries.insertion.problem import (
    Problem,
    Solution,
    Unassigned,
    UnassignedReason,
    at_one_pace,
    hopeless,
    with_breaks_due,
)
from deliveries.insertion.travel import points
from integrations.calling.caller import Json

PROFILE = "car"


def write(problem: Problem) -> dict[str, Json]:
    """Return the problem; travel times go along, so that both sides count with the same."""
    problem = at_one_pace(problem)
    places = [p for v in problem.vehicles for p in (v.start, v.end)]
    jobs_from = len(places)
    places += [stop.position for stop in problem.stops]
    seconds, _ = matrix(problem.travel, points(places))
    return {
        "vehicles": [_vehicle(i, vehicle) for i, vehicle in enumerate(problem.vehicles)],
        "jobs": [_job(i, stop, jobs_from + i) for i, stop in enumerate(problem.stops)],
        "matrices": {PROFILE: {"durations": seconds.tolist()}},
    }


def read(problem: Problem, answer: Json) -> Solution:
    """Return the order of the answer. Its times are left: VROOM starts vans as late as it can.

    Raises:
        UnreadableError: If it names a stop or a vehicle twice, or one that we did not send.
    """
    try:
        orders = _orders(problem, answer)
        left = [_index(each, "id", problem.stops) for each in _list(_map(answer), "unassigned")]
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableError("VROOM's answer cannot be read") from error
    named = [i for order in orders.values() for i in order] + left
    if sorted(named) != list(range(len(problem.stops))):
        raise UnreadableError("VROOM does not name every stop once")
    routes = tuple(
        Route(vehicle, tuple(problem.stops[i] for i in orders.get(number, [])))
        for number, vehicle in enumerate(problem.vehicles)
    )
    reasons = hopeless(problem) if left else {}
    unassigned = tuple(
        Unassigned(stop.stop_id, reasons.get(stop.stop_id, UnassignedReason.NO_ROOM))
        for stop in (problem.stops[i] for i in sorted(left))
    )
    return Solution(routes, unassigned)


def _vehicle(index: int, vehicle: Vehicle) -> dict[str, Json]:
    breaks = with_breaks_due(vehicle).breaks
    return {
        "id": index + 1,
        "profile": PROFILE,
        "start_index": 2 * index,
        "end_index": 2 * index + 1,
        "capacity": [vehicle.capacity],
        "time_window": [vehicle.start_s, max(vehicle.start_s, vehicle.end_s)],
        "breaks": [
            {
                "id": number + 1,
                "time_windows": [[pause.earliest_s, pause.latest_s]],
                "service": pause.duration_s,
            }
            for number, pause in enumerate(breaks)
        ],
    }


def _job(index: int, stop: Stop, location: int) -> dict[str, Json]:
    return {
        "id": index + 1,
        "location_index": location,
        "setup": stop.setup_s,
        "service": stop.service_s,
        # Parcels are on board when the route begins, which is how VROOM takes deliveries.
        "delivery": [stop.load],
        "time_windows": [[stop.open_s, stop.close_s]],
    }


def _orders(problem: Problem, answer: Json) -> dict[int, list[int]]:
    """Return the stops of each vehicle that drives, all by index."""
    orders: dict[int, list[int]] = {}
    for route in _list(_map(answer), "routes"):
        vehicle = _index(route, "vehicle", problem.vehicles)
        if vehicle in orders:
            raise ValueError("a vehicle has two routes")
        steps = [_map(step) for step in _list(_map(route), "steps")]
        orders[vehicle] = [
            _index(step, "id" if "id" in step else "job", problem.stops)
            for step in steps
            if step["type"] == "job"
        ]
    return orders


def _index(named: Json, key: str, among: Sequence[object]) -> int:
    number = _map(named)[key]
    if not isinstance(number, int) or not 1 <= number <= len(among):
        raise ValueError("it names what was not sent")
    return number - 1


def _map(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise TypeError
    return value


def _list(value: Mapping[str, Json], key: str) -> Sequence[Json]:
    found = value[key]
    if isinstance(found, str) or not isinstance(found, Sequence):
        raise TypeError
    return found
