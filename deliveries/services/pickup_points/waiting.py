"""What waits at a shop or locker: from the code on its arrival to its last day there."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from deliveries.errors import InvalidInputError, NotAllowedError
from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.handover import CodeKind, Collection, CollectionOutcome, HandoverCode
from deliveries.model.history import DriverEvent, HistoryEntry
from deliveries.model.ids import new_id
from deliveries.model.preference import Preference
from deliveries.model.saying import Fact, day_fact, local_day, sealed_fact, time_fact
from deliveries.ports import UnitOfWork, Vault
from deliveries.services.committing.rules import local_instant
from deliveries.services.conversing.turns import Desk
from deliveries.services.identity.handover_codes import check_code, end_codes, find_code, make_code
from deliveries.services.notices.posting import Notice, post

TOLD_WITHIN = timedelta(hours=12)


def begin_waiting(
    work: UnitOfWork, vault: Vault, deliveries: Sequence[Delivery], *, now: datetime
) -> None:
    """Let deliveries that have just been brought to a pickup point wait there, with a code.

    What was handed over at the door needs nobody else's code any more.
    """
    for delivery in deliveries:
        if delivery.is_final:
            end_codes(work, [delivery.id], CodeKind.COLLECTOR, now=now)
        is_ready = delivery.status is DeliveryStatus.READY_FOR_PICKUP
        point = work.pickup_points.find(delivery.place.pickup_point_id or "")
        if not is_ready or point is None or work.collections.waiting_of(delivery.id) is not None:
            continue
        shipper = work.shippers.get(delivery.shipper_id)
        since = delivery.status_at or now
        days = timedelta(days=shipper.rules.collection_days)
        last_day = local_day(since, point.zone) + days
        _share_or_make_code(work, vault, delivery, point.id, now=now)
        work.collections.add(Collection(new_id("co"), delivery.id, point.id, since, last_day))
        work.flush()
        facts: dict[str, Fact] = {"last_day": last_day.isoformat()}
        work.history.add(
            HistoryEntry("waits_at_pickup_point", now, "system", delivery.id, facts=facts)
        )


def waiting_facts(work: UnitOfWork, delivery: Delivery) -> dict[str, Fact]:
    """Return the code, sealed, and the last day of what waits; nothing if it does not."""
    collection = work.collections.waiting_of(delivery.id)
    code = find_code(work, delivery.id, CodeKind.PICKUP)
    if collection is None or code is None:
        return {}
    point = work.pickup_points.get(collection.pickup_point_id)
    return {
        "code": sealed_fact(code.ciphertext),
        "last_day": day_fact(collection.last_day, point.zone),
        "point": point.name,
        "address": point.address,
    }


def record_collected(desk: Desk, event: DriverEvent, *, now: datetime) -> bool:
    """Close what was collected, as the shop or locker reports it; false if it did before.

    A report with a code is believed only if the code is right.

    Raises:
        NotFoundError: If there is no such delivery.
        InvalidInputError: If the delivery waits nowhere.
        NotAllowedError: If the code opens nothing.
        AttemptsExhaustedError: If too many codes were wrong.
    """
    with desk.unit_of_work() as work:
        delivery = work.deliveries.get(event.delivery_id or "")
        collection = work.collections.waiting_of(delivery.id)
        if collection is None:
            if work.driver_events.add_once(event):
                raise InvalidInputError("delivery_id waits at no pickup point")
            return False
        by = CodeKind.PICKUP.value
        shown = event.details.get("code")
        if isinstance(shown, str):
            try:
                by = check_code(work, desk.vault, delivery.id, shown, now=now).kind.value
            except NotAllowedError:
                work.commit()
                raise
        work.driver_events.add_once(event)
        delivery.move_to(DeliveryStatus.DELIVERED, now=event.at)
        delivery.handed_to = "pickup_point"
        _end(work, delivery, collection, CollectionOutcome.COLLECTED, now=now)
        _remember(work, delivery, "collected", now=now, by=by)
        at = time_fact(event.at, delivery.zone)
        facts: dict[str, Fact] = {"at": at, "photo": False}
        notice = Notice("A8", "notice_collected", now + TOLD_WITHIN, facts)
        post(work, [delivery], notice, now=now)
        work.commit()
    return True


def expires_at(work: UnitOfWork, collection: Collection) -> datetime:
    """Return the first instant after the last day at the pickup point."""
    zone = work.pickup_points.get(collection.pickup_point_id).zone
    return local_instant(collection.last_day + timedelta(days=1), time(), zone)


def expire(work: UnitOfWork, collections: Sequence[Collection], *, now: datetime) -> None:
    """Send back what one person has not collected at a point, and tell them once.

    Its compartments are free again.
    """
    deliveries = [work.deliveries.get(each.delivery_id) for each in collections]
    for delivery, collection in zip(deliveries, collections, strict=True):
        delivery.move_to(DeliveryStatus.RETURN_TO_SENDER, now=now)
        _end(work, delivery, collection, CollectionOutcome.EXPIRED, now=now)
        _remember(work, delivery, "collection_expired", now=now)
    point = work.pickup_points.get(collections[0].pickup_point_id)
    notice = Notice(
        "A10", "notice_collection_expired", now + TOLD_WITHIN * 2, {"point": point.name}
    )
    post(work, deliveries, notice, now=now)


def let_go(work: UnitOfWork, collection: Collection, *, now: datetime) -> None:
    """End the waiting of what is no longer there: it went another way."""
    delivery = work.deliveries.get(collection.delivery_id)
    _end(work, delivery, collection, CollectionOutcome.MOVED, now=now)
    _remember(work, delivery, "collection_moved", now=now)


def _end(
    work: UnitOfWork,
    delivery: Delivery,
    collection: Collection,
    outcome: CollectionOutcome,
    *,
    now: datetime,
) -> None:
    collection.ended_at, collection.outcome = now, outcome
    end_codes(work, [delivery.id], CodeKind.PICKUP, CodeKind.COLLECTOR, now=now)
    work.flush()
    _free_compartment(work, delivery, collection)


def _free_compartment(work: UnitOfWork, delivery: Delivery, collection: Collection) -> None:
    """Give the compartment back; where one hold is for several parcels, with the last of them."""
    preference = work.preferences.live_of(delivery.id)
    if preference is None or preference.hold_id is None:
        return
    sibling = _sibling_choice(work, delivery, collection)
    if sibling is None:
        work.holds.release(preference.hold_id)
    else:
        sibling.hold_id, preference.hold_id = preference.hold_id, None


def _sibling_choice(
    work: UnitOfWork, delivery: Delivery, collection: Collection
) -> Preference | None:
    """Return the choice of another parcel that was sent to the same point in the same turn."""
    own = work.preferences.live_of(delivery.id)
    for other in work.deliveries.open_of_person(delivery.person_id):
        choice = work.preferences.live_of(other.id)
        if other.id == delivery.id or own is None or choice is None:
            continue
        is_same = choice.details.get("pickup_point_id") == collection.pickup_point_id
        if is_same and choice.hold_id is None and choice.chosen_at == own.chosen_at:
            return choice
    return None


def _share_or_make_code(
    work: UnitOfWork, vault: Vault, delivery: Delivery, point_id: str, *, now: datetime
) -> None:
    """One person's parcels at one place open with one code."""
    for other in work.deliveries.open_of_person(delivery.person_id):
        collection = work.collections.waiting_of(other.id)
        code = find_code(work, other.id, CodeKind.PICKUP)
        if collection is not None and collection.pickup_point_id == point_id and code is not None:
            shared = HandoverCode(new_id("hc"), delivery.id, code.kind, code.ciphertext, now)
            work.handover_codes.add(shared)
            return
    make_code(work, vault, [delivery.id], CodeKind.PICKUP, now=now)


def _remember(
    work: UnitOfWork, delivery: Delivery, kind: str, *, now: datetime, **facts: Fact
) -> None:
    work.history.add(HistoryEntry(kind, now, "system", delivery_id=delivery.id, facts=facts))
