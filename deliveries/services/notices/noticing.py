"""Which notices are due, computed from plan, drivers' events and promises; written once.

What a stop's end is told by is in ``outcomes``; here is everything up to it. Nothing is scheduled
ahead: a notice exists from the moment it is due, so that it can never say what was true earlier.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from deliveries.errors import ConflictError
from deliveries.model.delivery import Delivery, DeliveryStatus, PlaceKind
from deliveries.model.offer import OptionKind
from deliveries.model.route import RouteState
from deliveries.model.saying import Fact, local_day, window_fact
from deliveries.model.window import TimeWindow
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.conversing.describing import inline, place_saying
from deliveries.services.days.journeys import NOT_ATTEMPTED, WAITING
from deliveries.services.days.outcomes import TOLD_WITHIN, failed_notice
from deliveries.services.etas.intervals import expected
from deliveries.services.messages.sending import SAME_DAY_FROM, SAME_DAY_LEAD
from deliveries.services.notices.approaching import NEAR, arriving, minutes_away
from deliveries.services.notices.lookouts import (
    BROUGHT_BACK_FOR,
    LEAVES_LATE,
    LEAVES_SOON,
    OUT_LIVES,
    PRE_ADVICE_FROM,
    PRE_ADVICE_UNTIL,
    candidates,
    is_waking_time,
)
from deliveries.services.notices.outlook import (
    Outlook,
    has_come,
    is_changing,
    is_choosing,
    is_told_lately,
    promise_of_day,
)
from deliveries.services.notices.posting import Notice, contact_for, key_of, post
from deliveries.services.notices.promises import HYSTERESIS, broad_window, is_early, is_late

AT_ONCE = 25
APART = timedelta(minutes=30)
CONFIRMED_LATELY = timedelta(hours=12)
# Colons in a key that ends in a mark.
MARKED = 5


def write_due_notices(
    unit_of_work: UnitOfWorkFactory, *, now: datetime, most: int | None = None
) -> int:
    """Write every notice that is due, a few people at a time; return how many are to leave.

    It only reads while nothing is due. What another process changes meanwhile is left to the
    next call.

    Args:
        unit_of_work: Opens transactions.
        now: The day's time.
        most: Stop after so many: what has become urgent meanwhile goes first in the next call.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with unit_of_work(read_only=True) as work:
        found = candidates(work, now=now)
    people: dict[str, list[str]] = {}
    for each in found:
        people.setdefault(each.person_id, []).append(each.id)
    written = 0
    for some in batched(people.values(), AT_ONCE):
        if most is not None and written >= most:
            break
        ids = [id_ for ids in some for id_ in ids]
        if not _is_any_due(unit_of_work, ids, now=now):
            continue
        try:
            written += _write(unit_of_work, ids, now=now)
        except ConflictError:
            continue
    return written


def due_notice(outlook: Outlook, delivery: Delivery) -> Notice | None:
    """Return what is to be told about a delivery now, if anything is."""
    if delivery.status is DeliveryStatus.DELIVERY_FAILED:
        return _brought_back(outlook, delivery)
    if delivery.status not in WAITING or delivery.place.kind is PlaceKind.PICKUP_POINT:
        return None
    today = local_day(outlook.now, delivery.zone)
    if delivery.date == today + timedelta(days=1):
        return _pre_advice(outlook, delivery)
    is_now = today - timedelta(days=1) <= delivery.date <= today
    if not is_now or delivery.eta_at is None or not _is_awake(delivery, outlook.now):
        return None
    eta = delivery.eta_at
    return (
        minutes_away(outlook, delivery, eta)
        or arriving(outlook, delivery)
        or _broken_promise(outlook, delivery, eta)
        or _out_for_delivery(outlook, delivery, eta)
        or _morning_window(outlook, delivery, eta)
    )


def _is_any_due(unit_of_work: UnitOfWorkFactory, ids: Sequence[str], *, now: datetime) -> bool:
    with unit_of_work(read_only=True) as work:
        return bool(_due(_outlook(work, ids, now=now), work.deliveries.many(ids)))


def _outlook(work: UnitOfWork, ids: Sequence[str], *, now: datetime) -> Outlook:
    told = work.lookouts.told(ids)
    unmarked = {key.rsplit(":", 1)[0] for key in told if key.count(":") == MARKED}
    return Outlook(work, now, told | unmarked)


