"""A neighbour is asked, and whatever they say, or do not say, both sides come to know it."""

from collections.abc import Sequence
from datetime import datetime

from deliveries.errors import WindowUnavailableError
from deliveries.model.delivery import Delivery
from deliveries.model.handover import LIVE_REQUESTS, CodeKind, NeighbourRequest, NeighbourState
from deliveries.model.history import HistoryEntry
from deliveries.model.message import OutboxState, Purpose
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference
from deliveries.model.saying import Fact, Saying, day_fact, sealed_fact
from deliveries.ports import UnitOfWork, Vault
from deliveries.services.committing.holding import take_again
from deliveries.services.committing.offering import Choice, make_offer
from deliveries.services.committing.preferring import Wanted, prefer
from deliveries.services.committing.rules import cutoff_at
from deliveries.services.conversing.closing import with_menu
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.conversing.telling import tell
from deliveries.services.conversing.turns import Heard
from deliveries.services.identity.handover_codes import find_code, make_code
from deliveries.services.messages.consent import conversation_of
from deliveries.services.neighbours.numbers import ASKED

BECAUSE = "because"


def ask_neighbour(work: UnitOfWork, preference: Preference, *, now: datetime) -> bool:
    """Ask the neighbour of an accepted choice, if a number was given; say whether they are asked.

    The plan can do it, so an answer counts. One question is asked for all parcels of the choice.
    """
    request = request_of(work, preference)
    if request is None:
        return False
    if request.state is not NeighbourState.WANTED or request.contact_id is None:
        return request.state in LIVE_REQUESTS
    delivery = work.deliveries.get(preference.delivery_id)
    neighbour = work.contacts.get(request.contact_id).person_id
    saying = question(work, request, delivery, now=now)
    message = tell(
        work,
        neighbour,
        [saying],
        f"neighbour:{request.id}:asked",
        now=now,
        delivery_id=delivery.id,
        purpose=Purpose.NOTICE,
        expires_at=answer_by(work, request),
    )
    request.state, request.asked_at = NeighbourState.ASKED, now
    request.message_id = message.id if message else None
    _record(work, request, ASKED, "system", now=now)
    return True


def question(
    work: UnitOfWork, request: NeighbourRequest, delivery: Delivery, *, now: datetime
) -> Saying:
    """Return the question with its two answers; of the recipient it tells name and house only."""
    neighbour = work.contacts.get(request.contact_id or "").person_id
    choices = [
        Choice(
            OptionKind.TAKE_IN,
            Saying(f"option_{word}"),
            {"request_id": request.id, "takes": takes},
        )
        for word, takes in (("neighbour_takes", True), ("neighbour_declines", False))
    ]
    offer = make_offer(work, conversation_of(work, neighbour), (), choices, now=now)
    request.offer_id = offer.id
    return Saying("neighbour_asked", _who_asks(delivery), offer.id)


def answer_by(work: UnitOfWork, request: NeighbourRequest) -> datetime:
    """Return the first instant at which an answer is too late."""
    deliveries = work.deliveries.many(request.delivery_ids)
    return min(
        cutoff_at(each, OptionKind.NEIGHBOUR, work.shippers.get(each.shipper_id))
        for each in deliveries
    )


def take_answer(
    work: UnitOfWork, request: NeighbourRequest, *, takes: bool, now: datetime
) -> Saying:
    """Take what a neighbour says, tell the recipient, and return what the neighbour is told."""
    standing = standing_choices(work, request)
    if request.state not in LIVE_REQUESTS or not standing:
        return Saying("neighbour_not_needed")
    facts = _who_asks(standing[0][0])
    if not takes:
        let_down(work, request, NeighbourState.DECLINED, now=now)
        return Saying("neighbour_declined_thanks", facts)
    if request.state is NeighbourState.ASKED and now >= answer_by(work, request):
        return Saying("neighbour_not_needed")
    if request.state is NeighbourState.ASKED:
        request.settle(NeighbourState.ACCEPTED, now=now)
        _record(work, request, "neighbour_accepted", "neighbour", now=now)
        for delivery, preference in standing:
            saying = Saying("neighbour_accepted", _facts(work, delivery, preference))
            key = f"neighbour:{request.id}:accepted:{delivery.id}"
            tell(work, delivery.person_id, [saying], key, now=now, delivery_id=delivery.id)
    return Saying("neighbour_accepted_thanks", facts)


