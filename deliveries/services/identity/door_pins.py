"""A PIN for the door: sent when the van leaves, told to the driver, checked at the hand-over."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from deliveries.model.challenge import Challenge, ChallengeKind, ChallengeState
from deliveries.model.delivery import Delivery, DeliveryStatus, PlaceKind
from deliveries.model.history import DriverEvent, HistoryEntry, StaffTask
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.recipient import Contact
from deliveries.model.saying import Fact, Saying, sealed_fact
from deliveries.ports import UnitOfWork, Vault
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.identity.codes import is_right, new_code
from deliveries.services.identity.verifying import can_prove, original_contact
from deliveries.services.messages.consent import conversation_of

DIGITS = 4
TRIES = 3
SENT_AT_MOST = 2
NOT_BEFORE = time(7)
WORDS = frozenset({"pin", "pincode", "mypin", "meinepin", "mipin", "monpin", "codepin"})


@dataclass(frozen=True)
class PinCheck:
    """What a PIN told at the door brought.

    Attributes:
        is_right: The parcels may be handed over.
        tries_left: How often the driver may still try.
        just_failed: This was the last try.
    """

    is_right: bool
    tries_left: int = 0
    just_failed: bool = False


def needs_pin(delivery: Delivery) -> bool:
    """Say whether a PIN is asked for: at the recipient's own door only, nobody else has it."""
    return delivery.requires_pin and delivery.place.kind is PlaceKind.ADDRESS


def send_due_pins(
    work: UnitOfWork, vault: Vault, deliveries: Iterable[Delivery], *, now: datetime
) -> None:
    """Send a PIN for each delivery that is on the van and needs one, once an attempt."""
    for delivery in deliveries:
        if not needs_pin(delivery) or delivery.status is not DeliveryStatus.OUT_FOR_DELIVERY:
            continue
        former = work.challenges.door_pin(delivery.id)
        is_of_today = former is not None and now < former.expires_at
        if former is None or not is_of_today or former.state is ChallengeState.FAILED:
            _issue(work, vault, delivery, now=now)


def is_pin_word(text: str) -> bool:
    """Say whether somebody asks for their PIN again."""
    return "".join(letter for letter in text.casefold() if letter.isalnum()) in WORDS


def has_pin(work: UnitOfWork, contact: Contact, *, now: datetime) -> bool:
    """Say whether a PIN that was sent to a contact is waited for at a door."""
    return _open_pin(work, contact, now=now) is not None


def resend_pin(work: UnitOfWork, contact: Contact, *, now: datetime) -> None:
    """Send the PIN of a contact's delivery again, once; then say that it was."""
    challenge = _open_pin(work, contact, now=now)
    if challenge is None:
        return
    if challenge.sent >= SENT_AT_MOST:
        _write(work, challenge, contact, Saying("door_pin_sent_twice"), now=now)
        return
    delivery = work.deliveries.get(challenge.delivery_id)
    challenge.sent += 1
    _write(work, challenge, contact, _message(work, delivery, challenge), now=now)
    _remember(work, delivery, "door_pin_sent", now=now, sent=challenge.sent)


def without_pin(event: DriverEvent) -> tuple[DriverEvent, str | None]:
    """Return an event as it may be kept, and the PIN it came with."""
    pin = event.details.get("pin")
    details = {name: fact for name, fact in event.details.items() if name != "pin"}
    return replace(event, details=details), pin if isinstance(pin, str) else None


