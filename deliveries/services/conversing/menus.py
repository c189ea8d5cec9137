"""The menu in front of a person: which one is open, and asking again what they mean by it."""

from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.offer import Offer, OptionKind
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.turns import Answer, Heard, settle
from deliveries.services.handoffs.tiring import misunderstood


def last_offer(work: UnitOfWork, conversation: Conversation) -> Offer | None:
    """Return the menu that was shown last, open or not."""
    return work.offers.find(conversation.last_offer_id) if conversation.last_offer_id else None


def open_offer(work: UnitOfWork, conversation: Conversation) -> Offer | None:
    """Return the menu that can still be chosen from in words."""
    offer = last_offer(work, conversation)
    if offer is None or offer.closed_at is not None or not offer.options:
        return None
    # "Ok, thanks" to a change that was told of must not take it back.
    is_told = all(option.kind is OptionKind.NOT_ME for option in offer.options)
    return None if is_told else offer


def holds(offer: Offer, kind: OptionKind) -> bool:
    """Say whether a menu holds an option of a kind."""
    return any(option.kind is kind for option in offer.options)


def speaks_of_another(conversation: Conversation) -> bool:
    """Say whether a notice about another parcel came since we asked.

    A digit still means the menu; words are about what the notice told.
    """
    draft = conversation.draft
    asked_about = draft.delivery_ids if draft else ()
    return bool(asked_about and conversation.focus) and not set(asked_about) & set(
        conversation.focus
    )


def ask_which(
    work: UnitOfWork,
    conversation: Conversation,
    offer: Offer,
    heard: Heard,
    *,
    now: datetime,
    name: str = "which_number",
) -> Answer:
    """Ask for the number of an option; after some times in a row a person takes over."""
    return ask_again(work, conversation, heard, name, now=now, offer_id=offer.id)


def ask_again(
    work: UnitOfWork,
    conversation: Conversation,
    heard: Heard,
    name: str,
    *,
    now: datetime,
    offer_id: str | None = None,
) -> Answer:
    """Repeat a question that was not answered; after some times in a row a person takes over."""
    if misunderstood(work, conversation):
        return settle(work, heard, [], now=now, handoff="fallback")
    return settle(work, heard, [Saying(name, {}, offer_id)], now=now)
