"""Capacity that is kept: while a person decides, for the choice that stands, and no longer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from deliveries.errors import WindowUnavailableError
from deliveries.model.delivery import Delivery
from deliveries.model.ids import new_id
from deliveries.model.offer import Hold, HoldState, Offer, Option
from deliveries.model.preference import OPEN_CHANGES, Preference, PreferenceState
from deliveries.ports import UnitOfWork
from deliveries.services.committing.rules import HOLD_FOR

BATCH = 200


def release_ended_holds(work: UnitOfWork, *, now: datetime) -> int:
    """Give back what offers hold past their time; return how many holds that were."""
    ended = work.holds.ended(now=now, limit=BATCH)
    for hold in ended:
        work.holds.release(hold.id)
    return len(ended)


def secure(
    work: UnitOfWork, offer: Offer, option: Option, *, now: datetime
) -> Sequence[str | None]:
    """Turn an option's hold into uses, one for each delivery, so that each can be given back.

    A hold that has ended is taken again where there still is room: who answers after eleven minutes
    gets what they were shown, if nobody else did.

    Raises:
        WindowUnavailableError: If it had ended, and the room is gone.
    """
    count = len(offer.delivery_ids)
    if option.hold_id is None:
        return [None] * count
    if count == 1 and work.holds.commit(option.hold_id, now=now):
        return [option.hold_id]
    whole = work.holds.get(option.hold_id)
    work.holds.release(whole.id)
    share = whole.quantity // count
    return use(work, whole, [share] * count, now=now)


def use(work: UnitOfWork, like: Hold, shares: Sequence[int], *, now: datetime) -> Sequence[str]:
    """Take as much of a hold's resource as each share says, for good, or nothing at all.

    Raises:
        WindowUnavailableError: If there is no room for all of them.
    """
    taken: list[Hold] = []
    for share in shares:
        hold = Hold(new_id("h"), like.resource, share, like.offer_id, now + HOLD_FOR)
        if not work.holds.take(hold):
            for each in taken:
                work.holds.release(each.id)
            raise WindowUnavailableError(like.offer_id)
        taken.append(hold)
    work.flush()
    for hold in taken:
        work.holds.commit(hold.id, now=now)
    return [hold.id for hold in taken]


def take_again(
    work: UnitOfWork, delivery: Delivery, preference: Preference, *, now: datetime
) -> str | None:
    """Return the hold of what held before a choice, if that was chosen too and takes something.

    It was given back when the choice after it came true; then it is taken anew.

    Raises:
        WindowUnavailableError: If somebody else has taken it meanwhile.
    """
    start, place = preference.before.get("start"), preference.before.get("place")
    point = place.get("pickup_point_id") if isinstance(place, Mapping) else None
    resource = resource_of(
        delivery,
        datetime.fromisoformat(start) if isinstance(start, str) else None,
        point if isinstance(point, str) else None,
    )
    former = newest_hold(work, work.preferences.of(delivery.id), resource)
    if former is None or former.state is not HoldState.RELEASED:
        return former.id if former else None
    (hold_id,) = use(work, former, [former.quantity], now=now)
    return hold_id


def standing(choices: Sequence[Preference]) -> Preference | None:
    """Return the newest of the choices that came true and then gave way to a newer one."""
    return next(
        (
            each
            for each in reversed(choices)
            if each.state is PreferenceState.REPLACED and each.decided_at is not None
        ),
        None,
    )


def resource_of(
    delivery: Delivery, start: datetime | None, pickup_point_id: str | None
) -> str | None:
    """Return the beginning of the resource that such an outcome takes, if it takes any."""
    if pickup_point_id is not None:
        return f"compartment:{pickup_point_id}:"
    return None if start is None else window_resource(delivery, start)


def window_resource(delivery: Delivery, start: datetime) -> str:
    """Return the resource of a window: its depot's, by its start there."""
    return f"window:{delivery.depot_id}:{start.astimezone(ZoneInfo(delivery.zone)).isoformat()}"


def newest_hold(
    work: UnitOfWork, choices: Sequence[Preference], resource: str | None
) -> Hold | None:
    """Return the newest hold of a resource that the choices took, whatever became of it."""
    if resource is None:
        return None
    for choice in reversed(choices):
        if choice.hold_id is not None:
            hold = work.holds.get(choice.hold_id)
            if hold.resource.startswith(resource):
                return hold
    return None


def release_unneeded(work: UnitOfWork, delivery: Delivery) -> None:
    """Give back what the delivery's choices took and need no longer.

    Needed is what the delivery takes as it stands now, whichever choice brought that about (one of
    a neighbour keeps the window), and what may yet come true: the choice that waits for its
    verdict, and one that gave way while the planner has it. A delivery that ended needs nothing.
    """
    work.flush()
    choices = work.preferences.of(delivery.id)
    needed = set() if delivery.is_final else _needed(work, delivery, choices)
    for choice in choices:
        if choice.hold_id is not None and choice.hold_id not in needed:
            work.holds.release(choice.hold_id)


def _needed(work: UnitOfWork, delivery: Delivery, choices: Sequence[Preference]) -> set[str | None]:
    true = [
        each
        for each in choices
        if each.decided_at is not None and each.state is not PreferenceState.REJECTED
    ]
    resource = resource_of(delivery, delivery.window_start, delivery.place.pickup_point_id)
    taken = newest_hold(work, true, resource)
    needed = {each.hold_id for each in choices if _may_come_true(work, each)}
    return needed | ({taken.id} if taken else set())


def _may_come_true(work: UnitOfWork, choice: Preference) -> bool:
    """Say whether a choice waits for its verdict, or gave way while the planner has it."""
    if choice.state is PreferenceState.PENDING:
        return True
    if choice.state is not PreferenceState.REPLACED or choice.decided_at is not None:
        return False
    change = work.changes.of_preference(choice.id)
    return change is not None and change.state in OPEN_CHANGES
