"""A van's day as its recipients read it in their chats, from the evening before to the rating.

Every report of the driver comes twice, and some contradict what was reported before.
"""

import asyncio
import re
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cli.main import main
from cli.rehearsal import STEP, planned_events
from deliveries.model.delivery import Place, PlaceKind
from deliveries.model.history import DriverEvent
from deliveries.model.message import Form
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact
from deliveries.model.route import Stop
from deliveries.model.rules_form import read_rules
from deliveries.ports import UnitOfWork
from deliveries.services.days.driving import record_driver_events
from sandbox.telegram.chats import Person
from scheduling.duty import Duty
from scheduling.jobs.collections import care_for_collections
from scheduling.jobs.following import follow
from scheduling.jobs.notices import write_notices
from scheduling.jobs.planning import plan_days
from scheduling.jobs.ratings import ask_for_ratings
from scheduling.jobs.retiming import time_routes_again
from tests.integration.bot.stage import World, a_world, served
from tests.integration.bot.stepped_day import DAY, EVE, KEY, SteppedClock, come_to_rest, duty_on

SHIPPED = Path(__file__).parents[3] / "sandbox" / "day"
HOUSEHOLDS = 16
FIRST_CHAT = 1111111
SHOP = "clifton-newsagent"
EVENING = EVE + timedelta(hours=26)
# Until what waits at the shop has gone back.
LONGEST = timedelta(days=12)
HELD_UP = timedelta(minutes=150)
NEAR = timedelta(minutes=4)


async def photo(_: Request) -> Response:
    """Serve what the driver photographed."""
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    return Response(head + struct.pack(">IIB", 4, 3, 8), media_type="image/png")


@dataclass
class Van:
    """One van's day.

    Attributes:
        collects: The delivery that goes to a shop and is never collected.
        handed: The one whose recipient opens the door.
        out: The one whose recipient is not at home; then the van breaks down for a while.
        late: The last one of the day.
    """

    duty: Duty
    photo: str
    collects: str
    handed: str
    out: str
    late: str
    reported: dict[str, DriverEvent] = field(default_factory=dict)
    stands_until: datetime = EVE

    def drive(self) -> None:
        """Report what has happened by now twice, then all of the day once more."""
        now = SteppedClock.now_at
        with self.duty.desk.unit_of_work(read_only=True) as work:
            planned = [each for each in planned_events(work, DAY) if each.at <= now]
            events = [
                self._as_it_went(work, each)
                for each in planned
                if each.id not in self.reported and now >= self.stands_until
            ]
        self.reported |= {each.id: each for each in events}
        if any(each.kind == "failed" for each in events):
            self.stands_until = now + HELD_UP
        contrary = [_contrary(each) for each in events if each.kind in ("delivered", "failed")]
        record_driver_events(self.duty.desk, [*events, *events, *contrary], now=now)
        with self.duty.desk.unit_of_work(read_only=True) as work:
            near = list(self._near(work, now=now))
        record_driver_events(self.duty.desk, [*near, *self.reported.values()], now=now)

    def _as_it_went(self, work: UnitOfWork, event: DriverEvent) -> DriverEvent:
        if event.kind == "delivered" and event.stop_id == work.deliveries.get(self.handed).stop_id:
            return replace(event, details={**event.details, "photo_url": self.photo})
        if event.kind == "delivered" and event.stop_id == work.deliveries.get(self.out).stop_id:
            return replace(event, kind="failed", details={"reason": "nobody_home"})
        return event

    def _near(self, work: UnitOfWork, *, now: datetime) -> Iterator[DriverEvent]:
        """Say where the van is shortly before it comes to who opens the door."""
        delivery = work.deliveries.get(self.handed)
        route = work.plans.route(delivery.route_id or "")
        following = next(iter(route.open_stops), None)
        if following is None or following.arrival_at is None or now < following.arrival_at - NEAR:
            return
        if self.handed in following.delivery_ids:
            place = {"lat": delivery.at.lat + 0.001, "lon": delivery.at.lon}
            yield DriverEvent(f"at-{now:%H%M}", "position", now, route.id, details=place)


