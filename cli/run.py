"""``doorstep run``: all on one machine, with stand-ins for the networks and a made-up day."""

import argparse
import shlex
import shutil
import sys
import threading
import time
from datetime import UTC, date, datetime
from datetime import time as hour
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from honcho.manager import Manager

from cli.import_ import import_files
from cli.machine import Machine, Ports, one_machine
from cli.user import Enrolled, enrolled_agent
from deliveries.errors import InvalidInputError
from deliveries.model.staff import Role
from integrations.storage.migrations import migrate

HELP = "run a made-up delivery day on this machine, no account needed"
SHIPPED_DAY = Path("sandbox/day")
# Just before the pre-advice for the next day goes out.
START = hour(16, 59)
PATIENCE_S = 120.0
AGENT_NAME = "agent"


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the day to run and the speed of its clock."""
    parser.add_argument("--day", type=Path, default=SHIPPED_DAY, help="folder or file to import")
    parser.add_argument("--zone", default="Europe/London", help="zone of that day's depot")
    parser.add_argument("--rate", type=float, default=1.0, help="simulated seconds per second")
    parser.add_argument("--data", type=Path, default=Path(".data/run"), help="emptied at the start")


def run(arguments: argparse.Namespace) -> int:
    """Start everything and stay until interrupted."""
    shutil.rmtree(arguments.data, ignore_errors=True)
    today = datetime.now(ZoneInfo(arguments.zone)).date()
    start = datetime.combine(today, START, ZoneInfo(arguments.zone)).astimezone(UTC)
    machine = one_machine(arguments.data, Ports(), start=start.isoformat(), rate=arguments.rate)
    admin = _prepare(machine, arguments.day, _tomorrow(today))
    threading.Thread(target=_greet, args=(machine, admin, arguments.data), daemon=True).start()
    manager = Manager()
    for name, command in machine.commands.items():
        manager.add_process(name, shlex.join(command), env=dict(machine.environment))
    manager.loop()
    return int(manager.returncode or 0)


def _prepare(machine: Machine, day: Path, service_day: date) -> Enrolled:
    """Make the tables, import the day and add an admin whose authenticator we keep ourselves."""
    url = machine.environment["DOORSTEP_DATABASE_URL"]
    migrate(url)
    if import_files(url, [day], service_day=service_day) is None:
        raise InvalidInputError(str(day))
    key = machine.environment["DOORSTEP_SECRET_KEY"]
    return enrolled_agent(url, key, AGENT_NAME, role=Role.ADMIN)


def _tomorrow(today: date) -> date:
    return date.fromordinal(today.toordinal() + 1)


def _greet(machine: Machine, admin: Enrolled, data: Path) -> None:
    """Say where to look, once everything answers."""
    ports = machine.ports
    gateway = f"http://127.0.0.1:{ports.gateway}"
    waited_until = time.monotonic() + PATIENCE_S
    while time.monotonic() < waited_until and not _answers(f"{gateway}/readyz"):
        time.sleep(0.5)
    sys.stdout.write(
        f"\n  Doorstep is running.\n"
        f"  Phones, map and clock   http://127.0.0.1:{ports.page}\n"
        f"  Agents' console         {gateway}/console\n"
        f"    name {admin.name}, password {admin.password}, and the code that this prints:\n"
        f"    doorstep user code {admin.name} --data {data}\n"
        f"  Operators' API          {gateway}/api/openapi.json\n\n"
    )
    sys.stdout.flush()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).is_success
    except httpx.HTTPError:
        return False
