"""Somebody who wants no more messages about one parcel, and still hears of the others.

It is read before the goal that the language understanding heard, to which this and "no more
messages at all" sound alike.
"""

from collections.abc import Sequence
from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.subject import group_facts, known_subject
from deliveries.services.conversing.turns import Answer, Desk, Heard, settle, understood
from deliveries.services.messages.consent import opt_out, stop_notices
from deliveries.services.messages.quiet_words import is_about_one_parcel

GOAL = "stop_messages"


def answer_parcel_opt_out(desk: Desk, heard: Heard, *, now: datetime) -> Answer | None:
    """Stop notices about the parcel in question, if that is what a turn wants.

    Where it is open which one is meant, it is all that are on their way: one message too few can
    be asked for, one too many cannot be taken back. Somebody without any hears from us no more.
    """
    if heard.option_id is not None or not is_about_one_parcel(heard.text):
        return None
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        deliveries = _meant(work, conversation, heard)
        understood(conversation, None)
        if not deliveries:
            opt_out(work, heard.contact_id, now=now)
            return settle(work, heard, [], now=now)
        stop_notices(work, conversation, deliveries, now=now)
        conversation.focus = tuple(each.id for each in deliveries)
        saying = Saying("parcel_opt_out_done", group_facts(work, deliveries))
        return settle(work, heard, [saying], now=now)


def _meant(work: UnitOfWork, conversation: Conversation, heard: Heard) -> Sequence[Delivery]:
    """Return the deliveries a turn is about; once all have ended, the last of them."""
    known = known_subject(work, conversation, heard, GOAL)
    if known:
        return work.deliveries.many(known)
    on_their_way = work.deliveries.open_of_person(conversation.person_id)
    return on_their_way or work.deliveries.latest_of_person(conversation.person_id, limit=1)
