"""A day after the other, each on a store of its own; only what is learned of arrivals goes on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from secrets import token_hex
from zoneinfo import ZoneInfo

from sqlalchemy import Row, insert, select, update

from cli.simulation.recipients import answer_all
from cli.simulation.vans import Van
from cli.simulation.world import World
from deliveries.errors import InvalidInputError
from deliveries.insertion import GreatCircleTravel, Travel
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.eta import EtaDay
from deliveries.model.history import DriverEvent
from deliveries.model.message import Form, OutboxState
from deliveries.model.preference import PreferenceState
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.driving import record_driver_events
from deliveries.services.days.importing import DaySources, read_day, take_in
from deliveries.services.etas.learning import learn_from_finished_days
from integrations.geography import KnownPlaces, RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.solver import solve
from integrations.storage import Storage, storage
from integrations.storage.eta_tables import eta_calibrations, eta_days, eta_errors
from integrations.storage.message_tables import outbox
from integrations.storage.tables import metadata
from integrations.vault import FernetVault
from scheduling.duty import Duty
from scheduling.jobs.notices import write_notices
from scheduling.jobs.planning import plan_days
from scheduling.jobs.pushing import push_choices
from scheduling.jobs.retiming import time_routes_again

STEP = timedelta(minutes=10)
PLANNED, ANSWERED = time(17, 5), time(18, 30)
BEGINS, ENDS = time(6, 30), time(21, 0)
CARRIED = (eta_errors, eta_days, eta_calibrations)
ALL = 1_000_000
# By then every shift is over, whatever drivers reported.
OVER = timedelta(hours=6)


class SteppedClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.current = now

    def now(self) -> datetime:
        """Return the time it was moved to."""
        return self.current


@dataclass(frozen=True)
class Setting:
    """What a run is about.

    Attributes:
        chooses: Recipients answer.
        tells: Notices are written at all; without them nobody can answer.
        learns: What a day's errors teach is used from the next day on.
    """

    sources: DaySources
    seed: int
    world: World
    planning_s: float
    chooses: bool = True
    tells: bool = True
    learns: bool = True
    travel: Travel = field(default_factory=GreatCircleTravel)


@dataclass
class DayResult:
    """What one day came to.

    Attributes:
        first_time: Parcels handed over (or brought to a pickup point) at the first attempt.
        failed: Attempts at which nobody was at home.
        untried: Parcels that no van came with.
        route_minutes: From leaving the depot to being back, of all vans; ``driven_minutes`` of them
            on the road.
        chosen: Choices made, of which ``accepted`` by the planner.
        messages: Notices and confirmations by kind.
        vans: As they were driven.
    """

    day: date
    parcels: int
    first_time: int
    failed: int
    untried: int
    route_minutes: float
    driven_minutes: float
    asked: int
    chosen: int
    accepted: int
    messages: Counter[str]
    etas: EtaDay
    vans: list[Van]


@dataclass(frozen=True)
class Pair:
    """One day twice, with the same plan, traffic and people.

    Attributes:
        silent: As it would have been if nobody had been asked.
    """

    asked: DayResult
    silent: DayResult | None


type Carried = Sequence[Sequence[Row[tuple[object, ...]]]]


def live(
    setting: Setting, days: Sequence[date], carried: Carried = ()
) -> Iterator[tuple[Pair, Carried]]:
    """Live through days in order; yield what each came to, and what was learned by then.

    Args:
        setting: What the run is about.
        days: Service days.
        carried: What an earlier run learned.

    Raises:
        InvalidInputError: If the day's files have lines that cannot be taken in.
        UnavailableError: If the planner finds nothing in time.
    """
    for day in days:
        store = _store(carried)
        try:
            pair = _pair(setting, store, day)
            if setting.learns:
                carried = _carry(store)
        finally:
            store.close()
        yield pair, carried


def _pair(setting: Setting, store: Storage, day: date) -> Pair:
    zone = _take_in(store, setting.sources, day)
    clock = SteppedClock(datetime.combine(day - timedelta(days=1), PLANNED, tzinfo=zone))
    desk = _desk(store, setting)
    plan_days(Duty(desk, clock, clock, "simulation"))
    silent = None
    if setting.chooses:
        twin = _copied(store)
        try:
            unheard = replace(setting, chooses=False, tells=False)
            silent = _live(unheard, twin, day, SteppedClock(clock.current), zone)
        finally:
            twin.close()
    return Pair(_live(setting, store, day, clock, zone), silent)


def _live(
    setting: Setting, store: Storage, day: date, clock: SteppedClock, zone: ZoneInfo
) -> DayResult:
    desk = _desk(store, setting)
    duty = Duty(desk, clock, clock, "simulation")
    if setting.tells:
        _tell(duty, store)
    asked = 0
    if setting.chooses:
        clock.current = datetime.combine(day - timedelta(days=1), ANSWERED, tzinfo=zone)
        asked = answer_all(desk, setting.seed, day, now=clock.current.astimezone(UTC))
        push_choices(duty)
        _tell(duty, store)
    vans = _drive(duty, store, setting, day, clock, zone)
    learn_from_finished_days(desk, now=clock.now() + OVER)
    return _result(store, day, vans, asked)


def _copied(store: Storage) -> Storage:
    """Return a store with the same rows: the same plan for who is asked and who is not."""
    copy = storage("sqlite://")
    metadata.create_all(copy.engine)
    with store.engine.connect() as reading, copy.engine.begin() as writing:
        for table in metadata.sorted_tables:
            rows = [row._asdict() for row in reading.execute(select(table))]
            if rows and table not in CARRIED:
                writing.execute(insert(table), rows)
    return copy


def _drive(
    duty: Duty, store: Storage, setting: Setting, day: date, clock: SteppedClock, zone: ZoneInfo
) -> list[Van]:
    vans: dict[str, Van] = {}
    start = datetime.combine(day, BEGINS, tzinfo=zone).astimezone(UTC)
    end = datetime.combine(day, ENDS, tzinfo=zone).astimezone(UTC)
    for step in range((end - start) // STEP + 1):
        clock.current = now = start + step * STEP
        events = _events(duty.desk, setting, vans, day, now)
        record_driver_events(duty.desk, events, now=now)
        time_routes_again(duty)
        if setting.tells:
            _tell(duty, store)
    return [van for van in vans.values() if van.left_at is not None]


def _events(
    desk: Desk, setting: Setting, vans: dict[str, Van], day: date, now: datetime
) -> list[DriverEvent]:
    """Return what drivers report by now, along the plans as they stand."""
    events: list[DriverEvent] = []
    with desk.unit_of_work(read_only=True) as work:
        routes = [route for plan in work.plans.on_day(day) for route in plan.routes]
        for route in routes:
            if route.id not in vans:
                at_depot = (route.depot_lat, route.depot_lon)
                vans[route.id] = Van(
                    setting.world, setting.seed, setting.travel, route.vehicle_id, at_depot
                )
            events += vans[route.id].live(
                route, lambda stop: list(work.deliveries.many(stop.delivery_ids)), now
            )
    return events


def _take_in(store: Storage, sources: DaySources, day: date) -> ZoneInfo:
    with store.unit_of_work() as work:
        rows = read_day(work, sources, service_day=day)
        if rows.problems:
            raise InvalidInputError(str(rows.problems[0]))
        take_in(work, rows, now=datetime.combine(day - timedelta(days=1), time(6), tzinfo=UTC))
        work.commit()
        return ZoneInfo(work.depots.all()[0].zone)


def _desk(store: Storage, setting: Setting) -> Desk:
    planner = EmbeddedPlanner(
        travel=setting.travel,
        budget_s=setting.planning_s,
        solver=lambda problem, budget_s: solve(problem, budget_s=budget_s),
    )
    ground = RoadGeography(setting.travel)
    places = KnownPlaces(store.unit_of_work, ground)
    # Nothing sealed here outlives the run.
    return Desk(store.unit_of_work, planner, ground, FernetVault(token_hex(16)), places)


def _tell(duty: Duty, store: Storage) -> None:
    """Write what is due, and let everything leave at once."""
    write_notices(duty)
    with store.engine.begin() as writing:
        waits = outbox.c.state == OutboxState.QUEUED
        writing.execute(update(outbox).where(waits).values(state=OutboxState.SENT))


def _store(carried: Carried) -> Storage:
    store = storage("sqlite://")
    metadata.create_all(store.engine)
    with store.engine.begin() as writing:
        for table, rows in zip(CARRIED, carried, strict=False):
            if rows:
                writing.execute(insert(table), [row._asdict() for row in rows])
    return store


def _carry(store: Storage) -> Carried:
    with store.engine.connect() as reading:
        return [reading.execute(select(table)).all() for table in CARRIED]


def _result(store: Storage, day: date, vans: list[Van], asked: int) -> DayResult:
    with store.unit_of_work(read_only=True) as work:
        depots = work.depots.all()
        parcels = [each for depot in depots for each in work.deliveries.of_day(depot.id, day)]
        messages = Counter(
            message.notice or message.purpose.value
            for message in work.outbox.newest(limit=ALL)
            if message.state is OutboxState.SENT and message.form is Form.WORDS
        )
        chosen = [work.preferences.live_of(each.id) for each in parcels]
        etas = next(iter(work.etas.days_since(day)), EtaDay(depots[0].id, day, datetime.now(UTC)))
    made = [each for each in chosen if each is not None]
    handed_over = (DeliveryStatus.DELIVERED, DeliveryStatus.READY_FOR_PICKUP)
    first_time = sum(each.status in handed_over and each.attempts == 0 for each in parcels)
    failed = sum(each.attempts > 0 for each in parcels)
    return DayResult(
        day=day,
        parcels=len(parcels),
        first_time=first_time,
        failed=failed,
        untried=len(parcels) - first_time - failed,
        route_minutes=sum(van.minutes_out for van in vans),
        driven_minutes=sum(van.driven_s for van in vans) / 60,
        asked=asked,
        chosen=len(made),
        accepted=sum(each.state is PreferenceState.CONFIRMED for each in made),
        messages=messages,
        etas=etas,
        vans=vans,
    )
