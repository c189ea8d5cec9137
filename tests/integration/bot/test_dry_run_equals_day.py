"""What ``doorstep dry-run`` lists is what worker and gateway then send on the day."""

import asyncio
import json
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.main import main
from cli.rehearsal import STEP, planned_events
from deliveries.model.message import OutboxState
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact
from deliveries.model.rules_form import read_rules
from deliveries.services.days.driving import record_driver_events
from deliveries.services.wordings.writing import write_wording
from sandbox.telegram.chats import Person
from scheduling.duty import Duty
from scheduling.jobs.notices import write_notices
from scheduling.jobs.planning import plan_days
from scheduling.jobs.ratings import ask_for_ratings
from tests.integration.bot.stage import World, a_world
from tests.integration.bot.stepped_day import (
    DAY,
    EVE,
    KEY,
    SteppedClock,
    come_to_rest,
    duty_on,
    written,
)

SHIPPED = Path(__file__).parents[3] / "sandbox" / "day"
NIGHT = datetime(2026, 3, 11, 21, 30, tzinfo=UTC)
OPTED_OUT, ON_TELEGRAM = "+447700900001", "+447700900002"
SILENCED, BLOCKED, UNREACHABLE = "LB-40028", "+447700900005", "+447700900006"
# People away from home: what is sent to the door by day finds them at night.
ASLEEP = {"+447700900003": "Pacific/Auckland", "+447700900010": "America/Los_Angeles"}
# Whose shipper may tell of one thing only.
SPARING = "chronos"
SEGMENT_PRICE = 0.04
CHAT = 1111111

type Told = tuple[str, str, str, str, str, int | None, str | None]
type Waits = set[tuple[str, str, str]]


