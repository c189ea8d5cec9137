"""Two gateways and two workers on PostgreSQL and Redis; one of each is killed while many write.

A checker reads the database and the network's journal afterwards: nothing was lost or doubled.
"""

import csv
import dataclasses
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.machine import Machine, one_machine
from cli.serve import rasa_command
from deliveries.environment import Environment
from deliveries.model.message import InboundMessage, OutboxMessage, OutboxState
from deliveries.model.offer import Hold, HoldState
from deliveries.model.preference import PlannerChange, Preference, PreferenceState
from integrations.storage.message_tables import capacities
from tests.e2e.driving import plan_of, stop_of, undrivable
from tests.e2e.processes import wait_until
from tests.e2e.proxy import a_proxy
from tests.e2e.recipients import Recipient, shipped_recipients
from tests.e2e.town import DAY, EVENING, SHIPPED_DAY, Town, free_ports, opened, prepare
from tests.servers import free_port, fresh_database, postgresql_server, redis_server

pytestmark = pytest.mark.services

PEOPLE = 40
# Claims of the dead end after half a minute; then others go on.
SETTLED_S = 150.0
LOOK_EVERY_S = 0.7
WISHES = (
    "can it come on friday?",
    "please leave it with my neighbour Mrs Jones at number 12",
    "just leave it in the shed please",
    "where is the nearest pickup point?",
)
DONE = (OutboxState.SENT, OutboxState.DELIVERED)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("cluster")
    with (
        postgresql_server() as server,
        fresh_database(server) as database,
        redis_server() as redis,
    ):
        gateways = (free_port(), free_port())
        machine = a_cluster(folder, database, redis, gateways)
        agent = prepare(machine, a_day_of_small_lockers(folder), DAY)
        with a_proxy(machine.ports.gateway, gateways), opened(machine, folder, agent) as town:
            town.start("sandbox")
            town.wait_for(f"{town.page}/clock")
            town.set_clock(paused=True)
            # The network tries the same address once more when a call broke off half-way.
            again = f"{town.gateway}/channels/twilio/messages"
            town.sandbox("/api/twilio", json={"fallback_url": again})
            for name in machine.commands:
                if name != "sandbox":
                    town.start(name)
            town.wait_until_ready()
            town.wait_for_plan()
            yield town


def a_cluster(folder: Path, database: str, redis: str, gateways: tuple[int, int]) -> Machine:
    """Return the machine with everything twice that may be there twice."""
    machine = one_machine(folder / "data", free_ports(), start=EVENING.isoformat(), rate=1)
    environment = {
        **machine.environment,
        "DOORSTEP_DATABASE_URL": database,
        "DOORSTEP_REDIS_URL": redis,
        "DOORSTEP_RASA_ENDPOINTS": "nlu/endpoints.cluster.yml",
        "DOORSTEP_PLANNING_SECONDS": "4",
        "DOORSTEP_IMPROVING_SECONDS": "0",
    }
    commands = {name: machine.commands[name] for name in ("sandbox", "actions")}
    commands["rasa"] = rasa_command(Environment(environment))
    for number, port in enumerate(gateways, start=1):
        bound = ["env", f"DOORSTEP_BIND=127.0.0.1:{port}"]
        commands[f"gateway-{number}"] = [*bound, sys.executable, "-m", "bot"]
        commands[f"worker-{number}"] = [sys.executable, "-m", "scheduling"]
    return dataclasses.replace(machine, environment=environment, commands=commands)


