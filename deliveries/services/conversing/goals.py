"""Pursuing a goal: find out which deliveries it is about, then let its own module go on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from deliveries.model.conversation import Draft
from deliveries.model.saying import Fact
from deliveries.replies import speaks_of_two
from deliveries.services.conversing.asking import where_is_it
from deliveries.services.conversing.second_wishes import remember, with_told
from deliveries.services.conversing.subject import find_subject, known_subject
from deliveries.services.conversing.tracking import track
from deliveries.services.conversing.turns import Answer, Desk, Heard, Matter, settle
from deliveries.services.identity.authorising import authorise_collector
from deliveries.services.neighbours.naming import leave_with_neighbour, tells_of_neighbour
from deliveries.services.pickup_points.collecting import collect_from_pickup_point
from deliveries.services.pickup_points.extending import extend_collection
from deliveries.services.wishes.absences import hold_deliveries
from deliveries.services.wishes.access import note_access
from deliveries.services.wishes.addresses import change_address
from deliveries.services.wishes.always import set_standing_preference
from deliveries.services.wishes.door_needs import note_door_needs
from deliveries.services.wishes.redelivering import redeliver
from deliveries.services.wishes.refusing import refuse_delivery
from deliveries.services.wishes.rescheduling import reschedule
from deliveries.services.wishes.safe_places import leave_in_safe_place
from deliveries.services.wishes.signatures import release_signature

GOALS: Mapping[str, Callable[[Desk, Matter], Answer]] = {
    "reschedule": reschedule,
    "redeliver": redeliver,
    "leave_with_neighbour": leave_with_neighbour,
    "leave_in_safe_place": leave_in_safe_place,
    "collect_from_pickup_point": collect_from_pickup_point,
    "access_instructions": note_access,
    "refuse_delivery": refuse_delivery,
    "change_address": change_address,
    "hold_deliveries": hold_deliveries,
    "extend_collection": extend_collection,
    "set_standing_preference": set_standing_preference,
    "door_needs": note_door_needs,
    "release_signature": release_signature,
    "authorise_collector": authorise_collector,
}


# Answers to our own question that sound like another wish: days away sound like a day to come,
# a house number like a neighbour's.
ANSWERS: Mapping[str, frozenset[str]] = {
    "away": frozenset({"reschedule", "hold_deliveries"}),
    "address": frozenset({"change_address", "leave_with_neighbour", "collect_from_pickup_point"}),
    "address_at_pin": frozenset({"change_address", "leave_with_neighbour", "access_instructions"}),
    "standing": frozenset(
        {"set_standing_preference", "leave_in_safe_place", "leave_with_neighbour"}
    ),
    "minutes": frozenset({"door_needs", "reschedule"}),
    "door": frozenset({"door_needs"}),
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
    goal, heard = _first_to_settle(heard, goal), _with_whereabouts(desk, heard, now=now)
    with desk.unit_of_work(read_only=True) as work:
        conversation = work.conversations.get(heard.conversation_id)
        draft = _answered(conversation.draft, goal) if gathered is None else None
        if draft is not None:
            goal, delivery_ids = draft.goal, draft.delivery_ids
            gathered = {**draft.gathered, "asked": draft.asked}
        delivery_ids = delivery_ids or known_subject(work, conversation, heard, goal)
    if not delivery_ids:
        with desk.unit_of_work() as work:
            conversation = work.conversations.get(heard.conversation_id)
            subject = find_subject(work, conversation, heard, goal, now=now, gathered=gathered)
            if subject.question:
                conversation.misunderstandings = 0
                return settle(work, heard, subject.question, now=now)
            delivery_ids = subject.delivery_ids
    matter = remember(Matter(heard, goal, delivery_ids, now, gathered or {}), tuple(GOALS))
    return GOALS[goal](desk, matter)


def tell_where(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Say where the parcels are, and see to a wish of the same text.

    Raises:
        UnavailableError: If the planner cannot be reached for the wish.
    """
    wish = next((also for also in heard.also if also in GOALS), None)
    if wish is None or not speaks_of_two(heard.text):
        return where_is_it(desk, heard, now=now)
    return pursue(desk, replace(heard, also=(*heard.also, "track_parcel")), wish, now=now)


def _with_whereabouts(desk: Desk, heard: Heard, *, now: datetime) -> Heard:
    """Say first where the parcels are, if that was asked in the same text."""
    if "track_parcel" not in heard.also or not speaks_of_two(heard.text):
        return heard
    with desk.unit_of_work(read_only=True) as work:
        told = track(work, work.conversations.get(heard.conversation_id), now=now)
    return with_told(heard, told)


def _first_to_settle(heard: Heard, goal: str) -> str:
    """Of a place and a time in one text, settle the place first: the time waits beside it.

    "Can my neighbour take it, or else friday after 5?" And a neighbour who is always in takes one
    parcel, not every parcel.
    """
    if goal == "set_standing_preference" and tells_of_neighbour(heard):
        return "leave_with_neighbour"
    if goal != "reschedule":
        return goal
    return next((also for also in heard.also if also in PLACES), goal)


def _answered(draft: Draft | None, goal: str) -> Draft | None:
    """Return the choice under way if the turn answers its question, whatever it sounds like."""
    if draft is None or draft.asked is None:
        return None
    return draft if goal in ANSWERS.get(draft.asked, frozenset()) else None
