"""How often a parcel is tried before it goes back, and what silence means for it."""

from collections.abc import Mapping, Sequence

from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.ports import UnitOfWork

_AT_DEPOT = "at_depot"
# Nobody was missed: what is ours to mend is not held against who waits.
_OURS = frozenset({"locker_full", "not_attempted"})
_FAILED: Mapping[int | None, str] = {0: "goes_back", 1: "one_try_left"}


def is_out_of_tries(work: UnitOfWork, delivery: Delivery) -> bool:
    """Say whether the attempt that failed was the last one that the shipper has it tried."""
    return delivery.status is DeliveryStatus.DELIVERY_FAILED and _left(work, delivery) == 0


def silence(work: UnitOfWork, deliveries: Sequence[Delivery]) -> str:
    """Return what happens if nobody answers about some deliveries, as menus say it.

    Of several that failed, what befalls the one that has been tried most.
    """
    match deliveries[0].status:
        case DeliveryStatus.READY_FOR_PICKUP:
            return "at_point"
        case DeliveryStatus.ON_HOLD:
            return _AT_DEPOT
        case DeliveryStatus.DELIVERY_FAILED:
            left = [_left(work, each) for each in deliveries]
            fewest = min((each for each in left if each is not None), default=None)
            return _FAILED.get(fewest, _AT_DEPOT)
        case _:
            return "as_planned"


def _left(work: UnitOfWork, delivery: Delivery) -> int | None:
    """Return how often it may still be tried; none: somebody decides each time."""
    most = work.shippers.get(delivery.shipper_id).rules.attempts
    if most is None or delivery.failed_reason in _OURS:
        return None
    return max(most - delivery.attempts, 0)
