"""Composition root of the action server: settings, adapters, actions, server."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from actions.choices import AnswerQuestion, Choose, UndoChoice
from actions.consent import StartMessages, StopMessages, SwitchLanguage, WrongPerson
from actions.handoff import ReportProblem, TalkToHuman
from actions.settings import Settings
from actions.smalltalk import Greet, Help, NotUnderstood, OutOfScope, Thank
from actions.tracking import TrackParcel
from actions.turns import Counter, GoalAction
from actions.wishes import all_wishes
from deliveries.environment import Environment
from deliveries.ports import Clock
from deliveries.services.conversing.turns import Desk
from integrations.clock import FollowedClock, SystemClock
from integrations.geography import KnownPlaces, RoadGeography
from integrations.logs import set_up_logs
from integrations.planners.embedded.adapter import EmbeddedPlanner
from integrations.planning import chosen_planner
from integrations.storage import storage
from integrations.vault import FernetVault

PLAIN_ACTIONS: tuple[type[GoalAction], ...] = (
    AnswerQuestion,
    Choose,
    Greet,
    Help,
    NotUnderstood,
    OutOfScope,
    ReportProblem,
    StartMessages,
    StopMessages,
    SwitchLanguage,
    TalkToHuman,
    Thank,
    TrackParcel,
    UndoChoice,
    WrongPerson,
)


class DomainlessExecutor(ActionExecutor):  # type: ignore[misc]  # rasa-sdk ships no types
    """Runs actions that read no domain: Rasa 3.6 need not send it, and cannot be asked to later."""

    def update_and_return_domain(
        self,
        payload: dict[str, Any],
        action_name: str,  # noqa: ARG002 rasa-sdk passes it
    ) -> dict[str, Any]:
        """Return what was sent, if anything was."""
        return payload.get("domain") or {}


def all_actions(counter: Counter) -> list[GoalAction]:
    """Return every action, holding what its service needs."""
    return [*(action(counter) for action in PLAIN_ACTIONS), *all_wishes(counter)]


def build(settings: Settings) -> Sanic[Any, Any]:
    """Return the server with its actions registered one by one; no package is scanned."""
    store = storage(settings.database_url)
    desk = Desk(
        unit_of_work=store.unit_of_work,
        planner=chosen_planner(settings.planner, EmbeddedPlanner(), store.unit_of_work),
        geography=RoadGeography(),
        vault=FernetVault(settings.secret_key),
        geocoder=KnownPlaces(store.unit_of_work, RoadGeography()),
    )
    # SQLite has one writer: threads of ours would only wait for each other, asleep.
    is_sqlite = settings.database_url.startswith("sqlite")
    count = 1 if is_sqlite else settings.threads
    threads = ThreadPoolExecutor(count, thread_name_prefix="turn")
    counter = Counter(desk, _clock(settings.clock_url), threads)
    executor = DomainlessExecutor()
    for action in all_actions(counter):
        executor.register_action(action)
    server: Sanic[Any, Any] = create_app(executor)
    return server


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.read(Environment(os.environ))
    set_up_logs(key=settings.secret_key)
    build(settings).run(
        host=settings.host, port=settings.port, single_process=True, access_log=False, motd=False
    )


def _clock(url: str | None) -> Clock:
    if url is None:
        return SystemClock()
    clock = FollowedClock(url)
    clock.start()
    return clock
