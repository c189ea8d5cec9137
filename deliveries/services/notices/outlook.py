"""What is known when notices are looked for: what was told, where the vans are, what is open."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deliveries.errors import NotFoundError
from deliveries.model.delivery import Delivery
from deliveries.model.message import Form, OutboxState, Purpose
from deliveries.model.preference import ChangeState, PreferenceState
from deliveries.model.route import Route, Stop, StopState
from deliveries.model.saying import local_day
from deliveries.model.window import TimeWindow
from deliveries.ports import UnitOfWork
from deliveries.services.notices.posting import key_of

LOOKED_BACK = 20


@dataclass(eq=False)
class Outlook:
    """One look at the store: what has been told and where the vans are."""

    work: UnitOfWork
    now: datetime
    told: frozenset[str]
    _routes: dict[str, Route | None] = field(default_factory=dict)

    def has_told(self, delivery: Delivery, *kinds: str) -> bool:
        """Say whether any of the notices was written about this attempt."""
        return any(key_of(kind, delivery) in self.told for kind in kinds)

    def told_at(self, delivery: Delivery, kind: str) -> datetime | None:
        """Return when a notice was written about this attempt, if it was lately."""
        key = key_of(kind, delivery)
        if key not in self.told:
            return None
        conversation = self.work.conversations.of_person(delivery.person_id)
        messages = self.work.outbox.of(conversation.id, limit=LOOKED_BACK) if conversation else ()
        return next((each.created_at for each in messages if each.dedupe_key == key), None)

    def times_told(self, delivery: Delivery, kind: str) -> int:
        """Return how many notices of a kind about this attempt were to leave, of those of late."""
        conversation = self.work.conversations.of_person(delivery.person_id)
        messages = self.work.outbox.of(conversation.id, limit=LOOKED_BACK) if conversation else ()
        key = key_of(kind, delivery)
        return sum(
            (each.dedupe_key or "").startswith(key)
            and (each.state is not OutboxState.SUPPRESSED or each.reason == "told_together")
            for each in messages
        )

    def route(self, delivery: Delivery) -> Route | None:
        """Return the route that carries a delivery."""
        id_ = delivery.route_id
        if id_ is None:
            return None
        if id_ not in self._routes:
            try:
                self._routes[id_] = self.work.plans.route(id_)
            except NotFoundError:
                self._routes[id_] = None
        return self._routes[id_]

    def stop(self, delivery: Delivery) -> Stop | None:
        """Return the stop at which a delivery is handed over."""
        route = self.route(delivery)
        stops = route.stops if route else ()
        return next((stop for stop in stops if delivery.id in stop.delivery_ids), None)


def promise_of_day(delivery: Delivery) -> TimeWindow | None:
    """Return what was promised for the day the delivery is on now."""
    promised = delivery.promised
    is_of_day = promised and local_day(promised.start, delivery.zone) == delivery.date
    return promised if is_of_day else None


def has_come(outlook: Outlook, delivery: Delivery) -> bool:
    """Say whether the van has been there."""
    stop = outlook.stop(delivery)
    return stop is not None and stop.state is not StopState.PLANNED


def is_changing(outlook: Outlook, delivery: Delivery) -> bool:
    """Say whether a choice is on its way to the planner: the verdict will tell what holds.

    What no planner answered is with staff, and the van comes as planned meanwhile.
    """
    preference = outlook.work.preferences.live_of(delivery.id)
    if preference is None or preference.state is not PreferenceState.PENDING:
        return False
    change = outlook.work.changes.of_preference(preference.id)
    return change is None or change.state is not ChangeState.EXPIRED


def is_told_lately(outlook: Outlook, delivery: Delivery, *, within: timedelta) -> bool:
    """Say whether they have just heard of it, or are about to."""
    conversation = outlook.work.conversations.of_person(delivery.person_id)
    messages = outlook.work.outbox.of(conversation.id, limit=LOOKED_BACK) if conversation else ()
    just_heard = any(
        message.delivery_id == delivery.id
        and message.form is Form.WORDS
        and message.purpose in (Purpose.NOTICE, Purpose.CONFIRMATION)
        and (message.state is not OutboxState.SUPPRESSED or message.reason == "told_together")
        and outlook.now - message.created_at < within
        for message in messages
    )
    return just_heard or is_changing(outlook, delivery)


def is_choosing(outlook: Outlook, delivery: Delivery) -> bool:
    """Say whether a menu is open in front of them, which another one would take away."""
    conversation = outlook.work.conversations.of_person(delivery.person_id)
    offer_id = conversation.last_offer_id if conversation else None
    offer = outlook.work.offers.find(offer_id) if offer_id else None
    return offer is not None and offer.closed_at is None and outlook.now < offer.expires_at
