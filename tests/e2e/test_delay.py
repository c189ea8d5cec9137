"""Drivers' reports by the operators' API: who is told of a delay at the network, and how often."""

import csv
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deliveries.model.message import OutboxState
from deliveries.model.recipient import Channel
from tests.e2e.processes import wait_until
from tests.e2e.town import LONDON, SHIPPED_DAY, Town, a_town

pytestmark = pytest.mark.services

MORNING = datetime(2026, 3, 11, 8, 1, tzinfo=LONDON)
# The worker's own interval.
NOTICES_EVERY_S = 2.0

type Report = dict[str, Any]


@dataclass(eq=False)
class Van:
    """A driver of our own, who reports what the test wants."""

    town: Town
    route: dict[str, Any]
    reported: int = 0

    def carries(self) -> list[str]:
        """Return who reads English and has one parcel, in order."""
        everybody = [each for each in self.town.deliveries() if self._reads_english(each["phone"])]
        parcels = Counter(each["phone"] for each in everybody)
        alone = {
            each["id"]: str(each["phone"]) for each in everybody if parcels[each["phone"]] == 1
        }
        stops = self.route["stops"]
        return [alone[id_] for stop in stops for id_ in stop["delivery_ids"] if id_ in alone]

    def _reads_english(self, phone: str) -> bool:
        with self.town.store.unit_of_work(read_only=True) as work:
            contact = work.contacts.by_address(Channel.SMS, phone)
            return contact is not None and work.people.get(contact.person_id).language == "en"

    def stop_of(self, phone: str) -> str:
        """Return the stop at which somebody is served."""
        id_ = self.town.delivery(phone)["id"]
        return next(str(stop["id"]) for stop in self.route["stops"] if id_ in stop["delivery_ids"])

    def report(self, kind: str, at: datetime | None = None, **details: object) -> Report:
        """Report something now, or late; return the report as it was sent."""
        self.reported += 1
        event: Report = {
            "id": f"{self.route['id']}:{self.reported}",
            "kind": kind,
            "at": (at or self.town.now()).astimezone(UTC).isoformat(),
            "route_id": self.route["id"],
            **details,
        }
        assert self.send(event) == {"accepted": 1, "duplicates": 0, "rejected": []}
        return event

    def stand_still(self) -> Report:
        """Report that the van is still at the depot."""
        depot = self.route["depot"]
        return self.report("position", lat=depot["lat"], lon=depot["lon"])

    def send(self, *events: Report) -> dict[str, Any]:
        """Send reports and return what became of them."""
        answer: dict[str, Any] = self.town.api(
            "/driver-events", method="POST", json={"events": list(events)}
        )
        return answer


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("delay")
    with a_town(folder, a_day_without_windows(folder / "day")) as town:
        town.sandbox("/api/drivers", json={"on": False})
        yield town


def a_day_without_windows(folder: Path) -> Path:
    """Write the shipped day without windows: where a van waits, it makes up for delays."""
    shutil.copytree(SHIPPED_DAY, folder)
    file = folder / "deliveries.csv"
    with file.open(newline="") as lines:
        rows = csv.DictReader(lines)
        names, kept = rows.fieldnames or (), [row for row in rows if not row["window_start"]]
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        writer.writerows(kept)
    return folder


@pytest.fixture(scope="module")
def van(town: Town) -> Van:
    """Return the van with the most stops, when it should leave; the others stay in the yard."""
    van = Van(town, max(town.routes(), key=lambda each: len(each["stops"])))
    town.set_clock(jump_to=max(MORNING, datetime.fromisoformat(van.route["start_at"])))
    return van


def test_a_delay_is_told_once_and_what_changes_little_or_nothing_is_not_told(
    town: Town, van: Van
) -> None:
    left = van.report("departed")
    soon = town.now() + timedelta(minutes=30)
    etas = {each: expected(town, each) for each in van.carries()}
    etas = {each: eta for each, eta in etas.items() if eta > soon}
    assert etas
    wait_until(lambda: all("A3" in told(town, each) for each in etas), "that the van has left")

    town.set_clock(jump_s=4 * 60)
    van.stand_still()
    someone = wait_until(
        lambda: next((each for each in etas if expected(town, each) > etas[each]), None),
        "an ETA that wavers",
    )
    planned, wavering = etas[someone], expected(town, someone)
    look_twice(town)
    told_of_little = told(town, someone)

    town.set_clock(jump_s=100 * 60)
    stood = van.stand_still()
    wait_until(lambda: "A6" in told(town, someone), "the delay")
    late = expected(town, someone)
    replayed = van.send(left, stood)
    town.set_clock(jump_s=4 * 60)
    van.stand_still()
    van.report("position", at=planned - timedelta(hours=9), lat=0.0, lon=0.0)
    look_twice(town)

    assert timedelta(0) < wavering - planned < timedelta(minutes=5)
    assert told_of_little["A6"] == 0
    assert late - planned > timedelta(minutes=60)
    assert replayed == {"accepted": 0, "duplicates": 2, "rejected": []}
    assert told(town, someone)["A6"] == 1
    assert len([each for each in heard(town, someone) if "is running late" in each]) == 1


def test_reports_that_contradict_each_other_send_nothing_that_does(town: Town, van: Van) -> None:
    someone = van.carries()[0]
    stop_id, before = van.stop_of(someone), len(heard(town, someone))

    arrived = van.report("arrived", stop_id=stop_id)
    delivered = van.report("delivered", stop_id=stop_id, handed_to="recipient")
    van.report("failed", stop_id=stop_id, reason="nobody_home")
    van.report("delivered", stop_id=stop_id, handed_to="neighbour")
    van.report("arrived", stop_id=stop_id)
    van.report("failed", at=town.now() - timedelta(minutes=5), stop_id=stop_id, reason="refused")
    van.report("departed")
    van.send(arrived, delivered)
    look_twice(town)

    assert told(town, someone)["A8"] == 1
    assert told(town, someone)["A7"] == 0
    assert told(town, someone)["A6"] <= 1
    assert "was handed to you" in heard(town, someone)[-1]
    assert len(heard(town, someone)) == before + 1
    assert town.delivery(someone)["status"] == "delivered"


def expected(town: Town, phone: str) -> datetime:
    return datetime.fromisoformat(town.delivery(phone)["eta"])


def told(town: Town, phone: str) -> Counter[str]:
    """Count the notices that reached the network for somebody, by kind."""
    states = (OutboxState.SENT, OutboxState.DELIVERED)
    found = town.outbox(Channel.SMS, phone)
    return Counter(each.notice for each in found if each.notice and each.state in states)


def heard(town: Town, phone: str) -> list[str]:
    """Return what the network carried to somebody."""
    return [str(each["text"]) for each in town.messages(phone) if each["direction"] == "out"]


def look_twice(town: Town) -> None:
    """Let the worker look for notices twice, then wait until what it wrote has left."""
    time.sleep(2 * NOTICES_EVERY_S + 1)
    waiting = (OutboxState.QUEUED, OutboxState.SENDING)

    def is_quiet() -> bool:
        with town.store.unit_of_work(read_only=True) as work:
            newest = work.outbox.newest(limit=500)
        return not any(each.state in waiting and each.not_before <= town.now() for each in newest)

    wait_until(is_quiet, "everything to leave", every_s=0.5)
