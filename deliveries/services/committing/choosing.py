"""An option is chosen: from hold to preference and planner change, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from deliveries.errors import (
    AttemptsExhaustedError,
    CutoffPassedError,
    NotAllowedError,
    OfferExpiredError,
    OptionForbiddenError,
    RefusedError,
    WindowUnavailableError,
)
from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.saying import Fact, Saying, moment_fact
from deliveries.ports import UnitOfWork
from deliveries.services.committing.arbitrating import ask_whether_to_replace, rival_choice
from deliveries.services.committing.holding import secure
from deliveries.services.committing.offering import close_offer
from deliveries.services.committing.picking import Pick
from deliveries.services.committing.preferring import Wanted, prefer
from deliveries.services.committing.prices import price_facts
from deliveries.services.committing.rules import require_open
from deliveries.services.conversing.closing import changes_left
from deliveries.services.conversing.describing import choice_saying, inline
from deliveries.services.conversing.goals import pursue
from deliveries.services.conversing.helping import menu_saying
from deliveries.services.conversing.second_wishes import SECOND, offer_second
from deliveries.services.conversing.subject import group_facts
from deliveries.services.conversing.turns import (
    Answer,
    Desk,
    Entity,
    Heard,
    Matter,
    settle,
    understood,
)
from deliveries.services.identity.disputing import dispute
from deliveries.services.identity.risks import Risk, required_step_up
from deliveries.services.identity.stepping_up import (
    Waiting,
    ask_for_code,
    drop_code,
    proven_choice,
    resend_code,
)
from deliveries.services.wishes.absences import take_absence
from deliveries.services.wishes.always import take_standing
from deliveries.services.wishes.rescheduling import offer_nearest

REFUSALS: Mapping[type[RefusedError], str] = {
    AttemptsExhaustedError: "changes_used_up_now",
    OfferExpiredError: "offer_expired",
    CutoffPassedError: "too_late_for_that",
    OptionForbiddenError: "not_for_this_parcel",
    WindowUnavailableError: "just_taken",
}

# Choices about more than the deliveries on offer, each taken by its own module.
TAKEN_APART: Mapping[OptionKind, Callable[..., Answer]] = {
    OptionKind.AWAY: take_absence,
    OptionKind.STANDING: take_standing,
}


def choose(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Carry out the option that was chosen; an old or foreign one is refused with what is open.

    Raises:
        UnavailableError: If the planner cannot be reached for what comes next.
    """
    try:
        return _choose(desk, heard, now=now)
    except WindowUnavailableError as refusal:
        return _instead(desk, heard, refusal, now=now)


