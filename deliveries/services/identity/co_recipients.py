"""Everybody on a delivery: whom the shipper named, with all their contacts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference
from deliveries.model.recipient import Contact
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.committing.offering import Choice, make_offer
from deliveries.services.conversing.describing import choice_saying, inline
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.messages.consent import conversation_of


def people_on(work: UnitOfWork, delivery: Delivery) -> Sequence[str]:
    """Return everybody who gets a delivery, the recipient first, each once."""
    others = [each.person_id for each in work.co_recipients.of_delivery(delivery.id)]
    return list(dict.fromkeys([delivery.person_id, *others]))


def contacts_on(work: UnitOfWork, delivery: Delivery) -> Sequence[Contact]:
    """Return every contact on a delivery that can be reached, each once."""
    return [
        contact
        for person_id in people_on(work, delivery)
        for contact in work.contacts.of_person(person_id)
        if contact.is_reachable
    ]


def tell_the_others(
    work: UnitOfWork, delivery: Delivery, preference: Preference, *, now: datetime
) -> None:
    """Tell every contact but the one that chose what was changed, and how to say "not me"."""
    rules = work.shippers.get(delivery.shipper_id).rules
    minutes = rules.identity.not_me_minutes
    what = choice_saying(preference.kind, preference.details, day=delivery.date, zone=delivery.zone)
    facts = parcel_facts(work, delivery) | {"what": inline(what), "minutes": minutes}
    name = (
        "change_told"
        if minutes and preference.kind is not OptionKind.RESTORE
        else "change_told_only"
    )
    for contact in contacts_on(work, delivery):
        if contact.id == preference.contact_id:
            continue
        conversation = conversation_of(work, contact.person_id)
        saying = Saying(name, facts)
        if name == "change_told":
            saying = _with_way_out(work, conversation, delivery, preference, saying, now=now)
        work.outbox.add_once(
            OutboxMessage(
                id=new_id("m"),
                conversation_id=conversation.id,
                contact_id=contact.id,
                purpose=Purpose.CONFIRMATION,
                sayings=(saying,),
                created_at=now,
                not_before=now,
                delivery_id=delivery.id,
                dedupe_key=f"told:{preference.id}:{contact.id}",
            )
        )


def _with_way_out(
    work: UnitOfWork,
    conversation: Conversation,
    delivery: Delivery,
    preference: Preference,
    saying: Saying,
    *,
    now: datetime,
) -> Saying:
    """Put "it was not me" beneath it, unless that took away a menu they are choosing from."""
    offer = work.offers.find(conversation.last_offer_id) if conversation.last_offer_id else None
    if offer is not None and offer.closed_at is None and now < offer.expires_at:
        return saying
    choice = Choice(OptionKind.NOT_ME, Saying("option_not_me"), {"preference_id": preference.id})
    return replace(
        saying, offer_id=make_offer(work, conversation, [delivery], [choice], now=now).id
    )
