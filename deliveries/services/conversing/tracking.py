"""Where is my parcel: said from what is known, for every parcel that is meant."""

from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery, DeliveryStatus, PlaceKind
from deliveries.model.preference import PreferenceState
from deliveries.model.recipient import Contact
from deliveries.model.route import RouteState
from deliveries.model.saying import Fact, Saying, day_fact, time_fact, window_fact
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.describing import inline, place_saying
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.etas.intervals import expected
from deliveries.services.identity.verifying import is_verified_for
from deliveries.services.pickup_points.waiting import waiting_facts

SHOWN = 3


def track(
    work: UnitOfWork, conversation: Conversation, contact_id: str | None = None, *, now: datetime
) -> list[Saying]:
    """Say where each open parcel of the person is; with none open, how the last one ended.

    The code of what waits at a pickup point is told again to a contact verified for the parcel.
    """
    deliveries = work.deliveries.open_of_person(conversation.person_id)
    if not deliveries:
        latest = work.deliveries.latest_of_person(conversation.person_id, limit=1)
        if not latest:
            return [Saying("no_delivery_known")]
        return [Saying(f"ended_{latest[0].status.value}", _ended_facts(work, latest[0]))]
    focused = [delivery for delivery in deliveries if delivery.id in conversation.focus]
    ordered = focused + [delivery for delivery in deliveries if delivery not in focused]
    contact = work.contacts.find(contact_id) if contact_id else None
    sayings = [_whereabouts(work, delivery, contact, now=now) for delivery in ordered[:SHOWN]]
    if len(ordered) > SHOWN:
        sayings.append(Saying("track_more", {"count": len(ordered) - SHOWN}))
    return sayings


def _ended_facts(work: UnitOfWork, delivery: Delivery) -> dict[str, Fact]:
    facts = parcel_facts(work, delivery)
    if delivery.status_at is not None:
        facts["at"] = time_fact(delivery.status_at, delivery.zone)
    return facts


def _whereabouts(
    work: UnitOfWork, delivery: Delivery, contact: Contact | None, *, now: datetime
) -> Saying:
    facts = parcel_facts(work, delivery)
    place = place_saying(delivery.place)
    facts["place"] = inline(place)
    if delivery.status is DeliveryStatus.DELIVERY_FAILED:
        return Saying("track_failed", facts)
    if delivery.status is DeliveryStatus.ON_HOLD:
        return Saying("track_on_hold", facts)
    if delivery.status is DeliveryStatus.READY_FOR_PICKUP:
        return _ready(work, delivery, contact, facts)
    preference = work.preferences.live_of(delivery.id)
    if preference and preference.state is PreferenceState.PENDING:
        return Saying("track_change_pending", facts)
    if _is_on_the_road(work, delivery) and delivery.eta_at is not None:
        return _on_the_road(work, delivery, delivery.eta_at, facts, now=now)
    return _planned(delivery, facts)


def _on_the_road(
    work: UnitOfWork, delivery: Delivery, eta: datetime, facts: dict[str, Fact], *, now: datetime
) -> Saying:
    """Say between when and when it comes; about when, as long as nothing is measured."""
    facts["stops_before"] = _stops_before(work, delivery)
    late = delivery.promised is not None and eta >= delivery.promised.end
    name = "track_on_the_way_late" if late else "track_on_the_way"
    route = work.plans.route(delivery.route_id) if delivery.route_id else None
    told = expected(work, delivery, route, eta, now=now)
    if not told.is_learned:
        return Saying(name, facts | {"eta": time_fact(eta, delivery.zone)})
    facts["start"] = time_fact(told.window.start, delivery.zone)
    facts["end"] = time_fact(told.window.end, delivery.zone)
    return Saying(f"{name}_between", facts)


def _ready(
    work: UnitOfWork, delivery: Delivery, contact: Contact | None, facts: dict[str, Fact]
) -> Saying:
    facts["point"] = delivery.place.name or ""
    waiting = waiting_facts(work, delivery)
    if waiting and contact is not None and is_verified_for(work, contact, delivery):
        return Saying("track_ready_code", facts | waiting)
    return Saying("track_ready", facts)


def _planned(delivery: Delivery, facts: dict[str, Fact]) -> Saying:
    window = delivery.promised or delivery.window
    if delivery.place.kind is PlaceKind.PICKUP_POINT or window is None:
        return Saying("track_planned_day", facts | {"day": day_fact(delivery.date, delivery.zone)})
    return Saying("track_planned", facts | {"window": window_fact(window, delivery.zone)})


def _is_on_the_road(work: UnitOfWork, delivery: Delivery) -> bool:
    if delivery.route_id is None:
        return False
    return work.plans.route(delivery.route_id).state is RouteState.DEPARTED


def _stops_before(work: UnitOfWork, delivery: Delivery) -> int:
    """Count the open stops the van has before this delivery's."""
    if delivery.route_id is None:
        return 0
    before = 0
    for stop in work.plans.route(delivery.route_id).open_stops:
        if delivery.id in stop.delivery_ids:
            break
        before += 1
    return before
