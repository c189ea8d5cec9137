"""A delivery's timeline: what happened, was offered, chosen and told; nobody's own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.history import HistoryEntry
from deliveries.model.message import CHANGING_FORMS, InboundMessage, OutboxMessage
from deliveries.model.offer import Offer
from deliveries.model.preference import Preference
from deliveries.model.saying import Fact, window_fact
from deliveries.model.window import TimeWindow
from deliveries.ports import UnitOfWork

LOOKED_BACK = 200
MADE = "choice_made"


@dataclass(frozen=True)
class Entry:
    """One line of a timeline.

    Attributes:
        source: ``history``, ``offered``, ``choice``, ``told`` or ``heard``.
    """

    at: datetime
    source: str
    kind: str
    actor: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def to_json(self) -> dict[str, Fact]:
        """Return the form for screens and scripts."""
        return {
            "at": self.at.isoformat(),
            "source": self.source,
            "kind": self.kind,
            "actor": self.actor,
            "facts": dict(self.facts),
        }


def timeline(work: UnitOfWork, delivery: Delivery) -> list[Entry]:
    """Return all that is known of a delivery's past, oldest first."""
    happened = work.history.of_delivery(delivery.id)
    entries = [_happened(each) for each in happened]
    made_by = {each.facts["version"]: each.actor for each in happened if each.kind == MADE}
    entries += [
        _choice(each, delivery.zone, made_by.get(each.version, "recipient"))
        for each in _preferences(work, delivery)
    ]
    conversation = work.conversations.of_person(delivery.person_id)
    if conversation is not None:
        entries += _talk(work, conversation, delivery)
    # The choice itself says more than the note that there was one.
    told_better = {MADE}
    return sorted(
        (each for each in entries if each.kind not in told_better), key=lambda entry: entry.at
    )


def _talk(work: UnitOfWork, conversation: Conversation, delivery: Delivery) -> Iterator[Entry]:
    """Yield what was said about it, what was offered, and who had the chat."""
    for happened in work.history.of_conversation(conversation.id):
        if happened.delivery_id is None:
            yield _happened(happened)
    for offer in work.offers.of_conversation(conversation.id, limit=LOOKED_BACK):
        if delivery.id in offer.delivery_ids:
            yield _offered(offer)
    for message in work.outbox.of(conversation.id, limit=LOOKED_BACK):
        if message.delivery_id == delivery.id and message.form not in CHANGING_FORMS:
            yield _told(message)
    for heard in work.inbound.of(conversation.id, limit=LOOKED_BACK):
        yield _heard(heard)


def _happened(entry: HistoryEntry) -> Entry:
    return Entry(entry.at, "history", entry.kind, entry.actor, entry.facts)


def _heard(message: InboundMessage) -> Entry:
    facts: dict[str, Fact] = {
        "channel": message.channel.value,
        "worked": message.worked_at is not None,
        "intent": (message.trace or {}).get("intent"),
    }
    return Entry(message.received_at, "heard", "message_received", "recipient", facts)


def _offered(offer: Offer) -> Entry:
    """What was offered, how long it was held, and what became of it."""
    chosen = offer.option(offer.chosen_option_id) if offer.chosen_option_id else None
    facts: dict[str, Fact] = {
        "options": [option.kind.value for option in offer.options],
        "held": sum(option.hold_id is not None for option in offer.options),
        "until": offer.expires_at.isoformat(),
        "chosen": chosen.kind.value if chosen else None,
    }
    return Entry(offer.created_at, "offered", "options_offered", "system", facts)


def _preferences(work: UnitOfWork, delivery: Delivery) -> Iterator[Preference]:
    preference = work.preferences.latest_of(delivery.id)
    while preference is not None:
        yield preference
        preference = work.preferences.before(preference)


def _choice(preference: Preference, zone: str, actor: str) -> Entry:
    facts: dict[str, Fact] = {
        "version": preference.version,
        "state": preference.state.value,
        "decided_at": preference.decided_at.isoformat() if preference.decided_at else None,
    }
    for name in ("start", "end", "day", "pickup_point_id"):
        if name in preference.details:
            facts[name] = preference.details[name]
    if "start" in facts and "end" in facts:
        window = TimeWindow(
            datetime.fromisoformat(str(facts["start"])), datetime.fromisoformat(str(facts["end"]))
        )
        facts["window"] = window_fact(window, zone)
    return Entry(preference.chosen_at, "choice", preference.kind.value, actor, facts)


def _told(message: OutboxMessage) -> Entry:
    return Entry(
        message.created_at,
        "told",
        message.notice or message.purpose.value,
        "system" if message.author_id is None else message.author_id,
        {
            "message_id": message.id,
            "sayings": [saying.name for saying in message.sayings],
            "state": message.state.value,
            "reason": message.reason,
            "segments": message.segments,
            "sent_at": message.sent_at.isoformat() if message.sent_at else None,
        },
    )
