"""Composition root of the worker: adapters, and APScheduler with the jobs."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from types import FrameType

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from deliveries.environment import Environment
from deliveries.errors import AssistantError
from deliveries.ports import Clock
from deliveries.services.conversing.turns import Desk
from integrations.clock import FollowedClock, SystemClock
from integrations.geography import RoadGeography
from integrations.logs import set_up_logs
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planning import chosen_planner, guarded
from integrations.storage import Storage, storage
from integrations.storage.wakeups import WakeupListener
from integrations.vault import FernetVault
from scheduling.duty import Duty
from scheduling.jobs.absences import end_absences
from scheduling.jobs.collections import care_for_collections
from scheduling.jobs.following import follow
from scheduling.jobs.handoffs import tend
from scheduling.jobs.holds import release_holds
from scheduling.jobs.improving import improve_plans
from scheduling.jobs.learning import learn_from_days
from scheduling.jobs.neighbours import forget_neighbours, settle_neighbours
from scheduling.jobs.notices import write_notices
from scheduling.jobs.outside import follow_planner, hear_planner
from scheduling.jobs.planning import plan_days
from scheduling.jobs.pushing import push_choices
from scheduling.jobs.ratings import ask_for_ratings
from scheduling.jobs.retention import forget_old
from scheduling.jobs.retiming import time_routes_again
from scheduling.jobs.returning import send_back
from scheduling.jobs.seeking import seek_refused_windows
from scheduling.settings import Settings

_log = structlog.get_logger()

type Job = Callable[[Duty], int]

PUSHING = "push_choices"
# SQLite announces nothing, so choices are looked for; PostgreSQL tells, and this is the net below.
LOOK_EVERY_S = 1.0
LOOK_THOUGH_TOLD_EVERY_S = 3.0
# All changes of a minute are one search.
IMPROVE_EVERY_S = 60.0
FORGET_EVERY_S = 600.0


class Worker:
    """The process's parts, from start to stop."""

    def __init__(self, settings: Settings) -> None:
        """Put the parts together; nothing runs yet."""
        self._settings = settings
        self._store = storage(settings.database_url)
        self._clock = _clock(settings.clock_url)
        self._duty = _duty(settings, self._store, self._clock)
        self._listener = _listener(settings, self._store, self._wake)
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(len(self._jobs()))},
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
            timezone="UTC",
        )

    def start(self) -> None:
        """Start the jobs.

        Raises:
            UnavailableError: If the clock that is to be followed does not answer.
        """
        if isinstance(self._clock, FollowedClock):
            self._clock.start()
        for name, (job, every_s) in self._jobs().items():
            self._scheduler.add_job(
                _guarded(name, job, self._duty),
                IntervalTrigger(seconds=every_s),
                id=name,
                name=name,
                next_run_time=self._now(),
            )
        self._scheduler.start()
        if self._listener is not None:
            self._listener.start()
        _log.info("worker_started", worker=self._settings.name)

    def stop(self) -> None:
        """Let the running jobs end, then let go of everything."""
        if self._listener is not None:
            self._listener.stop()
        self._scheduler.shutdown(wait=True)
        if isinstance(self._clock, FollowedClock):
            self._clock.stop()
        self._store.close()
        _log.info("worker_stopped", worker=self._settings.name)

    def _jobs(self) -> dict[str, tuple[Job, float]]:
        is_told = self._listener is not None
        improving: dict[str, tuple[Job, float]] = {
            "improve_plans": (improve_plans, IMPROVE_EVERY_S),
            "seek_windows": (seek_refused_windows, 3.0),
        }
        return {
            **(improving if self._settings.improving_s else {}),
            PUSHING: (push_choices, LOOK_THOUGH_TOLD_EVERY_S if is_told else LOOK_EVERY_S),
            "write_notices": (write_notices, 2.0),
            "plan_days": (plan_days, 10.0),
            "follow_vans": (follow, 5.0),
            "ask_for_ratings": (ask_for_ratings, 10.0),
            "release_holds": (release_holds, 5.0),
            "care_for_collections": (care_for_collections, 5.0),
            "settle_neighbours": (settle_neighbours, 2.0),
            "forget_neighbours": (forget_neighbours, 60.0),
            "tend_handoffs": (tend, 5.0),
            "end_absences": (end_absences, 10.0),
            "send_back": (send_back, 30.0),
            "forget_old": (forget_old, FORGET_EVERY_S),
            "learn_from_days": (learn_from_days, 60.0),
            "time_routes_again": (time_routes_again, 30.0),
            **self._jobs_outside(),
        }

    def _jobs_outside(self) -> dict[str, tuple[Job, float]]:
        """Return the jobs that only a planner with lists of its own needs."""
        if not self._duty.desk.planner.capabilities.is_outside:
            return {}
        return {"hear_planner": (hear_planner, 1.0), "follow_planner": (follow_planner, 60.0)}

    def _wake(self, kinds: frozenset[str]) -> None:
        """Push at once what another process has just written."""
        if "changes" in kinds and self._scheduler.running:
            self._scheduler.modify_job(PUSHING, next_run_time=self._now())

    def _now(self) -> datetime:
        return self._duty.machine.now()


def main() -> None:
    """Work until told to stop by SIGTERM or SIGINT.

    Raises:
        SettingsError: If any setting is missing or wrong, naming all.
    """
    settings = Settings.read(Environment(os.environ))
    set_up_logs(key=settings.secret_key)
    # That a tick found the last one still at work is no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    told = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    worker = Worker(settings)
    worker.start()
    told.wait()
    worker.stop()


def _guarded(name: str, job: Job, duty: Duty) -> Callable[[], None]:
    """Return the job as APScheduler runs it: no failure ends anything but this one run."""

    def run_job() -> None:
        try:
            job(duty)
        except AssistantError as error:
            _log.warning("job_failed", job=name, code=error.code, retryable=error.retryable)
        except Exception:  # noqa: BLE001 the outermost loop of a job
            _log.exception("job_broke", job=name)

    return run_job


def _duty(settings: Settings, store: Storage, clock: Clock) -> Duty:
    local = EmbeddedPlanner(
        budget_s=float(settings.planning_s), improving_s=float(settings.improving_s)
    )
    planner = guarded(settings.planner, chosen_planner(settings.planner, local, store.unit_of_work))
    desk = Desk(
        unit_of_work=store.unit_of_work,
        planner=planner,
        geography=RoadGeography(),
        vault=FernetVault(settings.secret_key),
    )
    return Duty(desk, clock, SystemClock(), settings.name, settings.periods)


def _clock(url: str | None) -> Clock:
    return SystemClock() if url is None else FollowedClock(url)


def _listener(
    settings: Settings, store: Storage, wake: Callable[[frozenset[str]], None]
) -> WakeupListener | None:
    if store.engine.dialect.name != "postgresql":
        return None
    return WakeupListener(settings.database_url, wake)
