"""What somebody writes who was asked to take a neighbour's parcel in.

The question is an open challenge: it comes before menus and before what else they may want, except
where they are about their own parcels.
"""

from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.handover import LIVE_REQUESTS, NeighbourRequest, NeighbourState
from deliveries.model.offer import OptionKind
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.turns import Answer, Desk, Heard, settle
from deliveries.services.neighbours.consent import question, standing_choices, take_answer

MEANING = {"affirm": True, "deny": False, "refuse_delivery": False}
# What works at any time, whatever was asked.
ANYWAY = frozenset(
    {
        "talk_to_human",
        "stop_messages",
        "start_messages",
        "wrong_person",
        "switch_language",
        "complain",
    }
)


def answer_as_neighbour(desk: Desk, heard: Heard, *, now: datetime) -> Answer | None:
    """Answer a turn that is about a neighbour's parcel; none if it is about something else."""
    with desk.unit_of_work(read_only=True) as work:
        if not _is_about_it(work, heard):
            return None
    with desk.unit_of_work() as work:
        request, takes = _tapped(work, heard)
        if request is None:
            request = _asked(work, heard)
            takes = MEANING.get(heard.intent)
        if request is None:
            return None
        conversation = work.conversations.get(heard.conversation_id)
        conversation.misunderstandings = 0
        if takes is None:
            return _ask_again(work, request, heard, now=now)
        saying = take_answer(work, request, takes=takes, now=now)
        return settle(work, heard, [saying], now=now)


def _is_about_it(work: UnitOfWork, heard: Heard) -> bool:
    if _tapped(work, heard)[0] is not None:
        return True
    request = _asked(work, heard)
    if request is None or heard.option_id is not None or heard.intent in ANYWAY:
        return False
    conversation = work.conversations.get(heard.conversation_id)
    is_yes_or_no = heard.intent in MEANING
    if request.state is NeighbourState.ACCEPTED:
        return is_yes_or_no and not _has_own_matter(work, conversation)
    if _has_own_matter(work, conversation):
        is_newest = conversation.last_offer_id == request.offer_id
        return heard.intent in ("affirm", "deny") and (is_newest or conversation.draft is None)
    return True


def _tapped(work: UnitOfWork, heard: Heard) -> tuple[NeighbourRequest | None, bool | None]:
    """Return the request that a digit or button answers, however old, and what it says."""
    offer = work.offers.find((heard.option_id or "").rsplit(".", 1)[0])
    option = offer.option(heard.option_id or "") if offer else None
    if offer is None or option is None or option.kind is not OptionKind.TAKE_IN:
        return None, None
    if offer.conversation_id != heard.conversation_id:
        return None, None
    request = work.neighbour_requests.find(str(option.details["request_id"]))
    return request, bool(option.details["takes"])


def _asked(work: UnitOfWork, heard: Heard) -> NeighbourRequest | None:
    """Return the newest question that is open for whoever wrote."""
    requests = work.neighbour_requests.of_contact(heard.contact_id)
    live = [each for each in requests if each.state in LIVE_REQUESTS]
    return live[-1] if live else None


def _has_own_matter(work: UnitOfWork, conversation: Conversation) -> bool:
    return bool(work.deliveries.open_of_person(conversation.person_id))


def _ask_again(
    work: UnitOfWork, request: NeighbourRequest, heard: Heard, *, now: datetime
) -> Answer:
    """Repeat the question, with who we are and that they may say no."""
    standing = standing_choices(work, request)
    if not standing:
        return settle(work, heard, [take_answer(work, request, takes=False, now=now)], now=now)
    return settle(work, heard, [question(work, request, standing[0][0], now=now)], now=now)