def check_pin(
    work: UnitOfWork, vault: Vault, delivery: Delivery, given: str, key: str, *, now: datetime
) -> PinCheck:
    """Check a PIN that was told to the driver; the caller commits, whatever came of it.

    Args:
        work: The caller's unit of work.
        vault: Where the PIN is sealed.
        delivery: What is to be handed over.
        given: What the driver typed.
        key: Of the report; a report that comes again costs no other try.
        now: The day's time.
    """
    challenge = work.challenges.door_pin(delivery.id)
    if challenge is not None and challenge.state is ChallengeState.PASSED:
        return PinCheck(is_right=True)
    if challenge is None or not challenge.is_open:
        return PinCheck(is_right=False)
    if is_right(vault, challenge.code_sealed, given.strip()):
        challenge.settle(ChallengeState.PASSED, now=now)
        _remember(work, delivery, "door_pin_right", now=now)
        return PinCheck(is_right=True)
    if challenge.asked_by == key:
        return PinCheck(is_right=False, tries_left=TRIES - challenge.tries)
    challenge.tries, challenge.asked_by = challenge.tries + 1, key
    _remember(work, delivery, "door_pin_wrong", now=now, tries=challenge.tries)
    if challenge.tries < TRIES:
        return PinCheck(is_right=False, tries_left=TRIES - challenge.tries)
    challenge.settle(ChallengeState.FAILED, now=now)
    _tell_staff(work, delivery, "door_pin_failed", challenge.id, now=now)
    return PinCheck(is_right=False, just_failed=True)


def _open_pin(work: UnitOfWork, contact: Contact, *, now: datetime) -> Challenge | None:
    for delivery in work.deliveries.open_of_person(contact.person_id):
        challenge = work.challenges.door_pin(delivery.id)
        is_open = challenge is not None and challenge.is_open and now < challenge.expires_at
        if challenge is not None and is_open and challenge.sent_to == contact.id:
            return challenge
    return None


def _issue(work: UnitOfWork, vault: Vault, delivery: Delivery, *, now: datetime) -> None:
    contact = original_contact(work, delivery)
    if contact is None or not can_prove(work, delivery, contact):
        _tell_staff(
            work, delivery, "door_pin_unsent", f"{delivery.id}:{delivery.attempts}", now=now
        )
        return
    challenge = Challenge(
        id=new_id("q"),
        kind=ChallengeKind.DOOR_PIN,
        delivery_id=delivery.id,
        sent_to=contact.id,
        created_at=now,
        expires_at=_end_of_day(delivery, now),
        code_sealed=vault.seal(new_code(DIGITS)),
    )
    work.challenges.add(challenge)
    _write(work, challenge, contact, _message(work, delivery, challenge), now=now)
    _remember(work, delivery, "door_pin_sent", now=now, sent=1)


def _message(work: UnitOfWork, delivery: Delivery, challenge: Challenge) -> Saying:
    code = sealed_fact(challenge.code_sealed or b"")
    return Saying("door_pin_message", parcel_facts(work, delivery) | {"code": code})


def _write(
    work: UnitOfWork, challenge: Challenge, contact: Contact, saying: Saying, *, now: datetime
) -> None:
    delivery = work.deliveries.get(challenge.delivery_id)
    work.outbox.add_once(
        OutboxMessage(
            id=new_id("m"),
            conversation_id=conversation_of(work, contact.person_id).id,
            contact_id=contact.id,
            purpose=Purpose.CODE,
            sayings=(saying,),
            created_at=now,
            not_before=max(now, _morning(delivery, now)),
            expires_at=challenge.expires_at,
            delivery_id=delivery.id,
            dedupe_key=f"pin:{challenge.id}:{challenge.sent}:{saying.name}",
        )
    )


def _morning(delivery: Delivery, now: datetime) -> datetime:
    """Return the first instant of the day at which somebody may be woken."""
    local = now.astimezone(ZoneInfo(delivery.zone))
    return datetime.combine(local.date(), NOT_BEFORE, tzinfo=local.tzinfo)


def _end_of_day(delivery: Delivery, now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(delivery.zone))
    return datetime.combine(local.date() + timedelta(days=1), time(), tzinfo=local.tzinfo)


def _tell_staff(
    work: UnitOfWork, delivery: Delivery, kind: str, cause: str, *, now: datetime
) -> None:
    work.tasks.add_once(
        StaffTask(
            id=new_id("t"),
            kind=kind,
            dedupe_key=f"{kind}:{cause}",
            created_at=now,
            delivery_id=delivery.id,
        )
    )


def _remember(
    work: UnitOfWork, delivery: Delivery, kind: str, *, now: datetime, **facts: Fact
) -> None:
    actor = "system" if kind == "door_pin_sent" else "driver"
    work.history.add(HistoryEntry(kind, now, actor, delivery_id=delivery.id, facts=facts))
