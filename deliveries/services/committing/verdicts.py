"""What becomes of a choice once the planner has spoken, and how the recipient hears of it."""

from collections.abc import Sequence
from datetime import date, datetime

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.history import HistoryEntry, StaffTask
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.offer import OptionKind
from deliveries.model.preference import (
    ChangeState,
    PlannerChange,
    Preference,
    PreferenceState,
    RejectionReason,
)
from deliveries.model.recipient import Contact
from deliveries.model.saying import Fact, Saying, day_fact, moment_fact, time_fact
from deliveries.ports import UnitOfWork
from deliveries.services.committing.holding import release_unneeded, standing
from deliveries.services.committing.offering import beneath, make_offer
from deliveries.services.committing.rules import cutoff_at
from deliveries.services.committing.slots import Slot, best_of, read_ground, servable, window_choice
from deliveries.services.committing.visits import carry_out
from deliveries.services.conversing.describing import choice_saying, inline
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.conversing.turns import Desk
from deliveries.services.identity.co_recipients import tell_the_others
from deliveries.services.neighbours.consent import BECAUSE, ask_neighbour

ALTERNATIVES = 2


def accept(
    work: UnitOfWork, change: PlannerChange, *, eta_at: datetime | None, now: datetime
) -> None:
    """Make an accepted choice true, and tell the recipient with the new ETA.

    A choice that was replaced meanwhile changes the delivery too (the plan did change), but nothing
    is said of it: the newer one is on its way.
    """
    if change.state in (ChangeState.ACCEPTED, ChangeState.REJECTED):
        return
    preference = work.preferences.get(change.preference_id)
    delivery = work.deliveries.get(change.delivery_id)
    change.state, change.decided_at = ChangeState.ACCEPTED, now
    carry_out(delivery, preference, now=now)
    delivery.eta_at = eta_at
    preference.decided_at = now
    is_awaited = preference.state is PreferenceState.PENDING
    if is_awaited:
        preference.state = PreferenceState.CONFIRMED
    release_unneeded(work, delivery)
    if not is_awaited:
        return
    _remember(work, change, "choice_confirmed", {"version": preference.version}, now=now)
    is_asked = ask_neighbour(work, preference, now=now)
    words = _asking if is_asked else _confirmed
    _tell(work, delivery, preference, words(work, delivery, preference, now=now), now=now)
    tell_the_others(work, delivery, preference, now=now)


def reject(
    work: UnitOfWork,
    change: PlannerChange,
    reason: RejectionReason,
    slots: Sequence[Slot],
    *,
    now: datetime,
) -> None:
    """Take a refused choice back, and tell the recipient with two windows that can be served."""
    if change.state in (ChangeState.ACCEPTED, ChangeState.REJECTED):
        return
    preference = work.preferences.get(change.preference_id)
    delivery = work.deliveries.get(change.delivery_id)
    change.state, change.reason, change.decided_at = ChangeState.REJECTED, reason.value, now
    is_awaited = preference.state is PreferenceState.PENDING
    if is_awaited:
        preference.state, preference.decided_at = PreferenceState.REJECTED, now
        if BECAUSE in preference.details:
            # Whatever the plan can do, it does not go to a neighbour who has not agreed.
            carry_out(delivery, preference, now=now)
        else:
            _restore_former(work, delivery)
    release_unneeded(work, delivery)
    if not is_awaited:
        return
    _remember(work, change, "choice_refused", {"reason": reason.value}, now=now)
    conversation = _conversation(work, delivery, preference)
    facts = _facts(work, delivery, preference)
    saying = Saying("choice_refused_no_alternative", facts)
    if conversation is not None and slots:
        choices = [window_choice(slot, [delivery]) for slot in slots[:ALTERNATIVES]]
        offer = make_offer(work, conversation, [delivery], choices, now=now)
        if offer.options:
            saying = beneath(
                work, Saying(f"choice_refused_{reason.value}", facts), offer, [delivery]
            )
    _tell(work, delivery, preference, saying, now=now)


def give_up(work: UnitOfWork, change: PlannerChange, *, now: datetime) -> None:
    """Hand a choice that no planner answered in time to staff, and tell the recipient."""
    preference = work.preferences.get(change.preference_id)
    delivery = work.deliveries.get(change.delivery_id)
    change.state, change.decided_at = ChangeState.EXPIRED, now
    if preference.state is not PreferenceState.PENDING:
        return
    work.tasks.add_once(
        StaffTask(
            id=new_id("t"),
            kind="planner_silent",
            dedupe_key=f"planner_silent:{change.id}",
            created_at=now,
            delivery_id=delivery.id,
        )
    )
    _remember(work, change, "choice_given_to_staff", {}, now=now)
    saying = Saying("choice_with_staff", _facts(work, delivery, preference))
    _tell(work, delivery, preference, saying, now=now)