def _due(outlook: Outlook, deliveries: Sequence[Delivery]) -> list[tuple[Delivery, Notice]]:
    found = [(each, due_notice(outlook, each)) for each in deliveries]
    due = [(each, notice) for each, notice in found if notice is not None]
    return [
        (each, notice)
        for each, notice in due
        if contact_for(outlook.work, each.person_id, now=outlook.now)[0] is not None
    ]


def _write(unit_of_work: UnitOfWorkFactory, ids: Sequence[str], *, now: datetime) -> int:
    """Look again at some deliveries, now that nobody can change them, and write what is due."""
    written = 0
    with unit_of_work() as work:
        outlook = _outlook(work, ids, now=now)
        due = _due(outlook, work.deliveries.many(ids))
        due.sort(key=lambda pair: (pair[0].eta_at or now, pair[0].id))
        while due:
            first, notice = due[0]
            together = [each for each, other in due if _go_together(first, notice, each, other)]
            due = [pair for pair in due if pair[0] not in together]
            if notice.kind == "A1" and is_choosing(outlook, first):
                continue
            if notice.kind == "A4":
                together += _also_near(outlook, first, together)
            written += post(work, together, notice, now=now)
        work.commit()
    return written


def _go_together(first: Delivery, notice: Notice, other: Delivery, theirs: Notice) -> bool:
    return first is other or (notice.name == theirs.name and _is_beside(first, other))


def _is_beside(first: Delivery, other: Delivery) -> bool:
    """Say whether one person gets both from the same van at the same place."""
    return (first.person_id, first.route_id, first.date, first.at) == (
        other.person_id,
        other.route_id,
        other.date,
        other.at,
    )


def _also_near(outlook: Outlook, first: Delivery, told: Sequence[Delivery]) -> list[Delivery]:
    """Return what is handed over at the same place right after: one ring at the door for all."""
    return [
        each
        for each in outlook.work.deliveries.open_of_person(first.person_id)
        if each not in told
        and each.status in WAITING
        and _is_beside(first, each)
        and not outlook.work.outbox.has_key(key_of("A4", each))
    ]


def _is_awake(delivery: Delivery, now: datetime) -> bool:
    """Say whether notices of the day may begin: by day, or shortly before an early or late stop."""
    if is_waking_time(now, delivery.zone):
        return True
    local = now.astimezone(ZoneInfo(delivery.zone)).time()
    return delivery.eta_at is not None and (
        local >= SAME_DAY_FROM and now >= delivery.eta_at - SAME_DAY_LEAD
    )


def _pre_advice(outlook: Outlook, delivery: Delivery) -> Notice | None:
    """A1: the evening before."""
    local = outlook.now.astimezone(ZoneInfo(delivery.zone))
    is_time = PRE_ADVICE_FROM <= local.time() < PRE_ADVICE_UNTIL
    if not is_time or outlook.has_told(delivery, "A1"):
        return None
    if delivery.eta_at is None:
        # No van comes, whatever was agreed: staff know.
        return None
    if is_choosing(outlook, delivery) or is_told_lately(outlook, delivery, within=CONFIRMED_LATELY):
        return None
    window = delivery.window or _broad_window(outlook, delivery)
    name = _pre_advice_name(outlook, delivery)
    facts: dict[str, Fact] = {"window": window_fact(window, delivery.zone)}
    if name == "notice_pre_advice_placed":
        facts["place"] = inline(place_saying(delivery.place))
    return Notice(
        kind="A1",
        name=name,
        expires_at=datetime.combine(local.date(), PRE_ADVICE_UNTIL, tzinfo=local.tzinfo),
        facts=facts,
        menu=name,
        without="notice_pre_advice_final",
        promise=window,
    )


def _pre_advice_name(outlook: Outlook, delivery: Delivery) -> str:
    """Return how the evening before is told: with the place agreed, or that a hold is over."""
    if delivery.place.kind is not PlaceKind.ADDRESS:
        return "notice_pre_advice_placed"
    choice = outlook.work.preferences.live_of(delivery.id)
    was_held = choice is not None and choice.kind is OptionKind.AWAY
    return "notice_pre_advice_resumed" if was_held else "notice_pre_advice"


