"""Choices on their way into the plan: claimed, put to the planner, answered, in any order of crash.

A change is claimed for a while, so that one that was dropped by a crash is taken up again. The
planner is asked between two transactions; the second keeps the plan, the verdict and what the
recipient is told, all or nothing, and only if nobody changed the plan meanwhile. Several that a
planner beside us accepts are kept together; what needs more than that is pushed by itself.
"""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from deliveries.errors import AdapterError, ConflictError, NotFoundError, UnavailableError
from deliveries.model.preference import (
    OPEN_CHANGES,
    ChangeState,
    PlannerChange,
    PreferenceState,
    RejectionReason,
    VerdictKind,
)
from deliveries.model.route import Plan, Route
from deliveries.ports import UnitOfWork, Verdict, Visit
from deliveries.services.committing import verdicts
from deliveries.services.committing.slots import Slot
from deliveries.services.committing.visits import wanted_visit
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.planning import clear, mirror, plan_of_day, store

# A worker that dies holds up its depot's changes for so long.
CLAIM_FOR = timedelta(seconds=30)
CLAIMED_AT_ONCE = 20
TRIES_AT_ONCE = 3
FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 300.0
# From here on the recipient is told that it takes longer; "shortly" was said before.
LONG_WAIT_S = 15.0


@dataclass(frozen=True)
class Push:
    """One change being pushed, at one time.

    Attributes:
        by: Who claimed it.
        now: The day's time.
        technical_now: The machine's time.
    """

    change_id: str
    by: str
    now: datetime
    technical_now: datetime


@dataclass(frozen=True)
class Errand:
    """What a change asks of the planner, read from the store and free of it.

    Attributes:
        change: As it was read.
        plan: The plan of the day the delivery should be on.
        former: The plan of the day it leaves, if that is another.
        visit: What is wanted of it; none: it is not to be visited.
    """

    change: PlannerChange
    plan: Plan
    former: Plan | None
    visit: Visit | None

    @property
    def plans(self) -> list[Plan]:
        """The plans it changes, always in the same order, so that two pushes cannot lock up."""
        return sorted((each for each in (self.plan, self.former) if each), key=lambda p: p.id)


@dataclass(frozen=True)
class _Unplanned:
    """A day that has no plan yet."""

    depot_id: str
    day: date


