"""Taking back what somebody else has changed, by saying "not me", and opening a case."""

from datetime import datetime, timedelta

from deliveries.model.challenge import Challenge, ChallengeState
from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.history import HistoryEntry, StaffTask
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference
from deliveries.model.recipient import Contact
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services import handoffs
from deliveries.services.committing.offering import close_offer
from deliveries.services.committing.preferring import Wanted, prefer
from deliveries.services.committing.rules import is_open
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.conversing.turns import Heard
from deliveries.services.identity.stepping_up import drop_code
from deliveries.services.messages.consent import conversation_of

MEANT_WITHIN = timedelta(days=1)
LOOKED_BACK = 20
# A wrong number speaks of the number; "it was not me" does not.
WORDS_FOR_NUMBERS = ("number", "nummer", "número", "numero", "numéro")


def dispute(work: UnitOfWork, contact: Contact, *, now: datetime) -> bool:
    """Take back the newest change that may be disputed; false if there is nothing of the kind.

    A choice that still waits for a code sent to this contact is given up. A change that was made
    goes back through the planner; where that is too late, or takes back what was taken back
    already, a person settles it. Either way a case is opened and staff take over the chat.
    """
    challenge = work.challenges.latest_sent_to(contact.id)
    if challenge is not None and challenge.is_open and now < challenge.expires_at:
        _refuse_code(work, contact, challenge, now=now)
        return True
    found = _newest_change(work, contact, now=now)
    if found is None:
        return False
    delivery, preference = found
    name = "not_me_too_late"
    if _can_go_back(work, delivery, preference, now=now):
        conversation = conversation_of(work, contact.person_id)
        heard = Heard("", conversation.id, contact.id, "", "not_me")
        prefer(work, delivery, Wanted(OptionKind.RESTORE, preference.before), heard, now=now)
        name = "not_me_reverting"
    _open_case(work, contact, delivery, preference.id, name, now=now)
    return True


def is_about_a_change(work: UnitOfWork, contact: Contact, text: str, *, now: datetime) -> bool:
    """Say whether "that was not me" in a sentence means a change that others made."""
    if any(word in text.casefold() for word in WORDS_FOR_NUMBERS):
        return False
    found = _newest_change(work, contact, now=now)
    return found is not None and found[1].contact_id != contact.id


def _newest_change(
    work: UnitOfWork, contact: Contact, *, now: datetime
) -> tuple[Delivery, Preference] | None:
    """Return the newest choice that stands and may be meant.

    One's own only for as long as it may be disputed; what others chose, for a day: late is a case
    for staff, and no reason to take the contact for a wrong number.
    """
    changes = []
    for delivery in work.deliveries.latest_of_person(contact.person_id, limit=LOOKED_BACK):
        preference = work.preferences.live_of(delivery.id)
        if preference is None:
            continue
        is_own = preference.contact_id == contact.id
        within = _time_for(work, delivery) if is_own else MEANT_WITHIN
        if now < (preference.decided_at or preference.chosen_at) + within:
            changes.append((delivery, preference))
    return max(changes, key=lambda pair: pair[1].chosen_at, default=None)


def _time_for(work: UnitOfWork, delivery: Delivery) -> timedelta:
    rules = work.shippers.get(delivery.shipper_id).rules
    return timedelta(minutes=rules.identity.not_me_minutes)


def _can_go_back(
    work: UnitOfWork, delivery: Delivery, preference: Preference, *, now: datetime
) -> bool:
    """Say whether the change goes back by itself: in time, not twice, and while the van can."""
    since = preference.decided_at or preference.chosen_at
    if preference.kind is OptionKind.RESTORE or now >= since + _time_for(work, delivery):
        return False
    shipper = work.shippers.get(delivery.shipper_id)
    return is_open(delivery, OptionKind.RESTORE, shipper, now=now)


def _refuse_code(
    work: UnitOfWork, contact: Contact, challenge: Challenge, *, now: datetime
) -> None:
    delivery = work.deliveries.get(challenge.delivery_id)
    asking = work.conversations.find(challenge.conversation_id or "")
    if asking is not None:
        drop_code(work, asking, now=now)
        close_offer(work, asking.last_offer_id, now=now)
        asking.draft = None
    challenge.settle(ChallengeState.FAILED, now=now)
    _open_case(work, contact, delivery, challenge.id, "not_me_code", now=now)


def _open_case(
    work: UnitOfWork,
    contact: Contact,
    delivery: Delivery,
    cause_id: str,
    name: str,
    *,
    now: datetime,
) -> None:
    conversation = conversation_of(work, contact.person_id)
    work.tasks.add_once(
        StaffTask(
            id=new_id("t"),
            kind="not_me",
            dedupe_key=f"not_me:{cause_id}",
            created_at=now,
            delivery_id=delivery.id,
            conversation_id=conversation.id,
            facts={"contact_id": contact.id, "cause_id": cause_id, "outcome": name},
        )
    )
    work.history.add(
        HistoryEntry(
            "change_disputed",
            now,
            "recipient",
            delivery_id=delivery.id,
            conversation_id=conversation.id,
            facts={"contact_id": contact.id},
        )
    )
    conversation.focus = (delivery.id,)
    told = handoffs.request(work, conversation, "not_me", now)
    _answer(
        work, conversation, contact, (Saying(name, parcel_facts(work, delivery)), *told), now=now
    )


def _answer(
    work: UnitOfWork,
    conversation: Conversation,
    contact: Contact,
    sayings: tuple[Saying, ...],
    *,
    now: datetime,
) -> None:
    work.outbox.add(
        OutboxMessage(
            id=new_id("m"),
            conversation_id=conversation.id,
            contact_id=contact.id,
            purpose=Purpose.CONFIRMATION,
            sayings=sayings,
            created_at=now,
            not_before=now,
        )
    )
