"""What ``doorstep dry-run`` lists is what worker and gateway then send on the day."""

import asyncio
import json
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cli.main import main
from cli.rehearsal import STEP, planned_events
from deliveries.model.delivery import Delivery, DeliveryStatus, Place, PlaceKind
from deliveries.model.eta import EtaCalibration
from deliveries.model.handover import CodeKind, Collection
from deliveries.model.message import OutboxMessage, OutboxState
from deliveries.model.offer import OptionKind
from deliveries.model.personal import ContactAddress
from deliveries.model.preference import PreferenceState
from deliveries.model.recipient import Channel, Contact
from deliveries.model.recipient import Person as Recipient
from deliveries.model.rules_form import read_rules
from deliveries.model.standing import StandingKind
from deliveries.ports import UnitOfWork
from deliveries.services.committing.preferring import Wanted, prefer
from deliveries.services.conversing.turns import Heard
from deliveries.services.days.driving import record_driver_events
from deliveries.services.etas.conformal import sketched
from deliveries.services.identity.codes import MASK
from deliveries.services.identity.handover_codes import make_code
from deliveries.services.messages.consent import conversation_of
from deliveries.services.neighbours.numbers import want_neighbour
from deliveries.services.wordings.writing import write_wording
from sandbox.telegram.chats import Person
from scheduling.duty import Duty
from scheduling.jobs.absences import end_absences
from scheduling.jobs.collections import care_for_collections
from scheduling.jobs.neighbours import settle_neighbours
from scheduling.jobs.notices import write_notices
from scheduling.jobs.planning import plan_days
from scheduling.jobs.pushing import push_choices
from scheduling.jobs.ratings import ask_for_ratings
from scheduling.jobs.retiming import time_routes_again
from tests.builders import a_delivery, a_preference, a_standing_wish
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
DEPOT, LOCKER = "bristol-east", "temple-station"
# Parcels at the locker since earlier days, by how many days after this one is their last there.
WAITING = {"GONE": -1, "LAST": 0, "NEXT": 1, "LONG": 2}
AWAY, ASKING, NEIGHBOUR = "BACK", "HL-40049", "+447700900088"
# All by which people are told something.
JOBS = (
    end_absences,
    plan_days,
    push_choices,
    time_routes_again,
    settle_neighbours,
    care_for_collections,
    write_notices,
    ask_for_ratings,
)

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
    with duty.desk.unit_of_work() as work:
        learn(work)
        for number, (reference, days_left) in enumerate(WAITING.items()):
            let_wait(work, duty, reference, 20 + number, DAY + timedelta(days=days_left))
        let_come_back(work)
        ask_neighbour(work)
        work.commit()
    return duty


def learn(work: UnitOfWork) -> None:
    """Let the depot have learned: its vans come late rather than early, and legs take longer."""
    errors = [
        (hour, ahead, 20 * n) for hour in range(24) for ahead in range(-1, 9) for n in range(40)
    ]
    paces = {str(hour): 1.1 for hour in range(24)}
    at = EVE - timedelta(days=1)
    work.etas.add_calibration(EtaCalibration(DEPOT, at, groups=sketched(errors), paces=paces))


def add_delivery(work: UnitOfWork, reference: str, number: int, **different: object) -> Delivery:
    """Add somebody with a parcel from an earlier day."""
    id_ = f"k-{number}"
    work.people.add(Recipient(id_, "en"))
    address = ContactAddress(f"+4477009001{number}")
    work.contacts.add(Contact(id_, id_, Channel.SMS, address, EVE))
    whose = {"id": id_, "person_id": id_, "contact_id": id_, "reference": reference}
    where = {"shipper_id": "homely", "depot_id": DEPOT, "lat": 51.46, "lon": -2.6}
    delivery = a_delivery(**whose, **where, date=DAY - timedelta(days=6), **different)
    work.deliveries.add(delivery)
    return delivery


