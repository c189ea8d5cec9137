"""Pursuing a goal: find out which deliveries it is about, then let its own module go on."""

from collections.abc import Callable, Mapping
from datetime import datetime

from deliveries.model.saying import Fact
from deliveries.services.access import note_access
from deliveries.services.asking import pass_to_staff
from deliveries.services.authorising import authorise_collector
from deliveries.services.collecting import collect_from_pickup_point
from deliveries.services.extending import extend_collection
from deliveries.services.neighbours import leave_with_neighbour
from deliveries.services.redelivering import redeliver
from deliveries.services.refusing import refuse_delivery
from deliveries.services.rescheduling import reschedule
from deliveries.services.safe_places import leave_in_safe_place
from deliveries.services.subject import find_subject, known_subject
from deliveries.services.turns import Answer, Desk, Heard, Matter, settle

GOALS: Mapping[str, Callable[[Desk, Matter], Answer]] = {
    "reschedule": reschedule,
    "redeliver": redeliver,
    "leave_with_neighbour": leave_with_neighbour,
    "leave_in_safe_place": leave_in_safe_place,
    "collect_from_pickup_point": collect_from_pickup_point,
    "access_instructions": note_access,
    "refuse_delivery": refuse_delivery,
    "change_address": pass_to_staff,
    "hold_deliveries": pass_to_staff,
    "extend_collection": extend_collection,
    "set_standing_preference": pass_to_staff,
    "door_needs": pass_to_staff,
    "release_signature": pass_to_staff,
    "authorise_collector": authorise_collector,
}


PLACES = ("leave_with_neighbour", "leave_in_safe_place", "collect_from_pickup_point")


def pursue(
    desk: Desk,
    heard: Heard,
    goal: str,
    *,
    now: datetime,
    delivery_ids: tuple[str, ...] = (),
    gathered: Mapping[str, Fact] | None = None,
) -> Answer:
    """Go on with a goal, asking first which deliveries are meant where that is open.

    Args:
        desk: What answering needs.
        heard: The turn, or the earlier words it completes.
        goal: One of ``GOALS``.
        now: The day's time.
        delivery_ids: The deliveries, where they are known.
        gathered: What earlier turns told.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    goal = _first_to_settle(heard, goal)
    if not delivery_ids:
        with desk.unit_of_work(read_only=True) as work:
            conversation = work.conversations.get(heard.conversation_id)
            delivery_ids = known_subject(work, conversation, heard)
    if not delivery_ids:
        with desk.unit_of_work() as work:
            conversation = work.conversations.get(heard.conversation_id)
            subject = find_subject(work, conversation, heard, goal, now=now)
            if subject.question:
                conversation.misunderstandings = 0
                return settle(work, heard, subject.question, now=now)
            delivery_ids = subject.delivery_ids
    matter = Matter(heard, goal, delivery_ids, now, gathered or {})
    return GOALS[goal](desk, matter)


def _first_to_settle(heard: Heard, goal: str) -> str:
    """Of a place and a time in one text, settle the place first: the time waits beside it.

    "Can my neighbour take it, or else friday after 5?"
    """
    if goal != "reschedule":
        return goal
    return next((also for also in heard.also if also in PLACES), goal)
