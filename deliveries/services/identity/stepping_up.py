"""A risky choice waits until a code, sent to the contact the parcel was booked with, comes back.

The choice is kept with its hold beside the code. A right code lets it go on as if it were chosen
now; three wrong ones end it and call a person; one that came too late can be sent anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliveries.errors import OfferExpiredError
from deliveries.model.challenge import Challenge, ChallengeKind, ChallengeState
from deliveries.model.conversation import Conversation, Draft
from deliveries.model.delivery import Delivery
from deliveries.model.history import HistoryEntry
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.offer import HoldState, Offer, Option, OptionKind
from deliveries.model.saying import Fact, Saying, sealed_fact
from deliveries.ports import UnitOfWork, Vault
from deliveries.services.committing.offering import Choice, close_offer, make_offer
from deliveries.services.conversing.second_wishes import second_kept
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.conversing.turns import Answer, Heard, settle
from deliveries.services.identity.codes import DIGITS, is_right, new_code
from deliveries.services.identity.risks import Risk
from deliveries.services.identity.verifying import can_prove, original_contact
from deliveries.services.messages.consent import conversation_of

LIFETIME = timedelta(minutes=10)
TRIES = 3
SENT_AT_MOST = 3
# Fraud limits: codes that may be sent for one parcel, and because of one contact, within a day.
SENT_A_DAY = 6
DAY = timedelta(days=1)
GOAL = "step_up"
ASKED = "code"


@dataclass(frozen=True)
class Waiting:
    """A choice that needs a code before it is carried out."""

    conversation: Conversation
    offer: Offer
    option: Option
    heard: Heard


@dataclass(frozen=True)
class CodeAnswer:
    """What a code that was typed in brings.

    Attributes:
        proven_id: What to choose now: the choice that waited.
    """

    sayings: tuple[Saying, ...] = ()
    proven_id: str | None = None
    handoff: str | None = None


def ask_for_code(
    work: UnitOfWork, vault: Vault, waiting: Waiting, risks: Collection[Risk], *, now: datetime
) -> Answer:
    """Send a code to the original contact and let the choice wait for it; else call a person."""
    conversation, offer, heard = waiting.conversation, waiting.offer, waiting.heard
    deliveries = work.deliveries.many(offer.delivery_ids)
    contact = original_contact(work, deliveries[0])
    close_offer(work, offer.id, now=now, keep=waiting.option.hold_id)
    drop_code(work, conversation, now=now, keep=waiting.option.hold_id)
    if contact is None or not can_prove(work, deliveries[0], contact):
        return _give_up(work, waiting, "code_unreachable", now=now)
    if _is_too_often(work, deliveries[0], heard.contact_id, now=now):
        return _give_up(work, waiting, "code_limit", now=now)
    challenge = Challenge(
        id=new_id("q"),
        kind=ChallengeKind.STEP_UP,
        delivery_id=deliveries[0].id,
        sent_to=contact.id,
        created_at=now,
        expires_at=now + LIFETIME,
        conversation_id=conversation.id,
        asked_by=heard.contact_id,
        offer_id=offer.id,
        option=waiting.option,
    )
    work.challenges.add(challenge)
    _send(work, vault, challenge, now=now)
    _remember(work, challenge, "code_sent", now=now, risks=list[Fact](sorted(risks)))
    name = "code_asked_here" if contact.id == heard.contact_id else "code_asked"
    saying = _menu(work, conversation, challenge, name, now=now)
    return settle(work, heard, [saying], now=now)


def resend_code(
    work: UnitOfWork, vault: Vault, conversation: Conversation, heard: Heard, *, now: datetime
) -> Answer:
    """Send a new code in place of the one before, a few times.

    Raises:
        OfferExpiredError: If no choice waits for a code.
    """
    challenge = work.challenges.latest_of(conversation.id)
    if challenge is None or not challenge.is_open or challenge.option is None:
        raise OfferExpiredError(conversation.id)
    delivery = work.deliveries.get(challenge.delivery_id)
    contact = work.contacts.get(challenge.sent_to)
    is_too_often = challenge.sent >= SENT_AT_MOST or _is_too_often(
        work, delivery, heard.contact_id, now=now
    )
    if is_too_often or not can_prove(work, delivery, contact):
        drop_code(work, conversation, now=now)
        close_offer(work, conversation.last_offer_id, now=now)
        reason = "code_limit" if is_too_often else "code_unreachable"
        return settle(work, heard, [], now=now, handoff=reason)
    challenge.sent += 1
    challenge.expires_at = now + LIFETIME
    _send(work, vault, challenge, now=now)
    _remember(work, challenge, "code_sent", now=now, sent=challenge.sent)
    name = "code_resent_here" if contact.id == heard.contact_id else "code_resent"
    return settle(work, heard, [_menu(work, conversation, challenge, name, now=now)], now=now)


def hear_code(
    work: UnitOfWork,
    vault: Vault,
    conversation: Conversation,
    contact_id: str,
    given: str,
    *,
    now: datetime,
) -> CodeAnswer:
    """Check a code that was typed into a conversation from a contact; the caller commits."""
    challenge = work.challenges.latest_of(conversation.id)
    if challenge is None or not challenge.is_open:
        return CodeAnswer((Saying(_why_not_awaited(work, contact_id)),))
    delivery = work.deliveries.get(challenge.delivery_id)
    if not can_prove(work, delivery, work.contacts.find(challenge.sent_to)):
        # Who has it now told us meanwhile that they are not the recipient.
        drop_code(work, conversation, now=now)
        conversation.draft = None
        return CodeAnswer(handoff="code_unreachable")
    if now >= challenge.expires_at:
        return CodeAnswer((_menu(work, conversation, challenge, "code_expired", now=now),))
    return _compare(work, vault, conversation, challenge, given, now=now)


def proven_choice(
    work: UnitOfWork, conversation: Conversation, option_id: str | None
) -> tuple[Offer, Option] | None:
    """Return the choice whose code was right, if that is what is chosen now."""
    challenge = work.challenges.find(option_id) if option_id else None
    if (
        challenge is None
        or challenge.state is not ChallengeState.PASSED
        or challenge.conversation_id != conversation.id
        or challenge.option is None
        or challenge.offer_id is None
    ):
        return None
    challenge.state = ChallengeState.USED
    return work.offers.get(challenge.offer_id), challenge.option


def drop_code(
    work: UnitOfWork, conversation: Conversation, *, now: datetime, keep: str | None = None
) -> None:
    """Give up what waits for a code in a conversation, with its hold unless that is to be kept."""
    challenge = work.challenges.latest_of(conversation.id)
    if challenge is not None and challenge.is_open:
        _end(work, challenge, ChallengeState.DROPPED, now=now, keep=keep)


def _compare(
    work: UnitOfWork,
    vault: Vault,
    conversation: Conversation,
    challenge: Challenge,
    given: str,
    *,
    now: datetime,
) -> CodeAnswer:
    if len(given) != DIGITS:
        return CodeAnswer((_menu(work, conversation, challenge, "code_malformed", now=now),))
    if is_right(vault, challenge.code_sealed, given):
        challenge.settle(ChallengeState.PASSED, now=now)
        # Whoever asked has now shown that they are the recipient of this parcel.
        if challenge.asked_by is not None:
            work.contacts.get(challenge.asked_by).verified_at = now
        _remember(work, challenge, "code_right", now=now)
        return CodeAnswer(proven_id=challenge.id)
    challenge.tries += 1
    _remember(work, challenge, "code_wrong", now=now, tries=challenge.tries)
    if challenge.tries < TRIES:
        saying = _menu(work, conversation, challenge, "code_wrong", now=now)
        left = {"left": TRIES - challenge.tries}
        return CodeAnswer((Saying(saying.name, {**saying.facts, **left}, saying.offer_id),))
    _end(work, challenge, ChallengeState.FAILED, now=now)
    close_offer(work, conversation.last_offer_id, now=now)
    conversation.draft = None
    return CodeAnswer((Saying("code_failed"),), handoff="wrong_codes")


def _why_not_awaited(work: UnitOfWork, contact_id: str) -> str:
    """Return what to say of a code that this conversation does not wait for."""
    elsewhere = work.challenges.latest_sent_to(contact_id)
    is_for_another = elsewhere is not None and elsewhere.is_open
    return "code_elsewhere" if is_for_another else "code_not_awaited"


def _end(
    work: UnitOfWork,
    challenge: Challenge,
    state: ChallengeState,
    *,
    now: datetime,
    keep: str | None = None,
) -> None:
    challenge.settle(state, now=now)
    hold_id = challenge.option.hold_id if challenge.option else None
    if hold_id is not None and hold_id != keep:
        work.holds.release(hold_id)


def _give_up(work: UnitOfWork, waiting: Waiting, reason: str, *, now: datetime) -> Answer:
    """Pass a choice that no code can prove to staff; it is not made."""
    if waiting.option.hold_id is not None:
        work.holds.release(waiting.option.hold_id)
    waiting.conversation.draft = None
    waiting.conversation.focus = waiting.offer.delivery_ids
    for delivery_id in waiting.offer.delivery_ids:
        work.history.add(
            HistoryEntry(
                reason,
                now,
                "recipient",
                delivery_id,
                waiting.conversation.id,
                {"kind": waiting.option.kind.value},
            )
        )
    return settle(work, waiting.heard, [], now=now, handoff=reason)


def _is_too_often(work: UnitOfWork, delivery: Delivery, contact_id: str, *, now: datetime) -> bool:
    since = now - DAY
    lately = (
        work.challenges.of_delivery_since(delivery.id, since),
        work.challenges.asked_by_since(contact_id, since),
    )
    return any(
        sum(each.sent for each in some if each.kind is ChallengeKind.STEP_UP) >= SENT_A_DAY
        for some in lately
    )


def _send(work: UnitOfWork, vault: Vault, challenge: Challenge, *, now: datetime) -> None:
    """Write the message with a new code, sealed until it leaves; the hold lasts as long."""
    challenge.code_sealed = vault.seal(new_code())
    contact = work.contacts.get(challenge.sent_to)
    hold_id = challenge.option.hold_id if challenge.option else None
    hold = work.holds.find(hold_id) if hold_id else None
    if hold is not None and hold.state is HoldState.HELD:
        hold.expires_at = max(hold.expires_at, challenge.expires_at)
    delivery = work.deliveries.get(challenge.delivery_id)
    facts = parcel_facts(work, delivery) | {"code": sealed_fact(challenge.code_sealed)}
    work.outbox.add(
        OutboxMessage(
            id=new_id("m"),
            conversation_id=conversation_of(work, contact.person_id).id,
            contact_id=contact.id,
            purpose=Purpose.CODE,
            sayings=(Saying("code_message", facts),),
            created_at=now,
            not_before=now,
            expires_at=challenge.expires_at,
            delivery_id=challenge.delivery_id,
            dedupe_key=f"code:{challenge.id}:{challenge.sent}",
        )
    )


def _menu(
    work: UnitOfWork,
    conversation: Conversation,
    challenge: Challenge,
    name: str,
    *,
    now: datetime,
) -> Saying:
    """Return a saying with the ways out beneath it: another code, or leave it."""
    offer = work.offers.find(challenge.offer_id or "")
    ids = offer.delivery_ids if offer else (challenge.delivery_id,)
    deliveries = work.deliveries.many(ids)
    choices = [
        Choice(OptionKind.CODE, Saying("option_new_code")),
        Choice(OptionKind.DISMISS, Saying("option_keep_as_is"), words=("keep",)),
    ]
    menu = make_offer(work, conversation, deliveries, choices, now=now)
    conversation.draft = Draft(GOAL, ids, asked=ASKED, gathered=second_kept(conversation))
    conversation.focus = ids
    conversation.misunderstandings = 0
    return Saying(name, parcel_facts(work, deliveries[0]), menu.id)


def _remember(
    work: UnitOfWork, challenge: Challenge, kind: str, *, now: datetime, **facts: Fact
) -> None:
    work.history.add(
        HistoryEntry(
            kind,
            now,
            "recipient" if kind != "code_sent" else "system",
            delivery_id=challenge.delivery_id,
            conversation_id=challenge.conversation_id,
            facts=facts,
        )
    )
