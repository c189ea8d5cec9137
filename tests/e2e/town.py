"""A town that Doorstep serves: every process on free ports, with a clock that tests can turn."""

import dataclasses
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from cli.import_ import import_files
from cli.machine import Machine, Ports, one_machine
from cli.user import Enrolled, enrolled_agent
from deliveries.model.message import InboundMessage, OutboxMessage
from deliveries.model.recipient import Channel
from integrations.storage import Storage, storage
from integrations.storage.migrations import migrate
from tests.e2e.processes import ROOT, Processes, wait_until
from tests.e2e.telling import Line
from tests.servers import free_port

SHIPPED_DAY = ROOT / "sandbox/day"
LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 3, 11)
# A minute before the pre-advice of the next day goes out; the clock stands still there.
EVENING = datetime(2026, 3, 10, 16, 59, tzinfo=LONDON)
# The longest that all of them take to start on a busy machine: Rasa reads its model.
STARTS_WITHIN_S = 300.0
AGENT = "sam"
OURS = frozenset({"actions", "gateway", "worker"})


@dataclass(eq=False)
class Town:
    """One machine that runs, and what tests need to see of it.

    Attributes:
        agent: Who may sign in to the console.
        said: What people and the product said in this test so far.
    """

    machine: Machine
    processes: Processes
    client: httpx.Client
    store: Storage
    agent: Enrolled
    said: list[Line] = field(default_factory=list)

    @property
    def gateway(self) -> str:
        """The gateway's address."""
        return f"http://127.0.0.1:{self.machine.ports.gateway}"

    @property
    def page(self) -> str:
        """The sandbox's address."""
        return f"http://127.0.0.1:{self.machine.ports.page}"

    # The operators' API

    def api(self, path: str, *, method: str = "GET", **options: Any) -> Any:
        """Call the operators' API and return its answer."""
        response = self._call_api(path, method, **options)
        response.raise_for_status()
        return response.json()

    def api_status(self, path: str, *, method: str = "GET", **options: Any) -> int:
        """Call the operators' API and return the status of its answer."""
        return self._call_api(path, method, **options).status_code

    def _call_api(self, path: str, method: str, **options: Any) -> httpx.Response:
        key = self.machine.environment["DOORSTEP_API_KEY"]
        url = f"{self.gateway}/api/v1{path}"
        headers = {"Authorization": f"Bearer {key}"}
        return self.client.request(method, url, headers=headers, **options)

    def routes(self, day: date = DAY) -> list[dict[str, Any]]:
        """Return a day's routes."""
        found: list[dict[str, Any]] = self.api("/routes", params={"date": day.isoformat()})[
            "routes"
        ]
        return found

    def deliveries(self, phone: str | None = None) -> list[dict[str, Any]]:
        """Return all deliveries, or those of one recipient, by id."""
        found: list[dict[str, Any]] = []
        after: str | None = None
        while True:
            page = self.api(
                "/deliveries", params={"limit": 500} | ({"after": after} if after else {})
            )
            found += page["deliveries"]
            after = page["next"]
            if after is None:
                break
        return [each for each in found if phone in (None, each["phone"])]

    def delivery(self, phone: str) -> dict[str, Any]:
        """Return the one delivery of a recipient."""
        [found] = self.deliveries(phone)
        return found

    # The sandbox

    def sandbox(self, path: str, *, method: str = "POST", **options: Any) -> Any:
        """Call a control route of the sandbox and return its answer."""
        response = self.client.request(method, f"{self.page}{path}", **options)
        assert response.is_success, response.text
        return response.json() if response.content else None

    def messages(self, address: str) -> list[dict[str, Any]]:
        """Return what the networks carried to and from an address, oldest first."""
        answer = self.sandbox("/api/messages", method="GET", params={"address": address})
        found: list[dict[str, Any]] = answer["messages"]
        return found

    def now(self) -> datetime:
        """Return the simulated time."""
        return datetime.fromisoformat(self.sandbox("/clock", method="GET")["now"])

    def set_clock(self, **change: Any) -> None:
        """Turn the clock: ``paused``, ``rate``, ``jump_to`` (a datetime) or ``jump_s``."""
        if isinstance(change.get("jump_to"), datetime):
            change["jump_to"] = change["jump_to"].astimezone(UTC).isoformat()
        self.sandbox("/clock", json=change)
        if change.keys() & {"jump_to", "jump_s"}:
            # What happens next must not meet a process that is still in the time before.
            wait_until(self._is_followed, "every process to hear of the jump")

    def _is_followed(self) -> bool:
        self.processes.check()
        ours = [name for name in self.processes.running() if name.partition("-")[0] in OURS]
        told = self.sandbox("/clock/followers", method="GET")
        return bool(told["followers"] >= len(ours))

    # The database

    def inbound(self, channel: Channel, address: str) -> list[InboundMessage]:
        """Return what a contact wrote, oldest first."""
        with self.store.unit_of_work(read_only=True) as work:
            contact = work.contacts.by_address(channel, address)
            conversation = contact and work.conversations.of_person(contact.person_id)
            found = work.inbound.of(conversation.id) if conversation else []
            return [each for each in found if contact and each.contact_id == contact.id]

    def outbox(self, channel: Channel, address: str) -> list[OutboxMessage]:
        """Return what was written for the person of a contact, oldest first."""
        with self.store.unit_of_work(read_only=True) as work:
            contact = work.contacts.by_address(channel, address)
            conversation = contact and work.conversations.of_person(contact.person_id)
            return list(work.outbox.of(conversation.id)) if conversation else []

    # The processes

    def start(self, name: str) -> None:
        """Start one of the machine's processes (again); our own tell everything they can log."""
        command = list(self.machine.commands[name])
        if name in OURS:
            command[1:] = ["-m", "tests.e2e.at_debug", *command[2:]]
        self.processes.start(name, command, self.machine.environment)

    def wait_until_ready(self) -> None:
        """Wait until every process answers."""
        self.wait_for(f"{self.page}/clock")
        self.wait_for(f"{self.gateway}/readyz")

    def wait_for(self, url: str) -> None:
        """Wait until an address answers well, while every process lives."""

        def look() -> bool:
            self.processes.check()
            try:
                return self.client.get(url).is_success
            except httpx.HTTPError:
                return False

        wait_until(look, url, every_s=0.3, patience_s=STARTS_WITHIN_S)

    def wait_for_plan(self, day: date = DAY) -> None:
        """Wait until a day has routes with stops."""
        wait_until(
            lambda: any(each["stops"] for each in self.routes(day)),
            f"a plan of {day}",
            every_s=0.3,
        )


