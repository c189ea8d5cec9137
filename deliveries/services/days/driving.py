"""Drivers' events: each worked once, in a transaction of its own; then routes are timed anew."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deliveries.errors import ConflictError, InvalidInputError, NotFoundError, UnavailableError
from deliveries.model.challenge import ChallengeState
from deliveries.model.delivery import Delivery
from deliveries.model.history import DriverEvent, StaffTask
from deliveries.model.ids import new_id
from deliveries.model.route import Plan, Route, RouteState
from deliveries.ports import RoutePlanner, UnitOfWork, UnitOfWorkFactory
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.journeys import AT_A_STOP, Report, read_report, take_effect, text_of
from deliveries.services.days.outcomes import tell_outcomes
from deliveries.services.days.planning import mirror
from deliveries.services.identity.door_pins import (
    PinCheck,
    check_pin,
    needs_pin,
    send_due_pins,
    without_pin,
)
from deliveries.services.pickup_points.waiting import begin_waiting

TRIES = 3
# A device's clock may be wrong, but not by more; a position of next week would hide all others.
CLOCKS_DIFFER_BY = timedelta(days=1)
# Seconds more or less help nobody and would rewrite every stop with every position.
WORTH_NOTING = timedelta(seconds=20)


@dataclass(frozen=True)
class Rejected:
    """An event that was not taken, and why; it may be sent again once that is settled."""

    id: str
    error: str


@dataclass(frozen=True)
class Recorded:
    """What became of a batch of events; contradictory or late ones are accepted and do nothing."""

    accepted: int
    duplicates: int
    rejected: tuple[Rejected, ...] = ()


def record_driver_events(desk: Desk, events: Sequence[DriverEvent], *, now: datetime) -> Recorded:
    """Work a batch of events, oldest first, then time the routes that they moved anew.

    Raises:
        ConflictError: If others were faster every time: send the batch again, what was taken is
            not worked twice.
        UnavailableError: If the store cannot be reached: likewise.
    """
    accepted, rejected, moved = 0, list[Rejected](), set[str]()
    sound = [event for event in events if event.at.tzinfo is not None]
    rejected += [Rejected(each.id, "at has no zone") for each in events if each.at.tzinfo is None]
    for given in sorted(sound, key=lambda each: each.at):
        event, pin = without_pin(given)
        try:
            problem = _problem_at_door(desk, event, pin, now=now)
            if problem is not None:
                rejected.append(Rejected(event.id, problem))
                continue
            is_new = _record(desk, event, now=now)
        except (InvalidInputError, NotFoundError) as error:
            _tell_staff(desk.unit_of_work, event, now=now)
            rejected.append(Rejected(event.id, str(error)))
            continue
        accepted += is_new
        if is_new:
            moved.add(event.route_id)
    retime_routes(desk, moved, now=now)
    duplicates = len(events) - accepted - len(rejected)
    return Recorded(accepted, duplicates, tuple(rejected))


def tell_pin(desk: Desk, delivery_id: str, pin: str, *, key: str, now: datetime) -> PinCheck:
    """Check a PIN that a recipient told the driver; after the last try the attempt has failed.

    Raises:
        NotFoundError: If there is no such delivery.
        ConflictError: If others were faster every time.
        UnavailableError: If the store cannot be reached.
    """
    with desk.unit_of_work() as work:
        delivery = work.deliveries.get(delivery_id)
        checked = check_pin(work, desk.vault, delivery, pin, key, now=now)
        route_id, stop_id = delivery.route_id, delivery.stop_id
        work.commit()
    if checked.just_failed and route_id is not None:
        details = {"reason": "wrong_pin"}
        _record(
            desk,
            DriverEvent(f"{key}:pin", "failed", now, route_id, stop_id, delivery_id, details),
            now=now,
        )
    return checked


def retime_routes(desk: Desk, route_ids: Collection[str], *, now: datetime) -> None:
    """Compute the ETAs of routes under way again, and show them on the deliveries.

    The planner is asked outside any transaction; a route that changed meanwhile is left to its
    next event. With no planner to ask, the former ETAs stand.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    if not route_ids:
        return
    with desk.unit_of_work(read_only=True) as work:
        routes = [work.plans.route(id_) for id_ in sorted(route_ids)]
    for day in sorted({(route.depot_id, route.date) for route in routes}):
        of_day = [route for route in routes if (route.depot_id, route.date) == day]
        timed = [route for route in of_day if _is_retimed(desk.planner, route, now=now)]
        if timed:
            _keep_times(desk.unit_of_work, day, timed)


