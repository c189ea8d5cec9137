"""Days lived through with the worker's jobs and the gateway's departures, on an unlucky network."""

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import override

from bot.departure import Departure, NotSentError
from bot.departures import Departures
from bot.pacing import ChannelLimits, Pacing
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from cli.main import main
from cli.rehearsal import Foreseen, Rehearsal, planned_events
from deliveries.model.delivery import Delivery
from deliveries.model.history import DriverEvent
from deliveries.model.message import OutboxMessage, OutboxState
from deliveries.model.personal import ContactAddress
from deliveries.model.rates import SenderLimit
from deliveries.model.recipient import Channel, Contact
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.turns import Desk
from deliveries.services.messages.consent import stop_notices
from deliveries.services.messages.receipts import Reach, Receipt, take_receipt
from deliveries.services.messages.receiving import Arrival, receive
from tests.integration.bot.log_checker import Taken

DAY = Path(__file__).parents[3] / "sandbox" / "day"
_AT_ONCE = 100
# As many people get something on the shipped day.
PEOPLE = 140
_NUMBER = SenderLimit("twilio:week", per_s=5.0, burst=60.0)
_ASKED_AFTER = timedelta(hours=1)
UNREACHED = frozenset({"unreachable", "blocked", "over_budget"})


def import_days(folder: Path, first: date, days: int, *, most: int) -> None:
    """Import the shipped day again and again, each time with references of its own.

    A day of more deliveries than the shipped one has them again for other people, with more vans.
    """
    for number in range(days):
        own = folder / f"day-{number}"
        own.mkdir()
        for file in DAY.glob("*.csv"):
            (own / file.name).write_bytes(file.read_bytes())
        with (DAY / "deliveries.csv").open(encoding="utf-8", newline="") as source:
            shipped = list(csv.DictReader(source))
        rows = [_copied(row, copy) for copy in range(-(-most // len(shipped))) for row in shipped]
        rows = rows[:most]
        _write_vans(own, copies=-(-most // len(shipped)))
        with (own / "deliveries.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, fieldnames=list(rows[0]))
            writer.writeheader()
            for row in rows:
                writer.writerow({**row, "reference": f"{row['reference']}-{number}"})
        day = first + timedelta(days=number)
        assert main(["import", str(own), "--date", day.isoformat()]) == 0


def _copied(row: dict[str, str], copy: int) -> dict[str, str]:
    """Return a delivery for the next person along; numbers stay within those for fiction."""
    if not copy:
        return row
    number = (int(row["phone"][-3:]) + copy * PEOPLE) % 1000
    return {
        **row,
        "reference": f"{row['reference']}-c{copy}",
        "tracking_number": f"{row['tracking_number']}{copy}",
        "phone": f"{row['phone'][:-3]}{number:03}" if row["phone"].startswith("07700") else "",
    }


def _write_vans(folder: Path, *, copies: int) -> None:
    with (DAY / "vehicles.csv").open(encoding="utf-8", newline="") as source:
        vans = list(csv.DictReader(source))
    with (folder / "vehicles.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=list(vans[0]))
        writer.writeheader()
        for copy in range(copies):
            for van in vans:
                id_ = f"{van['id']}-c{copy}" if copy else van["id"]
                writer.writerow({**van, "id": id_})


@dataclass(frozen=True)
class Troubles:
    """How often things go wrong.

    Attributes:
        late: Share of stops that are reached late.
        failing: Share of stops where nobody takes the parcel.
        leaving: Share of messages whose reader writes STOP, and as many want no more about one
            parcel.
    """

    late: float = 0.1
    failing: float = 0.08
    leaving: float = 0.05


@dataclass(eq=False)
class Provider:
    """Takes messages, answers badly, reports late, twice, in the wrong order, or never."""

    chance: random.Random
    log: list[Taken] = field(default_factory=list)
    ids: dict[str, list[str]] = field(default_factory=dict)
    receipts: list[tuple[datetime, Receipt]] = field(default_factory=list)
    ends: dict[str, OutboxState] = field(default_factory=dict)

    def take(self, departure: Departure, *, now: datetime) -> str:
        """Take a message; its receipts follow."""
        id_ = f"SM{len(self.ends)}"
        if departure.channel is not Channel.SMS:
            # A chat's network tells of no receipts: what it has taken is there.
            self.ends[id_] = OutboxState.SENT
            return id_
        words = departure.address.reveal() + departure.rendered.text
        self.ids.setdefault(words, []).append(id_)
        is_arriving = self.chance.random() > 0.02
        end = OutboxState.DELIVERED if is_arriving else OutboxState.FAILED
        self.ends[id_] = end
        for state in (OutboxState.SENT, end):
            for _ in range(self.chance.choice((0, 1, 1, 1, 2))):
                late = timedelta(seconds=self.chance.choice((1, 5, 60, 600)))
                reason = "unknown" if state is OutboxState.FAILED else None
                self.receipts.append((now + late, Receipt(id_, state, reason=reason)))
        return id_


class Week(Rehearsal):
    """A rehearsal whose messages leave by that provider, and whose vans meet with trouble.

    Some people write STOP meanwhile, and others want no more about one parcel. Some stops take
    long, and at some nobody is at home.
    """

    def __init__(self, desk: Desk, troubles: Troubles, *, seed: int = 7) -> None:
        """Live on a desk's own store.

        Args:
            desk: What is planned and written is written there.
            troubles: What goes wrong, how often.
            seed: Of all luck.
        """
        wording = Wording(Catalogue(read_sources()))
        super().__init__(desk, wording, tuple(Channel))
        self.chance = random.Random(seed)  # noqa: S311 luck
        self.provider = Provider(self.chance)
        self.stopped: dict[str, datetime] = {}
        self.unwanted: dict[str, datetime] = {}
        self.arrived: dict[tuple[str, int], datetime] = {}
        self._late: dict[str, datetime] = {}
        self._troubles = troubles
        pacing = Pacing({Channel.SMS: ChannelLimits(_NUMBER)}, self._clock)
        networks = self._departures.networks
        self._departures = Departures("week", wording, networks, self._clock, self._clock, pacing)

    @override
    def _events(self, work: UnitOfWork, day: date) -> Iterator[DriverEvent]:
        """Yield what is reported as it goes: some stops later than planned, some in vain."""
        stops = {
            stop.id: stop
            for plan in work.plans.on_day(day)
            for route in plan.routes
            for stop in route.open_stops
        }
        for event in planned_events(work, day):
            stop = stops.get(event.stop_id or "")
            if stop is None or stop.arrival_at is None:
                yield event
                continue
            [first, *_] = work.deliveries.many(stop.delivery_ids)
            luck = random.Random(first.reference)  # noqa: S311 the same for a parcel in every run
            yield self._as_it_goes(event, stop.arrival_at, luck)

    def _as_it_goes(
        self, event: DriverEvent, arrival: datetime, luck: random.Random
    ) -> DriverEvent:
        late = self._late_by(event.stop_id or "", arrival, luck)
        has_come = f"{event.route_id}:{event.stop_id}:arrived" in self._reported
        later = replace(event, at=event.at if has_come else event.at + late)
        if event.kind == "delivered" and luck.random() < self._troubles.failing:
            reason = luck.choice(("nobody_home", "no_access", "refused", "damaged"))
            return replace(later, kind="failed", details={"reason": reason})
        return later

    def _late_by(self, stop_id: str, arrival: datetime, luck: random.Random) -> timedelta:
        """Return how much later than its newest time the van comes to a stop.

        What is late stays due when it first was late: its newest time moves on with the clock.
        """
        is_late = luck.random() < self._troubles.late
        late = timedelta(minutes=luck.choice((15, 25, 40, 60)) if is_late else 0)
        if late and arrival <= self._clock.now():
            comes = self._late.setdefault(stop_id, arrival + late)
            return max(comes - arrival, timedelta())
        return late

    @override
    def _record(self, events: Sequence[DriverEvent], *, now: datetime) -> None:
        with self._desk.unit_of_work(read_only=True) as work:
            for event in events:
                if event.kind == "arrived" and event.stop_id is not None:
                    stops = work.plans.route(event.route_id).stops
                    stop = next(each for each in stops if each.id == event.stop_id)
                    for each in work.deliveries.many(stop.delivery_ids):
                        self.arrived[(each.id, each.attempts)] = event.at
        super()._record(events, now=now)

    @override
    def _let_leave(self) -> list[Foreseen]:
        self._report()
        while True:
            with self._desk.unit_of_work() as work:
                claimed = self._departures.claim(work, limit=_AT_ONCE)
                work.commit()
            for departure in claimed.departures:
                self._see_off(departure)
            if not claimed.count:
                return []

    def _see_off(self, departure: Departure) -> None:
        """Send as the gateway does, with its ways of noting what came back."""
        with self._desk.unit_of_work() as work:
            if departure.is_interrupted:
                words = departure.address.reveal() + departure.rendered.text
                candidates = list(reversed(self.provider.ids.get(words, [])))
                self._departures.note_found(work, departure, candidates)
            else:
                self._send(work, departure)
            work.commit()

    def _send(self, work, departure: Departure) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        luck = self.chance.random()
        if departure.channel is not Channel.SMS:
            self._send_in_chat(work, departure, luck)
        elif luck < 0.03:  # refused for now
            self._departures.note_delayed(work, departure, wait_s=30, pause_s=1)
        elif luck < 0.06:  # cut off before it was taken
            self._departures.note_unknown(work, departure)
        elif luck < 0.065:  # refused for good
            self._departures.note_refused(work, departure, NotSentError("filtered"))
        else:
            id_ = self.provider.take(departure, now=self._clock.now())
            self._note_taken(work, departure)
            if luck < 0.10:  # taken, and cut off after
                self._departures.note_unknown(work, departure)
            elif luck > 0.11:  # else the process dies here
                self._departures.note_sent(work, departure, id_)
            self._maybe_stop(work, departure)
            self._maybe_stop_parcel(work, departure)

    def _send_in_chat(self, work: UnitOfWork, departure: Departure, luck: float) -> None:
        if luck < 0.03:
            self._departures.note_delayed(work, departure, wait_s=30, pause_s=1)
        elif luck < 0.05:
            refusal = NotSentError("blocked", reach=Reach.BLOCKED)
            self._departures.note_refused(work, departure, refusal)
        else:
            id_ = self.provider.take(departure, now=self._clock.now())
            self._note_taken(work, departure)
            self._departures.note_sent(work, departure, id_)
            self._maybe_stop(work, departure)
            self._maybe_stop_parcel(work, departure)

    def _note_taken(self, work, departure: Departure) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        message: OutboxMessage = work.outbox.get(departure.message_id)
        delivery = work.deliveries.find(message.delivery_id) if message.delivery_id else None
        key = message.dedupe_key or ""
        self.provider.log.append(
            Taken(
                at=self._clock.now(),
                address=departure.address.reveal(),
                message_id=message.id,
                zone=delivery.zone if delivery else "UTC",
                notice=message.notice,
                attempt=(delivery.id, _attempt(message, delivery)) if delivery else None,
                mark=key.split(":", 5)[5] if key.count(":") >= 5 else key[:10],
                says_stopped=any(each.name == "opt_out_done" for each in message.sayings),
                until=_told_until(message),
            )
        )

    def _maybe_stop(self, work, departure: Departure) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        address, channel = departure.address.reveal(), departure.channel
        if address in self.stopped or self.chance.random() >= self._troubles.leaving:
            return
        word = self.chance.choice(("STOP", "stop all", " Unsubscribe. ", "Opt-Out"))
        arrival = Arrival(channel, f"in-{len(self.stopped)}", ContactAddress(address), word)
        receive(work, arrival, vault=self._desk.vault, now=self._clock.now())
        person_id = work.contacts.get(departure.contact_id).person_id
        for contact in work.contacts.of_person(person_id):
            # What made them write it came at the same instant, and before.
            since = self._clock.now() + timedelta(microseconds=1)
            self.stopped.setdefault(contact.address.reveal(), since)

    def _maybe_stop_parcel(self, work, departure: Departure) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        message: OutboxMessage = work.outbox.get(departure.message_id)
        is_notice = message.notice is not None and message.delivery_id is not None
        if is_notice and self.chance.random() < self._troubles.leaving:
            delivery = work.deliveries.get(message.delivery_id)
            conversation = work.conversations.get(message.conversation_id)
            stop_notices(work, conversation, [delivery], now=self._clock.now())
            since = self._clock.now() + timedelta(microseconds=1)
            self.unwanted.setdefault(delivery.id, since)

    def _report(self) -> None:
        """Hand in the receipts that are due, in any order, and ask after what was never told."""
        now = self._clock.now()
        due = [receipt for at, receipt in self.provider.receipts if at <= now]
        self.provider.receipts = [each for each in self.provider.receipts if each[0] > now]
        self.chance.shuffle(due)
        with self._desk.unit_of_work() as work:
            for receipt in due:
                take_receipt(work, receipt, now=now)
            for row in work.outbox.claim_unconfirmed(
                Channel.SMS,
                since=now - timedelta(days=2),
                until=now - _ASKED_AFTER,
                technical_now=now,
                limit=_AT_ONCE,
            ):
                end = self.provider.ends[row.provider_id or ""]
                take_receipt(work, Receipt(row.provider_id or "", end, reason="unknown"), now=now)
            work.commit()

    def states(self) -> dict[str, str]:
        """Return what became of each row."""
        with self._desk.unit_of_work(read_only=True) as work:
            rows: Sequence[OutboxMessage] = work.outbox.newest(limit=1_000_000)
            return {row.id: row.state.value for row in rows}


def unreached(desk: Desk) -> set[tuple[str, int]]:
    """Return the attempts about whose delay no network would take a word, or lost it."""
    with desk.unit_of_work(read_only=True) as work:
        rows = [each for each in work.outbox.newest(limit=1_000_000) if each.notice == "A6"]
        return {
            (delivery.id, _attempt(row, delivery))
            for row in rows
            if row.state is OutboxState.FAILED or row.reason in UNREACHED
            for delivery in work.deliveries.many([row.delivery_id or ""])
        }


def give_chats(desk: Desk, *, now: datetime) -> int:
    """Let every third person have a chat besides their number; return how many."""
    with desk.unit_of_work() as work:
        deliveries = work.deliveries.page(after=None, limit=100_000)
        people = sorted({each.person_id for each in deliveries})[::3]
        for number, person_id in enumerate(people):
            address = ContactAddress(str(1_000_000 + number))
            chat = Contact(f"chat-{number}", person_id, Channel.TELEGRAM, address, now)
            work.contacts.add(chat)
        work.commit()
    return len(people)


def _attempt(message: OutboxMessage, delivery: Delivery) -> int:
    """Return which attempt a message is about; one that failed was counted before it was told."""
    has_failed = message.notice == "A7" and "not_attempted" not in message.sayings[0].name
    return delivery.attempts - 1 if has_failed else delivery.attempts


def _told_until(message: OutboxMessage) -> datetime | None:
    window = message.sayings[0].facts.get("window")
    return datetime.fromisoformat(str(window["end"])) if isinstance(window, Mapping) else None


def evening_before(first: date) -> datetime:
    """Return when the first notices of a span of days are about to be due."""
    return datetime.combine(first - timedelta(days=1), time(16, 50), tzinfo=UTC)


def night_after(last: date) -> datetime:
    """Return when everything about a span of days has been told and reported."""
    return datetime.combine(last + timedelta(days=1), time(9), tzinfo=UTC)
