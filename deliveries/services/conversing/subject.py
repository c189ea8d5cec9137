"""Which deliveries a wish is about: the only one, the one named, the last one talked of, or ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from deliveries.model.conversation import Conversation, Draft
from deliveries.model.delivery import Delivery
from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork
from deliveries.replies import Meaning, read_reply, speaks_of_two
from deliveries.services.committing.offering import Choice, make_offer
from deliveries.services.conversing.describing import inline
from deliveries.services.conversing.turns import Heard

# About the person or their door, whatever parcels there are.
OF_ALL = frozenset(
    {"access_instructions", "door_needs", "hold_deliveries", "set_standing_preference"}
)
OF_ALL_TO_COME = frozenset({"hold_deliveries", "set_standing_preference"})


@dataclass(frozen=True)
class Subject:
    """The deliveries a wish is about, or the question that finds out."""

    delivery_ids: tuple[str, ...] = ()
    question: tuple[Saying, ...] = ()


def known_subject(
    work: UnitOfWork, conversation: Conversation, heard: Heard, goal: str
) -> tuple[str, ...]:
    """Return the deliveries meant, none where it is open; only reads."""
    deliveries = work.deliveries.open_of_person(conversation.person_id)
    return _known(deliveries, conversation, heard, goal)


def find_subject(
    work: UnitOfWork,
    conversation: Conversation,
    heard: Heard,
    goal: str,
    *,
    now: datetime,
    gathered: Mapping[str, Fact] | None = None,
) -> Subject:
    """Return the deliveries meant; where it is open, ask, and keep the wish in the draft."""
    deliveries = work.deliveries.open_of_person(conversation.person_id)
    if not deliveries and goal in OF_ALL_TO_COME:
        return Subject()
    if not deliveries:
        return Subject(question=(_nothing(work, conversation),))
    known = _known(deliveries, conversation, heard, goal)
    if known:
        return Subject(known)
    conversation.draft = Draft(
        goal=goal, asked="delivery", gathered=gathered or {}, wishes=(wish_fact(heard),)
    )
    return Subject(question=(_ask_which(work, conversation, deliveries, now=now),))


def parcel_facts(work: UnitOfWork, delivery: Delivery) -> dict[str, Fact]:
    """Return the facts by which every message names a delivery: its shipper and its parcel."""
    return {
        "shipper": work.shippers.get(delivery.shipper_id).name,
        "parcel": parcel_name(delivery),
    }


def group_facts(work: UnitOfWork, deliveries: Sequence[Delivery]) -> dict[str, Fact]:
    """Return the facts that name the shippers, and the parcel or how many there are."""
    names = sorted({work.shippers.get(each.shipper_id).name for each in deliveries})
    shipper: Fact = names[0] if len(names) == 1 else list[Fact](names)
    if len(deliveries) == 1:
        return {"shipper": shipper, "parcel": parcel_name(deliveries[0])}
    count = sum(len(each.parcels) for each in deliveries)
    return {"shipper": shipper, "parcel": inline(Saying("parcels_counted", {"count": count}))}


def parcel_name(delivery: Delivery) -> str:
    """Return how a parcel is called in messages: what is in it, else the end of its number."""
    first = delivery.parcels[0]
    return first.description or first.tracking_number[-6:]


def _known(
    deliveries: Sequence[Delivery], conversation: Conversation, heard: Heard, goal: str
) -> tuple[str, ...]:
    named = _named(deliveries, heard)
    if named and not (len(named) > 1 and _speaks_of_each(heard)):
        return tuple(delivery.id for delivery in named)
    if len(deliveries) == 1 or goal in OF_ALL:
        return tuple(delivery.id for delivery in deliveries)
    return tuple(each.id for each in deliveries if each.id in conversation.focus)


def _named(deliveries: Sequence[Delivery], heard: Heard) -> list[Delivery]:
    if any(means_all(value) for value in heard.values("which_parcel")):
        return list(deliveries)
    numbers = {value.upper() for value in heard.values("tracking_number")}
    words = [value.lower() for value in heard.values("which_parcel")]
    return [
        delivery
        for delivery in deliveries
        for parcel in delivery.parcels
        if parcel.tracking_number.upper() in numbers
        or (parcel.description and any(parcel.description.lower() in word for word in words))
    ]


def _speaks_of_each(heard: Heard) -> bool:
    """Say whether several parcels are named for different ends: "friday for the shoes and …"."""
    names = heard.values("which_parcel")
    return len(names) > 1 and bool(heard.also) and speaks_of_two(heard.text)


def means_all(text: str) -> bool:
    """Say whether words mean every parcel: "both", "alle", "los dos"."""
    reply = read_reply(text)
    return reply is not None and reply.meanings == {Meaning.EVERY} and not reply.is_negated


def wish_fact(heard: Heard) -> dict[str, Fact]:
    """Return the wish in the form that waits in a draft."""
    return {
        "text": heard.text,
        "intent": heard.intent,
        "also": list(heard.also),
        "entities": [{"kind": each.kind, "value": each.value} for each in heard.entities],
    }


def _ask_which(
    work: UnitOfWork,
    conversation: Conversation,
    deliveries: Sequence[Delivery],
    *,
    now: datetime,
) -> Saying:
    choices = [
        Choice(
            OptionKind.DELIVERIES,
            Saying("option_delivery", parcel_facts(work, delivery)),
            {"delivery_ids": [delivery.id]},
            words=(parcel_name(delivery).lower(),),
        )
        for delivery in deliveries
    ]
    everything = Choice(
        OptionKind.DELIVERIES,
        Saying("option_all_deliveries", {"count": len(deliveries)}),
        {"delivery_ids": [delivery.id for delivery in deliveries]},
    )
    offer = make_offer(work, conversation, deliveries, [*choices, everything], now=now)
    return Saying("ask_which_delivery", {"count": len(deliveries)}, offer.id)


def _nothing(work: UnitOfWork, conversation: Conversation) -> Saying:
    """Say why there is nothing to talk about: the last one has ended, or we know of none."""
    latest = work.deliveries.latest_of_person(conversation.person_id, limit=1)
    if latest:
        return Saying(f"ended_{latest[0].status.value}", parcel_facts(work, latest[0]))
    return Saying("no_delivery_known")
