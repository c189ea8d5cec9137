"""Days lived through with the worker's jobs and the gateway's departures, on an unlucky network."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import override

from bot.departure import Departure, NotSentError
from bot.departures import Departures
from bot.pacing import ChannelLimits, Pacing
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from cli.main import main
from cli.rehearsal import Foreseen, Rehearsal
from deliveries.model.message import OutboxMessage, OutboxState
from deliveries.model.personal import ContactAddress
from deliveries.model.rates import SenderLimit
from deliveries.model.recipient import Channel
from deliveries.services.conversing.turns import Desk
from deliveries.services.messages.consent import stop_notices
from deliveries.services.messages.receipts import Receipt, take_receipt
from deliveries.services.messages.receiving import Arrival, receive
from tests.integration.bot.log_checker import Taken

DAY = Path(__file__).parents[3] / "sandbox" / "day"
_AT_ONCE = 100
# As many people get something on the shipped day.
PEOPLE = 140
_NUMBER = SenderLimit("twilio:week", per_s=5.0, burst=60.0)
_ASKED_AFTER = timedelta(hours=1)


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
    """A rehearsal whose messages leave by that provider.

    Some people write STOP meanwhile, and others want no more about one parcel.
    """

    def __init__(self, desk: Desk, *, seed: int = 7, stop_share: float = 0.05) -> None:
        """Live on a desk's own store.

        Args:
            desk: What is planned and written is written there.
            seed: Of all luck.
            stop_share: So many of those who are told something write STOP then.
        """
        wording = Wording(Catalogue(read_sources()))
        super().__init__(desk, wording, tuple(Channel))
        self.chance = random.Random(seed)  # noqa: S311 luck
        self.provider = Provider(self.chance)
        self.stopped: dict[str, datetime] = {}
        self.unwanted: dict[str, datetime] = {}
        self._stop_share = stop_share
        pacing = Pacing({Channel.SMS: ChannelLimits(_NUMBER)}, self._clock)
        networks = self._departures.networks
        self._departures = Departures("week", wording, networks, self._clock, self._clock, pacing)

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
        if luck < 0.03:  # refused for now
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
                attempt=(delivery.id, delivery.attempts) if delivery else None,
                mark=key.split(":", 5)[5] if key.count(":") >= 5 else key[:10],
                says_stopped=any(each.name == "opt_out_done" for each in message.sayings),
            )
        )

    def _maybe_stop(self, work, departure: Departure) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        address = departure.address.reveal()
        if departure.channel is not Channel.SMS or address in self.stopped:
            return
        if self.chance.random() < self._stop_share:
            word = self.chance.choice(("STOP", "stop all", " Unsubscribe. ", "Opt-Out"))
            arrival = Arrival(Channel.SMS, f"in-{len(self.stopped)}", ContactAddress(address), word)
            receive(work, arrival, vault=self._desk.vault, now=self._clock.now())
            # What made them write it came at the same instant, and before.
            self.stopped[address] = self._clock.now() + timedelta(microseconds=1)

    def _maybe_stop_parcel(self, work, departure: Departure) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        message: OutboxMessage = work.outbox.get(departure.message_id)
        is_notice = message.notice is not None and message.delivery_id is not None
        if is_notice and self.chance.random() < self._stop_share:
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


def evening_before(first: date) -> datetime:
    """Return when the first notices of a span of days are about to be due."""
    return datetime.combine(first - timedelta(days=1), time(16, 50), tzinfo=UTC)


def night_after(last: date) -> datetime:
    """Return when everything about a span of days has been told and reported."""
    return datetime.combine(last + timedelta(days=1), time(9), tzinfo=UTC)
