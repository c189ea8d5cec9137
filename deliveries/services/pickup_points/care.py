"""What the days bring to parcels that wait at pickup points: a reminder, a warning, the end.

What one person has at one point until one day is reminded of, warned of and ended together.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.handover import CodeKind, Collection
from deliveries.model.offer import OptionKind
from deliveries.model.saying import Saying, local_day
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.committing.offering import Choice
from deliveries.services.committing.rules import local_instant
from deliveries.services.identity.handover_codes import find_code
from deliveries.services.notices.posting import Notice, post
from deliveries.services.one_by_one import one_by_one
from deliveries.services.pickup_points.waiting import expire, expires_at, let_go, waiting_facts

REMINDED_FROM = time(9)
REMINDER, WARNING = "notice_collect_reminder", "notice_collect_last_day"
_GONE, _EXPIRED = "gone", "expired"


@dataclass(frozen=True)
class _Due:
    """What is due for parcels; those for which it is the same are seen to together.

    Attributes:
        step: The notice's name, or which end it is.
        code: The one that is told, sealed: one message tells one.
        may_extend: More time can be asked for.
    """

    step: str
    person_id: str
    point_id: str
    last_day: date
    code: bytes | None = None
    may_extend: bool = False


def care_for_waiting(unit_of_work: UnitOfWorkFactory, *, now: datetime) -> int:
    """Remind, warn and send back what waits; return for how many parcels something was done.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with unit_of_work(read_only=True) as work:
        together = _together(work, work.collections.waiting(), now=now)
        groups = [[each.id for each in group] for group in together.values()]
    return one_by_one(unit_of_work, groups, lambda work, ids: _care_for(work, ids, now=now))


def extension_choice() -> Choice:
    """Return the way to more time."""
    return Choice(
        OptionKind.GOAL,
        Saying("option_goal_extend_collection"),
        {"goal": "extend_collection"},
        words=("more time", "longer"),
    )


def _together(
    work: UnitOfWork, collections: Sequence[Collection], *, now: datetime
) -> dict[_Due, list[Collection]]:
    """Return what is due, with all that it is due for."""
    found: defaultdict[_Due, list[Collection]] = defaultdict(list)
    for collection in collections:
        due = _due(work, collection, now=now)
        if due is not None:
            found[due].append(collection)
    return found


def _care_for(work: UnitOfWork, ids: Sequence[str], *, now: datetime) -> int:
    """Look again, now that nobody can change it, and do what is due; return for how many."""
    waiting = [work.collections.get(id_) for id_ in ids]
    together = _together(work, [each for each in waiting if each.ended_at is None], now=now)
    for due, group in together.items():
        _care(work, due, group, now=now)
    return sum(len(group) for group in together.values())


def _care(work: UnitOfWork, due: _Due, group: Sequence[Collection], *, now: datetime) -> None:
    if due.step == _GONE:
        for collection in group:
            let_go(work, collection, now=now)
    elif due.step == _EXPIRED:
        expire(work, group, now=now)
    else:
        deliveries = [work.deliveries.get(each.delivery_id) for each in group]
        post(work, deliveries, _notice(work, due, group[0]), now=now)


def _due(work: UnitOfWork, collection: Collection, *, now: datetime) -> _Due | None:
    """Return what is due for a parcel, if anything is."""
    delivery = work.deliveries.get(collection.delivery_id)
    of_whom = (delivery.person_id, collection.pickup_point_id, collection.last_day)
    if delivery.status is not DeliveryStatus.READY_FOR_PICKUP:
        return _Due(_GONE, *of_whom)
    if now >= expires_at(work, collection):
        return _Due(_EXPIRED, *of_whom)
    name = _notice_name(work, collection, now=now)
    if name is None:
        return None
    code = find_code(work, delivery.id, CodeKind.PICKUP)
    allowed = work.shippers.get(delivery.shipper_id).rules.extensions
    ciphertext = code.ciphertext if code else None
    due = _Due(name, *of_whom, ciphertext, collection.extensions < allowed)
    is_told = work.outbox.has_key(_notice(work, due, collection).key(delivery))
    return None if is_told else due


def _notice_name(work: UnitOfWork, collection: Collection, *, now: datetime) -> str | None:
    """Return the warning on the last day, and the reminder on the day before it.

    On the day on which it came that day was told already.
    """
    zone = work.pickup_points.get(collection.pickup_point_id).zone
    if now >= local_instant(collection.last_day, REMINDED_FROM, zone):
        return WARNING
    day_before = collection.last_day - timedelta(days=1)
    came_before = local_day(collection.ready_at, zone) < day_before
    is_time = now >= local_instant(day_before, REMINDED_FROM, zone)
    return REMINDER if came_before and is_time else None


def _notice(work: UnitOfWork, due: _Due, collection: Collection) -> Notice:
    delivery = work.deliveries.get(collection.delivery_id)
    return Notice(
        kind="A9" if due.step == REMINDER else "A10",
        name=due.step,
        expires_at=expires_at(work, collection),
        facts=waiting_facts(work, delivery),
        menu=due.step,
        choices=(extension_choice(),) if due.may_extend else (),
        mark=f"{collection.last_day:%Y%m%d}",
    )
