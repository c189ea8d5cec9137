"""Half a sentence that only makes sense after our last question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deliveries.model.conversation import Conversation, Draft
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork
from deliveries.replies import asks_back, denies, is_small_talk, plain_words
from deliveries.services.committing.choosing import choose
from deliveries.services.committing.offering import close_offer
from deliveries.services.committing.slots import window_of
from deliveries.services.conversing.asking import back_to_choice, not_understood
from deliveries.services.conversing.goals import pursue
from deliveries.services.conversing.menus import ask_which, holds, open_offer, speaks_of_another
from deliveries.services.conversing.replying import decline, points_named
from deliveries.services.conversing.subject import means_all
from deliveries.services.conversing.turns import Answer, Desk, Heard, read_times, settle, understood
from deliveries.services.days.journeys import WAITING
from deliveries.services.pickup_points.whereabouts import find_place
from deliveries.windows import ReadWindows, WishedWindow

WORDS_OF_A_PLACE = 8
OPEN_QUESTIONS = {
    "neighbour",
    "neighbour_phone",
    "near_place",
    "collector",
    "place",
    "access",
    "address",
    "address_at_pin",
    "away",
    "door",
    "minutes",
    "standing",
}
# Questions whose first option is a yes; beside the second, a phone number may be told.
CONFIRMED = ("confirm", "neighbour_phone")
CONSENT = ("affirm", "deny")
DIGITS_OF_A_PHONE = 7
OF_ONESELF = frozenset({"i", "me", "my", "number", "ich", "nummer", "yo", "numero", "moi", "je"})
"""Who says these means themselves: "you have the wrong number", "that was not me"."""
UNSURE = ("out_of_scope", "nlu_fallback", "")
MAY_BE_LONG = ("access", "address", "address_at_pin", "away", "door", "standing")
ANSWER_WORDS = 12
"""An answer to a question of ours is short; what is longer says something else."""


def go_on(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Take a turn as the answer to what we asked last; without a question, as a time or nothing.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        times = read_times(work, conversation, heard.text, now=now)
        is_elsewhere = speaks_of_another(conversation)
        draft = None if is_elsewhere else conversation.draft
        offer = None if is_elsewhere else open_offer(work, conversation)
        option = _meant(offer, draft, heard, times) if offer else None
        is_bare = heard.intent in CONSENT and not times.windows
        says_more = draft is not None and (_asks_for_words(draft, heard) or _corrects(draft, heard))
        if option is None and is_bare and not says_more:
            return _take_consent(work, conversation, offer, heard, now=now)
        if option is None and offer and _says_nothing_new(draft, heard, times):
            return ask_which(work, conversation, offer, heard, now=now)
    if option is not None:
        return choose(desk, replace(heard, option_id=option.id), now=now)
    if draft is not None and (_asks_for_words(draft, heard) or _corrects(draft, heard)):
        renames = _corrects(draft, heard) and not _tells_a_phone(heard)
        gathered = {**draft.gathered, "asked": "neighbour" if renames else draft.asked}
        return pursue(
            desk, heard, draft.goal, now=now, delivery_ids=draft.delivery_ids, gathered=gathered
        )
    return _out_of_the_blue(desk, heard, draft, times.windows, now=now)


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
    kept = draft.gathered if draft else {}
    if heard.location is not None:
        lat, lon = heard.location
        near: dict[str, Fact] = {**kept, "lat": lat, "lon": lon}
        return pursue(
            desk, heard, "collect_from_pickup_point", now=now, delivery_ids=ids, gathered=near
        )
    if windows:
        return pursue(desk, heard, "reschedule", now=now, delivery_ids=ids, gathered=kept)
    if heard.first("place"):
        return pursue(desk, heard, "leave_in_safe_place", now=now, delivery_ids=ids)
    if draft is not None and draft.asked == "point" and _names_a_place(heard):
        return pursue(desk, heard, draft.goal, now=now, delivery_ids=ids, gathered=kept)
    return not_understood(desk, heard, now=now)


def is_choosing_neighbour(desk: Desk, heard: Heard) -> bool:
    """Say whether "no, not Meier" is about the neighbour that is being chosen, not the writer."""
    with desk.unit_of_work(read_only=True) as work:
        draft = work.conversations.get(heard.conversation_id).draft
    is_of_self = not OF_ONESELF.isdisjoint(plain_words(heard.text))
    return draft is not None and draft.goal == "leave_with_neighbour" and not is_of_self


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


def answers_a_question(desk: Desk, heard: Heard, *, now: datetime) -> bool:
    """Say whether something that seemed to be about nothing answers what we asked."""
    with desk.unit_of_work(read_only=True) as work:
        conversation = work.conversations.get(heard.conversation_id)
        draft = conversation.draft
        if draft is None or speaks_of_another(conversation):
            return False
        if asks_back(heard.text) and not _names_something(heard):
            return False
        if draft.asked == "window":
            return bool(read_times(work, conversation, heard.text, now=now).windows)
    return _asks_for_words(draft, heard) or (draft.asked == "point" and _names_a_place(heard))


def _asks_for_words(draft: Draft | None, heard: Heard) -> bool:
    """Say whether we asked for something that any words could answer, and these may be them."""
    if draft is None or draft.asked not in OPEN_QUESTIONS:
        return False
    if _names_something(heard):
        return True
    too_long = draft.asked not in MAY_BE_LONG and len(heard.text.split()) > ANSWER_WORDS
    is_denial = draft.asked == "neighbour" and denies(heard.text)
    return not (_only_consents(heard) or asks_back(heard.text) or too_long or is_denial)


def _only_consents(heard: Heard) -> bool:
    """Say whether a yes or no is one; a bare "Dave" sounds like one to the understanding."""
    is_name = heard.intent == "affirm" and not is_small_talk(heard.text)
    return heard.intent in CONSENT and not is_name


def _corrects(draft: Draft, heard: Heard) -> bool:
    """Say whether a neighbour about to be confirmed is named anew: "no, Mrs Jones at 14"."""
    is_named = any(heard.first(kind) for kind in ("house_number", "neighbour_name", "person_name"))
    is_asked = draft.asked in CONFIRMED and draft.goal == "leave_with_neighbour"
    return is_asked and is_named


def _tells_a_phone(heard: Heard) -> bool:
    digits = sum(letter.isdecimal() for letter in heard.text)
    return heard.first("phone_number") is not None or digits >= DIGITS_OF_A_PHONE


def _names_something(heard: Heard) -> bool:
    kinds = ("house_number", "neighbour_name", "person_name", "place", "access_code")
    return any(heard.first(kind) for kind in kinds)


def _names_a_place(heard: Heard) -> bool:
    return bool(heard.first("near_place") or heard.first("pickup_point"))


def _says_nothing_new(draft: Draft | None, heard: Heard, times: ReadWindows) -> bool:
    """Say whether a choice is open and the words add nothing that could narrow it."""
    if draft is None or draft.asked is None or heard.location is not None or times.windows:
        return False
    is_choice = draft.asked in ("window", "point", "delivery", *CONFIRMED)
    is_new = heard.first("place") or _names_a_place(heard)
    is_answer = _corrects(draft, heard) or _asks_for_words(draft, heard)
    return is_choice and not is_new and not is_answer


def _meant(offer: Offer, draft: Draft | None, heard: Heard, times: ReadWindows) -> Option | None:
    """Return the one option that the words mean, if exactly one fits and nothing speaks against."""
    if asks_back(heard.text) or heard.intent in UNSURE:
        return None
    if heard.intent in CONSENT and not times.windows:
        return _consented(offer, draft, heard)
    if denies(heard.text) or times.excluded_only or heard.intent == "deny":
        return None
    for fitting in (
        _by_parcels(offer, heard),
        _by_window(offer, times.windows),
        points_named(offer, heard.text),
    ):
        if len(fitting) == 1:
            return fitting[0]
    return None


def _consented(offer: Offer, draft: Draft | None, heard: Heard) -> Option | None:
    """Return what a yes or no alone chooses: of a confirmation, or the only thing offered."""
    wants = heard.intent == "affirm"
    if wants and denies(heard.text):
        return None
    if draft is not None and _corrects(draft, heard):
        return None
    if wants and (draft is None or draft.asked not in CONFIRMED):
        return offer.options[0] if len(offer.options) == 1 else None
    return next(
        (each for each in offer.options if (each.kind is not OptionKind.DISMISS) == wants), None
    )


def _by_parcels(offer: Offer, heard: Heard) -> list[Option]:
    """Read "both", or what is in one of the parcels."""
    options = [option for option in offer.options if option.kind is OptionKind.DELIVERIES]
    if options and any(means_all(value) for value in (heard.text, *heard.values("which_parcel"))):
        return options[-1:]
    said = set(plain_words(heard.text))
    return [each for each in options if any(set(plain_words(word)) <= said for word in each.words)]


def _by_window(offer: Offer, windows: Sequence[WishedWindow]) -> list[Option]:
    """Read "friday" where one option lies on a friday."""
    return [
        option
        for option in offer.options
        if option.kind is OptionKind.WINDOW and any(_fits(option, wish) for wish in windows)
    ]


def _fits(option: Option, wish: WishedWindow) -> bool:
    """Say whether a wish holds an option's window, or lies in it."""
    span = window_of(option)
    start, end = wish.start or span.start, wish.end or span.end
    holds_it = start <= span.start and span.end <= end
    return start < end and (holds_it or (span.start <= start and end <= span.end))