def free_ports() -> Ports:
    """Return ports that nobody uses now."""
    return Ports(**{each.name: free_port() for each in dataclasses.fields(Ports)})


@contextmanager
def a_town(
    folder: Path,
    day_files: Path = SHIPPED_DAY,
    *,
    start: datetime = EVENING,
    day: date = DAY,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Town]:
    """Start a machine with a day to deliver, its clock standing still; end it after the block."""
    folder.mkdir(parents=True, exist_ok=True)
    machine = one_machine(folder / "data", free_ports(), start=start.isoformat(), rate=1)
    settings = {
        **machine.environment,
        "DOORSTEP_PLANNING_SECONDS": "4",
        "DOORSTEP_IMPROVING_SECONDS": "0",
        **(environment or {}),
    }
    machine = dataclasses.replace(machine, environment=settings)
    agent = prepare(machine, day_files, day)
    with opened(machine, folder, agent) as town:
        # The clock must stand before the plan is made, or the evening's notices begin to leave.
        town.start("sandbox")
        town.wait_for(f"{town.page}/clock")
        town.set_clock(paused=True)
        for name in machine.commands:
            if name != "sandbox":
                town.start(name)
        town.wait_until_ready()
        town.wait_for_plan(day)
        yield town


def prepare(machine: Machine, day_files: Path, day: date) -> Enrolled:
    """Make the tables, take the day in and add an agent."""
    url = machine.environment["DOORSTEP_DATABASE_URL"]
    migrate(url)
    assert import_files(url, [day_files], service_day=day) is not None
    return enrolled_agent(url, machine.environment["DOORSTEP_SECRET_KEY"], AGENT)


@contextmanager
def opened(machine: Machine, folder: Path, agent: Enrolled) -> Iterator[Town]:
    """Give a town without any process yet; whatever was started ends with the block."""
    processes = Processes(folder)
    store = storage(machine.environment["DOORSTEP_DATABASE_URL"])
    try:
        with httpx.Client(trust_env=False, timeout=30) as client:
            yield Town(machine, processes, client, store, agent)
    finally:
        processes.stop_all()
        store.close()


def reference_folder() -> Path:
    """Return the folder of real inputs; it is not part of the product."""
    return Path(os.environ.get("DOORSTEP_REFERENCE_DIR", str(ROOT.parent / "shared")))