def keep_waiting(work: UnitOfWork, change: PlannerChange, *, now: datetime) -> None:
    """Tell the recipient, once, that the planner is away and their choice is kept."""
    preference = work.preferences.get(change.preference_id)
    if preference.state is PreferenceState.PENDING:
        delivery = work.deliveries.get(change.delivery_id)
        saying = Saying("choice_kept_waiting", _facts(work, delivery, preference))
        _tell(work, delivery, preference, saying, now=now)


def alternatives(desk: Desk, change: PlannerChange, *, now: datetime) -> tuple[Slot, ...]:
    """Return two windows that the plan can serve instead; call it outside any transaction.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    with desk.unit_of_work(read_only=True) as work:
        delivery = work.deliveries.get(change.delivery_id)
        if delivery.is_final:
            return ()
        ground = read_ground(work, [delivery], (), now=now)
        zone = delivery.zone
    slots = servable(desk, ground, now=now)
    return tuple(best_of(slots, (), zone=zone, shown=ALTERNATIVES)[0])


def _confirmed(
    work: UnitOfWork, delivery: Delivery, preference: Preference, *, now: datetime
) -> Saying:
    facts = _facts(work, delivery, preference)
    if preference.kind is OptionKind.REFUSE:
        return Saying("choice_confirmed_refuse", facts)
    if preference.kind is OptionKind.AWAY:
        day = date.fromisoformat(str(preference.details["day"]))
        return Saying("choice_confirmed_away", facts | {"day": day_fact(day, delivery.zone)})
    closes = cutoff_at(delivery, preference.kind, work.shippers.get(delivery.shipper_id))
    if closes > now:
        facts["until"] = moment_fact(closes, delivery.zone)
    if delivery.eta_at is None:
        return Saying("choice_confirmed" if closes > now else "choice_confirmed_final", facts)
    facts["eta"] = time_fact(delivery.eta_at, delivery.zone)
    return Saying("choice_confirmed_eta" if closes > now else "choice_confirmed_eta_final", facts)


def _asking(
    work: UnitOfWork, delivery: Delivery, preference: Preference, *, now: datetime
) -> Saying:
    """Say that the neighbour is being asked, and what holds if they do not answer."""
    closes = cutoff_at(delivery, preference.kind, work.shippers.get(delivery.shipper_id))
    facts = _facts(work, delivery, preference) | {
        "name": preference.details.get("name") or "",
        "number": preference.details.get("house_number") or "",
        "until": moment_fact(max(closes, now), delivery.zone),
    }
    return Saying("neighbour_is_asked", facts)


def _facts(work: UnitOfWork, delivery: Delivery, preference: Preference) -> dict[str, Fact]:
    what = choice_saying(preference.kind, preference.details, day=delivery.date, zone=delivery.zone)
    return parcel_facts(work, delivery) | {"what": inline(what)}


def _tell(
    work: UnitOfWork, delivery: Delivery, preference: Preference, saying: Saying, *, now: datetime
) -> None:
    conversation = _conversation(work, delivery, preference)
    contact_id = _contact(work, conversation, preference)
    if conversation is None or contact_id is None:
        return
    if conversation.draft is None:
        conversation.focus = (delivery.id,)
    work.outbox.add_once(
        OutboxMessage(
            id=new_id("m"),
            conversation_id=conversation.id,
            contact_id=contact_id,
            purpose=Purpose.CONFIRMATION,
            sayings=(saying,),
            created_at=now,
            not_before=now,
            delivery_id=delivery.id,
            dedupe_key=f"verdict:{preference.id}:{saying.name}",
        )
    )


def _conversation(
    work: UnitOfWork, delivery: Delivery, preference: Preference
) -> Conversation | None:
    """Return the thread in which it was chosen: the recipient's, or somebody's beside them."""
    chooser = _chooser(work, preference)
    return work.conversations.of_person(chooser.person_id if chooser else delivery.person_id)


def _contact(
    work: UnitOfWork, conversation: Conversation | None, preference: Preference
) -> str | None:
    chooser = _chooser(work, preference)
    if chooser is not None:
        return chooser.id
    return conversation.last_contact_id if conversation else None


def _chooser(work: UnitOfWork, preference: Preference) -> Contact | None:
    """Return the contact that chose, unless it turned out to be a stranger's."""
    contact = work.contacts.find(preference.contact_id) if preference.contact_id else None
    return contact if contact is not None and contact.unlinked_at is None else None


def _restore_former(work: UnitOfWork, delivery: Delivery) -> None:
    """Let what came true before a refused choice stand again; it is what the van still does."""
    work.flush()
    former = standing(work.preferences.of(delivery.id))
    if former is not None:
        former.state = PreferenceState.CONFIRMED


def _remember(
    work: UnitOfWork, change: PlannerChange, kind: str, facts: dict[str, Fact], *, now: datetime
) -> None:
    work.history.add(
        HistoryEntry(kind, now, "planner", delivery_id=change.delivery_id, facts=facts)
    )
