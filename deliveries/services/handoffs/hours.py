"""When staff answer, and how soon: as the shipper says whose parcel it is about."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.rules import SupportRule
from deliveries.ports import UnitOfWork

_WEEK = 8


def opens_at(
    work: UnitOfWork, conversation: Conversation, *, now: datetime
) -> tuple[datetime, str] | None:
    """Return when staff are next there and in which zone that is said; none: they are there."""
    delivery = delivery_of(work, conversation)
    if delivery is None:
        return None
    opening = next_opening(_rule(work, delivery), zone=delivery.zone, now=now)
    return None if opening is None else (opening, delivery.zone)


def returns_silently(work: UnitOfWork, conversation: Conversation) -> bool:
    """Say whether the shipper wants nothing said when the assistant is back."""
    return support_of(work, conversation).returns_silently


def due_at(
    work: UnitOfWork, conversation: Conversation, priority: int, *, since: datetime
) -> datetime:
    """Return by when a person should have answered who is asked for since an instant.

    Args:
        work: The caller's unit of work.
        conversation: The talk.
        priority: How urgent it is, from 1 to 4.
        since: From when on that counts.
    """
    return since + support_of(work, conversation).answer_within[priority]


def support_of(work: UnitOfWork, conversation: Conversation) -> SupportRule:
    """Return how the shipper wants people helped whose parcel a talk is about."""
    return _rule(work, delivery_of(work, conversation))


def next_opening(rule: SupportRule, *, zone: str, now: datetime) -> datetime | None:
    """Return when staff are next there, in UTC; none: they are there now.

    An hour that the clock leaps over counts from when it leaps.
    """
    if rule.opens is None or rule.closes is None:
        return None
    local = now.astimezone(ZoneInfo(zone))
    is_working_day = local.isoweekday() in rule.days
    if is_working_day and rule.opens <= local.time() < rule.closes:
        return None
    for ahead in range(_WEEK):
        day = local.date() + timedelta(days=ahead)
        opening = datetime.combine(day, rule.opens, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if day.isoweekday() in rule.days and opening > now:
            return opening
    return None


def _rule(work: UnitOfWork, delivery: Delivery | None) -> SupportRule:
    if delivery is None:
        return SupportRule()
    return work.shippers.get(delivery.shipper_id).rules.support


def delivery_of(work: UnitOfWork, conversation: Conversation) -> Delivery | None:
    """Return the delivery that a talk is about: talked of last, or else the newest, open first."""
    for delivery_id in conversation.focus:
        found = work.deliveries.find(delivery_id)
        if found is not None:
            return found
    still_open = work.deliveries.open_of_person(conversation.person_id)
    if still_open:
        return still_open[-1]
    return next(iter(work.deliveries.latest_of_person(conversation.person_id, limit=1)), None)
