"""Changes to a plan: a stop put in, taken out, changed, or joined with another.

Every change returns a new fleet; the old one stays as it was. Only the route concerned is timed
again. No change is refused for making something late: the new schedule says so. To change only
what can be served, use ``accept``.
"""

from dataclasses import dataclass

from deliveries.insertion.fleet import Fleet
from deliveries.insertion.routes import Route, Stop


@dataclass(frozen=True, slots=True)
class Removal:
    """A fleet without one of its stops.

    Attributes:
        fleet: What is left.
        stop: The stop taken out.
        route: Index of the route it was on.
        position: Index it had there.
        saved_travel_s: By how much the plan's travel time is shorter.
        saved_distance_m: Likewise the distance.
    """

    fleet: Fleet
    stop: Stop
    route: int
    position: int
    saved_travel_s: int
    saved_distance_m: int


def insert(fleet: Fleet, route: int, position: int, stop: Stop) -> Fleet:
    """Put a new stop into a route, where it becomes ``stops[position]``.

    Raises:
        ValueError: If the stop is on a route already, or the position is locked or not there.
    """
    if fleet.find(stop.stop_id) is not None:
        msg = f"stop {stop.stop_id} is on a route already"
        raise ValueError(msg)
    old = fleet.timed_routes[route].route
    _check(old, position, len(old.stops))
    stops = (*old.stops[:position], stop, *old.stops[position:])
    return fleet.with_route(route, old.with_stops(stops))


def remove(fleet: Fleet, stop_id: str) -> Removal:
    """Take a stop out of its route.

    Raises:
        KeyError: If no route has it.
        ValueError: If it is locked: the vehicle is on the way to it.
    """
    route, position = _place(fleet, stop_id)
    before = fleet.timed_routes[route]
    old = before.route
    _check(old, position, len(old.stops) - 1)
    after = fleet.with_route(
        route, old.with_stops((*old.stops[:position], *old.stops[position + 1 :]))
    )
    now = after.timed_routes[route].schedule
    return Removal(
        fleet=after,
        stop=old.stops[position],
        route=route,
        position=position,
        saved_travel_s=before.schedule.travel_s - now.travel_s,
        saved_distance_m=before.schedule.distance_m - now.distance_m,
    )


def replace_stop(fleet: Fleet, stop_id: str, stop: Stop) -> Fleet:
    """Change a stop where it is: its service, load or window, say when a parcel leaves it.

    Works on locked stops too: what is done at the door may change until it is done.

    Raises:
        KeyError: If no route has the stop.
        ValueError: If the new id is another stop's.
    """
    route, position = _place(fleet, stop_id)
    if stop.stop_id != stop_id and fleet.find(stop.stop_id) is not None:
        msg = f"stop {stop.stop_id} is on a route already"
        raise ValueError(msg)
    old = fleet.timed_routes[route].route
    stops = (*old.stops[:position], stop, *old.stops[position + 1 :])
    return fleet.with_route(route, old.with_stops(stops))


def merge(fleet: Fleet, host_id: str, stop: Stop) -> Fleet:
    """Join a new stop with one at the same place, which keeps its id (``Stop.merged_with``).

    Raises:
        KeyError: If no route has the host.
        ValueError: If the places differ or the windows do not meet.
    """
    route, position = _place(fleet, host_id)
    host = fleet.timed_routes[route].route.stops[position]
    return replace_stop(fleet, host_id, host.merged_with(stop))


def _place(fleet: Fleet, stop_id: str) -> tuple[int, int]:
    place = fleet.find(stop_id)
    if place is None:
        raise KeyError(stop_id)
    return place


def _check(route: Route, position: int, last: int) -> None:
    if not route.locked <= position <= last:
        msg = f"route {route.vehicle.vehicle_id}: position {position} is locked or not there"
        raise ValueError(msg)