def let_down(
    work: UnitOfWork, request: NeighbourRequest, state: NeighbourState, *, now: datetime
) -> None:
    """The neighbour does not take it: put the plan back and tell the recipient what is open."""
    actor = "neighbour" if state is NeighbourState.DECLINED else "system"
    standing = standing_choices(work, request)
    request.settle(state, now=now)
    _record(work, request, f"neighbour_{state.value}", actor, now=now)
    for delivery, preference in standing:
        conversation = conversation_of(work, delivery.person_id)
        before = {**preference.before, BECAUSE: state.value}
        try:
            hold_id = take_again(work, delivery, preference, now=now)
        except WindowUnavailableError:
            # The compartment or window it had before is somebody else's now: to the door, then.
            hold_id, before = None, {"day": preference.before["day"], BECAUSE: state.value}
        heard = Heard("", conversation.id, preference.contact_id or "", "", "")
        facts = _facts(work, delivery, preference)
        prefer(work, delivery, Wanted(OptionKind.RESTORE, before, hold_id), heard, now=now)
        saying = Saying(f"neighbour_{state.value}", facts)
        shown = with_menu(work, conversation, [delivery], saying, now=now)
        if shown.offer_id is None:
            shown = Saying(f"neighbour_{state.value}_final", facts)
        conversation.focus = (delivery.id,)
        key = f"neighbour:{request.id}:{state.value}:{delivery.id}"
        tell(work, delivery.person_id, [shown], key, now=now, delivery_id=delivery.id)


def neighbour_code(
    work: UnitOfWork, vault: Vault, deliveries: Sequence[Delivery], *, now: datetime
) -> dict[str, Fact] | None:
    """Return the code by which parcels are fetched from a neighbour who agreed; they get it too.

    Without an agreed neighbour there is nobody who could compare it, and none is made.
    """
    for delivery in deliveries:
        preference = work.preferences.live_of(delivery.id)
        request = request_of(work, preference) if preference else None
        if request is None or request.state is not NeighbourState.ACCEPTED or not preference:
            continue
        code = find_code(work, delivery.id, CodeKind.NEIGHBOUR)
        if code is None:
            ids = [each.id for each in deliveries if each.id in request.delivery_ids]
            code = make_code(work, vault, ids, CodeKind.NEIGHBOUR, now=now)
            sealed = sealed_fact(code.ciphertext)
            saying = Saying("neighbour_has_it", {**_who_asks(delivery), "code": sealed})
            neighbour = work.contacts.get(request.contact_id or "").person_id
            key = f"neighbour:{request.id}:left:{delivery.id}"
            tell(work, neighbour, [saying], key, now=now, purpose=Purpose.CODE)
        name = preference.details.get("name") or ""
        return {"code": sealed_fact(code.ciphertext), "name": name}
    return None


def standing_choices(
    work: UnitOfWork, request: NeighbourRequest
) -> list[tuple[Delivery, Preference]]:
    """Return the deliveries not ended that still want this neighbour, with that choice."""
    found = []
    for delivery in work.deliveries.many(request.delivery_ids):
        preference = work.preferences.live_of(delivery.id)
        if preference is None or delivery.is_final:
            continue
        if preference.details.get("request_id") == request.id:
            found.append((delivery, preference))
    return found


def request_of(work: UnitOfWork, preference: Preference) -> NeighbourRequest | None:
    """Return the request that a choice of a neighbour carries, if a number was given."""
    id_ = preference.details.get("request_id")
    return work.neighbour_requests.find(id_) if isinstance(id_, str) else None


def is_overdue(work: UnitOfWork, request: NeighbourRequest, *, now: datetime) -> bool:
    """Say whether the neighbour has been silent for too long."""
    return request.state is NeighbourState.ASKED and now >= answer_by(work, request)


def did_not_arrive(work: UnitOfWork, request: NeighbourRequest) -> bool:
    """Say whether the question never reached the neighbour."""
    if request.state is not NeighbourState.ASKED:
        return False
    message = work.outbox.find(request.message_id) if request.message_id else None
    return message is None or message.state in (OutboxState.FAILED, OutboxState.SUPPRESSED)


def house_of(delivery: Delivery) -> str:
    """Return the number of the house, or the whole line where there is none."""
    words = delivery.address_line.replace(",", " ").split()
    numbered = (word for word in words if any(letter.isdigit() for letter in word))
    return next(numbered, delivery.address_line)


def first_name(delivery: Delivery) -> str:
    """Return as little of the recipient's name as a neighbour knows them by."""
    return next(iter(delivery.recipient_name.split()), "")


def _who_asks(delivery: Delivery) -> dict[str, Fact]:
    return {
        "name": first_name(delivery),
        "house": house_of(delivery),
        "day": day_fact(delivery.date, delivery.zone),
    }


def _facts(work: UnitOfWork, delivery: Delivery, preference: Preference) -> dict[str, Fact]:
    return parcel_facts(work, delivery) | {
        "name": preference.details.get("name") or "",
        "number": preference.details.get("house_number") or "",
        "day": day_fact(delivery.date, delivery.zone),
    }


def _record(
    work: UnitOfWork, request: NeighbourRequest, kind: str, actor: str, *, now: datetime
) -> None:
    ids: Sequence[str] = request.delivery_ids
    for id_ in ids:
        work.history.add(HistoryEntry(kind, now, actor, delivery_id=id_))
