"""Taking back: what is being chosen, else the last choice, through the planner again."""

from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.absences import end_hold
from deliveries.services.closing import closed_saying
from deliveries.services.helping import menu_saying
from deliveries.services.neighbour_consent import BECAUSE
from deliveries.services.offering import close_offer
from deliveries.services.preferring import Wanted, prefer
from deliveries.services.stepping_up import drop_code
from deliveries.services.subject import parcel_facts
from deliveries.services.turns import Answer, Desk, Heard, settle, understood


def undo(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Drop the choice that is under way; with none, restore what held before the last choice."""
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        if conversation.draft is not None:
            return _drop(work, conversation, heard, now=now)
        last = _last_choice(work, conversation)
        if last is None:
            saying = menu_saying(work, conversation, "nothing_to_undo", now=now)
            understood(conversation, None)
            return settle(work, heard, [saying], now=now)
        delivery, preference = last
        if preference.kind is OptionKind.AWAY:
            understood(conversation, None)
            return settle(work, heard, end_hold(work, conversation, now=now), now=now)
        kind = OptionKind.WINDOW if preference.kind is OptionKind.RESTORE else preference.kind
        closed = closed_saying(work, [delivery], kind, now=now)
        if closed is not None:
            return settle(work, heard, [closed], now=now)
        prefer(work, delivery, Wanted(OptionKind.RESTORE, preference.before), heard, now=now)
        understood(conversation, None)
        facts = parcel_facts(work, delivery)
        return settle(work, heard, [Saying("undo_noted", facts)], now=now)


def _drop(work: UnitOfWork, conversation: Conversation, heard: Heard, *, now: datetime) -> Answer:
    close_offer(work, conversation.last_offer_id, now=now)
    drop_code(work, conversation, now=now)
    understood(conversation, None)
    return settle(work, heard, [Saying("choice_dropped")], now=now)


def _last_choice(
    work: UnitOfWork, conversation: Conversation
) -> tuple[Delivery, Preference] | None:
    """Return the newest choice that still stands of the person's open deliveries.

    What was put back because a neighbour did not take it is nobody's choice: there is no way back.
    """
    standing = [
        (delivery, preference)
        for delivery in work.deliveries.open_of_person(conversation.person_id)
        if (preference := work.preferences.live_of(delivery.id)) is not None
        and BECAUSE not in preference.details
    ]
    return max(standing, key=lambda pair: pair[1].chosen_at, default=None)