def prepare(url: str, folder: Path) -> Duty:
    """Take a dozen deliveries in and plan them, some of people who cannot or may not be told."""
    for file in SHIPPED.glob("*.csv"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        few = lines[:13] if file.name == "deliveries.csv" else lines
        (folder / file.name).write_text("".join(few), encoding="utf-8")
    assert main(["migrate"]) == 0
    assert main(["import", str(folder), "--date", DAY.isoformat()]) == 0
    duty = duty_on(url)
    with duty.desk.unit_of_work() as work:
        contact = work.contacts.by_address(Channel.SMS, OPTED_OUT)
        chatting = work.contacts.by_address(Channel.SMS, ON_TELEGRAM)
        assert contact is not None
        assert chatting is not None
        contact.opted_out_at = EVE - timedelta(days=9)
        blocked = work.contacts.by_address(Channel.SMS, BLOCKED)
        unreachable = work.contacts.by_address(Channel.SMS, UNREACHABLE)
        silenced = work.deliveries.by_reference("larkfield", SILENCED)
        assert blocked is not None
        assert unreachable is not None
        assert silenced is not None
        blocked.blocked_at = EVE - timedelta(days=9)
        unreachable.unreachable_until = EVE + timedelta(days=9)
        unreachable.unreachable_reason = "unreachable"
        silenced.notices_stopped_at = EVE - timedelta(days=1)
        for number, zone in ASLEEP.items():
            sleeper = work.contacts.by_address(Channel.SMS, number)
            assert sleeper is not None
            work.people.get(sleeper.person_id).zone = zone
        work.contacts.add(
            Contact("k-chat", chatting.person_id, Channel.TELEGRAM, ContactAddress(str(CHAT)), EVE)
        )
        for shipper in work.shippers.all():
            sparing = {"messages": {"legal_basis": "us_exempt", "notices": 1}}
            more = sparing if shipper.id == SPARING else {}
            shipper.rules = read_rules({"notices": {"rating": True}, **more})
            text = "{ $shipper }: { $parcel } leaves our van { $window }."
            write_wording(work, shipper.id, "notice_out_for_delivery", "en", text, by="", now=EVE)
        work.commit()
    plan_days(duty)
    return duty


def foreseen(folder: Path) -> tuple[Counter[Told], dict[Told, list[datetime]], float, Waits]:
    """Return what the dry run lists, when, what it costs, and what waits on its way."""
    file = folder / "list.jsonl"
    day, now = ["--date", DAY.isoformat()], ["--now", EVE.isoformat()]
    price = ["--segment-price", str(SEGMENT_PRICE)]
    assert main(["dry-run", *day, *now, *price, "--json", "--out", str(file)]) == 0
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    told = [
        (
            each["delivery"],
            each["notice"],
            each["channel"],
            each["contact"],
            "" if each["held_back"] else each["text"],
            each["segments"],
            each["held_back"],
        )
        for each in rows
    ]
    times: dict[Told, list[datetime]] = defaultdict(list)
    for key, each in zip(told, rows, strict=True):
        times[key].append(datetime.fromisoformat(each["at"]))
    waits = {
        (each["delivery"], each["notice"], each["waited_for"])
        for each in rows
        if each["waited_for"] is not None
    }
    return Counter(told), times, sum(each["cost"] for each in rows), waits


def drive(duty: Duty, reported: set[str]) -> None:
    """Report what drivers who keep to the plan have done by now."""
    now = SteppedClock.now_at
    with duty.desk.unit_of_work(read_only=True) as work:
        events = [
            event
            for event in planned_events(work, now.date())
            if event.at <= now and event.id not in reported
        ]
    reported.update(event.id for event in events)
    record_driver_events(duty.desk, events, now=now)


def waiting(duty: Duty) -> Waits:
    """Return what waits for more than its time."""
    with duty.desk.unit_of_work(read_only=True) as work:
        return {
            (f"{delivery.shipper_id}/{delivery.reference}", each.notice or "", each.reason)
            for each in work.outbox.held(reason=None, limit=1000)
            if each.state is OutboxState.QUEUED and each.reason is not None
            for delivery in [work.deliveries.get(each.delivery_id or "")]
        }


async def live(world: World, duty: Duty) -> Waits:
    """Live through the day as the worker does, with the gateway sending; return what waited."""
    reported: set[str] = set()
    waited: Waits = set()
    for step in range((NIGHT - EVE) // STEP + 1):
        SteppedClock.now_at = EVE + step * STEP
        await asyncio.to_thread(drive, duty, reported)
        await asyncio.to_thread(write_notices, duty)
        await asyncio.to_thread(ask_for_ratings, duty)
        await come_to_rest(world, duty)
        waited |= waiting(duty)
    return waited


def really(duty: Duty) -> tuple[Counter[Told], dict[Told, list[datetime]]]:
    """Return what left or was held back on the day, and when."""
    told: list[Told] = []
    times: dict[Told, list[datetime]] = defaultdict(list)
    with duty.desk.unit_of_work(read_only=True) as work:
        for each in work.outbox.newest(limit=1000):
            delivery = work.deliveries.get(each.delivery_id or "")
            if delivery.date != DAY or each.reason == "told_together":
                continue
            has_left = each.state in (OutboxState.SENT, OutboxState.DELIVERED)
            key = (
                f"{delivery.shipper_id}/{delivery.reference}",
                each.notice or each.purpose.value,
                work.contacts.get(each.contact_id).channel.value,
                each.contact_id,
                (each.text or "") if has_left else "",
                each.segments,
                None if has_left else each.reason,
            )
            told.append(key)
            times[key].append(each.sent_at or each.created_at)
    return Counter(told), times


def at_networks(world: World) -> list[str]:
    """Return the words that the stand-ins took."""
    texts = [each.body for each in world.stage.twilio.messages.all()]
    chat = [
        message.get("text") or message.get("caption")
        for (chat_id, _), message in world.stage.bot.chats._messages.items()
        if chat_id == CHAT
    ]
    return sorted(texts + [str(each) for each in chat])


async def test_the_dry_run_lists_what_then_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'doorstep.db'}"
    for name, value in (
        ("DOORSTEP_DATABASE_URL", url),
        ("DOORSTEP_SECRET_KEY", KEY),
        ("DOORSTEP_PLANNING_SECONDS", "1"),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("bot.gateway.FollowedClock", SteppedClock)
    monkeypatch.setattr(SteppedClock, "now_at", EVE)
    duty = await asyncio.to_thread(prepare, url, tmp_path)
    listed, listed_at, cost, waits = await asyncio.to_thread(foreseen, tmp_path)

    async with a_world(url, clock_url="http://the-test") as world:
        world.stage.bot.chats.people[CHAT] = Person(id=CHAT, first_name="Robin", has_started=True)
        waited = await live(world, duty)
        sent, sent_at = really(duty)
        told = sorted(each.text or "" for each in written(duty) if each.sent_at is not None)

        assert sent == listed
        assert [
            key
            for key, times in sent_at.items()
            for here, there in zip(sorted(times), sorted(listed_at[key]), strict=True)
            if abs(here - there) > STEP
        ] == []
        assert waited == waits
        assert at_networks(world) == told
        paid = sum(each.segments.count for each in world.stage.twilio.messages.all())
        assert cost == pytest.approx(paid * SEGMENT_PRICE)
    assert {key[1] for key in listed} >= {"A1", "A3", "A4", "A8", "A11"}
    assert {key[6] for key in listed} == {
        None,
        "opted_out",
        "parcel_opted_out",
        "blocked",
        "unreachable",
        "over_budget",
        "overtaken",
        "expired",
    }
    assert {reason for _, _, reason in waits} == {"quiet_hours"}
    assert {key[2] for key in listed} == {"sms", "telegram"}
    assert sum("leaves our van" in text for text in told) >= 3
