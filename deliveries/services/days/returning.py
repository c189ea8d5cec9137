"""What could not be handed over as often as its shipper has it tried goes back to the sender.

The failed attempt was told with its choices and with what silence means (A7); that nobody chose in
time is told as A10.
"""

from datetime import datetime, timedelta

from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.history import HistoryEntry
from deliveries.model.message import OutboxState
from deliveries.model.offer import OptionKind
from deliveries.model.preference import PreferenceState
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.committing.rules import cutoff_at
from deliveries.services.committing.tries import is_out_of_tries
from deliveries.services.notices.posting import Notice, post
from deliveries.services.notices.sharing import TOLD_TOGETHER
from deliveries.services.one_by_one import one_by_one

TOLD_WITHIN = timedelta(hours=24)
_LOOKED_BACK = timedelta(days=7)
_TOLD = frozenset({OutboxState.SENT, OutboxState.DELIVERED})
# Where one of these is open, something can still be chosen.
_CHOICES = (OptionKind.WINDOW, OptionKind.PICKUP_POINT, OptionKind.NEIGHBOUR, OptionKind.SAFE_PLACE)


def send_back_undecided(unit_of_work: UnitOfWorkFactory, *, now: datetime) -> int:
    """Send back what nobody has decided about in time; return how many parcels.

    Only what its recipient was told of, and not while staff talk with them: what could not be told
    is a task for staff.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with unit_of_work(read_only=True) as work:
        if all(each.rules.attempts is None for each in work.shippers.all()):
            return 0
        failed = work.lookouts.failed(since=now - _LOOKED_BACK)
        due = [id_ for id_ in failed if _is_due(work, work.deliveries.get(id_), now=now)]
    return one_by_one(unit_of_work, due, lambda work, id_: _tend(work, id_, now=now))


def _tend(work: UnitOfWork, id_: str, *, now: datetime) -> bool:
    delivery = work.deliveries.get(id_)
    is_due = _is_due(work, delivery, now=now)
    if is_due:
        _send_back(work, delivery, now=now)
    return is_due


def _is_due(work: UnitOfWork, delivery: Delivery, *, now: datetime) -> bool:
    if not is_out_of_tries(work, delivery):
        return False
    shipper = work.shippers.get(delivery.shipper_id)
    if any(now < cutoff_at(delivery, kind, shipper) for kind in _CHOICES):
        return False
    preference = work.preferences.live_of(delivery.id)
    if preference is not None and preference.state is PreferenceState.PENDING:
        return False
    thread = work.conversations.of_person(delivery.person_id)
    return thread is not None and thread.is_with_bot and _was_told(work, delivery)


def _was_told(work: UnitOfWork, delivery: Delivery) -> bool:
    """Say whether the failed attempt was told, by whichever contact or with another parcel's."""
    since = delivery.status_at
    return any(
        each.notice == "A7"
        and (since is None or each.created_at >= since)
        and (each.state in _TOLD or each.reason == TOLD_TOGETHER)
        for each in work.outbox.notices_about(delivery.id)
    )


def _send_back(work: UnitOfWork, delivery: Delivery, *, now: datetime) -> None:
    delivery.move_to(DeliveryStatus.RETURN_TO_SENDER, now=now)
    work.history.add(HistoryEntry("sent_back_undecided", now, "system", delivery.id))
    post(work, [delivery], Notice("A10", "notice_sent_back", now + TOLD_WITHIN), now=now)
