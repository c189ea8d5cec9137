"""Choices on their way into the plan: claimed, put to the planner, answered, in any order of crash.

A change is claimed for a while, so that one that was dropped by a crash is taken up again. The
planner is asked between two transactions; the second keeps the plan, the verdict and what the
recipient is told, all or nothing, and only if nobody changed the plan meanwhile. Several that a
planner beside us accepts are kept together; what needs more than that is pushed by itself.
"""

import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from deliveries.errors import AdapterError, ConflictError, NotFoundError, UnavailableError
from deliveries.model.preference import (
    ChangeState,
    PlannerChange,
    RejectionReason,
    VerdictKind,
)
from deliveries.model.route import Plan, Route
from deliveries.ports import PlanImprover, UnitOfWork, Verdict
from deliveries.services.committing import verdicts
from deliveries.services.committing.errands import (
    Errand,
    ErrandReader,
    Unplanned,
    is_ours,
    read_along,
)
from deliveries.services.committing.slots import Slot
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.planning import clear, keep, mirror, plan_of_day

# A worker that dies holds up its depot's changes for so long.
CLAIM_FOR = timedelta(seconds=30)
CLAIMED_AT_ONCE = 20
# What does not get its turn in half of that is free for the next call.
SINGLY_FOR_S = CLAIM_FOR.total_seconds() / 2
# A search over all vans may find room where a single change finds none.
SEARCHED = frozenset({RejectionReason.NO_ROOM, RejectionReason.WINDOW_FULL})
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
        ends = time.monotonic() + SINGLY_FOR_S
        try:
            while waiting and time.monotonic() < ends:
                self.push(Push(waiting[0], by, now, technical_now))
                del waiting[0]
        except BaseException:
            self._release(waiting[1:], by=by)
            self._put_off(Push(waiting[0], by, now, technical_now))
            raise
        self._release(waiting, by=by)
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
        accepted: list[Errand] = []
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
                accepted.append(errand)
        try:
            kept = self._keep_together(accepted, before, by=by, now=now)
        except ConflictError:
            return list(change_ids)
        return [id_ for id_ in change_ids if id_ not in kept]

    def _read_together(self, pushes: Sequence[Push]) -> dict[str, Errand]:
        """Return what to ask for each change that only has to be asked about, on shared plans."""
        errands: dict[str, Errand] = {}
        with self._desk.unit_of_work(read_only=True) as work:
            reader = ErrandReader(work)
            read_along(work, [push.change_id for push in pushes])
            for push in pushes:
                with suppress(NotFoundError):
                    errand = reader.errand(push.change_id, by=push.by)
                    if isinstance(errand, Errand):
                        errands[push.change_id] = errand
        return errands

    def _keep_together(
        self,
        accepted: Sequence[Errand],
        before: dict[str, int],
        *,
        by: str,
        now: datetime,
    ) -> set[str]:
        """Store the plans once, and each verdict; all or nothing.

        Raises:
            ConflictError: If a plan, or a change that was claimed, was changed by somebody else.
        """
        plans = {plan.id: plan for errand in accepted for plan in errand.plans}
        if not plans:
            return set()
        with self._desk.unit_of_work() as work:
            _keep(work, plans.values(), before)
            # The deliveries are read next, as the plans leave them.
            read_along(work, [errand.change.id for errand in accepted])
            for errand in accepted:
                change = work.changes.get(errand.change.id)
                if not is_ours(change, by):
                    raise ConflictError("claimed by somebody else meanwhile")
                _free(change)
                verdicts.accept(work, change, eta_at=errand.eta_at, now=now)
                if errand.visit is None:
                    clear(work.deliveries.get(change.delivery_id))
            work.commit()
        return {errand.change.id for errand in accepted}

    def _push_once(self, push: Push) -> None:
        errand = self._read(push)
        if errand is None:
            return
        if isinstance(errand, RejectionReason):
            self._refuse(push, errand, ())
            return
        before = {route.id: route.revision for plan in errand.plans for route in plan.routes}
        verdict = self._ask(errand, now=push.now, may_search=True)
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
            found = ErrandReader(work).errand(push.change_id, by=push.by)
        if not isinstance(found, Unplanned):
            return found
        with self._desk.unit_of_work() as work:
            plan_of_day(work, found.depot_id, found.day)
            work.commit()
        return self._read(push)

    def _ask(self, errand: Errand, *, now: datetime, may_search: bool = False) -> Verdict:
        """Put the change to the planner: on the new day first, then off the old one.

        A window that it refuses may be searched for, which takes seconds.
        """
        planner, id_ = self._desk.planner, errand.change.delivery_id
        key = errand.change.idempotency_key
        verdict = planner.apply(errand.plan, errand.visit, id_, now=now, key=key)
        if may_search and verdict.reason in SEARCHED:
            verdict = self._search(errand, verdict, now=now)
        if verdict.kind is not VerdictKind.ACCEPTED or errand.former is None:
            return verdict
        left = planner.apply(errand.former, None, id_, now=now, key=f"{key}:out")
        if left.kind is VerdictKind.REJECTED:
            planner.apply(errand.plan, None, id_, now=now, key=f"{key}:back")
        if left.kind is not VerdictKind.ACCEPTED:
            return left
        return replace(verdict, removed_stops=(*verdict.removed_stops, *left.removed_stops))

    def _search(self, errand: Errand, refused: Verdict, *, now: datetime) -> Verdict:
        """Ask for room for a window by other orders; what was refused stays so without any."""
        planner, visit = self._desk.planner, errand.visit
        if visit is None or visit.window is None or not isinstance(planner, PlanImprover):
            return refused
        found = planner.make_room(errand.plan, visit, errand.change.delivery_id, now=now)
        return found if found.kind is VerdictKind.ACCEPTED else refused

    def _keep(self, push: Push, errand: Errand, verdict: Verdict, before: dict[str, int]) -> None:
        """Store the changed plans, show them on the deliveries and tell the recipient."""
        with self._desk.unit_of_work() as work:
            change = work.changes.get(push.change_id)
            if not is_ours(change, push.by):
                return
            _keep(work, errand.plans, before)
            _free(change)
            verdicts.accept(work, change, eta_at=verdict.eta_at, now=push.now)
            if errand.visit is None:
                clear(work.deliveries.get(change.delivery_id))
            work.commit()

    def _refuse(self, push: Push, reason: RejectionReason, slots: Sequence[Slot]) -> None:
        with self._desk.unit_of_work() as work:
            change = work.changes.get(push.change_id)
            if is_ours(change, push.by):
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
            if is_ours(change, push.by):
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
            if not is_ours(change, push.by):
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
        if not change_ids:
            return
        with self._desk.unit_of_work() as work:
            for change_id in change_ids:
                change = work.changes.get(change_id)
                if is_ours(change, by):
                    _free(change)
            work.commit()


def _free(change: PlannerChange) -> None:
    change.claimed_by = change.claimed_until = None


def _keep(work: UnitOfWork, plans: Iterable[Plan], before: Mapping[str, int]) -> None:
    """Keep changed plans and show them, always in the same order: no two pushes can lock up."""
    for plan in sorted(plans, key=lambda plan: plan.id):
        keep(work, plan, _changed(plan, before))
        mirror(work, plan, routes=_changed(plan, before))


def _changed(plan: Plan, before: Mapping[str, int]) -> list[Route]:
    return [route for route in plan.routes if before.get(route.id) != route.revision]
