"""What outside planners report, worked once and in order, and their plans taken over.

Reports come late, twice and in any order. Those of drivers go the way of all drivers' events; an
ETA is kept beside the delivery's task, and the route is timed anew; where a plan was changed over
there, ours is made the same and a choice that waits for its verdict is asked about at once.
"""

from datetime import date, datetime, timedelta

from deliveries.errors import AdapterError, ConflictError
from deliveries.model.delivery import Delivery
from deliveries.model.history import DriverEvent
from deliveries.model.outside import PlannerEvent, task_id
from deliveries.model.preference import ChangeState
from deliveries.model.route import RouteState
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.driving import record_driver_events, retime_routes
from deliveries.services.days.planning import mirror, store

AT_ONCE = 50
# After so many failures an event is let go: what it said is in the plan, which is looked at anyway.
TRIES = 5
DRIVERS = frozenset({"departed", "arrived", "delivered", "failed"})


def work_planner_events(desk: Desk, *, now: datetime, technical_now: datetime) -> int:
    """Work the events that wait, oldest first; return how many were settled.

    One that fails is tried again with the next call, behind it nothing waits.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with desk.unit_of_work(read_only=True) as work:
        waiting = [each.id for each in work.planner_events.unworked(limit=AT_ONCE)]
    settled = 0
    for id_ in waiting:
        try:
            _work(desk, id_, now=now)
        except (AdapterError, ConflictError):
            is_settled = False
        else:
            is_settled = True
        settled += _note(desk, id_, is_settled=is_settled, technical_now=technical_now)
    return settled


def follow_plans(desk: Desk, *, now: datetime) -> int:
    """Take over the plans of an outside planner; return how many were changed over there.

    Raises:
        UnavailableError: If the store or the planner cannot be reached.
        UnreadableError: If the planner answers what we cannot map.
    """
    if not desk.planner.capabilities.is_outside:
        return 0
    near = [(now + timedelta(days=shift)).date() for shift in (-1, 0, 1)]
    with desk.unit_of_work(read_only=True) as work:
        days = [
            (plan.depot_id, plan.date)
            for day in near
            for plan in work.plans.on_day(day)
            if plan.planned_at and any(r.state is not RouteState.FINISHED for r in plan.routes)
        ]
    return sum(follow_plan(desk, depot_id, day, now=now) for depot_id, day in days)


def follow_plan(desk: Desk, depot_id: str, day: date, *, now: datetime) -> bool:
    """Take over one day's plan; if ours is changed meanwhile, the next call does.

    Raises:
        UnavailableError: If the store or the planner cannot be reached.
        UnreadableError: If the planner answers what we cannot map.
    """
    with desk.unit_of_work(read_only=True) as work:
        plan = work.plans.of_day(depot_id, day)
    if plan is None:
        return False
    before = {route.id: route.revision for route in plan.routes}
    removed = desk.planner.follow(plan, now=now)
    if removed is None:
        return False
    try:
        with desk.unit_of_work() as work:
            store(work, plan, removed=removed)
            changed = [route for route in plan.routes if route.revision != before[route.id]]
            mirror(work, plan, routes=changed)
            work.commit()
    except ConflictError:
        return False
    return True


def _work(desk: Desk, event_id: str, *, now: datetime) -> None:
    with desk.unit_of_work() as work:
        event = work.planner_events.get(event_id)
        delivery = _delivery_of(work, event)
        if event.worked_at is not None or delivery is None:
            return
        route_id, depot_id, day = delivery.route_id, delivery.depot_id, delivery.date
        if event.kind == "eta" and not _note_eta(work, event, delivery.id):
            return
        _ask_again(work, delivery.id)
        work.commit()
    if event.kind in DRIVERS:
        if route_id is not None:
            record_driver_events(desk, [_driver_event(event, delivery.id, route_id)], now=now)
    elif event.kind == "eta":
        retime_routes(desk, {route_id} if route_id else set(), now=now)
    elif desk.planner.capabilities.is_outside:
        follow_plan(desk, depot_id, day, now=now)


def _delivery_of(work: UnitOfWork, event: PlannerEvent) -> Delivery | None:
    """Return what an event is about; it may be about somebody else's parcel."""
    task = work.outside_tasks.by_external_id(event.planner, event.external_id)
    id_ = task.delivery_id if task is not None else event.delivery_id
    return work.deliveries.find(id_) if id_ is not None else None


def _note_eta(work: UnitOfWork, event: PlannerEvent, delivery_id: str) -> bool:
    """Keep an ETA, unless a newer one is known."""
    task = work.outside_tasks.find(task_id(event.planner, delivery_id))
    eta_at = event.facts.get("eta_at")
    if task is None or not isinstance(eta_at, str):
        return False
    if task.eta_noted_at is not None and task.eta_noted_at >= event.at:
        return False
    task.eta_at, task.eta_noted_at = datetime.fromisoformat(eta_at), event.at
    return True


def _ask_again(work: UnitOfWork, delivery_id: str) -> None:
    """Let a choice whose verdict is pending be asked about at once."""
    preference = work.preferences.live_of(delivery_id)
    change = work.changes.of_preference(preference.id) if preference is not None else None
    if change is not None and change.state is ChangeState.SENT:
        change.next_attempt_at = None


def _driver_event(event: PlannerEvent, delivery_id: str, route_id: str) -> DriverEvent:
    details = {name: event.facts[name] for name in ("reason", "handed_to") if name in event.facts}
    is_at_stop = event.kind != "departed"
    return DriverEvent(
        id=f"{event.planner}:{event.id}",
        kind=event.kind,
        at=event.at,
        route_id=route_id,
        delivery_id=delivery_id if is_at_stop else None,
        details=details,
    )


def _note(desk: Desk, event_id: str, *, is_settled: bool, technical_now: datetime) -> bool:
    with desk.unit_of_work() as work:
        event = work.planner_events.get(event_id)
        event.attempts += 1
        if is_settled or event.attempts >= TRIES:
            event.worked_at = technical_now
        work.commit()
        return event.worked_at is not None
