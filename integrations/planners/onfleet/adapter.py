"""Onfleet as the route planner: it keeps the drivers' lists, we keep what was promised.

Where a stop can go is found on our own copy of the plan; Onfleet is told, and may refuse. What its
dispatchers and drivers change comes back through ``follow`` and its webhooks.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from deliveries.errors import RejectedError
from deliveries.model.outside import OutsideTask, task_id
from deliveries.model.preference import RejectionReason, VerdictKind
from deliveries.model.route import Plan, Route, RouteState, Stop, StopState, Unassigned
from deliveries.planner_settings import OnfleetSettings
from deliveries.ports import (
    PlannerCapabilities,
    RoutePlanner,
    UnitOfWorkFactory,
    Verdict,
    Visit,
    WantedWindow,
    WindowQuote,
)
from integrations.planners.onfleet.api import KEY_NAME, OnfleetApi, TaskState, from_ms, state_of
from integrations.planners.onfleet.following import followed, with_told_etas
from integrations.planners.onfleet.ledger import Ledger
from integrations.planners.onfleet.tasks import Need, visit_at, written
from integrations.planners.onfleet.webhook import NAME

ASK_AGAIN_S = 3.0
_REFUSALS = {
    TaskState.ACTIVE: RejectionReason.UNDER_WAY,
    TaskState.COMPLETED: RejectionReason.ALREADY_PASSED,
}


@dataclass(frozen=True)
class OnfleetPlanner:
    """Finds places with ``local``, and tells Onfleet.

    Attributes:
        local: Plans days, quotes, and answers for the times.
    """

    local: RoutePlanner
    api: OnfleetApi
    settings: OnfleetSettings
    unit_of_work: UnitOfWorkFactory
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        """Open the ledger of tasks."""
        object.__setattr__(self, "ledger", Ledger(self.unit_of_work))

    @property
    def capabilities(self) -> PlannerCapabilities:
        """The lists are Onfleet's; with a team to optimise, verdicts come later."""
        return PlannerCapabilities(answers_later=self.settings.team is not None, is_outside=True)

    def plan_day(self, plan: Plan, visits: Sequence[Visit]) -> tuple[Unassigned, ...]:
        """Plan the day ourselves, then give every worker their tasks in order.

        Broken off, it goes on where it was: what Onfleet has as it should be is not sent again.
        """
        unassigned = self.local.plan_day(plan, visits)
        for route in plan.routes:
            if route.state is RouteState.PLANNED and route.stops:
                self._publish(plan, route)
        return unassigned

    def quote(
        self, plan: Plan, wanted: Sequence[WantedWindow], *, now: datetime
    ) -> Sequence[WindowQuote]:
        """Return what our copy of the plan can serve; Onfleet quotes nothing."""
        return self.local.quote(plan, wanted, now=now)

    def apply(
        self, plan: Plan, visit: Visit | None, delivery_id: str, *, now: datetime, key: str
    ) -> Verdict:
        """Try a change on a copy of the plan, tell Onfleet, then make it."""
        trial = _copy(plan)
        verdict = self.local.apply(trial, visit, delivery_id, now=now, key=key)
        task = self.ledger.tasks([delivery_id]).get(delivery_id)
        if verdict.kind is not VerdictKind.ACCEPTED:
            if visit is not None and task is not None and task.key == key:
                # Written while there was room; there is none left now that Onfleet is asked again.
                self._take_back(plan, task, self._need(visit, key))
            return verdict
        if visit is None:
            answer = self._withdraw(plan, task)
        else:
            answer = self._send(plan, trial, task, self._need(visit, key), now=now)
        if answer is not None:
            return answer
        return self.local.apply(plan, visit, delivery_id, now=now, key=key)

    def retime(self, route: Route, *, now: datetime) -> None:
        """Compute ETAs ourselves, from what Onfleet told last on."""
        self.local.retime(route, now=now)
        if route.state is RouteState.DEPARTED:
            ids = [id_ for stop in route.open_stops for id_ in stop.delivery_ids]
            with_told_etas(route, self.ledger.tasks(ids), now=now)

    def follow(self, plan: Plan, *, now: datetime) -> Sequence[Stop] | None:
        """Put stops in the order, and on the van, that Onfleet's workers see."""
        ids = [id_ for r in plan.routes for stop in r.open_stops for id_ in stop.delivery_ids]
        known = {task.external_id: id_ for id_, task in self.ledger.tasks(ids).items()}
        orders = {
            route.id: [known[id_] for id_ in self.api.order(worker) if id_ in known]
            for route in plan.routes
            if route.state is not RouteState.FINISHED
            and (worker := self.settings.workers.get(route.vehicle_id)) is not None
        }
        before = {route.id: route.revision for route in plan.routes}
        removed = followed(plan, orders)
        if removed is None:
            return None
        for route in plan.routes:
            if route.revision != before[route.id]:
                self.retime(route, now=now)
        return removed

    def _need(self, visit: Visit, key: str) -> Need:
        return Need(visit, self.ledger.words_for(visit), key)

    def _publish(self, plan: Plan, route: Route) -> None:
        tasks = dict(self.ledger.tasks(_ids_ahead(route)))
        for stop in route.stops:
            for delivery_id in stop.delivery_ids:
                visit = visit_at(stop, delivery_id)
                said = repr((plan.id, visit)).encode()
                need = self._need(visit, f"plan:{hashlib.sha256(said).hexdigest()[:16]}")
                task = tasks.get(delivery_id)
                if task is None or task.key != need.key:
                    tasks[delivery_id] = self._write(plan, task, need)
        self.api.set_order(self._worker(route), _external_ids(route, tasks))

    def _send(
        self, plan: Plan, trial: Plan, task: OutsideTask | None, need: Need, *, now: datetime
    ) -> Verdict | None:
        """Tell Onfleet of a change; return its answer unless that is a plain yes."""
        if task is not None and task.key == need.key and task.job_id is not None:
            return self._outcome(plan, task, need)
        moved = _moved(plan, trial)
        workers = {route.id: self._worker(route) for route in moved}
        refusal = self._refusal(task)
        if refusal is not None:
            return refusal
        try:
            task = self._write(plan, task, need)
        except RejectedError:
            refusal = self._refusal(task)
            if refusal is None:
                raise
            return refusal
        if self.settings.team is None:
            for route in moved:
                self._reorder(route, workers[route.id], task)
            return None
        route = next(each for each in trial.routes if need.visit.delivery_id in _ids_ahead(each))
        day = max(now, datetime.combine(plan.date, time(), tzinfo=ZoneInfo(route.zone)))
        worker = self._worker(route)
        team = self.settings.team
        task.job_id = self.api.optimise(team, worker, task.external_id, day=day, zone=route.zone)
        self.ledger.keep(task)
        return Verdict(VerdictKind.PENDING, ask_again_s=ASK_AGAIN_S)

    def _outcome(self, plan: Plan, task: OutsideTask, need: Need) -> Verdict | None:
        """Return what has become of a change that Onfleet works on."""
        try:
            is_done = task.job_id is None or self.api.is_done(task.job_id)
        except RejectedError:
            # Staff get the choice; until they act the driver's task says what our plan says.
            self._take_back(plan, task, need)
            raise
        if not is_done:
            return Verdict(VerdictKind.PENDING, ask_again_s=ASK_AGAIN_S)
        eta_at = from_ms(self.api.task(task.external_id).get("estimatedArrivalTime"))
        task.job_id = None
        window = need.visit.window
        if eta_at is None or window is None or eta_at < window.end:
            self.ledger.keep(task)
            return None
        self._take_back(plan, task, need)
        return Verdict(VerdictKind.REJECTED, reason=RejectionReason.WINDOW_FULL)

    def _take_back(self, plan: Plan, task: OutsideTask, need: Need) -> None:
        """Let a task say again what our plan says of it."""
        id_ = need.visit.delivery_id
        stops = [stop for route in plan.routes for stop in route.open_stops]
        former = next((stop for stop in stops if id_ in stop.delivery_ids), None)
        if former is None:
            self._withdraw(plan, task)
        else:
            self._write(plan, task, self._need(visit_at(former, id_), f"{need.key}:back"))

    def _refusal(self, task: OutsideTask | None) -> Verdict | None:
        """Return why a task cannot be changed: its driver is on the way, or was there."""
        if task is None:
            return None
        reason = _REFUSALS.get(state_of(self.api.task(task.external_id)))
        return Verdict(VerdictKind.REJECTED, reason=reason) if reason is not None else None

    def _write(self, plan: Plan, task: OutsideTask | None, need: Need) -> OutsideTask:
        """Make a task say what is needed, or make one; what was done before a crash is found."""
        id_ = need.visit.delivery_id
        found = self.api.task(task.external_id) if task else self.api.find_task(id_)
        if task is None:
            external_id = str(found["id"]) if found is not None else ""
            task = OutsideTask(task_id(NAME, id_), NAME, id_, external_id)
        if task.place != need.place or not task.destination_id:
            visit = need.visit
            task.destination_id = self.api.create_destination(need.words, visit.lat, visit.lon)
        if found is None:
            task.external_id = self.api.create_task(written(need, task.destination_id))
        elif not _carries(found, need.key) or task.place != need.place:
            self.api.update_task(task.external_id, written(need, task.destination_id))
        task.place, task.plan_id, task.key, task.job_id = need.place, plan.id, need.key, None
        task.eta_at = task.eta_noted_at = None
        self.ledger.keep(task)
        return task

    def _withdraw(self, plan: Plan, task: OutsideTask | None) -> Verdict | None:
        """Take a task from its driver, unless it is on another day by now."""
        if task is None or task.plan_id != plan.id:
            return None
        refusal = self._refusal(task)
        if refusal is None:
            self.api.delete_task(task.external_id)
            self.ledger.forget(task)
        return refusal

    def _reorder(self, route: Route, worker: str, task: OutsideTask) -> None:
        tasks = {**self.ledger.tasks(_ids_ahead(route)), task.delivery_id: task}
        wanted = [id_ for id_ in _external_ids(route, tasks) if id_ != task.external_id]
        if task.delivery_id in _ids_ahead(route):
            wanted = _external_ids(route, tasks)
        if route.state is RouteState.DEPARTED:
            # What the driver is on the way to stays first.
            active = self.api.active_task(worker)
            wanted.sort(key=lambda id_: id_ != active)
        self.api.set_order(worker, wanted)

    def _worker(self, route: Route) -> str:
        worker = self.settings.workers.get(route.vehicle_id)
        if worker is None:
            raise RejectedError(f"ONFLEET_WORKERS names no worker for vehicle {route.vehicle_id}")
        return worker


def _copy(plan: Plan) -> Plan:
    routes = [replace(r, stops=[replace(stop) for stop in r.stops]) for r in plan.routes]
    return replace(plan, routes=routes)


def _moved(plan: Plan, trial: Plan) -> list[Route]:
    """Return the routes of the trial that are not as the plan has them."""
    before = {route.id: route.revision for route in plan.routes}
    return [route for route in trial.routes if route.revision != before[route.id]]


def _ids_ahead(route: Route) -> list[str]:
    ahead = (stop for stop in route.stops if stop.state is StopState.PLANNED)
    return [id_ for stop in ahead for id_ in stop.delivery_ids]


def _external_ids(route: Route, tasks: "dict[str, OutsideTask]") -> list[str]:
    return [tasks[id_].external_id for id_ in _ids_ahead(route) if id_ in tasks]


def _carries(found: object, key: str) -> bool:
    metadata = found.get("metadata") if isinstance(found, dict) else None
    return {"name": KEY_NAME, "value": key} in [
        {"name": each.get("name"), "value": each.get("value")}
        for each in (metadata if isinstance(metadata, list) else [])
        if isinstance(each, dict)
    ]


_: type[RoutePlanner] = OnfleetPlanner
