"""Two contacts on one delivery that choose differently within a minute end in one outcome.

The rule, once: the choice that was kept first stands. Whoever comes within a minute of it over
another contact, wanting something else, is told what was just chosen and has to say again that it
shall be replaced; if they do, the first hears of it like of every change. Of two choices at the
same instant the store keeps one; the other is tried again and finds it.
"""

from datetime import datetime, timedelta

from deliveries.model.conversation import Draft
from deliveries.model.history import HistoryEntry
from deliveries.model.preference import Preference
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.describing import choice_saying, inline
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.conversing.turns import Answer, settle
from deliveries.services.identity.stepping_up import Waiting

WITHIN = timedelta(minutes=1)
OVER = "over"


def rival_choice(work: UnitOfWork, chosen: Waiting, *, now: datetime) -> Preference | None:
    """Return another contact's choice of the last minute that this one would undo unknowingly.

    Whoever chooses for the same deliveries at this instant waits until this choice is kept.
    """
    work.deliveries.lock(chosen.offer.delivery_ids)
    conversation, option, heard = chosen.conversation, chosen.option, chosen.heard
    told = conversation.draft.gathered.get(OVER) if conversation.draft else None
    for delivery_id in chosen.offer.delivery_ids:
        live = work.preferences.live_of(delivery_id)
        if (
            live is not None
            and live.id != told
            and live.contact_id not in (None, heard.contact_id)
            and now - live.chosen_at < WITHIN
            and (live.kind, dict(live.details)) != (option.kind, dict(option.details))
        ):
            return live
    return None


def ask_whether_to_replace(
    work: UnitOfWork, chosen: Waiting, rival: Preference, *, now: datetime
) -> Answer:
    """Say what was just chosen; choosing again from the same menu replaces it."""
    conversation, offer = chosen.conversation, chosen.offer
    delivery = work.deliveries.get(rival.delivery_id)
    what = choice_saying(rival.kind, rival.details, day=delivery.date, zone=delivery.zone)
    draft = conversation.draft or Draft("reschedule", offer.delivery_ids)
    conversation.draft = draft.with_gathered(**{OVER: rival.id})
    conversation.misunderstandings = 0
    work.history.add(
        HistoryEntry(
            "choices_met",
            now,
            "system",
            delivery_id=delivery.id,
            conversation_id=conversation.id,
            facts={"version": rival.version},
        )
    )
    facts = parcel_facts(work, delivery) | {"what": inline(what)}
    return settle(work, chosen.heard, [Saying("chosen_by_another", facts, offer.id)], now=now)