def _contrary(event: DriverEvent) -> DriverEvent:
    """Return a report that does not fit to what was reported a moment before."""
    at, id_ = event.at + timedelta(seconds=5), f"{event.id}:contrary"
    if event.kind == "delivered":
        return replace(event, id=id_, at=at, kind="failed", details={"reason": "nobody_home"})
    return replace(event, id=id_, at=at, kind="arrived", details={})


def prepare(url: str, folder: Path, photo: str) -> Van:
    """Plan a day of one van; all its recipients use Telegram."""
    for file in SHIPPED.glob("*.csv"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        few = {"deliveries.csv": 1 + HOUSEHOLDS, "vehicles.csv": 2}.get(file.name, len(lines))
        text = "".join(lines[:few])
        if file.name == "deliveries.csv":
            # It waits for nobody's window.
            text = re.sub(r",\d\d:\d\d,\d\d:\d\d,", ",,,", text)
        # The van leaves late enough for the morning's window to be told before.
        text = text.replace(",08:00,18:00,", ",10:00,18:00,")
        (folder / file.name).write_text(text, encoding="utf-8")
    assert main(["migrate"]) == 0
    assert main(["import", str(folder), "--date", DAY.isoformat()]) == 0
    duty = duty_on(url)
    with duty.desk.unit_of_work() as work:
        for shipper in work.shippers.all():
            shipper.rules = read_rules({"notices": {"rating": True, "live_location": True}})
        point = work.pickup_points.get(SHOP)
        deliveries = work.deliveries.of_day("bristol-east", DAY)
        for number, each in enumerate(deliveries):
            work.people.get(each.person_id).language = "en"
            chat = ContactAddress(str(FIRST_CHAT + number))
            work.contacts.add(Contact(each.id, each.person_id, Channel.TELEGRAM, chat, EVE))
        people = Counter(each.person_id for each in deliveries)
        # Who gets two parcels is told of both in one message.
        alone = [each for each in deliveries if people[each.person_id] == 1]
        collects = alone[0]
        at = {"lat": point.lat, "lon": point.lon}
        collects.place = Place(PlaceKind.PICKUP_POINT, pickup_point_id=point.id, **at)
        work.commit()
    plan_days(duty)
    with duty.desk.unit_of_work(read_only=True) as work:
        [plan] = work.plans.on_day(DAY)
        [stops] = [route.open_stops for route in plan.routes]
        theirs = {each.id for each in alone[1:]}
        homes = [at for at, stop in enumerate(stops) if theirs.issuperset(stop.delivery_ids)]
        # Before the first of these the van drives longest, so that it is seen to come.
        handed = max(range(3, len(homes) - 6), key=lambda each: _drive(stops, homes[each]))
        chosen = (stops[homes[each]].delivery_ids[0] for each in (handed, handed + 1, -1))
        return Van(duty, photo, collects.id, *chosen)


def _drive(stops: Sequence[Stop], position: int) -> timedelta:
    left, comes = stops[position - 1].leave_at, stops[position].arrival_at
    assert left is not None
    assert comes is not None
    return comes - left


async def live(world: World, van: Van) -> None:
    """Live through the day minute by minute, and through the days at the shop by the hour."""
    jobs = (write_notices, follow, time_routes_again, ask_for_ratings, care_for_collections)
    while SteppedClock.now_at < EVE + LONGEST:
        await asyncio.to_thread(van.drive)
        for job in jobs:
            await asyncio.to_thread(job, van.duty)
        await come_to_rest(world, van.duty)
        SteppedClock.now_at += STEP if SteppedClock.now_at < EVENING else timedelta(hours=3)


def kinds(van: Van, delivery_id: str) -> list[str | None]:
    """Return which notices in words a recipient got, in the order in which they left."""
    with van.duty.desk.unit_of_work(read_only=True) as work:
        rows = [each for each in work.outbox.newest(limit=1000) if each.sent_at is not None]
    theirs = [each for each in rows if each.delivery_id == delivery_id]
    return [each.notice for each in reversed(theirs) if each.form is Form.WORDS]


def read(world: World, van: Van, delivery_id: str) -> list[dict[str, Any]]:
    """Return what stands in a recipient's chat at the end."""
    with van.duty.desk.unit_of_work(read_only=True) as work:
        chat = work.contacts.get(delivery_id).address.reveal()
    messages = sorted(world.stage.bot.chats._messages.items())
    return [message for (chat_id, _), message in messages if chat_id == int(chat)]


async def test_everybody_reads_one_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'doorstep.db'}"
    for name, value in (
        ("DOORSTEP_DATABASE_URL", url),
        ("DOORSTEP_SECRET_KEY", KEY),
        ("DOORSTEP_PLANNING_SECONDS", "1"),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("bot.gateway.FollowedClock", SteppedClock)
    monkeypatch.setattr(SteppedClock, "now_at", EVE)

    async with served(Starlette(routes=[Route("/proof.png", photo)])) as address:
        van = await asyncio.to_thread(prepare, url, tmp_path, f"{address}/proof.png")
        async with a_world(url, clock_url="http://the-test") as world:
            for number in range(HOUSEHOLDS):
                person = Person(id=FIRST_CHAT + number, first_name="Robin", has_started=True)
                world.stage.bot.chats.people[person.id] = person
            await live(world, van)
            handed, out, collects, late = (
                read(world, van, each) for each in (van.handed, van.out, van.collects, van.late)
            )

    assert kinds(van, van.handed) == ["A1", "A2", "A3", "A4", "A5", "A8", "A11"]
    # How far the stop before is says whether the van of the others is seen to come.
    of_out, of_late = (
        [each for each in kinds(van, id_) if each != "A5"] for id_ in (van.out, van.late)
    )
    assert of_out == ["A1", "A2", "A3", "A4", "A7"]
    assert kinds(van, van.collects) == ["A9", "A9", "A10", "A10"]
    delays = of_late.count("A6")
    assert of_late == ["A1", "A2", "A3", *["A6"] * delays, "A4", "A8", "A11"]
    assert delays >= 2

    assert sorted(form_of(each) for each in handed) == sorted(
        ["buttons", *["words"] * 4, "a van that stands", "photo", "digits"]
    )
    assert "The driver took a photo" in handed[-2]["caption"]
    assert (form_of(out[0]), form_of(out[-1])) == ("buttons", "buttons")
    assert "nobody answered" in out[-1]["text"]
    assert labels(out[-1])[0] == "Come back now"
    assert [form_of(each) for each in collects] == [
        *["words", "map"],
        *["buttons", "map"],
        *["buttons", "words"],
    ]
    assert labels(collects[2]) == ["More time to collect it"]
    assert len({code for each in collects for code in re.findall(r"Code (\d+)", text(each))}) == 1
    assert "is going back to the sender" in collects[-1]["text"]
    told = [each for each in late if windows(each)][2 : 3 + delays]
    for before, after in pairwise(told):
        assert windows(after)[1:] == windows(before)[:1]
    # What moved before it broke a promise is told where the promise stands, without ringing.
    assert {form_of(each) for each in told[:-1]} == {"edited"}


def labels(message: dict[str, Any]) -> list[str]:
    """Return what stands on a message's buttons."""
    keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in keyboard for button in row]


def text(message: dict[str, Any]) -> str:
    """Return the words of a message, if it has any."""
    return str(message.get("text", ""))


def windows(message: dict[str, Any]) -> list[str]:
    """Return the windows that a message names."""
    return re.findall("[0-9:]{5}\u2013[0-9:]{5}", text(message))


def form_of(message: dict[str, Any]) -> str:
    """Return how a message looks in the chat."""
    if labels(message):
        return "digits" if labels(message) == ["1", "2", "3", "4", "5"] else "buttons"
    if "venue" in message:
        return "map"
    if "location" in message:
        return "a van that moves" if "live_period" in message["location"] else "a van that stands"
    if "photo" in message:
        return "photo"
    return "edited" if "edit_date" in message else "words"