class Pushing:
    """Pushes due changes to the planner."""

    def __init__(self, desk: Desk, *, jitter: Callable[[], float] = random.random) -> None:
        """Keep what pushing needs.

        Args:
            desk: The store and the planner.
            jitter: Tells numbers in [0, 1), so that changes that failed together try again apart.
        """
        self._desk = desk
        self._jitter = jitter

    def push_due(self, *, by: str, now: datetime, technical_now: datetime) -> int:
        """Claim due changes, push each, and return how many there were.

        A change that fails in an unforeseen way is put off like one whose planner is away; the
        error is raised, and the changes behind it are free for the next call.

        Args:
            by: Who claims; another name in every process.
            now: The day's time.
            technical_now: The machine's time, for claims and back-off.

        Raises:
            UnavailableError: If the store cannot be reached.
        """
        waiting = self._claim(by=by, technical_now=technical_now)
        claimed = len(waiting)
        if claimed > 1 and not self._desk.planner.capabilities.is_outside:
            waiting = self._push_together(waiting, by=by, now=now, technical_now=technical_now)
        try:
            while waiting:
                self.push(Push(waiting[0], by, now, technical_now))
                del waiting[0]
        finally:
            if waiting:
                self._release(waiting[1:], by=by)
                self._put_off(Push(waiting[0], by, now, technical_now))
        return claimed

    def push(self, push: Push) -> None:
        """Push one claimed change; when this returns it is answered, put off or with staff.

        Raises:
            UnavailableError: If the store cannot be reached.
        """
        for _ in range(TRIES_AT_ONCE):
            try:
                self._push_once(push)
            except ConflictError:
                continue
            except UnavailableError as error:
                self._put_off(push, after_s=error.retry_after_s, is_away=True)
            except (AdapterError, NotFoundError):
                self._give_up(push)
            return
        self._put_off(push)

    def _claim(self, *, by: str, technical_now: datetime) -> list[str]:
        with self._desk.unit_of_work() as work:
            until = technical_now + CLAIM_FOR
            claimed = work.changes.claim_due(
                by=by, now=technical_now, until=until, limit=CLAIMED_AT_ONCE
            )
            ids = [change.id for change in claimed]
            work.commit()
        return ids

    def _push_together(
        self, change_ids: Sequence[str], *, by: str, now: datetime, technical_now: datetime
    ) -> list[str]:
        """Push claimed changes in one go, as far as they are accepted; return those that are left.

        Each is asked about on the plans as the ones before it left them.
        """
        pushes = [Push(id_, by, now, technical_now) for id_ in change_ids]
        errands = self._read_together(pushes)
        before = {
            route.id: route.revision
            for errand in errands.values()
            for plan in errand.plans
            for route in plan.routes
        }
        accepted: list[tuple[Errand, Verdict]] = []
        for errand in errands.values():
            try:
                verdict = self._ask(errand, now=now)
            except AdapterError:
                return list(change_ids)
            except BaseException:
                self._release([id_ for id_ in change_ids if id_ != errand.change.id], by=by)
                self._put_off(Push(errand.change.id, by, now, technical_now))
                raise
            if verdict.kind is VerdictKind.ACCEPTED:
                accepted.append((errand, verdict))
        try:
            kept = self._keep_together(accepted, before, by=by, now=now)
        except ConflictError:
            return list(change_ids)
        return [id_ for id_ in change_ids if id_ not in kept]

    def _read_together(self, pushes: Sequence[Push]) -> dict[str, Errand]:
        """Return what to ask for each change that only has to be asked about, on shared plans."""
        errands: dict[str, Errand] = {}
        with self._desk.unit_of_work(read_only=True) as work:
            for push in pushes:
                with suppress(NotFoundError):
                    errand = self._errand(work, push)
                    if isinstance(errand, Errand):
                        errands[push.change_id] = errand
        return errands

    def _keep_together(
        self,
        accepted: Sequence[tuple[Errand, Verdict]],
        before: dict[str, int],
        *,
        by: str,
        now: datetime,
    ) -> set[str]:
        """Store the plans once, and each verdict; all or nothing.

        Raises:
            ConflictError: If a plan, or a change that was claimed, was changed by somebody else.
        """
        plans = {plan.id: plan for errand, _ in accepted for plan in errand.plans}
        if not plans:
            return set()
        with self._desk.unit_of_work() as work:
            for plan in sorted(plans.values(), key=lambda plan: plan.id):
                store(work, plan)
            for stop in (stop for _, verdict in accepted for stop in verdict.removed_stops):
                work.plans.remove_stop(stop)
            for errand, _ in accepted:
                change = work.changes.get(errand.change.id)
                if not _is_ours(change, by):
                    raise ConflictError("claimed by somebody else meanwhile")
                verdicts.accept(work, change, eta_at=_eta(errand), now=now)
                if errand.visit is None:
                    clear(work.deliveries.get(change.delivery_id))
                _free(change)
            for plan in plans.values():
                mirror(work, plan, routes=_changed(plan, before))
            work.commit()
        return {errand.change.id for errand, _ in accepted}

    def _push_once(self, push: Push) -> None:
        errand = self._read(push)
        if errand is None:
            return
        if isinstance(errand, RejectionReason):
            self._refuse(push, errand, ())
            return
        before = {route.id: route.revision for plan in errand.plans for route in plan.routes}
        verdict = self._ask(errand, now=push.now)
        if verdict.kind is VerdictKind.PENDING:
            self._put_off(push, after_s=verdict.ask_again_s, state=ChangeState.SENT)
        elif verdict.kind is VerdictKind.ACCEPTED:
            self._keep(push, errand, verdict, before)
        else:
            reason = verdict.reason or RejectionReason.UNKNOWN
            self._refuse(push, reason, self._alternatives(errand.change, now=push.now))

    def _read(self, push: Push) -> Errand | RejectionReason | None:
        """Return what to ask, why there is no need to ask, or nothing if the change is not ours."""
        with self._desk.unit_of_work(read_only=True) as work:
            found = self._errand(work, push)
        if not isinstance(found, _Unplanned):
            return found
        with self._desk.unit_of_work() as work:
            plan_of_day(work, found.depot_id, found.day)
            work.commit()
        return self._read(push)

    @staticmethod
    def _errand(work: UnitOfWork, push: Push) -> "Errand | RejectionReason | _Unplanned | None":
        change = work.changes.get(push.change_id)
        if not _is_ours(change, push.by):
            return None
        preference = work.preferences.get(change.preference_id)
        delivery = work.deliveries.get(change.delivery_id)
        if delivery.is_final:
            return RejectionReason.ALREADY_PASSED
        if preference.state is not PreferenceState.PENDING:
            return RejectionReason.UNKNOWN
        points = {point.id: point for point in work.pickup_points.all()}
        wanted = wanted_visit(delivery, preference, points)
        plan = work.plans.of_day(change.depot_id, wanted.day)
        if plan is None:
            return _Unplanned(change.depot_id, wanted.day)
        moves = wanted.day != delivery.date
        former = work.plans.of_day(change.depot_id, delivery.date) if moves else None
        return Errand(change, plan, former, wanted.visit)

    def _ask(self, errand: Errand, *, now: datetime) -> Verdict:
        """Put the change to the planner: on the new day first, then off the old one."""
        planner, id_ = self._desk.planner, errand.change.delivery_id
        key = errand.change.idempotency_key
        verdict = planner.apply(errand.plan, errand.visit, id_, now=now, key=key)
        if verdict.kind is not VerdictKind.ACCEPTED or errand.former is None:
            return verdict
        left = planner.apply(errand.former, None, id_, now=now, key=f"{key}:out")
        if left.kind is VerdictKind.REJECTED:
            planner.apply(errand.plan, None, id_, now=now, key=f"{key}:back")
        if left.kind is not VerdictKind.ACCEPTED:
            return left
        return replace(verdict, removed_stops=(*verdict.removed_stops, *left.removed_stops))

    def _keep(self, push: Push, errand: Errand, verdict: Verdict, before: dict[str, int]) -> None:
        """Store the changed plans, show them on the deliveries and tell the recipient."""
        with self._desk.unit_of_work() as work:
            change = work.changes.get(push.change_id)
            if not _is_ours(change, push.by):
                return
            for plan in errand.plans:
                store(work, plan)
            for stop in verdict.removed_stops:
                work.plans.remove_stop(stop)
            verdicts.accept(work, change, eta_at=verdict.eta_at, now=push.now)
            if errand.visit is None:
                clear(work.deliveries.get(change.delivery_id))
            for plan in errand.plans:
                mirror(work, plan, routes=_changed(plan, before))
            _free(change)
            work.commit()

    def _refuse(self, push: Push, reason: RejectionReason, slots: Sequence[Slot]) -> None:
        with self._desk.unit_of_work() as work:
            change = work.changes.get(push.change_id)
            if _is_ours(change, push.by):
                verdicts.reject(work, change, reason, slots, now=push.now)
                _free(change)
                work.commit()

    def _alternatives(self, change: PlannerChange, *, now: datetime) -> tuple[Slot, ...]:
        try:
            return verdicts.alternatives(self._desk, change, now=now)
        except UnavailableError:
            return ()

    def _give_up(self, push: Push) -> None:
        with self._desk.unit_of_work() as work:
            change = work.changes.get(push.change_id)
            if _is_ours(change, push.by):
                verdicts.give_up(work, change, now=push.now)
                _free(change)
                work.commit()

    def _put_off(
        self,
        push: Push,
        *,
        after_s: float | None = None,
        state: ChangeState | None = None,
        is_away: bool = False,
    ) -> None:
        """Try again later, longer after each time; past the change's expiry staff get it.

        That it is kept while the planner is away is told once, if it takes long.
        """
        with self._desk.unit_of_work() as work:
            change = work.changes.get(push.change_id)
            if not _is_ours(change, push.by):
                return
            if push.now >= change.expires_at:
                verdicts.give_up(work, change, now=push.now)
            else:
                change.attempts += 1
                change.state = state or change.state
                wait_s = after_s or self._wait_s(change.attempts)
                change.next_attempt_at = push.technical_now + timedelta(seconds=wait_s)
                if is_away and wait_s > LONG_WAIT_S:
                    verdicts.keep_waiting(work, change, now=push.now)
            _free(change)
            work.commit()

    def _wait_s(self, attempts: int) -> float:
        longest = min(FIRST_WAIT_S * 2.0 ** min(attempts - 1, 16), LONGEST_WAIT_S)
        return longest * (0.5 + self._jitter() / 2)

    def _release(self, change_ids: Sequence[str], *, by: str) -> None:
        with self._desk.unit_of_work() as work:
            for change_id in change_ids:
                change = work.changes.get(change_id)
                if _is_ours(change, by):
                    _free(change)
            work.commit()


def _is_ours(change: PlannerChange, by: str) -> bool:
    return change.state in OPEN_CHANGES and change.claimed_by == by


def _free(change: PlannerChange) -> None:
    change.claimed_by = change.claimed_until = None


def _changed(plan: Plan, before: dict[str, int]) -> list[Route]:
    return [route for route in plan.routes if before.get(route.id) != route.revision]


def _eta(errand: Errand) -> datetime | None:
    """Return when a delivery is expected once all changes are in."""
    if errand.visit is None:
        return None
    for route in errand.plan.routes:
        for stop in route.open_stops:
            if errand.visit.delivery_id in stop.delivery_ids:
                return stop.service_at
    return None
