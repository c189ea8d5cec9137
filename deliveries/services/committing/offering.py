"""Offers: what is shown to choose from, and the capacity kept while a person decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.ids import new_id
from deliveries.model.offer import IN_MENUS_ONLY, Hold, HoldState, Offer, Option, OptionKind
from deliveries.model.saying import Fact, Saying, moment_fact
from deliveries.ports import UnitOfWork
from deliveries.services.committing.prices import price_facts, priced_label
from deliveries.services.committing.rules import HOLD_FOR, cutoff_at
from deliveries.services.committing.tries import silence


@dataclass(frozen=True)
class Choice:
    """An option before it is offered.

    Attributes:
        resource: What must be held for it, if it takes something that can run out.
        quantity: How much of the resource.
        opens: What an entry of a menu leads to; it closes with it.
    """

    kind: OptionKind
    label: Saying
    details: Mapping[str, Fact] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    resource: str | None = None
    quantity: int = 1
    opens: OptionKind | None = None


def make_offer(
    work: UnitOfWork,
    conversation: Conversation,
    deliveries: Sequence[Delivery],
    choices: Sequence[Choice],
    *,
    now: datetime,
) -> Offer:
    """Hold what the choices take and offer those that could be held; the former offer closes.

    Choices whose capacity is gone are left out, so the offer may hold fewer options than asked for,
    or none.
    """
    close_offer(work, conversation.last_offer_id, now=now)
    offer_id = new_id("o")
    options: list[Option] = []
    for choice in choices:
        held, hold_id = _hold(work, choice, offer_id, now=now)
        if held:
            option_id = f"{offer_id}.{len(options) + 1}"
            options.append(_option(work, choice, option_id, hold_id, deliveries))
    offer = Offer(
        id=offer_id,
        conversation_id=conversation.id,
        delivery_ids=tuple(delivery.id for delivery in deliveries),
        options=tuple(options),
        created_at=now,
        expires_at=now + HOLD_FOR,
    )
    work.offers.add(offer)
    conversation.last_offer_id = offer.id
    return offer


def _option(
    work: UnitOfWork,
    choice: Choice,
    id_: str,
    hold_id: str | None,
    deliveries: Sequence[Delivery],
) -> Option:
    price = price_facts(work, choice.kind, deliveries)
    return Option(
        id=id_,
        kind=choice.kind,
        label=priced_label(choice.label, price),
        details={**choice.details, **price},
        words=choice.words,
        cutoff_at=_cutoff(work, choice.opens or choice.kind, deliveries),
        hold_id=hold_id,
    )


def beneath(
    work: UnitOfWork, saying: Saying, offer: Offer, deliveries: Sequence[Delivery]
) -> Saying:
    """Return the saying that shows an offer: with until when, and what silence means.

    What is said is the earliest cutoff, so that all of the options are open until then.
    """
    if not offer.options:
        return saying
    first = deliveries[0]
    until = min((each.cutoff_at for each in offer.options if each.cutoff_at), default=None)
    facts: dict[str, Fact] = dict(saying.facts)
    if until is not None:
        facts["open_until"] = moment_fact(until, first.zone)
        facts["silence"] = silence(work, deliveries)
    return Saying(saying.name, facts, offer.id)


def close_offer(
    work: UnitOfWork, offer_id: str | None, *, now: datetime, keep: str | None = None
) -> None:
    """Close an offer and give back what it holds, except the hold that was chosen."""
    offer = work.offers.find(offer_id) if offer_id else None
    if offer is None or offer.closed_at is not None:
        return
    offer.closed_at = now
    for hold in work.holds.of_offer(offer.id):
        if hold.id != keep and hold.state is HoldState.HELD:
            work.holds.release(hold.id)


def _hold(
    work: UnitOfWork, choice: Choice, offer_id: str, *, now: datetime
) -> tuple[bool, str | None]:
    """Take capacity where there is a limit; say whether it worked, and the hold's id."""
    if choice.resource is None or work.holds.room(choice.resource) is None:
        return True, None
    hold = Hold(
        id=new_id("h"),
        resource=choice.resource,
        quantity=choice.quantity,
        offer_id=offer_id,
        expires_at=now + HOLD_FOR,
    )
    return (True, hold.id) if work.holds.take(hold) else (False, None)


def _cutoff(work: UnitOfWork, kind: OptionKind, deliveries: Sequence[Delivery]) -> datetime | None:
    """Return the earliest cutoff of the option over the deliveries, if it has one."""
    if kind in IN_MENUS_ONLY:
        return None
    cutoffs = [cutoff_at(each, kind, work.shippers.get(each.shipper_id)) for each in deliveries]
    return min(cutoffs, default=None)
