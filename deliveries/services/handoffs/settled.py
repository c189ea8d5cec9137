"""What was settled while an agent had a chat, for the assistant to go on with."""

from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.preference import LIVE_PREFERENCES, PreferenceState
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.describing import choice_saying, inline

_LOOKED_AT = 5


def told_on_return(
    work: UnitOfWork, conversation: Conversation, *, since: datetime
) -> tuple[Saying, ...]:
    """Return what the person is told when the assistant is back, with what was arranged.

    The deliveries that were changed are what the talk is about from then on.

    Args:
        work: The caller's unit of work.
        conversation: Theirs.
        since: When the agent took the chat.
    """
    arranged: list[Fact] = []
    changed: list[str] = []
    is_waiting = has_claim = False
    for delivery in work.deliveries.latest_of_person(conversation.person_id, limit=_LOOKED_AT):
        choice = work.preferences.latest_of(delivery.id)
        if choice and choice.chosen_at >= since and choice.state in LIVE_PREFERENCES:
            named = choice_saying(
                choice.kind, choice.details, day=delivery.date, zone=delivery.zone
            )
            arranged.append(inline(named))
            changed.append(delivery.id)
            is_waiting = is_waiting or choice.state is PreferenceState.PENDING
        has_claim = has_claim or any(
            entry.kind == "claim_opened" and entry.at >= since
            for entry in work.history.of_delivery(delivery.id)
        )
    claim = (Saying("handed_back_claim"),) if has_claim else ()
    if not arranged:
        return (*claim, Saying("handed_back"))
    conversation.focus = tuple(changed)
    name = "handed_back_waiting" if is_waiting else "handed_back_arranged"
    return (*claim, Saying(name, {"what": arranged}))
