"""A day lived through on a copy: the worker's jobs, drivers who keep to the plan, and the gate.

What leaves is what the same code would let leave on the day itself, if nobody wrote anything and
every van kept its times.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.channels.twilio.whatsapp import Templates, WhatsAppNetwork
from bot.departure import Departure, Network, NotSentError
from bot.departures import Departures
from bot.pacing import Pacing
from bot.wording.render import Wording
from deliveries.errors import UnavailableError
from deliveries.model.delivery import Delivery, DeliveryStatus, PlaceKind
from deliveries.model.history import DriverEvent
from deliveries.model.message import Form, OutboxMessage, OutboxState
from deliveries.model.recipient import Channel
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.driving import record_driver_events
from scheduling.duty import Duty
from scheduling.jobs.absences import end_absences
from scheduling.jobs.collections import care_for_collections
from scheduling.jobs.neighbours import settle_neighbours
from scheduling.jobs.notices import write_notices
from scheduling.jobs.planning import plan_days
from scheduling.jobs.pushing import push_choices
from scheduling.jobs.ratings import ask_for_ratings
from scheduling.jobs.retiming import time_routes_again
from scheduling.jobs.returning import send_back

STEP = timedelta(minutes=2)
PLANNING_EVERY = 10
AT_ONCE = 100
# With absences and planning, all of the worker's by which people are told something.
JOBS = (
    push_choices,
    time_routes_again,
    settle_neighbours,
    care_for_collections,
    send_back,
    write_notices,
    ask_for_ratings,
)
NO_TEMPLATES = Templates({}, {})
# Siblings that another message speaks for, and what a newer notice has overtaken, are no news.
NO_NEWS = frozenset({"told_together"})
_HANDED_TO = {
    PlaceKind.ADDRESS: "recipient",
    PlaceKind.NEIGHBOUR: "neighbour",
    PlaceKind.SAFE_PLACE: "safe_place",
    PlaceKind.PICKUP_POINT: "pickup_point",
}
# Of what was brought to a pickup point: it waits there, or goes back after nobody came for it.
_LEFT_THERE = frozenset({DeliveryStatus.READY_FOR_PICKUP, DeliveryStatus.RETURN_TO_SENDER})


@dataclass(frozen=True)
class Foreseen:
    """A message that would leave, or would be held back for a reason.

    Attributes:
        reference: The delivery it is about, by the shipper's own id.
        day: The service day of that delivery.
        segments: How many SMS it costs; none on other channels.
        country: Of the shipper; prices of an SMS go by it.
        held_back: Stable code of why it does not leave; none: it leaves.
        waited_for: Stable code of what it waited for on its way, such as quiet hours.
        waits_on: The day on which it leaves, if it is about a parcel at a pickup point.
    """

    at: datetime
    shipper_id: str
    reference: str
    day: date
    notice: str
    channel: Channel
    contact_id: str
    text: str
    segments: int | None
    country: str = ""
    held_back: str | None = None
    waited_for: str | None = None
    waits_on: date | None = None

    def belongs_to(self, day: date) -> bool:
        """Say whether it is about a day's delivery, or leaves then about what waits somewhere."""
        return day in (self.day, self.waits_on)


class _SteppedClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move_to(self, now: datetime) -> None:
        self._now = now


class _NoNetwork:
    """A way out that nothing takes: what may leave is written down instead."""

    async def send(self, departure: Departure) -> str:
        """Refuse: a rehearsal sends nothing.

        Raises:
            UnavailableError: Always.
        """
        raise UnavailableError(departure.message_id)

    async def look_up(self, departure: Departure) -> Sequence[str] | None:
        """Know of nothing."""
        del departure
        return None

    async def close(self) -> None:
        """Have nothing to close."""


class _NoWhatsApp(_NoNetwork, WhatsAppNetwork):
    """Likewise, but WhatsApp's rules are kept: words within a day of theirs, else templates."""

    def __init__(self, templates: Templates) -> None:
        # Without the base class's, which would connect.
        self._templates = templates

    def check(self, departure: Departure) -> None:
        """See that WhatsApp would take it.

        Raises:
            NotSentError: If it would not.
        """
        self._content(departure)


