"""The last words before the door: so many minutes away by the plan, arriving by the van's place."""

from datetime import datetime, timedelta

from deliveries.model.delivery import Delivery, PlaceKind
from deliveries.model.network import Coordinates
from deliveries.model.route import Route, RouteState, Stop, StopState
from deliveries.services.etas.intervals import expected
from deliveries.services.notices.outlook import Outlook, has_come, promise_of_day
from deliveries.services.notices.posting import Notice
from deliveries.services.notices.promises import is_early, is_late
from deliveries.services.wishes.near import distance_m

NEAR = timedelta(minutes=15)
STALE_ETA = timedelta(minutes=5)
NEAR_LIVES = timedelta(minutes=5)
# A position older than this says where the van was.
FRESH = timedelta(minutes=2)
# Who was told of minutes just now knows that the van arrives.
JUST_TOLD = timedelta(minutes=8)
ARRIVING_LIVES = timedelta(minutes=3)


def minutes_away(outlook: Outlook, delivery: Delivery, eta: datetime) -> Notice | None:
    """A4: it is the last word before the door, so it takes along what else would be due."""
    now = outlook.now
    is_near = -STALE_ETA <= eta - now <= NEAR
    if not is_near or outlook.has_told(delivery, "A4", "A5") or has_come(outlook, delivery):
        return None
    route = outlook.route(delivery)
    if route is None or route.state is not RouteState.DEPARTED:
        return None
    left = (eta - now) / timedelta(minutes=5)
    promised = promise_of_day(delivery)
    is_kept = promised is not None and not is_late(eta, promised) and not is_early(eta, promised)
    return Notice(
        kind="A4",
        name="notice_minutes_away",
        expires_at=now + NEAR_LIVES,
        facts={"minutes": 5 * max(1, round(left))},
        promise=None if is_kept else expected(outlook.work, delivery, route, eta, now=now).window,
    )


def arriving(outlook: Outlook, delivery: Delivery) -> Notice | None:
    """A5: the van that comes here next is near, by where it says that it is."""
    route = outlook.route(delivery)
    if route is None or outlook.has_told(delivery, "A5") or not comes_next(route, delivery):
        return None
    if delivery.place.kind in (PlaceKind.NEIGHBOUR, PlaceKind.PICKUP_POINT):
        # It is not their door that it comes to.
        return None
    # A van that waits around the corner for an agreed window does not arrive yet.
    is_due = delivery.eta_at is not None and delivery.eta_at - outlook.now <= NEAR
    van = van_of(route, now=outlook.now)
    if van is None or not is_due or not _is_within(outlook, delivery, van):
        return None
    if _was_just_told(outlook, delivery):
        return None
    return Notice("A5", "notice_arriving", outlook.now + ARRIVING_LIVES)


def comes_next(route: Route, delivery: Delivery) -> bool:
    """Say whether the van is on its way to this delivery's stop and no other before it."""
    following: Stop | None = next(iter(route.open_stops), None)
    return (
        route.state is RouteState.DEPARTED
        and following is not None
        and following.state is StopState.PLANNED
        and delivery.id in following.delivery_ids
    )


def van_of(route: Route, *, now: datetime) -> Coordinates | None:
    """Return where a van is, if it has said so lately."""
    if route.van_lat is None or route.van_lon is None or route.van_at is None:
        return None
    return Coordinates(route.van_lat, route.van_lon) if now - route.van_at <= FRESH else None


def _is_within(outlook: Outlook, delivery: Delivery, van: Coordinates) -> bool:
    rule = outlook.work.shippers.get(delivery.shipper_id).rules.notices
    return rule.arriving_m > 0 and distance_m(van, delivery.at) <= rule.arriving_m


def _was_just_told(outlook: Outlook, delivery: Delivery) -> bool:
    """Say whether they have read that it is minutes away so lately that this adds nothing."""
    told = outlook.told_at(delivery, "A4")
    return told is not None and outlook.now - told < JUST_TOLD
