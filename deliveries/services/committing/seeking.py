"""Windows that were wished for and refused at once: looked for beside the talk, offered after all.

A single change finds no room where a new order of several vans would. That takes seconds, so the
person is offered other windows meanwhile. What is found is added below these, so that the numbers
they have on screen keep their meaning. A choice, or any newer menu, ends the search.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from deliveries.model.conversation import Conversation
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.offer import Offer, OptionKind
from deliveries.model.saying import Saying
from deliveries.model.window import TimeWindow
from deliveries.ports import PlanImprover, UnitOfWork, UnitOfWorkFactory
from deliveries.services.committing.offering import beneath, make_offer
from deliveries.services.committing.slots import (
    LEAD,
    Slot,
    ground_for,
    searched,
    slots_of,
    window_choice,
)
from deliveries.services.conversing.closing import closed_saying
from deliveries.services.conversing.subject import group_facts

# Later nobody waits for it any more.
SOUGHT_FOR = timedelta(minutes=5)
# An answer that takes longer comes after an outage, and a search costs seconds.
PUT_BACK_FOR = timedelta(minutes=1)
ADDED = 2


def seek_windows(unit_of_work: UnitOfWorkFactory, planner: PlanImprover, *, now: datetime) -> int:
    """Look for what was refused at once; return how many people are offered it after all.

    Opens its own transactions; the planner is asked between them. Of several workers one looks for
    each wish; what a crash interrupts is not looked for again, and nobody was promised that it
    would.

    Raises:
        UnavailableError: If the planner or the store cannot be reached.
        UnreadableError: If the planner answers what we cannot map.
    """
    offered = 0
    again: dict[str, Sequence[TimeWindow]] = {}
    while taken := _take(unit_of_work, now=now):
        offer_id, windows = taken
        slots = _look(unit_of_work, planner, offer_id, windows, now=now)[:ADDED]
        if slots and _is_writing(unit_of_work, offer_id):
            again[offer_id] = [slot.window for slot in slots]
        elif slots:
            offered += _offer(unit_of_work, offer_id, slots, now=now)
    _put_back(unit_of_work, again, now=now)
    return offered


def _take(
    unit_of_work: UnitOfWorkFactory, *, now: datetime
) -> tuple[str, Sequence[TimeWindow]] | None:
    """Take what is to be looked for next; nothing if there is none."""
    with unit_of_work() as work:
        sought = work.offers.take_sought(since=now - SOUGHT_FOR, limit=1)
        work.commit()
    return next(iter(sought.items()), None)


def _look(
    unit_of_work: UnitOfWorkFactory,
    planner: PlanImprover,
    offer_id: str,
    windows: Sequence[TimeWindow],
    *,
    now: datetime,
) -> Sequence[Slot]:
    with unit_of_work(read_only=True) as work:
        if _awaited(work, offer_id, now=now) is None:
            return ()
        deliveries = work.deliveries.many(work.offers.get(offer_id).delivery_ids)
        soon_enough = [each for each in windows if each.start >= now + LEAD]
        ground = ground_for(work, deliveries, soon_enough)
    return searched(planner, ground, now=now)


def _is_writing(unit_of_work: UnitOfWorkFactory, offer_id: str) -> bool:
    """Return whether a message of theirs waits for its answer: it may be a choice."""
    with unit_of_work(read_only=True) as work:
        return bool(work.inbound.unworked(work.offers.get(offer_id).conversation_id))


def _put_back(
    unit_of_work: UnitOfWorkFactory,
    again: Mapping[str, Sequence[TimeWindow]],
    *,
    now: datetime,
) -> None:
    """Have the windows looked for once more with the next tick, unless answering takes too long."""
    with unit_of_work() as work:
        for offer_id, windows in again.items():
            offer = work.offers.get(offer_id)
            if now < offer.created_at + PUT_BACK_FOR:
                offer.sought = tuple(windows)
        work.commit()


def _offer(
    unit_of_work: UnitOfWorkFactory, offer_id: str, slots: Sequence[Slot], *, now: datetime
) -> bool:
    """Add the windows to those on offer, and say so; not if the person has gone on meanwhile."""
    with unit_of_work() as work:
        conversation = _awaited(work, offer_id, now=now)
        if conversation is None or conversation.last_contact_id is None:
            return False
        former = work.offers.get(offer_id)
        deliveries = work.deliveries.many(former.delivery_ids)
        if closed_saying(work, deliveries, OptionKind.WINDOW, now=now) is not None:
            return False
        choices = [window_choice(slot, deliveries) for slot in (*slots_of(former), *slots)]
        offer = make_offer(work, conversation, deliveries, choices, now=now)
        if len(offer.options) <= len(former.options):
            return False
        told = beneath(
            work, Saying("window_found", group_facts(work, deliveries)), offer, deliveries
        )
        _say(work, offer, conversation.last_contact_id, told, now=now)
        work.commit()
    return True


def _say(work: UnitOfWork, offer: Offer, contact_id: str, told: Saying, *, now: datetime) -> None:
    work.outbox.add_once(
        OutboxMessage(
            id=new_id("m"),
            conversation_id=offer.conversation_id,
            contact_id=contact_id,
            purpose=Purpose.CONFIRMATION,
            sayings=(told,),
            created_at=now,
            not_before=now,
            expires_at=offer.expires_at,
            delivery_id=offer.delivery_ids[0],
            dedupe_key=f"found:{offer.id}",
        )
    )


def _awaited(work: UnitOfWork, offer_id: str, *, now: datetime) -> Conversation | None:
    """Return the talk in which an offer of windows is still the last word."""
    offer = work.offers.get(offer_id)
    conversation = work.conversations.get(offer.conversation_id)
    is_last = conversation.last_offer_id == offer_id and offer.closed_at is None
    is_over = now >= offer.expires_at or not conversation.is_with_bot
    is_ours = all(option.kind is OptionKind.WINDOW for option in offer.options)
    return conversation if is_last and is_ours and not is_over else None
