"""Taking back: what is being chosen, else the last choice, through the planner again."""

from collections.abc import Sequence
from datetime import datetime

from deliveries.errors import WindowUnavailableError
from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.committing.holding import take_again
from deliveries.services.committing.offering import close_offer
from deliveries.services.committing.preferring import Wanted, prefer
from deliveries.services.conversing.closing import too_late_saying, with_menu
from deliveries.services.conversing.goals import GOALS, pursue
from deliveries.services.conversing.helping import menu_saying
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.conversing.turns import Answer, Desk, Heard, settle, understood
from deliveries.services.identity.stepping_up import drop_code
from deliveries.services.neighbours.consent import BECAUSE
from deliveries.services.wishes.absences import end_hold


def undo(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Drop the choice that is under way; with none, restore what held before the last choice.

    A choice that was made for several parcels at once is taken back for all of them. "Make it the
    neighbour instead" takes back and wishes in one: the wish is what counts.

    Raises:
        UnavailableError: If the planner cannot be reached for the wish.
    """
    instead = next((also for also in heard.also if also in GOALS), None)
    if instead is not None:
        return pursue(desk, heard, instead, now=now)
    try:
        return _undo(desk, heard, now=now)
    except WindowUnavailableError:
        with desk.unit_of_work() as work:
            conversation = work.conversations.get(heard.conversation_id)
            return _menu(work, conversation, heard, "undo_full", now=now)


def _undo(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        if conversation.draft is not None:
            return _drop(work, conversation, heard, now=now)
        last = _last_choices(work, conversation)
        if not last:
            return _menu(work, conversation, heard, "nothing_to_undo", now=now)
        if any(preference.kind is OptionKind.AWAY for _, preference in last):
            understood(conversation, None)
            return settle(work, heard, end_hold(work, conversation, now=now), now=now)
        for delivery, preference in last:
            late = too_late_saying(work, [delivery], _kind(preference), now=now)
            if late is not None:
                shown = with_menu(work, conversation, [delivery], late, now=now)
                return settle(work, heard, [shown], now=now)
        _restore(work, last, heard, now=now)
        understood(conversation, None)
        conversation.focus = tuple(delivery.id for delivery, _ in last)
        facts = parcel_facts(work, last[0][0])
        return settle(work, heard, [Saying("undo_noted", facts)], now=now)


def _restore(
    work: UnitOfWork,
    last: Sequence[tuple[Delivery, Preference]],
    heard: Heard,
    *,
    now: datetime,
) -> None:
    """Have what held before put to the planner, with the capacity that it takes.

    Raises:
        WindowUnavailableError: If somebody else has taken that meanwhile: do not commit.
    """
    for delivery, preference in last:
        hold_id = take_again(work, delivery, preference, now=now)
        wanted = Wanted(OptionKind.RESTORE, preference.before, hold_id)
        prefer(work, delivery, wanted, heard, now=now)


def _kind(preference: Preference) -> OptionKind:
    """Return the kind whose cutoff holds: what was restored before closes like a window."""
    return OptionKind.WINDOW if preference.kind is OptionKind.RESTORE else preference.kind


def _menu(
    work: UnitOfWork, conversation: Conversation, heard: Heard, name: str, *, now: datetime
) -> Answer:
    saying = menu_saying(work, conversation, name, now=now)
    understood(conversation, None)
    return settle(work, heard, [saying], now=now)


def _drop(work: UnitOfWork, conversation: Conversation, heard: Heard, *, now: datetime) -> Answer:
    close_offer(work, conversation.last_offer_id, now=now)
    drop_code(work, conversation, now=now)
    understood(conversation, None)
    return settle(work, heard, [Saying("choice_dropped")], now=now)


def _last_choices(
    work: UnitOfWork, conversation: Conversation
) -> list[tuple[Delivery, Preference]]:
    """Return the newest choice that still stands, of each of the parcels it was made for.

    What was put back because a neighbour did not take it is nobody's choice: there is no way back.
    """
    live = [
        (delivery, preference)
        for delivery in work.deliveries.open_of_person(conversation.person_id)
        if (preference := work.preferences.live_of(delivery.id)) is not None
        and BECAUSE not in preference.details
    ]
    newest = max((preference.chosen_at for _, preference in live), default=None)
    return [pair for pair in live if pair[1].chosen_at == newest]
