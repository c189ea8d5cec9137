"""Those on call hear of the most urgent matters at any hour."""

from datetime import datetime, timedelta

from deliveries.model.conversation import Conversation, Handoff
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.hours import delivery_of
from deliveries.services.handoffs.reasons import MOST_URGENT
from deliveries.services.messages.consent import conversation_of
from deliveries.services.messages.meeting import meet

# Who switches a phone on in the morning need not hear of what others have done since.
_WORTH_TELLING_FOR = timedelta(hours=2)


def alert(work: UnitOfWork, conversation: Conversation, handoff: Handoff, *, now: datetime) -> None:
    """Text everybody whom the shipper has on call, once a matter, if it is of the most urgent kind.

    The text names the case and no person: a phone on a table is read by others, too.
    """
    delivery = delivery_of(work, conversation)
    if handoff.priority != MOST_URGENT or delivery is None:
        return
    shipper = work.shippers.get(delivery.shipper_id)
    for number in shipper.rules.support.on_call:
        contact = meet(work, number, language="en")
        facts = {"case": handoff.id, "shipper": shipper.name}
        work.outbox.add_once(
            OutboxMessage(
                id=new_id("m"),
                conversation_id=conversation_of(work, contact.person_id).id,
                contact_id=contact.id,
                purpose=Purpose.AGENT,
                sayings=(Saying("on_call_alert", facts),),
                created_at=now,
                not_before=now,
                expires_at=now + _WORTH_TELLING_FOR,
                dedupe_key=f"on_call:{handoff.id}:{contact.id}",
            )
        )
