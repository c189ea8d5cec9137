"""Google as the solver of whole days and of single vans, within a day's money."""

from dataclasses import dataclass

from deliveries.errors import RejectedError
from deliveries.insertion import Route
from deliveries.insertion.problem import Problem, Solution, Unassigned, UnassignedReason
from deliveries.planner_settings import GoogleSettings
from integrations.calling import Caller, Pace
from integrations.planners.google.contract import read, write
from integrations.planners.google.purse import Purse
from integrations.planners.google.tokens import Tokens

# Google takes 60 requests a minute.
CALLS_A_SECOND = 1.0
GRACE_S = 10.0


class LimitReachedError(RejectedError):
    """The day's money is spent; nothing was asked."""


@dataclass(frozen=True)
class GoogleSolver:
    """Solves problems with Google.

    Attributes:
        tokens: Of the service account.
        purse: Asked before every call.
    """

    settings: GoogleSettings
    tokens: Tokens
    purse: Purse
    caller: Caller

    @classmethod
    def of(
        cls, settings: GoogleSettings, purse: Purse, *, calls_a_second: float = CALLS_A_SECOND
    ) -> "GoogleSolver":
        """Read the key; connect nothing yet.

        Raises:
            RejectedError: If there is no key in the file.
        """
        tokens = Tokens(settings.credentials)
        caller = Caller(
            "Google",
            settings.url,
            timeout_s=30.0,
            headers=tokens.headers,
            pace=Pace(calls_a_second),
        )
        return cls(settings, tokens, purse, caller)

    def __call__(self, problem: Problem, budget_s: float) -> Solution:
        """Return Google's order of the stops.

        Where the day's money is spent, a van's order is left as insertion has it.

        Raises:
            UnavailableError: If Google cannot be reached.
            RejectedError: If it refuses us; ``LimitReachedError`` if a whole day is too dear.
            UnreadableError: If its answer does not fit the problem.
        """
        if not self.purse.take(self._cents(problem)):
            if problem.initial:
                return _nothing_better(problem)
            raise LimitReachedError("planning this day costs more than is left of the day's limit")
        path = f"/v1/projects/{self.settings.project}:optimizeTours"
        body = write(problem, budget_s=budget_s)
        # Never repeated by itself: every call is paid for.
        answer = self.caller.call(
            "POST", path, body, timeout_s=budget_s + GRACE_S, may_repeat=False
        )
        return read(problem, answer)

    def _cents(self, problem: Problem) -> int:
        settings = self.settings
        is_one = len(problem.vehicles) == 1
        each = settings.cents_a_shipment if is_one else settings.cents_a_shipment_of_fleet
        return each * len(problem.stops)


def _nothing_better(problem: Problem) -> Solution:
    left = tuple(Unassigned(stop.stop_id, UnassignedReason.NO_ROOM) for stop in problem.stops)
    return Solution(tuple(Route(vehicle) for vehicle in problem.vehicles), left)
