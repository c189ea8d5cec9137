"""Saying that an option is closed, why, and what is still open instead."""

from collections.abc import Sequence
from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.offer import OptionKind
from deliveries.model.preference import PreferenceState
from deliveries.model.saying import Saying, moment_fact
from deliveries.ports import UnitOfWork
from deliveries.services.committing.offering import Choice, beneath, make_offer
from deliveries.services.committing.rules import cutoff_at, forbidden_because, is_open
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.wishes.near import near_until, second_try_choice

GOAL_OF_KIND = {
    OptionKind.WINDOW: "reschedule",
    OptionKind.NEIGHBOUR: "leave_with_neighbour",
    OptionKind.SAFE_PLACE: "leave_in_safe_place",
    OptionKind.PICKUP_POINT: "collect_from_pickup_point",
    OptionKind.REFUSE: "refuse_delivery",
}
MENU = (
    OptionKind.WINDOW,
    OptionKind.NEIGHBOUR,
    OptionKind.SAFE_PLACE,
    OptionKind.PICKUP_POINT,
)


def open_kinds(
    work: UnitOfWork, deliveries: Sequence[Delivery], *, now: datetime
) -> list[OptionKind]:
    """Return the kinds of options still open for all the deliveries, as a menu lists them."""
    if any(not changes_left(work, each) for each in deliveries):
        return []
    return [
        kind
        for kind in MENU
        if all(
            is_open(each, kind, work.shippers.get(each.shipper_id), now=now) for each in deliveries
        )
    ]


def changes_left(work: UnitOfWork, delivery: Delivery) -> bool:
    """Say whether the delivery may be changed once more, where its shipper has a limit.

    Taking a change back is none, and what the planner refused was none.
    """
    limit = work.shippers.get(delivery.shipper_id).rules.changes
    if limit is None:
        return True
    made = [
        each
        for each in work.preferences.of(delivery.id)
        if each.kind is not OptionKind.RESTORE and each.state is not PreferenceState.REJECTED
    ]
    return len(made) < limit


def closed_saying(
    work: UnitOfWork, deliveries: Sequence[Delivery], kind: OptionKind, *, now: datetime
) -> Saying | None:
    """Say why an option cannot be chosen, or nothing if it can."""
    for delivery in deliveries:
        facts = parcel_facts(work, delivery)
        reason = forbidden_because(delivery, kind, work.shippers.get(delivery.shipper_id))
        if reason is not None and not delivery.is_final:
            return Saying(f"option_forbidden_{reason.value}", facts)
        if not changes_left(work, delivery) and not delivery.is_final:
            return Saying("changes_used_up", facts)
    return too_late_saying(work, deliveries, kind, now=now)


def too_late_saying(
    work: UnitOfWork, deliveries: Sequence[Delivery], kind: OptionKind, *, now: datetime
) -> Saying | None:
    """Say that a delivery has ended, or that the option has closed; nothing if neither is so."""
    for delivery in deliveries:
        facts = parcel_facts(work, delivery)
        if delivery.is_final:
            return Saying(f"ended_{delivery.status.value}", facts)
        closes = cutoff_at(delivery, kind, work.shippers.get(delivery.shipper_id))
        if now >= closes:
            name = (
                "cutoff_passed" if open_kinds(work, deliveries, now=now) else "all_cutoffs_passed"
            )
            return Saying(name, facts | {"closed_at": moment_fact(closes, delivery.zone)})
    return None


def menu_choices(kinds: Sequence[OptionKind]) -> list[Choice]:
    """Return the menu of what can still be chosen."""
    return [
        Choice(
            OptionKind.GOAL,
            Saying(f"option_goal_{kind.value}"),
            {"goal": GOAL_OF_KIND[kind]},
            words=(kind.value,),
            opens=kind,
        )
        for kind in kinds
    ]


def with_menu(
    work: UnitOfWork,
    conversation: Conversation,
    deliveries: Sequence[Delivery],
    saying: Saying,
    *,
    now: datetime,
    first: Sequence[Choice] = (),
    is_near: bool = True,
) -> Saying:
    """Return the saying with the menu of what is still open beneath it, if anything is.

    What cannot be held any more of the choices that come ``first`` is left out. While the van that
    missed them is near, asking it back comes before the menu; not so once that has been found to be
    too far (``is_near``).
    """
    choices = menu_choices(open_kinds(work, deliveries, now=now))
    until = near_until(work, deliveries) if is_near else None
    if until is not None and now < until:
        choices = [second_try_choice(), *choices]
    choices = [*first, *choices]
    if not choices:
        return saying
    offer = make_offer(work, conversation, deliveries, choices, now=now)
    return beneath(work, saying, offer, deliveries)
