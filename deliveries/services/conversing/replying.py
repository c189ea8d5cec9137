"""Short answers whose sense is in what was offered last: "the later one", "neither", "why?"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from deliveries.model.conversation import Conversation, Draft
from deliveries.model.delivery import Delivery
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.replies import Meaning, Reply, asks_back, denies, plain_words, read_reply
from deliveries.services.committing.choosing import choose
from deliveries.services.committing.offering import close_offer
from deliveries.services.committing.slots import window_of
from deliveries.services.conversing.goals import pursue
from deliveries.services.conversing.helping import menu_saying
from deliveries.services.conversing.menus import ask_again, ask_which, holds, last_offer, open_offer
from deliveries.services.conversing.repeating import repeat_last
from deliveries.services.conversing.turns import Answer, Desk, Heard, read_times, settle, understood
from deliveries.services.wishes.rescheduling import windows_fact
from deliveries.windows import WishedWindow

PAIR = 2
DATES_AHEAD = timedelta(days=14)
WORTH_MATCHING = 4
READ_BY_THEMSELVES = ("minutes", "address", "address_at_pin", "away", "door", "standing")
"""Questions whose answers may be numbers and days that are none of the menu's."""
OPEN_TO_NUMBERS = ("neighbour", "access", "place")


def answer_menu(desk: Desk, heard: Heard, *, now: datetime) -> Answer | None:
    """Answer a text that is nothing but words about a menu; anything else is not for us.

    Raises:
        UnavailableError: If the planner cannot be reached for what comes next.
    """
    reply = read_reply(heard.text)
    if heard.option_id is not None or heard.location is not None:
        return None
    if reply is None:
        return _choose_named_point(desk, heard, now=now)
    if reply.meanings == {Meaning.AGAIN} and not reply.is_negated:
        return repeat_last(desk, heard, now=now)
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        found = _find(work, conversation, reply, heard, now=now)
    if isinstance(found, Option):
        return choose(desk, replace(heard, option_id=found.id), now=now)
    if isinstance(found, _Elsewhere):
        gathered = {"windows": windows_fact(found.windows)}
        ids = found.delivery_ids
        return pursue(desk, heard, "reschedule", now=now, delivery_ids=ids, gathered=gathered)
    return found


def _choose_named_point(desk: Desk, heard: Heard, *, now: datetime) -> Answer | None:
    """Choose the one of the offered shops that is asked for by its name: "the kiosk please"."""
    if heard.intent != "collect_from_pickup_point":
        return None
    with desk.unit_of_work(read_only=True) as work:
        offer = open_offer(work, work.conversations.get(heard.conversation_id))
    named = points_named(offer, heard.text) if offer else []
    if len(named) != 1 or heard.first("near_place"):
        return None
    return choose(desk, replace(heard, option_id=named[0].id), now=now)


def points_named(offer: Offer, text: str) -> list[Option]:
    """Return the shops and lockers whose names share a telling word with a text that wants one."""
    if asks_back(text) or denies(text):
        return []
    said = {word for word in plain_words(text) if len(word) >= WORTH_MATCHING}
    return [
        option
        for option in offer.options
        if option.kind is OptionKind.PICKUP_POINT
        and said & set(plain_words(str(option.label.facts.get("name") or "")))
    ]


@dataclass(frozen=True)
class _Elsewhere:
    """Times to look for instead of those that were offered."""

    windows: tuple[WishedWindow, ...]
    delivery_ids: tuple[str, ...]


def _find(
    work: UnitOfWork, conversation: Conversation, reply: Reply, heard: Heard, *, now: datetime
) -> Option | _Elsewhere | Answer | None:
    """Return what the words choose, other times they ask for, or our answer to them."""
    at_once = AT_ONCE.get(next(iter(reply.meanings)))
    if at_once is not None and len(reply.meanings) == 1:
        return at_once(work, conversation, heard, now=now)
    offer = open_offer(work, conversation)
    if offer is None:
        windows = _of_last_menu(work, conversation, reply)
        if windows:
            return _Elsewhere(windows, conversation.focus)
        return _repeat_question(work, conversation, reply, heard, now=now)
    draft = conversation.draft
    if _is_data(conversation, offer, reply) or (draft and draft.asked in READ_BY_THEMSELVES):
        return None
    windows = _beyond(work, offer, reply)
    if windows:
        return _Elsewhere(windows, offer.delivery_ids)
    option = _meant(work, conversation, offer, reply, heard, now=now)
    return option or _say_again(work, conversation, offer, reply, heard, now=now)


