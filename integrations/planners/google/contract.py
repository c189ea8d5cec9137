"""A problem as Google's ``optimizeTours`` wants it, and its answer read back.

https://cloud.google.com/optimization/docs/reference/rest/v1/projects/optimizeTours. Everything is
named by labels: indices that are 0 are left out of answers. A window there is for the arrival, at
which the visit starts at once: the same as our start of service. Both ends count.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from deliveries.errors import UnreadableError
from deliveries.insertion import Position, Route, Stop, Vehicle, matrix, schedule
from deliveries.insertion.problem import (
    Problem,
    Solution,
    Unassigned,
    UnassignedReason,
    at_one_pace,
    with_breaks_due,
)
from deliveries.insertion.travel import points
from integrations.calling.caller import Json

# Travel times are ours and traffic is left out, so only differences between instants count.
ZERO = datetime(2030, 1, 1, tzinfo=UTC)
KEEP_VAN = "RELAX_VISIT_TIMES_AND_SEQUENCE_AFTER_THRESHOLD"
# One a second on the road; being left out is never worth it.
COST_PER_HOUR, LEFT_OUT_COST = 3600.0, 10_000_000.0
_DAY_S = 86_400
_REASONS = {
    "DEMAND_EXCEEDS_VEHICLE_CAPACITY": UnassignedReason.TOO_LARGE,
    "CANNOT_BE_PERFORMED_WITHIN_VEHICLE_DISTANCE_LIMIT": UnassignedReason.OUT_OF_REACH,
    "CANNOT_BE_PERFORMED_WITHIN_VEHICLE_DURATION_LIMIT": UnassignedReason.OUT_OF_REACH,
    "CANNOT_BE_PERFORMED_WITHIN_VEHICLE_TRAVEL_DURATION_LIMIT": UnassignedReason.OUT_OF_REACH,
    "CANNOT_BE_PERFORMED_WITHIN_VEHICLE_TIME_WINDOWS": UnassignedReason.OUT_OF_REACH,
}


def write(problem: Problem, *, budget_s: float) -> dict[str, Json]:
    """Return the request."""
    problem = at_one_pace(problem)
    places = [p for v in problem.vehicles for p in (v.start, v.end)]
    stops_from = len(places)
    places += [stop.position for stop in problem.stops]
    seconds, _ = matrix(problem.travel, points(places))
    tags = [f"p{number}" for number in range(len(places))]
    rows: list[Json] = [{"durations": [f"{s}s" for s in row]} for row in seconds.tolist()]
    ends = [vehicle.end_s for vehicle in problem.vehicles]
    starts = [vehicle.start_s for vehicle in problem.vehicles]
    request: dict[str, Json] = {
        "timeout": f"{max(1, round(budget_s))}s",
        "searchMode": "RETURN_FAST",
        "considerRoadTraffic": False,
        "interpretInjectedSolutionsUsingLabels": True,
        "model": {
            "globalStartTime": _at(min(0, *starts)),
            "globalEndTime": _at(max(*ends, *starts) + _DAY_S),
            "shipments": [
                _shipment(stop, tags[stops_from + i]) for i, stop in enumerate(problem.stops)
            ],
            "vehicles": [
                _vehicle(v, tags[2 * i], tags[2 * i + 1]) for i, v in enumerate(problem.vehicles)
            ],
            "durationDistanceMatrices": [{"rows": rows}],
            "durationDistanceMatrixSrcTags": tags,
            "durationDistanceMatrixDstTags": tags,
        },
    }
    injected = _injected(problem)
    return {**request, "injectedSolutionConstraint": injected} if injected else request


def read(problem: Problem, answer: Json) -> Solution:
    """Return the order of the answer; its times are left, as of every planner.

    Raises:
        UnreadableError: If it names a stop or a vehicle twice, or one that we did not send.
    """
    try:
        orders, reasons = _orders(answer), _skipped(answer)
        stops = {stop.stop_id: stop for stop in problem.stops}
        named = [id_ for order in orders.values() for id_ in order] + list(reasons)
        vehicles = {vehicle.vehicle_id for vehicle in problem.vehicles}
        if sorted(named) != sorted(stops) or not vehicles.issuperset(orders):
            raise UnreadableError("Google does not name every stop once")
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableError("Google's answer cannot be read") from error
    routes = tuple(
        Route(vehicle, tuple(stops[id_] for id_ in orders.get(vehicle.vehicle_id, ())))
        for vehicle in problem.vehicles
    )
    left = tuple(Unassigned(id_, reasons[id_]) for id_ in stops if id_ in reasons)
    return Solution(routes, left)


def _shipment(stop: Stop, tag: str) -> dict[str, Json]:
    return {
        "label": stop.stop_id,
        "deliveries": [
            {
                "arrivalWaypoint": _waypoint(stop.position),
                "duration": f"{stop.duration_s}s",
                "timeWindows": [{"startTime": _at(stop.open_s), "endTime": _at(stop.close_s)}],
                "tags": [tag],
            }
        ],
        "loadDemands": {"units": {"amount": str(stop.load)}},
        "penaltyCost": LEFT_OUT_COST,
    }


def _vehicle(vehicle: Vehicle, start_tag: str, end_tag: str) -> dict[str, Json]:
    breaks = with_breaks_due(vehicle).breaks
    requests: list[Json] = [
        {
            "earliestStartTime": _at(pause.earliest_s),
            "latestStartTime": _at(pause.latest_s),
            "minDuration": f"{pause.duration_s}s",
        }
        for pause in breaks
    ]
    written: dict[str, Json] = {
        "label": vehicle.vehicle_id,
        "startWaypoint": _waypoint(vehicle.start),
        "endWaypoint": _waypoint(vehicle.end),
        "startTags": [start_tag],
        "endTags": [end_tag],
        "startTimeWindows": [{"startTime": _at(vehicle.start_s)}],
        "endTimeWindows": [{"endTime": _at(max(vehicle.start_s, vehicle.end_s))}],
        "loadLimits": {"units": {"maxLoad": str(vehicle.capacity)}},
        "costPerTraveledHour": COST_PER_HOUR,
    }
    return {**written, "breakRule": {"breakRequests": requests}} if requests else written


def _injected(problem: Problem) -> dict[str, Json] | None:
    """Return the route of a single van as it is: every stop stays on it, order and times may move.

    What a van under way drives to stays first. A route that does not hold is not injected: the
    whole request would be refused.
    """
    if len(problem.vehicles) != 1 or not problem.initial or not problem.initial[0]:
        return None
    vehicle = problem.vehicles[0]
    stops = {stop.stop_id: stop for stop in problem.stops}
    route = Route(vehicle, tuple(stops[id_] for id_ in problem.initial[0]))
    times = schedule(route, problem.travel)
    if not times.is_feasible:
        return None
    visits: list[Json] = [
        {"shipmentLabel": stop.stop_id, "startTime": _at(start_s)}
        for stop, start_s in zip(route.stops, times.start_s, strict=True)
    ]
    kept = 1 if vehicle.is_under_way else 0
    return {
        "routes": [
            {
                "vehicleLabel": vehicle.vehicle_id,
                "vehicleStartTime": _at(times.depart_s),
                "vehicleEndTime": _at(times.end_s),
                "visits": visits,
            }
        ],
        "constraintRelaxations": [
            {"relaxations": [{"level": KEEP_VAN, "thresholdVisitCount": kept}]}
        ],
    }


def _orders(answer: Json) -> dict[str, list[str]]:
    orders: dict[str, list[str]] = {}
    for route in _list(answer, "routes"):
        visits = [_text(visit, "shipmentLabel") for visit in _list(route, "visits")]
        label = _text(route, "vehicleLabel")
        if label in orders:
            raise TypeError
        orders[label] = visits
    return orders


def _skipped(answer: Json) -> dict[str, UnassignedReason]:
    return {
        _text(each, "label"): next(
            (
                _REASONS[code]
                for reason in _list(each, "reasons")
                if (code := _text(reason, "code")) in _REASONS
            ),
            UnassignedReason.NO_ROOM,
        )
        for each in _list(answer, "skippedShipments")
    }


def _list(value: Json, key: str) -> Sequence[Json]:
    """Return a list; Google leaves out those that are empty."""
    found = value.get(key, []) if isinstance(value, Mapping) else None
    if not isinstance(found, list):
        raise TypeError
    return found


def _text(value: Json, key: str) -> str:
    found = value[key] if isinstance(value, Mapping) else None
    if not isinstance(found, str):
        raise TypeError
    return found


def _waypoint(position: Position) -> dict[str, Json]:
    at: dict[str, Json] = {"latitude": position.latitude, "longitude": position.longitude}
    return {"location": {"latLng": at}}


def _at(second: int) -> str:
    return (ZERO + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")
