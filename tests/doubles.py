"""Hand-written stand-ins for what lies outside the core."""

from collections.abc import Sequence
from datetime import datetime

from deliveries.model.personal import Secret
from deliveries.model.preference import VerdictKind
from deliveries.model.route import Plan, Route, Unassigned
from deliveries.model.window import TimeWindow
from deliveries.ports import PlannerCapabilities, Verdict, Visit, WantedWindow, WindowQuote


class OpenPlanner:
    """A planner that can serve every window, the later the dearer, except those it is told of."""

    def __init__(self, *, full: Sequence[TimeWindow] = ()) -> None:
        self.full = tuple(full)

    @property
    def capabilities(self) -> PlannerCapabilities:
        return PlannerCapabilities()

    def plan_day(self, plan: Plan, visits: Sequence[Visit]) -> tuple[Unassigned, ...]:
        return ()

    def quote(
        self, plan: Plan, wanted: Sequence[WantedWindow], *, now: datetime
    ) -> Sequence[WindowQuote]:
        return [
            WindowQuote(each.key, 60 + number, 500, plan.routes[0].id, each.window.start)
            for number, each in enumerate(wanted)
            if each.window not in self.full
        ]

    def apply(
        self, plan: Plan, visit: Visit | None, delivery_id: str, *, now: datetime, key: str
    ) -> Verdict:
        eta_at = visit.window.start if visit and visit.window else None
        return Verdict(VerdictKind.ACCEPTED, eta_at=eta_at)

    def retime(self, route: Route, *, now: datetime) -> None:
        return None

    def follow(self, plan: Plan, *, now: datetime) -> None:
        return None


class OpenVault:
    """A vault that marks instead of encrypting, so that a test can read it."""

    def seal(self, secret: Secret) -> bytes:
        return b"sealed:" + secret.reveal().encode()

    def open(self, sealed: bytes) -> Secret:
        return Secret(sealed.removeprefix(b"sealed:").decode())
