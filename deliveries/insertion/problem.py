"""What the solver is asked and what it answers: plain values that can cross to another process."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from deliveries.insertion.fleet import Fleet
from deliveries.insertion.quotes import quote
from deliveries.insertion.routes import Route, Stop, Vehicle
from deliveries.insertion.travel import MeanTravel, PacedTravel, Travel


class UnassignedReason(StrEnum):
    """Why a stop is on no route."""

    TOO_LARGE = "too_large"  # more than any vehicle can carry
    OUT_OF_REACH = "out_of_reach"  # no vehicle could serve it in its window, were it its only stop
    NO_ROOM = "no_room"  # it could be served, but not together with all the others


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A stop on no route."""

    stop_id: str
    reason: UnassignedReason


@dataclass(frozen=True, slots=True)
class Problem:
    """Stops to put on vehicles' routes; every stop may go anywhere.

    For a loaded van ask with that vehicle alone: where it is, what it has on board.

    Attributes:
        vehicles: One entry per vehicle and shift.
        stops: In any order. Parcels for one place are one stop already (``Stop.merged_with``).
        travel: Must be picklable.
        initial: A plan to start from: stop ids in order, one tuple per vehicle, or none at all.
            It may leave stops out and be late.
    """

    vehicles: tuple[Vehicle, ...]
    stops: tuple[Stop, ...]
    travel: Travel
    initial: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        """Refuse ids that are not unique and a start that does not fit."""
        if not self.vehicles:
            msg = "a problem needs a vehicle"
            raise ValueError(msg)
        _unique("vehicle", [vehicle.vehicle_id for vehicle in self.vehicles])
        _unique("stop", [stop.stop_id for stop in self.stops])
        if self.initial:
            if len(self.initial) != len(self.vehicles):
                msg = "initial needs one entry per vehicle"
                raise ValueError(msg)
            placed = [stop_id for stops in self.initial for stop_id in stops]
            _unique("initial stop", placed)
            if not {stop.stop_id for stop in self.stops}.issuperset(placed):
                msg = "initial names a stop that is not in the problem"
                raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Solution:
    """Routes that keep every window, shift, break and capacity, and what fits on none.

    Attributes:
        routes: One per vehicle, in the problem's order; some may be empty.
        unassigned: In the problem's order. With ``routes`` it names every stop exactly once.
    """

    routes: tuple[Route, ...]
    unassigned: tuple[Unassigned, ...]


def at_one_pace(problem: Problem) -> Problem:
    """Return the problem for a solver that knows no hours: at the mean speed of all shifts.

    What it finds may be late at other hours: whoever takes it checks it by ``schedule``.
    """
    if not isinstance(problem.travel, PacedTravel):
        return problem
    first_s = min(vehicle.start_s for vehicle in problem.vehicles)
    last_s = max(vehicle.end_s for vehicle in problem.vehicles)
    return replace(problem, travel=MeanTravel(problem.travel, first_s, last_s))


def hopeless(problem: Problem) -> dict[str, UnassignedReason]:
    """Return the stops that no vehicle can serve, even if it served nothing else."""
    empty = [Route(with_breaks_due(vehicle)) for vehicle in problem.vehicles]
    fleet = Fleet.of(empty, problem.travel)
    largest = max(vehicle.capacity for vehicle in problem.vehicles)
    # A vehicle that cannot even drive home by the end of its shift gets no stops.
    usable = [i for i, times in enumerate(fleet.schedules) if times.is_feasible]
    reasons = {}
    for stop in problem.stops:
        if stop.load > largest:
            reasons[stop.stop_id] = UnassignedReason.TOO_LARGE
        elif not quote(fleet, stop, routes=usable):
            reasons[stop.stop_id] = UnassignedReason.OUT_OF_REACH
    return reasons


def with_breaks_due(vehicle: Vehicle) -> Vehicle:
    """Return the vehicle with breaks that are overdue at its start allowed to begin then."""
    breaks = (
        replace(pause, latest_s=max(pause.latest_s, vehicle.start_s)) for pause in vehicle.breaks
    )
    return replace(vehicle, breaks=tuple(breaks))


def _unique(kind: str, ids: Sequence[str]) -> None:
    if len(set(ids)) < len(ids):
        msg = f"a problem needs every {kind} once"
        raise ValueError(msg)
