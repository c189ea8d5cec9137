"""What an agent sees: the queue, a thread with what the bot understood, and the facts beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.wording.happenings import Happenings
from bot.wording.render import Wording
from deliveries.model.conversation import Conversation, ConversationState
from deliveries.model.delivery import Delivery
from deliveries.model.message import CHANGING_FORMS, InboundMessage, OutboxMessage, Purpose
from deliveries.model.recipient import Channel
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.subject import parcel_name
from deliveries.services.messages.timelines import timeline

PREVIEW = 80
FACTS_SHOWN = 5


@dataclass(frozen=True)
class Row:
    """One conversation in the list."""

    id: str
    state: str
    reason: str
    priority: int
    waiting_minutes: int
    owner: str
    preview: str


@dataclass(frozen=True)
class Line:
    """One message, note or event in a thread."""

    at: datetime
    author: str
    text: str
    detail: str


@dataclass(frozen=True)
class Happening:
    """One line of a delivery's timeline, its hour at the address."""

    at: datetime
    actor: str
    text: str


@dataclass(frozen=True)
class Fact:
    """One delivery beside the thread."""

    title: str
    status: str
    day: str
    expected: str
    timeline: Sequence[Happening]


@dataclass(frozen=True)
class Thread:
    """A conversation as an agent reads it."""

    id: str
    version: int
    state: str
    is_mine: bool
    owner: str
    can_write: bool
    lines: Sequence[Line]
    facts: Sequence[Fact]


class Threads:
    """Reads conversations for the pages."""

    def __init__(self, wording: Wording) -> None:
        """Put what was not sent yet into words by the wording."""
        self._wording = wording
        self._happenings = Happenings()

    def rows(self, work: UnitOfWork, *, now: datetime) -> list[Row]:
        """Return what waits for agents or is with one: the most urgent first, then the oldest."""
        rows = []
        for handoff in work.handoffs.queue():
            conversation = work.conversations.get(handoff.conversation_id)
            inbound = work.inbound.of(conversation.id, limit=1)
            waiting = int((now - handoff.requested_at).total_seconds() // 60)
            rows.append(
                Row(
                    id=conversation.id,
                    state=conversation.state.value,
                    reason=handoff.reason,
                    priority=handoff.priority,
                    waiting_minutes=max(0, waiting),
                    owner=_owner(work, conversation),
                    preview=inbound[-1].text[:PREVIEW] if inbound else "",
                )
            )
        return rows

    def thread(self, work: UnitOfWork, conversation_id: str, *, agent_id: str) -> Thread:
        """Return one conversation.

        Raises:
            NotFoundError: If there is none with that id.
        """
        conversation = work.conversations.get(conversation_id)
        contact_id = conversation.last_contact_id
        contact = work.contacts.find(contact_id) if contact_id else None
        return Thread(
            id=conversation.id,
            version=conversation.version,
            state=conversation.state.value,
            is_mine=conversation.owner_id == agent_id
            and conversation.state is ConversationState.HUMAN,
            owner=_owner(work, conversation),
            can_write=contact is not None and contact.is_reachable,
            lines=self._lines(work, conversation),
            facts=[
                self._fact(work, delivery)
                for delivery in work.deliveries.latest_of_person(
                    conversation.person_id, limit=FACTS_SHOWN
                )
            ],
        )

    def _lines(self, work: UnitOfWork, conversation: Conversation) -> list[Line]:
        language = work.people.get(conversation.person_id).language
        lines = [_heard(message) for message in work.inbound.of(conversation.id)]
        lines += [
            self._said(work, message, language)
            for message in work.outbox.of(conversation.id)
            if message.form not in CHANGING_FORMS
        ]
        for note in work.notes.of(conversation.id):
            agent = work.agents.find(note.agent_id)
            lines.append(Line(note.at, "note", note.text, agent.name if agent else ""))
        return sorted(lines, key=lambda line: line.at)

    def _said(self, work: UnitOfWork, message: OutboxMessage, language: str) -> Line:
        text = message.text
        if text is None:
            offer_id = next((each.offer_id for each in message.sayings if each.offer_id), None)
            offer = work.offers.find(offer_id) if offer_id else None
            rendered = self._wording.render(
                message.sayings, offer, language=language, channel=Channel.SMS
            )
            text = rendered.text
        author = "agent" if message.purpose is Purpose.AGENT else "bot"
        reason = f" ({message.reason})" if message.reason else ""
        return Line(message.created_at, author, text, f"{message.state.value}{reason}")

    def _fact(self, work: UnitOfWork, delivery: Delivery) -> Fact:
        window = delivery.promised or delivery.window
        return Fact(
            title=f"{parcel_name(delivery)} ({delivery.parcels[0].tracking_number})",
            status=delivery.status.value.replace("_", " "),
            day=delivery.date.isoformat(),
            expected=f"{window.start:%H:%M}-{window.end:%H:%M} UTC" if window else "",
            timeline=[
                Happening(
                    entry.at.astimezone(ZoneInfo(delivery.zone)),
                    _actor(work, entry.actor),
                    self._happenings.say(entry),
                )
                for entry in timeline(work, delivery)
            ],
        )


def _actor(work: UnitOfWork, actor: str) -> str:
    agent = work.agents.find(actor)
    return agent.name if agent else actor


def _heard(message: InboundMessage) -> Line:
    trace = message.trace or {}
    understood = f"{trace['intent']} {trace['confidence']:.0%}" if trace.get("intent") else ""
    text = message.text or ("(a button)" if message.option_id else "(no words)")
    return Line(message.received_at, "recipient", text, understood)


def _owner(work: UnitOfWork, conversation: Conversation) -> str:
    agent = work.agents.find(conversation.owner_id) if conversation.owner_id else None
    return agent.name if agent else ""