def let_wait(work: UnitOfWork, duty: Duty, reference: str, number: int, last_day: date) -> None:
    """Let a parcel wait at the locker, with a code."""
    place = Place(PlaceKind.PICKUP_POINT, name="Temple Station", pickup_point_id=LOCKER)
    status = DeliveryStatus.READY_FOR_PICKUP
    delivery = add_delivery(work, reference, number, place=place, status=status)
    since = EVE - timedelta(days=5)
    work.collections.add(Collection(f"co-{number}", delivery.id, LOCKER, since, last_day))
    make_code(work, duty.desk.vault, [delivery.id], CodeKind.PICKUP, now=since)


def let_come_back(work: UnitOfWork) -> None:
    """Let somebody have been away until this evening, with a parcel on hold."""
    delivery = add_delivery(work, AWAY, 30, status=DeliveryStatus.ON_HOLD)
    days = {"first_day": DAY - timedelta(days=7), "last_day": EVE.date()}
    details = {"zone": delivery.zone}
    wish = a_standing_wish(person_id=delivery.person_id, kind=StandingKind.AWAY, **days)
    wish.details = details
    work.standing.add(wish)
    work.preferences.add(
        a_preference(
            delivery_id=delivery.id,
            kind=OptionKind.AWAY,
            details=details,
            state=PreferenceState.CONFIRMED,
        )
    )


def ask_neighbour(work: UnitOfWork) -> None:
    """Let somebody have just chosen a neighbour, who will say nothing."""
    delivery = work.deliveries.by_reference("homely", ASKING)
    assert delivery is not None
    person = work.people.get(delivery.person_id)
    request = want_neighbour(work, person, [delivery], ContactAddress(NEIGHBOUR), "Sam", now=EVE)
    details = {"name": "Sam", "house_number": "65", "request_id": request.id}
    thread = conversation_of(work, person.id)
    heard = Heard("", thread.id, work.contacts.of_person(person.id)[0].id, "", "")
    prefer(work, delivery, Wanted(OptionKind.NEIGHBOUR, details), heard, now=EVE)


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
        for job in JOBS:
            await asyncio.to_thread(job, duty)
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
            if not is_of_the_day(delivery, each) or each.reason == "told_together":
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


def is_of_the_day(delivery: Delivery, message: OutboxMessage) -> bool:
    """Say whether it is about the day's delivery, or left that day about a parcel at the locker."""
    left_at = message.sent_at or message.created_at
    return delivery.date == DAY or (delivery.reference in WAITING and left_at.date() == DAY)


def at_networks(world: World) -> list[str]:
    """Return the words that the stand-ins took, with codes hidden as threads have them."""
    bodies = [each.body for each in world.stage.twilio.messages.all()]
    texts = [re.sub(r"(?<=Code )\d{6}", MASK, each) for each in bodies]
    chat = [
        message.get("text") or message.get("caption")
        for (chat_id, _), message in world.stage.bot.chats._messages.items()
        if chat_id == CHAT
    ]
    return sorted(texts + [str(each) for each in chat])


def segments_before(duty: Duty) -> int:
    """Return what was spent the evening before on parcels at the locker."""
    with duty.desk.unit_of_work(read_only=True) as work:
        return sum(
            each.segments or 0
            for each in work.outbox.newest(limit=1000)
            if each.sent_at is not None
            and not is_of_the_day(work.deliveries.get(each.delivery_id or ""), each)
        )


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
        with duty.desk.unit_of_work(read_only=True) as work:
            promises = work.etas.promises_of(DEPOT, DAY)
            neighbour = work.contacts.by_address(Channel.SMS, NEIGHBOUR)
            assert neighbour is not None
        paid = sum(each.segments.count for each in world.stage.twilio.messages.all())
        assert cost == pytest.approx((paid - segments_before(duty)) * SEGMENT_PRICE)
    assert promises
    assert all(each.is_learned for each in promises)
    assert {key[1] for key in listed} >= {"A1", "A3", "A4", "A8", "A11"}
    at_locker = {key[0].removeprefix("homely/"): key for key in listed if key[1] in ("A9", "A10")}
    assert set(at_locker) == {"GONE", "LAST", "NEXT"}
    assert "today is the last day to collect" in at_locker["LAST"][4]
    assert "A8" in {key[1] for key in listed if key[0] == f"homely/{AWAY}"}
    assert neighbour.id in {key[3] for key in listed if key[0] == f"homely/{ASKING}"}
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
