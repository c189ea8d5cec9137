"""Which days are to be planned now, and what becomes of deliveries that come after that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deliveries.model.delivery import Delivery
from deliveries.model.network import Depot, PickupPoint
from deliveries.model.preference import RejectionReason, VerdictKind
from deliveries.model.route import Plan, Unassigned
from deliveries.model.saying import local_day
from deliveries.ports import RoutePlanner, UnitOfWork, UnitOfWorkFactory
from deliveries.services.committing.visits import visit_of
from deliveries.services.days.planning import NOT_VISITED, keep, mirror, tell_staff

# The evening before, early enough for the pre-advice, late enough for most of the day's parcels.
PLANNED_FROM = time(16)


@dataclass(frozen=True)
class DueDay:
    """A depot's day that has deliveries without a route.

    Attributes:
        since: To be planned as a whole, unless that was done at or after this instant; none: it was
            planned for good, and what came later is put in where it fits.
    """

    depot_id: str
    day: date
    since: datetime | None


def due_days(work: UnitOfWork, *, now: datetime) -> list[DueDay]:
    """Return today and tomorrow of each depot, where something is to be planned.

    A day that was never planned is due at once, however it got here. What comes for tomorrow after
    that waits for the evening, when tomorrow is planned once more, unless somebody was told of it.
    """
    due: list[DueDay] = []
    for depot in work.depots.all():
        today = local_day(now, depot.zone)
        for day in (today, today + timedelta(days=1)):
            found = _due(work, depot, day, now=now)
            if found is not None:
                due.append(found)
    return due


def place_late_comers(
    unit_of_work: UnitOfWorkFactory,
    planner: RoutePlanner,
    depot_id: str,
    day: date,
    *,
    now: datetime,
) -> int:
    """Put deliveries that came after their day was planned in where they fit; return how many.

    What fits nowhere becomes a task for staff, once.

    Raises:
        UnavailableError: If the planner cannot be reached.
        ConflictError: If the plan was changed meanwhile: the next call finds what is left.
    """
    with unit_of_work(read_only=True) as work:
        plan = work.plans.to_change(depot_id, day)
        late = [] if plan is None else _unplaced(work, plan)
        points = {point.id: point for point in work.pickup_points.all()}
    if plan is None or not late:
        return 0
    before = {route.id: route.revision for route in plan.routes}
    left_out = _put_in(planner, plan, late, points, now=now)
    plan.unassigned = (*plan.unassigned, *left_out)
    changed = [route for route in plan.routes if route.revision != before[route.id]]
    with unit_of_work() as work:
        keep(work, plan, changed)
        mirror(work, plan, routes=changed)
        tell_staff(work, plan, now=now)
        work.commit()
    return len(late) - len(left_out)


def _put_in(
    planner: RoutePlanner,
    plan: Plan,
    late: Sequence[Delivery],
    points: Mapping[str, PickupPoint],
    *,
    now: datetime,
) -> list[Unassigned]:
    """Put deliveries into a plan in memory; return what fits nowhere."""
    left_out: list[Unassigned] = []
    for delivery in late:
        visit = visit_of(delivery, points)
        key = f"{delivery.id}:late:{plan.date.isoformat()}"
        verdict = planner.apply(plan, visit, delivery.id, now=now, key=key)
        if verdict.kind is VerdictKind.REJECTED:
            reason = verdict.reason or RejectionReason.UNKNOWN
            left_out.append(Unassigned(delivery.id, reason.value))
    return left_out


def _due(work: UnitOfWork, depot: Depot, day: date, *, now: datetime) -> DueDay | None:
    waiting = [each for each in work.deliveries.of_day(depot.id, day) if _waits(each)]
    if not waiting:
        return None
    plan = work.plans.of_day(depot.id, day)
    if plan is None or plan.planned_at is None:
        return DueDay(depot.id, day, since=datetime.min.replace(tzinfo=UTC))
    if not _not_on(plan, waiting):
        return None
    evening = datetime.combine(day - timedelta(days=1), PLANNED_FROM, tzinfo=ZoneInfo(depot.zone))
    if now < evening:
        return None
    is_tomorrow = local_day(now, depot.zone) < day
    on_it = [id_ for route in plan.routes for stop in route.stops for id_ in stop.delivery_ids]
    if is_tomorrow and plan.planned_at < evening and not work.plans.told(depot.id, day, on_it):
        return DueDay(depot.id, day, since=evening)
    return DueDay(depot.id, day, since=None)


def _unplaced(work: UnitOfWork, plan: Plan) -> list[Delivery]:
    of_day = work.deliveries.of_day(plan.depot_id, plan.date)
    return _not_on(plan, [each for each in of_day if _waits(each)])


def _waits(delivery: Delivery) -> bool:
    return delivery.route_id is None and delivery.status not in NOT_VISITED


def _not_on(plan: Plan, deliveries: list[Delivery]) -> list[Delivery]:
    """Return those that the plan neither visits nor left out."""
    known = {each.delivery_id for each in plan.unassigned}
    for route in plan.routes:
        for stop in route.stops:
            known.update(stop.delivery_ids)
    return [each for each in deliveries if each.id not in known]
