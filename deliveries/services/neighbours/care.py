"""What the day brings to requests nobody works on: silence, changes of mind, and forgetting."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from deliveries.errors import ConflictError
from deliveries.model.handover import NeighbourRequest, NeighbourState
from deliveries.model.history import HistoryEntry
from deliveries.model.preference import Preference
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.conversing.telling import tell
from deliveries.services.neighbours.consent import (
    did_not_arrive,
    first_name,
    house_of,
    is_overdue,
    let_down,
    standing_choices,
)

UNDECIDED_FOR = timedelta(days=1)


def settle_requests(unit_of_work: UnitOfWorkFactory, *, now: datetime) -> int:
    """Settle the requests of which nothing can come any more; return how many.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with unit_of_work(read_only=True) as work:
        live = work.neighbour_requests.live()
        due = [each.id for each in live if _outcome(work, each, now=now) is not None]
    return sum(_settle(unit_of_work, id_, now=now) for id_ in due)


def erase_neighbours(unit_of_work: UnitOfWorkFactory, *, now: datetime) -> int:
    """Forget neighbours whose part is over for long enough; return how many.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with unit_of_work(read_only=True) as work:
        kept = work.neighbour_requests.kept()
        due = [each.id for each in kept if _is_to_be_forgotten(work, each, now=now)]
    for id_ in due:
        with unit_of_work() as work:
            request = work.neighbour_requests.get(id_)
            if request.erased_at is None:
                _forget(work, request, now=now)
                work.commit()
    return len(due)


def _settle(unit_of_work: UnitOfWorkFactory, request_id: str, *, now: datetime) -> bool:
    try:
        with unit_of_work() as work:
            request = work.neighbour_requests.get(request_id)
            outcome = _outcome(work, request, now=now)
            if outcome is None:
                return False
            if outcome in (NeighbourState.WITHDRAWN, NeighbourState.DONE):
                _close(work, request, outcome, now=now)
            else:
                let_down(work, request, outcome, now=now)
            work.commit()
    except ConflictError:
        # Somebody has just changed the delivery: the next look sees what became of it.
        return False
    return True


def _outcome(
    work: UnitOfWork, request: NeighbourRequest, *, now: datetime
) -> NeighbourState | None:
    """Return what became of a live request, or nothing while it is open or agreed."""
    if request.state not in (NeighbourState.ASKED, NeighbourState.ACCEPTED):
        return None
    if not standing_choices(work, request):
        has_ended = all(each.is_final for each in work.deliveries.many(request.delivery_ids))
        return NeighbourState.DONE if has_ended else NeighbourState.WITHDRAWN
    contact = work.contacts.get(request.contact_id or "")
    if contact.opted_out_at is not None or contact.unlinked_at is not None:
        return NeighbourState.DECLINED
    if is_overdue(work, request, now=now):
        return NeighbourState.SILENT
    return NeighbourState.UNREACHABLE if did_not_arrive(work, request) else None


def _close(
    work: UnitOfWork, request: NeighbourRequest, outcome: NeighbourState, *, now: datetime
) -> None:
    """End a request that nobody needs any more; a neighbour who waits for a parcel is told."""
    request.settle(outcome, now=now)
    deliveries = work.deliveries.many(request.delivery_ids)
    if outcome is NeighbourState.DONE or not deliveries:
        return
    contact = work.contacts.get(request.contact_id or "")
    facts: dict[str, Fact] = {"name": first_name(deliveries[0]), "house": house_of(deliveries[0])}
    saying = Saying("neighbour_withdrawn", facts)
    tell(work, contact.person_id, [saying], f"neighbour:{request.id}:withdrawn", now=now)
    for delivery in deliveries:
        work.history.add(
            HistoryEntry("neighbour_withdrawn", now, "system", delivery_id=delivery.id)
        )


def _is_to_be_forgotten(work: UnitOfWork, request: NeighbourRequest, *, now: datetime) -> bool:
    if request.state is NeighbourState.WANTED:
        return now - request.made_at >= UNDECIDED_FOR
    deliveries = work.deliveries.many(request.delivery_ids)
    return all(
        each.is_final
        and now - (each.status_at or request.made_at)
        >= timedelta(days=work.shippers.get(each.shipper_id).rules.neighbour_data_days)
        for each in deliveries
    )


def _forget(work: UnitOfWork, request: NeighbourRequest, *, now: datetime) -> None:
    """Take away name and number; a contact of somebody with parcels of their own stays theirs."""
    contact_id, request.contact_id = request.contact_id, None
    request.name, request.erased_at = None, now
    if contact_id is not None and not _is_needed(work, contact_id):
        work.contacts.erase(contact_id, now=now)
    for delivery in work.deliveries.many(request.delivery_ids):
        _forget_name(work, request, delivery.id)
        work.history.add(HistoryEntry("neighbour_erased", now, "system", delivery_id=delivery.id))


def _is_needed(work: UnitOfWork, contact_id: str) -> bool:
    contact = work.contacts.get(contact_id)
    if work.deliveries.latest_of_person(contact.person_id, limit=1):
        return True
    return any(each.erased_at is None for each in work.neighbour_requests.of_contact(contact_id))


def _forget_name(work: UnitOfWork, request: NeighbourRequest, delivery_id: str) -> None:
    """Take the name out of the choices and out of where the delivery went."""
    choices = _choices(work, delivery_id)
    of_request = [each for each in choices if each.details.get("request_id") == request.id]
    names = {each.details.get("name") for each in of_request} - {None}
    for preference in choices:
        preference.details = _without(preference.details, names)
        preference.before = _without(preference.before, names)
    delivery = work.deliveries.get(delivery_id)
    if delivery.place.name in names:
        delivery.place = replace(delivery.place, name=None)


def _choices(work: UnitOfWork, delivery_id: str) -> list[Preference]:
    found: list[Preference] = []
    preference = work.preferences.latest_of(delivery_id)
    while preference is not None:
        found.append(preference)
        preference = work.preferences.before(preference)
    return found


def _without(facts: Mapping[str, Fact], names: Collection[Fact]) -> dict[str, Fact]:
    """Return facts of a choice, or of a place in them, without those names."""
    return {
        key: _without(fact, names)
        if isinstance(fact, Mapping)
        else None
        if key == "name" and fact in names
        else fact
        for key, fact in facts.items()
    }
