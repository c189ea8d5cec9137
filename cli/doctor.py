"""``doorstep doctor``: looks at settings and connections, and says what is wrong."""

import argparse
import os
import sys

import httpx
from sqlalchemy import text

from deliveries.environment import Environment, SettingsError
from deliveries.errors import AssistantError
from deliveries.planner_settings import PlannerSettings, TravelSettings
from integrations.planning import check_planner, check_travel
from integrations.storage import storage

HELP = "check settings and connections"
SECONDS = 5.0
NEEDED = (
    "DOORSTEP_DATABASE_URL",
    "DOORSTEP_SECRET_KEY",
    "DOORSTEP_RASA_TOKEN",
    "DOORSTEP_API_KEY",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_WEBHOOK_SECRET",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Take nothing: settings are the environment's."""
    parser.epilog = "Reads the same environment as the processes; see README.md."


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 every subcommand takes them
    """Print one line a check; return 1 if anything is wrong."""
    results = [_settings(), _database(), _rasa(), _planner(), _travel()]
    for is_well, line in results:
        sys.stdout.write(f"{'ok   ' if is_well else 'WRONG'} {line}\n")
    return 0 if all(is_well for is_well, _ in results) else 1


def _settings() -> tuple[bool, str]:
    environment = Environment(os.environ)
    for name in NEEDED:
        environment.required(name)
    if not environment.optional("TWILIO_MESSAGING_SERVICE_SID"):
        environment.required("TWILIO_FROM")
    PlannerSettings.read(environment)
    try:
        environment.check()
    except SettingsError as error:
        return False, f"settings: {error}"
    return True, "settings: all there"


def _database() -> tuple[bool, str]:
    url = os.environ.get("DOORSTEP_DATABASE_URL", "")
    if not url:
        return False, "database: DOORSTEP_DATABASE_URL is missing"
    try:
        store = storage(url)
        with store.engine.connect() as connection:
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        store.close()
    except (AssistantError, ValueError):
        return False, "database: cannot be reached, or has no tables (doorstep migrate)"
    return True, f"database: reached, at migration {version}"


def _rasa() -> tuple[bool, str]:
    url = os.environ.get("DOORSTEP_RASA_URL", "http://127.0.0.1:5005")
    token = os.environ.get("DOORSTEP_RASA_TOKEN", "")
    try:
        answer = httpx.get(f"{url}/status", params={"token": token}, timeout=SECONDS)
    except httpx.HTTPError:
        return False, "rasa: does not answer"
    if not answer.is_success:
        return False, f"rasa: answers {answer.status_code}"
    return True, "rasa: answers, with a model"


def _planner() -> tuple[bool, str]:
    environment = Environment(os.environ)
    settings = PlannerSettings.read(environment)
    try:
        environment.check()
        check_planner(settings)
    except SettingsError as error:
        return False, f"planner: {error}"
    except AssistantError as error:
        return False, f"planner: {settings.name}: {error}"
    return True, f"planner: {settings.name}"


def _travel() -> tuple[bool, str]:
    environment = Environment(os.environ)
    settings = TravelSettings.read(environment)
    try:
        environment.check()
        check_travel(settings)
    except SettingsError as error:
        return False, f"travel: {error}"
    except AssistantError as error:
        return False, f"travel: {settings.name}: {error} (times are estimated meanwhile)"
    return True, f"travel: {settings.name}"
