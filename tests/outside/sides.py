"""Every planner there is, each with the system behind it, over real HTTP."""

import atexit
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from deliveries.planner_settings import GoogleSettings, OnfleetSettings
from deliveries.ports import RoutePlanner
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.google import GoogleSolver, Purse
from integrations.planners.onfleet import OnfleetApi, OnfleetPlanner
from integrations.planners.vroom import VroomHttp, VroomProcess, VroomSolver
from tests.builders import NOW, a_stocked_storage
from tests.outside.google import PROJECT, GoogleRoutes
from tests.outside.onfleet import KEY, SECRET, Onfleet
from tests.outside.serving import Outsider
from tests.outside.vroom import VroomExpress


@dataclass(frozen=True)
class Side:
    """A planner, and the system behind it where there is one."""

    name: str
    planner: RoutePlanner
    outside: Outsider | None = None


@contextmanager
def embedded() -> Iterator[Side]:
    yield Side("embedded", EmbeddedPlanner(budget_s=2))


@contextmanager
def vroom_http() -> Iterator[Side]:
    with VroomExpress() as server:
        engine = VroomHttp(server.url)
        solver = VroomSolver(engine)
        yield Side("vroom_http", EmbeddedPlanner(budget_s=2, solver=solver, order=solver), server)
        engine.close()


@contextmanager
def vroom_process() -> Iterator[Side]:
    solver = VroomSolver(_process())
    yield Side("vroom_process", EmbeddedPlanner(budget_s=2, solver=solver, order=solver))


@cache
def _process() -> VroomProcess:
    """One for all tests: it takes a second to start."""
    process = VroomProcess()
    atexit.register(process.close)
    return process


@contextmanager
def onfleet() -> Iterator[Side]:
    workers = {f"v-{number}": f"worker~{number}" for number in range(1, 4)}
    with Onfleet(*workers.values()) as server:
        api = OnfleetApi(f"{server.url}/api/v2", KEY, calls_a_second=10_000)
        settings = OnfleetSettings(KEY, server.url, SECRET, workers, team=None)
        store = a_stocked_storage()
        planner = OnfleetPlanner(EmbeddedPlanner(budget_s=2), api, settings, store.unit_of_work)
        yield Side("onfleet", planner, server)
        api.close()


def google_settings(server: GoogleRoutes, key: Path, *, cents: int = 100_000) -> GoogleSettings:
    return GoogleSettings(PROJECT, str(key), server.url, cents, 1, 3)


@contextmanager
def google() -> Iterator[Side]:
    with GoogleRoutes() as server, TemporaryDirectory() as folder:
        settings = google_settings(server, server.write_key(Path(folder)))
        store = a_stocked_storage()
        purse = Purse(store.unit_of_work, settings.cents_a_day, lambda: NOW)
        solver = GoogleSolver.of(settings, purse, calls_a_second=10_000)
        yield Side("google", EmbeddedPlanner(budget_s=2, solver=solver, order=solver), server)
        solver.caller.close()


SIDES: dict[str, Callable[[], AbstractContextManager[Side]]] = {
    "embedded": embedded,
    "vroom_http": vroom_http,
    "vroom_process": vroom_process,
    "onfleet": onfleet,
    "google": google,
}

_LINES = ("vroom_http", "onfleet", "google")
OVER_A_LINE = {name: side for name, side in SIDES.items() if name in _LINES}
