"""Chats that follow a van: newer minutes in an old message, and where the van is.

An ETA that moves inside what was promised is no news, but whoever looks again finds it. Nothing
here rings, and nothing is sent anew where an old message cannot be changed.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from deliveries.errors import ConflictError, NotFoundError
from deliveries.model.delivery import Delivery
from deliveries.model.message import Form, LiveView, OutboxMessage, OutboxState
from deliveries.model.network import Coordinates
from deliveries.model.route import Route
from deliveries.model.saying import Saying, time_fact
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.days.journeys import WAITING
from deliveries.services.notices.approaching import comes_next, van_of
from deliveries.services.notices.beside import coordinates_of, row_beside
from deliveries.services.notices.promises import is_early, is_late
from deliveries.services.wishes.near import distance_m

MOVED_ETA = timedelta(minutes=5)
SETTLES_FOR = timedelta(minutes=2)
CHANGE_LIVES = timedelta(minutes=3)
# An ETA of another day belongs to another attempt.
NOT_TODAY = timedelta(hours=12)
# Telegram stops by itself what nobody stops.
LIVE_MINUTES = 60
MOVES_EVERY = timedelta(seconds=20)
MOVED_M = 50
LIVE = "live_location_shown"
ETA_NOW = "notice_eta_now"
GONE = frozenset({OutboxState.SENT, OutboxState.DELIVERED})


def follow_vans(unit_of_work: UnitOfWorkFactory, *, now: datetime) -> int:
    """Write what is to change in chats that follow a van; return how many views changed.

    It only reads while nothing changes. What another process changes meanwhile is left to the
    next call.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with unit_of_work(read_only=True) as work:
        views = work.live_views.open()
        changed = [each.delivery_id for each in views if _is_due(work, each, now=now)]
    if not changed:
        return 0
    try:
        with unit_of_work() as work:
            for delivery_id in changed:
                _follow(work, work.live_views.get(delivery_id), now=now)
            work.commit()
    except ConflictError:
        return 0
    return len(changed)


def _is_due(work: UnitOfWork, view: LiveView, *, now: datetime) -> bool:
    return _is_over(work, view) or bool(_rows(work, view, now=now))


def _follow(work: UnitOfWork, view: LiveView, *, now: datetime) -> None:
    for row in _rows(work, view, now=now):
        work.outbox.add(row)
        if row.form is Form.EDIT:
            eta = work.deliveries.get(view.delivery_id).eta_at
            view.shown_eta, view.changed_at = eta or view.shown_eta, now
        elif row.form in (Form.LIVE, Form.MOVE):
            view.lat, view.lon = coordinates_of(row.sayings[0].facts) or (None, None)
            view.moved_at = now
            view.location_id = row.id if row.form is Form.LIVE else view.location_id
    if _is_over(work, view):
        view.ended_at = now


def _rows(work: UnitOfWork, view: LiveView, *, now: datetime) -> list[OutboxMessage]:
    """Return what is to be shown now in place of what is."""
    message = work.outbox.find(view.message_id)
    if message is None:
        return []
    if _is_over(work, view):
        shown = _shown_location(work, view)
        return [_change(shown, Form.HALT, Saying(LIVE), now=now)] if shown else []
    delivery = work.deliveries.get(view.delivery_id)
    found = (
        _newer_eta(view, message, delivery, now=now),
        _newer_place(work, view, message, delivery, now=now),
    )
    return [row for row in found if row is not None]


def _is_over(work: UnitOfWork, view: LiveView) -> bool:
    """Say whether nothing is on its way there any more."""
    delivery = work.deliveries.find(view.delivery_id)
    if delivery is None or delivery.status not in WAITING or delivery.eta_at is None:
        return True
    if delivery.notices_stopped_at is not None:
        return True
    message = work.outbox.find(view.message_id)
    is_told = message is not None and message.state is not OutboxState.SUPPRESSED
    return not is_told or delivery.eta_at - view.shown_eta > NOT_TODAY


def _newer_eta(
    view: LiveView, message: OutboxMessage, delivery: Delivery, *, now: datetime
) -> OutboxMessage | None:
    """Return the notice's words with the ETA of now, if they are not true enough any more."""
    eta, promised = delivery.eta_at, delivery.promised
    if eta is None or message.state not in GONE or eta <= now:
        return None
    if abs(eta - view.shown_eta) < MOVED_ETA or now - view.changed_at < SETTLES_FOR:
        return None
    if promised is not None and (is_late(eta, promised) or is_early(eta, promised)):
        # That is news, which rings: a notice of its own tells it.
        return None
    said = message.sayings[0]
    if message.notice == "A4":
        minutes = 5 * max(1, round((eta - now) / timedelta(minutes=5)))
        return _change(
            message, Form.EDIT, replace(said, facts={**said.facts, "minutes": minutes}), now=now
        )
    row = _change(message, Form.EDIT, said, now=now)
    row.sayings = (said, Saying(ETA_NOW, {"eta": time_fact(eta, delivery.zone)}))
    return row


def _newer_place(
    work: UnitOfWork, view: LiveView, message: OutboxMessage, delivery: Delivery, *, now: datetime
) -> OutboxMessage | None:
    """Return where the van is, while it comes here next and its shipper lets it be seen."""
    rules = work.shippers.get(delivery.shipper_id).rules.notices
    route = _route(work, delivery) if rules.live_location else None
    if route is None or not comes_next(route, delivery):
        return None
    van = van_of(route, now=now)
    if van is None:
        return None
    where = Saying(LIVE, {"lat": van.lat, "lon": van.lon, "minutes": LIVE_MINUTES})
    if view.location_id is None:
        key = f"live:{message.id}"
        return row_beside(message, Form.LIVE, where, key=key, now=now, lives=CHANGE_LIVES)
    shown = _shown_location(work, view)
    if shown is None or view.moved_at is None or view.lat is None or view.lon is None:
        return None
    has_moved = distance_m(Coordinates(view.lat, view.lon), van) >= MOVED_M
    is_time = now - view.moved_at >= MOVES_EVERY
    return _change(shown, Form.MOVE, where, now=now) if has_moved and is_time else None


def _shown_location(work: UnitOfWork, view: LiveView) -> OutboxMessage | None:
    shown = work.outbox.find(view.location_id) if view.location_id else None
    return shown if shown is not None and shown.state in GONE else None


def _change(shown: OutboxMessage, form: Form, saying: Saying, *, now: datetime) -> OutboxMessage:
    """Return a row that changes what is shown."""
    key = f"{form.value}:{shown.id}:{now:%Y%m%dT%H%M%S}"
    row = row_beside(shown, form, saying, key=key, now=now, lives=CHANGE_LIVES)
    row.changes = shown.id
    return row


def _route(work: UnitOfWork, delivery: Delivery) -> Route | None:
    try:
        return work.plans.route(delivery.route_id) if delivery.route_id else None
    except NotFoundError:
        return None
