"""What makes a matter more urgent than its reason alone."""

from datetime import datetime, timedelta
from enum import StrEnum

from deliveries.model.conversation import Conversation
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.hours import delivery_of

# Who comes back to staff so soon comes back about the same, as far as can be told.
SAME_MATTER = timedelta(hours=24)
# So shortly before the van comes, an answer in the evening is none.
_SOON = timedelta(hours=2)
_FAILED_OFTEN = 2


class Cause(StrEnum):
    """What raises a priority; agents read it beside the chat."""

    REPEAT = "repeat"
    HIGH_VALUE = "high_value"
    SOON = "soon"


def causes_to_hurry(
    work: UnitOfWork, conversation: Conversation, *, now: datetime
) -> tuple[Cause, ...]:
    """Return what raises the priority: a parcel of value, a second time, a van that is near."""
    delivery = delivery_of(work, conversation)
    causes = [Cause.REPEAT] if came_back(work, conversation, now=now) else []
    if delivery is None:
        return tuple(causes)
    if delivery.attempts >= _FAILED_OFTEN and not causes:
        causes.append(Cause.REPEAT)
    limit = work.shippers.get(delivery.shipper_id).rules.identity.high_value_from
    if delivery.value_minor >= limit:
        causes.append(Cause.HIGH_VALUE)
    if delivery.eta_at is not None and now <= delivery.eta_at <= now + _SOON:
        causes.append(Cause.SOON)
    return tuple(causes)


def came_back(work: UnitOfWork, conversation: Conversation, *, now: datetime) -> bool:
    """Say whether an agent dealt with the person within the last day."""
    last = work.handoffs.last_of(conversation.id)
    return last is not None and last.closed_at is not None and now - last.closed_at < SAME_MATTER
