"""A depot with one delivery on a planned day, and a planner that does what a test wants."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from deliveries.errors import UnavailableError, UnreadableError
from deliveries.model.delivery import Delivery
from deliveries.model.message import OutboxMessage
from deliveries.model.offer import OptionKind
from deliveries.model.preference import PlannerChange, Preference
from deliveries.model.route import Plan, Stop
from deliveries.model.saying import Fact
from deliveries.ports import RoutePlanner, Verdict, Visit, WantedWindow, WindowQuote
from deliveries.services.committing.pushing import Pushing
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.planning import plan_of_day
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.storage import Storage
from tests.builders import A_DAY, NOW, a_change, a_preference, a_stocked_storage, at, keep
from tests.doubles import OpenPlanner, OpenVault

MACHINE = datetime.fromisoformat("2026-05-05T05:05:05+00:00")


class Unruly(OpenPlanner):
    """The embedded planner behind a line that does what a test wants of it, call by call."""

    def __init__(self, *troubles: Callable[[], Verdict | None] | None) -> None:
        super().__init__()
        self.troubles = list(troubles)
        self.keys: list[str] = []

    def apply(
        self, plan: Plan, visit: Visit | None, delivery_id: str, *, now: datetime, key: str
    ) -> Verdict:
        self.keys.append(key)
        trouble = self.troubles.pop(0) if self.troubles else None
        verdict = trouble() if trouble else None
        if verdict is not None:
            return verdict
        return EmbeddedPlanner().apply(plan, visit, delivery_id, now=now, key=key)

    def quote(
        self, plan: Plan, wanted: Sequence[WantedWindow], *, now: datetime
    ) -> Sequence[WindowQuote]:
        return EmbeddedPlanner().quote(plan, wanted, now=now)


@dataclass
class Depot:
    """A store with a delivery on a planned day, and the pushing on it."""

    planner: RoutePlanner = field(default_factory=EmbeddedPlanner)
    store: Storage = field(default_factory=a_stocked_storage)
    now: datetime = NOW
    machine: datetime = MACHINE

    def __post_init__(self) -> None:
        with self.store.unit_of_work() as work:
            plan = plan_of_day(work, "dep-1", A_DAY)
            plan.planned_at = at(5)
            for delivery in work.deliveries.of_day("dep-1", A_DAY):
                EmbeddedPlanner().apply(plan, visit(delivery), delivery.id, now=at(5), key="")
            work.commit()

    def push(self, *, by: str = "me") -> int:
        desk = Desk(self.store.unit_of_work, self.planner, RoadGeography(), OpenVault())
        pushing = Pushing(desk, jitter=lambda: 1.0)
        return pushing.push_due(by=by, now=self.now, technical_now=self.machine)

    def choose(
        self, kind: OptionKind, *, version: int = 1, hold_id: str | None = None, **details: Fact
    ) -> None:
        id_ = f"pref-{version}"
        keep(
            self.store,
            a_preference(id=id_, version=version, kind=kind, details=details, hold_id=hold_id),
            a_change(
                id=f"ch-{version}",
                preference_id=id_,
                idempotency_key=f"d-1:{version}",
                expires_at=self.now + timedelta(hours=2),
            ),
        )

    def choose_window(self, hour: int, day: date = A_DAY, *, version: int = 1) -> None:
        start, end = at(hour, day=day), at(hour + 2, day=day)
        self.choose(
            OptionKind.WINDOW, version=version, start=start.isoformat(), end=end.isoformat()
        )

    def change(self, id_: str = "ch-1") -> PlannerChange:
        with self.store.unit_of_work(read_only=True) as work:
            return work.changes.get(id_)

    def preference(self, id_: str = "pref-1") -> Preference:
        with self.store.unit_of_work(read_only=True) as work:
            return work.preferences.get(id_)

    def delivery(self) -> Delivery:
        with self.store.unit_of_work(read_only=True) as work:
            return work.deliveries.get("d-1")

    def plan(self, day: date = A_DAY) -> Plan:
        with self.store.unit_of_work(read_only=True) as work:
            plan = work.plans.of_day("dep-1", day)
            assert plan is not None
            return plan

    def stops(self, day: date = A_DAY) -> list[Stop]:
        return [stop for route in self.plan(day).routes for stop in route.stops]

    def told(self) -> list[str]:
        """Return what the recipient was told, by name."""
        return [message.sayings[0].name for message in self.messages()]

    def messages(self) -> Sequence[OutboxMessage]:
        with self.store.unit_of_work(read_only=True) as work:
            return list(work.outbox.newest(limit=20))[::-1]

    def tasks(self) -> list[str]:
        with self.store.unit_of_work(read_only=True) as work:
            return [task.kind for task in work.tasks.open()]


def visit(delivery: Delivery) -> Visit:
    return Visit(delivery.id, delivery.lat, delivery.lon, delivery.service_duration_s, 1)


def away(*, retry_after_s: float | None = None) -> None:
    raise UnavailableError("away", retry_after_s=retry_after_s)


def unreadable() -> None:
    raise UnreadableError("what?")


def broken() -> None:
    raise ZeroDivisionError


def kill() -> None:
    raise KeyboardInterrupt


def raise_revision(depot: Depot) -> None:
    with depot.store.unit_of_work() as work:
        plan = plan_of_day(work, "dep-1", A_DAY)
        work.plans.raise_revision(plan.id, expected=plan.revision)
        work.commit()
