"""What an agent sees beside a chat: the deliveries, their past, and what may still be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.console.plain_words import (
    CHANNELS,
    HANDED_TO,
    STATUSES,
    masked_address,
    masked_contact,
    task_words,
    worded,
)
from bot.console.sessions import SignedIn
from bot.wording.happenings import Happenings
from bot.wording.render import Wording
from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery, DeliveryStatus, Place, PlaceKind
from deliveries.model.history import StaffTask
from deliveries.model.offer import OptionKind
from deliveries.model.recipient import Channel, Contact
from deliveries.model.window import TimeWindow
from deliveries.ports import UnitOfWork
from deliveries.services.claims.missing import FAR_M, evidence_of
from deliveries.services.committing.rules import NEVER, cutoff_at
from deliveries.services.conversing.closing import closed_saying
from deliveries.services.conversing.subject import parcel_name
from deliveries.services.messages.timelines import timeline
from deliveries.services.staff.revealing import is_web_address
from deliveries.services.staff.scope import may_see_delivery
from deliveries.services.staff.tasks import is_claim

SHOWN = 3
# So many of a person's newest deliveries are looked through for those an agent may see.
LOOKED_THROUGH = 50
TIMELINE_SHOWN = 16
KINDS: Mapping[OptionKind, str] = {
    OptionKind.WINDOW: "Another day or window",
    OptionKind.NEIGHBOUR: "With a neighbour",
    OptionKind.SAFE_PLACE: "In a safe place",
    OptionKind.PICKUP_POINT: "At a locker or shop",
}


@dataclass(frozen=True)
class Happening:
    """One line of a timeline, in a sentence."""

    at: datetime
    actor: str
    text: str


@dataclass(frozen=True)
class OpenOption:
    """Whether one kind of choice is still open, until when, or why not."""

    kind: str
    name: str
    is_open: bool
    detail: str


@dataclass(frozen=True)
class Claim:
    """A claim about a delivery that is not closed yet."""

    id: str
    words: str
    since: datetime


@dataclass(frozen=True)
class Fact:
    """One delivery beside the thread."""

    id: str
    title: str
    shipper: str
    tracking: str
    status: str
    status_code: str
    day: str
    expected: str
    promised: str
    place: str
    address: str
    delivered: str
    is_far: bool
    has_photo: bool
    claims: Sequence[Claim]
    attempts: int
    is_unwanted: bool
    is_final: bool
    options: Sequence[OpenOption]
    timeline: Sequence[Happening]


@dataclass(frozen=True)
class Way:
    """A contact of the person, masked."""

    id: str
    channel: str
    masked: str
    state: str


class Facts:
    """Reads deliveries for the pages."""

    def __init__(self, wording: Wording, happenings: Happenings) -> None:
        """Say why something is closed in the recipient's own terms."""
        self._wording = wording
        self._happenings = happenings

    def of(
        self, work: UnitOfWork, conversation: Conversation, agent: SignedIn, *, now: datetime
    ) -> list[Fact]:
        """Return the person's newest deliveries, those the chat was about first.

        Those of shippers whose recipients the agent may not see are left out.
        """
        found = seen_deliveries(work, conversation, agent)[:SHOWN]
        ordered = sorted(found, key=lambda each: each.id not in conversation.focus)
        tasks = work.tasks.open_of([each.id for each in ordered])
        claims = [each for each in tasks if is_claim(each)]
        return [self._fact(work, each, claims, now=now) for each in ordered]

    def _fact(
        self, work: UnitOfWork, delivery: Delivery, claims: Sequence[StaffTask], *, now: datetime
    ) -> Fact:
        place, reported = ZoneInfo(delivery.zone), evidence_of(work, delivery, now=now)
        return Fact(
            id=delivery.id,
            title=parcel_name(delivery),
            shipper=work.shippers.get(delivery.shipper_id).name,
            tracking=delivery.parcels[0].tracking_number,
            status=STATUSES.get(delivery.status.value, delivery.status.value),
            status_code=delivery.status.value,
            day=f"{delivery.date:%a} {delivery.date.day} {delivery.date:%b}",
            expected=f"{delivery.eta_at.astimezone(place):%H:%M}" if delivery.eta_at else "",
            promised=_hours(delivery.promised or delivery.window, place),
            place=_place(work, delivery.place),
            address=f"{masked_address(delivery.address_line)}, {delivery.city}",
            delivered=_delivered(delivery, reported.get("off_m"), place),
            is_far=_is_far(reported.get("off_m")),
            has_photo=is_web_address(delivery.proof_url),
            claims=[
                Claim(each.id, task_words(each), each.created_at.astimezone(place))
                for each in claims
                if each.delivery_id == delivery.id
            ],
            attempts=delivery.attempts,
            is_unwanted=delivery.notices_stopped_at is not None,
            is_final=delivery.is_final,
            options=[self._option(work, delivery, kind, now=now) for kind in KINDS],
            timeline=[
                Happening(entry.at.astimezone(place), _actor(work, entry.actor), said)
                # What the person wrote stands in the thread.
                for entry in timeline(work, delivery)[-TIMELINE_SHOWN:]
                if entry.source != "heard" and (said := self._happenings.say(worded(entry)))
            ],
        )

    def _option(
        self, work: UnitOfWork, delivery: Delivery, kind: OptionKind, *, now: datetime
    ) -> OpenOption:
        closed = closed_saying(work, [delivery], kind, now=now)
        if closed is not None:
            rendered = self._wording.render(
                [closed], None, language="en", channel=Channel.TELEGRAM, now=now
            )
            return OpenOption(kind.value, KINDS[kind], is_open=False, detail=rendered.text)
        until = cutoff_at(delivery, kind, work.shippers.get(delivery.shipper_id))
        local = until.astimezone(ZoneInfo(delivery.zone)) if until != NEVER else None
        detail = f"until {local:%a %H:%M}" if local else "open"
        return OpenOption(kind.value, KINDS[kind], is_open=True, detail=detail)


