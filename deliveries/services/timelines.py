"""A delivery's timeline: what happened, what was chosen, what was told; without any words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deliveries.model.delivery import Delivery
from deliveries.model.message import OutboxMessage
from deliveries.model.preference import Preference
from deliveries.model.saying import Fact
from deliveries.ports import UnitOfWork

LOOKED_BACK = 200


@dataclass(frozen=True)
class Entry:
    """One line of a timeline.

    Attributes:
        source: ``history``, ``choice``, ``told`` or ``heard``.
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
    entries = [
        Entry(each.at, "history", each.kind, each.actor, each.facts)
        for each in work.history.of_delivery(delivery.id)
    ]
    entries += [_choice(each) for each in _preferences(work, delivery)]
    conversation = work.conversations.of_person(delivery.person_id)
    if conversation is not None:
        entries += [
            _told(each)
            for each in work.outbox.of(conversation.id, limit=LOOKED_BACK)
            if each.delivery_id == delivery.id
        ]
        entries += [
            Entry(
                each.received_at,
                "heard",
                "message_received",
                "recipient",
                {
                    "channel": each.channel.value,
                    "worked": each.worked_at is not None,
                    "intent": (each.trace or {}).get("intent"),
                },
            )
            for each in work.inbound.of(conversation.id, limit=LOOKED_BACK)
        ]
    return sorted(entries, key=lambda entry: entry.at)


def _preferences(work: UnitOfWork, delivery: Delivery) -> Iterator[Preference]:
    preference = work.preferences.latest_of(delivery.id)
    while preference is not None:
        yield preference
        preference = work.preferences.before(preference)


def _choice(preference: Preference) -> Entry:
    facts: dict[str, Fact] = {
        "version": preference.version,
        "state": preference.state.value,
        "decided_at": preference.decided_at.isoformat() if preference.decided_at else None,
    }
    for name in ("start", "end", "day", "pickup_point_id"):
        if name in preference.details:
            facts[name] = preference.details[name]
    return Entry(preference.chosen_at, "choice", preference.kind.value, "recipient", facts)


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
