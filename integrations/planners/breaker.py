"""A circuit breaker round a planner that is reached over a line: who does not answer is left alone.

State is kept per process: each finds out for itself, which costs a few calls and shares nothing.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import Lock

from deliveries.errors import UnavailableError
from deliveries.model.route import Plan, Route, Stop, Unassigned
from deliveries.model.window import TimeWindow
from deliveries.ports import (
    Improvement,
    PlanImprover,
    PlannerCapabilities,
    RoutePlanner,
    Verdict,
    Visit,
    WantedWindow,
    WindowQuote,
)

FAILURES = 5
OPEN_S = 30.0


class Breaker:
    """Lets calls through until several in a row failed; then one at a time, now and again."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        open_s: float = OPEN_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with a line that works.

        Args:
            failures: So many in a row open the circuit.
            open_s: How long nobody calls then, before one tries.
            clock: Tells seconds.
        """
        self._allowed, self._open_s, self._clock = failures, open_s, clock
        self._failed = 0
        self._shut_until = 0.0
        self._changing = Lock()

    def call[T](self, ask: Callable[[], T]) -> T:
        """Return what is answered; only that nobody could be reached counts as a failure.

        Raises:
            UnavailableError: If nobody is asked now; it says how long to wait.
        """
        self._admit()
        try:
            answer = ask()
        except UnavailableError:
            self._note(failed=True)
            raise
        except Exception:
            self._note(failed=False)
            raise
        self._note(failed=False)
        return answer

    def _admit(self) -> None:
        with self._changing:
            if self._failed < self._allowed:
                return
            left_s = self._shut_until - self._clock()
            if left_s > 0:
                raise UnavailableError("the planner is left alone", retry_after_s=left_s)
            # Half open: this one tries, the others wait for what becomes of it.
            self._shut_until = self._clock() + self._open_s

    def _note(self, *, failed: bool) -> None:
        with self._changing:
            self._failed = self._failed + 1 if failed else 0
            self._shut_until = self._clock() + self._open_s if failed else 0.0


class GuardedPlanner:
    """An outside planner behind a breaker.

    Quotes and ETAs are computed here by every planner there is: nobody is called for them, so that
    they work says nothing of the line.
    """

    def __init__(self, planner: RoutePlanner, breaker: Breaker | None = None) -> None:
        """Keep the planner, and a breaker of its own unless one is given."""
        self._planner = planner
        self._breaker = breaker or Breaker()

    @property
    def capabilities(self) -> PlannerCapabilities:
        """What may be expected of the planner."""
        return self._planner.capabilities

    def plan_day(self, plan: Plan, visits: Sequence[Visit]) -> tuple[Unassigned, ...]:
        """Fill the plan's routes; see ``RoutePlanner``."""
        return self._breaker.call(lambda: self._planner.plan_day(plan, visits))

    def quote(
        self, plan: Plan, wanted: Sequence[WantedWindow], *, now: datetime
    ) -> Sequence[WindowQuote]:
        """Return what the running plan can serve; see ``RoutePlanner``."""
        return self._planner.quote(plan, wanted, now=now)

    def apply(
        self, plan: Plan, visit: Visit | None, delivery_id: str, *, now: datetime, key: str
    ) -> Verdict:
        """Put a changed visit into the plan; see ``RoutePlanner``."""
        return self._breaker.call(
            lambda: self._planner.apply(plan, visit, delivery_id, now=now, key=key)
        )

    def retime(self, route: Route, *, now: datetime) -> None:
        """Compute a route's ETAs again; see ``RoutePlanner``."""
        self._planner.retime(route, now=now)

    def follow(self, plan: Plan, *, now: datetime) -> Sequence[Stop] | None:
        """Make the plan what the planner's drivers see; see ``RoutePlanner``."""
        return self._breaker.call(lambda: self._planner.follow(plan, now=now))


class GuardedImprover(GuardedPlanner):
    """One that can be asked for better routes of a running plan too."""

    def __init__(
        self, planner: RoutePlanner, improver: PlanImprover, breaker: Breaker | None = None
    ) -> None:
        """Keep the planner, who improves its plans, and a breaker for both."""
        super().__init__(planner, breaker)
        self._improver = improver

    def improve(
        self, plan: Plan, promises: Mapping[str, TimeWindow], *, now: datetime
    ) -> Improvement | None:
        """Look for better routes; see ``PlanImprover``."""
        return self._breaker.call(lambda: self._improver.improve(plan, promises, now=now))

    def search_windows(
        self, plan: Plan, wanted: Sequence[WantedWindow], *, now: datetime
    ) -> Sequence[WindowQuote]:
        """Look for room for windows that are refused at once; see ``PlanImprover``."""
        return self._breaker.call(lambda: self._improver.search_windows(plan, wanted, now=now))

    def make_room(self, plan: Plan, visit: Visit, delivery_id: str, *, now: datetime) -> Verdict:
        """Put a visit in by changing other orders; see ``PlanImprover``."""
        return self._breaker.call(
            lambda: self._improver.make_room(plan, visit, delivery_id, now=now)
        )


_: type[RoutePlanner] = GuardedPlanner
__: type[PlanImprover] = GuardedImprover