def _repeat_question(
    work: UnitOfWork, conversation: Conversation, reply: Reply, heard: Heard, *, now: datetime
) -> Answer | None:
    """Ask once more what we asked without a menu, of somebody who did not understand it."""
    draft = conversation.draft
    is_lost = reply.meanings <= {Meaning.WHAT, Meaning.NEITHER}
    if draft is None or draft.asked not in OPEN_TO_NUMBERS or not is_lost:
        return None
    return ask_again(work, conversation, heard, f"still_open_{draft.asked}", now=now)


def _is_data(conversation: Conversation, offer: Offer, reply: Reply) -> bool:
    """Say whether numbers answer a question of ours instead of a menu: a house number, a floor."""
    draft = conversation.draft
    if draft is None or not reply.digits:
        return False
    is_beyond = any(position > len(offer.options) for position in reply.positions)
    return draft.asked in OPEN_TO_NUMBERS or (draft.asked == "neighbour_phone" and is_beyond)


def _meant(
    work: UnitOfWork,
    conversation: Conversation,
    offer: Offer,
    reply: Reply,
    heard: Heard,
    *,
    now: datetime,
) -> Option | None:
    """Return the one option that the words mean, if there is no doubt."""
    if reply.meanings == {Meaning.NEITHER}:
        return next((each for each in offer.options if each.kind is OptionKind.DISMISS), None)
    if not reply.is_plain:
        return None
    meaning = next(iter(reply.meanings))
    if meaning in _OF_PARCELS:
        return _OF_PARCELS[meaning](offer, work)
    if meaning in _BY_ORDER:
        return _outermost(offer, meaning)
    option = _at(offer, reply) if meaning is Meaning.POSITION else None
    times = [
        each
        for each in read_times(work, conversation, heard.text, now=now).windows
        if each.start is None or each.start < now + DATES_AHEAD
    ]
    is_date = option is not None and not reply.digits and _is_beside(option, times)
    return None if is_date else option


def _outermost(offer: Offer, meaning: Meaning) -> Option | None:
    """Return the first, last or nearest of the options that can be compared."""
    kind, key, wanted = _BY_ORDER[meaning]
    options = [each for each in offer.options if each.kind is kind]
    if len(options) < PAIR or (meaning in _COMPARED and len(options) != PAIR):
        return None
    return wanted(options, key=key)


def _at(offer: Offer, reply: Reply) -> Option | None:
    if len(reply.positions) != 1:
        return None
    position = next(iter(reply.positions))
    if position == -1:
        return offer.options[-1]
    return offer.options[position - 1] if 0 < position <= len(offer.options) else None


def _is_beside(option: Option, times: Sequence[WishedWindow]) -> bool:
    """Say whether the words name a time that is not the option's: "the 2nd" may be a date."""
    if option.kind is not OptionKind.WINDOW or not times:
        return False
    span = window_of(option)
    return not any(
        (wish.start is None or wish.start < span.end)
        and (wish.end is None or wish.end > span.start)
        for wish in times
    )


def _start(option: Option) -> datetime:
    return window_of(option).start


def _distance_m(option: Option) -> float:
    distance = option.label.facts.get("distance")
    metres = distance.get("metres") if isinstance(distance, Mapping) else None
    return metres if isinstance(metres, int | float) else float("inf")


_COMPARED = (Meaning.EARLIER, Meaning.LATER)
_BY_ORDER: Mapping[Meaning, tuple[OptionKind, Callable[[Option], object], Callable[..., Option]]]
_BY_ORDER = {
    Meaning.EARLIER: (OptionKind.WINDOW, _start, min),
    Meaning.EARLIEST: (OptionKind.WINDOW, _start, min),
    Meaning.LATER: (OptionKind.WINDOW, _start, max),
    Meaning.LATEST: (OptionKind.WINDOW, _start, max),
    Meaning.NEAREST: (OptionKind.PICKUP_POINT, _distance_m, min),
}


def _everything(offer: Offer, work: UnitOfWork) -> Option | None:
    del work
    last = offer.options[-1]
    return last if last.kind is OptionKind.DELIVERIES and len(_ids(last)) > 1 else None


def _smallest(offer: Offer, work: UnitOfWork) -> Option | None:
    return _by_size(offer, work, min)


def _biggest(offer: Offer, work: UnitOfWork) -> Option | None:
    return _by_size(offer, work, max)


_OF_PARCELS: Mapping[Meaning, Callable[[Offer, UnitOfWork], Option | None]] = {
    Meaning.EVERY: _everything,
    Meaning.SMALLEST: _smallest,
    Meaning.BIGGEST: _biggest,
}


def _by_size(offer: Offer, work: UnitOfWork, wanted: Callable[..., int]) -> Option | None:
    """Return the option of the one parcel that is smaller, or bigger, than all others."""
    sizes = {
        option.id: _size(work.deliveries.get(_ids(option)[0]))
        for option in offer.options
        if option.kind is OptionKind.DELIVERIES and len(_ids(option)) == 1
    }
    found = [id_ for id_, size in sizes.items() if size == wanted(sizes.values())]
    return offer.option(found[0]) if len(found) == 1 else None