def _problem_at_door(
    desk: Desk, event: DriverEvent, pin: str | None, *, now: datetime
) -> str | None:
    """Return why a hand-over does not count: its PIN is missing or wrong."""
    if event.kind != "delivered":
        return None
    with desk.unit_of_work(read_only=True) as work:
        report = read_report(work, event)
        if text_of(event, "handed_to") not in (None, "recipient", "household"):
            return None
        ids = [each.id for each in report.named if needs_pin(each) and not each.is_final]
        passed = [id_ for id_ in ids if _has_passed(work, id_)]
    for delivery_id in ids:
        if delivery_id in passed:
            continue
        if pin is None:
            return "pin is missing"
        checked = tell_pin(desk, delivery_id, pin, key=event.id, now=now)
        if not checked.is_right:
            return f"pin is wrong, {checked.tries_left} tries are left"
    return None


def _has_passed(work: UnitOfWork, delivery_id: str) -> bool:
    challenge = work.challenges.door_pin(delivery_id)
    return challenge is not None and challenge.state is ChallengeState.PASSED


def _record(desk: Desk, event: DriverEvent, *, now: datetime) -> bool:
    """Work one event; false if it was reported before."""
    if event.at > now + CLOCKS_DIFFER_BY:
        raise InvalidInputError("at lies in the future")
    for _ in range(TRIES - 1):
        try:
            return _record_once(desk, event, now=now)
        except ConflictError:
            continue
    return _record_once(desk, event, now=now)


def _record_once(desk: Desk, event: DriverEvent, *, now: datetime) -> bool:
    with desk.unit_of_work() as work:
        if not work.driver_events.add_once(event):
            return False
        report = read_report(work, event)
        if take_effect(report):
            begin_waiting(work, desk.vault, report.named, now=now)
            tell_outcomes(report, desk, now=now)
            send_due_pins(work, desk.vault, _carried(report), now=now)
        work.commit()
        return True


def _carried(report: Report) -> Sequence[Delivery]:
    """Return what a van that has just left, or is known to be out, carries."""
    if report.event.kind not in ("departed", "arrived"):
        return ()
    ids = [id_ for stop in report.route.open_stops for id_ in stop.delivery_ids]
    return report.work.deliveries.many(ids)


def _tell_staff(unit_of_work: UnitOfWorkFactory, event: DriverEvent, *, now: datetime) -> None:
    """Leave an outcome that fits nothing we know to staff: something did happen at a door."""
    if event.kind not in AT_A_STOP or event.kind == "arrived":
        return
    with unit_of_work() as work:
        known = event.delivery_id and work.deliveries.find(event.delivery_id)
        work.tasks.add_once(
            StaffTask(
                id=new_id("t"),
                kind="driver_event_unmatched",
                dedupe_key=f"driver_event:{event.id}",
                created_at=now,
                delivery_id=event.delivery_id if known else None,
                facts={"event_id": event.id, "kind": event.kind},
            )
        )
        work.commit()


def _is_retimed(planner: RoutePlanner, route: Route, *, now: datetime) -> bool:
    """Retime a route that is out; say whether anything moved that is worth noting."""
    if route.state is not RouteState.DEPARTED or not route.open_stops:
        return False
    before = {stop.id: stop.service_at for stop in route.open_stops}
    try:
        planner.retime(route, now=now)
    except UnavailableError:
        return False
    return any(_differs(before[stop.id], stop.service_at) for stop in route.open_stops)


def _differs(before: datetime | None, after: datetime | None) -> bool:
    if before is None or after is None:
        return before is not after
    return abs(after - before) >= WORTH_NOTING


def _keep_times(
    unit_of_work: UnitOfWorkFactory, day: tuple[str, date], timed: Iterable[Route]
) -> None:
    """Copy the new times onto the routes that are as they were read."""
    try:
        with unit_of_work() as work:
            plan = work.plans.of_day(*day)
            if plan is None:
                return
            kept = [route for each in timed if (route := _with_times(plan, each)) is not None]
            mirror(work, plan, routes=kept)
            work.commit()
    except ConflictError:
        # Whoever was faster has just timed these routes, or their next event does.
        return


def _with_times(plan: Plan, timed: Route) -> Route | None:
    route = next((each for each in plan.routes if each.id == timed.id), None)
    if route is None or _shape(route) != _shape(timed):
        return None
    for stop, newer in zip(route.stops, timed.stops, strict=True):
        if stop.is_open:
            stop.arrival_at, stop.service_at = newer.arrival_at, newer.service_at
            stop.leave_at = newer.leave_at
    route.end_at = timed.end_at
    return route


def _shape(route: Route) -> list[tuple[object, ...]]:
    """Return what must be the same for times computed elsewhere to hold."""
    return [(stop.id, stop.state, stop.position, stop.delivery_ids) for stop in route.stops]
