"""Half a sentence that only makes sense after our last question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deliveries.model.conversation import Conversation, Draft
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.saying import Fact, Saying
from deliveries.model.window import TimeWindow
from deliveries.ports import UnitOfWork
from deliveries.services.asking import not_understood
from deliveries.services.choosing import choose
from deliveries.services.goals import pursue
from deliveries.services.subject import ALL_OF_THEM
from deliveries.services.turns import Answer, Desk, Heard, settle, wished_windows
from deliveries.services.whereabouts import find_place
from deliveries.windows import WishedWindow

ORDINALS = {
    "first": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "1st": 0,
    "2nd": 1,
    "3rd": 2,
    "4th": 3,
    "last": -1,
}
WORTH_MATCHING = 4
WORDS_OF_A_PLACE = 8
OPEN_QUESTIONS = {
    "neighbour",
    "neighbour_phone",
    "near_place",
    "collector",
    "place",
    "access",
    "window",
    "point",
    "address",
    "address_at_pin",
    "away",
    "door",
    "minutes",
    "standing",
}
# Questions whose first option is a yes; beside the second, a phone number may be told.
CONFIRMED = {"confirm", "neighbour_phone"}


def go_on(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Take a turn as the answer to what we asked last; without a question, as a time or nothing.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        draft = conversation.draft
        windows = _windows(work, conversation, heard, now=now)
        offer = _open_offer(work, conversation)
        option = _meant(offer, draft, heard, windows) if offer else None
        if option is None and offer is not None and _is_word_of_consent(heard):
            return _ask_again(work, conversation, offer, heard, now=now)
    if option is not None:
        return choose(desk, replace(heard, option_id=option.id), now=now)
    if draft is not None and draft.asked in OPEN_QUESTIONS and not _is_word_of_consent(heard):
        gathered = {**draft.gathered, "asked": draft.asked}
        return pursue(
            desk, heard, draft.goal, now=now, delivery_ids=draft.delivery_ids, gathered=gathered
        )
    return _out_of_the_blue(desk, heard, draft, windows, now=now)


def _out_of_the_blue(
    desk: Desk,
    heard: Heard,
    draft: Draft | None,
    windows: Sequence[WishedWindow],
    *,
    now: datetime,
) -> Answer:
    """Take what answers no question: a place to look around, a time, a spot, or nothing."""
    ids = draft.delivery_ids if draft else ()
    if heard.location is not None:
        lat, lon = heard.location
        near: dict[str, Fact] = {"lat": lat, "lon": lon}
        return pursue(
            desk, heard, "collect_from_pickup_point", now=now, delivery_ids=ids, gathered=near
        )
    if windows:
        return pursue(desk, heard, "reschedule", now=now, delivery_ids=ids)
    if heard.first("place"):
        return pursue(desk, heard, "leave_in_safe_place", now=now, delivery_ids=ids)
    return not_understood(desk, heard, now=now)


def answers_a_question(desk: Desk, heard: Heard) -> bool:
    """Say whether we asked for something that any words could answer."""
    with desk.unit_of_work(read_only=True) as work:
        draft = work.conversations.get(heard.conversation_id).draft
    return draft is not None and draft.asked in OPEN_QUESTIONS


def answer_with_place(desk: Desk, heard: Heard, *, now: datetime) -> Answer | None:
    """Take the name of a street for the answer to where they are near, however it was understood.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    if heard.option_id is not None or len(heard.text.split()) > WORDS_OF_A_PLACE:
        return None
    with desk.unit_of_work(read_only=True) as work:
        conversation = work.conversations.find(heard.conversation_id)
        draft = conversation.draft if conversation else None
        if draft is None or draft.asked != "near_place" or not draft.delivery_ids:
            return None
        if find_place(work, work.deliveries.get(draft.delivery_ids[0]), heard.text) is None:
            return None
    return go_on(desk, heard, now=now)


def _is_word_of_consent(heard: Heard) -> bool:
    return heard.intent in ("affirm", "deny")