def _choose(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        try:
            proven = proven_choice(work, conversation, heard.option_id)
            offer, option = proven or _chosen(work, conversation, heard, now=now)
            chosen = Waiting(conversation, offer, option, heard)
            if option.kind not in (OptionKind.GOAL, OptionKind.DELIVERIES):
                return _carry_out(desk, work, chosen, is_proven=proven is not None, now=now)
        except WindowUnavailableError:
            raise
        except RefusedError as refusal:
            return _refuse(work, conversation, heard, refusal, now=now)
        goal, heard, gathered = _what_follows(conversation, option, heard)
        ids = _delivery_ids(option) or offer.delivery_ids
        close_offer(work, offer.id, now=now)
        if goal is None:
            conversation.focus = ids
            saying = menu_saying(work, conversation, "what_about_it", now=now)
            understood(conversation, None)
            return settle(work, heard, [saying], now=now)
        work.commit()
    return pursue(desk, heard, goal, now=now, delivery_ids=ids, gathered=gathered)


def _instead(desk: Desk, heard: Heard, refusal: WindowUnavailableError, *, now: datetime) -> Answer:
    """Offer the nearest windows in place of one that is gone; in place of the rest, the menu."""
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        try:
            proven = proven_choice(work, conversation, heard.option_id)
            offer, option = proven or _chosen(work, conversation, heard, now=now)
        except RefusedError as later:
            return _refuse(work, conversation, heard, later, now=now)
        if option.kind is not OptionKind.WINDOW:
            return _refuse(work, conversation, heard, refusal, now=now)
    matter = Matter(heard, "reschedule", offer.delivery_ids, now)
    start = datetime.fromisoformat(str(option.details["start"]))
    return offer_nearest(desk, matter, start)


def _carry_out(
    desk: Desk, work: UnitOfWork, chosen: Waiting, *, is_proven: bool, now: datetime
) -> Answer:
    """Do what was chosen, unless another contact was faster or a code has to prove it first."""
    conversation, offer, option = chosen.conversation, chosen.offer, chosen.option
    heard = chosen.heard
    if option.kind is OptionKind.CODE:
        return resend_code(work, desk.vault, conversation, heard, now=now)
    if option.kind is OptionKind.NOT_ME:
        return _not_me(work, offer, heard, now=now)
    if option.kind is not OptionKind.DISMISS and not is_proven:
        if not heard.override:
            _require_open(work, offer, option, now=now)
        rival = None if heard.by else rival_choice(work, chosen, now=now)
        if rival is not None:
            return ask_whether_to_replace(work, chosen, rival, now=now)
        risks = None if heard.override else _risks(work, offer, option, heard)
        if risks and heard.by:
            # A code proves who has the phone; an agent's word does not.
            raise NotAllowedError("code_needed")
        if risks:
            return ask_for_code(work, desk.vault, chosen, risks, now=now)
    return _take(work, conversation, offer, option, heard, now=now)


def _chosen(
    work: UnitOfWork, conversation: Conversation, heard: Heard, *, now: datetime
) -> tuple[Offer, Option]:
    """Return the offer and option, if this conversation may still choose it."""
    option_id = heard.option_id
    offer = work.offers.find((option_id or "").rsplit(".", 1)[0])
    option = offer.option(option_id or "") if offer else None
    if offer is None or option is None or offer.conversation_id != conversation.id:
        raise OfferExpiredError(conversation.id)
    if offer.closed_at is not None or offer.id != conversation.last_offer_id:
        raise OfferExpiredError(offer.id)
    if option.cutoff_at is not None and now >= option.cutoff_at and not heard.override:
        raise CutoffPassedError(offer.id)
    return offer, option


def _what_follows(
    conversation: Conversation, option: Option, heard: Heard
) -> tuple[str | None, Heard, Mapping[str, Fact]]:
    """Return the goal a menu option leads to, with the words that were waiting for it."""
    draft = conversation.draft
    if option.kind is OptionKind.GOAL:
        gathered = option.details.get("gathered")
        known = dict(draft.gathered) if draft else {}
        more = dict(gathered) if isinstance(gathered, Mapping) else {}
        same_goal = draft is not None and draft.goal == option.details["goal"]
        if draft is not None and draft.wishes and same_goal:
            heard = _as_said_before(heard, draft.wishes[0])
            more[SECOND] = None
        return str(option.details["goal"]), heard, (known if same_goal else {}) | more
    if draft is None or not draft.wishes:
        return None, heard, {}
    return draft.goal, _as_said_before(heard, draft.wishes[0]), draft.gathered


def _as_said_before(heard: Heard, wish: Mapping[str, Fact]) -> Heard:
    """Return the present turn with the words of the wish that had to wait."""
    entities = wish.get("entities")
    named = entities if isinstance(entities, list) else []
    also = wish.get("also")
    return replace(
        heard,
        text=str(wish.get("text") or ""),
        also=tuple(str(each) for each in also) if isinstance(also, list) else (),
        entities=tuple(
            Entity(str(each["kind"]), str(each["value"]))
            for each in named
            if isinstance(each, Mapping) and each["kind"] != "which_parcel"
        ),
    )


def _take(
    work: UnitOfWork,
    conversation: Conversation,
    offer: Offer,
    option: Option,
    heard: Heard,
    *,
    now: datetime,
) -> Answer:
    deliveries = work.deliveries.many(offer.delivery_ids)
    facts = group_facts(work, deliveries) if deliveries else {}
    if option.kind is OptionKind.DISMISS and not deliveries:
        return Pick(work, conversation, offer, option, heard).answer(
            Saying("choice_dropped"), now=now
        )
    if option.kind is OptionKind.DISMISS:
        return _keep_as_is(Pick(work, conversation, offer, option, heard), deliveries, now=now)
    if option.kind in TAKEN_APART:
        close_offer(work, conversation.last_offer_id, now=now)
        drop_code(work, conversation, now=now)
        return TAKEN_APART[option.kind](Pick(work, conversation, offer, option, heard), now=now)
    if not heard.override:
        _require_open(work, offer, option, now=now)
    holds = secure(work, offer, option, now=now)
    for delivery, hold_id in zip(deliveries, holds, strict=True):
        details = {**option.details, **price_facts(work, option.kind, [delivery])}
        prefer(work, delivery, Wanted(option.kind, details, hold_id), heard, now=now)
    close_offer(work, offer.id, now=now, keep=option.hold_id)
    close_offer(work, conversation.last_offer_id, now=now, keep=option.hold_id)
    drop_code(work, conversation, now=now, keep=option.hold_id)
    offer.chosen_option_id = option.id
    gathered = conversation.draft.gathered if conversation.draft else {}
    understood(conversation, None)
    conversation.focus = offer.delivery_ids
    first = deliveries[0]
    what = choice_saying(option.kind, option.details, day=first.date, zone=first.zone)
    noted = Saying("choice_noted", facts | {"what": inline(what)})
    second = offer_second(work, conversation, gathered, deliveries, settled=True, now=now)
    return settle(work, heard, [noted, *second], now=now)


def _keep_as_is(pick: Pick, deliveries: Sequence[Delivery], *, now: datetime) -> Answer:
    """Leave everything as it is; another wish of the same text is still offered."""
    work, conversation = pick.work, pick.conversation
    close_offer(work, pick.offer.id, now=now)
    drop_code(work, conversation, now=now)
    gathered = conversation.draft.gathered if conversation.draft else {}
    understood(conversation, None)
    second = offer_second(work, conversation, gathered, deliveries, settled=False, now=now)
    kept = Saying("kept_as_is", group_facts(work, deliveries))
    return settle(work, pick.heard, [kept, *second], now=now)


def _not_me(work: UnitOfWork, offer: Offer, heard: Heard, *, now: datetime) -> Answer:
    """Take a change back that somebody else made; the service writes what they are told."""
    close_offer(work, offer.id, now=now)
    if not dispute(work, work.contacts.get(heard.contact_id), now=now):
        raise OfferExpiredError(offer.id)
    return settle(work, heard, [], now=now)


def _risks(work: UnitOfWork, offer: Offer, option: Option, heard: Heard) -> frozenset[Risk]:
    """Return why the choice needs a code first, over all its deliveries."""
    deliveries = work.deliveries.many(offer.delivery_ids)
    return frozenset[Risk]().union(
        *(required_step_up(work, each, option.kind, heard) for each in deliveries)
    )


def _require_open(work: UnitOfWork, offer: Offer, option: Option, *, now: datetime) -> None:
    """Refuse what may not be chosen for one of the deliveries by now."""
    for delivery in work.deliveries.many(offer.delivery_ids):
        require_open(delivery, option.kind, work.shippers.get(delivery.shipper_id), now=now)
        if not changes_left(work, delivery):
            raise AttemptsExhaustedError(delivery.id)


def _refuse(
    work: UnitOfWork,
    conversation: Conversation,
    heard: Heard,
    refusal: RefusedError,
    *,
    now: datetime,
) -> Answer:
    """Say kindly that this cannot be chosen any more, with what still can."""
    sayings = [_why(work, heard, refusal)]
    if work.deliveries.open_of_person(conversation.person_id):
        sayings.append(menu_saying(work, conversation, "still_possible", now=now))
    understood(conversation, None)
    return settle(work, heard, sayings, now=now)


def _why(work: UnitOfWork, heard: Heard, refusal: RefusedError) -> Saying:
    name = REFUSALS.get(type(refusal), "offer_expired")
    offer = work.offers.find((heard.option_id or "").rsplit(".", 1)[0])
    option = offer.option(heard.option_id or "") if offer else None
    if not isinstance(refusal, CutoffPassedError) or offer is None or option is None:
        return Saying(name)
    delivery = work.deliveries.get(offer.delivery_ids[0])
    if option.cutoff_at is None or delivery.is_final:
        return Saying(name)
    return Saying(f"{name}_at", {"closed_at": moment_fact(option.cutoff_at, delivery.zone)})


def _delivery_ids(option: Option) -> tuple[str, ...]:
    ids = option.details.get("delivery_ids")
    return tuple(str(each) for each in ids) if isinstance(ids, list) else ()
