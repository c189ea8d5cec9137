"""A hundred people race for ten places in one window: ten get them, ninety are offered others.

Through every process: on PostgreSQL with two gateways and two workers, and on SQLite.
"""

import csv
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from deliveries.model.preference import Preference, PreferenceState
from tests.e2e.proxy import a_proxy
from tests.e2e.recipients import Bubble, Recipient
from tests.e2e.test_cluster import (
    SETTLED_S,
    a_cluster,
    all_of,
    oversold,
    unsettled_choices,
)
from tests.e2e.town import DAY, LONDON, SHIPPED_DAY, Town, a_town, opened, prepare
from tests.servers import free_port, fresh_database, postgresql_server, redis_server

PEOPLE, PLACES, AT_ONCE = 100, 10, 25
NOON = datetime(2026, 3, 13, 12, tzinfo=LONDON)
WISH = "friday between 12 and 2 please"
LOOK_EVERY_S = 0.7
DEPOT = "bristol-east"
NEITHER_BOUND_NOR_DEAR = dict.fromkeys(
    ("window_start", "window_end", "forbidden_options", "age_check", "signature"), ""
)


def phone(number: int) -> str:
    return f"+44770090{number + 1:04d}"


def a_day_of_equals(folder: Path) -> Path:
    """Return the shipped day with a hundred people, one parcel each, who may choose alike."""
    day = folder / "day"
    shutil.copytree(SHIPPED_DAY, day)
    with (SHIPPED_DAY / "deliveries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:PEOPLE]
    with (day / "deliveries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for number, row in enumerate(rows):
            equal = {"phone": phone(number), "shipper_id": "larkfield", "language": "en"}
            writer.writerow({**row, **NEITHER_BOUND_NOR_DEAR, **equal})
    return day


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)], scope="module"
)
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp(f"places-{request.param}")
    day = a_day_of_equals(folder)
    if request.param == "sqlite":
        with a_town(folder, day) as town:
            yield town
        return
    with (
        postgresql_server() as server,
        fresh_database(server) as database,
        redis_server() as redis,
    ):
        gateways = (free_port(), free_port())
        machine = a_cluster(folder, database, redis, gateways)
        agent = prepare(machine, day, DAY)
        with a_proxy(machine.ports.gateway, gateways), opened(machine, folder, agent) as town:
            town.start("sandbox")
            town.wait_for(f"{town.page}/clock")
            town.set_clock(paused=True)
            for name in machine.commands:
                if name != "sandbox":
                    town.start(name)
            town.wait_until_ready()
            town.wait_for_plan()
            yield town


def race(person: Recipient) -> tuple[Bubble, Bubble | None]:
    """Wish for the window; take it if it is offered, and listen until it is settled."""
    offer = person.ask(WISH)
    if not offer.text.startswith("This can be done"):
        return offer, None
    answer = person.ask(offer.options[0][1])
    while answer.text.startswith("Noted"):
        answer = person.hear()
    return offer, answer


def test_ten_of_a_hundred_get_the_ten_places_and_ninety_are_offered_others(town: Town) -> None:
    resource = f"window:{DEPOT}:{NOON.isoformat()}"
    town.api("/capacities", method="PUT", json={"resource": resource, "total": PLACES})
    people = [
        Recipient(town, phone(number), every_s=LOOK_EVERY_S, patience_s=SETTLED_S)
        for number in range(PEOPLE)
    ]

    with ThreadPoolExecutor(AT_ONCE) as threads:
        heard = list(threads.map(race, people))

    confirmed = [answer.text for _, answer in heard if answer is not None]
    others = [offer for offer, answer in heard if answer is None]
    assert [text for text in confirmed if not text.startswith("Confirmed")] == []
    assert (len(confirmed), len(others)) == (PLACES, PEOPLE - PLACES)
    assert [each.text for each in others if not each.options] == []
    chosen = all_of(town, Preference)
    assert {each.state for each in chosen} == {PreferenceState.CONFIRMED}
    assert [datetime.fromisoformat(str(each.details["start"])) for each in chosen] == [
        NOON
    ] * PLACES
    assert unsettled_choices(town) == []
    assert oversold(town) == []