def _delivered(delivery: Delivery, off_m: object, place: ZoneInfo) -> str:
    """Say when and to whom it was handed over, and how far from the address the driver was."""
    if delivery.status is not DeliveryStatus.DELIVERED:
        return ""
    at = f"{delivery.status_at.astimezone(place):%a %H:%M}" if delivery.status_at else ""
    to = HANDED_TO.get(delivery.handed_to or "", "")
    far = f"{off_m} m from the address" if isinstance(off_m, int) else ""
    return ", ".join(filter(None, (at, to, far)))


def _is_far(off_m: object) -> bool:
    return isinstance(off_m, int) and off_m > FAR_M


def seen_deliveries(
    work: UnitOfWork, conversation: Conversation, agent: SignedIn
) -> list[Delivery]:
    """Return a person's newest deliveries of shippers whose recipients an agent may see."""
    limit = LOOKED_THROUGH if agent.scope else SHOWN
    found = work.deliveries.latest_of_person(conversation.person_id, limit=limit)
    return [each for each in found if may_see_delivery(agent.found.agent, each)]


def has_others(work: UnitOfWork, conversation: Conversation, agent: SignedIn) -> bool:
    """Say whether the person gets parcels that the agent may not see."""
    if not agent.scope:
        return False
    found = work.deliveries.latest_of_person(conversation.person_id, limit=LOOKED_THROUGH)
    return not all(may_see_delivery(agent.found.agent, each) for each in found)


def ways_of(work: UnitOfWork, conversation: Conversation) -> list[Way]:
    """Return how the person can be reached, the contact used last first."""
    contacts = work.contacts.of_person(conversation.person_id)
    ordered = sorted(contacts, key=lambda each: each.id != conversation.last_contact_id)
    return [
        Way(
            each.id,
            CHANNELS.get(each.channel.value, each.channel.value),
            masked_contact(each),
            _state(each),
        )
        for each in ordered
    ]


def zone_of(work: UnitOfWork, conversation: Conversation) -> str:
    """Return the zone in which a chat's hours are shown."""
    person = work.people.get(conversation.person_id)
    if person.zone:
        return person.zone
    newest = work.deliveries.latest_of_person(conversation.person_id, limit=1)
    return newest[0].zone if newest else "UTC"


def _state(contact: Contact) -> str:
    if contact.opted_out_at:
        return "wants no messages"
    if contact.blocked_at:
        return "blocked us"
    if contact.unlinked_at:
        return "not theirs"
    return "verified" if contact.verified_at else "not verified yet"


def _hours(window: TimeWindow | None, place: ZoneInfo) -> str:
    if window is None:
        return ""
    return f"{window.start.astimezone(place):%H:%M} to {window.end.astimezone(place):%H:%M}"


def _place(work: UnitOfWork, place: Place) -> str:
    match place.kind:
        case PlaceKind.NEIGHBOUR:
            return f"Neighbour at number {place.house_number or '?'}"
        case PlaceKind.SAFE_PLACE:
            return "Safe place at the address"
        case PlaceKind.PICKUP_POINT:
            point = work.pickup_points.find(place.pickup_point_id or "")
            return point.name if point else "Pickup point"
        case _:
            return "At the door"


def _actor(work: UnitOfWork, actor: str) -> str:
    agent = work.agents.find(actor)
    return agent.name if agent else actor
