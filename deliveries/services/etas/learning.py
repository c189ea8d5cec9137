"""A finished day: what it promised and kept, and what its errors teach. People are forgotten."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from deliveries.errors import ConflictError
from deliveries.model.delivery import Delivery
from deliveries.model.eta import EtaCalibration, EtaDay, EtaPromise
from deliveries.model.preference import PreferenceState
from deliveries.model.route import Plan, Route, RouteState
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.turns import Desk
from deliveries.services.etas.conformal import shifted, sketched
from deliveries.services.etas.intervals import came_at
from deliveries.services.etas.pacing import paces_from, stop_paces_from
from deliveries.services.etas.replaying import Learned, add, replayed, visited

LEARNED_FROM = timedelta(days=42)
KEPT_FOR = timedelta(days=90)
LOOKED_BACK = timedelta(days=2)
# A van that never reports its return ends its day all the same.
OVER_AFTER = timedelta(hours=4)
FIXED = timedelta(minutes=30)
# One bad van on a quiet day says little about what was promised.
PROMISES_NEEDED = 10


def learn_from_finished_days(desk: Desk, *, now: datetime) -> int:
    """Learn from every day that is over and was not learned from; return how many there were.

    Raises:
        UnavailableError: If the store or the planner cannot be reached.
    """
    with desk.unit_of_work(read_only=True) as work:
        days = [now.date() - timedelta(days=back) for back in range(LOOKED_BACK.days, -1, -1)]
        over = [
            (plan.depot_id, plan.date)
            for day in days
            for plan in work.plans.on_day(day)
            if _is_over(plan, now=now) and work.etas.day(plan.depot_id, plan.date) is None
        ]
    learned = 0
    for depot_id, day in over:
        try:
            learned += learn_from(desk, depot_id, day, now=now)
        except ConflictError:
            # Another worker has just learned from it.
            continue
    return learned


def learn_from(desk: Desk, depot_id: str, day: date, *, now: datetime) -> bool:
    """Learn from one finished day; false if that was done.

    Raises:
        UnavailableError: If the store or the planner cannot be reached.
        ConflictError: If somebody else was faster.
    """
    with desk.unit_of_work(read_only=True) as work:
        plan = work.plans.of_day(depot_id, day)
    if plan is None:
        return False
    learned = Learned()
    if not desk.planner.capabilities.is_outside:
        for route in plan.routes:
            of_route = replayed(desk.planner, route)
            learned.errors += of_route.errors
            add(learned.paces, of_route.paces)
            add(learned.stop_paces, of_route.stop_paces)
    with desk.unit_of_work() as work:
        if work.etas.day(depot_id, day) is not None:
            return False
        report, asked = _report(work, plan, learned, now=now)
        work.etas.add_errors(learned.errors)
        work.etas.add_day(report)
        work.flush()
        _calibrate(work, report, asked, now=now)
        work.etas.forget_promises(depot_id, day)
        work.etas.forget_before(day - KEPT_FOR)
        work.commit()
    return True


def _is_over(plan: Plan, *, now: datetime) -> bool:
    """Say whether every van that has stops is back, or must be."""
    driven = [route for route in plan.routes if route.stops]
    return bool(driven) and all(
        route.state is RouteState.FINISHED or now > route.shift_end + OVER_AFTER for route in driven
    )


def _report(
    work: UnitOfWork, plan: Plan, learned: Learned, *, now: datetime
) -> tuple[EtaDay, float]:
    """Return what the day came to, and the share that its learned windows were to keep."""
    report = EtaDay(plan.depot_id, plan.date, now)
    report.paces, report.stop_paces = dict(learned.paces), dict(learned.stop_paces)
    arrivals = _arrivals(plan.routes)
    report.stops = sum(len(visited(route)) for route in plan.routes)
    off_s, shares = list[float](), list[float]()
    promises = work.etas.promises_of(plan.depot_id, plan.date)
    deliveries = {each.id: each for each in work.deliveries.many([p.delivery_id for p in promises])}
    for promise in promises:
        delivery, came = deliveries.get(promise.delivery_id), arrivals.get(promise.delivery_id)
        if delivery is None or came is None or _was_changed(work, delivery, promise):
            continue
        _count(report, promise, came)
        off_s.append(abs((came - promise.eta_at).total_seconds()))
        if promise.is_learned:
            shares.append(work.shippers.get(delivery.shipper_id).rules.notices.eta_share)
    off_s.sort()
    if off_s:
        report.p50_s = round(off_s[(len(off_s) - 1) // 2])
        report.p90_s = round(off_s[round(0.9 * (len(off_s) - 1))])
    return report, sum(shares) / len(shares) if shares else 0.0


def _arrivals(routes: Sequence[Route]) -> dict[str, datetime]:
    """Return when the van first came with each delivery."""
    came: dict[str, datetime] = {}
    for route in routes:
        for stop in visited(route):
            at = came_at(stop)
            for id_ in stop.delivery_ids if at is not None else ():
                came[id_] = min(came.get(id_, at), at) if at is not None else came[id_]
    return came


def _was_changed(work: UnitOfWork, delivery: Delivery, promise: EtaPromise) -> bool:
    """Say whether the recipient chose otherwise after the window was told."""
    chosen = work.preferences.live_of(delivery.id)
    return (
        chosen is not None
        and chosen.state is PreferenceState.CONFIRMED
        and chosen.chosen_at >= promise.made_at
    )


def _count(report: EtaDay, promise: EtaPromise, came: datetime) -> None:
    is_kept = promise.window_start <= came <= promise.window_end
    width_s = round(promise.window.duration.total_seconds())
    report.promised += 1
    report.kept += is_kept
    report.width_s += width_s
    report.fixed_kept += abs(came - promise.eta_at) <= FIXED
    if promise.is_learned:
        report.learned_promised += 1
        report.learned_kept += is_kept
        report.learned_width_s += width_s


def _calibrate(work: UnitOfWork, report: EtaDay, asked: float, *, now: datetime) -> None:
    first = report.day - LEARNED_FROM
    calibration = work.etas.calibration(report.depot_id)
    if calibration is None:
        calibration = EtaCalibration(report.depot_id, now)
        work.etas.add_calibration(calibration)
    if report.learned_promised >= PROMISES_NEEDED:
        kept = report.learned_kept / report.learned_promised
        calibration.shift = shifted(calibration.shift, asked=asked, kept=kept)
    calibration.groups = sketched(work.etas.errors_since(report.depot_id, first))
    days = work.etas.days_since(first, depot_id=report.depot_id)
    calibration.paces, calibration.stop_paces = paces_from(days), stop_paces_from(days)
    calibration.calibrated_at = now
