"""Makes the route planner that the settings name."""

from contextlib import closing
from dataclasses import replace
from functools import cache

from deliveries.planner_settings import (
    GoogleSettings,
    PlannerSettings,
    TravelSettings,
    VroomSettings,
)
from deliveries.ports import PlanImprover, PlannerWebhook, RoutePlanner, UnitOfWorkFactory
from integrations.clock import SystemClock
from integrations.planners.breaker import GuardedImprover, GuardedPlanner
from integrations.planners.embedded.adapter import EmbeddedPlanner
from integrations.planners.google import GoogleSolver, Purse, Tokens
from integrations.planners.onfleet import OnfleetApi, OnfleetPlanner, OnfleetWebhook
from integrations.planners.vroom import VroomHttp, VroomProcess, VroomSolver
from integrations.travel import MappedTravel, Osrm, Valhalla


def chosen_planner(
    settings: PlannerSettings, local: EmbeddedPlanner, unit_of_work: UnitOfWorkFactory
) -> RoutePlanner:
    """Return the planner in use.

    Args:
        settings: Which, and what it needs.
        local: Our own; the others quote with it, and order routes better or elsewhere.
        unit_of_work: Where adapters keep what they need to know again.
    """
    local = replace(local, travel=mapped_travel(settings.travel) or local.travel)
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


def rehearsing_planner(
    settings: PlannerSettings, local: EmbeddedPlanner, unit_of_work: UnitOfWorkFactory
) -> RoutePlanner:
    """Return what quotes as the planner in use does, and tells or costs nobody anything.

    VROOM and the map server are asked as ever. Onfleet would be told of stops and Google would
    send a bill, so days are planned by our own there; windows are quoted by it in any case.

    Args:
        settings: The planner in use.
        local: Our own.
        unit_of_work: Of the copy that is rehearsed on, or of a store that is only read.
    """
    return chosen_planner(replace(settings, onfleet=None, google=None), local, unit_of_work)


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


# A process learns every pair once, however many planners it has.
@cache
def mapped_travel(settings: TravelSettings) -> MappedTravel | None:
    """Return travel by the map server in use, if there is one."""
    server = _map_server(settings)
    return None if server is None else MappedTravel(server, table_size=settings.table_size)


def check_travel(settings: TravelSettings) -> None:
    """See that the map server answers us, if one is used.

    Raises:
        AdapterError: If it does not.
    """
    server = _map_server(settings)
    if server is not None:
        with closing(server):
            server.check()


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


def _map_server(settings: TravelSettings) -> Osrm | Valhalla | None:
    if settings.name == "osrm":
        return Osrm(settings.url)
    return Valhalla(settings.url) if settings.name == "valhalla" else None


def _google(settings: GoogleSettings, unit_of_work: UnitOfWorkFactory) -> GoogleSolver:
    return GoogleSolver.of(settings, Purse(unit_of_work, settings.cents_a_day, SystemClock().now))


def _vroom(settings: VroomSettings) -> VroomHttp | VroomProcess:
    return VroomHttp(settings.url, key=settings.key) if settings.url else VroomProcess()