def a_day_of_small_lockers(folder: Path) -> Path:
    """Return the shipped day, with so little room at every pickup point that people race for it."""
    day = folder / "day"
    shutil.copytree(SHIPPED_DAY, day)
    with (SHIPPED_DAY / "pickup_points.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (day / "pickup_points.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        few = {"compartments_s": "1", "compartments_m": "1", "compartments_l": "1"}
        writer.writerows({**row, **few} for row in rows)
    return day


@dataclass(eq=False)
class Told:
    """What one person did and heard."""

    person: Recipient
    sids: list[str] = field(default_factory=list)
    answer: str = ""

    def converse(self, wish: str) -> None:
        """Ask, wish, choose, and listen until it is settled."""
        self.say("where is my parcel?")
        offer = self.say(wish)
        answer = self.say(offer.options[0][1]) if offer.options else offer
        while answer.text.startswith("Noted"):
            answer = self.person.hear()
        self.answer = answer.text

    def say(self, words: str) -> Any:
        self.sids.append(self.person.write(words))
        return self.person.hear()


def test_nothing_is_lost_or_doubled_when_a_gateway_and_a_worker_are_killed(cluster: Town) -> None:
    people = [
        Told(Recipient(cluster, phone, parcel, every_s=LOOK_EVERY_S, patience_s=SETTLED_S))
        for (phone, parcel), _ in zip(shipped_recipients(), range(PEOPLE), strict=False)
    ]

    with ThreadPoolExecutor(len(people)) as threads:
        under_way = [
            threads.submit(each.converse, WISHES[number % len(WISHES)])
            for number, each in enumerate(people)
        ]
        wait_until(lambda: choices(cluster) >= PEOPLE // 10, "the first choices", every_s=0.1)
        # Taken by the network, but it does not say so: what was on its way must be looked up there.
        mute = {"provider": "twilio", "operation": "create", "faults": [{"timeout_after": 5}]}
        cluster.sandbox("/api/faults", json={**mute, "times": PEOPLE // 2})
        wait_until(lambda: on_the_way(cluster) >= PEOPLE // 8, "messages on the way", every_s=0.1)
        cluster.processes.kill("gateway-1")
        cluster.processes.kill("worker-1")
        wait(under_way)
        for each in under_way:
            each.result()
    wait_until(lambda: not still_open(cluster), "the dust to settle", patience_s=SETTLED_S)

    assert len(people) == PEOPLE
    assert lost(cluster, people) == []
    assert unanswered(cluster) == []
    assert sent_otherwise_than_written(cluster) == {}
    assert unsettled_choices(cluster) == []
    assert oversold(cluster) == []
    assert visited_otherwise_than_agreed(cluster) == []
    assert undrivable(plan_of(cluster)) == []


def all_of[T](town: Town, kind: type[T]) -> list[T]:
    with Session(town.store.engine) as session:
        return list(session.scalars(select(kind)))


def choices(town: Town) -> int:
    return len(all_of(town, Preference))


def on_the_way(town: Town) -> int:
    return sum(each.state is OutboxState.SENDING for each in all_of(town, OutboxMessage))


def still_open(town: Town) -> list[str]:
    """Return what somebody still has to do."""
    unworked = [each.provider_id for each in all_of(town, InboundMessage) if not each.worked_at]
    not_sent = (OutboxState.QUEUED, OutboxState.SENDING)
    unsent = [each.id for each in all_of(town, OutboxMessage) if each.state in not_sent]
    pending = [
        each.id for each in all_of(town, Preference) if each.state is PreferenceState.PENDING
    ]
    return [*unworked, *unsent, *pending]


def lost(town: Town, people: list[Told]) -> list[str]:
    """Return the texts that the network carried and the database does not have once each."""
    kept = Counter(each.provider_id for each in all_of(town, InboundMessage))
    return [sid for each in people for sid in each.sids if kept[sid] != 1]


def unanswered(town: Town) -> list[str]:
    """Return the turns that have no answer that left."""
    left = {each.dedupe_key for each in all_of(town, OutboxMessage) if each.state in DONE}
    turns = {str((each.trace or {}).get("turn")) for each in all_of(town, InboundMessage)}
    return [turn for turn in turns if f"turn:{turn}" not in left]


def sent_otherwise_than_written(town: Town) -> dict[str, int]:
    """Return the messages that the network has more or less than once, by its ids."""
    journal = town.sandbox("/api/messages", method="GET", params={"channel": "sms"})["messages"]
    at_network = Counter(
        each["id"].removeprefix("sms:") for each in journal if each["direction"] == "out"
    )
    written = Counter(str(each.provider_id) for each in all_of(town, OutboxMessage))
    ids = at_network.keys() | written.keys()
    return {
        id_: at_network[id_] - written[id_]
        for id_ in ids
        if at_network[id_] != 1 or written[id_] != 1
    }


def unsettled_choices(town: Town) -> list[str]:
    """Return the choices that are neither decided nor with staff."""
    with town.store.unit_of_work(read_only=True) as work:
        with_staff = {task.delivery_id for task in work.tasks.open()}
    decided = {PreferenceState.CONFIRMED, PreferenceState.REJECTED, PreferenceState.REPLACED}
    open_changes = [
        each.preference_id for each in all_of(town, PlannerChange) if each.decided_at is None
    ]
    return [
        each.id
        for each in all_of(town, Preference)
        if each.state not in decided and each.delivery_id not in with_staff
    ] + open_changes


def oversold(town: Town) -> list[tuple[str, int | None, int, int]]:
    """Return resources of which more is taken than there is, or than the holds say."""
    held = Counter[str]()
    for hold in all_of(town, Hold):
        if hold.state in (HoldState.HELD, HoldState.COMMITTED):
            held[hold.resource] += hold.quantity
    with town.store.engine.connect() as connection:
        rows = connection.execute(select(capacities)).all()
    return [
        (row.resource, row.total, row.taken, held[row.resource])
        for row in rows
        if row.taken != held[row.resource] or (row.total is not None and row.taken > row.total)
    ]


def visited_otherwise_than_agreed(town: Town) -> list[str]:
    """Return the deliveries of confirmed choices that are not on exactly the stop they tell."""
    confirmed = {
        each.delivery_id
        for each in all_of(town, Preference)
        if each.state is PreferenceState.CONFIRMED
    }
    wrong = []
    for delivery in town.deliveries():
        stop = stop_of(plan_of(town, date.fromisoformat(delivery["date"])), delivery["id"])
        if delivery["id"] in confirmed and (stop is None or stop.id != delivery["stop_id"]):
            wrong.append(delivery["id"])
    return wrong
