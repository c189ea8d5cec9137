"""What Telegram shows beside the words of a notice: a place on the map, a van on its way.

Each is a row of the outbox with a form of its own, and passes the gate like any other. None of
them rings: whoever gets it has just been told in words, or is looking.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from deliveries.model.delivery import Delivery
from deliveries.model.ids import new_id
from deliveries.model.message import Form, LiveView, OutboxMessage, OutboxState, Purpose
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork

VENUE = "venue_shown"
# Notices whose words tell when the van comes.
OF_ETA = frozenset({"A2", "A3", "A4", "A6"})


def show_beside(
    work: UnitOfWork, message: OutboxMessage, delivery: Delivery, *, now: datetime
) -> None:
    """Add what a chat shows beside a notice that was just written."""
    if message.notice == "A9":
        _show_point(work, message, delivery, now=now)
    elif message.notice in OF_ETA and delivery.eta_at is not None:
        _follow(work, message, delivery, delivery.eta_at, now=now)


def coordinates_of(facts: Mapping[str, Fact]) -> tuple[float, float] | None:
    """Return the place that a saying's facts tell, if they do."""
    lat, lon = facts.get("lat"), facts.get("lon")
    if isinstance(lat, int | float) and isinstance(lon, int | float):
        return lat, lon
    return None


def row_beside(
    message: OutboxMessage, form: Form, saying: Saying, *, key: str, now: datetime, lives: timedelta
) -> OutboxMessage:
    """Return a row that shows something beside, or in place of, a message."""
    return OutboxMessage(
        id=new_id("m"),
        conversation_id=message.conversation_id,
        contact_id=message.contact_id,
        purpose=Purpose.NOTICE,
        sayings=(saying,),
        created_at=now,
        not_before=now,
        expires_at=now + lives,
        delivery_id=message.delivery_id,
        dedupe_key=key,
        notice=message.notice,
        form=form,
    )


def _show_point(
    work: UnitOfWork, message: OutboxMessage, delivery: Delivery, *, now: datetime
) -> None:
    point = work.pickup_points.find(delivery.place.pickup_point_id or "")
    if point is None or message.state is OutboxState.SUPPRESSED:
        return
    saying = Saying(
        VENUE,
        {"title": point.name, "address": point.address, "lat": point.lat, "lon": point.lon},
    )
    key = f"venue:{message.dedupe_key}"
    # No more urgent than the words: it would leave before them.
    row = row_beside(message, Form.VENUE, saying, key=key, now=now, lives=timedelta())
    work.outbox.add(replace(row, expires_at=message.expires_at))


def _follow(
    work: UnitOfWork, message: OutboxMessage, delivery: Delivery, eta: datetime, *, now: datetime
) -> None:
    """Let the words of the newest notice follow the ETA from now on."""
    view = work.live_views.find(delivery.id)
    if view is None:
        work.live_views.add(LiveView(delivery.id, message.id, shown_eta=eta, changed_at=now))
        return
    if view.ended_at is not None:
        # Another attempt: what was shown of the first is history.
        view.location_id = view.lat = view.lon = view.moved_at = view.ended_at = None
    view.message_id, view.shown_eta, view.changed_at = message.id, eta, now
