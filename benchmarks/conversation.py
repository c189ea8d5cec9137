"""A signed SMS in, the reply's request out, beside a bare ``rasa init`` bot on its REST channel.

Both get the same messages from the same load generator on the same cores. Ours checks the
signature, stores, understands, acts and sends through the outbox, with the stores and durability
of ``make run``; the bare bot understands with Rasa's default pipeline and answers.
"""

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx

from benchmarks.load import Exchange, Measured, Network, measure, print_table, serve
from cli.import_ import import_files
from cli.machine import OUR_NUMBER, Machine, Ports, one_machine
from deliveries.services.days.planning import plan_day
from integrations.planners.embedded import EmbeddedPlanner
from integrations.storage import storage
from integrations.storage.migrations import migrate

SHIPPED_DAY = Path("sandbox/day")
REAL_DAY = Path("data/loggibud-rio/cvrp-0-rj-0.json")
BARE_BOT = Path(".cache/bench/bare")
RASA = Path(".rasa/bin/rasa").absolute()
STARTED_WITHIN_S = 240.0
FIRST_NUMBER = 447700900001
RUNS = ((1, 160), (16, 40))
WARM_UP = (4, 16)
PLANNING_S = 5.0


@dataclass(frozen=True)
class Taken:
    """What the runs took.

    Attributes:
        cpu_ms: Of each process, for one message, over all runs; steady where the clock is not.
    """

    runs: list[Measured]
    cpu_ms: Mapping[str, float]
    memory_mb: Mapping[str, int]


def run() -> None:
    """Measure both and print them side by side."""
    ours, bare = asyncio.run(_ours()), asyncio.run(_bare())
    rows = [("Doorstep: SMS in, act, SMS out", each) for each in ours.runs]
    rows += [("bare rasa init, REST channel", each) for each in bare.runs]
    print_table("One message", rows)
    for one, other in zip(ours.runs, bare.runs, strict=True):
        print(
            f"{one.recipients:>3} at once: p50 {one.p50_ms / other.p50_ms:.2f} of the bare bot's "
            f"(target at most 1), throughput {one.per_second / other.per_second:.2f} times "
            f"(target at least 2)"
        )
    for title, taken in (("Doorstep", ours), ("bare rasa init", bare)):
        print(f"{title}, CPU a message (ms): {_listed(taken.cpu_ms, '.1f')}")
        print(f"{title}, resident memory (MB): {_listed(taken.memory_mb, 'd')}")


async def _ours() -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        ports = Ports(*free_ports(6))
        machine = _machine(Path(folder), ports)
        settings = machine.environment
        network = Network(
            gateway=settings["DOORSTEP_PUBLIC_URL"],
            account_sid=settings["TWILIO_ACCOUNT_SID"],
            auth_token=settings["TWILIO_AUTH_TOKEN"],
            ours=OUR_NUMBER,
        )
        server = await serve(network.app(), ports.twilio)
        names = ("rasa", "actions", "gateway", "worker")
        with started({name: machine.commands[name] for name in names}, settings) as processes:
            await answers(f"{settings['DOORSTEP_PUBLIC_URL']}/readyz")

            async def exchange(recipient: int, text: str) -> None:
                await network.exchange(f"+{FIRST_NUMBER + recipient}", text)

            measured = await _measured(exchange, processes)
        await network.close()
        server.should_exit = True
        return measured


def _machine(data: Path, ports: Ports) -> Machine:
    """Return a machine on real time, without Telegram, whose SMS go to the benchmark."""
    now = datetime.now(UTC)
    machine = one_machine(data, ports, start=now.isoformat(), rate=1.0)
    left_out = ("DOORSTEP_CLOCK_URL", "TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL")
    settings = {name: value for name, value in machine.environment.items() if name not in left_out}
    migrate(settings["DOORSTEP_DATABASE_URL"])
    url, tomorrow = settings["DOORSTEP_DATABASE_URL"], (now + timedelta(days=1)).date()
    import_files(url, [_day()], service_day=tomorrow)
    _plan(url, tomorrow)
    return Machine(ports, settings, machine.commands)


