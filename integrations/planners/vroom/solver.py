"""VROOM as the solver of whole days and of single vans."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from deliveries.errors import RejectedError, UnavailableError, UnreadableError
from deliveries.insertion.problem import Problem, Solution
from integrations.calling.caller import Json
from integrations.planners.vroom.contract import read, write

# Seconds of one core for 100 stops, and how they grow: the measured 0.3, 1.2, 6.4 and 37 s for 100
# to 1000 stops at level 0 fit a power of 2.1. Levels between were measured on single days.
_SECONDS_AT_100 = {5: 3.4, 3: 1.5, 1: 0.5, 0: 0.3}
_GROWTH = 2.1
# What an answer may take longer than planned for: VROOM has no inner limit.
GRACE = 4.0
GRACE_S = 8.0

_INPUT_ERROR, _ROUTING_ERROR = 2, 3


class Engine(Protocol):
    """A way to reach VROOM."""

    def solve(self, problem: Mapping[str, Json], *, level: int, timeout_s: float) -> Json:
        """Return VROOM's answer, errors included.

        Raises:
            UnavailableError: If there is none.
            RejectedError: If it refuses us.
        """
        ...


def level_for(stops: int, budget_s: float) -> int:
    """Return the highest exploration level that ends within a budget.

    A limit in time would make plans worse than a lower level left to end: see README.
    """
    size = (max(stops, 1) / 100) ** _GROWTH
    return next((lv for lv, s in _SECONDS_AT_100.items() if s * size <= budget_s), 0)


@dataclass(frozen=True)
class VroomSolver:
    """Solves problems with VROOM.

    Attributes:
        engine: How it is reached.
    """

    engine: Engine

    def __call__(self, problem: Problem, budget_s: float) -> Solution:
        """Return VROOM's order of the stops.

        Raises:
            UnavailableError: If VROOM cannot be reached or gave up.
            RejectedError: If it refuses the problem.
            UnreadableError: If its answer does not fit the problem.
        """
        level = level_for(len(problem.stops), budget_s)
        timeout_s = GRACE * budget_s + GRACE_S
        answer = self.engine.solve(write(problem), level=level, timeout_s=timeout_s)
        if not isinstance(answer, Mapping):
            raise UnreadableError("VROOM's answer cannot be read")
        code = answer.get("code")
        if code == _INPUT_ERROR:
            raise RejectedError("VROOM refuses the problem (code 2)")
        if code != 0:
            known = code if code in (1, _ROUTING_ERROR) else None
            if known is None:
                raise UnreadableError("VROOM's answer has no code that we know")
            raise UnavailableError(f"VROOM failed (code {known})")
        return read(problem, answer)
