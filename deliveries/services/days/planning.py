"""Plans of a depot's day: made, filled by the planner, stored and mirrored onto the deliveries."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from deliveries.errors import ConflictError
from deliveries.model.delivery import FINAL_STATUSES, Delivery, DeliveryStatus
from deliveries.model.history import StaffTask
from deliveries.model.ids import new_id
from deliveries.model.network import Depot, Vehicle
from deliveries.model.route import Plan, Route, RouteState, Stop
from deliveries.ports import RoutePlanner, UnitOfWork, UnitOfWorkFactory, Visit
from deliveries.services.committing.visits import visit_of
from deliveries.services.etas.pacing import Learned, learned_paces
from deliveries.services.notices.promises import breaks

NOTHING = Learned()
NOT_VISITED = FINAL_STATUSES | {DeliveryStatus.ON_HOLD, DeliveryStatus.READY_FOR_PICKUP}


def blank_plan(
    depot: Depot, vehicles: Sequence[Vehicle], day: date, learned: Learned = NOTHING
) -> Plan:
    """Return the plan of a day on which nothing is planned yet: an empty route per vehicle.

    Args:
        depot: Whose plan.
        vehicles: Of the depot.
        day: The service day.
        learned: What routes are timed with.
    """
    return Plan(
        id=new_id("l"),
        depot_id=depot.id,
        date=day,
        routes=[_blank_route(depot, vehicle, day, learned) for vehicle in vehicles],
    )


def plan_of_day(work: UnitOfWork, depot_id: str, day: date) -> Plan:
    """Return a depot's plan of a day, made now if there is none.

    Raises:
        ConflictError: If somebody else makes it at the same time: begin again.
    """
    plan = work.plans.of_day(depot_id, day)
    if plan is None:
        vehicles, learned = work.vehicles.of_depot(depot_id), learned_paces(work, depot_id)
        plan = blank_plan(work.depots.get(depot_id), vehicles, day, learned)
        work.plans.add(plan)
        work.flush()
    return plan


def plan_day(
    unit_of_work: UnitOfWorkFactory,
    planner: RoutePlanner,
    depot_id: str,
    day: date,
    *,
    now: datetime,
    since: datetime | None = None,
) -> Plan:
    """Plan a depot's day as a whole; routes that departed stay as they are.

    Opens its own transactions; the planner is asked between them. If the plan changes meanwhile,
    all of it is done once more.

    Args:
        unit_of_work: Makes the transactions.
        planner: Who orders the stops.
        depot_id: Whose day.
        day: The service day.
        now: The day's time.
        since: A plan made at or after this instant is good enough and left alone.

    Raises:
        UnavailableError: If the planner cannot be reached, or found nothing in time.
        UnreadableError: If the planner answers what we cannot map.
        ConflictError: If the plan was changed both times while the planner worked.
    """
    try:
        return _plan_once(unit_of_work, planner, depot_id, day, now=now, since=since)
    except ConflictError:
        return _plan_once(unit_of_work, planner, depot_id, day, now=now, since=since)


def store(work: UnitOfWork, plan: Plan, *, removed: Iterable[Stop] = ()) -> None:
    """Keep a plan that was read in an earlier unit of work and changed outside any.

    Raises:
        ConflictError: If the plan was changed meanwhile: read it again.
    """
    expected = plan.revision
    _drop_placed(plan)
    work.plans.add(plan)
    for stop in removed:
        work.plans.remove_stop(stop)
    work.plans.raise_revision(plan.id, expected=expected)


def keep(work: UnitOfWork, plan: Plan, routes: Sequence[Route]) -> None:
    """Keep a plan that was read to be changed.

    Args:
        work: The unit of work.
        plan: The plan.
        routes: Those of its routes that were changed.

    Raises:
        ConflictError: If the plan was changed meanwhile, or somebody on a changed route was told
            what it breaks since it was read: read it again.
    """
    _drop_placed(plan)
    work.plans.keep(plan, routes)
    at = {id_: stop for route in routes for stop in route.open_stops for id_ in stop.delivery_ids}
    for id_, promise in work.plans.told(plan.depot_id, plan.date, list(at)).items():
        eta = at[id_].service_at
        is_news = (plan.told or {}).get(id_) != promise
        if is_news and eta is not None and breaks(eta, promise):
            raise ConflictError("somebody was told something else meanwhile")


def mirror(work: UnitOfWork, plan: Plan, *, routes: Sequence[Route] | None = None) -> None:
    """Show a plan on its deliveries: route, stop and ETA.

    What is done or failed keeps what it showed last.

    Args:
        work: The unit of work the plan is part of.
        plan: The plan.
        routes: Only the deliveries of these routes, and nobody's absence; by default the whole day.
    """
    shown = plan.routes if routes is None else routes
    at = {id_: stop for route in shown for stop in route.open_stops for id_ in stop.delivery_ids}
    work.deliveries.show(at)
    if routes is not None:
        return
    passed = {id_ for route in shown for stop in route.stops for id_ in stop.delivery_ids}
    for delivery in work.deliveries.of_day(plan.depot_id, plan.date):
        if delivery.id not in passed and not delivery.is_final:
            clear(delivery)


def tell_staff(work: UnitOfWork, plan: Plan, *, now: datetime) -> None:
    """Leave a task for every delivery that no van can take, once."""
    for unassigned in plan.unassigned:
        work.tasks.add_once(
            StaffTask(
                id=new_id("t"),
                kind="unassigned",
                dedupe_key=f"unassigned:{unassigned.delivery_id}:{plan.date.isoformat()}",
                created_at=now,
                delivery_id=unassigned.delivery_id,
                facts={"reason": unassigned.reason, "day": plan.date.isoformat()},
            )
        )


def clear(delivery: Delivery) -> None:
    """Show that a delivery is on no route."""
    delivery.route_id = delivery.stop_id = delivery.eta_at = None


def _drop_placed(plan: Plan) -> None:
    """Forget of those that no van could take the ones that are on a route by now."""
    placed = {id_ for route in plan.routes for stop in route.stops for id_ in stop.delivery_ids}
    left_out = tuple(each for each in plan.unassigned if each.delivery_id not in placed)
    if left_out != plan.unassigned:
        plan.unassigned = left_out


def _plan_once(
    unit_of_work: UnitOfWorkFactory,
    planner: RoutePlanner,
    depot_id: str,
    day: date,
    *,
    now: datetime,
    since: datetime | None,
) -> Plan:
    with unit_of_work() as work:
        plan = plan_of_day(work, depot_id, day)
        is_fresh = since is not None and plan.planned_at is not None and plan.planned_at >= since
        vehicles, learned = work.vehicles.of_depot(depot_id), learned_paces(work, depot_id)
        blank = blank_plan(work.depots.get(depot_id), vehicles, day, learned)
        visits = _visits(work, plan)
        work.commit()
    if is_fresh:
        return plan
    removed = _begin_afresh(plan, blank)
    plan.unassigned = planner.plan_day(plan, visits)
    plan.planned_at = now
    plan.improved_revision = plan.revision + 1
    with unit_of_work() as work:
        store(work, plan, removed=removed)
        mirror(work, plan)
        tell_staff(work, plan, now=now)
        work.commit()
    return plan


def _visits(work: UnitOfWork, plan: Plan) -> list[Visit]:
    """Return the visits of a day that no van has left with."""
    gone = {
        id_
        for route in plan.routes
        if route.state is not RouteState.PLANNED
        for stop in route.stops
        for id_ in stop.delivery_ids
    }
    points = {point.id: point for point in work.pickup_points.all()}
    return [
        visit_of(delivery, points)
        for delivery in work.deliveries.of_day(plan.depot_id, plan.date)
        if delivery.status not in NOT_VISITED and delivery.id not in gone
    ]


def _begin_afresh(plan: Plan, blank: Plan) -> list[Stop]:
    """Empty the routes that have not departed, fit them to today's vehicles; return their stops."""
    removed: list[Stop] = []
    fresh = {route.vehicle_id: route for route in blank.routes}
    for route in list(plan.routes):
        new = fresh.pop(route.vehicle_id, None)
        if route.state is not RouteState.PLANNED:
            continue
        removed += route.stops
        route.stops.clear()
        route.start_at = route.end_at = None
        if new is None:
            plan.routes.remove(route)
            continue
        route.revision += 1
        route.driver_name, route.capacity, route.breaks = new.driver_name, new.capacity, new.breaks
        route.shift_start, route.shift_end = new.shift_start, new.shift_end
        route.paces, route.stop_paces = new.paces, new.stop_paces
    added = [route for route in blank.routes if route.vehicle_id in fresh]
    blank.routes.clear()
    plan.routes.extend(added)
    return removed


def _blank_route(depot: Depot, vehicle: Vehicle, day: date, learned: Learned) -> Route:
    zone = ZoneInfo(depot.zone)
    overnight = vehicle.shift_end <= vehicle.shift_start
    last_day = day + timedelta(days=1) if overnight else day
    return Route(
        id=new_id("r"),
        depot_id=depot.id,
        vehicle_id=vehicle.id,
        driver_name=vehicle.driver_name,
        date=day,
        zone=depot.zone,
        capacity=vehicle.capacity,
        shift_start=datetime.combine(day, vehicle.shift_start, tzinfo=zone).astimezone(UTC),
        shift_end=datetime.combine(last_day, vehicle.shift_end, tzinfo=zone).astimezone(UTC),
        depot_lat=depot.lat,
        depot_lon=depot.lon,
        breaks=vehicle.breaks,
        paces=learned.paces,
        stop_paces=learned.stop_paces,
    )