def _day() -> Path:
    """Return the real day where there is one, else the shipped one."""
    real = Path(os.environ.get("DOORSTEP_REFERENCE_DIR", "../shared")) / REAL_DAY
    return real if real.exists() else SHIPPED_DAY


def _plan(url: str, day: date) -> None:
    """Plan the day, so that what is offered is quoted on full routes."""
    store = storage(url)
    with store.unit_of_work(read_only=True) as work:
        depots = [depot.id for depot in work.depots.all()]
    for depot_id in depots:
        planner = EmbeddedPlanner(budget_s=PLANNING_S)
        plan_day(store.unit_of_work, planner, depot_id, day, now=datetime.now(UTC))
    store.close()


async def _bare() -> Taken:
    _train_bare()
    (port,) = free_ports(1)
    command = [str(RASA), "run", "--enable-api", "--port", str(port), "--interface", "127.0.0.1"]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    with started({"bare": command}, environment, folder=BARE_BOT) as processes:
        await answers(f"http://127.0.0.1:{port}/status")
        async with httpx.AsyncClient(timeout=60, trust_env=False) as client:

            async def exchange(recipient: int, text: str) -> None:
                answer = await client.post(
                    f"http://127.0.0.1:{port}/webhooks/rest/webhook",
                    json={"sender": f"r{recipient}", "message": text},
                )
                answer.raise_for_status()

            return await _measured(exchange, processes)


async def _measured(exchange: Exchange, processes: Mapping[str, subprocess.Popen[bytes]]) -> Taken:
    await measure(exchange, recipients=WARM_UP[0], messages_each=WARM_UP[1])
    before = {name: _cpu_ms(process.pid) for name, process in processes.items()}
    runs = [
        await measure(exchange, recipients=recipients, messages_each=each)
        for recipients, each in RUNS
    ]
    messages = sum(recipients * each for recipients, each in RUNS)
    return Taken(
        runs,
        {name: (_cpu_ms(p.pid) - before[name]) / messages for name, p in processes.items()},
        {name: _resident_mb(process.pid) for name, process in processes.items()},
    )


def _train_bare() -> None:
    """Make and train Rasa's example bot once; ``rasa init`` trains it with the defaults."""
    if any((BARE_BOT / "models").glob("*.tar.gz")):
        return
    print("benchmark: training the bare bot, once", flush=True)
    shutil.rmtree(BARE_BOT, ignore_errors=True)
    BARE_BOT.mkdir(parents=True)
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    # The pipeline and policies that the comments of its config.yml name are chosen by Rasa itself.
    subprocess.run(
        [RASA, "init", "--no-prompt"],
        cwd=BARE_BOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextlib.contextmanager
def started(
    commands: Mapping[str, list[str]], environment: Mapping[str, str], *, folder: Path | None = None
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Run processes while the block runs."""
    processes = {
        name: subprocess.Popen(
            command,
            env=dict(environment),
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name, command in commands.items()
    }
    try:
        yield processes
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            process.wait()


async def answers(url: str) -> None:
    """Wait until an address answers well."""
    deadline = time.monotonic() + STARTED_WITHIN_S
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if (await client.get(url)).is_success:
                    return
            await asyncio.sleep(0.5)
    raise TimeoutError(url)


def free_ports(number: int) -> list[int]:
    """Return ports that nobody uses now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _listed(numbers: Mapping[str, float], form: str) -> str:
    return ", ".join(f"{name} {number:{form}}" for name, number in numbers.items())


def _cpu_ms(pid: int) -> float:
    """Return the processor time a process has used; Linux only, elsewhere 0."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def _resident_mb(pid: int) -> int:
    """Return the resident memory of a process; Linux only, elsewhere 0."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024
