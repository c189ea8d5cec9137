"""Everything on one machine: settings made up for it, and the processes with their commands."""

import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.serve import rasa_command
from deliveries.environment import Environment
from deliveries.errors import NotFoundError

# A number from the range that Ofcom reserves for drama: nobody has it.
# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
OUR_NUMBER = "+447700900000"
BOT_USERNAME = "doorstep_bot"


@dataclass(frozen=True)
class Ports:
    """Where each process listens on this machine."""

    gateway: int = 8080
    rasa: int = 5005
    actions: int = 5055
    page: int = 8800
    twilio: int = 8801
    telegram: int = 8802


@dataclass(frozen=True)
class Machine:
    """One machine with everything on it, stand-ins for the networks included.

    Attributes:
        environment: What every process is given.
        commands: The processes by name.
    """

    ports: Ports
    environment: Mapping[str, str]
    commands: Mapping[str, list[str]]


def one_machine(data: Path, ports: Ports, *, start: str, rate: float) -> Machine:
    """Return the settings and commands of a machine that keeps its data in a folder.

    Secrets are made up once and kept in the folder, readable by its owner only.

    Args:
        data: Folder of the databases; made if it is missing.
        ports: Where to listen.
        start: Simulated instant to start at, ISO 8601.
        rate: Simulated seconds per second.
    """
    data.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **_secrets(data), **_addresses(data.resolve(), ports)}
    sandbox = ["--now", start, "--rate", str(rate), "--gateway", _local(ports.gateway)]
    for name in ("page", "twilio", "telegram"):
        sandbox += [f"--{name}-port", str(getattr(ports, name))]
    commands = {
        "sandbox": [sys.executable, "-m", "sandbox", *sandbox],
        "rasa": rasa_command(Environment(environment)),
        "actions": [sys.executable, "-m", "actions"],
        "gateway": [sys.executable, "-m", "bot"],
        "worker": [sys.executable, "-m", "scheduling"],
    }
    return Machine(ports, environment, commands)


def kept_settings(data: Path) -> dict[str, str]:
    """Return the secrets and the database's address of a machine that keeps its data in a folder.

    Raises:
        NotFoundError: If none does.
    """
    if not (data / "secrets.json").exists():
        raise NotFoundError(f"{data} is no folder of a machine")
    url = f"sqlite:///{data.resolve()}/doorstep.db"
    return {**_secrets(data), "DOORSTEP_DATABASE_URL": url}


def _local(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _secrets(data: Path) -> dict[str, str]:
    file = data / "secrets.json"
    if not file.exists():
        made_up = {
            "DOORSTEP_SECRET_KEY": secrets.token_urlsafe(32),
            "DOORSTEP_RASA_TOKEN": secrets.token_urlsafe(24),
            "DOORSTEP_API_KEY": secrets.token_urlsafe(24),
            "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
            "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
            "TELEGRAM_BOT_TOKEN": f"7000000001:{secrets.token_hex(18)[:35]}",
            "TELEGRAM_WEBHOOK_SECRET": secrets.token_urlsafe(24),
        }
        file.touch(mode=0o600)
        file.write_text(json.dumps(made_up, indent=1))
    return {str(name): str(value) for name, value in json.loads(file.read_text()).items()}


def _addresses(data: Path, ports: Ports) -> dict[str, str]:
    return {
        "DOORSTEP_DATABASE_URL": f"sqlite:///{data}/doorstep.db",
        "DOORSTEP_PUBLIC_URL": _local(ports.gateway),
        "DOORSTEP_BIND": f"127.0.0.1:{ports.gateway}",
        "DOORSTEP_RASA_URL": _local(ports.rasa),
        "DOORSTEP_RASA_BIND": f"127.0.0.1:{ports.rasa}",
        "DOORSTEP_ACTIONS_URL": f"{_local(ports.actions)}/webhook",
        "DOORSTEP_ACTIONS_BIND": f"127.0.0.1:{ports.actions}",
        "DOORSTEP_CLOCK_URL": f"{_local(ports.page)}/clock",
        "DOORSTEP_PLANNER": "embedded",
        "TWILIO_FROM": OUR_NUMBER,
        "TWILIO_API_URL": _local(ports.twilio),
        "TELEGRAM_API_URL": _local(ports.telegram),
        "TELEGRAM_BOT_USERNAME": BOT_USERNAME,
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "OMP_NUM_THREADS": "1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        # Rasa's libraries warn their own developers; who starts this looks for where to click.
        "PYTHONWARNINGS": "ignore",
    }