def _broad_window(outlook: Outlook, delivery: Delivery) -> TimeWindow:
    route = outlook.route(delivery)
    leaves_at = route.start_at if route else None
    return broad_window(delivery.eta_at or outlook.now, leaves_at=leaves_at)


def _morning_window(outlook: Outlook, delivery: Delivery, eta: datetime) -> Notice | None:
    """A2: in the morning, unless the van is about to leave, which tells the same."""
    now = outlook.now
    is_today = delivery.date == local_day(now, delivery.zone)
    if not is_today or eta - now <= NEAR or outlook.has_told(delivery, "A2", "A3", "A4", "A6"):
        return None
    route = outlook.route(delivery)
    if route is not None and route.state is not RouteState.PLANNED:
        return None
    leaves_at = route.start_at if route else None
    if leaves_at is not None and leaves_at - LEAVES_SOON <= now <= leaves_at + LEAVES_LATE:
        return None
    if is_told_lately(outlook, delivery, within=APART):
        return None
    window = expected(outlook.work, delivery, route, eta, now=now).window
    name, facts = "notice_morning_window", {"window": window_fact(window, delivery.zone)}
    promised = promise_of_day(delivery)
    if promised is not None and not window.within(promised.widened(HYSTERESIS)):
        # What was told the evening before is not taken back without a word.
        name = "notice_delay" if window.end > promised.end else "notice_earlier"
        facts["old"] = window_fact(promised, delivery.zone)
    return Notice("A2", name, window.end, facts, promise=window)


def _out_for_delivery(outlook: Outlook, delivery: Delivery, eta: datetime) -> Notice | None:
    """A3: the van has left; with the window that was told, or with one now."""
    now = outlook.now
    if eta - now <= NEAR or outlook.has_told(delivery, "A3", "A4"):
        return None
    route = outlook.route(delivery)
    if route is None or route.state is not RouteState.DEPARTED or route.start_at is None:
        return None
    if (
        now - route.start_at >= OUT_LIVES
        or has_come(outlook, delivery)
        or is_told_lately(outlook, delivery, within=APART)
    ):
        return None
    is_told = outlook.has_told(delivery, "A2", "A6") and delivery.promised is not None
    window = delivery.promised if is_told else None
    promise = None if window else expected(outlook.work, delivery, route, eta, now=now).window
    shown = window or promise
    facts = {"window": window_fact(shown, delivery.zone)} if shown else {}
    expires_at = route.start_at + OUT_LIVES
    return Notice("A3", "notice_out_for_delivery", expires_at, facts, promise=promise)


def _broken_promise(outlook: Outlook, delivery: Delivery, eta: datetime) -> Notice | None:
    """A6: only when what was told is really broken; then the new window is what was told."""
    now, promised = outlook.now, promise_of_day(delivery)
    if promised is None or not (is_late(eta, promised) or is_early(eta, promised)):
        return None
    mark = f"{promised.end:%Y%m%dT%H%M}"
    if delays := outlook.times_told(delivery, "A6"):
        # A van that comes and goes may break the same promise again.
        mark += f"-{delays}"
    if f"{key_of('A6', delivery)}:{mark}" in outlook.told or has_come(outlook, delivery):
        return None
    if is_changing(outlook, delivery):
        return None
    window = expected(outlook.work, delivery, outlook.route(delivery), eta, now=now).window
    return Notice(
        kind="A6",
        name="notice_delay" if is_late(eta, promised) else "notice_earlier",
        expires_at=max(window.start, now + NEAR),
        facts={
            "old": window_fact(promised, delivery.zone),
            "window": window_fact(window, delivery.zone),
        },
        promise=window,
        mark=mark,
    )


def _brought_back(outlook: Outlook, delivery: Delivery) -> Notice | None:
    """A7 of a parcel that the van came back with: by day, so that its menu is open when read.

    Where the night outlasts the time in which it may be told, it is written at the end of that.
    """
    if delivery.failed_reason != NOT_ATTEMPTED or delivery.status_at is None:
        return None
    since = outlook.now - delivery.status_at
    if not BROUGHT_BACK_FOR <= since < TOLD_WITHIN or outlook.has_told(delivery, "A7"):
        return None
    is_last_call = since >= TOLD_WITHIN - BROUGHT_BACK_FOR
    if not is_waking_time(outlook.now, delivery.zone) and not is_last_call:
        return None
    return failed_notice(outlook.work, delivery, now=outlook.now)
