"""What the days bring to parcels that wait at pickup points: a reminder, a warning, the end."""

from datetime import datetime, time, timedelta

from deliveries.errors import ConflictError
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.handover import Collection
from deliveries.model.offer import OptionKind
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.committing.offering import Choice
from deliveries.services.committing.rules import local_instant
from deliveries.services.notices.posting import Notice, post
from deliveries.services.pickup_points.waiting import expire, expires_at, let_go, waiting_facts

REMINDED_FROM = time(9)
REMINDER, WARNING = "notice_collect_reminder", "notice_collect_last_day"


def care_for_waiting(unit_of_work: UnitOfWorkFactory, *, now: datetime) -> int:
    """Remind, warn and send back what waits; return for how many parcels something was done.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with unit_of_work(read_only=True) as work:
        due = [each.id for each in work.collections.waiting() if _is_due(work, each, now=now)]
    done = 0
    for id_ in due:
        try:
            with unit_of_work() as work:
                collection = work.collections.get(id_)
                if collection.ended_at is None and _is_due(work, collection, now=now):
                    _care(work, collection, now=now)
                    work.commit()
                    done += 1
        except ConflictError:
            # Somebody has just changed the delivery: the next look sees what became of it.
            continue
    return done


def extension_choice() -> Choice:
    """Return the way to more time."""
    return Choice(
        OptionKind.GOAL,
        Saying("option_goal_extend_collection"),
        {"goal": "extend_collection"},
        words=("more time", "longer"),
    )


def _is_due(work: UnitOfWork, collection: Collection, *, now: datetime) -> bool:
    delivery = work.deliveries.get(collection.delivery_id)
    if delivery.status is not DeliveryStatus.READY_FOR_PICKUP or now >= expires_at(
        work, collection
    ):
        return True
    notice = _notice(work, collection, now=now)
    return notice is not None and not work.outbox.has_key(notice.key(delivery))


def _care(work: UnitOfWork, collection: Collection, *, now: datetime) -> None:
    delivery = work.deliveries.get(collection.delivery_id)
    if delivery.status is not DeliveryStatus.READY_FOR_PICKUP:
        let_go(work, collection, now=now)
    elif now >= expires_at(work, collection):
        expire(work, collection, now=now)
    else:
        notice = _notice(work, collection, now=now)
        if notice is not None:
            post(work, [delivery], notice, now=now)


def _notice(work: UnitOfWork, collection: Collection, *, now: datetime) -> Notice | None:
    """Return the reminder on the day before the last one, the warning on the last."""
    zone = work.pickup_points.get(collection.pickup_point_id).zone
    delivery = work.deliveries.get(collection.delivery_id)
    name = None
    for days_before, each in ((1, REMINDER), (0, WARNING)):
        day = collection.last_day - timedelta(days=days_before)
        if now >= local_instant(day, REMINDED_FROM, zone):
            name = each
    if name is None:
        return None
    rules = work.shippers.get(delivery.shipper_id).rules
    choices = (extension_choice(),) if collection.extensions < rules.extensions else ()
    return Notice(
        kind="A9" if name == REMINDER else "A10",
        name=name,
        expires_at=expires_at(work, collection),
        facts=waiting_facts(work, delivery),
        menu=name,
        choices=choices,
        mark=f"{collection.last_day:%Y%m%d}",
    )
