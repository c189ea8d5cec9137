"""Better routes in the background: of many changes one search, which may only improve.

Everybody has their verdict by then; the search keeps what they were told. What it finds is kept
only if nobody changed the plan meanwhile and no promise breaks, whoever found it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from deliveries.errors import ConflictError
from deliveries.model.delivery import Delivery
from deliveries.model.route import Plan
from deliveries.model.saying import local_day
from deliveries.model.window import TimeWindow
from deliveries.ports import Improvement, PlanImprover, UnitOfWork, UnitOfWorkFactory
from deliveries.services.days.planning import mirror, store
from deliveries.services.notices.promises import breaks

ONE_DAY = timedelta(days=1)


def days_to_improve(work: UnitOfWork, *, now: datetime) -> list[tuple[str, date]]:
    """Return depot and day of the planned days on which something changed since the last search."""
    # A depot's today may be yesterday's date in UTC.
    return list(work.plans.to_improve(since=(now - ONE_DAY).date()))


def improve_day(
    unit_of_work: UnitOfWorkFactory,
    planner: PlanImprover,
    depot_id: str,
    day: date,
    *,
    now: datetime,
) -> Improvement | None:
    """Look for better routes of a day, once for all that changed since the last time.

    Opens its own transactions; the planner is asked between them. Of several workers one looks. A
    change that comes meanwhile wins: what was found is dropped, and the next call looks again.

    Returns:
        What it came to; nothing if the plan stays as it is.

    Raises:
        UnavailableError: If the planner or the store cannot be reached.
        UnreadableError: If the planner answers what we cannot map.
    """
    with unit_of_work() as work:
        if not work.plans.claim_improvement(depot_id, day):
            return None
        work.commit()
    with unit_of_work(read_only=True) as work:
        plan = work.plans.of_day(depot_id, day)
        promises = _promises(work, depot_id, day)
    if plan is None:
        return None
    before = {route.id: route.revision for route in plan.routes}
    improvement = planner.improve(plan, promises, now=now)
    if improvement is None:
        return None
    is_kept = _keep(unit_of_work, plan, before, promises)
    return improvement if is_kept else None


def _keep(
    unit_of_work: UnitOfWorkFactory,
    plan: Plan,
    before: Mapping[str, int],
    known: Mapping[str, TimeWindow],
) -> bool:
    """Store the better routes, unless the plan changed or somebody was promised more meanwhile."""
    plan.improved_revision = plan.revision + 1
    changed = [route for route in plan.routes if route.revision != before[route.id]]
    at = {
        id_: stop.service_at
        for route in changed
        for stop in route.open_stops
        for id_ in stop.delivery_ids
    }
    try:
        with unit_of_work() as work:
            for id_, promise in _promises(work, plan.depot_id, plan.date).items():
                is_news = known.get(id_) != promise
                eta = at.get(id_)
                if is_news and eta and breaks(eta, promise):
                    return False
            store(work, plan)
            mirror(work, plan, routes=changed)
            work.commit()
    except ConflictError:
        return False
    return True


def _promises(work: UnitOfWork, depot_id: str, day: date) -> dict[str, TimeWindow]:
    """Return what the recipients of a day were told for that day, by delivery."""
    return {
        delivery.id: promised
        for delivery in work.deliveries.of_day(depot_id, day)
        if (promised := _promise(delivery)) is not None
    }


def _promise(delivery: Delivery) -> TimeWindow | None:
    promised = delivery.promised
    is_of_day = promised and local_day(promised.start, delivery.zone) == delivery.date
    return promised if is_of_day else None
