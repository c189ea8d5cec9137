"""A conversation as an agent reads it: who said what, what was understood, what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.console.plain_words import CHANNELS, worded
from bot.wording.happenings import Happenings
from bot.wording.held import why
from bot.wording.render import Wording
from deliveries.model.conversation import Conversation
from deliveries.model.history import HistoryEntry
from deliveries.model.message import (
    CHANGING_FORMS,
    InboundMessage,
    OutboxMessage,
    OutboxState,
    Purpose,
)
from deliveries.model.recipient import Channel
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs import again_key, is_held, reply_key
from deliveries.services.messages.timelines import Entry

STATES: Mapping[OutboxState, str] = {
    OutboxState.QUEUED: "Waiting to leave",
    OutboxState.SENDING: "Leaving",
    OutboxState.SENT: "Sent",
    OutboxState.DELIVERED: "Delivered",
    OutboxState.FAILED: "Failed",
    OutboxState.SUPPRESSED: "Held back",
}
# What happened at one moment, in the order in which it is understood.
_HEARD, _HAPPENED, _SAID, _NOTED = range(4)
# The messages themselves say it better.
_SAID_ANYWAY = frozenset({"choice_made", "message_received"})


@dataclass(frozen=True)
class Line:
    """One thing of a thread.

    Attributes:
        at: When the person saw it; of what has not left, when it was written.
        turn: Its place among what has the same moment.
        author: ``recipient``, ``bot``, ``notice``, ``agent``, ``note`` or ``event``.
        who: The agent's name, or who else it was.
        state: What became of something sent, as a code for its looks.
        detail: The same in words.
        understood: What the assistant took it for.
        options: What was offered with it.
        pictures: Those that came with it, each by its message's number and its own.
        may_go_again: It failed and was not sent anew yet.
        is_held: It waits because an agent has the chat.
    """

    id: str
    at: datetime
    turn: tuple[int, ...]
    author: str
    who: str
    text: str
    state: str = ""
    detail: str = ""
    understood: str = ""
    confidence: int | None = None
    entities: Sequence[str] = ()
    options: Sequence[str] = ()
    pictures: Sequence[tuple[int, int]] = ()
    is_mine: bool = False
    may_go_again: bool = False
    is_held: bool = False


class Threads:
    """Reads conversations for the pages."""

    def __init__(self, wording: Wording, happenings: Happenings) -> None:
        """Put what was not sent yet into words by the wording."""
        self._wording = wording
        self._happenings = happenings

    def lines(
        self, work: UnitOfWork, conversation: Conversation, *, agent_id: str, zone: str
    ) -> list[Line]:
        """Return a conversation's lines as the person saw them, with the hours of its place."""
        language = work.people.get(conversation.person_id).language
        names = _Names(work)
        lines = [_heard(message) for message in work.inbound.of(conversation.id)]
        sent = work.outbox.of(conversation.id)
        lines += [
            replace(
                self._said(work, message, language, names, agent_id),
                may_go_again=_may_go_again(message, sent),
            )
            for message in sent
            if message.form not in CHANGING_FORMS
        ]
        for note in work.notes.of(conversation.id):
            mine = note.agent_id == agent_id
            who = names.of(note.agent_id)
            turn = (_NOTED,)
            lines.append(Line(note.id, note.at, turn, "note", who, note.text, is_mine=mine))
        lines += [
            self._happened(entry, names)
            for entry in work.history.of_conversation(conversation.id)
            if entry.kind not in _SAID_ANYWAY
        ]
        place = ZoneInfo(zone)
        return sorted(
            (_at_place(line, place) for line in lines), key=lambda line: (line.at, line.turn)
        )

    def _said(
        self,
        work: UnitOfWork,
        message: OutboxMessage,
        language: str,
        names: "_Names",
        agent_id: str,
    ) -> Line:
        offer_id = next((each.offer_id for each in message.sayings if each.offer_id), None)
        offer = work.offers.find(offer_id) if offer_id else None
        text = message.text
        if text is None:
            rendered = self._wording.render(
                message.sayings, offer, language=language, channel=Channel.SMS
            )
            text = rendered.text
        reason = why(message.reason)
        words = STATES[message.state] + (f": {reason}" if reason else "")
        if message.segments and message.segments > 1:
            words += f" · {message.segments} segments"
        author, who = _author(message, names)
        return Line(
            id=message.id,
            # As it left: a fast planner's verdict may be written before the "noted" it follows.
            at=message.sent_at or message.created_at,
            turn=(_SAID, message.purpose is Purpose.CONFIRMATION, message.seq or 0),
            author=author,
            who=who,
            text=text,
            state=message.state.value,
            detail=words,
            is_mine=message.author_id == agent_id,
            is_held=is_held(message),
        )

    def _happened(self, entry: HistoryEntry, names: "_Names") -> Line:
        said = self._happenings.say(
            worded(Entry(entry.at, "history", entry.kind, entry.actor, entry.facts))
        )
        id_, turn = f"e-{entry.seq}", (_HAPPENED, entry.seq or 0)
        return Line(id_, entry.at, turn, "event", names.of(entry.actor), said)


class _Names:
    """Finds agents' names, each once."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._known: dict[str, str] = {
            "recipient": "The recipient",
            "system": "Doorstep",
            "planner": "The planner",
            "driver": "The driver",
        }

    def of(self, actor: str) -> str:
        """Return what an actor is called."""
        if actor not in self._known:
            agent = self._work.agents.find(actor)
            self._known[actor] = agent.name if agent else actor
        return self._known[actor]


def _author(message: OutboxMessage, names: _Names) -> tuple[str, str]:
    if message.purpose is Purpose.AGENT:
        return "agent", names.of(message.author_id or "system")
    if message.purpose is Purpose.NOTICE:
        return "notice", "Automatic notice"
    return "bot", "Assistant"


def _may_go_again(message: OutboxMessage, sent: Sequence[OutboxMessage]) -> bool:
    """Say whether an agent's words failed and were not sent anew since."""
    if message.purpose is not Purpose.AGENT or message.state is not OutboxState.FAILED:
        return False
    key = reply_key(message.conversation_id, again_key(message.id))
    return all(each.dedupe_key != key for each in sent)


def _heard(message: InboundMessage) -> Line:
    trace = message.trace or {}
    intent, confidence = trace.get("intent"), trace.get("confidence")
    text = message.text or ("(a button)" if message.option_id else "")
    if not text and not message.pictures:
        text = "(no words)"
    others = message.media_count - len(message.pictures)
    if others > 0:
        text += f"\n({others} attached)"
    return Line(
        id=f"i-{message.seq}",
        at=message.received_at,
        turn=(_HEARD, message.seq or 0),
        author="recipient",
        who=CHANNELS.get(message.channel.value, message.channel.value),
        text=text,
        understood=str(intent).replace("_", " ") if intent else "",
        confidence=round(confidence * 100) if isinstance(confidence, float) else None,
        pictures=[(message.seq or 0, at) for at in range(len(message.pictures))],
        entities=_entities(trace.get("entities")),
    )


def _entities(found: object) -> list[str]:
    """Return what was named in a message, by kind; the words themselves stand in it anyway."""
    if not isinstance(found, list):
        return []
    kinds = [
        str(each.get("entity") or each.get("kind")) for each in found if isinstance(each, dict)
    ]
    return sorted({kind.replace("_", " ") for kind in kinds if kind != "None"})


def _at_place(line: Line, place: ZoneInfo) -> Line:
    return Line(**{**line.__dict__, "at": line.at.astimezone(place)})
