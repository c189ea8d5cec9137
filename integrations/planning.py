"""Makes the route planner that the settings name."""

from dataclasses import replace

from deliveries.planner_settings import GoogleSettings, PlannerSettings, VroomSettings
from deliveries.ports import PlanImprover, PlannerWebhook, RoutePlanner, UnitOfWorkFactory
from integrations.clock import SystemClock
from integrations.planners.breaker import GuardedImprover, GuardedPlanner
from integrations.planners.embedded.adapter import EmbeddedPlanner
from integrations.planners.google import GoogleSolver, Purse, Tokens
from integrations.planners.onfleet import OnfleetApi, OnfleetPlanner, OnfleetWebhook
from integrations.planners.vroom import VroomHttp, VroomProcess, VroomSolver


def chosen_planner(
    settings: PlannerSettings, local: EmbeddedPlanner, unit_of_work: UnitOfWorkFactory
) -> RoutePlanner:
    """Return the planner in use.

    Args:
        settings: Which, and what it needs.
        local: Our own; the others quote with it, and order routes better or elsewhere.
        unit_of_work: Where adapters keep what they need to know again.
    """
    if settings.vroom is not None:
        # Of two processes, so that nobody waits for their verdict while a whole day is searched.
        days, vans = VroomSolver(_vroom(settings.vroom)), VroomSolver(_vroom(settings.vroom))
        return replace(local, solver=days, order=vans)
    if settings.onfleet is not None:
        api = OnfleetApi(settings.onfleet.url, settings.onfleet.key)
        return OnfleetPlanner(local, api, settings.onfleet, unit_of_work)
    if settings.google is not None:
        solver_for_money = _google(settings.google, unit_of_work)
        return replace(local, solver=solver_for_money, order=solver_for_money)
    return local


def guarded(settings: PlannerSettings, planner: RoutePlanner) -> RoutePlanner:
    """Return the planner in use behind a breaker, if it is reached over a line.

    Better routes are looked for in the background where that costs nothing: every search at
    Google's would be paid for, and Onfleet keeps the plan itself.
    """
    if settings.name == "embedded":
        return planner
    if settings.vroom is not None and isinstance(planner, PlanImprover):
        return GuardedImprover(planner, planner)
    return GuardedPlanner(planner)


def planner_webhook(settings: PlannerSettings) -> PlannerWebhook | None:
    """Return what reads the planner's reports, if it sends any."""
    if settings.onfleet is not None:
        return OnfleetWebhook(settings.onfleet.webhook_secret)
    return None


def check_planner(settings: PlannerSettings) -> None:
    """See that the planner in use answers us.

    Raises:
        AdapterError: If it does not.
    """
    if settings.vroom is not None:
        _vroom(settings.vroom).check()
    if settings.onfleet is not None:
        OnfleetApi(settings.onfleet.url, settings.onfleet.key).check()
    if settings.google is not None:
        # A token is free; a plan is not.
        Tokens(settings.google.credentials).headers()


def _google(settings: GoogleSettings, unit_of_work: UnitOfWorkFactory) -> GoogleSolver:
    return GoogleSolver.of(settings, Purse(unit_of_work, settings.cents_a_day, SystemClock().now))


def _vroom(settings: VroomSettings) -> VroomHttp | VroomProcess:
    return VroomHttp(settings.url, key=settings.key) if settings.url else VroomProcess()
