"""Puts a problem to PyVRP 0.14 and reads its answer.

The open PyVRP has no breaks: routes are planned with the shift cut by them, as if the clock stood
still meanwhile. Where that makes stops late once the breaks are in, the search goes on with the
windows of those stops narrowed (see ``solver``).
"""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyvrp
from pyvrp.exceptions import PenaltyBoundWarning

from deliveries.insertion import Position, Stop, Vehicle, matrix
from deliveries.insertion.problem import Problem, at_one_pace
from deliveries.insertion.travel import points

type Visits = list[list[int]]


@dataclass(frozen=True, slots=True)
class Model:
    """A problem in PyVRP's terms.

    Attributes:
        problem: What was asked.
        kinds: For each of PyVRP's vehicle types the vehicles it stands for, by index: all alike
            but for their id.
        depots: Starts and ends of vehicles. Locations are these, then the stops.
        narrowed_s: By how much stops, by index, have to be served before their window closes.
    """

    problem: Problem
    kinds: tuple[tuple[int, ...], ...]
    depots: tuple[Position, ...]
    narrowed_s: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: Problem) -> "Model":
        """Group what is alike."""
        kinds: dict[Vehicle, list[int]] = {}
        for index, vehicle in enumerate(problem.vehicles):
            kinds.setdefault(replace(vehicle, vehicle_id=""), []).append(index)
        depots = dict.fromkeys(p for v in problem.vehicles for p in (v.start, v.end))
        return cls(problem, tuple(tuple(same) for same in kinds.values()), tuple(depots))

    def data(self, *, required: bool) -> pyvrp.ProblemData:
        """Return PyVRP's input; unless ``required``, stops may be left out at a high price."""
        problem = at_one_pace(self.problem)
        zero = min(vehicle.start_s for vehicle in problem.vehicles)
        places = [*self.depots, *(stop.position for stop in problem.stops)]
        seconds, _ = matrix(problem.travel, points(places))
        prize = 0 if required else 4 * int(seconds.max()) + 1
        return pyvrp.ProblemData(
            locations=[pyvrp.Location(p.longitude, p.latitude) for p in places],
            clients=[
                _client(stop, len(self.depots) + i, zero, self.narrowed_s.get(i, 0), prize)
                for i, stop in enumerate(problem.stops)
            ],
            depots=[pyvrp.Depot(i) for i in range(len(self.depots))],
            vehicle_types=[self._vehicle_type(same, zero) for same in self.kinds],
            # What is paid for is time on the road.
            distance_matrices=[seconds],
            duration_matrices=[seconds],
        )

    def _vehicle_type(self, same: Sequence[int], zero: int) -> pyvrp.VehicleType:
        vehicle = self.problem.vehicles[same[0]]
        pauses = sum(pause.duration_s for pause in vehicle.breaks)
        start_s = vehicle.start_s - zero
        return pyvrp.VehicleType(
            num_available=len(same),
            capacity=[vehicle.capacity],
            start_depot=self.depots.index(vehicle.start),
            end_depot=self.depots.index(vehicle.end),
            tw_early=start_s,
            tw_late=max(start_s, vehicle.end_s - pauses - zero),
        )

    def solution(self, data: pyvrp.ProblemData, visits: Visits) -> pyvrp.Solution:
        """Return vehicles' stops, by index, as PyVRP's."""
        routes = [
            pyvrp.Route(data, visits[vehicle], kind)
            for kind, same in enumerate(self.kinds)
            for vehicle in same
            if visits[vehicle]
        ]
        return pyvrp.Solution(data, routes)

    def visits(self, solution: pyvrp.Solution, *, before: Visits) -> Visits:
        """Return each vehicle's stops, by index, in order.

        Of vehicles that are alike each gets the route that shares most stops with the one before.
        """
        result: Visits = [[] for _ in self.problem.vehicles]
        for kind, same in enumerate(self.kinds):
            routes = [
                [step.idx for step in route if step.is_client()]
                for route in solution.routes()
                if route.vehicle_type() == kind
            ]
            earlier = {vehicle: before[vehicle] if before else [] for vehicle in same}
            for vehicle, index in _matched(earlier, routes).items():
                result[vehicle] = routes[index]
        return result


def _matched(before: Mapping[int, list[int]], routes: Visits) -> dict[int, int]:
    """Pair vehicles with routes (by index), those with most stops in common first."""
    pairs: dict[int, int] = {}
    shared = sorted(
        (-len(set(visit).intersection(route)), vehicle, index)
        for vehicle, visit in before.items()
        for index, route in enumerate(routes)
    )
    for _, vehicle, index in shared:
        if vehicle not in pairs and index not in pairs.values():
            pairs[vehicle] = index
    return pairs


def _client(stop: Stop, location: int, zero: int, narrowed_s: int, prize: int) -> pyvrp.Client:
    opens = max(0, stop.open_s - zero)
    return pyvrp.Client(
        location=location,
        delivery=[stop.load],
        service_duration=stop.duration_s,
        tw_early=opens,
        tw_late=max(opens, stop.close_s - narrowed_s - zero),
        prize=prize,
        required=prize == 0,
    )


def search(
    model: Model,
    start: Visits,
    stop: Callable[[float], bool],
    *,
    required: bool,
    seed: int,
) -> pyvrp.Solution:
    """Let PyVRP search from some routes until ``stop``, asked in every round, says so."""
    data = model.data(required=required)
    with warnings.catch_warnings():
        # That there may be no way to serve every stop is expected, and dealt with.
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        return pyvrp.solve(
            data,
            stop,
            seed=seed,
            collect_stats=False,
            initial_solution=model.solution(data, start) if any(start) else None,
        ).best