def _size(delivery: Delivery) -> int:
    return delivery.load


def _ids(option: Option) -> list[str]:
    ids = option.details.get("delivery_ids")
    return [str(each) for each in ids] if isinstance(ids, list) else []


def _beyond(work: UnitOfWork, offer: Offer, reply: Reply) -> tuple[WishedWindow, ...]:
    """Return where to look when all of the offered times are too early or too late."""
    windows = sorted(
        (window_of(each) for each in offer.options if each.kind is OptionKind.WINDOW),
        key=lambda window: window.start,
    )
    if not windows:
        return ()
    zone = ZoneInfo(work.deliveries.get(offer.delivery_ids[0]).zone)
    if reply.meanings == {Meaning.AFTER_THESE}:
        last = windows[-1].end
        next_day = _midnight(last + timedelta(days=1), zone)
        return (WishedWindow(last, next_day), WishedWindow(next_day, None))
    if reply.meanings == {Meaning.BEFORE_THESE}:
        first = windows[0].start
        same_day = _midnight(first, zone)
        return (WishedWindow(same_day, first), WishedWindow(None, same_day))
    return ()


def _midnight(instant: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(instant.astimezone(zone).date(), time(), tzinfo=zone)


def _of_last_menu(
    work: UnitOfWork, conversation: Conversation, reply: Reply
) -> tuple[WishedWindow, ...]:
    """Return what is meant of a menu that was chosen from: "no, the other day"."""
    offer = last_offer(work, conversation)
    chosen = offer.option(offer.chosen_option_id) if offer and offer.chosen_option_id else None
    if offer is None or chosen is None or chosen.kind is not OptionKind.WINDOW:
        return ()
    meant = list(offer.options) if reply.meanings == {Meaning.OTHER} else [_at(offer, reply)]
    windows = [
        window_of(each)
        for each in meant
        if each is not None and each.kind is OptionKind.WINDOW and each.id != chosen.id
    ]
    return tuple(WishedWindow(window.start, window.end) for window in windows)


def _say_again(
    work: UnitOfWork,
    conversation: Conversation,
    offer: Offer,
    reply: Reply,
    heard: Heard,
    *,
    now: datetime,
) -> Answer:
    """Ask which option is meant, or, where none is, what would suit instead."""
    if reply.meanings == {Meaning.NEITHER}:
        return decline(work, conversation, offer, heard, now=now)
    is_price = reply.meanings == {Meaning.CHEAPEST}
    name = "no_price" if is_price else "which_number"
    return ask_which(work, conversation, offer, heard, now=now, name=name)


def decline(
    work: UnitOfWork, conversation: Conversation, offer: Offer, heard: Heard, *, now: datetime
) -> Answer:
    """Take a no to all that was offered, and ask for what would suit."""
    conversation.misunderstandings = 0
    if holds(offer, OptionKind.GOAL):
        return settle(work, heard, [Saying("what_else")], now=now)
    draft = conversation.draft
    if holds(offer, OptionKind.DELIVERIES):
        close_offer(work, offer.id, now=now)
        understood(conversation, None)
        return settle(work, heard, [Saying("choice_dropped")], now=now)
    if holds(offer, OptionKind.PICKUP_POINT) and draft is not None:
        return settle(work, heard, [Saying("where_else")], now=now)
    close_offer(work, offer.id, now=now)
    ids = draft.delivery_ids if draft else conversation.focus or offer.delivery_ids
    gathered = draft.gathered if draft else {}
    conversation.draft = Draft("reschedule", ids, asked="window", gathered=gathered)
    return settle(work, heard, [Saying("what_would_suit")], now=now)


def _introduce(
    work: UnitOfWork, conversation: Conversation, heard: Heard, *, now: datetime
) -> Answer:
    """Say who writes, and go back to what was offered."""
    conversation.misunderstandings = 0
    offer = open_offer(work, conversation)
    if offer is not None:
        sayings = [Saying("who_we_are"), Saying("which_number", {}, offer.id)]
        return settle(work, heard, sayings, now=now)
    menu = menu_saying(work, conversation, "help", now=now)
    understood(conversation, conversation.draft)
    return settle(work, heard, [Saying("who_we_are"), menu], now=now)


def _wait(work: UnitOfWork, conversation: Conversation, heard: Heard, *, now: datetime) -> Answer:
    """Let somebody think; what is open stays open."""
    conversation.misunderstandings = 0
    return settle(work, heard, [Saying("take_your_time")], now=now)


AT_ONCE: Mapping[Meaning, Callable[..., Answer]] = {
    Meaning.WHO: _introduce,
    Meaning.WAIT: _wait,
}
