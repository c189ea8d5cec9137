"""One van's round: what its driver reports, what the clock says, and what people are told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from deliveries.model.delivery import Delivery
from deliveries.model.history import DriverEvent
from deliveries.model.message import OutboxMessage, OutboxState
from deliveries.model.network import Coordinates
from deliveries.model.route import Route, Stop
from deliveries.model.saying import Fact
from deliveries.ports import RoutePlanner
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.driving import Recorded, record_driver_events
from deliveries.services.days.planning import mirror
from deliveries.services.notices.noticing import write_due_notices
from integrations.geography import RoadGeography
from integrations.storage import Storage
from tests.builders import A_DAY, a_plan, a_route, a_stop, at, keep
from tests.doubles import OpenPlanner, OpenVault

# The minutes between one stop and the next.
STEP = 30
FIRST = at(10)
NINE = at(9)


@dataclass
class Round:
    """A route whose stops are served one after the other from ten o'clock.

    Attributes:
        sends: Whether what a tick writes leaves at once.
    """

    store: Storage
    now: datetime = NINE
    sends: bool = True
    planner: RoutePlanner = field(default_factory=OpenPlanner)
    _ids: "count[int]" = field(default_factory=count)

    def plan(self, *stops: Stop, **different: object) -> None:
        """Keep the plan of the day with these stops in order."""
        for position, stop in enumerate(stops):
            stop.position = position
            stop.arrival_at = stop.arrival_at or FIRST + timedelta(minutes=STEP * position)
            stop.service_at = stop.service_at or stop.arrival_at
            stop.leave_at = stop.service_at + timedelta(seconds=stop.service_duration_s)
        route = a_route(**{"start_at": at(9, 30), "stops": list(stops), **different})
        keep(self.store, a_plan(routes=[route], planned_at=at(7)))
        with self.store.unit_of_work() as work:
            mirror(work, work.plans.get("plan-1"))
            work.commit()

    def event(self, kind: str, *, stop: str | None = None, **more: object) -> DriverEvent:
        """Return a report of now, or of ``at``."""
        id_, when = more.pop("id", f"e-{next(self._ids)}"), more.pop("at", self.now)
        delivery_id = more.pop("delivery", None)
        details: dict[str, Fact] = {name: str(value) for name, value in more.items()}
        return DriverEvent(str(id_), kind, when, "r-1", stop, delivery_id, details)  # type: ignore[arg-type]

    def report(self, kind: str, *, stop: str | None = None, **more: object) -> Recorded:
        """Report something; it is recorded now."""
        return self.record(self.event(kind, stop=stop, **more))

    def record(self, *events: DriverEvent) -> Recorded:
        desk = Desk(self.store.unit_of_work, self.planner, RoadGeography(), OpenVault())
        return record_driver_events(desk, events, now=self.now)

    def tick(self, now: datetime | None = None) -> int:
        """Let the worker look for due notices."""
        self.now = now or self.now
        written = write_due_notices(self.store.unit_of_work, now=self.now)
        if self.sends:
            self.send()
        return written

    def send(self) -> None:
        """Let everything leave that waits."""
        with self.store.unit_of_work() as work:
            for message in work.outbox.newest(limit=100):
                if message.state is OutboxState.QUEUED:
                    message.state = OutboxState.SENT
            work.commit()

    def expect(self, eta: datetime, delivery_id: str = "d-1") -> None:
        """Let the plan say another ETA."""
        with self.store.unit_of_work() as work:
            work.deliveries.get(delivery_id).eta_at = eta
            work.commit()

    def delivery(self, id_: str = "d-1") -> Delivery:
        with self.store.unit_of_work(read_only=True) as work:
            return work.deliveries.get(id_)

    def route(self) -> Route:
        with self.store.unit_of_work(read_only=True) as work:
            return work.plans.route("r-1")

    def stop(self, id_: str = "st-1") -> Stop:
        return next(stop for stop in self.route().stops if stop.id == id_)

    def messages(self) -> list[OutboxMessage]:
        """Return everything written, oldest first."""
        with self.store.unit_of_work(read_only=True) as work:
            return list(work.outbox.newest(limit=500))[::-1]

    def told(self) -> list[str]:
        """Return the names of what is to leave or has left, in order."""
        return [
            message.sayings[0].name
            for message in self.messages()
            if message.state is not OutboxState.SUPPRESSED
        ]

    def held_back(self) -> list[tuple[str | None, str | None]]:
        """Return what never leaves, with the reason."""
        return [
            (message.notice, message.reason)
            for message in self.messages()
            if message.state is OutboxState.SUPPRESSED
        ]

    def last_facts(self) -> dict[str, Fact]:
        """Return the facts of the newest message."""
        return dict(self.messages()[-1].sayings[0].facts)


def a_stop_for(number: int, **different: object) -> Stop:
    """Return the stop of delivery ``d-<number>``, a little further on for every number."""
    place = Coordinates(51.51 + number / 1000, -0.07)
    usual = {
        "id": f"st-{number}",
        "delivery_ids": (f"d-{number}",),
        "lat": place.lat,
        "lon": place.lon,
    }
    return a_stop(**{**usual, **different})


YESTERDAY = A_DAY - timedelta(days=1)