def _windows(
    work: UnitOfWork, conversation: Conversation, heard: Heard, *, now: datetime
) -> tuple[WishedWindow, ...]:
    deliveries = work.deliveries.open_of_person(conversation.person_id)
    if not deliveries:
        return ()
    language = work.people.get(conversation.person_id).language
    return wished_windows(heard.text, now=now, zone=deliveries[0].zone, language=language)


def _open_offer(work: UnitOfWork, conversation: Conversation) -> Offer | None:
    offer = work.offers.find(conversation.last_offer_id) if conversation.last_offer_id else None
    if offer is None or offer.closed_at is not None or not offer.options:
        return None
    # "Ok, thanks" to a change that was told of must not take it back.
    is_told = all(option.kind is OptionKind.NOT_ME for option in offer.options)
    return None if is_told else offer


def _meant(
    offer: Offer, draft: Draft | None, heard: Heard, windows: Sequence[WishedWindow]
) -> Option | None:
    """Return the one option that the words mean, if exactly one fits."""
    if draft is not None and draft.asked in CONFIRMED and _is_word_of_consent(heard):
        wants = heard.intent == "affirm"
        return next(
            (each for each in offer.options if (each.kind is not OptionKind.DISMISS) == wants), None
        )
    if heard.intent == "affirm" and len(offer.options) == 1:
        return offer.options[0]
    by_order = _by_order(offer, heard.text)
    if by_order is not None:
        return by_order
    for fitting in (_by_parcels(offer, heard), _by_window(offer, windows), _by_name(offer, heard)):
        if len(fitting) == 1:
            return fitting[0]
    return None


def _by_order(offer: Offer, text: str) -> Option | None:
    """Read "the second one"."""
    words = text.lower().replace(".", " ").replace(",", " ").split()
    positions = {ORDINALS[word] for word in words if word in ORDINALS}
    if len(positions) != 1 or len(words) > WORTH_MATCHING:
        return None
    position = positions.pop()
    return offer.options[position] if position < len(offer.options) else None


def _by_parcels(offer: Offer, heard: Heard) -> list[Option]:
    """Read "both", or what is in one of the parcels."""
    options = [option for option in offer.options if option.kind is OptionKind.DELIVERIES]
    words = set(heard.text.lower().split())
    if options and ALL_OF_THEM & words:
        return options[-1:]
    return [each for each in options if any(word in heard.text.lower() for word in each.words)]


def _by_window(offer: Offer, windows: Sequence[WishedWindow]) -> list[Option]:
    """Read "friday" where one option lies on a friday."""
    fitting = []
    for option in offer.options:
        if option.kind is OptionKind.WINDOW and windows:
            span = TimeWindow(
                datetime.fromisoformat(str(option.details["start"])),
                datetime.fromisoformat(str(option.details["end"])),
            )
            if any(_touches(span, wish) for wish in windows):
                fitting.append(option)
    return fitting


def _touches(span: TimeWindow, wish: WishedWindow) -> bool:
    starts_before = wish.start is None or wish.start < span.end
    return starts_before and (wish.end is None or wish.end > span.start)


def _by_name(offer: Offer, heard: Heard) -> list[Option]:
    """Read "the one by the station": an option whose name shares a telling word."""
    said = {word.strip(".,!?") for word in heard.text.lower().split()}
    fitting = []
    for option in offer.options:
        name = str(option.label.facts.get("name") or "").lower()
        if said & {word for word in name.split() if len(word) >= WORTH_MATCHING}:
            fitting.append(option)
    return fitting


def _ask_again(
    work: UnitOfWork, conversation: Conversation, offer: Offer, heard: Heard, *, now: datetime
) -> Answer:
    """Answer a yes that says not to what, or a no: ask what would suit instead."""
    conversation.misunderstandings = 0
    if heard.intent == "affirm":
        return settle(work, heard, [Saying("which_number", {}, offer.id)], now=now)
    draft = conversation.draft
    ids = draft.delivery_ids if draft else conversation.focus
    conversation.draft = Draft("reschedule", ids, asked="window")
    return settle(work, heard, [Saying("what_would_suit")], now=now)