class Rehearsal:
    """Lives through days on a store that is thrown away afterwards."""

    def __init__(
        self,
        desk: Desk,
        wording: Wording,
        channels: Sequence[Channel],
        *,
        templates: Templates = NO_TEMPLATES,
    ) -> None:
        """Play on a desk whose store is a copy.

        Args:
            desk: Its planner plans what is not planned yet.
            wording: Words of what is sent.
            channels: Those that are switched on.
            templates: What may be said on WhatsApp to who has not written for a day.
        """
        self._desk = desk
        networks: Mapping[Channel, Network] = {
            each: _NoWhatsApp(templates) if each is Channel.WHATSAPP else _NoNetwork()
            for each in channels
        }
        self._clock = _SteppedClock(datetime.min.replace(tzinfo=UTC))
        self._duty = Duty(desk, self._clock, self._clock, "rehearsal")
        self._reported: set[str] = set()
        self._waited: dict[str, str] = {}
        self._departures = Departures(
            "rehearsal", wording, networks, self._clock, self._clock, Pacing({}, self._clock)
        )

    def run(self, start: datetime, end: datetime) -> list[Foreseen]:
        """Live from one instant to another; return what left or was held back, in order.

        Raises:
            UnavailableError: If the planner finds nothing in time.
        """
        foreseen: list[Foreseen] = []
        for step in range((end - start) // STEP + 1):
            now = start + step * STEP
            self._clock.move_to(now)
            if end_absences(self._duty) or step % PLANNING_EVERY == 0:
                plan_days(self._duty)
            self._drive(start, now)
            for job in JOBS:
                job(self._duty)
            foreseen += self._let_leave()
        return foreseen + self._held_back(since=start)

    def _drive(self, start: datetime, until: datetime) -> None:
        """Report what drivers who keep to the plan have done by now.

        A stop's times move with every report; what is due by its newest times and was not reported
        yet is.
        """
        with self._desk.unit_of_work(read_only=True) as work:
            days = {(until + shift).date() for shift in (-timedelta(days=1), timedelta())}
            due = [
                event
                for day in sorted(days)
                for event in self._events(work, day)
                if start <= event.at <= until and event.id not in self._reported
            ]
        self._reported.update(event.id for event in due)
        self._show_pins(due)
        self._record(due, now=until)

    def _events(self, work: UnitOfWork, day: date) -> Iterator[DriverEvent]:
        """Yield what drivers would still report of a day."""
        return planned_events(work, day)

    def _record(self, events: Sequence[DriverEvent], *, now: datetime) -> None:
        record_driver_events(self._desk, events, now=now)

    def _show_pins(self, events: Sequence[DriverEvent]) -> None:
        """Let nobody be asked for a PIN: at a door, whoever opens has it.

        A van that waits for one would be late for everybody after.
        """
        stops = {event.stop_id for event in events if event.kind == "delivered"}
        if not stops:
            return
        with self._desk.unit_of_work() as work:
            routes = [work.plans.route(id_) for id_ in {event.route_id for event in events}]
            ids = [
                id_
                for route in routes
                for stop in route.stops
                if stop.id in stops
                for id_ in stop.delivery_ids
            ]
            asking = [each for each in work.deliveries.many(ids) if each.requires_pin]
            for delivery in asking:
                delivery.requires_pin = False
            if asking:
                work.commit()

    def _let_leave(self) -> list[Foreseen]:
        """Let everything leave that is due and passes the gate."""
        left: list[Foreseen] = []
        while True:
            with self._desk.unit_of_work() as work:
                claimed = self._departures.claim(work, limit=AT_ONCE)
                for departure in claimed.departures:
                    self._see_off_on_paper(work, departure)
                self._waited |= claimed.waiting
                work.flush()
                for departure in claimed.departures:
                    message = work.outbox.get(departure.message_id)
                    if message.state is OutboxState.SENT:
                        left += self._foreseen(work, message, at=self._clock.now())
                work.commit()
            if not claimed.count:
                return left

    def _see_off_on_paper(self, work: UnitOfWork, departure: Departure) -> None:
        """Note what the gateway would: that a network has it, or why it refuses."""
        network = self._departures.networks[departure.channel]
        try:
            if isinstance(network, _NoWhatsApp):
                network.check(departure)
        except NotSentError as error:
            self._departures.note_refused(work, departure, error)
        else:
            self._departures.note_sent(work, departure, f"rehearsed-{departure.message_id}")

    def _held_back(self, *, since: datetime) -> list[Foreseen]:
        with self._desk.unit_of_work(read_only=True) as work:
            return [
                found
                for message in work.outbox.newest(limit=1_000_000)
                if message.state is not OutboxState.SENT
                and message.created_at >= since
                and message.reason not in NO_NEWS
                for found in self._foreseen(work, message, at=message.created_at)
            ]

    def _foreseen(
        self, work: UnitOfWork, message: OutboxMessage, *, at: datetime
    ) -> Iterator[Foreseen]:
        delivery = work.deliveries.find(message.delivery_id) if message.delivery_id else None
        if delivery is None or message.form is not Form.WORDS:
            return
        is_sent = message.state is OutboxState.SENT
        local = at.astimezone(ZoneInfo(delivery.zone)).date()
        yield Foreseen(
            at=at,
            shipper_id=delivery.shipper_id,
            reference=delivery.reference,
            day=delivery.date,
            notice=message.notice or message.purpose.value,
            channel=work.contacts.get(message.contact_id).channel,
            contact_id=message.contact_id,
            text=message.text or "",
            segments=message.segments,
            country=work.shippers.get(delivery.shipper_id).country,
            held_back=None if is_sent else message.reason or "not_due",
            waited_for=self._waited.get(message.id),
            waits_on=local if _is_at_point(delivery) else None,
        )


def _is_at_point(delivery: Delivery) -> bool:
    return delivery.place.kind is PlaceKind.PICKUP_POINT and delivery.status in _LEFT_THERE


def planned_events(work: UnitOfWork, day: date) -> Iterator[DriverEvent]:
    """Yield what drivers who keep to the plan would still report that day."""
    for plan in work.plans.on_day(day):
        for route in plan.routes:
            if not route.open_stops or route.start_at is None:
                continue
            yield DriverEvent(f"{route.id}:departed", "departed", route.start_at, route.id)
            for stop in route.open_stops:
                if stop.arrival_at is None or stop.leave_at is None:
                    continue
                name = f"{route.id}:{stop.id}"
                yield DriverEvent(f"{name}:arrived", "arrived", stop.arrival_at, route.id, stop.id)
                [first, *_] = work.deliveries.many(stop.delivery_ids)
                yield DriverEvent(
                    f"{name}:delivered",
                    "delivered",
                    stop.leave_at,
                    route.id,
                    stop.id,
                    details={"handed_to": _HANDED_TO[first.place.kind]},
                )