def _may_come_as_planned(
    work: UnitOfWork, conversation: Conversation, offer: Offer, heard: Heard
) -> bool:
    """Say whether an "ok" answers a menu of changes to what is on its way, and no question."""
    if heard.intent != "affirm" or asks_back(heard.text) or denies(heard.text):
        return False
    draft = conversation.draft
    if (draft is not None and draft.asked is not None) or not holds(offer, OptionKind.GOAL):
        return False
    return all(each.status in WAITING for each in work.deliveries.many(list(offer.delivery_ids)))


def _take_consent(
    work: UnitOfWork,
    conversation: Conversation,
    offer: Offer | None,
    heard: Heard,
    *,
    now: datetime,
) -> Answer:
    """Answer a yes that says not to what, or a no: ask what would suit instead."""
    if offer is not None:
        return _take_consent_to_menu(work, conversation, offer, heard, now=now)
    draft = conversation.draft
    if draft is None or draft.asked is None:
        conversation.misunderstandings = 0
        return settle(work, heard, [Saying("all_right")], now=now)
    if heard.intent == "affirm":
        return settle(work, heard, back_to_choice(work, conversation), now=now)
    if draft.asked == "window":
        return settle(work, heard, [Saying("what_else")], now=now)
    close_offer(work, conversation.last_offer_id, now=now)
    understood(conversation, None)
    return settle(work, heard, [Saying("choice_dropped")], now=now)


def _take_consent_to_menu(
    work: UnitOfWork, conversation: Conversation, offer: Offer, heard: Heard, *, now: datetime
) -> Answer:
    """Ask which one a yes is to; "ok" to a notice that asks nothing lets it come as planned."""
    if _may_come_as_planned(work, conversation, offer, heard):
        conversation.misunderstandings = 0
        return settle(work, heard, [Saying("as_planned")], now=now)
    if heard.intent == "affirm" or asks_back(heard.text):
        return ask_which(work, conversation, offer, heard, now=now)
    return decline(work, conversation, offer, heard, now=now)
