"""Two wishes in one text: the second is kept while the first is settled, and then offered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from deliveries.model.conversation import Conversation, Draft
from deliveries.model.delivery import Delivery
from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork
from deliveries.replies import speaks_of_two
from deliveries.services.committing.offering import Choice, make_offer
from deliveries.services.conversing.describing import inline
from deliveries.services.conversing.subject import wish_fact
from deliveries.services.conversing.turns import Heard, Matter

SECOND = "second"
NAMED_WISHES = {"access_code": "access_instructions", "place": "leave_in_safe_place"}
"""What is named tells of a wish, even where another one outweighs it."""
EXCLUSIVE = frozenset(
    {
        "reschedule",
        "redeliver",
        "leave_with_neighbour",
        "leave_in_safe_place",
        "collect_from_pickup_point",
        "refuse_delivery",
        "change_address",
    }
)
"""Of these only one can hold: a second one in the same text stands for "or else"."""


def second_of(heard: Heard, goal: str, goals: Sequence[str]) -> Mapping[str, Fact] | None:
    """Return the second wish of a text as it waits in a draft, if it has one."""
    if not speaks_of_two(heard.text):
        return None
    named = [wish for kind, wish in NAMED_WISHES.items() if heard.first(kind)]
    others = [each for each in (*heard.also, *named) if each in goals and each != goal]
    other = next(iter(others), None)
    return {**wish_fact(heard), "goal": other, "first": goal} if other else None


def remember(matter: Matter, goals: Sequence[str]) -> Matter:
    """Keep the second wish of a text beside the first, until that one is settled.

    What was the second itself, or has one already, gets no other.
    """
    if SECOND in matter.gathered:
        return matter
    second = second_of(matter.heard, matter.goal, goals)
    return matter.with_gathered(**{SECOND: second}) if second else matter


def second_kept(conversation: Conversation) -> dict[str, Fact]:
    """Return the second wish alone, for a draft that asks something else meanwhile."""
    draft = conversation.draft
    wish = draft.gathered.get(SECOND) if draft else None
    return {SECOND: wish} if wish else {}


def offer_second(
    work: UnitOfWork,
    conversation: Conversation,
    gathered: Mapping[str, Fact],
    deliveries: Sequence[Delivery],
    *,
    settled: bool,
    now: datetime,
) -> tuple[Saying, ...]:
    """Offer the wish that waited, if it still makes sense; its draft is left open.

    Args:
        work: The caller's unit of work.
        conversation: The person's.
        gathered: What the draft of the first wish knew.
        deliveries: What it was about.
        settled: The first wish came true; if it was dropped, an alternative to it is still wanted.
        now: The day's time.
    """
    wish = gathered.get(SECOND)
    if not isinstance(wish, Mapping):
        return ()
    goal = str(wish["goal"])
    if settled and goal in EXCLUSIVE and wish.get("first") in EXCLUSIVE:
        return ()
    name = inline(Saying(f"wish_{goal}"))
    choices = [
        Choice(OptionKind.GOAL, Saying("option_second_wish"), {"goal": goal}),
        Choice(OptionKind.DISMISS, Saying("option_no_thanks")),
    ]
    offer = make_offer(work, conversation, deliveries, choices, now=now)
    ids = tuple(delivery.id for delivery in deliveries)
    conversation.draft = Draft(goal, ids, asked="confirm", wishes=(wish,))
    return (Saying("second_wish", {"wish": name}, offer.id),)


def with_told(heard: Heard, sayings: Sequence[Saying]) -> Heard:
    """Return the turn with the whereabouts said first; they are not heard a second time."""
    also = tuple(each for each in heard.also if each != "track_parcel")
    return replace(heard, told=(*heard.told, *sayings), also=also)
